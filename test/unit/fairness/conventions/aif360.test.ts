import { describe, expect, it } from "vitest";
import { type Aif360Rates, aif360View } from "../../../../src/fairness/conventions/aif360.ts";
import { aif360Sklearn } from "../../../../src/fairness/conventions/aif360-sklearn.ts";
import { groupScores } from "../../../../src/fairness/conventions/generalized.ts";
import { buildCells, countOutcomes } from "../../../../src/fairness/metrics/cells.ts";
import { groupCounts } from "../../../../src/fairness/metrics/groups.ts";
import { expectSame, type Json, readJson, VECTORS, vectorTable } from "../vectors.ts";

async function views(name: string) {
  const { spec, table } = await vectorTable(name);
  const cells = buildCells(table.sensitive, table.rows);
  const counts = countOutcomes(table, cells);
  return { spec, table, counts, expected: readJson(name, "expected.json").aif360 as Record<string, Json> };
}

const MEASURES = "TPR TNR FPR FNR GTPR GTNR GFPR GFNR PPV NPV FDR FOR ACC".split(
  " ",
) as (keyof Aif360Rates)[];

describe.each([...VECTORS.keys()])("AIF360 0.6.1 on %s", (name) => {
  it("reports what ClassificationMetric reports", async () => {
    const { spec, table, counts, expected } = await views(name);
    for (const [attribute, values] of Object.entries(expected)) {
      const view = aif360View(
        groupCounts(counts, [attribute]),
        spec.privileged[attribute]!,
        groupScores(table, counts.cells, [attribute]),
      );
      if (values["class.all"] === undefined) {
        // One group only: AIF360 has nobody to compare with.
        expect(values).toEqual({ privileged: view.privileged, unprivileged: [] });
        continue;
      }
      const { sklearn: _, with_missing, ...rest } = values;
      if (with_missing !== undefined) expect(with_missing).toContain("cannot contain NA values");
      const actual = {
        privileged: view.privileged,
        unprivileged: rest.unprivileged,
        "class.all": view.all,
        "class.privileged": view.privilegedRates,
        "class.unprivileged": view.unprivilegedRates,
        "class.metric": view.metric,
        "dataset.metric": view.dataset,
        "class.by_group": Object.fromEntries(
          view.byGroup.map(({ group, rates, vsPrivileged }) => [
            group.key[0],
            {
              measures: Object.fromEntries(MEASURES.map((measure) => [measure, rates[measure]])),
              selection_rate: rates.selection_rate,
              base_rate: rates.base_rate,
              ...(vsPrivileged && { vs_privileged: vsPrivileged }),
            },
          ]),
        ),
        reweighing: view.reweighing,
      };
      expectSame(actual, rest, attribute);
    }
  });

  it("reports what the sklearn interface reports", async () => {
    const { spec, table, counts, expected } = await views(name);
    for (const [attribute, { sklearn }] of Object.entries(expected)) {
      if (sklearn === undefined) continue;
      const sums = groupScores(table, counts.cells, [attribute]);
      const grouping = groupCounts(counts, [attribute]);
      const all = sums && grouping.groups.filter(({ key }) => key[0] !== null).map(sums);
      const scores = all && {
        positives: all.reduce((sum, { positives }) => sum + positives, 0),
        negatives: all.reduce((sum, { negatives }) => sum + negatives, 0),
      };
      const actual = aif360Sklearn(grouping, spec.privileged[attribute]!, scores);
      expect(Object.keys(actual).sort()).toEqual(Object.keys(sklearn).sort());
      for (const [measure, value] of Object.entries<Json>(sklearn)) {
        const ours = actual[measure]!;
        if (typeof value === "string" && value.includes("Error:")) {
          expect(typeof ours === "object" && ours.raises.split(" got ")[0], measure).toBe(
            value.split(" got ")[0],
          );
        } else expectSame(ours, value, `${attribute}/${measure}`);
      }
    }
  });
});
