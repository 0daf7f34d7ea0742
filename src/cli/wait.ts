/** A run that waits for its start: says what it waits for, plans anew as forecasts change, and never misses the deadline. */

import * as os from "node:os";
import { setTimeout as sleepFor } from "node:timers/promises";
import { MARGIN } from "../carbon/schedule/plan.ts";
import { removeWaiting, type WaitingRun, writeWaiting } from "../carbon/schedule/waiting-run.node.ts";
import { ensureFairwattFolder } from "../config/fairwatt-folder.node.ts";
import { hostName, processStart } from "../energy/process-identity.node.ts";
import { fairwattFolders } from "../energy/run-folder.node.ts";
import type { RunningCommand } from "../energy/runner.node.ts";
import { formatDuration, formatPercent } from "../quantity.ts";
import { keysFromEditor } from "./editor-keys.ts";
import {
  type FoundPlan,
  findPlan,
  LOOK_MS,
  PlanFault,
  type PlanInput,
  type PlanOptions,
  planInput,
  REPLAN_MS,
} from "./find-plan.ts";
import { printable } from "./printable.ts";
import { clock, planLines } from "./when.ts";

/** What the wait needs from outside; tests bring a clock of their own. */
export interface WaitWorld {
  now(): number;
  sleep(ms: number): Promise<void>;
  say(text: string): void;
  plan(now: number): Promise<FoundPlan>;
  /** Told of each start that it waits for. */
  planned?(found: FoundPlan): void;
}

/** Resolves when the run is to start. Throws a PlanFault when there is no first plan. */
export async function waitForStart(input: PlanInput, world: WaitWorld): Promise<void> {
  const latest = input.deadline - input.duration * (1 + MARGIN);
  let found = await world.plan(world.now());
  for (const line of planLines(input, found, world.now())) world.say(line);
  let planned = world.now();
  if (!found.plan.recommended) {
    world.say("it starts now");
    return;
  }
  announce(found, world);
  for (;;) {
    const now = world.now();
    if (now >= found.plan.start) {
      world.say(`it starts, at ${clock(now)}`);
      return;
    }
    if (now >= latest) {
      world.say(
        `it starts now: the deadline ${clock(input.deadline)} leaves no more time${now > latest + LOOK_MS * 3 ? "; the machine was asleep or its clock was set" : ""}`,
      );
      return;
    }
    if (now - planned >= REPLAN_MS || now < planned) {
      const before = found.plan.start;
      planned = now;
      try {
        found = await world.plan(now);
      } catch (error) {
        if (!(error instanceof PlanFault)) throw error;
        world.say(`${printable(error.message)}; it keeps to ${clock(before)}`);
        continue;
      }
      if (!found.plan.recommended) {
        world.say(`planned anew: ${found.plan.why}`);
        return;
      }
      if (Math.abs(found.plan.start - before) >= 60_000) announce(found, world, before);
    }
    const next = Math.min(found.plan.start, latest, planned + REPLAN_MS);
    await world.sleep(Math.max(1, Math.min(next - now, LOOK_MS)));
  }
}

function announce(found: FoundPlan, world: WaitWorld, before?: number): void {
  const { plan } = found;
  world.planned?.(found);
  const changed = before === undefined ? "waits" : `planned anew, not ${clock(before)} any more: waits`;
  world.say(
    `${changed} until ${clock(plan.start)} (${formatDuration((plan.start - world.now()) / 1000)}), which saves ${formatPercent(plan.saving.value)}; Ctrl-C ends it and runs nothing`,
  );
}

const ENDING = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What came of the wait: the run is to start, and then, where it may be interrupted, kept to its plan; or a signal or a fault ended it before anything ran. */
export type Waited =
  | { start: true; keep?: (command: RunningCommand) => Promise<void> }
  | { signal: (typeof ENDING)[number] }
  | { fault: string };

/** The run that waits, for others to see. */
export interface Waiter {
  /** Its id, which it keeps. */
  run: string;
  name: string;
}

/** Waits in this terminal. Never throws for what a person can mend. */
export async function waitInTerminal(options: PlanOptions, cwd: string, waiter?: Waiter): Promise<Waited> {
  const say = (text: string) => process.stderr.write(`fairwatt: ${text}\n`);
  const abort = new AbortController();
  let ended: (typeof ENDING)[number] | undefined;
  const handlers = ENDING.map((signal) => {
    const handler = () => {
      ended ??= signal;
      abort.abort();
    };
    process.on(signal, handler);
    return { signal, handler };
  });
  let sign: WaitingSign | undefined;
  try {
    const keys = await keysFromEditor(process.env);
    const input = await planInput(options, cwd, Date.now());
    sign = waiter && new WaitingSign(waiter, input);
    await waitForStart(input, {
      now: Date.now,
      sleep: (ms) => sleepFor(ms, undefined, { signal: abort.signal }),
      say,
      plan: (now) => findPlan(input, now, { signal: abort.signal, keys }),
      planned: (found) => sign?.show(found),
    });
    if (ended) return { signal: ended };
    if (input.resumeOverhead === undefined) return { start: true };
    const keep = async (command: RunningCommand) =>
      (await import("./interrupt.ts")).interruptInTerminal(command, input, keys);
    return { start: true, keep };
  } catch (error) {
    if (ended) {
      say("ended while waiting: nothing was run");
      return { signal: ended };
    }
    if (error instanceof PlanFault) return { fault: error.message };
    throw error;
  } finally {
    sign?.remove();
    for (const { signal, handler } of handlers) process.off(signal, handler);
  }
}

/** What editors show of the wait. Where it cannot be written, the terminal alone tells. */
class WaitingSign {
  private fairwatt: string | undefined;

  constructor(
    private readonly waiter: Waiter,
    private readonly input: PlanInput,
  ) {}

  show({ plan }: FoundPlan): void {
    const { value, low, high } = plan.saving;
    const waiting: WaitingRun = {
      v: 1,
      ...this.waiter,
      host: hostName(),
      pid: process.pid,
      pidStart: processStart(process.pid),
      start: plan.start,
      deadline: this.input.deadline,
      saving: { value, low, high },
      basis: plan.saving.basis,
    };
    const folders = this.fairwatt ? [this.fairwatt] : fairwattFolders(this.input.folder);
    for (const fairwatt of folders) {
      try {
        ensureFairwattFolder(fairwatt);
        writeWaiting(fairwatt, waiting);
        this.fairwatt = fairwatt;
        return;
      } catch {
        // The next one, else none.
      }
    }
  }

  remove(): void {
    if (this.fairwatt) removeWaiting(this.fairwatt, this.waiter.run);
  }
}

/** `fairwatt wait`. 0: it is time; 2: called wrongly or no figures; 128 + n: ended by signal n. */
export async function wait(options: PlanOptions, cwd: string): Promise<number> {
  const waited = await waitInTerminal(options, cwd);
  if ("start" in waited) return 0;
  if ("signal" in waited) return 128 + os.constants.signals[waited.signal];
  process.stderr.write(`fairwatt: ${printable(waited.fault)}\n`);
  return 2;
}
