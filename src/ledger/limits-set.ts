/** Since when limits stand, in words. Pure. */

import type { LimitsSet } from "./entry.ts";

/** One sentence for a person: who set the limits, when, and whether that was before the test. */
export function limitsSetWords({ by, file, state, commit, time, tested, before }: LimitsSet): string {
  const test = `${tested.what === "run" ? "the run began" : "the table was written"} (${day(tested.time)})`;
  if (by === "command line") return `limits: given on the command line, after ${test}`;
  if (state === "committed" && commit && time)
    return `limits: of ${file}, set by commit ${commit.slice(0, 7)} on ${day(time)}, ${before ? "before" : "AFTER"} ${test}`;
  const why = state === "uncommitted" ? "not committed" : "not in version control";
  return `limits: of ${file}, ${why}: nothing shows that they were set before ${test}`;
}

const day = (time: string): string => `${time.slice(0, 16).replace("T", " ")} UTC`;
