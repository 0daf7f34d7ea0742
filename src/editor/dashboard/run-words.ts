/** Short texts of a run that several parts of the dashboard show. */

import { fill, type PageStrings } from "../../../webview/protocol.ts";
import type { RunSummary } from "../../energy/run.ts";

/** "3f2c1a0+": the plus says that files differed from the commit. Empty without git. */
export function commitText(run: RunSummary): string {
  if (!run.git) return "";
  return `${run.git.commit.slice(0, 7)}${run.git.dirty ? "+" : ""}`;
}

/** "finished", "failed, exit code 1", "failed, SIGSEGV". */
export function outcomeText(run: RunSummary, strings: PageStrings): string {
  if (run.state === "failed" && run.exitCode !== null) return fill(strings["state.exitCode"], run.exitCode);
  if (run.state === "failed" && run.signal) return fill(strings["state.signal"], run.signal);
  return strings[`state.${run.state}`];
}
