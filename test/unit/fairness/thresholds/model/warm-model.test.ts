import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { SentColumn } from "../../../../../src/fairness/thresholds/model/model-columns.ts";
import { ModelError } from "../../../../../src/fairness/thresholds/model/model-error.ts";
import { ModelProcess } from "../../../../../src/fairness/thresholds/model/model-process.node.ts";
import { modelSpec } from "../../../../../src/fairness/thresholds/model/model-spec.ts";
import { WarmModel } from "../../../../../src/fairness/thresholds/model/warm-model.node.ts";

/** Without the packages of its site: a model of plain Python, whatever this machine has installed. */
const PYTHON = [process.platform === "win32" ? "python" : "python3", "-S"];

/** Functions that a person could name; `rows` are dictionaries where pandas is not installed. */
const MODELS = `
import os, subprocess, sys, time, json

def values(rows, name):
    return list(rows[name]) if hasattr(rows, "columns") else [row[name] for row in rows]

def half(rows):
    return [value / 2 for value in values(rows, "a")]
def kinds(rows):
    seen = [values(rows, name)[0] for name in ("a", "b", "c", "d")]
    if [type(value).__name__.replace("64", "") for value in seen[:2]] != ["int", "float"] or "bool" not in type(seen[2]).__name__:
        raise TypeError(str([type(value) for value in seen]))
    return [1.0 if seen[3] in (None, "x") or seen[3] != seen[3] else 0.0] * len(rows)
def chatty(rows):
    print("{\\"id\\": 1, \\"answer\\": {\\"scores\\": [9]}}")
    sys.stdout.write("no line end")
    os.write(1, b"straight to the descriptor\\n")
    subprocess.run([sys.executable, "-c", "print('from a child')"])
    return half(rows)
def reads(rows):
    return [float(len(sys.stdin.read()))] * len(rows)
def raises(rows):
    return values(rows, "no such column")
def leaves(rows):
    sys.exit(3)
def hangs(rows):
    while True:
        time.sleep(0.05)
def forks(rows):
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    open("child.pid", "w").write(str(child.pid))
    time.sleep(600)
def dies(rows):
    print("the last words", file=sys.stderr)
    sys.stderr.flush()
    os._exit(7)
def short(rows):
    return [0.5] * (len(rows) - 1)
def wide(rows):
    return [[0.5, 0.5] for _ in range(len(rows))]
def nan(rows):
    return [float("nan")] * len(rows)
def words(rows):
    return ["high"] * len(rows)
def nothing(rows):
    return None
def single(rows):
    return 0.5
calls = 0
def counts(rows):
    global calls
    calls += 1
    return [float(calls)] * len(rows)

def wanting(rows):
    return half(rows)
wanting.feature_names_in_ = ["a", "income", "tenure"]

class Classifier:
    classes_ = [0, 1]
    def predict_proba(self, rows):
        return [[1 - value, value] for value in values(rows, "a")]
class Distances(Classifier):
    predict_proba = None
    def decision_function(self, rows):
        return [value - 1 for value in values(rows, "a")]
class Named(Classifier):
    feature_names_in_ = ["a"]
class Arrays(Classifier):
    n_features_in_ = 61
classifier, distances, named, arrays, notebook = Classifier(), Distances(), Named(), Arrays(), {"weights": [1]}
`;

let folder: string;
let model: WarmModel | undefined;
let pid: number | undefined;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-model-"));
  fs.writeFileSync(path.join(folder, "models.py"), MODELS);
  fs.writeFileSync(path.join(folder, "broken.py"), "def score(rows:\n");
  fs.writeFileSync(path.join(folder, "program.py"), "import sys\nsys.exit(0)\n");
  fs.writeFileSync(path.join(folder, "needy.py"), "import a_module_that_nobody_has\n");
  fs.writeFileSync(path.join(folder, "junk.pkl"), "this is no pickle");
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  model?.dispose();
  model = undefined;
});

