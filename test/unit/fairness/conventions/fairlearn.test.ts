import { describe, expect, it } from "vitest";
import {
  FAIRLEARN_METRICS,
  type FairlearnFrame,
  fairlearnAggregate,
  fairlearnControlled,
  fairlearnFrame,
  fairlearnRaises,
} from "../../../../src/fairness/conventions/fairlearn.ts";
import { buildCells, countOutcomes } from "../../../../src/fairness/metrics/cells.ts";
import { groupCells, groupCounts } from "../../../../src/fairness/metrics/groups.ts";
import { rocAuc } from "../../../../src/fairness/metrics/roc-auc.ts";
import type { BinaryTable } from "../../../../src/fairness/table/scored-table.ts";
import { expectSame, type Json, readJson, VECTORS, vectorTable } from "../vectors.ts";

const AGGREGATES = [
  "group_min",
  "group_max",
  "difference.between_groups",
  "difference.to_overall",
  "ratio.between_groups",
  "ratio.to_overall",
] as const;

/** A frame in the shape of the vectors. */
function shape(frame: FairlearnFrame): Record<string, Json> {
  const aggregate = (name: (typeof AGGREGATES)[number]) =>
    Object.fromEntries(FAIRLEARN_METRICS.map((metric) => [metric, frame.aggregates[metric][name]]));
  return {
    overall: frame.overall,
    by_group: Object.fromEntries(frame.byGroup.map(({ group, values }) => [group.key.join("|"), values])),
    ...Object.fromEntries(AGGREGATES.map((name) => [name, aggregate(name)])),
  };
}

/** MetricFrame(roc_auc_score) in the shape of the vectors; a group with one class only is not estimable there either. */
function aucShape(table: BinaryTable, attributes: string[]) {
  const cells = buildCells(table.sensitive, table.rows);
  const { keys, of } = groupCells(cells, attributes);
  const rowGroup = cells.of.map((cell) => of[cell]!);
  const values = rocAuc(table, rowGroup, keys.length).map((value) => value ?? Number.NaN);
  const overall = rocAuc(table, new Int32Array(table.rows), 1)[0]!;
  const aggregate = fairlearnAggregate(values, overall);
  const named = (value: number) => ({ roc_auc_score: value });
  return {
    overall: named(overall),
    by_group: Object.fromEntries(keys.map((key, index) => [key.join("|"), named(values[index]!)])),
    difference: named(aggregate["difference.between_groups"]),
    ratio: named(aggregate["ratio.between_groups"]),
  };
}

describe.each([...VECTORS.keys()])("Fairlearn 0.14.0 on %s", (name) => {
  it("reports what the library reports", async () => {
    const { table } = await vectorTable(name);
    const counts = countOutcomes(table, buildCells(table.sensitive, table.rows));
    const expected: Record<string, Json> = readJson(name, "expected.json").fairlearn;
    let compared = 0;
    for (const [by, values] of Object.entries(expected)) {
      // Resampled with numpy's generator, which is not ours.
      if (by.startsWith("bootstrap")) continue;
      const [sensitive, control] = by.split(" control ");
      const attributes = sensitive!.split("|");
      if (control !== undefined) {
        const frames = fairlearnControlled(groupCounts(counts, [control, ...attributes]));
        const shapes = frames.map(({ level, frame }) => ({ level, frame: shape(frame) }));
        const byLevel = (key: string) =>
          Object.fromEntries(shapes.map(({ level, frame }) => [level, frame[key]]));
        const actual = {
          overall: byLevel("overall"),
          by_group: Object.assign(
            {},
            ...shapes.map(({ level, frame }) =>
              Object.fromEntries(
                Object.entries(frame.by_group).map(([key, each]) => [`${level}|${key}`, each]),
              ),
            ),
          ),
          ...Object.fromEntries(AGGREGATES.map((key) => [key, byLevel(key)])),
        };
        compared += expectSame(actual, values, by);
        continue;
      }
      const grouping = groupCounts(counts, attributes);
      const frame = fairlearnFrame(grouping);
      if (values.error !== undefined) {
        expect(fairlearnRaises(grouping)).toBe(values.error);
        compared += expectSame(frame.scalars, values.scalars, `${by}/scalars`);
        continue;
      }
      expect(fairlearnRaises(grouping)).toBeUndefined();
      const actual = shape(frame);
      if (values.scalars) actual.scalars = frame.scalars;
      if (values.roc_auc) actual.roc_auc = aucShape(table, attributes);
      compared += expectSame(actual, values, by);
    }
    expect(compared).toBeGreaterThan(10);
  });
});
