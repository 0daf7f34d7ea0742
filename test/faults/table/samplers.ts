/** The process that measures is killed, stopped, starved. */

import { execFileSync, spawn } from "node:child_process";
import { expect } from "vitest";
import { until } from "../support/measured.ts";
import type { Fault } from "./fault.ts";
import { cpuTicks, python } from "./scene.ts";

export const SAMPLER_FAULTS: Fault[] = [
  {
    fault: "the sampler is killed again and again",
    by: "SIGKILL, three times, as soon as it measures",
    async inject(scene) {
      const killed: number[] = [];
      for (let i = 0; i < 3; i++) {
        killed.push(await scene.sampler(killed));
        process.kill(killed.at(-1)!, "SIGKILL");
      }
      await scene.sampler(killed);
      await scene.measured();
    },
    holds: {
      gaps: [/^the sampler ended \(SIGKILL\) and was started again$/],
      also: ({ summary }) =>
        expect(summary.gaps.filter(({ reason }) => reason.includes("SIGKILL"))).toHaveLength(3),
    },
  },
  {
    fault: "the sampler does not answer any more",
    by: "SIGSTOP, and never SIGCONT",
    async inject(scene) {
      process.kill(await scene.sampler(), "SIGSTOP");
    },
    holds: { gaps: [/^no sample for the last \d+ s$/] },
  },
  {
    fault: "the sampler hardly gets to run",
    by: "the idle class of the scheduler on one processor that another program keeps busy",
    async inject(scene) {
      const busy = spawn("taskset", ["-c", "0", python, "-c", "while True: pass"], { stdio: "ignore" });
      try {
        const sampler = String(await scene.sampler());
        execFileSync("taskset", ["-acp", "0", sampler]);
        execFileSync("chrt", ["--idle", "-a", "-p", "0", sampler]);
        const before = cpuTicks(busy.pid!);
        await until(() => cpuTicks(busy.pid!) - before > 100 || undefined, "a second of the other program");
        scene.enough();
        await scene.run.ended;
      } finally {
        busy.kill("SIGKILL");
      }
    },
    // Its last sample may come later than it is waited for.
    holds: { mayMiss: /^no sample for the last \d+ s$/ },
  },
];
