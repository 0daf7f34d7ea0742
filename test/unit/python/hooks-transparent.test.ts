import { describe, expect, it } from "vitest";
import { EVERY_MARK, HOOKS, hooked, told } from "./hooked.ts";

const TRAIN = `from sklearn.neural_network import MLPClassifier
MLPClassifier(max_iter=2).fit([[0]], [0])
`;
const TOLD = [
  "phase MLPClassifier",
  "epoch 1/2 1 rows loss=1",
  "epoch 2/2 1 rows loss=0.5",
  "phase after training",
];

describe.concurrent("a program under the hooks sees what it sees alone", () => {
  const LOOK = `import sys
print(sorted(name for name in sys.modules if name.split(".")[0] in ("sklearn", "tqdm", "torch", "keras", "json", "fairwatt_hooks")))
print([entry for entry in sys.path if "hooks" in entry and "src" in entry])
print(getattr(sys.modules.get("sitecustomize"), "WHO", None), "sitecustomize" in sys.modules)
`;

  it("its path, and no framework that it did not import", async () => {
    const [under, alone] = await Promise.all([hooked(LOOK), hooked(LOOK, { alone: true })]);
    expect(under.stdout.replace(/'fairwatt_hooks[.\w]*',? ?/g, "").replace(/, \]/, "]")).toBe(alone.stdout);
    expect(under).toMatchObject({ code: 0, stderr: "", marks: [] });
  });

  it("no module that Python does not load alone, but for two of ours", async () => {
    const script = "import sys\nprint(*sys.modules, sep='\\n')\n";
    const [under, alone] = await Promise.all([hooked(script), hooked(script, { alone: true })]);
    const loaded = ({ stdout }: { stdout: string }) => stdout.trim().split("\n");
    const more = loaded(under).filter((name) => !loaded(alone).includes(name));
    expect(more.sort()).toEqual(["fairwatt_hooks", "fairwatt_hooks.finder"]);
  });

  it("its own sitecustomize, which runs as before: also where it fails", async () => {
    const files = { "first/sitecustomize.py": "WHO = 'mine'\nprint('begun')\n" };
    const under = await hooked(LOOK, { files });
    expect(under.stdout).toMatch(/^begun\n/);
    expect(under.stdout).toContain("mine True");
    const failing = { "first/sitecustomize.py": "raise ValueError('broken')\n" };
    const [broken, alone] = await Promise.all([
      hooked("print(1)", { files: failing }),
      hooked("print(1)", { files: failing, alone: true }),
    ]);
    expect(broken.stderr).toContain("broken");
    expect(broken).toMatchObject({ code: alone.code, stdout: alone.stdout, stderr: alone.stderr });
  });

  it.each([["-I"], ["-S"], ["-E"]])("and nothing is told with python %s", async (flag) => {
    const script = `import sys
print("ran", "fairwatt_hooks" in sys.modules)`;
    expect(await hooked(script, { flags: [flag] })).toMatchObject({
      code: 0,
      stdout: "ran False\n",
      stderr: "",
      marks: [],
    });
  });

  it.each([
    ["-P", {}],
    ["-X", { PYTHONSAFEPATH: "1" }],
    ["-B", { PYTHONNOUSERSITE: "1", PYTHONOPTIMIZE: "2", PYTHONWARNINGS: "error" }],
  ])("its path and what it imports with python %s and %o", async (flag, env) => {
    const flags = flag === "-X" ? ["-X", "dev", "-W", "error"] : [flag];
    const script = `${LOOK}${TRAIN}`;
    const [under, alone] = await Promise.all([
      hooked(script, { flags, env }),
      hooked(script, { flags, env, alone: true }),
    ]);
    const lines = (text: string) => text.split("\n").slice(1);
    expect(lines(under.stdout)).toEqual(lines(alone.stdout));
    expect(under).toMatchObject({ code: alone.code, stderr: alone.stderr });
  });

  it("is written in what any Python reads that may find it", async () => {
    const script = `import ast, pathlib, sys
for file in sorted(pathlib.Path(sys.argv[1]).rglob("*.py")):
    oldest = (3, 4) if file.name == "sitecustomize.py" else (3, 8)
    ast.parse(file.read_text("utf-8"), feature_version=oldest)
    print(file.name)
`;
    const run = await hooked(script, { alone: true, args: [HOOKS] });
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout.split("\n").length).toBeGreaterThan(10);
  });

  it("the same errors and exit code, its training's end told", async () => {
    const run = await hooked(`${EVERY_MARK}
import sys
from sklearn.neural_network import MLPClassifier

class Stops(MLPClassifier):
    def _update_no_improvement_count(self, *args):
        super()._update_no_improvement_count(*args)
        sys.exit(7)

Stops(max_iter=9).fit([[0]], [0])
`);
    expect(run).toMatchObject({ code: 7, stderr: "" });
    expect(told(run).at(-1)).toBe("phase after training");
  });

  it("signatures, names, sources and loaders of what is wrapped; copies for other processes", async () => {
    const script = `import inspect, lightgbm, multiprocessing, pickle, xgboost.training
from sklearn.ensemble._gb import BaseGradientBoosting, GradientBoostingClassifier
for f in (lightgbm.train, xgboost.training.train, BaseGradientBoosting._fit_stages):
    print(f.__name__, f.__module__, inspect.signature(f), inspect.getsource(f)[:20])
    print(pickle.loads(pickle.dumps(f)) is f)
model = GradientBoostingClassifier(2).fit([[0]], [0])
print(sorted(vars(pickle.loads(pickle.dumps(model)))))
print(type(xgboost.training.__loader__).__name__, vars(xgboost.training.__loader__).keys() - {"name", "path"})
import importlib
importlib.reload(xgboost.training)
print(importlib.util.find_spec("tqdm.std").loader.get_source("tqdm.std")[:4])
if __name__ == "__main__":
    process = multiprocessing.get_context("spawn").Process(target=inspect.getsource, args=(lightgbm.train,))
    process.start()
    process.join()
    print(process.exitcode)
`;
    const [under, alone] = await Promise.all([hooked(script), hooked(script, { alone: true })]);
    expect(under).toMatchObject({ code: 0, stdout: alone.stdout, stderr: "" });
  });
});

