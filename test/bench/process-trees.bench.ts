/**
 * How much of the CPU time of a command's processes is taken for the command's, by what processes it has: ours by `fairwatt run`,
 * and the peers that tell processes apart. The truth is the kernel's account of each process at its end.
 */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { SampleRecord } from "../../src/energy/journal.ts";
import { fairwattFolder, journalFiles, runsFolder } from "../../src/energy/run-folder.node.ts";
import { NAMES, programOf, type Tool } from "./peer/pypi.ts";
import type { Bench, Row } from "./row.ts";

const GROUP = "CPU time of a command that is found, of what its processes used";
const KINDS = [
  ["one", "one process"],
  ["children", "children of half a second"],
  ["grandchildren", "children of a child"],
  ["short", "children by the hundred, of 2 ms each"],
  ["daemons", "daemons that left the tree"],
] as const;
type Kind = (typeof KINDS)[number][0];
/** Zeus and carbontracker give each process all of the machine's energy. */
const PEERS: readonly Tool[] = ["codecarbon", "eco2ai"];
/** Relative. Each process is told in hundredths of a second. */
const GOAL = 0.02;

export const bench: Bench = async ({ root, say }) => {
  const rows: Row[] = [];
  for (const [kind, what] of KINDS) {
    say(`process trees: ${what}, by ${1 + PEERS.length} tools`);
    const folder = mkdtempSync(path.join(tmpdir(), "fairwatt-bench-"));
    try {
      const ours = found(root, folder, kind);
      const peers = PEERS.map((tool) => `${percent(foundBy(root, folder, tool, kind))}, ${NAMES[tool]}`);
      rows.push(
        ...peers.map((peer, i) => ({
          group: GROUP,
          what,
          ours: percent(ours),
          peer,
          ...(i === 0 ? { goal: "98 to 102 %", met: Math.abs(ours - 1) <= GOAL } : {}),
        })),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return rows;
};

const percent = (part: number) => `${(100 * part).toFixed(1)} %`;

/** Part of the truth. Throws when nothing was measured. */
function found(root: string, cwd: string, kind: Kind): number {
  writeFileSync(path.join(cwd, "fairwatt.toml"), 'zone = "FR"\n');
  const program = path.join(root, "test", "bench", "processes.py");
  const command = ["python3", program, kind, path.join(cwd, "told")];
  const args = [path.join(root, "dist", "cli", "fairwatt.cjs"), "run", "--no-live", "--", ...command];
  const truth = Number(
    execFileSync(process.execPath, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
  );
  return lastTree(cwd) / truth;
}

/** CPU seconds of the run's processes at its last sample. */
function lastTree(folder: string): number {
  const runs = runsFolder(fairwattFolder(folder));
  const samples = readdirSync(runs)
    .flatMap((run) => journalFiles(path.join(runs, run)))
    .flatMap((file) => readFileSync(file, "utf8").split("\n"))
    .filter((line) => line.includes('"type":"sample"'))
    .map((line) => JSON.parse(line) as SampleRecord);
  const tree = samples.at(-1)?.cpu?.tree;
  if (typeof tree !== "number") throw new Error("the run has no sample with its processes' time");
  return tree;
}

function foundBy(root: string, cwd: string, tool: Tool, kind: Kind): number {
  const script = path.join(root, "test", "bench", "peer", "process_tree.py");
  const output = execFileSync(programOf(root, tool), [script, tool, kind, path.join(cwd, "told")], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const { attributed, truth } = JSON.parse(output.trim().split("\n").at(-1)!) as Record<string, number>;
  return attributed! / truth!;
}
