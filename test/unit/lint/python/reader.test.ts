import { beforeAll, describe, expect, it } from "vitest";
import { createPythonReader } from "../../../../src/lint/python/grammar.node.ts";
import type { PythonReader } from "../../../../src/lint/python/reader.ts";

let reader: PythonReader;
beforeAll(async () => {
  reader = await createPythonReader();
});

const read = (text: string, path = "train.py") => reader.read({ path, text });
const callees = (text: string) => read(text).calls.map((call) => call.callee);

describe("imports and calls", () => {
  it("resolves aliases, submodules and relative imports", () => {
    expect(
      callees(
        "import pandas as pd\nimport xgboost, sklearn.svm\nfrom sklearn.linear_model import LogisticRegression as LR\nfrom .model import build\npd.read_csv('a')\nxgboost.train(p)\nsklearn.svm.SVC()\nLR()\nbuild()\n",
      ),
    ).toEqual([
      "pandas.read_csv",
      "xgboost.train",
      "sklearn.svm.SVC",
      "sklearn.linear_model.LogisticRegression",
      ".model.build",
    ]);
  });

  it("follows a name to the class that made it, through chains, self and functions", () => {
    const text = `
from sklearn.ensemble import RandomForestClassifier
from sklearn.pipeline import Pipeline, make_pipeline
import tensorflow as tf
clf = RandomForestClassifier(n_estimators=10)
clf.fit(X, y).predict(X_test)
class Trainer:
    def __init__(self):
        self.model = Pipeline([("clf", clf)])
    def run(self, X, y):
        self.model.fit(X, y)
def build():
    model = tf.keras.Sequential([])
    return model
net = build()
net.fit(X, y, epochs=5)
`;
    expect(callees(text)).toEqual([
      "sklearn.ensemble.RandomForestClassifier",
      "sklearn.ensemble.RandomForestClassifier.fit",
      "sklearn.ensemble.RandomForestClassifier.predict",
      "sklearn.pipeline.Pipeline",
      "sklearn.pipeline.Pipeline.fit",
      "tensorflow.keras.Sequential",
      "build",
      "tensorflow.keras.Sequential.fit",
    ]);
  });

  it("reads literals through names that are bound once only", () => {
    const { calls } = read("n = 100\nm = 1\nm = 2\nf(n, m, epochs=n, **{'a': 1})\n");
    const call = calls.at(-1)!;
    expect(call.args.map((arg) => arg.literal)).toEqual([100, undefined]);
    expect(call.keywords.get("epochs")?.literal).toBe(100);
    expect(call.keywords.get("a")?.literal).toBe(1);
    expect(call.hasUnknownArguments).toBe(false);
  });

  it("knows loops, contexts and decorators", () => {
    const { calls } = read(
      "import torch\n@torch.no_grad()\ndef f():\n    for i in range(3):\n        with torch.autocast('cuda'):\n            g(i)\n",
    );
    const call = calls.find(({ callee }) => callee === "g")!;
    expect(call.contexts).toEqual(["torch.autocast"]);
    expect(call.decorators).toEqual(["torch.no_grad"]);
    expect(call.loops.map(({ target }) => target)).toEqual(["i"]);
    expect(call.inFunction).toBe("f");
  });
});

describe("what flows", () => {
  const groups = (text: string) =>
    read(`import pandas as pd\ndf = pd.read_csv("a.csv")\n${text}`).groups.filter(
      ({ consumesPrediction }) => consumesPrediction,
    );

  it("tells a group-by on the label from one on predictions", () => {
    expect(groups("df.groupby('sex')['income'].mean()\n")).toEqual([]);
    expect(groups("df['pred'] = clf.predict(X)\ndf.groupby('sex')['pred'].mean()\n")[0]).toMatchObject({
      over: ["sex"],
    });
    expect(groups("df['out'] = clf.predict(X)\ndf.groupby('sex')['income'].mean()\n")).toEqual([]);
    expect(
      groups(
        "out = clf.predict(X)\nres = pd.DataFrame({'s': df['sex'], 'o': out})\nres.groupby('s').o.mean()\n",
      ),
    ).toHaveLength(1);
  });

  it("sees masks, loops over values and predictions on the rows of a group", () => {
    expect(
      groups("y_hat = clf.predict(X)\nacc(y[df['sex'] == 1], y_hat[df['sex'] == 1])\n")[0],
    ).toMatchObject({ how: "mask", over: ["sex"] });
    expect(groups("part = df[df.race == 'a']\nclf.score(part[f], part.y)\n")[0]).toMatchObject({
      over: ["race"],
    });
    expect(
      groups("for g in df['race'].unique():\n    m = df['race'] == g\n    print(clf.predict(df[m]))\n").map(
        ({ how }) => how,
      ),
    ).toEqual(["mask", "loop"]);
    expect(
      groups("for name, part in df.groupby('sex'):\n    print(clf.predict(part))\n").length,
    ).toBeGreaterThan(0);
  });

  it("follows columns through a split", () => {
    const facts = read(
      "from sklearn.model_selection import train_test_split\nimport pandas as pd\ndf = pd.read_csv('a')\nX_tr, X_te, y_tr, y_te = train_test_split(df[['age','sex']], df['loan_status'])\np = clf.predict(X_te)\n",
    );
    expect(facts.columns.map(({ name }) => name)).toEqual(["age", "sex", "loan_status"]);
    expect(facts.predictions.map(({ name }) => name)).toEqual(["p"]);
  });
});

describe("edits", () => {
  it("reads an edited document as if it were new", () => {
    const document = reader.open();
    let text = "import torch\nx = torch.nn.Linear(1, 2)\ny = x(3)\nfor i in range(3):\n    f(i)\n";
    for (const [find, replace] of [
      ["range(3)", "range(44)"],
      ["import torch\n", ""],
      ["x(3)", "x(("],
      ["x((", "x(1)"],
      ["f(i)", "f(i)\n    g('ü')"],
    ] as const) {
      text = text.replace(find, replace);
      expect(document.read({ path: "train.py", text })).toEqual(read(text));
    }
  });

  it("reads broken text for what it is", () => {
    const facts = read("import torch\ndef f(:\n  model.fit(X, y\n");
    expect(facts.broken).toBe(true);
    for (const call of facts.calls) expect(call.range.end).toBeLessThanOrEqual(facts.text.length);
  });

  it.each([
    "def broken(:\n    [[[[\n",
    "class Broken(:\n    def f(self\n",
    "@cached\ndef broken(:\n  x = [1, (2\n",
  ])("keeps the statements above %j", (end) => {
    const start = "from sklearn.svm import SVC\nmodel = SVC()\nmodel.fit(X, y)\n";
    for (const facts of [read(start + end), reader.open().read({ path: "train.py", text: start + end })]) {
      expect(facts.broken).toBe(true);
      expect(facts.calls.map(({ callee }) => callee)).toContain("sklearn.svm.SVC.fit");
      const fit = facts.calls.find(({ method }) => method === "fit")!;
      expect(start.slice(fit.range.start, fit.range.end)).toBe("model.fit(X, y)");
    }
  });
});