describe.concurrent("an error or a warning from a wrapped function", () => {
  /** Names of a traceback's functions, and the place that a warning is about. */
  const SEE = `import sys, traceback, warnings
def frames(call):
    try:
        call()
    except BaseException as error:
        print([frame.name for frame in traceback.extract_tb(error.__traceback__)], repr(error))
def place(call):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        call()
    print([(warning.filename, warning.lineno) for warning in caught])
`;
  const FILES = {
    "first/xgboost/__init__.py": "",
    "first/xgboost/callback.py": "class CallbackContainer:\n    def after_iteration(self, fails): fails()\n",
    "first/xgboost/training.py": `import warnings
def train(call):
    warnings.warn("about the caller", stacklevel=2)
    call()
`,
  };
  // Python 3.11 and newer raise again what the exception holds; before, one frame of ours stays.
  const TIDY = `if sys.version_info < (3, 11): print("older"); sys.exit()
`;

  it("shows nothing of the hooks", async () => {
    const script = `${SEE}${TIDY}
import dataclasses, xgboost.callback, xgboost.training
from lightgbm import train
from sklearn.ensemble._gb import GradientBoostingClassifier
from tqdm import tqdm

@dataclasses.dataclass(frozen=True)
class Frozen(Exception):
    reason: str

def fails():
    raise Frozen("mine")
def fails_later(*_):
    fails()
def items():
    yield 1
    fails()
def loop(desc):
    for epoch in tqdm(items(), desc=desc):
        pass
data = type("Data", (), {"num_data": lambda self: 1})()

frames(lambda: xgboost.training.train(fails))
frames(lambda: xgboost.callback.CallbackContainer().after_iteration(fails))
frames(lambda: xgboost.training.train(lambda: sys.exit(3)))
frames(lambda: train({}, data, callbacks=[fails_later]))
frames(lambda: GradientBoostingClassifier(2).fit([[0]], [0], monitor=fails_later))
frames(lambda: loop("Epochs"))
frames(lambda: loop("Epoch 1/2"))
place(lambda: xgboost.training.train(lambda: None))
try:
    import transformers.trainer
except ZeroDivisionError:
    traceback.print_exc()
`;
    const files = {
      ...FILES,
      "first/transformers/__init__.py": "",
      "first/transformers/trainer.py": "1 / 0\n",
    };
    const [under, alone] = await Promise.all([
      hooked(script, { files }),
      hooked(script, { files, alone: true }),
    ]);
    const place = (text: string, { folder }: { folder: string }) => text.replaceAll(folder, "");
    expect(under.code, under.stderr).toBe(0);
    expect(alone.stdout).toMatch(/^\['frames', '<lambda>', 'train', 'fails'\]|^older/);
    expect(place(under.stdout, under)).toBe(place(alone.stdout, alone));
    expect(place(under.stderr, under)).toBe(place(alone.stderr, alone));
  });
});

