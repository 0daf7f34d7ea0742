/** The gate before a model replaces another: same rows, both models' predictions, paired. Serves compressed models, too. */

import { buildCells, countOutcomes } from "../metrics/cells.ts";
import { OUTCOMES } from "../metrics/confusion.ts";
import { groupCells, groupCounts, groupName, groupRows } from "../metrics/groups.ts";
import { MEASURE_NAMES, type MeasureName, measureStatistics } from "../metrics/measures.ts";
import { smallGroup } from "../metrics/small-group.ts";
import { DEFAULT_LEVEL, type Interval } from "../statistics/interval.ts";
import { quantile } from "../statistics/quantile.ts";
import { createRandom } from "../statistics/random.ts";
import type { BinaryTable } from "../table/scored-table.ts";
import { accuracyOf, countPairs, drawPairs, PAIRS, type PairedAccuracy } from "./gate-pairs.ts";

export interface GateSettings {
  /** A gap may grow, and a group's accuracy may fall, by at most this. */
  margin: number;
  /** Largest gap that the new model may have, per measure. */
  limits: Partial<Record<MeasureName, number>>;
  replicates: number;
  seed: number;
  level: number;
}

export const GATE_SETTINGS: GateSettings = {
  margin: 0.02,
  limits: {},
  replicates: 2000,
  seed: 1,
  level: DEFAULT_LEVEL,
};

/** "pass": shown by the whole interval; "fail": refuted by it; else the data do not tell, which is no pass. */
export type GateVerdict = "pass" | "fail" | "not enough data to tell";

export interface GateCheck {
  /** "demographic parity may grow by at most 0.02", ... */
  what: string;
  /** The group that it is about, with its rows; absent for gaps. */
  group?: { name: string; rows: number };
  /** Change (or gap of the new model); null where not estimable. */
  value: number | null;
  interval: Interval | null;
  verdict: GateVerdict;
}

export interface Gate {
  attribute: string;
  /** Of the accuracy on all rows. */
  accuracy: PairedAccuracy;
  checks: GateCheck[];
  /** The worst of the checks. */
  verdict: GateVerdict;
}

/**
 * `table`: labels, groups and the present model's predictions; `after`: the new model's, row by row (1: positive). Throws a
 * RangeError for weights, another number of rows, or an attribute that is not there.
 */
export function gateOf(
  table: BinaryTable,
  after: Uint8Array,
  attribute: string,
  partial: Partial<GateSettings> = {},
): Gate {
  const settings = { ...GATE_SETTINGS, ...partial };
  if (table.weights) throw new RangeError("the gate compares tables without weights");
  if (after.length !== table.rows)
    throw new RangeError(`the models were not run on the same rows: ${table.rows} and ${after.length}`);
  const column = table.sensitive.find(({ name }) => name === attribute);
  if (!column) throw new RangeError(`${table.source} has no sensitive column ${attribute}`);
  const cells = buildCells([column], table.rows);
  const pairs = countPairs(table, after, cells);
  const { groups } = groupCounts(countOutcomes(table, cells), [attribute]);
  const measures = measureStatistics(
    groupCells(cells, [attribute]),
    (rate, group) => smallGroup(rate, groups[group]!.rows) === undefined,
  );
  const values = (counts: Float64Array) => statisticsOf(counts, cells.size, measures);
  const observed = values(pairs);
  const ranges = resampled(pairs, values, observed.length, settings);
  const checks = MEASURE_NAMES.flatMap((measure, at): GateCheck[] => {
    const grown = GROWN + at;
    const list = [
      check(
        `${measure} may grow by at most ${settings.margin}`,
        observed[grown]!,
        ranges[grown]!,
        settings.margin,
      ),
    ];
    const limit = settings.limits[measure];
    if (limit !== undefined)
      list.push(check(`${measure} of the new model is at most ${limit}`, observed[at]!, ranges[at]!, limit));
    return list;
  });
  for (const [index, group] of groups.entries()) {
    const at = 2 * GROWN + index;
    const small = groupRows(group) < 30;
    const lost = check(
      `accuracy for ${groupName(group.key)} may fall by at most ${settings.margin}`,
      observed[at]!,
      ranges[at]!,
      settings.margin,
    );
    checks.push({
      ...lost,
      group: { name: groupName(group.key), rows: groupRows(group) },
      ...(small && { verdict: "not enough data to tell" as const }),
    });
  }
  const verdicts = checks.map(({ verdict }) => verdict);
  return {
    attribute,
    accuracy: accuracyOf(pairs, table.rows),
    checks,
    verdict: verdicts.includes("fail")
      ? "fail"
      : verdicts.includes("not enough data to tell")
        ? "not enough data to tell"
        : "pass",
  };
}

const GROWN = MEASURE_NAMES.length;

/** Gaps of the new model, their growth, and the accuracy that each group loses. */
function statisticsOf(
  pairs: Float64Array,
  size: number,
  measures: (counts: Float64Array) => ArrayLike<number>,
): Float64Array {
  const before = new Float64Array(size * OUTCOMES);
  const after = new Float64Array(size * OUTCOMES);
  const lost = new Float64Array(size);
  for (let cell = 0; cell < size; cell++) {
    let rows = 0;
    for (let outcome = 0; outcome < PAIRS; outcome++) {
      const count = pairs[cell * PAIRS + outcome]!;
      const label = outcome >> 2;
      const first = (outcome >> 1) & 1;
      const second = outcome & 1;
      before[cell * OUTCOMES + 2 * label + first]! += count;
      after[cell * OUTCOMES + 2 * label + second]! += count;
      rows += count;
      lost[cell]! += count * ((first === label ? 1 : 0) - (second === label ? 1 : 0));
    }
    lost[cell] = lost[cell]! / rows;
  }
  const old = Float64Array.from(measures(before));
  const present = measures(after);
  const values = new Float64Array(2 * GROWN + size);
  for (let at = 0; at < GROWN; at++) {
    values[at] = present[2 * at]!;
    values[GROWN + at] = present[2 * at]! - old[2 * at]!;
  }
  values.set(lost, 2 * GROWN);
  return values;
}

function resampled(
  pairs: Float64Array,
  values: (counts: Float64Array) => Float64Array,
  size: number,
  { replicates, seed, level }: GateSettings,
): (Interval | null)[] {
  const random = createRandom(seed);
  const draws = Array.from({ length: size }, () => new Float64Array(replicates));
  const counts = new Float64Array(pairs.length);
  for (let replicate = 0; replicate < replicates; replicate++) {
    drawPairs(pairs, counts, random);
    for (const [at, value] of values(counts).entries()) draws[at]![replicate] = value;
  }
  return draws.map((list) => {
    const sorted = list.filter((value) => !Number.isNaN(value)).sort();
    if (sorted.length < 0.95 * replicates) return null;
    return {
      low: quantile(sorted, (1 - level) / 2),
      high: quantile(sorted, (1 + level) / 2),
      level,
      method: `paired percentile bootstrap, ${replicates.toLocaleString("en")} replicates, stratified by group, seed ${seed}`,
    };
  });
}

/** Non-inferiority: the value must lie below `bound`, shown by its whole interval. */
function check(what: string, value: number, interval: Interval | null, bound: number): GateCheck {
  const verdict: GateVerdict =
    Number.isNaN(value) || !interval
      ? "not enough data to tell"
      : interval.high <= bound
        ? "pass"
        : interval.low > bound
          ? "fail"
          : "not enough data to tell";
  return { what, value: Number.isNaN(value) ? null : value, interval, verdict };
}
