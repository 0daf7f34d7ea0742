/** Fairwatt's own measures between groups: the largest gap between two groups whose rates can be trusted. */

import type { GAP_LIMITS } from "../../config/audit-settings.ts";
import type { Statistics } from "../statistics/bootstrap.ts";
import { OUTCOMES } from "./confusion.ts";
import { type CellGroups, gather } from "./groups.ts";
import { type RateName, rateAt, rateParts } from "./rates.ts";

export interface MeasureDefinition {
  label: string;
  /** In words, with the source. */
  definition: string;
  /** Rates whose gaps it is made of. */
  rates: readonly RateName[];
  /** "worst": the largest of the gaps; "mean": their mean. */
  combine: "worst" | "mean";
}

export const MEASURES = {
  demographic_parity: {
    label: "demographic parity",
    definition: "equal selection rates (Dwork et al. 2012, doi 10.1145/2090236.2090255)",
    rates: ["selection_rate"],
    combine: "worst",
  },
  equal_opportunity: {
    label: "equal opportunity",
    definition: "equal true positive rates (Hardt et al. 2016, arXiv 1610.02413)",
    rates: ["true_positive_rate"],
    combine: "worst",
  },
  predictive_equality: {
    label: "predictive equality",
    definition: "equal false positive rates (Corbett-Davies et al. 2017, arXiv 1701.08230)",
    rates: ["false_positive_rate"],
    combine: "worst",
  },
  equalized_odds: {
    label: "equalized odds",
    definition:
      "equal true and false positive rates, the worse of the two (Hardt et al. 2016, arXiv 1610.02413)",
    rates: ["true_positive_rate", "false_positive_rate"],
    combine: "worst",
  },
  average_odds: {
    label: "average odds",
    definition: "equal true and false positive rates, the mean of the two gaps",
    rates: ["true_positive_rate", "false_positive_rate"],
    combine: "mean",
  },
  predictive_parity: {
    label: "predictive parity",
    definition: "equal precision (Chouldechova 2017, arXiv 1610.07524)",
    rates: ["precision"],
    combine: "worst",
  },
  accuracy_equality: {
    label: "accuracy equality",
    definition: "equal accuracy (Berk et al. 2018, arXiv 1703.09207)",
    rates: ["accuracy"],
    combine: "worst",
  },
} as const satisfies Record<(typeof GAP_LIMITS)[number], MeasureDefinition>;

export type MeasureName = keyof typeof MEASURES;
export const MEASURE_NAMES = Object.keys(MEASURES) as MeasureName[];

/** How the numbers of a measure are to be read; stands beside each. */
export const NATIVE_CONVENTION =
  "largest minus smallest rate, smallest over largest, among groups that are not small; a rate without a denominator is not estimable";

const GAP_RATES: RateName[] = [...new Set(MEASURE_NAMES.flatMap((name) => [...MEASURES[name].rates]))];

/** A gap of one rate. `ratio` is null where the largest rate is 0. */
export interface Gap {
  rate: RateName;
  difference: number;
  ratio: number | null;
  /** Indices of the groups. */
  highest: number;
  lowest: number;
}

/** null where fewer than two values are there: nothing to compare. */
export function gapOf(rate: RateName, values: readonly (number | null)[]): Gap | null {
  let highest = -1;
  let lowest = -1;
  let count = 0;
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    count++;
    if (highest < 0 || value > values[highest]!) highest = index;
    if (lowest < 0 || value < values[lowest]!) lowest = index;
  }
  if (count < 2) return null;
  const high = values[highest]!;
  const low = values[lowest]!;
  return { rate, difference: high - low, ratio: high === 0 ? null : low / high, highest, lowest };
}

/** Difference and ratio of a measure from the gaps of its rates; null where one of them is. */
export function combineGaps(
  { combine }: MeasureDefinition,
  gaps: readonly (Gap | null)[],
): { difference: number | null; ratio: number | null } {
  const merge = (values: readonly (number | null | undefined)[], worst: (...each: number[]) => number) => {
    const present = values.filter((value) => typeof value === "number");
    if (present.length < values.length) return null;
    if (combine === "worst") return worst(...present);
    return present.reduce((sum, value) => sum + value, 0) / present.length;
  };
  return {
    difference: merge(
      gaps.map((gap) => gap?.difference),
      Math.max,
    ),
    ratio: merge(
      gaps.map((gap) => gap?.ratio),
      Math.min,
    ),
  };
}

/** Whether a group takes part in the gap of a rate. */
export type Included = (rate: RateName, group: number) => boolean;

/**
 * Difference and ratio of every measure, in the order of MEASURE_NAMES, from outcome counts of cells; NaN where one is not
 * estimable. The groups that take part are those of the table as it is, also in resampled ones.
 */
export function measureStatistics({ of, keys }: CellGroups, included: Included): Statistics {
  const parts = GAP_RATES.map(rateParts);
  const members = GAP_RATES.map((rate) =>
    Int32Array.from(keys.keys()).filter((group) => included(rate, group)),
  );
  const rateIndices = MEASURE_NAMES.map((name) =>
    MEASURES[name].rates.map((rate) => GAP_RATES.indexOf(rate)),
  );
  const groups = new Float64Array(keys.length * OUTCOMES);
  const differences = new Float64Array(GAP_RATES.length);
  const ratios = new Float64Array(GAP_RATES.length);
  const values = new Float64Array(MEASURE_NAMES.length * 2);
  return (counts) => {
    gather(counts, of, keys.length, groups);
    for (let rate = 0; rate < GAP_RATES.length; rate++) {
      let count = 0;
      let low = Number.POSITIVE_INFINITY;
      let high = Number.NEGATIVE_INFINITY;
      for (const group of members[rate]!) {
        const value = rateAt(parts[rate]!, groups, group);
        if (Number.isNaN(value)) continue;
        count++;
        if (value < low) low = value;
        if (value > high) high = value;
      }
      differences[rate] = count < 2 ? Number.NaN : high - low;
      ratios[rate] = count < 2 || high === 0 ? Number.NaN : low / high;
    }
    for (let index = 0; index < MEASURE_NAMES.length; index++) {
      const mean = MEASURES[MEASURE_NAMES[index]!].combine === "mean";
      values[2 * index] = combined(differences, rateIndices[index]!, mean ? undefined : Math.max);
      values[2 * index + 1] = combined(ratios, rateIndices[index]!, mean ? undefined : Math.min);
    }
    return values;
  };
}

/** The worst of the gaps, or their mean; NaN where one is. */
function combined(
  gaps: Float64Array,
  indices: readonly number[],
  worst: ((a: number, b: number) => number) | undefined,
): number {
  let value = gaps[indices[0]!]!;
  for (let at = 1; at < indices.length; at++) {
    const next = gaps[indices[at]!]!;
    value = worst ? worst(value, next) : value + next;
  }
  return worst ? value : value / indices.length;
}

/** Rates of every group, group by group in the order of `rates`; for tables whose intervals cannot come from counts. */
export function rateStatistics({ of, keys }: CellGroups, rates: readonly RateName[]): Statistics {
  const parts = rates.map(rateParts);
  const groups = new Float64Array(keys.length * OUTCOMES);
  const values = new Float64Array(keys.length * rates.length);
  return (counts) => {
    gather(counts, of, keys.length, groups);
    for (let group = 0; group < keys.length; group++)
      for (let index = 0; index < parts.length; index++)
        values[group * parts.length + index] = rateAt(parts[index]!, groups, group);
    return values;
  };
}
