/** What the project recorded that the linter asks for: its runs and its audits. */

import * as path from "node:path";
import type { RecordedEvidence } from "../lint/project/recorded-evidence.ts";
import { auditsIn } from "../report/ledger-audits.node.ts";
import { measuredEvidence } from "../report/measured-evidence.ts";
import { findRuns } from "./runs-find.ts";

/** `root`: the project's folder. */
export async function recordedIn(root: string): Promise<RecordedEvidence> {
  const { runs } = await findRuns(root);
  const measured = measuredEvidence(
    runs.map(({ summary }) => summary),
    (file, cwd) => {
      const relative = path.relative(root, path.resolve(cwd, file));
      return relative.startsWith("..") ? undefined : relative.split(path.sep).join("/");
    },
  );
  return { ...measured, audits: await auditsIn(root) };
}
