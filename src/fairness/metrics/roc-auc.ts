/** Area under the ROC curve per group: how well the score ranks, whatever the threshold. */

import type { BinaryTable } from "../table/scored-table.ts";
import { type ScoreScale, scaleOf } from "./score-scale.ts";

/**
 * Per group: the probability that a row labelled positive scores above one labelled negative, ties counting half
 * (Mann-Whitney; weighted where the table is). null where a group lacks one of the two labels: not estimable. `of`: group
 * of each row, -1 for rows to leave out. `scale`: of the table's scores. Throws a RangeError for a table without scores.
 */
export function rocAuc(
  table: BinaryTable,
  of: Int32Array,
  groups: number,
  scale?: ScoreScale,
): (number | null)[] {
  const { score, label, weights } = table;
  if (!score) throw new RangeError("the table has no scores");
  const { order, sorted } = scale ?? scaleOf(score);
  const below = new Float64Array(groups);
  const tiedNegative = new Float64Array(groups);
  const tiedPositive = new Float64Array(groups);
  const positives = new Float64Array(groups);
  const wins = new Float64Array(groups);
  const touched: number[] = [];
  const settle = () => {
    for (const group of touched) {
      wins[group]! += tiedPositive[group]! * (below[group]! + tiedNegative[group]! / 2);
      below[group]! += tiedNegative[group]!;
      positives[group]! += tiedPositive[group]!;
      tiedNegative[group] = 0;
      tiedPositive[group] = 0;
    }
    touched.length = 0;
  };
  for (let at = 0; at < order.length; at++) {
    const row = order[at]!;
    if (at > 0 && sorted[at] !== sorted[at - 1]) settle();
    const group = of[row]!;
    if (group < 0) continue;
    const weight = weights ? weights[row]! : 1;
    if (label[row] === 1) tiedPositive[group]! += weight;
    else tiedNegative[group]! += weight;
    touched.push(group);
  }
  settle();
  return Array.from(wins, (won, group) => {
    const pairs = positives[group]! * below[group]!;
    return pairs === 0 ? null : won / pairs;
  });
}
