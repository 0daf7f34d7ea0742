/** Whether a process is measured already: two runs of the same process would each hold its energy. */

import { LaunchMeeting } from "../energy/launch-leader.node.ts";
import { type ProcessFacts, processFacts, processVariable } from "../energy/process-facts.node.ts";
import { RunUnreadable, readRun } from "../energy/read-run.node.ts";
import type { RunSummary } from "../energy/run.ts";
import type { RunPlace } from "./run-place.ts";
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

type Named = Pick<ProcessFacts, "pid" | "pidStart">;

const meetingFor = ({ pid, pidStart }: Named) => new LaunchMeeting(`attach ${pid} ${pidStart}`);

/**
 * Makes this process the only one on this host that measures the target from outside, whatever project it is called in: of two
 * that come at the same moment, one. Returns what gives it up again, or a sentence on who was faster.
 */
export function claimProcess(target: ProcessFacts, place: RunPlace): (() => Promise<void>) | string {
  for (let part: ProcessFacts | undefined = processFacts(target.ppid); part; part = processFacts(part.ppid)) {
    const leader = meetingFor(part).leader();
    if (leader) return sentence(target, leader.run, `with process ${part.pid}, which it is part of`);
  }
  const meeting = meetingFor(target);
  try {
    if (meeting.lead(place.run, place.runDirectory)) return () => meeting.disband();
  } catch {
    // Where nothing can be written among the temporary files, nobody can be told.
    return async () => undefined;
  }
  return sentence(target, meeting.leader()?.run, "by another `fairwatt attach`");
}

const sentence = ({ pid }: Named, run: string | undefined, how: string) =>
  `process ${pid} is measured already, ${how}${run === undefined ? "" : ` (run ${run})`}`;

async function summaryIn(directory: string): Promise<RunSummary | undefined> {
  try {
    return (await readRun(directory)).summary;
  } catch (error) {
    if (error instanceof RunUnreadable) return undefined;
    throw error;
  }
}