describe.concurrent("what goes wrong in the hooks stays there", () => {
  it.each([
    ["the marks cannot be written", { FAIRWATT_MARKS: "/nowhere/at/all/marks.jsonl" }, ""],
    ["a framework has changed", {}, "import sys, types\nsys.modules['json'] = types.ModuleType('json')\n"],
    ["a mark cannot be made", {}, "import fairwatt_hooks.training as t\nt.Training.write = None\n"],
    ["the clock fails", {}, "import time\ndel time.monotonic\n"],
  ])("%s", async (_, env, before) => {
    const run = await hooked(`${before}${TRAIN}print("done")\n`, { env });
    expect(run).toMatchObject({ code: 0, stdout: "done\n", stderr: "", marks: [] });
  });

  it("a framework of another shape is left alone", async () => {
    const run = await hooked("import xgboost.callback, lightgbm.engine as e\nprint(e.x)\n", {
      files: {
        "first/xgboost/__init__.py": "",
        "first/xgboost/callback.py": "",
        "first/lightgbm/__init__.py": "",
        "first/lightgbm/engine.py": "x = 1\n",
      },
    });
    expect(run).toMatchObject({ code: 0, stdout: "1\n", stderr: "" });
  });
});

describe.concurrent("of all processes of a command one tells", () => {
  it.each(["RANK", "LOCAL_RANK", "SLURM_PROCID", "OMPI_COMM_WORLD_RANK"])(
    "not those of another %s",
    async (name) => {
      expect((await hooked(TRAIN, { env: { [name]: "1" } })).marks).toEqual([]);
      expect((await hooked(TRAIN, { env: { [name]: "0" } })).marks).not.toEqual([]);
    },
  );

  it("not those that torch counts as another rank", async () => {
    expect((await hooked(`import torch.distributed\n${TRAIN}`)).marks).toEqual([]);
  });

  it("not a fork or a child interpreter while a training goes on, and a child alone does", async () => {
    const run = await hooked(
      `${EVERY_MARK}
import os, subprocess, sys
from sklearn.neural_network import MLPClassifier

class Forks(MLPClassifier):
    def _update_no_improvement_count(self, *args):
        super()._update_no_improvement_count(*args)
        if len(self.loss_curve_) == 1:
            pid = os.fork()
            if pid == 0:
                MLPClassifier(max_iter=50).fit([[0]], [0])
                os._exit(0)
            os.waitpid(pid, 0)
            subprocess.run([sys.executable, "child.py"], check=True)

Forks(max_iter=2).fit([[0]], [0])
subprocess.run([sys.executable, "child.py"], check=True)
`,
      { files: { "child.py": `${EVERY_MARK}${TRAIN}` } },
    );
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(told(run)).toEqual([TOLD[0]!.replace("MLPClassifier", "Forks"), ...TOLD.slice(1), ...TOLD]);
  });

  it("a claim of a process that was killed does not last", async () => {
    const run = await hooked(
      `${EVERY_MARK}
import os, subprocess, sys
subprocess.run([sys.executable, "child.py"])
${TRAIN}`,
      {
        files: {
          "child.py":
            "import os, signal\nfrom tqdm import tqdm\nfor epoch in tqdm(range(9)):\n    if epoch == 1: os.kill(os.getpid(), signal.SIGKILL)\n",
        },
      },
    );
    expect(told(run)).toEqual(["phase train", "epoch 1/9", ...TOLD]);
  });
});

describe.concurrent("marks", () => {
  it("are written ten times a second at most, the last epoch always", async () => {
    const run = await hooked(`from tqdm import tqdm
for epoch in tqdm(range(50_000)):
    pass
`);
    const all = told(run);
    expect(all.length).toBeLessThan(60);
    expect(all.slice(-2)).toEqual(["epoch 50000/50000", "phase after training"]);
    expect(all[1]).toBe("epoch 1/50000");
  });

  it("that would be too long for one write lose their metrics", async () => {
    const run = await hooked(`${EVERY_MARK}
from tqdm import tqdm
bar = tqdm(range(1), desc="epochs")
for i in bar:
    bar.set_postfix({f"{n}" + "é" * 79: n for n in range(32)})
`);
    expect(told(run)[1]).toBe("epoch 1/1");
  });

  it("carry numbers only", async () => {
    const run = await hooked(`from fairwatt_hooks.numbers import numbers_of, rows_of
class Array:
    shape, size = (3, 2), 6
class Broken:
    def __len__(self): raise RuntimeError
print(numbers_of({"a": 1, "b": "0.5", "c": float("inf"), "d": True, "e": Array(), "f": None, "g": [1], 4: 4.0}))
print(numbers_of(None), rows_of(Array()), rows_of([1, 2]), rows_of("text"), rows_of(Broken()), rows_of(None))
`);
    expect(run.stdout).toBe("{'a': 1.0, 'b': 0.5, '4': 4.0}\n{} 3 2 None None None\n");
  });
});
