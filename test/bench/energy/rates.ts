/**
 * CPU time of measuring at a rate: our sampler, and each peer in a process of its own, beside one command that has 1, 8 and 64
 * children. Ours is alone while it is watched: Eco2AI starts another process for each reading, which every tool hears of.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { plantCounter } from "../peer/planted-counter.ts";
import { NAMES, programOf, TOOLS, type Tool } from "../peer/pypi.ts";
import { childrenOf, processUse } from "../process-use.ts";
import { type Context, delay, type Row, times } from "../row.ts";

const CHILDREN = [1, 8, 64];
/** s */
const SETTLING = 3;
const WATCHED = 30;
const PEERS_WATCHED = 12;
const LONGER_THAN_ALL = 300;
const GOAL = 0.01;
/** CPU times tick in steps of 10 ms: what is below a few of them in the time that is watched is no figure to divide by. */
const LEAST = 0.003;

/** @param hertz readings a second; @param isGoal whether the sampler has a goal at this rate */
export async function rateRows({ root, say }: Context, hertz: number, isGoal: boolean): Promise<Row[]> {
  const rows: Row[] = [];
  const folder = mkdtempSync(path.join(tmpdir(), "fairwatt-bench-"));
  try {
    writeFileSync(path.join(folder, "fairwatt.toml"), 'zone = "FR"\n');
    const powercap = plantCounter(folder);
    for (const children of CHILDREN) {
      say(`measuring at ${hertz} Hz: ${children} children, ${WATCHED + PEERS_WATCHED} s and more`);
      rows.push(...(await rowsOf(root, folder, powercap, hertz, children, isGoal)));
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rowsOf(
  root: string,
  folder: string,
  powercap: string,
  hertz: number,
  children: number,
  isGoal: boolean,
): Promise<Row[]> {
  const group = `Measuring at ${hertz} Hz, by the number of children`;
  const run = startRun(root, folder, hertz, children);
  try {
    const sampler = await samplerOf(run);
    await delay(SETTLING * 1000);
    const [ours = Number.NaN, runner = Number.NaN] = await useOver([[sampler], [run.pid!]], WATCHED);
    const peers = await Promise.all(TOOLS.map((tool) => LivePeer.start(root, tool, 1 / hertz, powercap)));
    const theirs = await useOver(
      peers.map((peer) => peer.pids()),
      PEERS_WATCHED,
    );
    const rates = await Promise.all(peers.map((peer) => peer.end()));
    const what = children === 1 ? "1 child" : `${children} children`;
    return [
      ...TOOLS.map((tool, i): Row => {
        const first = isGoal && i === 0;
        return {
          group,
          what: `${what}: sampler, part of one core`,
          ours: percent(ours),
          peer: `${percent(theirs[i]!)} for ${rates[i]!.toFixed(1)} readings/s, ${NAMES[tool]}`,
          ...(theirs[i]! > LEAST ? { ratio: times(ours / theirs[i]!) } : {}),
          ...(first ? { goal: "less than 1 %", met: ours < GOAL } : {}),
        };
      }),
      { group, what: `${what}: sampler and runner`, ours: percent(ours + runner) },
    ];
  } finally {
    process.kill(-run.pid!, "SIGKILL");
  }
}

const percent = (part: number) => `${(100 * part).toFixed(2)} %`;

/** A process group of its own: children of the command end with it. */
function startRun(root: string, cwd: string, hertz: number, children: number): ChildProcess {
  const command = [
    "python3",
    path.join(root, "test", "bench", "tree.py"),
    String(LONGER_THAN_ALL),
    String(children),
  ];
  const args = ["run", "--no-live", "--interval", `${1000 / hertz}ms`, "--", ...command];
  const program = path.join(root, "dist", "cli", "fairwatt.cjs");
  return spawn(process.execPath, [program, ...args], { cwd, stdio: "ignore", detached: true });
}

async function samplerOf(run: ChildProcess): Promise<number> {
  while (run.exitCode === null) {
    const found = childrenOf(run.pid!).find(({ command }) => /sampler\.mjs/.test(command));
    if (found) return found.pid;
    await delay(20);
  }
  throw new Error(`fairwatt run ended with ${run.exitCode}`);
}

/** CPU seconds per second of each group of processes. Throws when one of them ends meanwhile. */
async function useOver(groups: readonly (readonly number[])[], seconds: number): Promise<number[]> {
  const read = () => groups.map((pids) => pids.reduce((sum, pid) => sum + cpuOf(pid), 0));
  const before = read();
  const started = performance.now();
  await delay(seconds * 1000);
  const after = read();
  const passed = (performance.now() - started) / 1000;
  return after.map((cpu, i) => (cpu - before[i]!) / passed);
}

function cpuOf(pid: number): number {
  const use = processUse(pid);
  if (!use) throw new Error(`process ${pid} ended while it was watched`);
  return use.cpu;
}

/** A peer in a process of its own (peer/live.py). */
class LivePeer {
  private constructor(
    private readonly child: ChildProcess,
    private readonly lines: AsyncIterator<string>,
  ) {}

  static async start(root: string, tool: Tool, period: number, powercap: string): Promise<LivePeer> {
    const script = path.join(root, "test", "bench", "peer", "live.py");
    const child = spawn(programOf(root, tool), [script, tool, String(period), powercap], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    const peer = new LivePeer(child, createInterface({ input: child.stdout! })[Symbol.asyncIterator]());
    const { value } = await peer.lines.next();
    if (value !== "measuring") throw new Error(`${NAMES[tool]} did not begin to measure`);
    return peer;
  }

  /** With the helpers that it started and that go on. */
  pids(): number[] {
    return [
      this.child.pid!,
      ...childrenOf(this.child.pid!)
        .filter(isHelper)
        .map(({ pid }) => pid),
    ];
  }

  /** Readings per second. */
  async end(): Promise<number> {
    this.child.stdin!.end();
    const { value } = await this.lines.next();
    const { readings, seconds } = JSON.parse(value) as { readings: number; seconds: number };
    return readings / seconds;
  }
}

/** What ends at once is in its parent's account. */
const isHelper = ({ command }: { command: string }) => command.includes("multiprocessing");
