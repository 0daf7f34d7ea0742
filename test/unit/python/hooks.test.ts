import { describe, expect, it } from "vitest";
import { EVERY_MARK, hooked, told } from "./hooked.ts";

const epochs = (all: string[]) => all.filter((line) => line.startsWith("epoch"));
const steps = (all: string[]) => all.filter((line) => line.startsWith("step"));

describe.concurrent("a training is told by its framework's own calls", () => {
  it("Keras 3", async () => {
    const run = await hooked(`${EVERY_MARK}
import keras

class Table:
    shape = (100, 4)

print(keras.Model().fit(Table(), epochs=3, validation_split=0.2))
`);
    expect(run).toMatchObject({ code: 0, stdout: "history\n", stderr: "" });
    const all = told(run);
    expect(all[0]).toBe("phase train");
    expect(run.marks[0]).toMatchObject({
      source: "keras",
      line: 9,
      file: expect.stringMatching(/train\.py$/),
    });
    expect(epochs(all)).toEqual([
      "epoch 1/3 80 rows loss=1 val_loss=2",
      "epoch 2/3 80 rows loss=0.5", // A loss that is no number is left out.
      "epoch 3/3 80 rows loss=0.333 val_loss=0.667",
    ]);
    expect(all.filter((line) => line.startsWith("step")).slice(0, 5)).toEqual([
      "step 1/12",
      "step 2/12",
      "step 3/12",
      "step 4/12",
      "step 5/12",
    ]);
    expect(all.at(-1)).toBe("phase after training");
  });

  it("Keras 2 and tf.keras, and a fit that fails ends its training", async () => {
    const run = await hooked(`${EVERY_MARK}
import keras
from tf_keras.src.engine.training import Model

def fails(epoch, logs):
    raise ValueError("mine")

try:
    keras.Model().fit([], epochs=3, callbacks=[fails])
except ValueError as error:
    print(error)
Model().fit([1, 2], epochs=2)
`);
    expect(run).toMatchObject({ code: 0, stdout: "mine\n", stderr: "" });
    expect(told(run).filter((line) => !line.startsWith("step"))).toEqual([
      "phase train",
      "phase after training",
      "phase train",
      "epoch 1/2 loss=1",
      "epoch 2/2 loss=0.5",
      "phase after training",
    ]);
  });

  it("Lightning: each epoch once, with the metrics of its validation", async () => {
    const script = (max: number) => `${EVERY_MARK}
from types import SimpleNamespace
from lightning.pytorch import Trainer

Trainer(max_epochs=${max}).fit("model", SimpleNamespace(dataset=range(50)))
Trainer(max_epochs=2, is_global_zero=False).fit("model")
`;
    const few = script(2).replace("max_epochs=2)", "max_epochs=2, max_steps=3)");
    const [two, endless, stopped] = (
      await Promise.all([script(2), script(-1), few].map((each) => hooked(each)))
    ).map(told);
    expect(epochs(two!)).toEqual([
      "epoch 1/2 50 rows train_loss=1 val_loss=2",
      "epoch 2/2 50 rows train_loss=0.5 val_loss=1",
    ]);
    expect(epochs(endless!)[0]).toBe("epoch 1 50 rows train_loss=1 val_loss=2");
    expect(steps(endless!).at(-1)).toBe("step 6");
    expect(steps(stopped!)).toEqual(["step 1/3", "step 2/3", "step 3/3"]);
    // It ends by its steps: epochs do not say when.
    expect(epochs(stopped!)).toEqual(["epoch 1 50 rows train_loss=1 val_loss=2"]);
  });

  it("Hugging Face's Trainer: what evaluation finds comes after the epoch", async () => {
    const run = await hooked(`${EVERY_MARK}
from transformers import Trainer

print(Trainer().train())
Trainer(zero=False).train()
`);
    expect(run.stdout).toBe("output\n");
    expect(told(run).filter((line) => !line.startsWith("step"))).toEqual([
      "phase train",
      "epoch 1/2 64 rows loss=0.333 learning_rate=0",
      "metric 1 eval_loss=2",
      "epoch 2/2 64 rows loss=0.143 learning_rate=0",
      "metric 2 eval_loss=1",
      "phase after training",
    ]);
    expect(told(run)).toContain("step 8/8");
  });

  it("XGBoost and LightGBM: rounds, with the user's callbacks as they were", async () => {
    const run = await hooked(`${EVERY_MARK}
from types import SimpleNamespace
import lightgbm, xgboost

data = SimpleNamespace(num_row=lambda: 30, num_data=lambda: 40)
print(xgboost.train({}, data, 2))
mine = []
callbacks = [lambda env: mine.append(env.iteration)]
lightgbm.train({}, data, num_boost_round=2, callbacks=callbacks)
print(mine, len(callbacks))
`);
    expect(run.stdout).toBe("booster\n[0, 1] 1\n");
    expect(epochs(told(run))).toEqual([
      "epoch 1/2 30 rows valid-rmse=1",
      "epoch 2/2 30 rows valid-rmse=0.5",
      "epoch 1/2 40 rows valid_0-l2=1",
      "epoch 2/2 40 rows valid_0-l2=0.5",
    ]);
  });

  it("scikit-learn: perceptrons and boosting; a user's monitor still stops it; partial_fit is a step", async () => {
    const run = await hooked(`${EVERY_MARK}
from sklearn.ensemble._gb import GradientBoostingClassifier
from sklearn.neural_network import MLPClassifier

X = [[0]] * 20
MLPClassifier(max_iter=2).fit(X, X)
print(GradientBoostingClassifier(5).fit(X, X, monitor=lambda i, *rest: i == 1).n_estimators_)
model = MLPClassifier()
for _ in range(2):
    model.partial_fit(X, X)
`);
    expect(run).toMatchObject({ code: 0, stdout: "2\n", stderr: "" });
    expect(told(run)).toEqual([
      "phase MLPClassifier",
      "epoch 1/2 20 rows loss=1",
      "epoch 2/2 20 rows loss=0.5",
      "phase after training",
      "phase GradientBoostingClassifier",
      "epoch 1/5 20 rows loss=1",
      "epoch 2/5 20 rows loss=0.5",
      "phase after training",
      "phase MLPClassifier",
      "step 1 MLPClassifier.partial_fit",
      "step 2 MLPClassifier.partial_fit",
      "phase after training",
    ]);
  });
});

