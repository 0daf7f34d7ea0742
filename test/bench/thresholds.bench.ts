/** The threshold explorer on 100,000 rows: from the pointer to new numbers, the strategies, reading the table. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { chooseThresholds } from "../../src/fairness/thresholds/choose.ts";
import { scoreGroups } from "../../src/fairness/thresholds/score-cells.ts";
import { ExplorerWorker } from "../../src/fairness/thresholds/worker-client.node.ts";
import type { OpenedTable } from "../../src/fairness/thresholds/worker-protocol.ts";
import { type Bench, median, quantile, type Row } from "./row.ts";
import { dragInPage } from "./thresholds/drag.ts";

const ROWS = 100_000;
const ROUNDS = 5;
const FRAME_MS = 16;
const GROUP = `Threshold explorer, ${ROWS.toLocaleString("en")} rows, almost as many scores`;

const ms = (value: number): string => `${value.toFixed(1)} ms`;

export const bench: Bench = async ({ root, say }) => {
  say("thresholds: about half a minute");
  const folder = mkdtempSync(path.join(tmpdir(), "fairwatt-bench-"));
  const file = path.join(folder, "scored.csv");
  writeFileSync(file, madeTable());
  const roles = { task: "binary", label: "y", score: "p", sensitive: ["sex", "region"] } as const;
  try {
    const opening: number[] = [];
    let table: OpenedTable | undefined;
    for (let round = 0; round < ROUNDS; round++) {
      const worker = new ExplorerWorker(path.join(root, "dist", "cli", "explorer.worker.mjs"));
      const began = performance.now();
      table = await worker.ask("open", { file, roles });
      opening.push(performance.now() - began);
      worker.dispose();
    }
    const { numbers, picture } = await dragInPage(root, table!);
    return [
      {
        group: GROUP,
        what: "drag: pointer to new numbers in the page, 95th percentile (median)",
        ours: `${ms(quantile(numbers, 0.95))} (${ms(median(numbers))})`,
        goal: `less than ${FRAME_MS} ms`,
        met: quantile(numbers, 0.95) < FRAME_MS,
      },
      {
        group: GROUP,
        what: "the same until the points on the curves are drawn, too",
        ours: `${ms(quantile(picture, 0.95))} (${ms(median(picture))})`,
      },
      ...strategyRows(table!),
      { group: GROUP, what: "worker started, CSV read, counts handed over", ours: ms(median(opening)) },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

function strategyRows({ cells }: OpenedTable): Row[] {
  const groups = scoreGroups(cells, [0, 1]);
  return (["single", "demographic_parity", "equal_opportunity", "equal_accuracy"] as const).map(
    (strategy) => {
      const took: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const began = performance.now();
        chooseThresholds(groups, strategy);
        took.push(performance.now() - began);
      }
      return {
        group: GROUP,
        what: `strategy ${strategy.replaceAll("_", " ")}, exact, ${groups.length} groups`,
        ours: ms(median(took)),
      };
    },
  );
}

/** Scores in six decimals, two attributes of two and four values. */
function madeTable(): string {
  let seed = 1;
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  const lines = ["y,p,sex,region"];
  for (let row = 0; row < ROWS; row++) {
    const score = random();
    const sex = random() < 0.5 ? "f" : "m";
    const region = "abcd"[Math.floor(4 * random())];
    lines.push(`${random() < score ? 1 : 0},${score.toFixed(6)},${sex},${region}`);
  }
  return `${lines.join("\n")}\n`;
}