function start(written: string, table: { positive?: string; negative?: string } = {}, python = PYTHON) {
  model = new WarmModel(
    { spec: modelSpec(written), python, folder },
    { columns: ["a", "b", "c", "d"], positive: table.positive ?? "1", negative: table.negative ?? "0" },
    (now) => {
      pid = now;
    },
  );
  return model;
}

const column = (...values: number[]): SentColumn[] => [{ name: "a", type: "float", values }];
const isAlive = (process_: number) => {
  try {
    process.kill(process_, 0);
    // One whose parent has ended stays listed until somebody asks how it ended.
    return !/\) Z /.test(fs.readFileSync(`/proc/${process_}/stat`, "utf8"));
  } catch {
    return false;
  }
};

describe("a function of the project", () => {
  it("gives scores, and stays loaded between two questions", async () => {
    const warm = start("models:counts");
    const loaded = await warm.load();
    expect(loaded).toMatchObject({ what: "function", method: "call", columns: null, positive: null });
    expect(loaded.python).toMatch(/^3\.\d+/);
    expect(loaded.executable).not.toBe("");
    expect(await warm.predict(column(1))).toEqual([1]);
    expect(await warm.predict(column(1, 2))).toEqual([2, 2]);
  });

  it("gets numbers, truth values and texts as they are, missing ones as missing", async () => {
    const columns: SentColumn[] = [
      { name: "a", type: "int", values: [3] },
      { name: "b", type: "float", values: [3] },
      { name: "c", type: "bool", values: [true] },
      { name: "d", type: "text", values: ["x"] },
    ];
    const warm = start("models:kinds");
    expect(await warm.predict(columns)).toEqual([1]);
    expect(await warm.predict([...columns.slice(0, 3), { name: "d", type: "text", values: [null] }])).toEqual(
      [1],
    );
  });

  it("is asked of held rows, all with another value", async () => {
    const warm = start("models:half");
    const rows = column(2, 4, 6);
    expect(await warm.predictWith(rows, { name: "a", type: "float", values: [10] })).toEqual([5, 5, 5]);
    expect(await warm.predictWith(rows, { name: "b", type: "int", values: [1] })).toEqual([1, 2, 3]);
  });

  it("may print, also past Python, and start programs: answers come through whole", async () => {
    expect(await start("models:chatty").predict(column(4))).toEqual([2]);
    expect(await model!.predict(column(6))).toEqual([3]);
  });

  it("cannot read what is asked", async () => {
    expect(await start("models:reads").predict(column(1))).toEqual([0]);
  });
});

describe("a model that does not do its part is named in a sentence, and the next question is answered", () => {
  for (const [name, sentence] of [
    ["raises", /^the model could not predict: (?:KeyError: 'no such column'|.*) \(.*, line \d+\)$/],
    ["leaves", /^the model tried to end Python/],
    ["short", /^the model gave 1 scores for 2 rows$/],
    ["wide", /^the model gave 2 numbers for each row; it must give one/],
    ["nan", /^the model gave nan as the score of row 1; a score is a finite number$/],
    ["words", /^the model gave 'high' as the score of row 1/],
    ["nothing", /^the model gave nothing back/],
    ["single", /^the model gave a float/],
  ] as const)
    it(name, async () => {
      const warm = start(`models:${name}`);
      await expect(warm.predict(column(1, 2))).rejects.toThrow(sentence);
      await expect(warm.predict(column(1, 2))).rejects.toThrow(ModelError);
      expect(isAlive(pid!)).toBe(true);
    });

  it("dies", async () => {
    const warm = start("models:dies");
    await expect(warm.predict(column(1))).rejects.toThrow(
      /^Python ended by itself \(exit code 7\): the last words$/,
    );
    expect(pid).toBeUndefined();
    await expect(warm.predict(column(1))).rejects.toThrow("exit code 7");
  });

  it("hangs, until the person cancels: at once for them, and what it has started ends, too", async () => {
    const warm = start("models:forks");
    await warm.load();
    const controller = new AbortController();
    const asked = warm.predict(column(1), controller.signal);
    const child = await vi.waitFor(() =>
      Number(fs.readFileSync(path.join(folder, "child.pid"), "utf8") || "x"),
    );
    const first = pid!;
    controller.abort(new Error("enough"));
    await expect(asked).rejects.toThrow("enough");
    await vi.waitFor(() => expect([isAlive(first), pid]).toEqual([false, undefined]), { timeout: 5_000 });
    await vi.waitFor(() => expect(isAlive(child)).toBe(false));
  });

  it("hangs, until its time is over", async () => {
    const own = new ModelProcess(
      { command: PYTHON, script: path.resolve("src/python/predict.py"), cwd: folder },
      () => {},
    );
    const load = { do: "load", module: "models", function: "hangs", folders: [folder], columns: [] };
    await own.ask({ ...load, positive: "1", negative: "0" }, { limit: 10_000 });
    const rows = { do: "predict", columns: column(1) };
    await expect(own.ask(rows, { limit: 300 })).rejects.toThrow("there was no answer within 0.3 s");
    await expect(own.ask(rows, { limit: 300 })).rejects.toThrow("there was no answer within 0.3 s");
    await vi.waitFor(() => expect(isAlive(own.pid!)).toBe(false));
  });
});

