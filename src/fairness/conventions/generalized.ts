/** Sums of scores by label, for the generalised rates (Pleiss et al. 2017). */

import type { Cells } from "../metrics/cells.ts";
import type { Confusion } from "../metrics/confusion.ts";
import { type Group, groupCells } from "../metrics/groups.ts";
import type { BinaryTable } from "../table/scored-table.ts";

/** Weighted sums of the scores of rows that are labelled positive, and negative. */
export interface GeneralizedCounts {
  positives: number;
  negatives: number;
}

/** With the predictions as scores. */
export const generalizedOf = ({ tp, fp }: Confusion): GeneralizedCounts => ({ positives: tp, negatives: fp });

/** Per cell; undefined where the table has no scores. */
function scoreSums(table: BinaryTable, cells: Cells): GeneralizedCounts[] | undefined {
  const { score, weights, label } = table;
  if (!score) return undefined;
  const sums = Array.from({ length: cells.size }, () => ({ positives: 0, negatives: 0 }));
  for (let row = 0; row < table.rows; row++) {
    const sum = sums[cells.of[row]!]!;
    const weighted = score[row]! * (weights ? weights[row]! : 1);
    if (label[row] === 1) sum.positives += weighted;
    else sum.negatives += weighted;
  }
  return sums;
}

export function sumScores(parts: readonly GeneralizedCounts[]): GeneralizedCounts {
  return {
    positives: parts.reduce((sum, { positives }) => sum + positives, 0),
    negatives: parts.reduce((sum, { negatives }) => sum + negatives, 0),
  };
}

/** Sums per group of one or more attributes, by the group's key; undefined where the table has no scores. */
export function groupScores(
  table: BinaryTable,
  cells: Cells,
  attributes: readonly string[],
): ((group: Pick<Group, "key">) => GeneralizedCounts) | undefined {
  const sums = scoreSums(table, cells);
  if (!sums) return undefined;
  const { keys, of } = groupCells(cells, attributes);
  const parts: GeneralizedCounts[][] = keys.map(() => []);
  for (const [cell, sum] of sums.entries()) parts[of[cell]!]!.push(sum);
  const byKey = new Map(keys.map((key, index) => [JSON.stringify(key), sumScores(parts[index]!)]));
  return ({ key }) => byKey.get(JSON.stringify(key)) ?? { positives: 0, negatives: 0 };
}
