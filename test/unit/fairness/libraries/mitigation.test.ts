import { describe, expect, it } from "vitest";
import { mitigationSettings } from "../../../../src/cli/mitigate-options.ts";
import { readMitigated } from "../../../../src/cli/mitigate-table.ts";
import { MITIGATION_SETTINGS, mitigationRequest } from "../../../../src/fairness/libraries/mitigation.ts";
import { effectOf } from "../../../../src/fairness/libraries/mitigation-effect.ts";
import type { BinaryTable } from "../../../../src/fairness/table/scored-table.ts";
import { VECTORS, vectorTable } from "../vectors.ts";

const settings = { ...MITIGATION_SETTINGS, method: "reweighing" as const };

describe("what a mitigation is asked", () => {
  it("knows its methods, and refuses what does not go together", () => {
    const cwd = "/project";
    expect(mitigationSettings({ cwd, method: "reweighing", testShare: "0" }).testShare).toBe(0);
    expect(() => mitigationSettings({ cwd })).toThrow("--method is one of reweighing,");
    expect(() => mitigationSettings({ cwd, method: "reweighing", constraint: "equalized_odds" })).toThrow(
      "--constraint is not for reweighing",
    );
    expect(() => mitigationSettings({ cwd, method: "reweighing", estimator: "m.joblib" })).toThrow(
      "can run any code when it is loaded",
    );
    expect(() => mitigationSettings({ cwd, method: "reweighing", testShare: "1" })).toThrow("from 0 to 0.9");
    const own = { cwd, method: "reweighing", estimator: "m.joblib", trustEstimator: true };
    expect(mitigationSettings(own).estimator).toBe("/project/m.joblib");
  });

  it("hands over features with gaps as null, and an intersection as one group", async () => {
    const { spec, table } = await vectorTable("own_intersectional");
    const rows = table.rows;
    const features: BinaryTable["features"] = [
      { kind: "number", name: "n", values: new Float64Array(rows).fill(Number.NaN), firstMissing: 0 },
    ];
    const request = mitigationRequest({ ...table, features }, settings, false) as {
      group: string[];
      features: { values: (number | null)[] }[];
    };
    expect(new Set(request.group).size).toBe(4);
    expect(request.group[0]!.split(", ")).toHaveLength(spec.sensitive.length);
    expect(new Set(request.features[0]!.values)).toEqual(new Set([null]));
  });

  it("reads a table that has no predictions yet", async () => {
    const roles = { task: "binary" as const, label: "y_true", sensitive: ["group"], positive: "1" };
    const table = await readMitigated(`${VECTORS.get("own_basic")}/data.csv`, roles);
    expect([...table.prediction]).toEqual([...table.label]);
    expect(table.features).toEqual([]);
  });
});

describe("what a mitigation changed", () => {
  it("is the gap and the accuracy on the same rows, before and after", async () => {
    const { table } = await vectorTable("own_basic");
    const rows = Array.from({ length: table.rows }, (_, row) => row);
    const perfect = [...table.label];
    const effect = effectOf(table, rows, [...table.prediction], perfect, { replicates: 0 });
    expect(effect.accuracy.after).toBe(1);
    expect(effect.accuracy.before).toBeLessThan(1);
    const odds = effect.groupings[0]!.measures.find(({ name }) => name === "equalized_odds")!;
    expect(odds.after.value).toBe(0);
    expect(odds.before.value).toBeGreaterThan(0);
  });
});
