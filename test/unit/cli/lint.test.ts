import * as fs from "node:fs";
import * as path from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it, vi } from "vitest";
import { lint } from "../../../src/cli/lint.ts";
import { fixFiles } from "../../../src/cli/lint-fix.ts";
import { rule } from "../../../src/cli/rule.ts";
import { createLinter } from "../../../src/lint/engine.ts";
import { fileReport } from "../../../src/lint/output/report.ts";
import { ProjectIndex } from "../../../src/lint/project/project-index.ts";
import { NO_EVIDENCE } from "../../../src/lint/project/touched-evidence.ts";
import { createReaders } from "../../../src/lint/readers.node.ts";
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
const CONVERTS = `import tensorflow as tf
converter = tf.lite.TFLiteConverter.from_saved_model("m")
open("m.tflite", "wb").write(converter.convert())
`;
const here = commandFolder();
const feed = (text: string | Buffer) =>
  vi
    .spyOn(process, "stdin", "get")
    .mockReturnValue(Readable.from([Buffer.from(text)]) as typeof process.stdin);
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
    expect(await run([], { select: "" })).toMatchObject({
      code: 2,
      err: "fairwatt: --select names no rule\n",
    });
    expect(await run(["-", "train.py"])).toMatchObject({ code: 2 });
    write("fairwatt.toml", '[lint.per-file-ignores]\n"a.py" = ["FW999"]\n');
    expect((await run([])).err).toContain('no rule begins with "FW999"');
    write("fairwatt.toml", "");
    expect(await run([], { format: "xml" })).toMatchObject({ code: 2 });
    expect(await run([], { profile: "low" })).toMatchObject({ code: 2 });
  });

  it("says what it did not look at, and never that it did", async () => {
    write("a.py", Buffer.from([0, 1, 2]));
    write("broken.ipynb", "not json");
    write("LICENSE", "text");
    write("notes.txt", "text");
    expect((await run([], { format: "text" })).code).toBe(0);
    expect(here.out).toBe(
      "a.py: skipped: binary\nbroken.ipynb: skipped: not a notebook: it is no JSON object\nNothing found, 1 file looked at, 2 skipped.\n",
    );
    const named = await run(["notes.txt"], { format: "junit" });
    expect(named.out).toContain("<skipped>lint reads no files of this kind</skipped>");
    expect(named.err).toBe("fairwatt: notes.txt: skipped: lint reads no files of this kind\n");
  });

  it.runIf(process.platform === "linux")("takes a file that cannot be read for a failure", async () => {
    fs.symlinkSync("/proc/self/mem", path.join(here.cwd, "train.py"));
    expect(await run(["train.py"])).toMatchObject({
      code: 2,
      out: "[]\n",
      err: "fairwatt: train.py: skipped: cannot be read (EIO)\n",
    });
  });

  it("shows a terminal no control characters of a file", async () => {
    write("serve.yaml", 'image: vllm/vllm-openai\nargs: ["--model", "me/Llama\\e[31m-8B"]\n');
    await run([], { format: "text", select: "FW201" });
    expect(here.out).toContain("Llama\\u001b[31m-8B is served");
  });

  it("answers in its format also where the project has it off", async () => {
    write("fairwatt.toml", "[lint]\nenable = false\n");
    write("train.py", TRAINS);
    expect(await run([])).toMatchObject({ code: 0, out: "[]\n" });
    expect(await run([], { format: "text" })).toMatchObject({ code: 0, out: "" });
    feed("import torch\n");
    expect(await run(["-"], { fix: true })).toMatchObject({ code: 0, out: "import torch\n" });
  });

  it("hands on from standard input what it does not understand", async () => {
    const latin = Buffer.from(`# caf\u00e9\n${CONVERTS}`, "latin1");
    feed(latin);
    const written: unknown[] = [];
    vi.mocked(process.stdout.write).mockImplementation((text, ...rest: unknown[]) => {
      written.push(text);
      (rest.at(-1) as () => void)();
      return true;
    });
    expect((await run(["-"], { unsafeFixes: true })).err).toContain("not fixed: it is not UTF-8 text");
    expect(written).toEqual([latin]);
  });
});

describe("fairwatt lint --fix", () => {
  it("writes the fixes", async () => {
    write("convert.py", CONVERTS);
    expect((await run(["convert.py"], { unsafeFixes: true })).code).toBe(0);
    expect(fs.readFileSync(path.join(here.cwd, "convert.py"), "utf8")).toContain(
      "converter.optimizations = ",
    );
  });

  it("counts a document as fixed where it was created, and only there", async () => {
    const saves = `${TRAINS}import joblib\njoblib.dump(model, "m.joblib")\n`;
    feed(saves);
    await run(["-"], { fix: true, select: "FW401" });
    expect(here.err).toContain("1 finding in 1 file, 1 file looked at.");
    write("train.py", saves);
    await run(["train.py"], { fix: true, select: "FW401", format: "text" });
    expect(here.out).toBe("train.py: created MODEL_CARD.md\nNothing found, 1 fixed, 1 file looked at.\n");
  });

  it("says that a notebook of an old format is not written", async () => {
    const cell = { cell_type: "code", input: CONVERTS, language: "python", outputs: [], metadata: {} };
    write("old.ipynb", JSON.stringify({ nbformat: 3, metadata: {}, worksheets: [{ cells: [cell] }] }));
    expect((await run(["old.ipynb"], { unsafeFixes: true })).code).toBe(1);
    expect(here.err).toContain("old.ipynb: not fixed: its JSON is not that of nbformat 4");
  });

  it("leaves a file alone that changes while it is fixed", async () => {
    write("convert.py", CONVERTS);
    const file = path.join(here.cwd, "convert.py");
    const source = { path: "convert.py", text: CONVERTS };
    const report = fileReport(source, createLinter(await createReaders()).lint(source));
    const index = new ProjectIndex();
    vi.spyOn(index, "evidenceFor").mockImplementation(() => {
      fs.writeFileSync(file, "mine = 1\n");
      return NO_EVIDENCE;
    });
    const [after] = await fixFiles(here.cwd, [report], index, {}, "unsafe");
    expect(after).toMatchObject({ fixed: 0, notes: ["not fixed: it changed meanwhile; run this again"] });
    expect(fs.readFileSync(file, "utf8")).toBe("mine = 1\n");
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
