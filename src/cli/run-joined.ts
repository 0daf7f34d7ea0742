/**
 * A command that is measured by another `fairwatt run`: because this one was started inside of it, or because another rank
 * of the same launch measures for all ranks on this host. Counted once, however many there are.
 */

import * as fs from "node:fs";
import { type CommandOutcome, commandEnded, startCommand } from "../energy/command.node.ts";
import type { LaunchGroup } from "../energy/launch-group.ts";
import { LaunchMeeting } from "../energy/launch-leader.node.ts";
import { outerRun } from "../energy/outer-run.node.ts";
import { SignalRelay } from "../energy/signal-relay.node.ts";
import type { RunPlace } from "./run-place.ts";

export interface JoinedCommand {
  command: readonly string[];
  /** As for a run of its own. */
  hooks?: string;
  json?: string;
}

const say = (text: string) => process.stderr.write(`fairwatt: ${text}\n`);

/** Undefined where nobody measures this process: then it is for this one to do. */
export async function joinRun(
  joined: JoinedCommand,
  group: LaunchGroup | undefined,
): Promise<CommandOutcome | undefined> {
  const outer = await outerRun(process.env);
  if (outer) {
    say(`this is measured in run ${outer.run} already, and joins it`);
    return runIn(outer, joined);
  }
  const leader = group && new LaunchMeeting(group.key).join();
  return leader && runIn({ ...leader, runner: leader }, joined);
}

/**
 * Makes this process the one that measures for all ranks of its launch. Returns what to wait for at the end; or the
 * outcome of the command where another rank was faster, in whose run it was run. Undefined: measure alone.
 */
export async function leadLaunch(
  place: RunPlace,
  group: LaunchGroup,
  joined: JoinedCommand,
): Promise<{ others: () => Promise<void> } | CommandOutcome | undefined> {
  const meeting = new LaunchMeeting(group.key);
  try {
    if (meeting.lead(place.run, place.runDirectory)) return { others: () => meeting.disband() };
  } catch (error) {
    say(`ranks cannot find each other (${(error as Error).message}): each is measured alone`);
    return undefined;
  }
  const leader = meeting.join();
  if (!leader) return undefined;
  // Before the command starts: nobody is to see a run in it that never takes a sample.
  fs.rmSync(place.runDirectory, { recursive: true, force: true });
  return runIn({ ...leader, runner: leader }, joined);
}

async function runIn(
  { run, runDirectory, runner }: NonNullable<Awaited<ReturnType<typeof outerRun>>>,
  { command, hooks, json }: JoinedCommand,
): Promise<CommandOutcome> {
  if (json !== undefined) say(`--json is left out: the result is that of run ${run}`);
  const relay = new SignalRelay(false);
  const inherited = process.env.FAIRWATT_RUN_ID === run;
  const child = startCommand({
    run,
    runDirectory,
    runner: { pid: runner.pid, pidStart: runner.pidStart },
    command,
    cwd: process.cwd(),
    // Inside of another run the path is set already.
    ...(hooks !== undefined && !inherited && { hooks }),
  });
  relay.attach(child);
  const outcome = await commandEnded(child);
  relay.dispose();
  if (outcome.startFailure) say(outcome.startFailure);
  return outcome;
}
