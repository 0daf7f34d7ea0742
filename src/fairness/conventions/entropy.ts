/** Generalised entropy indices of the benefits of predictions (Speicher et al. 2018, KDD, doi 10.1145/3219819.3220046). */

import type { Confusion } from "../metrics/confusion.ts";
import { total } from "../metrics/confusion.ts";

/** Benefits b = 1 + prediction - label (0: wrongly denied, 1: right, 2: wrongly granted) and how many rows have each. */
export interface Benefits {
  values: readonly number[];
  rows: readonly number[];
}

export const benefitsOf = ({ tp, tn, fp, fn }: Confusion): Benefits => ({
  values: [0, 1, 2],
  rows: [fn, tp + tn, fp],
});

/** Every row has the mean benefit of its group: what is left is the inequality between groups. */
export function groupBenefits(groups: readonly Confusion[]): Benefits {
  const present = groups.filter((group) => total(group) > 0);
  return {
    values: present.map((group) => 1 + (group.fp - group.fn) / total(group)),
    rows: present.map(total),
  };
}

/**
 * The index of order `alpha`; 0 where everybody has the same benefit, 1: Theil, 2: half the squared coefficient of variation.
 * Infinity for alpha = 0 where somebody has no benefit; NaN without rows, or where the mean benefit is 0. `asAif360`
 * divides by the mean once more for alpha = 0, as AIF360 0.6.1 does.
 */
export function generalizedEntropy({ values, rows }: Benefits, alpha: number, asAif360 = false): number {
  let n = 0;
  let sum = 0;
  for (const [index, count] of rows.entries()) {
    n += count;
    sum += count * values[index]!;
  }
  const mean = sum / n;
  if (!(mean > 0)) return Number.NaN;
  let index = 0;
  for (const [at, count] of rows.entries()) {
    if (count === 0) continue;
    const relative = values[at]! / mean;
    if (alpha === 0) index -= (count * Math.log(relative)) / (asAif360 ? mean : 1);
    else if (alpha === 1) index += relative === 0 ? 0 : count * relative * Math.log(relative);
    else index += (count * (relative ** alpha - 1)) / (alpha * (alpha - 1));
  }
  return index / n;
}

/** sqrt(2 GE(2)): standard deviation over mean. */
export const coefficientOfVariation = (benefits: Benefits): number =>
  Math.sqrt(2 * generalizedEntropy(benefits, 2));
