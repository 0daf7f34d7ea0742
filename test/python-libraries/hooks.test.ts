/** The training hooks with the real frameworks. */

import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { EVERY_MARK, type Hooked, hooked, told } from "../unit/python/hooked.ts";

const { training: python, trainers } = inject("interpreters");
const LOOPS = fileURLToPath(new URL("../fixtures/python-frameworks/loops", import.meta.url));
const DATA = `import warnings
warnings.simplefilter("ignore")
import numpy as np
rng = np.random.default_rng(0)
X = rng.normal(size=(200, 4))
y = (X[:, 0] + rng.normal(scale=0.5, size=200) > 0).astype(int)
`;
const env = { OMP_NUM_THREADS: "1" };
const run = (script: string, alone = false) =>
  hooked(`${alone ? "" : EVERY_MARK}${DATA}${script}`, { python, alone, env });
const trainings = (result: Hooked): { name: string; epochs: string[]; rest: string[] }[] => {
  const found: { name: string; epochs: string[]; rest: string[] }[] = [];
  for (const line of told(result)) {
    const training = found.at(-1);
    if (line.startsWith("phase ") && line !== AFTER) found.push({ name: line, epochs: [], rest: [] });
    else (line.startsWith("epoch") ? training!.epochs : training!.rest).push(line);
  }
  return found;
};

/** One program for all: importing the frameworks is what takes the time. */
const PROGRAM = `
import os, sys
import lightgbm, xgboost
from sklearn.ensemble import AdaBoostClassifier, GradientBoostingClassifier, HistGradientBoostingClassifier
from sklearn.linear_model import SGDClassifier
from sklearn.neural_network import MLPClassifier
from tqdm import tqdm, trange
from tqdm.auto import tqdm as auto

def stop(i, estimator, local):
    return i == 2

print(MLPClassifier(max_iter=4, random_state=0).fit(X, y).loss_curve_)
print(GradientBoostingClassifier(n_estimators=5, random_state=0).fit(X, y, monitor=stop).train_score_)
print(HistGradientBoostingClassifier(max_iter=3).fit(X, y).n_iter_)
print(HistGradientBoostingClassifier(max_iter=3, early_stopping=True, random_state=0).fit(X, y).validation_score_)
print(AdaBoostClassifier(n_estimators=3, random_state=0).fit(X, y).estimator_errors_)
model = SGDClassifier(random_state=0)
for _ in range(2):
    model.partial_fit(X, y, classes=[0, 1])
print(model.coef_)

data = xgboost.DMatrix(X, y)
print(xgboost.train({"nthread": 1}, data, 4, evals=[(data, "eval")], verbose_eval=False).num_boosted_rounds())
model = xgboost.XGBClassifier(n_estimators=50, early_stopping_rounds=2, random_state=0, n_jobs=1)
model.fit(X[:100], y[:100], eval_set=[(X[100:], y[100:])], verbose=False)
print("xgboost", model.best_iteration)
quiet = {"objective": "binary", "verbose": -1, "num_threads": 1}
print(lightgbm.train(quiet, lightgbm.Dataset(X, y), 4).current_iteration())
model = lightgbm.LGBMClassifier(n_estimators=60, verbose=-1, random_state=0, n_jobs=1)
model.fit(X[:100], y[:100], eval_set=[(X[100:], y[100:])], callbacks=[lightgbm.early_stopping(3, verbose=False)])
print("lightgbm", model.best_iteration_)

for epoch in tqdm(range(3), desc="train", disable=True):
    pass
bar = auto(range(2), desc="epochs", file=sys.stdout, bar_format="{n}/{total} {postfix}", mininterval=0, ascii=True)
for i in bar:
    bar.set_postfix(loss=1 / (i + 1))
with tqdm(total=2, unit="epoch", file=open(os.devnull, "w")) as bar:
    bar.update()
    bar.update()
for batch in trange(5, disable=True):
    pass
`;

const AFTER = "phase after training";