describe("an estimator", () => {
  it("gives the score of the table's positive class, wherever the model has it", async () => {
    const warm = start("models:classifier");
    expect(await warm.load()).toMatchObject({ what: "Classifier", method: "predict_proba", positive: "1" });
    expect(await warm.predict(column(0.25))).toEqual([0.25]);
    expect(await start("models:classifier", { positive: "0", negative: "1" }).predict(column(0.25))).toEqual([
      0.75,
    ]);
    expect(await start("models:distances", { positive: "0", negative: "1" }).predict(column(3))).toEqual([
      -2,
    ]);
  });

  it("with classes of other names is taken by the usual encoding, which is said; never where that could be wrong", async () => {
    const coded = start("models:classifier", { positive: "good", negative: "bad" });
    expect((await coded.load()).notes).toEqual(["the model's classes are 0, 1; 1 is taken for good"]);
    await expect(start("models:classifier", { positive: "2", negative: "1" }).load()).rejects.toThrow(
      "the model knows the classes 0, 1, and the positive one is 2 here",
    );
  });

  it("that needs what the table does not have is not loaded", async () => {
    await expect(start("models:wanting").load()).rejects.toThrow(
      "the model expects the columns a, income, tenure; the table has no income, tenure",
    );
    await expect(start("models:named").predict(column(1))).rejects.toThrow(
      /^the model takes columns by their names, which needs pandas; it is not installed in .*python/,
    );
    await expect(start("models:arrays").load()).rejects.toThrow(/61 columns without names; name a function/);
    await expect(start("models:notebook").load()).rejects.toThrow(/holds a dict, which cannot predict/);
  });
});

describe("what cannot be loaded is told apart", () => {
  for (const [written, sentence] of [
    ["models:no_such", /^the module models has no no_such$/],
    ["nowhere:score", /^there is no module nowhere in /],
    ["broken:score", /^broken could not be imported: SyntaxError/],
    ["program:score", /^program ended Python while it was imported/],
    ["needy:score", /^needy needs a_module_that_nobody_has, which is not installed in .*python/],
    ["no-such.pkl", /^there is no file .*no-such\.pkl$/],
    ["junk.pkl", /^junk\.pkl could not be loaded: UnpicklingError: [^/]*$/],
  ] as const)
    it(written, async () => {
      await expect(start(written).load()).rejects.toThrow(sentence);
      expect(pid).not.toBe(0);
    });

  it("a Python that is not there", async () => {
    await expect(start("models:half", {}, ["/no/such/python"]).load()).rejects.toThrow(
      /^\/no\/such\/python cannot be started/,
    );
  });
});

it("ends with whoever has started it, also in the middle of its work", async () => {
  const warm = start("models:hangs");
  await warm.load();
  const asked = warm.predict(column(1));
  const first = pid!;
  warm.dispose();
  await expect(asked).rejects.toThrow("the page was closed");
  await vi.waitFor(() => expect(isAlive(first)).toBe(false));
});
