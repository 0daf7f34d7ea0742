/**
 * What `fairwatt run` adds to the wall time of a short command, in turns with the bare command; and its CPU time, in
 * which other work on the machine does not show.
 */

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { codecarbon } from "./peer/codecarbon.ts";
import { plantCounter } from "./peer/planted-counter.ts";
import { NAMES, programOf, type Tool } from "./peer/pypi.ts";
import { type Bench, median, quantile, times } from "./row.ts";

const GROUP = "`fairwatt run` around a command";
const ROUNDS = 20;
/** The peer takes seconds each time. */
const PEER_ROUNDS = 4;
const GOAL_MS = 150;
const COMMAND = ["sleep", "0.2"];
/** Programs import these: one that begins, runs the command and ends (peer/around.py). */
const LIBRARIES: readonly Tool[] = ["zeus", "carbontracker", "eco2ai"];

export const bench: Bench = async ({ root, say }) => {
  say(`run overhead: ${ROUNDS} rounds`);
  const folder = mkdtempSync(path.join(tmpdir(), "fairwatt-bench-"));
  try {
    // As in a project that has been set up: its file names the zone.
    writeFileSync(path.join(folder, "fairwatt.toml"), 'zone = "FR"\n');
    const fairwatt = [process.execPath, path.join(root, "dist", "cli", "fairwatt.cjs"), "run"];
    const added: number[] = [];
    const peerAdded: number[] = [];
    const cpu: number[] = [];
    const peerCpu: number[] = [];
    const node: number[] = [];
    const byLibrary = LIBRARIES.map((tool) => ({ tool, added: [] as number[], cpu: [] as number[] }));
    const around = path.join(root, "test", "bench", "peer", "around.py");
    const powercap = plantCounter(folder);
    for (let round = 0; round < ROUNDS; round++) {
      const bare = await time(COMMAND, folder);
      node.push((await time([process.execPath, "-e", "0"], folder)).wall);
      const ours = await time([...fairwatt, "--", ...COMMAND], folder);
      added.push(ours.wall - bare.wall);
      cpu.push(ours.cpu);
      if (round >= PEER_ROUNDS) continue;
      const theirs = await time([...codecarbon(root).monitor, ...COMMAND], folder);
      peerAdded.push(theirs.wall - bare.wall);
      peerCpu.push(theirs.cpu);
      for (const library of byLibrary) {
        const { tool } = library;
        const { wall, cpu } = await time([programOf(root, tool), around, tool, powercap, ...COMMAND], folder);
        library.added.push(wall - bare.wall);
        library.cpu.push(cpu);
      }
    }
    const [ours, theirs] = [median(added), median(peerAdded)];
    return [
      {
        group: GROUP,
        what: `added to \`${COMMAND.join(" ")}\`, median of ${ROUNDS} (90th percentile)`,
        ours: `${ours.toFixed(0)} ms (${quantile(added, 0.9).toFixed(0)} ms)`,
        peer: `${theirs.toFixed(0)} ms`,
        ratio: times(ours / theirs),
        goal: `at most ${GOAL_MS} ms`,
        met: ours <= GOAL_MS,
      },
      {
        group: GROUP,
        what: "the same, least of all rounds",
        ours: `${Math.min(...added).toFixed(0)} ms`,
        peer: `${Math.min(...peerAdded).toFixed(0)} ms`,
        ratio: times(Math.min(...added) / Math.min(...peerAdded)),
      },
      ...byLibrary.map(({ tool, added: theirs }) => ({
        group: GROUP,
        what: `added to \`${COMMAND.join(" ")}\`, median`,
        ours: `${ours.toFixed(0)} ms`,
        peer: `${median(theirs).toFixed(0)} ms, ${NAMES[tool]}`,
        ratio: times(ours / median(theirs)),
      })),
      {
        group: GROUP,
        what: "CPU time, runner, sampler and command together",
        ours: `${median(cpu).toFixed(0)} ms`,
        peer: `${median(peerCpu).toFixed(0)} ms`,
        ratio: times(median(cpu) / median(peerCpu)),
      },
      ...byLibrary.map(({ tool, cpu: theirs }) => ({
        group: GROUP,
        what: "CPU time, runner, sampler and command together",
        ours: `${median(cpu).toFixed(0)} ms`,
        peer: `${median(theirs).toFixed(0)} ms, ${NAMES[tool]}`,
        ratio: times(median(cpu) / median(theirs)),
      })),
      {
        group: GROUP,
        what: "for comparison: `node -e 0`, median (least)",
        ours: `${median(node).toFixed(0)} ms (${Math.min(...node).toFixed(0)} ms)`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Milliseconds of a program from its start to its end, and of CPU time of it and its children. Throws when it fails. */
async function time(argv: readonly string[], cwd: string): Promise<{ wall: number; cpu: number }> {
  const [program = "", ...args] = argv;
  const before = childrenCpu();
  const started = performance.now();
  const code = await new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: "ignore" });
    child.once("error", reject);
    child.once("exit", resolve);
  });
  const wall = performance.now() - started;
  if (code !== 0) throw new Error(`${argv.join(" ")} ended with ${code}`);
  return { wall, cpu: childrenCpu() - before };
}

/** CPU time of this process's children that have ended, and of theirs, ms. */
const childrenCpu = () => {
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) * 10;
};