const KERAS = `
import os
os.environ["KERAS_BACKEND"] = "jax"
import traceback
import keras

X, y = X.astype("float32"), y.astype("float32")
class Batches(keras.utils.PyDataset):
    def __len__(self):
        return 5
    def __getitem__(self, index):
        rows = slice(8 * index, 8 * index + 8)
        return X[rows], y[rows]
class Evaluates(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        self.model.evaluate(X[:32], y[:32], verbose=0)
class Fails(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        raise ValueError("mine")

model = keras.Sequential([keras.layers.Dense(1)])
model.compile("sgd", "mse", metrics=["mae"])
model.fit(X, y, epochs=3, verbose=0, validation_split=0.2, callbacks=[Evaluates()])
try:
    model.fit(X, y, epochs=3, verbose=0, callbacks=[Fails()])
except ValueError as error:
    print([frame.name for frame in traceback.extract_tb(error.__traceback__)], error)
model.fit(Batches(), epochs=4, initial_epoch=2, verbose=0)
`;

describe("real frameworks", () => {
  let under: Hooked;
  let seen: ReturnType<typeof trainings>;
  beforeAll(async () => {
    under = await run(PROGRAM);
    seen = trainings(under);
  }, 60_000);
  const best = (name: string) => Number(new RegExp(`^${name} (\\d+)$`, "m").exec(under.stdout)?.[1]);

  it("give the same results and the same output as without the hooks", async () => {
    const alone = await run(PROGRAM, true);
    expect(under).toMatchObject({ code: 0, stdout: alone.stdout });
    // Progress and warnings name times and frames.
    expect(under.stderr.split("\n").length).toBe(alone.stderr.split("\n").length);
    expect(seen).toHaveLength(13);
  });

  it("scikit-learn: perceptron, three kinds of boosting, partial_fit", () => {
    const [perceptron, gradient, histograms, stopping, ada, sgd] = seen;
    expect(perceptron!.name).toBe("phase MLPClassifier");
    expect(perceptron!.epochs).toHaveLength(4);
    expect(perceptron!.epochs[3]).toMatch(/^epoch 4\/4 200 rows loss=0\.\d+$/);
    expect(gradient!.epochs.map((line) => line.slice(0, 9))).toEqual(["epoch 1/5", "epoch 2/5", "epoch 3/5"]);
    expect(gradient!.epochs[2]).toMatch(/ 200 rows loss=\d\.\d+$/);
    expect(histograms!.epochs).toEqual(["epoch 1/3 200 rows", "epoch 2/3 200 rows", "epoch 3/3 200 rows"]);
    expect(stopping!.epochs[2]).toMatch(/^epoch 3\/3 200 rows loss=\d\.\d+ val_loss=\d\.\d+$/);
    expect(ada!.epochs).toEqual(["epoch 1/3 200 rows", "epoch 2/3 200 rows", "epoch 3/3 200 rows"]);
    expect(sgd!.rest.slice(0, 2)).toEqual([
      "step 1 SGDClassifier.partial_fit",
      "step 2 SGDClassifier.partial_fit",
    ]);
  });

  it("XGBoost and LightGBM, by their own and by scikit-learn's interface, with early stopping", () => {
    const [ofXgboost, xgboostStopped, ofLightgbm, lightgbmStopped] = seen.slice(6);
    expect(ofXgboost!.epochs).toHaveLength(4);
    expect(ofXgboost!.epochs[3]).toMatch(/^epoch 4\/4 200 rows eval-rmse=0\.\d+$/);
    expect(xgboostStopped!.epochs).toHaveLength(best("xgboost") + 1 + 2);
    expect(xgboostStopped!.epochs[0]).toMatch(/^epoch 1\/50 100 rows validation_0-logloss=/);
    expect(ofLightgbm!.epochs).toHaveLength(4);
    expect(ofLightgbm!.epochs[0]).toMatch(/^epoch 1\/4 200 rows/);
    expect(lightgbmStopped!.epochs).toHaveLength(best("lightgbm") + 3);
    expect(lightgbmStopped!.epochs[0]).toMatch(/^epoch 1\/60 100 rows valid_0-binary_logloss=/);
  });

  it("tqdm: a loop, a bar, a bar that is updated by hand", () => {
    expect(seen.slice(10).map(({ epochs }) => epochs)).toEqual([
      ["epoch 1/3", "epoch 2/3", "epoch 3/3"],
      ["epoch 1/2 loss=1", "epoch 2/2 loss=0.5"],
      ["epoch 1/2", "epoch 2/2"],
    ]);
  });

  it.concurrent("Keras with JAX: batches and epochs of arrays, with an evaluation inside, an error, a data set that is resumed", async () => {
    const result = await run(KERAS);
    expect(result.code, result.stderr).toBe(0);
    // Keras shortens the traceback; what is left is the user's and Keras's.
    expect(result.stdout).toBe("['<module>', 'error_handler', 'on_epoch_end'] mine\n");
    const [table, failed, resumed, ...more] = trainings(result);
    expect(more).toEqual([]);
    expect(table!.epochs).toHaveLength(3);
    expect(table!.epochs[2]).toMatch(/^epoch 3\/3 160 rows loss=\S+ mae=\S+ val_loss=\S+ val_mae=\S+$/);
    expect(table!.rest).toEqual([...Array(15).keys()].map((step) => `step ${step + 1}/15`).concat(AFTER));
    expect(failed!.epochs).toEqual([]);
    expect(failed!.rest.at(-1)).toBe(AFTER);
    expect(resumed!.epochs.map((line) => line.slice(0, 9))).toEqual(["epoch 3/4", "epoch 4/4"]);
    expect(resumed!.rest[0]).toBe("step 11/20");
  }, 120_000);

  describe.concurrent("whose torch does nothing", () => {
    const loop = async (name: string) => {
      const read = (file: string) => fs.readFileSync(path.join(LOOPS, file), "utf8");
      const files = { "every_name.py": read("every_name.py") };
      const result = await hooked(`${EVERY_MARK}${read(name)}`, { python: trainers, files });
      expect(result.code, result.stderr).toBe(0);
      return { ...result, seen: trainings(result) };
    };
    const steps = (count: number) => Array.from({ length: count }, (_, step) => `step ${step + 1}/${count}`);
    const of = ({ rest }: { rest: string[] }) => rest.filter((line) => line.startsWith("step"));

    it("transformers: its Trainer's own loop, by epochs and by steps", async () => {
      const { stdout, seen } = await loop("transformers_loop.py");
      expect(stdout).toBe("8\n6\n");
      expect(seen.map(of)).toEqual([steps(8), steps(6)]);
      expect(seen[0]!.epochs.map((line) => line.split(" loss")[0])).toEqual([
        "epoch 1/2 32 rows",
        "epoch 2/2 32 rows",
      ]);
      expect(seen[0]!.rest).toContain("metric 2 eval_loss=0.25");
      // It ends by its steps, within its second epoch.
      expect(seen[1]!.epochs).toEqual(["epoch 1 32 rows", "epoch 2 32 rows"]);
    }, 60_000);

    it("Lightning: its Trainer's own loop of epochs, ended by epochs and by steps", async () => {
      const { seen } = await loop("lightning_loop.py");
      const epoch = (end: string) => `epoch ${end} 50 rows train_loss=0.5`;
      expect(seen[0]!.epochs).toEqual([epoch("1/3"), epoch("2/3"), epoch("3/3")]);
      expect(of(seen[0]!)).toEqual(steps(12));
      expect(seen[1]!.epochs).toEqual([epoch("1"), epoch("2")]);
      // Three steps of the optimizer, of two batches each.
      expect(of(seen[1]!)).toEqual(steps(6));
    }, 60_000);
  });

  it("a search over several processes trains in each of them, and one at a time tells", async () => {
    const result = await run(`
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.model_selection import GridSearchCV

search = GridSearchCV(GradientBoostingClassifier(n_estimators=20), {"max_depth": [2, 3]}, cv=2, n_jobs=2).fit(X, y)
print(sorted(search.best_params_))
`);
    expect(result).toMatchObject({ code: 0, stdout: "['max_depth']\n", stderr: "" });
    const found = trainings(result);
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThanOrEqual(5);
    // Nothing of another process lies within a training.
    for (const { epochs, rest } of found) {
      expect(epochs[0]).toMatch(/^epoch 1\/20/);
      expect(epochs.at(-1)).toMatch(/^epoch 20\/20/);
      expect(new Set(epochs).size).toBe(epochs.length);
      expect(rest).toEqual([AFTER]);
    }
  });
});
