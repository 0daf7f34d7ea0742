import { beforeAll, describe, expect, it } from "vitest";
import { createLinter, type Linter } from "../../../../src/lint/engine.ts";
import { planOne } from "../../../../src/lint/fix.ts";
import { applyPlan } from "../../../../src/lint/fix-file.ts";
import { NO_EVIDENCE } from "../../../../src/lint/project/touched-evidence.ts";
import { createReaders } from "../../../../src/lint/readers.node.ts";

let linter: Linter;
beforeAll(async () => {
  linter = createLinter(await createReaders());
});

const script = (labels: string, split: string) => `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
df = pd.read_csv("german.csv")
df["sex"] = df["sex"].map({"male": 1, "female": 0})
X = df[["age", "sex", "duration"]]
y = ${labels}
X_train, X_test, y_train, y_test = train_test_split(X, y${split})
clf = LogisticRegression().fit(X_train, y_train)
y_hat = clf.predict(X_test)
`;

/** The script with each of the offered checks inserted, by library. */
function checked(text: string): Map<string, string> {
  const source = { path: "train.py", text };
  const evidence = { ...NO_EVIDENCE, dependencies: new Set(["fairlearn", "aif360", "aequitas"]) };
  const result = linter.lint(source, { select: ["FW101"], evidence });
  return new Map(
    result.findings.flatMap((finding) =>
      finding.fixes.map((fix) => {
        const library = /with (\w+)$/.exec(fix.title)?.[1] ?? "";
        return [library, applyPlan(source, result, planOne(finding, fix)) ?? ""] as const;
      }),
    ),
  );
}

const LIBRARIES = ["Fairlearn", "AIF360", "Aequitas", "pandas"];

