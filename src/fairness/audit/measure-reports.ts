/** Fairwatt's measures of a grouping with their ranges. */

import { type Group, groupName, groupRows } from "../metrics/groups.ts";
import {
  combineGaps,
  gapOf,
  type Included,
  MEASURES,
  type MeasureDefinition,
  type MeasureName,
  NATIVE_CONVENTION,
} from "../metrics/measures.ts";
import { RATE_DEFINITIONS, type RateName, rateOf } from "../metrics/rates.ts";
import { smallGroup } from "../metrics/small-group.ts";
import type { BootstrapResult } from "../statistics/bootstrap.ts";
import { permutationGap } from "../statistics/permutation.ts";
import { createRandom } from "../statistics/random.ts";
import type { Estimate, MeasureReport } from "./audit.ts";
import type { AuditSettings } from "./settings.ts";

/** `resampled`: difference and ratio of the measure, in this order; absent where no bootstrap was made. */
export function measureReport(
  name: MeasureName,
  groups: readonly Group[],
  included: Included,
  settings: AuditSettings,
  resampled: readonly BootstrapResult[] | undefined,
): MeasureReport {
  const measure: MeasureDefinition = MEASURES[name];
  const gaps = measure.rates.map((rate) =>
    gapOf(
      rate,
      groups.map((group, index) => (included(rate, index) ? rateOf(rate, group.counts).value : null)),
    ),
  );
  const { difference, ratio } = combineGaps(measure, gaps);
  const estimate = (value: number | null, result: BootstrapResult | undefined): Estimate => {
    if (value === null) return { value, interval: null, remark: nothingToCompare(gaps.every(Boolean)) };
    if (!result) return { value, interval: null, remark: "no bootstrap was asked for" };
    return { value, interval: result.interval, ...(result.remark && { remark: result.remark }) };
  };
  return {
    name,
    label: measure.label,
    convention: NATIVE_CONVENTION,
    difference: estimate(difference, resampled?.[0]),
    ratio: estimate(ratio, resampled?.[1]),
    extremes: gaps
      .filter((gap) => gap !== null)
      .map(({ rate, highest, lowest }) => ({
        rate,
        highest: groupName(groups[highest]!.key),
        lowest: groupName(groups[lowest]!.key),
      })),
    excluded: excludedGroups(measure.rates, groups, settings),
    permutation: measure.rates.length === 1 ? permuted(measure.rates[0]!, groups, included, settings) : null,
  };
}

const nothingToCompare = (hasGaps: boolean): string =>
  hasGaps
    ? "not estimable: the highest rate is 0"
    : "nothing to compare: fewer than two groups are large enough";

function excludedGroups(rates: readonly RateName[], groups: readonly Group[], settings: AuditSettings) {
  return groups.flatMap((group) => {
    const reasons = rates.map((rate) => {
      if (groupRows(group) === 0) return "no rows";
      const small = smallGroup(rate, group.rows, settings.small);
      if (small !== undefined) return small;
      return rateOf(rate, group.counts).value === null ? `no ${RATE_DEFINITIONS[rate].among}` : undefined;
    });
    const why = reasons.find((reason) => reason !== undefined);
    return why === undefined ? [] : [{ group: groupName(group.key), why }];
  });
}

function permuted(rate: RateName, groups: readonly Group[], included: Included, settings: AuditSettings) {
  if (settings.replicates === 0) return null;
  const proportions = groups
    .filter((_, index) => included(rate, index))
    .map(({ rows }) => {
      const { numerator, denominator } = rateOf(rate, rows);
      return { successes: numerator, total: denominator };
    });
  const result = permutationGap(proportions, createRandom(settings.seed), settings.replicates);
  return result && { p: result.p, nullHigh: result.nullHigh, method: result.method };
}

/** A resampled statistic as an estimate. */
export function estimateOf(result: BootstrapResult | undefined): Estimate {
  if (!result) return { value: null, interval: null, remark: "no bootstrap was asked for" };
  return {
    value: Number.isFinite(result.value) ? result.value : null,
    interval: result.interval,
    ...(result.remark && { remark: result.remark }),
  };
}
