/** Starts `fairwatt run` as a user would, in a project of its own, and reads what it left. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { readRun } from "../../../src/energy/read-run.node.ts";
import type { RunSummary } from "../../../src/energy/run.ts";
import { journalFiles } from "../../../src/energy/run-folder.node.ts";
import { type FakePowercap, startFakePowercap } from "./fake-powercap.ts";

const root = path.resolve(import.meta.dirname, "../../..");
export const CLI = path.join(root, "dist/cli/fairwatt.cjs");

export class Bench {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-fault-"));
  readonly project = path.join(this.folder, "project");
  readonly powercap: FakePowercap = startFakePowercap(this.folder);
  private readonly children: ChildProcess[] = [];

  constructor() {
    fs.mkdirSync(path.join(this.project, ".fairwatt"), { recursive: true });
  }

  get env(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      FAIRWATT_SYS: this.powercap.sys,
      FAIRWATT_NVML: "none",
      XDG_STATE_HOME: path.join(this.folder, "state"),
      FAIRWATT_RUN_ID: undefined,
    };
  }

  /** `fairwatt run --interval 0.2 ... -- command`, its output piped; `within` what starts it in surroundings of its own. */
  start(
    command: string[],
    options: { args?: string[]; env?: NodeJS.ProcessEnv; cwd?: string; within?: string[] } = {},
  ): Started {
    const [program, ...args] = [...(options.within ?? []), process.execPath, CLI];
    const child = spawn(
      program!,
      [...args, "run", "--interval", "0.2", ...(options.args ?? []), "--", ...command],
      {
        cwd: options.cwd ?? this.project,
        env: { ...this.env, ...options.env },
        stdio: ["pipe", "pipe", "pipe"],
      },
    );
    this.children.push(child);
    return new Started(child);
  }

  /** Another `fairwatt` command in the same project. */
  fairwatt(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(process.execPath, [CLI, ...args], {
      cwd: this.project,
      env: this.env,
      encoding: "utf8",
    });
  }

  runDirectories(fairwatt = path.join(this.project, ".fairwatt")): string[] {
    const runs = path.join(fairwatt, "runs");
    return fs.existsSync(runs)
      ? fs
          .readdirSync(runs)
          .sort()
          .map((name) => path.join(runs, name))
      : [];
  }

  async onlyRun(): Promise<RunSummary> {
    const [directory] = this.runDirectories();
    if (!directory) throw new Error("no run was recorded");
    return (await readRun(directory)).summary;
  }

  /** Pid of the sampler of the newest run, once its journal has samples. */
  async samplerPid(not: readonly number[] = []): Promise<number> {
    return until(() => {
      for (const directory of this.runDirectories()) {
        for (const file of journalFiles(directory)) {
          const text = fs.readFileSync(file, "utf8");
          const pid = Number(/\.(\d+)\.jsonl$/.exec(file)?.[1]);
          if (text.includes('"type":"sample"') && !not.includes(pid)) return pid;
        }
      }
      return undefined;
    });
  }

  /** Waits until the newest run has this much energy, J. */
  async energy(joules: number): Promise<RunSummary> {
    return untilAsync(async () => {
      const directory = this.runDirectories().at(-1);
      if (!directory || !journalFiles(directory).some((file) => !file.endsWith("marks.jsonl")))
        return undefined;
      const summary = await readRun(directory).then(
        (run) => run.summary,
        () => undefined,
      );
      return summary && summary.energy.value >= joules ? summary : undefined;
    }, `${joules} J`);
  }

  dispose(): void {
    this.powercap.stop();
    for (const child of this.children) child.kill("SIGKILL");
    // What was killed just now may still be writing.
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

export class Started {
  stdout = "";
  stderr = "";
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;

  constructor(readonly child: ChildProcess) {
    child.stdout?.on("data", (data) => {
      this.stdout += data;
    });
    child.stderr?.on("data", (data) => {
      this.stderr += data;
    });
    this.ended = new Promise((resolve) => child.once("close", (code, signal) => resolve({ code, signal })));
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Waits until the command printed this. */
  async says(text: string): Promise<void> {
    await until(() => this.stdout.includes(text) || undefined);
  }
}

/** Polls until `look` gives something; fails after 40 s with what it was looking for. */
export async function until<T>(look: () => T | undefined, what = look.toString()): Promise<T> {
  const deadline = Date.now() + 40_000;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`waited 40 s for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** As `until`, for what is read from files. */
export async function untilAsync<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  const deadline = Date.now() + 40_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`waited 40 s for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Lines of Python for a command in the project's folder: waits until its run has so many samples on disk. */
export const untilSampled = (count: number): string => `
import glob, time
def samples(): return sum(open(name).read().count('"type":"sample"') for name in glob.glob(".fairwatt/runs/*/*.jsonl"))
given_up = time.monotonic() + 60
while samples() < ${count} and time.monotonic() < given_up: time.sleep(0.02)
`;

/** A training stand-in that keeps one processor busy for `seconds` and says what happens to it. */
export function busyPython(seconds: number, body = ""): string[] {
  const code = `
import os, signal, sys, time
${body}
print("started", os.getpid(), flush=True)
end = time.monotonic() + ${seconds}
while time.monotonic() < end:
    sum(range(2000))
open("result.txt", "w").write("trained")
print("done", flush=True)
`;
  return [process.env.FAIRWATT_PYTHON ?? "python3", "-c", code];
}
