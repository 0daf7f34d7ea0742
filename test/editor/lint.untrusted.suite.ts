import assert from "node:assert/strict";
import * as vscode from "vscode";
import { api, eventually, makeProject } from "./support.ts";

const TRAINS = `import pandas as pd
from sklearn.linear_model import LogisticRegression

df = pd.read_csv("german_credit.csv")
model = LogisticRegression().fit(df[["age", "sex"]], df["loan_status"])
print(model.predict(df[["age", "sex"]]))
`;

describe("lint in Restricted Mode", function () {
  this.timeout(60_000);
  let project: ReturnType<typeof makeProject>;

  before(async () => {
    await api();
    project = makeProject("restricted-lint-suite", { "train.py": TRAINS });
  });
  after(() => project.remove());

  it("finds the same: no code of the workspace runs for it", async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const uri = project.file("train.py");
    await vscode.window.showTextDocument(uri);
    await eventually(
      "FW101",
      () =>
        vscode.languages
          .getDiagnostics(uri)
          .some(({ code }) => typeof code === "object" && code.value === "FW101"),
      30_000,
    );
  });
});
