/** A score as text for a person. */

import type { Miss, Row, Score } from "./score.ts";
import type { Proportion } from "./tally.ts";

const TITLE = {
  single: "Each file alone",
  project: "Within its project",
} as const;

export function reportOf(score: Score): string {
  const head = ["label", "kind", "files", "expected", "TP", "FP", "FN", "precision", "recall", "F1"];
  const lines = score.rows.filter((row) => row.files > 0).map(cellsOf);
  return [
    `== ${TITLE[score.setting]} (labels of high and medium confidence; intervals: Wilson, 95 %)`,
    ...aligned([head, ...lines]),
    score.allowedWaste > 0
      ? `waste: ${score.allowedWaste} more found that labels of less confidence name`
      : "",
    ...score.rules.map(({ rule, right, wrong }) => `${rule}: ${right} right, ${wrong} wrong`),
    ...score.traps.map(({ trap, files, wrong }) => `trap ${trap}: ${wrong} wrong of ${files}`),
    ...score.misses.flatMap(missLines),
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function cellsOf({ family, kind, files, tally, precision, recall, f1 }: Row): string[] {
  const counts = [files, tally.tp + tally.fn, tally.tp, tally.fp, tally.fn].map(String);
  return [family, kind, ...counts, withInterval(precision), withInterval(recall), decimal(f1)];
}

const decimal = (value: number) => (Number.isNaN(value) ? "-" : value.toFixed(3));

const withInterval = ({ value, low, high }: Proportion) =>
  Number.isNaN(value) ? "-" : `${decimal(value)} (${low.toFixed(2)}-${high.toFixed(2)})`;

function aligned(rows: readonly string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd(),
  );
}

function missLines({
  wrong,
  family,
  id,
  path,
  confidence,
  ambiguous,
  what,
  rationale,
  traps,
}: Miss): string[] {
  const marks = [confidence, ...(ambiguous ? ["ambiguous"] : []), ...traps].join(", ");
  return [
    `${wrong.toUpperCase()} ${family} ${id} ${path} [${marks}]`,
    `    label: ${rationale}`,
    ...what.map((line) => `    ${line}`),
  ];
}
