import { beforeAll, describe, expect, it } from "vitest";
import { createLinter, type Linter } from "../../../../src/lint/engine.ts";
import { isDocumentRead, readDocument } from "../../../../src/lint/project/document-facts.ts";
import { isDocument } from "../../../../src/lint/project/documents.ts";
import { fileEvidence } from "../../../../src/lint/project/file-evidence.ts";
import { ProjectIndex } from "../../../../src/lint/project/project-index.ts";
import { namesVersions } from "../../../../src/lint/project/version-files.ts";
import { createReaders } from "../../../../src/lint/readers.node.ts";
import { decisionService } from "../../../../src/lint/rules/documentation/decision-service-example.ts";

let linter: Linter;
beforeAll(async () => {
  linter = createLinter(await createReaders());
});

/** Findings of one file within a project of these files. */
function findingsOf(path: string, files: Record<string, string>, hasRuns = false) {
  const index = new ProjectIndex();
  index.record({
    audits: [],
    measured: hasRuns
      ? { [path]: { run: "01RUN", energyJoules: 1_512_000, durationSeconds: 60, epochs: [] } }
      : {},
    hasRuns,
  });
  for (const [file, text] of Object.entries(files))
    if (isDocument(file) && !namesVersions(file))
      index.addDocument(file, isDocumentRead(file) ? text : undefined);
    else index.set(file, fileEvidence(file, text, linter.lint({ path: file, text }, { select: [] }).facts));
  const evidence = index.evidenceFor(path);
  const result = linter.lint({ path, text: files[path]! }, { select: ["FW4"], evidence });
  expect(result.failures).toEqual([]);
  return result.findings;
}
const codes = (...args: Parameters<typeof findingsOf>) => findingsOf(...args).map(({ rule }) => rule);

const train = `import joblib
import pandas as pd
from sklearn.metrics import accuracy_score
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("applicants.csv")
model = LogisticRegression(random_state=0)
model.fit(df[["sex", "income"]], df["loan_status"])
print(accuracy_score(df["loan_status"], model.predict(df[["sex", "income"]])))
joblib.dump(model, "model.joblib")
`;

