/** Drift: whether the gaps of a model changed between two tables of different rows (last month's and this month's). */

import { buildCells, countOutcomes } from "../metrics/cells.ts";
import { groupCells, groupCounts, groupName, groupRows } from "../metrics/groups.ts";
import { MEASURE_NAMES, type MeasureName, measureStatistics } from "../metrics/measures.ts";
import { RATES, type RateName, rateOf } from "../metrics/rates.ts";
import { smallGroup } from "../metrics/small-group.ts";
import { DEFAULT_LEVEL, type Interval } from "../statistics/interval.ts";
import { holm } from "../statistics/multiple-tests.ts";
import { newcombe } from "../statistics/proportion-intervals.ts";
import { testProportions } from "../statistics/proportion-tests.ts";
import { quantile } from "../statistics/quantile.ts";
import { createRandom } from "../statistics/random.ts";
import { createResampler } from "../statistics/resample.ts";
import type { BinaryTable } from "../table/scored-table.ts";

export interface RateDrift {
  group: string;
  rate: RateName;
  before: number;
  after: number;
  /** Of after minus before, Newcombe. */
  interval: Interval | null;
  /** Two-sided, after Holm over all groups and rates. */
  adjusted: number;
  /** Rows that the rate is counted among. */
  rows: { before: number; after: number };
  small?: string;
}

export interface MeasureDrift {
  measure: MeasureName;
  /** Gaps; null where not estimable. */
  before: number | null;
  after: number | null;
  /** Of after minus before; null where the bootstrap gave none. */
  interval: Interval | null;
}

export interface GroupSize {
  group: string;
  rows: number;
}

export interface Drift {
  attribute: string;
  rates: RateDrift[];
  measures: MeasureDrift[];
  /** Groups that only one of the tables has. */
  only: { before: GroupSize[]; after: GroupSize[] };
}

/** Both tables unweighted, with the attribute. Throws a RangeError for a weighted table or an attribute that is not there. */
export function driftOf(
  before: BinaryTable,
  after: BinaryTable,
  attribute: string,
  { replicates = 1000, seed = 1, level = DEFAULT_LEVEL } = {},
): Drift {
  if (before.weights || after.weights) throw new RangeError("drift is measured on tables without weights");
  const sides = [before, after].map((table) => sideOf(table, attribute));
  const [one, two] = [sides[0]!, sides[1]!];
  const sizes = (side: typeof one) =>
    side.groups.map((group): GroupSize => ({ group: groupName(group.key), rows: groupRows(group) }));
  const without = (list: GroupSize[], others: GroupSize[]) => {
    const known = new Set(others.map(({ group }) => group));
    return list.filter(({ group }) => !known.has(group));
  };
  const byName = new Map(two.groups.map((group) => [groupName(group.key), group]));
  const shared = one.groups.flatMap((a) => {
    const b = byName.get(groupName(a.key));
    return b ? [{ a, b }] : [];
  });
  const drafts = shared.flatMap(({ a, b }) =>
    RATES.flatMap((rate) => {
      const x = rateOf(rate, b.rows);
      const y = rateOf(rate, a.rows);
      if (x.value === null || y.value === null) return [];
      const afterwards = { successes: x.numerator, total: x.denominator };
      const earlier = { successes: y.numerator, total: y.denominator };
      const small = smallGroup(rate, a.rows) ?? smallGroup(rate, b.rows);
      return [
        {
          group: groupName(a.key),
          rate,
          before: y.value,
          after: x.value,
          interval: newcombe(afterwards, earlier, level),
          p: testProportions(afterwards, earlier)?.p ?? Number.NaN,
          rows: { before: earlier.total, after: afterwards.total },
          ...(small !== undefined && { small }),
        },
      ];
    }),
  );
  const adjusted = holm(drafts.map(({ p }) => p));
  const random = createRandom(seed);
  const draws = sides.map((side) => side.resample(random, replicates));
  return {
    attribute,
    rates: drafts.map(({ p: _, ...draft }, at) => ({ ...draft, adjusted: adjusted[at]! })),
    measures: MEASURE_NAMES.map((measure, index) => {
      const at = 2 * index;
      const differences = draws[1]!
        .map((values, replicate) => values[at]! - draws[0]![replicate]![at]!)
        .filter((value) => !Number.isNaN(value));
      const sorted = Float64Array.from(differences).sort();
      const known = (value: number) => (Number.isNaN(value) ? null : value);
      return {
        measure,
        before: known(one.observed[at]!),
        after: known(two.observed[at]!),
        interval:
          sorted.length < 0.95 * replicates || sorted.length === 0
            ? null
            : {
                low: quantile(sorted, (1 - level) / 2),
                high: quantile(sorted, (1 + level) / 2),
                level,
                method: `percentile bootstrap of both tables, ${replicates} replicates, seed ${seed}`,
              },
      };
    }),
    only: {
      before: without(sizes(one), sizes(two)),
      after: without(sizes(two), sizes(one)),
    },
  };
}

function sideOf(table: BinaryTable, attribute: string) {
  const column = table.sensitive.find(({ name }) => name === attribute);
  if (!column) throw new RangeError(`${table.source} has no sensitive column ${attribute}`);
  const cells = buildCells([column], table.rows);
  const counts = countOutcomes(table, cells);
  const { groups } = groupCounts(counts, [attribute]);
  const statistics = measureStatistics(
    groupCells(cells, [attribute]),
    (rate, group) => groupRows(groups[group]!) > 0 && smallGroup(rate, groups[group]!.rows) === undefined,
  );
  return {
    groups,
    observed: Float64Array.from(statistics(counts.rows)),
    resample(random: ReturnType<typeof createRandom>, replicates: number): Float64Array[] {
      const resampler = createResampler(table, cells, random);
      const drawn = new Float64Array(counts.rows.length);
      return Array.from({ length: replicates }, () => {
        resampler.draw(drawn);
        return Float64Array.from(statistics(drawn));
      });
    },
  };
}
