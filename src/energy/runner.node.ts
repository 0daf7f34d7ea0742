/**
 * Runs a command under measurement. The command comes first: it starts at once, keeps its terminal, stdin and signals,
 * and whatever happens to the sampler or the disk, it goes on and its exit code is passed on.
 */

import { type CommandOptions, type CommandOutcome, commandEnded, startCommand } from "./command.node.ts";
import type { SpawnedRecord } from "./journal.ts";
import {
  type Kept,
  Measurement,
  type MeasurementOptions,
  moment,
  type RunSettings,
} from "./measurement.node.ts";
import { processStart } from "./process-identity.node.ts";
import { SignalRelay } from "./signal-relay.node.ts";

export interface RunnerOptions
  extends Omit<MeasurementOptions, "attached">,
    Pick<CommandOptions, "onOutput" | "hooks"> {
  /** Asked for when the command has been started, so that it does not wait for them. Must not throw. */
  settings: () => RunSettings | Promise<RunSettings>;
  /** Called when the command runs: it may be stopped for a time (pause-command.node.ts), which is written down. */
  onSpawned?: (command: RunningCommand) => void;
  /** Waited for when the command has ended: what else belongs to the run and is still going on. */
  others?: () => Promise<void>;
}

export type RunnerResult = CommandOutcome & Kept;

export interface RunningCommand {
  pid: number;
  /** Aborted when it has ended. */
  ended: AbortSignal;
  /** Writes down that it was stopped, or goes on. */
  notePause(paused: boolean): void;
}

/** Signals by which a person or a scheduler ends a run. */
const STOP_SIGNALS = new Set<NodeJS.Signals>(["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"]);

export async function runMeasured(options: RunnerOptions): Promise<RunnerResult> {
  const started = moment();
  const relay = new SignalRelay();
  const runner = { pid: process.pid, pidStart: processStart(process.pid) };
  const child = startCommand({ ...options, runner });
  relay.attach(child);
  const spawned = new Promise<SpawnedRecord | undefined>((resolve) => {
    child.once("error", () => resolve(undefined));
    child.once("spawn", () => {
      const pid = child.pid!;
      resolve({ type: "spawned", ...moment(), pid, pidStart: processStart(pid) });
    });
  });
  const ending = commandEnded(child);

  // Starting the sampler takes as long as reading the settings: the two go side by side.
  const measurement = new Measurement(options);
  const { sampler } = measurement;
  sampler.onGroupSignal = (signal) => relay.sawGroupSignal(signal);
  const command = await spawned;
  measurement.begin(await options.settings(), started, command);
  const ended = new AbortController();
  if (command) {
    const { pid } = command;
    options.onSpawned?.({ pid, ended: ended.signal, notePause: (paused) => measurement.paused(paused) });
  }
  const outcome = await ending;
  ended.abort();
  await options.others?.();
  await sampler.finish();
  relay.dispose();

  const stopped =
    relay.received.some((signal) => STOP_SIGNALS.has(signal)) ||
    (outcome.signal !== null && STOP_SIGNALS.has(outcome.signal));
  const kept = await measurement.end({
    exitCode: outcome.exitCode,
    signal: outcome.signal,
    ...(stopped ? { stopped } : {}),
    ...(outcome.startFailure ? { reason: outcome.startFailure } : {}),
  });
  return { ...outcome, ...kept };
}
