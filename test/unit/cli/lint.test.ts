import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { lint } from "../../../src/cli/lint.ts";
import { rule } from "../../../src/cli/rule.ts";
import { commandFolder } from "./command-folder.ts";

const TRAINS = `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

df = pd.read_csv("german_credit.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["age", "sex"]], df["loan_status"])
model = LogisticRegression()
model.fit(X_train, y_train)
y_pred = model.predict(X_test)
`;
const CHECKS = `from fairlearn.metrics import MetricFrame
from sklearn.metrics import recall_score

def by_group(y_true, y_pred, groups):
    return MetricFrame(metrics=recall_score, y_true=y_true, y_pred=y_pred, sensitive_features=groups)
`;
const here = commandFolder();
const { write } = here;
const run = async (paths: string[], options: Record<string, unknown> = {}) => {
  here.clear();
  const code = await lint(paths, { format: "json", ...options, cwd: here.cwd });
  return { code, out: here.out, err: here.err };
};
const codes = () => (JSON.parse(here.out) as { code: string }[]).map(({ code }) => code);

describe("fairwatt lint", () => {
  it("finds, and says so by its exit code", async () => {
    write("train.py", TRAINS);
    expect((await run([])).code).toBe(1);
    expect(codes()).toContain("FW101");
    expect(JSON.parse(here.out)[0]).toMatchObject({ file: "train.py", line: 8 });
    write("train.py", "print('nothing')\n");
    expect((await run(["train.py"])).code).toBe(0);
  });

  it("asks the rest of the project, also for one file", async () => {
    write("train.py", TRAINS);
    write("evaluate.py", CHECKS);
    expect((await run(["train.py"])).code).toBe(0);
    fs.rmSync(path.join(here.cwd, "evaluate.py"));
    expect((await run(["train.py"])).code).toBe(1);
  });

  it("goes by the project's table, and by its options before", async () => {
    write("train.py", TRAINS);
    write("fairwatt.toml", '[lint]\nignore = ["FW1"]\n');
    expect((await run([])).code).toBe(0);
    write("fairwatt.toml", '[lint.per-file-ignores]\n"train.py" = ["FW101"]\n');
    expect((await run([])).code).toBe(0);
    write("fairwatt.toml", '[lint]\nprofile = "high-risk"\n');
    await run([]);
    expect(JSON.parse(here.out)[0].severity).toBe("error");
    write("fairwatt.toml", "[lint]\nenable = false\n");
    expect((await run([])).err).toContain("lint is off in this project");
  });

  it("is told when it is called wrongly", async () => {
    expect(await run(["missing.py"])).toMatchObject({ code: 2 });
    expect(await run([], { select: "E501" })).toMatchObject({
      code: 2,
      err: 'fairwatt: no rule begins with "E501"; list them with: fairwatt rule\n',
    });
    expect(await run([], { format: "xml" })).toMatchObject({ code: 2 });
    expect(await run([], { profile: "low" })).toMatchObject({ code: 2 });
  });

  it("skips what is no text, with a note", async () => {
    fs.writeFileSync(path.join(here.cwd, "a.py"), Buffer.from([0, 1, 2]));
    const { code } = await run([], { format: "text" });
    expect(code).toBe(0);
    expect(here.out).toContain("a.py: skipped: binary");
  });
});

describe("fairwatt rule", () => {
  it("prints a page, the list, and what there is not", async () => {
    here.out = "";
    expect(await rule("FW101", {})).toBe(0);
    expect(here.out).toContain("# missing-fairness-check (FW101)");
    here.out = "";
    expect(await rule("missing-fairness-check", {})).toBe(0);
    expect(here.out).toContain("FW101");
    here.out = "";
    expect(await rule(undefined, {})).toBe(0);
    expect(here.out).toContain("FW201");
    expect(await rule("FW999", {})).toBe(2);
  });
});
