import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blanked, isCompound, logicalLines } from "../../../../src/lint/python/logical-lines.ts";
import { createReaders } from "../../../../src/lint/readers.node.ts";
import { countOf } from "../../../../src/lint/rules/training/epochs.ts";
import { grids } from "../../../../src/lint/rules/training/grids.ts";
import { torchTrainings } from "../../../../src/lint/rules/training/torch-training.ts";

const readers = await createReaders();
const factsOf = (text: string) => readers.python({ path: "train.py", text })!;

describe("logical lines", () => {
  const lines = (text: string) => logicalLines(text).map(({ start, end }) => text.slice(start, end));

  it("join what brackets and backslashes join, and leave comments out", () => {
    expect(lines("a = f(\n  1,  # one\n  2,\n)  # two\n\n# three\nb = 1 + \\\n  2\n")).toEqual([
      "a = f(\n  1,  # one\n  2,\n)",
      "b = 1 + \\\n  2",
    ]);
  });

  it("take brackets, hashes and words within strings for text", () => {
    const text = "a = '# ( no' + \"\\\"(\"\nb = '''\nbreak (\n'''\nc = 1\n";
    expect(lines(text)).toEqual(['a = \'# ( no\' + "\\"("', "b = '''\nbreak (\n'''", "c = 1"]);
    expect(logicalLines(text).some(({ code }) => /break/.test(code))).toBe(false);
  });

  it("know a compound statement's head from a simple one", () => {
    const heads = logicalLines(
      "if a: b\nfor x in y:\n  pass\n@d\ndef f(): pass\nmatch = 1\ncase(2)\nformat(1)\n",
    );
    expect(heads.map(isCompound)).toEqual([true, true, false, true, true, false, false, false]);
  });

  it("keep length and stay within the text, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."ab'\"#\\\n()[] \t") }), (text) => {
        expect(blanked(text)).toHaveLength(text.length);
        for (const { start, end } of logicalLines(text)) expect(start < end && end <= text.length).toBe(true);
      }),
    );
  });
});

describe("epochs", () => {
  const count = (range: string, before = "") => {
    const facts = factsOf(`import torch\n${before}\nfor epoch in ${range}:\n    run(epoch)\n`);
    return countOf(facts, facts.calls.find(({ method }) => method === "run")!.loops[0]!.over);
  };
  const OPTION =
    'import argparse\np = argparse.ArgumentParser()\np.add_argument("-e", "--num-epochs", type=int, default=90)\nargs = p.parse_args()\n';

  it.each([
    ["range(200)", "", 200, "written"],
    ["range(1, 101)", "", 100, "written"],
    ["range(1, EPOCHS + 1)", "EPOCHS = 60", 60, "written"],
    ["range(start, start+200)", "start = 0\nstart = resume()", 200, "written"],
    ["tqdm(range(50), desc='epochs')", "from tqdm import tqdm", 50, "written"],
    ["trange(50)", "from tqdm import trange", 50, "written"],
    ["range(config['epochs'])", "config = {'epochs': 40}", 40, "written"],
    ["range(args.num_epochs)", OPTION, 90, "option"],
    ["range(args.start, args.num_epochs)", OPTION, 90, "option"],
    ["range(1, args.num_epochs + 1)", OPTION, 90, "option"],
  ])("of %s are counted", (range, before, value, from) => {
    expect(count(range, before)).toEqual({ value, from });
  });

  it.each([
    ["range(n)", ""],
    ["range(EPOCHS)", "EPOCHS = 10\nEPOCHS = 20"],
    ["range(*bounds)", ""],
    ["loader", ""],
  ])("of %s are not known", (range, before) => {
    expect(count(range, before)).toBeUndefined();
  });
});

describe("training loops", () => {
  it("are followed through the functions and methods that call them", () => {
    const [training] = torchTrainings(
      factsOf(`import torch

class Runner:
    def step(self, batch):
        self.model(batch).backward()
        self.optimizer.step()

    def one_epoch(self):
        for batch in self.loader:
            self.step(batch)

    def run(self):
        for e in range(70):
            self.one_epoch()
`),
    );
    expect(training?.functions).toEqual(["Runner.step", "Runner.one_epoch", "Runner.run"]);
    expect(training?.epochs).toEqual({ value: 70, from: "written" });
  });

  it("are none without an optimizer's step, or without PyTorch", () => {
    expect(torchTrainings(factsOf("import torch\nloss.backward()\n"))).toEqual([]);
    expect(torchTrainings(factsOf("import sklearn\nloss.backward()\noptimizer.step()\n"))).toEqual([]);
  });
});

describe("grids", () => {
  it("are counted where every list is written", () => {
    const found = grids(
      factsOf(`import numpy as np
from sklearn.model_selection import GridSearchCV, RepeatedStratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.svm import SVC

search = GridSearchCV(
    make_pipeline(scale, SVC()),
    {"svc__C": np.logspace(0, 3, 7), "svc__gamma": np.arange(0, 1, 0.25), "svc__kernel": ["rbf", "poly"]},
    cv=RepeatedStratifiedKFold(n_splits=5, n_repeats=2),
)
`),
    );
    expect(found).toMatchObject([{ combinations: 56, folds: 10, estimator: "sklearn.svm.SVC" }]);
  });
});