describe("the comparison that FW101 inserts", () => {
  it.each([
    ["labels of a frame", 'df["credit_risk"]', ", random_state=0", "df.loc[y_test.index, "],
    [
      "an array, split with a seed",
      'df["credit_risk"].values',
      ", test_size=0.2, random_state=0",
      "_, test_rows = train_test_split(range(len(df)), test_size=0.2, random_state=0)\nsensitive_rows = df.iloc[test_rows][",
    ],
    [
      "an array, split by chance",
      'df["credit_risk"].to_numpy()',
      ", test_size=0.2",
      '_, sensitive_test = train_test_split(X, y, df[["sex", "age"]], test_size=0.2)',
    ],
  ])("finds the test rows of %s, and silences the rule", (_, labels, split, expected) => {
    const all = checked(script(labels, split));
    expect([...all.keys()]).toEqual(LIBRARIES);
    for (const [library, text] of all) {
      expect(text, library).toContain(expected);
      const after = linter.lint({ path: "train.py", text }, { select: ["FW101"] });
      expect(after.facts?.kind === "python" && after.facts.broken, text).toBe(false);
      expect(after.findings, text).toEqual([]);
    }
  });

  it("compares what counts as selected, whether labels are numbers or words", () => {
    for (const text of checked(script('df["credit_risk"]', "")).values()) {
      expect(text).toContain("import numpy as np\n");
      expect(text).toContain("positive = np.unique(y_test)[-1]");
      expect(text).toContain("selected = (np.ravel(y_hat) == positive).astype(int)");
    }
  });

  it.each([
    ["sigmoid", "np.ravel((y_hat > 0.5)) == positive"],
    ["softmax", "np.ravel(np.argmax(y_hat, axis=1)) == positive"],
  ])("makes labels of a network's %s output", (activation, expected) => {
    const text = script('df["credit_risk"]', ", random_state=0")
      .replace("from sklearn.linear_model import LogisticRegression", "from tensorflow import keras")
      .replace(
        "clf = LogisticRegression().fit(X_train, y_train)",
        `clf = keras.Sequential([keras.layers.Dense(2, activation="${activation}")])\nclf.compile(loss="crossentropy")\nclf.fit(X_train, y_train)`,
      );
    const all = checked(text);
    expect(all.size).toBeGreaterThan(0);
    for (const inserted of all.values()) expect(inserted).toContain(expected);
  });

  it("takes no value of a column for a column", () => {
    for (const text of checked(script('df["credit_risk"]', "")).values())
      expect(text).not.toMatch(/\["sex", "(?:age", ")?(?:fe)?male"/);
  });

  it("imports nothing again: in a function that would hide the name from the lines above", () => {
    const text = script('df["credit_risk"]', ", random_state=0")
      .replace("import pandas as pd\n", "")
      .split("\n")
      .map((line) => `    ${line}`)
      .join("\n");
    const all = checked(`import pandas as pd\ndef main():\n${text}`);
    expect(all.size).toBe(LIBRARIES.length);
    for (const inserted of all.values()) {
      expect(inserted.match(/import pandas/g)).toHaveLength(1);
      expect(inserted).toContain("    import numpy as np\n");
    }
  });

  it("reads the table again where the frame was encoded on the way", () => {
    const text = script('df["credit_risk"]', ", random_state=0").replace(
      "X = df",
      'df = pd.get_dummies(df, columns=["sex"])\nX = df',
    );
    for (const inserted of checked(text).values())
      expect(inserted).toContain(
        'sensitive_rows = pd.read_csv("german.csv").loc[y_test.index, ["sex", "age"]]',
      );
  });

  it("takes labels and columns from a test frame", () => {
    const text =
      script("", "").replace(/X = [\s\S]*$/, "") +
      `train, test = train_test_split(df, random_state=3)
clf = LogisticRegression().fit(train[["sex", "age"]], train["credit_risk"])
y_hat = clf.predict(test[["sex", "age"]])
`;
    const all = checked(text);
    expect(all.size).toBe(LIBRARIES.length);
    for (const inserted of all.values()) {
      expect(inserted).toContain('np.ravel(test["credit_risk"])');
      expect(inserted).toContain('sensitive_rows = test[["sex", "age"]]');
    }
  });

  it("takes what the split keeps aside, and has it keep aside what is missing", () => {
    const aside = script('df["credit_risk"]', "")
      .replace("y_test = train_test_split(X, y", "y_test, _, s_test = train_test_split(X, y, kept")
      .replace("X = df", 'kept = df["sex"]\nX = df');
    for (const inserted of checked(aside).values()) {
      expect(inserted).toContain("sensitive_rows = pd.DataFrame(s_test)\n");
      expect(inserted).not.toContain("pd.cut");
    }
    for (const inserted of checked(script('df["credit_risk"].values', ", test_size=0.2")).values())
      expect(inserted).toContain(
        'X_train, X_test, y_train, y_test, _, sensitive_test = train_test_split(X, y, df[["sex", "age"]], test_size=0.2)',
      );
  });

  it("predicts with a model that its call gives", () => {
    const text = script('df["credit_risk"]', "").replace("y_hat = clf.predict(X_test)\n", "");
    for (const inserted of checked(text).values())
      expect(inserted).toContain("y_pred = clf.predict(X_test)\n");
  });

  it("stands in the cell's function in marimo's programs", () => {
    const cell = script('df["credit_risk"]', "").trimEnd().split("\n");
    const text = `import marimo\napp = marimo.App()\n\n@app.cell\ndef _():\n${cell.map((line) => `    ${line}\n`).join("")}    return\n`;
    const all = checked(text);
    expect(all.size).toBe(LIBRARIES.length);
    for (const inserted of all.values())
      expect(inserted).toMatch(/\n {4}sensitive_rows = [\s\S]*\n {4}return\n$/);
  });

  it("predicts in the cell behind the training what a later cell predicts", () => {
    const [before, after] = script('df["credit_risk"]', "").split("y_hat = ");
    const cell = (source: string) => ({
      cell_type: "code",
      metadata: {},
      outputs: [],
      execution_count: null,
      source,
    });
    const notebook = {
      nbformat: 4,
      nbformat_minor: 4,
      metadata: {},
      cells: [cell(before!), cell(`y_hat = ${after}`)],
    };
    const source = { path: "train.ipynb", text: JSON.stringify(notebook) };
    const finding = linter.lint(source, { select: ["FW101"] }).findings[0];
    expect(finding?.fixes[0]?.newCell).toContain("\ny_pred = clf.predict(X_test)\n");
  });

  it("says which names a program does not have", () => {
    const text = `import pandas as pd
from own import train_model
df = pd.read_csv("loans.csv")
train_model(df[["sex", "income"]], df["default"])
`;
    for (const inserted of checked(text).values())
      expect(inserted).toContain("# This file has no y_test and no y_pred: put its own names");
  });

  it("stands before a result that is returned", () => {
    const text = `import joblib
import pandas as pd
from sklearn.metrics import accuracy_score

def evaluate(path):
    test = pd.read_csv(path)
    model = joblib.load("loan_model.joblib")
    return accuracy_score(test["loan_status"], model.predict(test[["sex", "income"]]))
`;
    const inserted = checked(text).get("pandas") ?? "";
    expect(inserted).toMatch(
      /\n {4}y_pred = model\.predict\(test\[\["sex", "income"\]\]\)\n[\s\S]*\n\n {4}return accuracy_score/,
    );
    expect(inserted).toContain('sensitive_rows = test[["sex"]]\n');
  });
});
