/** Confusion counts: how many rows (or how much weight) of a group had which outcome. */

/** True and false positives and negatives; weights may make them fractions. */
export interface Confusion {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
}

export const NO_CONFUSION: Readonly<Confusion> = { tp: 0, fp: 0, fn: 0, tn: 0 };

/** Place of an outcome in arrays of four: 2 * (label is positive ? 0 : 1) + (predicted positive ? 0 : 1). */
export const TP = 0;
export const FN = 1;
export const FP = 2;
export const TN = 3;
export const OUTCOMES = 4;

export function addConfusion(parts: Iterable<Confusion>): Confusion {
  const sum = { ...NO_CONFUSION };
  for (const { tp, fp, fn, tn } of parts) {
    sum.tp += tp;
    sum.fp += fp;
    sum.fn += fn;
    sum.tn += tn;
  }
  return sum;
}

/** The four numbers at `4 * index` of an array. */
export function confusionAt(counts: ArrayLike<number>, index: number): Confusion {
  const at = index * OUTCOMES;
  return { tp: counts[at + TP]!, fn: counts[at + FN]!, fp: counts[at + FP]!, tn: counts[at + TN]! };
}

export const total = ({ tp, fp, fn, tn }: Confusion): number => tp + fp + fn + tn;
export const labelPositives = ({ tp, fn }: Confusion): number => tp + fn;
export const labelNegatives = ({ fp, tn }: Confusion): number => fp + tn;
export const predictedPositives = ({ tp, fp }: Confusion): number => tp + fp;
export const predictedNegatives = ({ fn, tn }: Confusion): number => fn + tn;
