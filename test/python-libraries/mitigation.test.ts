import { execFile, execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import {
  MITIGATION_SETTINGS,
  type MitigationMethod,
  type MitigationSettings,
  mitigationAnswer,
  mitigationRequest,
} from "../../src/fairness/libraries/mitigation.ts";
import { runPython } from "../../src/fairness/libraries/run-python.node.ts";
import type { BinaryTable } from "../../src/fairness/table/scored-table.ts";
import { type Json, readExtra, VECTORS, vectorTable } from "../unit/fairness/vectors.ts";

const interpreters = inject("interpreters");
const CLI = fileURLToPath(new URL("../../dist/cli/fairwatt.cjs", import.meta.url));
const GERMAN = fileURLToPath(new URL("../unit/fairness/vectors/german_credit/data.csv", import.meta.url));
const ROLES = ["--label", "class", "--positive", "1", "--sensitive", "sex"];

async function mitigate(
  method: MitigationMethod,
  asked: { table: BinaryTable; settings?: Partial<MitigationSettings>; scores?: boolean }[],
) {
  const answer = await runPython({
    interpreter: [interpreters[method === "reweighing" ? "aif360" : "fairlearn"]],
    script: "mitigation.py",
    args: [method],
    requests: asked.map(({ table, settings, scores = false }) =>
      mitigationRequest(table, { ...MITIGATION_SETTINGS, testShare: 0, method, ...settings }, scores),
    ),
  });
  return answer.values.map((value) => mitigationAnswer.parse(value));
}

/** The table with one of its sensitive columns. */
async function by(name: string, attribute: string): Promise<BinaryTable> {
  const { table } = await vectorTable(name);
  return { ...table, sensitive: table.sensitive.filter((column) => column.name === attribute), features: [] };
}

describe("mitigation by the real libraries", () => {
  it("weights rows as the exact vectors do", async () => {
    const cases = Object.entries<Json>(readExtra("reweighing.json"))
      .map(([key, cells]) => ({ name: key.split("/")[0]!, attribute: key.split("/")[1]!, cells }))
      .filter(({ name }) => VECTORS.has(name));
    expect(cases.length).toBeGreaterThan(2);
    const tables = await Promise.all(cases.map(({ name, attribute }) => by(name, attribute)));
    const answers = await mitigate(
      "reweighing",
      tables.map((table) => ({ table })),
    );
    for (const [index, { cells }] of cases.entries()) {
      const { factors } = answers[index]!.results[0]!;
      for (const [cell, { weight }] of Object.entries<Json>(cells)) {
        const [group, label] = cell.split("|y=");
        const ours = factors!.find((each) => each.group === group && each.label === Number(label));
        expect(ours!.weight, cell).toBeCloseTo(weight, 9);
      }
    }
  }, 300_000);

  it("chooses the thresholds of the vectors", async () => {
    const cases = (readExtra("fairlearn_threshold_optimizer.json").cases as Json[]).filter(
      ({ table }) => table === "german_credit",
    );
    expect(cases).toHaveLength(5);
    const table = await by("german_credit", "sex");
    const answers = await mitigate(
      "threshold-optimizer",
      cases.map(({ constraints: constraint, objective, grid_size: gridSize }) => ({
        table,
        scores: true,
        settings: { constraint, objective, gridSize },
      })),
    );
    for (const [index, { interpolation }] of cases.entries()) {
      const { thresholds } = answers[index]!.results[0]!;
      expect(thresholds!.map(({ group }) => group)).toEqual(Object.keys(interpolation));
      for (const { group, ...rule } of thresholds!) {
        const expected = interpolation[group];
        expect(rule.operation0).toBe(expected.operation0);
        expect(rule.operation1).toBe(expected.operation1);
        for (const key of ["p0", "p1", "p_ignore", "prediction_constant"] as const)
          if (expected[key] !== undefined) expect(rule[key], key).toBeCloseTo(expected[key], 9);
      }
    }
  }, 300_000);
});

describe("fairwatt mitigate", () => {
  let cwd: string;
  beforeEach(() => {
    cwd = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-mitigate-"));
    fs.writeFileSync(path.join(cwd, "fairwatt.toml"), 'zone = "FR"\n');
  });
  afterEach(() => fs.rmSync(cwd, { recursive: true, force: true }));

  const run = async (...args: string[]) => {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [CLI, "mitigate", GERMAN, ...ROLES, "--replicates", "200", ...args],
      { cwd },
    ).catch((failure) => failure as { stdout: string; stderr: string });
    return { stdout, stderr };
  };

  it("trains a user's model under constraints: before and after, accuracy, energy of the run and of the mitigation", async () => {
    const python = interpreters.fairlearn;
    const model = path.join(cwd, "model.joblib");
    execFileSync(python, [
      "-c",
      "import joblib, sys; from sklearn.tree import DecisionTreeClassifier; joblib.dump(DecisionTreeClassifier(max_depth=4), sys.argv[1])",
      model,
    ]);
    const options = ["--method", "exponentiated-gradient", "--features", "credit_amount,duration_months,age"];
    const refused = await run(...options, "--python", python, "--estimator", model);
    expect(refused.stderr).toContain("say --trust-estimator");
    const saved = path.join(cwd, "fair.joblib");
    const { stdout, stderr } = await run(
      ...options,
      ...["--python", python, "--estimator", model, "--trust-estimator", "--save", saved, "--json"],
      ...["--max-iterations", "10", "--bound", "0.02"],
    );
    const report = JSON.parse(stdout);
    expect(report.trainRows + report.testRows).toBe(1000);
    expect(report.effect.rows).toBe(report.testRows);
    const [parity] = report.effect.groupings[0].measures;
    expect(parity.name).toBe("demographic_parity");
    for (const side of ["before", "after"]) {
      expect(parity[side].value).toBeGreaterThanOrEqual(0);
      expect(parity[side].interval.low).toBeLessThanOrEqual(parity[side].value);
    }
    expect(report.outcome.trainings).toBeGreaterThan(1);
    expect(report.effect.accuracy.after).toBeGreaterThan(0.5);
    expect(report.energy.total).toMatchObject({ unit: "J" });
    expect(report.energy.mitigation.seconds).toBeGreaterThan(0);
    expect(report.energy.mitigation.energy.value).toBeLessThan(report.energy.total.value);
    // The run is in the ledger as any other, and names no person's data.
    expect(stderr).toContain(`fairwatt show ${report.energy.run}`);
    expect(fs.readdirSync(path.join(cwd, ".fairwatt", "runs"))).toEqual([report.energy.run]);
    expect(fs.readdirSync(path.join(cwd, ".fairwatt", "ledger")).length).toBe(1);
    const loaded = execFileSync(
      python,
      ["-c", "import joblib, sys; print(type(joblib.load(sys.argv[1])).__name__)", saved],
      { encoding: "utf8" },
    );
    expect(loaded.trim()).toBe("ExponentiatedGradient");
  }, 300_000);

  it("sets thresholds on a user's fitted model by group, keeps the model as it is, and says what it costs", async () => {
    const python = interpreters.fairlearn;
    const model = path.join(cwd, "model.joblib");
    const features = ["credit_amount", "duration_months", "age"];
    // Fitted on the table's own labels, as a person's model is: 1 is a good credit, 2 a bad one.
    execFileSync(python, [
      "-c",
      `import joblib, pandas, sys
from sklearn.linear_model import LogisticRegression
table = pandas.read_csv(sys.argv[1])
joblib.dump(LogisticRegression(max_iter=1000).fit(table[sys.argv[3:]], (table["class"] == 1).astype(int)), sys.argv[2])`,
      GERMAN,
      model,
      ...features,
    ]);
    const bytes = fs.readFileSync(model);
    // In another order than the model's own.
    const asked = features.toReversed().join();
    const options = ["--method", "threshold-optimizer", "--features", asked, "--python", python];
    const refused = await run(...options, "--estimator", model);
    expect(refused.stderr).toContain("say --trust-estimator");
    const saved = path.join(cwd, "optimized.joblib");
    const { stdout, stderr } = await run(
      ...options,
      ...["--estimator", model, "--trust-estimator", "--save", saved, "--json"],
    );
    const report = JSON.parse(stdout);
    expect(report.trainRows + report.testRows).toBe(1000);
    expect(report.trained).toBe(false);
    expect(report.outcome.thresholds.map(({ group }: { group: string }) => group)).toEqual([
      "female",
      "male",
    ]);
    for (const { p0, p1, operation0, operation1 } of report.outcome.thresholds) {
      expect(p0 + p1).toBeCloseTo(1, 9);
      for (const operation of [operation0, operation1]) expect(operation).toMatch(/^\[[<>][-\d.einf]+\]$/);
    }
    for (const side of ["before", "after"]) expect(report.effect.accuracy[side]).toBeGreaterThan(0.5);
    expect(report.effect.groupings[0].measures[0].name).toBe("demographic_parity");
    expect(report.energy.total).toMatchObject({ unit: "J" });
    expect(report.notes.join()).toContain("it needs the group of each person when it decides");
    expect(stderr).toContain(`fairwatt show ${report.energy.run}`);
    expect(fs.readFileSync(model)).toEqual(bytes);
    const loaded = execFileSync(
      python,
      [
        "-c",
        "import joblib, sys; model = joblib.load(sys.argv[1]); print(type(model).__name__, type(model.estimator_).__name__)",
        saved,
      ],
      { encoding: "utf8" },
    );
    expect(loaded.trim()).toBe("ThresholdOptimizer LogisticRegression");
  }, 300_000);

  it("weights rows and trains with them; the rows go into a file without the groups", async () => {
    const python = interpreters.aif360;
    const out = path.join(cwd, "rows.csv");
    const { stdout } = await run(
      "--method",
      "reweighing",
      "--features",
      "credit_amount,purpose",
      "--python",
      python,
      "--out",
      out,
    );
    expect(stdout).toMatch(/female +negative +0\.85\d+/);
    expect(stdout).toMatch(/accuracy 0\.\d+ before, 0\.\d+ after/);
    expect(stdout).toMatch(/of which the mitigation, \d+\.\d+ s: /);
    const lines = fs.readFileSync(out, "utf8").trim().split("\n");
    expect(lines).toHaveLength(1001);
    expect(lines[0]).toBe("row,weight,before,after");
    expect(lines.slice(1).every((line) => /^\d+,(\d\.\d+,,|,[01],[01])$/.test(line))).toBe(true);
  }, 300_000);

  it("leaves nothing of the table on disk, and says what is missing", async () => {
    const { stderr } = await run("--method", "reweighing", "--python", interpreters.aequitas);
    expect(stderr).toContain(`${interpreters.aequitas} -m pip install aif360`);
    const left = fs
      .readdirSync(cwd, { recursive: true, encoding: "utf8" })
      .map((name) => path.join(cwd, name));
    const texts = left
      .filter((file) => fs.statSync(file).isFile())
      .map((file) => fs.readFileSync(file, "utf8"));
    expect(texts.filter((text) => /female|A201/.test(text))).toEqual([]);
  }, 300_000);
});
