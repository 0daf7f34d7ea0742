/**
 * Audits of 20,000 and of a million rows, 3 attributes (48 cells), against Fairlearn's MetricFrame, AIF360 and Aequitas,
 * each from PyPI in an environment of its own. Ours is all of an audit: each attribute and their intersection, 12 rates and
 * 7 measures with their ranges and tests; the peers compute the number of metrics that is named, without tests. Tables are
 * in memory; reading them is a row of its own.
 */

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { auditBinary } from "../../src/fairness/audit/audit-binary.ts";
import { createRandom } from "../../src/fairness/statistics/random.ts";
import { buildScoredTable } from "../../src/fairness/table/build-scored-table.ts";
import { readTable } from "../../src/fairness/table/read-table.node.ts";
import { readPlanOf } from "../../src/fairness/table/roles.ts";
import type { BinaryTable } from "../../src/fairness/table/scored-table.ts";
import { prepareLibraries } from "../python-libraries/environments.mjs";
import { processUse } from "./process-use.ts";
import { type Bench, delay, median, type Row, times } from "./row.ts";

const ROLES = {
  task: "binary",
  label: "y",
  prediction: "p",
  positive: "1",
  sensitive: ["a", "b", "c"],
} as const;
const ROUNDS = 3;
const REPLICATES = 1000;
/** Replicates that the peer is measured with: all of them would take it hours. */
const PEER_REPLICATES = { 20000: 10, 1000000: 1 };

const seconds = (value: number): string =>
  value < 1
    ? `${Number((value * 1000).toPrecision(2))} ms`
    : `${Number(value.toPrecision(3)).toLocaleString("en")} s`;

export const bench: Bench = async ({ root, say }) => {
  const pythons = await prepareLibraries(say);
  const folder = mkdtempSync(path.join(tmpdir(), "fairwatt-bench-"));
  const peer = (library: keyof typeof pythons, file: string, metrics: number, replicates = 0): number => {
    say(`audit: ${library}, ${path.basename(file)}, ${metrics} metrics, ${replicates} replicates`);
    const script = path.join(root, "test", "bench", "peer", "fairness.py");
    const args = [script, library, file, String(metrics), String(replicates)];
    const out = execFileSync(pythons[library], args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return (JSON.parse(out.trim().split("\n").at(-1)!) as { seconds: number }).seconds;
  };
  const rows: Row[] = [];
  try {
    for (const size of [20_000, 1_000_000] as const) {
      const file = path.join(folder, `${size}.csv`);
      writeFileSync(file, madeTable(size));
      const group = `An audit of ${size.toLocaleString("en")} rows, 48 cells`;
      const reading = performance.now();
      const table = buildScoredTable(await readTable(file, readPlanOf(ROLES)), ROLES) as BinaryTable;
      const read = (performance.now() - reading) / 1000;
      const plain = audited(table, 0);
      const boot = audited(table, REPLICATES);
      const against = (what: string, ours: number, theirs: number, name: string): Row => ({
        group,
        what,
        ours: seconds(ours),
        peer: `${seconds(theirs)} (${name})`,
        ratio: times(ours / theirs),
      });
      rows.push({ group, what: "reading the CSV file", ours: seconds(read) });
      for (const metrics of [4, 20]) {
        const theirs = peer("fairlearn", file, metrics);
        const some = PEER_REPLICATES[size];
        const each = (peer("fairlearn", file, metrics, some) - theirs) / some;
        const row = against(`${metrics} metrics, without bootstrap`, plain, theirs, "Fairlearn");
        rows.push(
          size === 1_000_000 ? { ...row, goal: "less than 2 s", met: plain < 2 } : row,
          {
            ...against(
              `${metrics} metrics, ${REPLICATES.toLocaleString("en")} replicates`,
              boot,
              theirs + each * REPLICATES,
              `Fairlearn, from ${some}`,
            ),
            goal: "at most 1/100",
            met: boot * 100 <= theirs + each * REPLICATES,
          },
          against(`${metrics} metrics, without bootstrap`, plain, peer("aif360", file, metrics), "AIF360"),
        );
      }
      rows.push(against("its own metrics, without bootstrap", plain, peer("aequitas", file, 20), "Aequitas"));
      if (size === 1_000_000) {
        const peak = await peakOf(root, file);
        rows.push({
          group,
          what: "`fairwatt audit` on the file, 1,000 replicates: most resident memory",
          ours: `${(peak / 1e6).toFixed(0)} MB`,
          goal: "less than 1 GB",
          met: peak < 1e9,
        });
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
};

/** Median seconds of a whole audit. */
function audited(table: BinaryTable, replicates: number): number {
  return median(
    Array.from({ length: ROUNDS }, () => {
      const begun = performance.now();
      auditBinary(table, { replicates });
      return (performance.now() - begun) / 1000;
    }),
  );
}

async function peakOf(root: string, file: string): Promise<number> {
  const cli = path.join(root, "dist", "cli", "fairwatt.cjs");
  const options = ["--label", "y", "--prediction", "p", "--sensitive", "a,b,c", "--no-ledger"];
  const child = spawn(process.execPath, [cli, "audit", file, ...options], { stdio: "ignore" });
  let peak = 0;
  let ended: number | null | undefined;
  child.on("exit", (code) => {
    ended = code;
  });
  while (ended === undefined) {
    peak = Math.max(peak, processUse(child.pid!)?.peak ?? 0);
    await delay(20);
  }
  if (ended !== 0) throw new Error(`fairwatt audit ended with ${ended}`);
  return peak;
}

/** Predictions that are right four times in five, a little less in one group. */
function madeTable(rows: number): string {
  const random = createRandom(7);
  const lines = ["y,p,a,b,c"];
  for (let row = 0; row < rows; row++) {
    const a = random.index(4);
    const y = random.uniform() < 0.4 ? 1 : 0;
    const p = random.uniform() < (a === 0 ? 0.75 : 0.8) ? y : 1 - y;
    lines.push(`${y},${p},a${a},b${random.index(4)},c${random.index(3)}`);
  }
  return `${lines.join("\n")}\n`;
}
