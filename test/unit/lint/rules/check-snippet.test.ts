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
});
