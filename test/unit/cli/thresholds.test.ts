import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { thresholds } from "../../../src/cli/thresholds.ts";
import type { ThresholdReport } from "../../../src/fairness/thresholds/threshold-report.ts";
import { commandFolder } from "./command-folder.ts";

const GERMAN = fileURLToPath(new URL("../fairness/vectors/german_credit/data.csv", import.meta.url));
const ROLES = { label: "class", score: "score", positive: "1", sensitive: "sex" };
const here = commandFolder({});
const run = async (file: string, options: Record<string, unknown> = {}) => {
  here.clear();
  return thresholds(file, { ...ROLES, ...options, cwd: here.cwd });
};
const result = () => JSON.parse(here.out) as ThresholdReport;

describe("fairwatt thresholds", () => {
  it("prints thresholds, counts, rates, cost and how they were found", async () => {
    expect(await run(GERMAN, { strategy: "equal-opportunity", costRatio: "4" })).toBe(0);
    expect(here.out).toContain("1,000 rows, equal opportunity");
    expect(here.out).toMatch(/group +threshold +rows +TP +FP +FN +TN +selection rate/);
    expect(here.out).toMatch(/female +0\.\d+ +310/);
    expect(here.out).toMatch(
      /cost [\d,]+; true positive rate differs by 0\.0(1\d|20), (fe)?male to (fe)?male/,
    );
    expect(here.out).toContain(
      "search: all distinct scores, rates equal within 0.02; positive when score >=",
    );
    expect(here.out).toContain("thresholds that differ by group need the attribute at every decision");
  });

  it("exports them with the table's hash, the strategy, the cost and the counts", async () => {
    expect(await run(GERMAN, { strategy: "single", json: true, out: "t.json" })).toBe(0);
    const written = JSON.parse(fs.readFileSync(path.join(here.cwd, "t.json"), "utf8"));
    expect(written).toEqual(result());
    const { schema, sha256, columns, strategy, search, groups, rows, cost } = result();
    expect({ schema, sha256, columns, strategy, search }).toEqual({
      schema: "fairwatt.thresholds/1",
      sha256: createHash("sha256").update(fs.readFileSync(GERMAN)).digest("hex"),
      columns: { label: "class", score: "score", sensitive: ["sex"] },
      strategy: "single",
      search: { mode: "exact" },
    });
    expect(rows).toBe(1000);
    expect(new Set(groups.map(({ threshold }) => threshold)).size).toBe(1);
    expect(groups.reduce((sum, { counts }) => sum + counts.fp! + counts.fn!, 0)).toBe(cost);
    const { tp, fn } = groups[0]!.counts;
    expect(groups[0]!.rates.true_positive_rate).toBeCloseTo(tp! / (tp! + fn!), 12);
  });

  it("is the What-If Tool's choice where that is asked for", async () => {
    await run(GERMAN, { strategy: "demographic_parity", mode: "wit", json: true });
    for (const { threshold } of result().groups) expect((threshold! * 100) % 1).toBeCloseTo(0, 9);
    expect(result().rule).toContain("What-If Tool");
  });

  it("takes thresholds by hand, of everyone and of a group", async () => {
    await run(GERMAN, { at: ["0.5", "female=0.4"], json: true });
    expect(result().groups.map(({ group, threshold }) => [group.sex, threshold])).toEqual([
      ["female", 0.4],
      ["male", 0.5],
    ]);
    expect(await run(GERMAN, { at: ["0.5", "femal=0.4"] })).toBe(2);
    expect(here.err).toContain('there is no group "femal"; is it "female"?');
    expect(await run(GERMAN, { at: ["female=0.4"] })).toBe(2);
    expect(here.err).toContain('group "male" has no threshold');
  });

  it("leaves out counts of fewer than ten rows, and rounds what would tell them", async () => {
    const rows = Array.from({ length: 40 }, (_, row) => `${row % 2},${row / 40},${row < 4 ? "x" : "y"}`);
    fs.writeFileSync(path.join(here.cwd, "small.csv"), ["y,p,g", ...rows].join("\n"));
    const roles = { label: "y", score: "p", sensitive: "g", positive: undefined };
    await run("small.csv", { ...roles, json: true });
    const { groups, rows: all, cost, notes } = result();
    const [x, y] = groups as [(typeof groups)[0], (typeof groups)[0]];
    expect(x.rows).toBeNull();
    for (const count of Object.values(x.counts)) expect(count === null || count === 0).toBe(true);
    expect(new Set(Object.values(x.rates))).toEqual(new Set([null]));
    expect([y.rows, all]).toEqual([40, 40]);
    for (const count of [...Object.values(y.counts), cost]) expect((count ?? 0) % 10).toBe(0);
    for (const rate of Object.values(y.rates)) expect(String(rate ?? 0).length).toBeLessThanOrEqual(5);
    expect(notes.join()).toContain("counts of fewer than 10 rows, and rates among fewer, are left out");
    expect(here.out).not.toMatch(/\b4\b/);
  });

  it("leaves out the threshold of a group of fewer than ten rows: it is the score of one of them", async () => {
    const rows = Array.from(
      { length: 44 },
      (_, row) => `${row % 2},${row < 4 ? 0.61 + row / 1000 : row / 44},${row < 4 ? "x" : "y"}`,
    );
    here.write("small.csv", ["y,p,g", ...rows].join("\n"));
    const roles = { label: "y", score: "p", sensitive: "g", positive: undefined };
    const exported = async (options: Record<string, unknown>) => {
      await run("small.csv", { ...roles, ...options, json: true, out: "small.json" });
      expect(fs.readFileSync(path.join(here.cwd, "small.json"), "utf8")).toBe(here.out);
      return result();
    };
    for (const strategy of ["group", "demographic_parity", "equal_accuracy"]) {
      const { groups, gap, notes } = await exported({ strategy });
      expect(groups[0]).not.toHaveProperty("threshold");
      expect(typeof groups[1]!.threshold).toBe("number");
      expect(gap).toBeNull();
      expect(here.out).not.toMatch(/0\.61\d/);
      expect(notes.join()).toContain("it could be the score of one person; take one threshold for all");
    }
    const single = await exported({ strategy: "single" });
    expect(single.groups[0]!.threshold).toBe(single.groups[1]!.threshold);
    expect(single.notes.join()).not.toContain("one person");
    await run("small.csv", { ...roles, strategy: "group" });
    expect(here.out).toMatch(/x +0\.61/);
  });

  it("says by its exit code that the groups cannot be brought together", async () => {
    const roles = { label: "y", score: "p", sensitive: "g", positive: undefined, strategy: "equal_accuracy" };
    const apart = Array.from(
      { length: 40 },
      (_, row) => `${row < 20 ? 1 : row % 4 === 0 ? 1 : 0},0.5,${row < 20}`,
    );
    fs.writeFileSync(path.join(here.cwd, "apart.csv"), ["y,p,g", ...apart].join("\n"));
    expect(await run("apart.csv", roles)).toBe(1);
    expect(await run("apart.csv", { ...roles, tolerance: "0.3" })).toBe(0);
    // The What-If Tool knows no tolerance.
    expect(await run("apart.csv", { ...roles, mode: "wit" })).toBe(0);
  });

  it("refuses what it cannot use, and says what to write", async () => {
    expect(await run(GERMAN, { score: undefined })).toBe(2);
    expect(here.err).toContain("--score COLUMN");
    expect(await run(GERMAN, { strategy: "best" })).toBe(2);
    expect(here.err).toContain("--strategy is one of custom, single");
    expect(await run(GERMAN, { costRatio: "-1" })).toBe(2);
    expect(await run("gone.csv")).toBe(2);
    expect(here.err).toContain("gone.csv cannot be read (ENOENT)");
    expect(await run(GERMAN, { score: "scor" })).toBe(2);
    expect(here.err).toContain('is it "score"?');
    expect(await run(GERMAN, { out: "no/such/folder.json" })).toBe(2);
    expect(here.err).toContain("cannot be written (ENOENT)");
  });
});
