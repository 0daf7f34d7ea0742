/** Verifying a ledger of 10,000 entries, against `git fsck` on as many commits, in turns. */

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { writeRunEntries } from "./ledger/write-run-entries.ts";
import { type Bench, median, times } from "./row.ts";

const GROUP = "Verifying a ledger";
const ENTRIES = 10_000;
const ROUNDS = 3;
const GOAL_S = 5;

export const bench: Bench = async ({ root, say }) => {
  say(`ledger: ${ENTRIES} entries, ${ROUNDS} rounds`);
  const folder = mkdtempSync(path.join(tmpdir(), "fairwatt-bench-"));
  try {
    writeRunEntries(path.join(folder, ".fairwatt", "ledger"), ENTRIES);
    await seconds(["git", "init", "-q", "--bare", "history.git"], folder);
    await seconds(["git", "-C", "history.git", "fast-import", "--quiet"], folder, history());
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const fairwatt = path.join(root, "dist", "cli", "fairwatt.cjs");
      ours.push(await seconds([process.execPath, fairwatt, "ledger", "verify"], folder));
      theirs.push(await seconds(["git", "-C", "history.git", "fsck", "--full", "--no-progress"], folder));
    }
    const [wall, peer] = [median(ours), median(theirs)];
    return [
      {
        group: GROUP,
        what: `${ENTRIES} entries of runs, wall time, median of ${ROUNDS}; peer: \`git fsck\` of as many commits`,
        ours: `${wall.toFixed(2)} s`,
        peer: `git: ${peer.toFixed(2)} s`,
        ratio: times(wall / peer),
        goal: `at most ${GOAL_S} s`,
        met: wall <= GOAL_S,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** As many commits, each with a file of its own, for `git fast-import`. */
function history(): string {
  return Array.from({ length: ENTRIES }, (_, index) => {
    const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
    return `commit refs/heads/main\ncommitter A <a@example.org> ${1_700_000_000 + index} +0000\n${data(`run ${index}`)}M 100644 inline ${index}.json\n${data(`{"run":${index}}`)}`;
  }).join("");
}

async function seconds(argv: readonly string[], cwd: string, input?: string): Promise<number> {
  const [program = "", ...args] = argv;
  const started = performance.now();
  const code = await new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      stdio: [input === undefined ? "ignore" : "pipe", "ignore", "ignore"],
    });
    child.stdin?.end(input);
    child.once("error", reject);
    child.once("exit", resolve);
  });
  if (code !== 0) throw new Error(`${argv.join(" ")} ended with ${code}`);
  return (performance.now() - started) / 1000;
}
