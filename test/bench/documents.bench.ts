/** All documents of a project of 1,000 runs: what a report before an audit takes. */

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { writeRunEntries } from "./ledger/write-run-entries.ts";
import { processUse } from "./process-use.ts";
import { type Bench, median, type Row } from "./row.ts";

const RUNS = 1_000;
const ROUNDS = 3;
const GOAL_S = 3;
const GOAL_BYTES = 300_000_000;
const SETS = [["html"], ["html", "md", "json"], ["html", "md", "json", "pdf"]];

export const bench: Bench = async ({ root, say }) => {
  const folder = mkdtempSync(path.join(tmpdir(), "fairwatt-bench-"));
  const group = `All documents of a project of ${RUNS.toLocaleString("en")} runs`;
  const rows: Row[] = [];
  try {
    writeFileSync(path.join(folder, "fairwatt.toml"), 'zone = "DE"\n');
    writeRunEntries(path.join(folder, ".fairwatt", "ledger"), RUNS);
    for (const formats of SETS) {
      say(`documents: ${RUNS} runs, ${formats.join(", ")}, ${ROUNDS} rounds`);
      const rounds: { seconds: number; peak: number }[] = [];
      for (let round = 0; round < ROUNDS; round++) rounds.push(await report(root, folder, formats));
      const seconds = median(rounds.map((each) => each.seconds));
      const peak = Math.max(...rounds.map((each) => each.peak));
      const what = formats.join(", ");
      rows.push(
        {
          group,
          what: `${what}: wall time, median of ${ROUNDS}`,
          ours: `${seconds.toFixed(2)} s`,
          goal: `at most ${GOAL_S} s`,
          met: seconds <= GOAL_S,
        },
        {
          group,
          what: `${what}: most resident memory`,
          ours: `${(peak / 1e6).toFixed(0)} MB`,
          goal: `at most ${GOAL_BYTES / 1e6} MB`,
          met: peak <= GOAL_BYTES,
        },
      );
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Writes all documents anew; nothing is entered in the ledger, so that each round finds the same. */
async function report(root: string, folder: string, formats: readonly string[]) {
  const cli = path.join(root, "dist", "cli", "fairwatt.cjs");
  const args = [
    "report",
    "--all",
    "--no-ledger",
    "--force",
    ...formats.flatMap((name) => ["--format", name]),
  ];
  const started = performance.now();
  const child = spawn(process.execPath, [cli, ...args], { cwd: folder, stdio: "ignore" });
  let peak = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, processUse(child.pid!)?.peak ?? 0);
  }, 20);
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  clearInterval(look);
  if (code !== 0) throw new Error(`fairwatt ${args.join(" ")} ended with ${code}`);
  return { seconds: (performance.now() - started) / 1000, peak };
}
