/** The end of a run: ledger entry, four lines, `--json`; the same for a command that was run and a process that was attached to. */

import { promises as fs } from "node:fs";
import type { ClosedRun } from "../ledger/close-run.node.ts";
import type { LiveView } from "./live-view.ts";
import type { RunPlace } from "./run-place.ts";

/** A run that lasts this long closes others that were killed, ms. */
const OTHERS_AFTER_MS = 2_000;

const loadFinish = () =>
  Promise.all([import("../ledger/close-run.node.ts"), import("./describe-run-line.ts")]);

const say = (text: string) => process.stderr.write(`fairwatt: ${text}\n`);

/**
 * What need not wait for the end: the code for it is loaded, and runs that were killed before are closed, unless this one
 * is too short to have time for them.
 */
export function prepareFinish(place: RunPlace): void {
  const loaded = loadFinish();
  loaded.catch(() => undefined); // told at the end
  setTimeout(() => {
    // Closing waits for the disk, and meanwhile nothing else is done here: one that does not answer now is left alone.
    Promise.all([loaded, answers(place.runDirectory)])
      .then(([[{ closeInterrupted }]]) => closeInterrupted([place.fairwatt]))
      .catch(() => undefined);
  }, OTHERS_AFTER_MS).unref();
}

/** Resolves once the disk answers. */
async function answers(folder: string): Promise<void> {
  await (await fs.open(folder, "r")).close();
}

export interface Finish {
  live: LiveView;
  /** The command was never started: nothing was measured that would be shown. */
  withoutSummary?: boolean;
  /** The disk that the run lies on does not answer: it is not asked again. */
  isDiskStalled?: boolean;
  /** Takes the result as JSON. */
  writeJson?: (text: string) => void | Promise<void>;
}

/** Closes the run into the ledger, prints the four lines, hands over the JSON. Nothing here may change the exit code. */
export async function finishRun(place: RunPlace, finish: Finish): Promise<void> {
  const { live, withoutSummary, isDiskStalled, writeJson } = finish;
  try {
    const [{ closeRun }, { summaryLines }] = await loadFinish();
    const closed: ClosedRun = isDiskStalled
      ? { problems: writeJson ? ["the result was not written as JSON"] : [] }
      : await closeRun(place.runDirectory, { fairwatt: place.fairwatt });
    const summary = closed.summary ?? live.fold.summary({ alive: false });
    for (const problem of closed.problems) say(problem);
    if (!withoutSummary)
      process.stderr.write(`${summaryLines(summary, process.stderr.columns).join("\n")}\n`);
    if (writeJson && !isDiskStalled) {
      const { runRecord } = await import("../report/run-record.ts");
      await writeJson(`${JSON.stringify(runRecord(summary, closed.entry), null, 2)}\n`);
    }
  } catch (error) {
    say(`the result could not be kept: ${(error as Error).message}. The journal is in ${place.runDirectory}`);
  }
}
