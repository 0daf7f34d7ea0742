import { describe, expect, it } from "vitest";
import { EVERY_MARK, hooked, told } from "./hooked.ts";

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

  it("signatures, names and loaders of what is wrapped", async () => {
    const script = `import inspect, lightgbm, xgboost.training
for f in (lightgbm.train, xgboost.training.train):
    print(f.__name__, f.__module__, inspect.signature(f))
print(type(xgboost.training.__loader__).__name__, vars(xgboost.training.__loader__).keys() - {"name", "path"})
import importlib
importlib.reload(xgboost.training)
print(importlib.util.find_spec("tqdm.std").loader.get_source("tqdm.std")[:4])
`;
    const [under, alone] = await Promise.all([hooked(script), hooked(script, { alone: true })]);
    expect(under).toMatchObject({ code: 0, stdout: alone.stdout, stderr: "" });
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
