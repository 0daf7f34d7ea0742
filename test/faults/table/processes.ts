/** Processes that are killed, and commands that live in unusual ways. */

import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "vitest";
import type { SampleRecord } from "../../../src/energy/journal.ts";
import type { Fault } from "./fault.ts";
import { cpuTicks, python, type Scene, training } from "./scene.ts";

const inTerminal = () => ({
  within: [python, path.join(import.meta.dirname, "../support/closing_terminal.py")],
});
const closeTerminal = ({ run }: Scene) => void process.kill(run.pid, "SIGUSR1");

/** CPU seconds of the run's tree at its last sample. */
function treeSeconds(scene: Scene): number {
  const samples = scene
    .journals()
    .split("\n")
    .filter((line) => line.includes('"type":"sample"'));
  return (JSON.parse(samples.at(-1)!) as SampleRecord).cpu!.tree!;
}

/** Children that never end: they would be there after the test, too. */
const DAEMON = `
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for fd in (0, 1, 2): os.close(fd)
        until = time.monotonic() + 60
        while not os.path.exists("enough-of-the-daemon") and time.monotonic() < until:
            sum(range(20000)); time.sleep(0.02)
    os._exit(0)
`;

const ZOMBIES = `
import os, time
for _ in range(20):
    if os.fork() == 0:
        until = time.process_time() + 0.05
        while time.process_time() < until: pass
        os._exit(0)
`;

/** Forks as fast as it can instead of working, and says in the end what all of them used. */
const FORK_BOMB = `
import os, resource, sys, time
print("started", os.getpid(), flush=True)
children = 0
until = time.monotonic() + 60
while not os.path.exists("enough") and time.monotonic() < until:
    for _ in range(50):
        pid = os.fork()
        if pid == 0:
            sum(range(20000))
            os._exit(0)
        os.waitpid(pid, 0)
        children += 1
used = sum(resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print("children", children, "used", used, flush=True)
open("result.txt", "w").write("trained")
sys.exit(5)
`;

export const PROCESS_FAULTS: Fault[] = [
  {
    fault: "the runner is killed",
    by: "SIGKILL",
    inject: ({ run }) => void process.kill(run.pid, "SIGKILL"),
    holds: {
      ends: { code: null, signal: "SIGKILL" },
      state: "interrupted",
      also({ scene, summary }) {
        expect(summary.stateReason).toContain("measured until its last process ended");
        expect(summary.exitCode).toBeNull();
        // The next command closes it.
        expect(scene.bench.fairwatt("runs").status).toBe(0);
        expect(fs.readdirSync(scene.file(".fairwatt/ledger"))).toHaveLength(1);
      },
    },
  },
  {
    fault: "the training is killed",
    by: "SIGKILL",
    inject: (scene) => void process.kill(scene.trainingPid, "SIGKILL"),
    holds: { ends: { code: null, signal: "SIGKILL" }, trained: false },
  },
  {
    fault: "everything is killed at once",
    by: "SIGKILL to runner, sampler and training, as in a power cut",
    async inject(scene) {
      for (const pid of [scene.run.pid, await scene.sampler(), scene.trainingPid])
        process.kill(pid, "SIGKILL");
    },
    holds: {
      ends: { code: null, signal: "SIGKILL" },
      state: "interrupted",
      trained: false,
      also: ({ scene }) => expect(scene.bench.fairwatt("show", "last").stdout).toContain("interrupted"),
    },
  },
  {
    fault: "the terminal is closed",
    by: "a pseudo terminal whose other end goes, under a training that SIGHUP ends",
    start: inTerminal,
    async inject(scene) {
      closeTerminal(scene);
      await scene.run.ended;
    },
    holds: { ends: { code: null, signal: "SIGHUP" }, state: "stopped", trained: false },
  },
  {
    fault: "the terminal is closed and the training does not mind",
    by: "a pseudo terminal whose other end goes, under a training that ignores SIGHUP",
    start: inTerminal,
    command: () => training("import signal\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)\n"),
    async inject(scene) {
      closeTerminal(scene);
      await scene.measured(3);
    },
    holds: { state: "stopped" },
  },
  {
    fault: "the command leaves a daemon behind",
    by: "a grandchild in a session of its own, without streams",
    command: () => training(DAEMON),
    inject: () => undefined,
    holds: {
      also({ scene, summary }) {
        fs.writeFileSync(scene.file("enough-of-the-daemon"), "");
        expect(summary.notices).toContain(
          "1 process that it started went on when it ended: its energy after that is not known",
        );
      },
    },
  },
  {
    fault: "the command closes its streams",
    by: "close(0), close(1), close(2)",
    command: () => training("", "for fd in (0, 1, 2): os.close(fd)\n"),
    inject: (scene) => scene.measured(),
    holds: {},
  },
  {
    fault: "the command becomes another program",
    by: "exec",
    command: () => ["sh", "-c", 'exec "$@"', "sh", ...training()],
    inject: (scene) => scene.measured(),
    holds: {},
  },
  {
    fault: "children stay zombies",
    by: "20 children that nobody waits for",
    command: () => training(ZOMBIES),
    inject: (scene) => scene.measured(),
    holds: { also: ({ scene }) => expect(treeSeconds(scene)).toBeGreaterThan(0.8) },
  },
  {
    fault: "children come and go by the hundred",
    by: "a fork bomb of short children",
    command: () => [python, "-c", FORK_BOMB],
    async inject(scene) {
      const sampler = await scene.sampler();
      const before = { sampler: cpuTicks(sampler), tree: treeSeconds(scene) };
      await scene.measured(10);
      const sampling = (cpuTicks(sampler) - before.sampler) / 100;
      // Both are told in hundredths of a second.
      expect(sampling).toBeLessThan(0.15 * (treeSeconds(scene) - before.tree) + 0.03);
    },
    holds: {
      also({ scene, run }) {
        const [, children, used] = /children (\d+) used ([\d.]+)/.exec(run.stdout)!.map(Number);
        expect(children).toBeGreaterThanOrEqual(50);
        expect(treeSeconds(scene) / used!).toBeGreaterThan(0.9);
        // And what the interpreter takes to end once it has told this.
        expect(treeSeconds(scene)).toBeLessThan(1.02 * used! + 0.1);
      },
    },
  },
];
