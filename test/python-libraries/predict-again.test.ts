import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { ExploredTable } from "../../src/fairness/thresholds/explored-table.node.ts";
import { dependenceLines } from "../../src/fairness/thresholds/model/dependence-lines.ts";
import { ExploredModel } from "../../src/fairness/thresholds/model/explored-model.node.ts";

const python = inject("interpreters").fairlearn;
const GERMAN = fileURLToPath(new URL("../unit/fairness/vectors/german_credit/data.csv", import.meta.url));

/** Models of German credit as a person would write them, and scikit-learn's own answers. */
const TRAIN = `
import json, pickle, sys
import joblib, pandas
from sklearn.compose import ColumnTransformer
from sklearn.inspection import partial_dependence
from sklearn.linear_model import LogisticRegression, RidgeClassifier
from sklearn.ensemble import RandomForestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

table = pandas.read_csv("data.csv")
numbers = ["duration_months", "credit_amount", "age", "installment_rate"]
texts = ["housing", "purpose", "checking_status"]
features = table[texts + numbers]
columns = ColumnTransformer([("t", OneHotEncoder(handle_unknown="ignore"), texts), ("n", StandardScaler(), numbers)])
pipeline = make_pipeline(columns, LogisticRegression(max_iter=2000)).fit(features, table["class"])
joblib.dump(pipeline, "pipeline.joblib")
with open("forest.pkl", "wb") as file:
    pickle.dump(RandomForestClassifier(20, random_state=0).fit(table[numbers], table["class"] == 1), file)
joblib.dump(RidgeClassifier().fit(table[numbers], table["class"]), "ridge.joblib")
joblib.dump(LogisticRegression(max_iter=2000).fit(table[numbers].to_numpy(), table["class"]), "arrays.joblib")
joblib.dump(LogisticRegression(max_iter=2000).fit(table[numbers].assign(income=1.0), table["class"]), "income.joblib")
joblib.dump({"weights": [1, 2]}, "dictionary.joblib")
# Class 1 is the first of the two, and the positive one.
scored = table.assign(score=pipeline.predict_proba(features)[:, 0])
scored.to_csv("scored.csv", index=False)
first = features.head(1)
means = {}
for name in ("housing", "credit_amount"):
    grid = json.loads(sys.argv[1])[name]
    means[name] = [float(pipeline.predict_proba(features.assign(**{name: value}))[:, 0].mean()) for value in grid]
found = partial_dependence(pipeline, features, ["housing"], method="brute", response_method="predict_proba")
means["scikit-learn"] = {value: 1 - float(mean) for value, mean in zip(found["grid_values"][0], found["average"][0])}
print(json.dumps({
    "means": means,
    "edited": float(pipeline.predict_proba(first.assign(credit_amount=9000, housing="A151"))[0, 0]),
    "ridge": float(-RidgeClassifier().fit(table[numbers], table["class"]).decision_function(table[numbers].head(1))[0]),
}))
`;
const GRID = { housing: ["A151", "A152", "A153"], credit_amount: [250, 1169, 18424] };

let folder: string;
let truth: {
  means: { housing: number[]; credit_amount: number[]; "scikit-learn": Record<string, number> };
  edited: number;
  ridge: number;
};
let model: ExploredModel | undefined;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-predict-"));
  fs.copyFileSync(GERMAN, path.join(folder, "data.csv"));
  const printed = execFileSync(python, ["-c", TRAIN, JSON.stringify(GRID)], {
    cwd: folder,
    encoding: "utf8",
  });
  truth = JSON.parse(printed);
}, 120_000);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  await model?.dispose();
  model = undefined;
});

async function load(file: string, interpreter = [python], positive = "1") {
  const table = new ExploredTable();
  const roles = { task: "binary", label: "class", score: "score", positive, sensitive: ["sex"] } as const;
  const { cells } = await table.open({ file: path.join(folder, "scored.csv"), roles });
  model = new ExploredModel(table, () => {});
  const loaded = await model.load({ spec: { file }, python: interpreter, folder });
  return { ...loaded, table, keys: cells.map(({ key }) => key), ask: model };
}

describe("a pipeline of scikit-learn", () => {
  it("is given its own columns, and gives back the scores that it gave", async () => {
    const { model: loaded, given, agreement, ask } = await load("pipeline.joblib");
    expect(loaded).toMatchObject({ what: "Pipeline", method: "predict_proba", positive: "1" });
    expect(given.slice(0, 4)).toEqual(["housing", "purpose", "checking_status", "duration_months"]);
    expect(agreement.rows).toBe(200);
    expect(agreement.largest).toBeLessThan(1e-12);
    const changes = [
      ["credit_amount", "9000"],
      ["housing", "A151"],
    ] as const;
    const { before, after } = await ask.predict({ row: 0, changes });
    expect(after).toBeCloseTo(truth.edited, 12);
    expect(before).not.toBeCloseTo(after, 2);
  });

  it("depends on a column as scikit-learn says", async () => {
    const { ask, keys } = await load("pipeline.joblib");
    const answer = await ask.dependence({ feature: "housing", most: 1000, row: 0 }, () => {});
    const [all] = dependenceLines(answer, keys, []);
    for (const [at, value] of answer.grid.entries()) {
      expect(all!.means[at]).toBeCloseTo(truth.means.housing[GRID.housing.indexOf(value)]!, 12);
      expect(all!.means[at]).toBeCloseTo(truth.means["scikit-learn"][value]!, 9);
    }
    const amounts = await ask.dependence({ feature: "credit_amount", most: 1000, row: null }, () => {});
    const ends = [amounts.grid.indexOf("250"), amounts.grid.indexOf("18424")];
    const means = dependenceLines(amounts, keys, [])[0]!.means;
    expect(ends.map((at) => means[at])).toEqual([
      expect.closeTo(truth.means.credit_amount[0]!, 12),
      expect.closeTo(truth.means.credit_amount[2]!, 12),
    ]);
    await expect(ask.dependence({ feature: "savings", most: 10, row: null }, () => {})).rejects.toThrow(
      "the model does not take savings",
    );
  });
});

describe("other models", () => {
  it("a forest in a pickle, whose classes are true and false where the table has 1 and 2, is not taken for sure", async () => {
    await expect(load("forest.pkl")).resolves.toMatchObject({
      model: {
        what: "RandomForestClassifier",
        notes: ["the model's classes are false, true; true is taken for 1"],
      },
    });
  });

  it("one without probabilities has distances, turned to the positive class", async () => {
    const { ask, model: loaded } = await load("ridge.joblib");
    expect(loaded.method).toBe("decision_function");
    expect((await ask.predict({ row: 0, changes: [] })).before).toBeCloseTo(truth.ridge, 9);
  });

  it("what cannot be used says what it would take", async () => {
    await expect(load("arrays.joblib")).rejects.toThrow(
      "arrays.joblib was trained on 4 columns without names; name a function that makes them",
    );
    await expect(load("income.joblib")).rejects.toThrow(/^the model expects .*; the table has no income$/);
    await expect(load("dictionary.joblib")).rejects.toThrow(/holds a dict, which cannot predict/);
  });

  it("a Python without scikit-learn is named", async () => {
    await expect(load("pipeline.joblib", [python, "-S"])).rejects.toThrow(
      /^joblib, which comes with scikit-learn, is not installed in .*; install it there, or choose another/,
    );
    await expect(load("forest.pkl", [python, "-S"])).rejects.toThrow(
      /^forest\.pkl needs (?:scikit-learn|numpy), which is not installed in /,
    );
  });
});
