/** Who is in the table: each group's share, and how often it is labelled positive. */

import { labelPositives, predictedPositives } from "../metrics/confusion.ts";
import { type Group, groupName, groupRows } from "../metrics/groups.ts";
import { divide } from "../metrics/rates.ts";
import { chiSquareTail } from "../statistics/distributions.ts";
import type { Interval } from "../statistics/interval.ts";
import { wilson } from "../statistics/proportion-intervals.ts";
import type { TestResult } from "../statistics/proportion-tests.ts";

export interface GroupShare {
  group: string;
  rows: number;
  /** Of all rows, 0 to 1. */
  share: number;
  interval: Interval | null;
  /** Share in the population that was named; the same for every group where none was. */
  expected: number;
  /** share / expected below 0.8. */
  underrepresented: boolean;
  /** Part labelled positive; null without rows. */
  baseRate: number | null;
  baseInterval: Interval | null;
}

export interface Imbalance {
  groups: GroupShare[];
  /** Whether the shares fit the population; null for a single group, or where a group is expected to have no rows. */
  representation: TestResult | null;
  /** Whether the base rates are equal; null where all rows have one label. */
  labels: TestResult | null;
  /**
   * Gap of the selection rates over the gap of the base rates between the groups with the highest and lowest base rate:
   * above 1 the model widens what the labels hold; null where the base rates are equal.
   */
  amplification: number | null;
  population: string;
}

/** A share below this part of the expected one is called small (own default, after the four-fifths rule). */
const SMALL_SHARE = 0.8;

/**
 * From counts of rows; weights play no part. `population`: share of each group by its name, in any unit; a RangeError is
 * thrown where a group is not in it.
 */
export function imbalance(
  groups: readonly Group[],
  population?: Readonly<Record<string, number>>,
): Imbalance {
  const present = groups.filter((group) => groupRows(group) > 0);
  const total = present.reduce((sum, group) => sum + groupRows(group), 0);
  const expectedOf = (name: string) => {
    const part = population?.[name];
    if (population && part === undefined) throw new RangeError(`the population has no share for "${name}"`);
    return part ?? 1;
  };
  const expectedTotal = present.reduce((sum, { key }) => sum + expectedOf(groupName(key)), 0);
  const shares = present.map((group): GroupShare => {
    const name = groupName(group.key);
    const rows = groupRows(group);
    const expected = expectedOf(name) / expectedTotal;
    const positives = labelPositives(group.rows);
    return {
      group: name,
      rows,
      share: rows / total,
      interval: wilson({ successes: rows, total }),
      expected,
      underrepresented: rows / total < SMALL_SHARE * expected,
      baseRate: divide(positives, rows),
      baseInterval: wilson({ successes: positives, total: rows }),
    };
  });
  return {
    groups: shares,
    representation: chiSquare(
      shares.map(({ rows }) => rows),
      shares.map(({ expected }) => expected * total),
      shares.length - 1,
    ),
    labels: equalBaseRates(present),
    amplification: amplification(present),
    population: population ? "shares that were named" : "equal shares: no population was named",
  };
}

function chiSquare(
  observed: readonly number[],
  expected: readonly number[],
  degrees: number,
): TestResult | null {
  if (degrees < 1 || expected.some((count) => count === 0)) return null;
  const statistic = observed.reduce(
    (sum, count, at) => sum + (count - expected[at]!) ** 2 / expected[at]!,
    0,
  );
  return {
    p: chiSquareTail(statistic, degrees),
    statistic,
    method: `chi-square, ${degrees} degrees of freedom`,
  };
}

function equalBaseRates(groups: readonly Group[]): TestResult | null {
  const total = groups.reduce((sum, group) => sum + groupRows(group), 0);
  const positives = groups.reduce((sum, { rows }) => sum + labelPositives(rows), 0);
  const counts = groups.flatMap((group) => [
    labelPositives(group.rows),
    groupRows(group) - labelPositives(group.rows),
  ]);
  const expected = groups.flatMap((group) => [
    (groupRows(group) * positives) / total,
    (groupRows(group) * (total - positives)) / total,
  ]);
  return chiSquare(counts, expected, groups.length - 1);
}

function amplification(groups: readonly Group[]): number | null {
  const base = (group: Group) => labelPositives(group.rows) / groupRows(group);
  const sorted = [...groups].sort((a, b) => base(a) - base(b));
  const [low, high] = [sorted[0], sorted.at(-1)];
  if (!low || !high) return null;
  const selected = (group: Group) => predictedPositives(group.rows) / groupRows(group);
  return divide(selected(high) - selected(low), base(high) - base(low));
}
