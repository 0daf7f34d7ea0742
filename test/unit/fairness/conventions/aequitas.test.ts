import { describe, expect, it } from "vitest";
import {
  AEQUITAS_DISPARITIES,
  type AequitasGroup,
  type AequitasReference,
  aequitasGroups,
  aequitasMetrics,
} from "../../../../src/fairness/conventions/aequitas.ts";
import {
  attributeParities,
  groupParities,
  overallParities,
  type Parity,
} from "../../../../src/fairness/conventions/aequitas-parity.ts";
import { buildCells, countOutcomes } from "../../../../src/fairness/metrics/cells.ts";
import { groupCounts } from "../../../../src/fairness/metrics/groups.ts";
import { expectSame, type Json, readJson, VECTORS, vectorTable } from "../vectors.ts";

/** "sex|race=F|x" -> ["sex|race", "F|x"] */
const split = (key: string): [string, string] => {
  const at = key.indexOf("=");
  return [key.slice(0, at), key.slice(at + 1)];
};

const nan = (flags: Record<string, Parity>) =>
  Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, flag ?? Number.NaN]));

describe.each([...VECTORS.keys()])("Aequitas 1.0.0 on %s", (name) => {
  it("reports what Group, Bias and Fairness report", async () => {
    const { spec, table } = await vectorTable(name);
    const counts = countOutcomes(table, buildCells(table.sensitive, table.rows));
    const expected: Json = readJson(name, "expected.json").aequitas;
    const attributes = [...new Set(Object.keys(expected.group).map((key) => split(key)[0]))];
    const groupsBy = (reference: (attribute: string) => AequitasReference, among: string[]) =>
      new Map(
        among.map((attribute) => [
          attribute,
          aequitasGroups(groupCounts(counts, attribute.split("|")), reference(attribute)),
        ]),
      );
    const byKey = (
      groups: Map<string, AequitasGroup[]>,
      value: (group: AequitasGroup, all: AequitasGroup[]) => Json,
    ) =>
      Object.fromEntries(
        [...groups].flatMap(([attribute, list]) =>
          list.map((each) => [`${attribute}=${each.group.key.join("|")}`, value(each, list)]),
        ),
      );
    const methods: Record<string, (attribute: string) => AequitasReference> = {
      majority: () => "majority",
      min_metric: () => "min_metric",
      predefined: (attribute) => ({
        group: attribute
          .split("|")
          .map((part) => spec.privileged[part])
          .join("|"),
      }),
    };
    expectSame(
      byKey(
        groupsBy(() => "majority", attributes),
        ({ metrics }) => metrics,
      ),
      expected.group,
      "group",
    );
    for (const [method, reference] of Object.entries(methods)) {
      const bias = expected[`bias.${method}`];
      // A reference group is named for attributes, not for their intersections.
      const among = attributes.filter((attribute) => method !== "predefined" || !attribute.includes("|"));
      const groups = groupsBy(reference, among);
      const shape = (each: AequitasGroup, all: AequitasGroup[]) =>
        Object.fromEntries(
          AEQUITAS_DISPARITIES.flatMap((metric) => [
            [`${metric}_disparity`, each.disparities[metric]],
            [`${metric}_ref_group_value`, all[each.references[metric]]!.group.key.join("|")],
          ]),
        );
      expectSame(byKey(groups, shape), bias, method);

      const fairness = expected[`fairness.${method} tau=0.8`];
      const byAttribute = Object.fromEntries(
        [...groups].map(([attribute, list]) => [
          attribute,
          attributeParities(list.map((each) => groupParities(each))),
        ]),
      );
      expectSame(
        {
          by_group: byKey(groups, (each) => nan(groupParities(each))),
          by_attribute: Object.fromEntries(
            Object.entries(byAttribute).map(([attribute, flags]) => [attribute, nan(flags)]),
          ),
          overall: overallParities(Object.values(byAttribute)),
        },
        fairness,
        `fairness ${method}`,
      );
    }
    const grouping = groupCounts(
      counts,
      table.sensitive.map(({ name: attribute }) => attribute),
    );
    const rows = grouping.overall.rows;
    expectSame(aequitasMetrics(rows, rows), expected.Audit.performance, "performance");
    expect(attributes).toContain(spec.sensitive[0]);
  });
});
