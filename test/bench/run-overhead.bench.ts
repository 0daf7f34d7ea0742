/** What `fairwatt run` adds to the wall time of a short command, in turns with the bare command. */

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { codecarbon } from "./peer/codecarbon.ts";
import { type Bench, median, quantile, times } from "./row.ts";

const ROUNDS = 20;
/** The peer takes seconds each time. */
const PEER_ROUNDS = 4;
const GOAL_MS = 150;
const COMMAND = ["sleep", "0.2"];

export const bench: Bench = async ({ root, say }) => {
  say(`run overhead: ${ROUNDS} rounds`);
  const folder = mkdtempSync(path.join(tmpdir(), "fairwatt-bench-"));
  try {
    writeFileSync(path.join(folder, "fairwatt.toml"), "");
    const fairwatt = [
      process.execPath,
      path.join(root, "dist", "cli", "fairwatt.mjs"),
      "run",
      "--zone",
      "FR",
    ];
    const added: number[] = [];
    const peerAdded: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const bare = await wallTime(COMMAND, folder);
      added.push((await wallTime([...fairwatt, "--", ...COMMAND], folder)) - bare);
      if (round < PEER_ROUNDS) {
        peerAdded.push((await wallTime([...codecarbon(root).monitor, ...COMMAND], folder)) - bare);
      }
    }
    const [ours, theirs] = [median(added), median(peerAdded)];
    return [
      {
        group: "`fairwatt run` around a command",
        what: `added to \`${COMMAND.join(" ")}\`, median of ${ROUNDS} (90th percentile)`,
        ours: `${ours.toFixed(0)} ms (${quantile(added, 0.9).toFixed(0)} ms)`,
        peer: `${theirs.toFixed(0)} ms`,
        ratio: times(ours / theirs),
        goal: `at most ${GOAL_MS} ms`,
        met: ours <= GOAL_MS,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Milliseconds from the start of a program to its end. Throws when it fails. */
function wallTime(argv: readonly string[], cwd: string): Promise<number> {
  const [program = "", ...args] = argv;
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: "ignore" });
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === 0) resolve(performance.now() - started);
      else reject(new Error(`${argv.join(" ")} ended with ${code}`));
    });
  });
}
