/** `fairwatt report RUN`: the report of one run as one HTML file. */

import { writeRunReport } from "../report/write-run-report.node.ts";
import { withRuns } from "./runs-find.ts";
import { print, printJson } from "./table.ts";

export function report(
  reference: string,
  options: { out?: string; json?: boolean; cwd: string },
): Promise<number> {
  return withRuns(options.cwd, [reference], async ([run]) => {
    const file = await writeRunReport(run!.directory, { out: options.out });
    if (options.json) await printJson({ file, run: run!.summary.id });
    else await print([file]);
  });
}