describe.concurrent("a loop under tqdm", () => {
  it("is one of epochs by its variable, its description or its unit", async () => {
    const run = await hooked(`${EVERY_MARK}
from tqdm import tqdm, trange

for epoch in tqdm(range(2)):
    for batch in tqdm(range(3), desc="Epoch 7"):
        pass
bar = tqdm(range(2), desc="Epochs")
for i in bar:
    bar.set_postfix(loss=1 / (i + 1), note="fast")
with tqdm(total=2, unit="epoch") as bar:
    for i in range(2):
        bar.update()
for row in tqdm(range(1000)):
    pass
for x in trange(2, desc="Validation"):
    pass
`);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    const pair = ["phase train", "epoch 1/2", "epoch 2/2", "phase after training"];
    // What is shown beside a bar is set while its pass goes on.
    const shown = ["phase train", "epoch 1/2 loss=1", "epoch 2/2 loss=0.5", "phase after training"];
    expect(told(run)).toEqual([...pair, ...shown, ...pair]);
  });

  it("over batches ends an epoch where its description numbers them, from 0 or from 1", async () => {
    const script = (first: number) => `${EVERY_MARK}
from tqdm import tqdm

for e in range(${first}, ${first} + 2):
    for batch in tqdm(range(3), desc=f"Epoch [{e}/2]"):
        pass
    for batch in tqdm(range(3), desc="valid"):
        pass
`;
    const expected = ["phase train", "epoch 1/2", "epoch 2/2", "phase after training"];
    expect(told(await hooked(script(0)))).toEqual(expected);
    expect(told(await hooked(script(1)))).toEqual(expected);
  });

  it("over batches ends an epoch where the same loop comes again and something trains", async () => {
    const script = `${EVERY_MARK}
from tqdm import tqdm
%
def run(loader):
    for batch in tqdm(loader):
        pass
for e in range(3):
    for batch in tqdm(range(3)):
        pass
    run(range(2))
`;
    expect(told(await hooked(script.replace("%", "")))).toEqual([]);
    const run = await hooked(script.replace("%", "import torch"));
    expect(told(run)).toEqual(["phase train", "epoch 1", "epoch 2", "epoch 3", "phase after training"]);
    expect(run.marks[1]!.mono).toBeLessThan(run.marks[2]!.mono as number);
  });

  it("closes as before when it is left", async () => {
    const run = await hooked(`${EVERY_MARK}
from tqdm import tqdm

for epoch in (bar := tqdm(range(5))):
    if epoch == 1:
        break
print(bar.closed, bar.n)
`);
    expect(run).toMatchObject({ code: 0, stdout: "True 1\n", stderr: "" });
    expect(told(run)).toEqual(["phase train", "epoch 1/5", "phase after training"]);
  });
});
