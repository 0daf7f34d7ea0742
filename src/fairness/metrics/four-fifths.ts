/** The four-fifths rule (29 CFR 1607.4 D), compared without rounding. */

import type { Confusion } from "./confusion.ts";
import { type Group, groupRows } from "./groups.ts";

export interface FourFifths {
  group: Group;
  /** The group with the highest rate of the favourable outcome. */
  reference: Group;
  /** Favourable outcomes and rows (or weights) of the group. */
  favourable: number;
  total: number;
  /** Rate of the group over the highest rate; null where that is 0 or a group is empty. */
  ratio: number | null;
  /** Whether it reaches 4/5 exactly; null where there is no ratio. */
  passes: boolean | null;
  /** The reference itself. */
  isReference: boolean;
}

/**
 * Compares each group's rate of the favourable outcome with the highest among all groups. `favourable`: whether that is the
 * positive prediction or the negative one. Counts of rows are compared as integers, 5 a n_ref >= 4 b n, so that 0.6 against
 * 0.75 passes; for weights that are not integers the comparison has a relative tolerance of 1e-12. Ties: the first group.
 */
export function fourFifths(
  groups: readonly Group[],
  favourable: "positive" | "negative",
  minReferenceRows = 1,
): FourFifths[] {
  const selected = ({ tp, fp, fn, tn }: Confusion) => (favourable === "positive" ? tp + fp : fn + tn);
  const sum = ({ tp, fp, fn, tn }: Confusion) => tp + fp + fn + tn;
  let reference: Group | undefined;
  for (const group of groups) {
    if (sum(group.counts) === 0 || groupRows(group) < minReferenceRows) continue;
    if (!reference || isHigher(group.counts, reference.counts)) reference = group;
  }
  function isHigher(a: Confusion, b: Confusion): boolean {
    return selected(a) * sum(b) > selected(b) * sum(a);
  }
  const best = reference;
  if (!best) return [];
  return groups.map((group) => {
    const a = selected(group.counts);
    const n = sum(group.counts);
    const b = selected(best.counts);
    const m = sum(best.counts);
    const comparable = n > 0 && b > 0;
    return {
      group,
      reference: best,
      favourable: a,
      total: n,
      ratio: comparable ? (a / n) * (m / b) : null,
      passes: comparable ? reaches(5 * a * m, 4 * b * n) : null,
      isReference: group === best,
    };
  });
}

function reaches(left: number, right: number): boolean {
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return left >= right;
  return left >= right * (1 - 1e-12);
}
