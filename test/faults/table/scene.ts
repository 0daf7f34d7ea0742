/** A measured run into whose middle a fault is put. */

import * as fs from "node:fs";
import * as path from "node:path";
import { parseStat } from "../../../src/energy/process-identity.node.ts";
import { journalFiles } from "../../../src/energy/run-folder.node.ts";
import { Bench, type Started, until } from "../support/measured.ts";
import type { Fault, Surroundings } from "./fault.ts";

/** Says its number, works a little until the file `enough` is there, then leaves a result and ends with 5. */
const trainingWith = (before: string, after: string) => `
${before}
import os, sys, time
print("started", os.getpid(), flush=True)
${after}
until = time.monotonic() + 60
while not os.path.exists("enough") and time.monotonic() < until:
    sum(range(400000))
    time.sleep(0.03)
open("result.txt", "w").write("trained")
sys.exit(5)
`;

export const python = process.env.FAIRWATT_PYTHON ?? "python3";
/** The training, with lines before and after it has said its number. */
export const training = (before = "", after = ""): string[] => [python, "-c", trainingWith(before, after)];

const STARTED = /started (\d+)\r?\n/;

/** CPU time of a process itself, hundredths of a second. */
export const cpuTicks = (pid: number): number =>
  parseStat(fs.readFileSync(`/proc/${pid}/stat`, "latin1"))!.own;

export class Scene {
  readonly bench = new Bench();
  run!: Started;
  surroundings: Surroundings = {};

  async begin({ command, start }: Pick<Fault, "command" | "start"> = {}): Promise<void> {
    this.surroundings = (await start?.(this.bench)) ?? {};
    this.run = this.bench.start(command?.(this.bench) ?? training(), this.surroundings);
    await this.measured();
    await until(() => STARTED.test(this.run.stdout) || undefined, "the training's number");
  }

  get directory(): string {
    return this.bench.runDirectories().at(-1)!;
  }

  /** Waits for so many samples more than there are now. */
  async measured(more = 2): Promise<void> {
    const count = () => this.journals().match(/"type":"sample"/g)?.length ?? 0;
    const enough = count() + more;
    await until(() => count() >= enough || undefined, `${more} samples more`);
  }

  /** All journals as they are now. */
  journals(): string {
    const [directory] = this.bench.runDirectories();
    return directory === undefined
      ? ""
      : journalFiles(directory)
          .map((file) => fs.readFileSync(file, "utf8"))
          .join("");
  }

  samplers(): number[] {
    const pids = journalFiles(this.directory).map((file) => Number(/\.(\d+)\.jsonl$/.exec(file)?.[1]));
    return pids.filter((pid) => pid > 0 && pid !== this.run.pid);
  }

  /** The latest one. */
  async sampler(not: readonly number[] = []): Promise<number> {
    return this.bench.samplerPid(not);
  }

  /** What the training calls itself. */
  get trainingPid(): number {
    return Number(STARTED.exec(this.run.stdout)![1]);
  }

  /** Tells the training to end. */
  enough(): void {
    fs.writeFileSync(this.file("enough"), "");
  }

  file(name: string): string {
    return path.join(this.bench.project, name);
  }

  dispose(): void {
    if (this.run && STARTED.test(this.run.stdout)) kill(this.trainingPid);
    this.bench.dispose();
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended, as it should.
  }
}
