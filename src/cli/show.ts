/** `fairwatt show RUN`: one run with the provenance of every number. */

import { runRecord } from "../report/run-record.ts";
import { findEntryOf } from "../report/write-run-report.node.ts";
import { describeRun } from "./describe-run.ts";
import { withRuns } from "./runs-find.ts";
import { print, printJson } from "./table.ts";

export function show(reference: string, options: { json?: boolean; cwd: string }): Promise<number> {
  return withRuns(options.cwd, [reference], async ([run]) => {
    const { directory, summary } = run!;
    const entry = await findEntryOf(directory, summary.id);
    const artefacts = entry?.body.artefacts ?? [];
    if (options.json) await printJson({ ...runRecord(summary, entry?.hash), directory, artefacts });
    else await print(describeRun(summary, { directory, ledgerEntry: entry?.file, artefacts }));
  });
}
