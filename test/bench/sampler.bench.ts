/**
 * CPU time and memory of measuring, ours against `codecarbon monitor`, on the same command once a second, in turns.
 * Ours are two processes: the sampler, which goals are about, and the runner, which passes signals and folds what it
 * hears; the peer does both in one, so their sum is given too. The command itself is in none of the figures.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { codecarbon } from "./peer/codecarbon.ts";
import { childrenOf, processUse, type Use } from "./process-use.ts";
import { type Bench, delay, median, type Row, times } from "./row.ts";

const GROUP = "Measuring at 1 Hz";
const ROUNDS = 3;
/** How long the command runs, and what of it is left out of the steady part, s. */
const SECONDS = 30;
const SETTLING = 5;

/** CPU seconds per second of the command, and bytes. */
interface Figures {
  steady: number;
  withStart: number;
  peak: number;
}

export const bench: Bench = async ({ root, say }) => {
  const peer = codecarbon(root);
  const load = path.join(root, "test", "bench", "load.py");
  const command = [peer.python, load, String(SECONDS)];
  const fairwatt = [path.join(root, "dist", "cli", "fairwatt.cjs"), "run", "--zone", "FR", "--no-live", "--"];
  const sampler: Figures[] = [];
  const both: Figures[] = [];
  const theirs: Figures[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    say(`measuring at 1 Hz: round ${round} of ${ROUNDS}, ${2 * SECONDS} s`);
    const ours = await watch([process.execPath, ...fairwatt, ...command], command, /sampler\.mjs/);
    sampler.push(ours.helper!);
    both.push(add(ours.main, ours.helper!));
    theirs.push((await watch([...peer.monitor, ...command], command)).main);
  }
  const middle = (figures: Figures[], key: keyof Figures) => median(figures.map((each) => each[key]));
  const row = (what: string, ours: Figures[], key: keyof Figures, format: (value: number) => string) => {
    const [a, b] = [middle(ours, key), middle(theirs, key)];
    return { group: GROUP, what, ours: format(a), peer: format(b), ratio: times(a / b), value: a / b };
  };
  const cpu = (value: number) => `${(value * 1000).toFixed(1)} ms/s`;
  const memory = (value: number) => `${(value / 1e6).toFixed(0)} MB`;
  const goal = (made: ReturnType<typeof row>, limit: number): Row => {
    const { value, ...rest } = made;
    return { ...rest, goal: `at most ${limit} x`, met: value <= limit };
  };
  const plain = ({ value: _, ...rest }: ReturnType<typeof row>): Row => rest;
  return [
    goal(row("sampler, CPU time per second, steady", sampler, "steady", cpu), 0.1),
    goal(row(`sampler, CPU time per second, start-up over ${SECONDS} s`, sampler, "withStart", cpu), 0.1),
    goal(row("sampler, most resident memory", sampler, "peak", memory), 0.5),
    plain(row("sampler and runner, CPU time per second, steady", both, "steady", cpu)),
    plain(row(`sampler and runner, CPU time, start-up over ${SECONDS} s`, both, "withStart", cpu)),
    plain(row("sampler and runner, most resident memory", both, "peak", memory)),
  ];
};

/** Runs a measured command and reads what the measuring process, and one helper of it, use until the command ends. */
async function watch(
  argv: readonly string[],
  measured: readonly string[],
  helperName?: RegExp,
): Promise<{ main: Figures; helper?: Figures }> {
  const folder = mkdtempSync(path.join(tmpdir(), "fairwatt-bench-"));
  writeFileSync(path.join(folder, "fairwatt.toml"), "");
  const [program = "", ...args] = argv;
  const child = spawn(program, args, { cwd: folder, stdio: "ignore" });
  try {
    // Between fork and exec any child has its parent's command line, in which the command is named as well.
    const command = await childNamed(child, (line) => line.startsWith(measured.join(" ")));
    const started = performance.now();
    const helper = helperName && (await childNamed(child, (line) => helperName.test(line)));
    const pids = helper === undefined ? [child.pid!] : [child.pid!, helper];
    let first: (Use | undefined)[] = [];
    let last: (Use | undefined)[] = [];
    let firstAt = 0;
    let lastAt = started;
    // A command that ended and was waited for is counted among its parent's: reading stops just before.
    while (lastAt - started < (SECONDS - 0.5) * 1000) {
      await delay(200);
      lastAt = performance.now();
      last = pids.map(processUse);
      if (first.length === 0 && lastAt - started >= SETTLING * 1000) [first, firstAt] = [last, lastAt];
    }
    if (!processUse(command)) throw new Error("the command ended early: its time may be among the figures");
    const figures = (index: number): Figures | undefined => {
      const [a, b] = [first[index], last[index]];
      if (!a || !b) return undefined;
      return {
        steady: (b.cpu - a.cpu) / ((lastAt - firstAt) / 1000),
        withStart: b.cpu / ((lastAt - started) / 1000),
        peak: b.peak,
      };
    };
    const main = figures(0);
    if (!main || (helperName && !figures(1)))
      throw new Error(`${path.basename(program)} ended before its command`);
    await ended(child);
    return { main, helper: figures(1) };
  } finally {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function childNamed(parent: ChildProcess, wanted: (command: string) => boolean): Promise<number> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && parent.exitCode === null) {
    const found = childrenOf(parent.pid!).find(({ command }) => wanted(command));
    if (found) return found.pid;
    await delay(10);
  }
  throw new Error(`${parent.spawnargs.slice(0, 3).join(" ")} did not start what it was to start`);
}

const ended = (child: ChildProcess) =>
  child.exitCode !== null ? undefined : new Promise((resolve) => child.once("exit", resolve));

const add = (a: Figures, b: Figures): Figures => ({
  steady: a.steady + b.steady,
  withStart: a.withStart + b.withStart,
  peak: a.peak + b.peak,
});
