import { expect, it } from "vitest";
import type { MitigationOutcome } from "../../../../src/fairness/libraries/mitigation.ts";
import { passedMitigation } from "../../../../src/fairness/libraries/passed-mitigation.ts";
import { buildScoredTable } from "../../../../src/fairness/table/build-scored-table.ts";
import { readDelimited } from "../../../../src/fairness/table/read-delimited.ts";
import { readPlanOf } from "../../../../src/fairness/table/roles.ts";
import type { BinaryTable } from "../../../../src/fairness/table/scored-table.ts";

const ROLES = { task: "binary" as const, label: "y", prediction: "p", sensitive: ["g"] };

it("leaves out what a handful of people would be told by, and keeps the rest as it is", async () => {
  const text = `y,p,g\n${"1,1,a\n0,0,b\n".repeat(12)}${"1,0,rare\n".repeat(3)}1,1,\n`;
  const raw = await readDelimited([text], readPlanOf(ROLES), { source: "t.csv" });
  const table = buildScoredTable(raw, ROLES) as BinaryTable;
  const rule = (group: string) => ({ group, p0: 1, operation0: "[>0.613]", p1: 0, operation1: "[>inf]" });
  const groups = ["a", "b", "rare", "(missing)"];
  const outcome = {
    thresholds: groups.map(rule),
    factors: groups.map((group) => ({ group, label: 1, weight: 1.1 })),
    trainings: 4,
  };
  const passed = passedMitigation(outcome, table, 10);
  expect(passed.leftOut).toBe(2);
  expect(passed.outcome.thresholds!.map(({ group }) => group)).toEqual(["a", "b"]);
  expect(passed.outcome.factors!.map(({ group }) => group)).toEqual(["a", "b"]);
  expect(passed.outcome.trainings).toBe(4);
  expect(passedMitigation(outcome, table, 0)).toEqual({ outcome, leftOut: 0 });
  const gradient: Partial<MitigationOutcome> = { trainings: 2 };
  expect(passedMitigation(gradient, table, 10).outcome).toEqual(gradient);
});
