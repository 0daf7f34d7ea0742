/** Whether a process is measured already: two runs of the same process would each hold its energy. */

import { type ProcessFacts, processVariable } from "../energy/process-facts.node.ts";
import { RunUnreadable, readRun } from "../energy/read-run.node.ts";
import type { RunSummary } from "../energy/run.ts";
import { findRuns } from "./runs-find.ts";

/** A sentence that names the live run, or undefined. */
export async function measuredAlready(target: ProcessFacts, cwd: string): Promise<string | undefined> {
  const directory = processVariable(target.pid, "FAIRWATT_RUN_DIR");
  const started = directory === undefined ? undefined : await summaryIn(directory);
  const runs = started?.state === "running" ? [started] : [];
  const attached = (await findRuns(cwd)).runs
    .map(({ summary }) => summary)
    .filter((run) => run.state === "running")
    .filter((run) => run.commandPid === target.pid && run.commandPidStart === target.pidStart);
  const [run] = [...runs, ...attached];
  return (
    run &&
    `process ${target.pid} is measured already, in run ${run.id} (${run.name}). See it with: fairwatt show ${run.id}`
  );
}

async function summaryIn(directory: string): Promise<RunSummary | undefined> {
  try {
    return (await readRun(directory)).summary;
  } catch (error) {
    if (error instanceof RunUnreadable) return undefined;
    throw error;
  }
}
