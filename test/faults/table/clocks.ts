/** Clocks that jump, machines that sleep. */

import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "vitest";
import type { Bench } from "../support/measured.ts";
import { preload } from "../support/preload.ts";
import type { Fault, Surroundings } from "./fault.ts";
import type { Scene } from "./scene.ts";

/** A run whose wall clock can be moved. */
function withShiftedClock(bench: Bench): Surroundings {
  const shift = path.join(bench.folder, "shift");
  fs.writeFileSync(shift, "0");
  return { env: { ...preload(bench, "shifted_clock"), SHIFT_FILE: shift } };
}

function shift({ bench }: Scene, seconds: number): void {
  const file = path.join(bench.folder, "shift");
  fs.writeFileSync(`${file}.new`, String(seconds));
  fs.renameSync(`${file}.new`, file);
}

/** Stops everything of a run, or lets it go on. */
function signalAll(scene: Scene, signal: "SIGSTOP" | "SIGCONT"): void {
  for (const pid of [...scene.samplers(), scene.trainingPid, scene.run.pid]) process.kill(pid, signal);
}

export const CLOCK_FAULTS: Fault[] = [
  {
    fault: "the clock is set back an hour",
    by: "a library before the system's",
    start: withShiftedClock,
    async inject(scene) {
      shift(scene, -3600);
      await scene.measured();
    },
    holds: {
      gaps: [/^the clock was set back by (3600|3599|3601) s$/],
      also: ({ summary }) => {
        expect(summary.duration).toBeLessThan(1_800);
        expect(summary.endedAt! - summary.startedAt).toBeCloseTo(summary.duration * 1000, -1);
      },
    },
  },
  {
    fault: "the machine sleeps for two hours",
    by: "all processes stopped, the wall clock two hours ahead, the monotonic clock and the counter as before",
    start: withShiftedClock,
    async inject(scene) {
      signalAll(scene, "SIGSTOP");
      shift(scene, 7200);
      signalAll(scene, "SIGCONT");
      await scene.measured();
    },
    holds: {
      gaps: [/^the machine slept for (7200|7199|7201) s, or its clock was set forward$/],
      also: ({ summary }) => {
        expect(summary.duration).toBeLessThan(1_800);
        // What it wrote after waking up is looked for until then.
        expect(summary.endedAt! - summary.startedAt).toBeGreaterThan(7_190_000);
      },
    },
  },
  {
    fault: "the machine sleeps, and its counters begin anew",
    by: "as before, and the counter at 0",
    start: withShiftedClock,
    async inject(scene) {
      signalAll(scene, "SIGSTOP");
      shift(scene, 7200);
      scene.bench.powercap.restart();
      signalAll(scene, "SIGCONT");
      await scene.measured(4);
    },
    holds: { gaps: [/slept for 7\d{3} s/, /^the counter was restarted$/], partly: true },
  },
  {
    fault: "everything stands still for a while",
    by: "all processes stopped while clocks and counters go on, as in a container that is frozen",
    async inject(scene) {
      signalAll(scene, "SIGSTOP");
      await new Promise((resolve) => setTimeout(resolve, 1_300));
      signalAll(scene, "SIGCONT");
      await scene.measured();
    },
    holds: { gaps: [/^no sample for \d+ s$/] },
  },
];