describe("the card that FW401 creates", () => {
  const files = { "src/train.py": train, "requirements.txt": "scikit-learn==1.5.2\n", LICENSE: "MIT" };
  const [finding] = ["FW401"];

  it("holds what the files say, and nothing else", () => {
    const fix = findingsOf("src/train.py", files, true).find(({ rule }) => rule === finding)!.fixes[0]!;
    expect(fix).toMatchObject({ safety: "safe", edits: [], newFile: { path: "src/MODEL_CARD.md" } });
    const { content } = fix.newFile!;
    for (const said of [
      "`sklearn.linear_model.LogisticRegression`",
      "Predicts: `loan_status`",
      "scikit-learn 1.5.2 (requirements.txt)",
      "`applicants.csv`",
      "`accuracy_score`. Results: not filled in",
      "420 Wh (Fairwatt run 01RUN)",
    ])
      expect(content).toContain(said);
    const empty = [...content.matchAll(/^## (.*)\n\nNot filled in\.$/gm)].map(([, heading]) => heading);
    expect(empty).toEqual([
      "Intended use",
      "Uses that it is not meant for",
      "Limitations and risks",
      "Human oversight",
    ]);
  });

  it("silences FW401, and FW403 then names what is empty in it", () => {
    const { newFile } = findingsOf("src/train.py", files)[0]!.fixes[0]!;
    const after = { ...files, [newFile!.path]: newFile!.content };
    expect(codes("src/train.py", after)).toEqual(["FW402", "FW403"]);
    expect(readDocument(newFile!.path, newFile!.content)?.empty).toContain("intended use");
    const filled = newFile!.content.replaceAll(
      "Not filled in.",
      "Credit officers use it for loans below 5,000.",
    );
    expect(
      codes("src/train.py", {
        ...after,
        [newFile!.path]: filled.replace("Results: not filled in", "See the table"),
      }),
    ).toEqual(["FW402", "FW403"]);
    const complete = filled.replace(/(?:Results|were collected): not filled in/g, "see the table");
    expect(codes("src/train.py", { ...after, [newFile!.path]: complete })).toEqual([]);
  });

  it.each([
    ["fairwatt.toml", 'intended-use = """\nLoans below 5,000, decided by a clerk."""\n'],
    ["pyproject.toml", '[tool.fairwatt]\nintended-use = "Loans below 5,000, decided by a clerk."\n'],
  ])("takes the intended use from %s", (name, text) => {
    const [first] = findingsOf("src/train.py", { ...files, [name]: text });
    const { newFile } = first!.fixes[0]!;
    expect(newFile?.content).toContain(`- Loans below 5,000, decided by a clerk. (${name})`);
    const after = {
      ...files,
      [name]: text,
      [newFile!.path]: "# Model card\n\n## Limitations\n\nNone known.\n",
    };
    const left = findingsOf("src/train.py", after).find(({ rule }) => rule === "FW403");
    expect(left?.message).toBe("The model card src/MODEL_CARD.md says nothing of results by group.");
  });

  it("nothing is said of a file outside the project: what lies around it is not known", () => {
    expect(codes("/tmp/train.py", { "/tmp/train.py": train })).toEqual([]);
    expect(codes("../train.py", { "../train.py": train })).toEqual([]);
  });
});

describe("what silences a service", () => {
  const app = decisionService("    gender: str\n    income: float");
  it.each([
    [{}, ["FW404", "FW405"]],
    [{ "docs/README.md": "# Service\n\n## Appeals\n\nWrite to the office.\n" }, ["FW405"]],
    [{ "middleware.py": "class Audit(BaseHTTPMiddleware):\n    pass\n" }, ["FW404"]],
    [{ "other/middleware.py": "class Audit(BaseHTTPMiddleware):\n    pass\n" }, ["FW404", "FW405"]],
    [{ "db.py": "def save_decision(row):\n    pass\n" }, ["FW404"]],
  ])("%j: %j", (files, expected) =>
    expect(codes("api/app.py", { "api/app.py": app, ...inApi(files) })).toEqual(expected),
  );

  function inApi(files: Record<string, string>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(files).map(([file, text]) => [file.includes("/") ? file : `api/${file}`, text]),
    );
  }
});

it("nothing is said of a file alone, except what it decides itself", () => {
  const alone = (path: string, text: string) =>
    linter.lint({ path, text }, { select: ["FW4"] }).findings.map(({ rule }) => rule);
  expect(alone("train.py", train)).toEqual([]);
  expect(alone("app.py", decisionService("    gender: str"))).toEqual([]);
  expect(alone("run.sh", "vllm serve Qwen/Qwen2.5-7B-Instruct\n")).toEqual(["FW407"]);
});

describe("FW407", () => {
  const server = "from fastapi import FastAPI\napp = FastAPI()\n";
  it.each([
    ["a.sh", "text-generation-launcher --model-id acme/llama-7b --revision abc123\n", 0],
    ["a.sh", "vllm serve acme/llama-7b --revision main\n", 1],
    ["a.sh", "vllm serve $MODEL\n", 0],
    [
      "a.py",
      `${server}from transformers import pipeline\np = pipeline("ner", model="dslim/bert-base-NER")\n`,
      1,
    ],
    ["a.py", `${server}from transformers import pipeline\np = pipeline("ner", model="outputs/ner")\n`, 0],
    [
      "a.py",
      `${server}from transformers import AutoModel\nm = AutoModel.from_pretrained("acme/m", **options)\n`,
      0,
    ],
    [
      "isvc.yaml",
      "apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nspec:\n  predictor:\n    model:\n      modelFormat:\n        name: huggingface\n      args: [--model_id=acme/llama-7b, --model_revision=abc]\n",
      0,
    ],
    ["serving.properties", "option.model_id=acme/llama-7b\noption.revision=dc1d3b3b\n", 0],
    ["serving.properties", "option.model_id=s3://bucket/llama-7b\n", 0],
  ])("%s %j: %i", (path, text, expected) =>
    expect(linter.lint({ path, text }, { select: ["FW407"] }).findings).toHaveLength(expected),
  );
});
