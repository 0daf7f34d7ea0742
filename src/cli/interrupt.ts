/**
 * A run that is stopped outside the cheapest hours: it plans anew as forecasts change, for the work that is left, and from the
 * last moment at which the rest is still done in time it is not stopped any more.
 */

import { setTimeout as sleepFor } from "node:timers/promises";
import { MARGIN } from "../carbon/schedule/plan.ts";
import { CommandPause } from "../energy/pause-command.node.ts";
import type { RunningCommand } from "../energy/runner.node.ts";
import { formatDuration, formatPercent } from "../quantity.ts";
import { type FoundPlan, findPlan, LOOK_MS, PlanFault, type PlanInput, REPLAN_MS } from "./find-plan.ts";
import { printable } from "./printable.ts";
import { clock } from "./when.ts";

/** What it needs from outside; tests bring a clock of their own. */
export interface InterruptWorld {
  now(): number;
  /** Rejects when the command has ended, or a person wants it to. */
  sleep(ms: number): Promise<void>;
  say(text: string): void;
  plan(input: PlanInput, now: number): Promise<FoundPlan>;
  pause(): void;
  resume(): void;
}

/** Resolves when the command is not to be stopped any more; it runs then. */
export async function keepToCheapest(input: PlanInput, world: InterruptWorld): Promise<void> {
  let worked = 0;
  let running = true;
  let last = world.now();
  let asked = Number.NEGATIVE_INFINITY;
  let found: FoundPlan | undefined;
  const overhead = input.resumeOverhead ?? 0;
  const resume = (why: string) => {
    if (running) return;
    running = true;
    world.resume();
    world.say(`goes on: ${why}`);
  };
  for (;;) {
    const now = world.now();
    if (running) worked += Math.max(0, now - last);
    last = now;
    const left = input.duration - worked;
    // Longer than was said: whatever is left is not known, so it is left to run.
    if (left <= 0) return resume("the time that was planned for it is over");
    const latest = input.deadline - left * (1 + MARGIN) - overhead;
    if (now >= latest) return resume(`the deadline ${clock(input.deadline)} leaves no more time to stop`);
    if (now - asked >= REPLAN_MS || now < asked) {
      asked = now;
      try {
        found = await world.plan({ ...input, duration: left }, now);
      } catch (error) {
        if (!(error instanceof PlanFault)) throw error;
        // Without figures of the present there is nothing to wait for.
        found = undefined;
        resume(printable(error.message));
      }
    }
    const next = found && stretch(found, now);
    const worth = found?.plan.recommended === true && (!running || found.plan.saving.value > overhead / left);
    if (!next || next.runs || !worth) resume(found && !worth ? found.plan.why : "the cheapest time has come");
    else if (running) {
      running = false;
      world.pause();
      world.say(
        `stopped until ${clock(next.until)} (${formatDuration((next.until - now) / 1000)}), which saves ${formatPercent(found!.plan.saving.value)} of what is left; ${formatDuration(left / 1000)} of work to do`,
      );
    }
    const until = Math.min(next?.until ?? Infinity, latest, asked + REPLAN_MS);
    await world.sleep(Math.max(1, Math.min(until - now, LOOK_MS)));
  }
}

/** Whether the plan has it run now, and until when that is so. */
function stretch({ plan }: FoundPlan, now: number): { runs: boolean; until: number } | undefined {
  const part = plan.parts.find(({ to }) => to > now);
  if (!part) return undefined;
  return part.from <= now ? { runs: true, until: part.to } : { runs: false, until: part.from };
}

const ENDING = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;

/** The same for a command of this runner. Whatever happens, the command runs in the end. */
export async function interruptInTerminal(
  command: RunningCommand,
  input: PlanInput,
  keys: ReadonlyMap<string, string>,
): Promise<void> {
  const pause = new CommandPause(command.pid);
  const abort = new AbortController();
  const signal = AbortSignal.any([abort.signal, command.ended]);
  const say = (text: string) => process.stderr.write(`fairwatt: ${text}\n`);
  const resume = () => {
    pause.resume();
    command.notePause(false);
  };
  // A person wants it to end: it must run to hear of it.
  const end = () => abort.abort();
  for (const name of ENDING) process.on(name, end);
  let stopped = false;
  try {
    await keepToCheapest(input, {
      now: Date.now,
      sleep: (ms) => sleepFor(ms, undefined, { signal }),
      say,
      plan: (rest, now) => findPlan(rest, now, { signal, keys }),
      pause: () => {
        stopped = true;
        command.notePause(true);
        pause.pause();
      },
      resume: () => {
        stopped = false;
        resume();
      },
    });
  } catch (error) {
    if (!signal.aborted) say(`it is not stopped any more: ${(error as Error).message}`);
  } finally {
    if (stopped) resume();
    for (const name of ENDING) process.off(name, end);
  }
}
