/** Whether this process is part of a run already: then what it starts is measured there, and must not be counted twice. */

import { RUNNER_VARIABLE } from "./command.node.ts";
import { hostName, processIsSame } from "./process-identity.node.ts";
import { RunUnreadable, readRun } from "./read-run.node.ts";

export interface OuterRun {
  run: string;
  runDirectory: string;
  runner: { pid: number; pidStart?: number };
}

/**
 * The live run whose command (or its child) this process is, on this host. A run on another host does not see us, and one
 * that has ended does not either: then there is none.
 */
export async function outerRun(environment: NodeJS.ProcessEnv): Promise<OuterRun | undefined> {
  const { FAIRWATT_RUN_ID: run, FAIRWATT_RUN_DIR: runDirectory } = environment;
  const [host, pid, start] = (environment[RUNNER_VARIABLE] ?? "").split(":");
  if (!run || !runDirectory || host !== hostName()) return undefined;
  const runner = { pid: Number(pid), ...(start ? { pidStart: Number(start) } : {}) };
  const outer = { run, runDirectory, runner };
  if (processIsSame(runner.pid, runner.pidStart)) return outer;
  try {
    // A runner that was killed leaves a sampler, which measures until the last process has ended.
    return (await readRun(runDirectory)).summary.state === "running" ? outer : undefined;
  } catch (error) {
    if (error instanceof RunUnreadable) return undefined;
    throw error;
  }
}
