import { beforeAll, describe, expect, it } from "vitest";
import { createLinter, type Linter } from "../../../../src/lint/engine.ts";
import { createReaders } from "../../../../src/lint/readers.node.ts";

let linter: Linter;
beforeAll(async () => {
  linter = createLinter(await createReaders());
});

const PROGRAM = `%%writefile trainer/task.py
import pandas as pd
from sklearn.pipeline import make_pipeline
from sklearn.svm import SVC
rows = pd.read_csv("rows.csv").to_numpy()
pipeline = make_pipeline(SVC())
pipeline.fit(rows[:, :-1], rows[:, -1])
`;

const notebook = (said: string) =>
  JSON.stringify({
    cells: [
      { cell_type: "markdown", source: `# A pipeline of your own\n\n${said}`, metadata: {} },
      { cell_type: "code", source: PROGRAM, metadata: {}, outputs: [], execution_count: null },
    ],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });

describe("programs that a notebook writes", () => {
  it.each([
    ["The Census Income data tell whether a person makes more than $50,000.", ["FW101"]],
    ["The data tell whether a well of the oil field runs dry.", []],
  ])("are about what the notebook says: %s", (said, expected) => {
    const { findings } = linter.lint({ path: "first.ipynb", text: notebook(said) }, { select: ["FW101"] });
    expect(findings.map(({ rule }) => rule)).toEqual(expected);
  });
});
