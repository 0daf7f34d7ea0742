/** Trainings that always run to their end, and those that do not, or must. */

import type { RuleExample } from "../../rule.ts";

const TORCH = (epochs: string, more = "", imports = "") => `import torch
${imports}from torch import nn, optim
from models import Classifier

model = Classifier().to("cuda")
criterion = nn.CrossEntropyLoss()
optimizer = optim.SGD(model.parameters(), lr=0.1)


def train(epoch):
    model.train()
    for inputs, targets in train_loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), targets)
        loss.backward()
        optimizer.step()


for epoch in range(${epochs}):
    train(epoch)
    val_loss = validate(epoch)
    print(val_loss)
${more}`;

const KERAS = (fit: string, imports = "from tensorflow import keras\n") => `${imports}
model = keras.Sequential([keras.layers.Dense(64), keras.layers.Dense(1)])
model.compile(optimizer="adam", loss="mse")
model.fit(${fit})
`;

export const BAD: RuleExample[] = [
  { file: "train.py", text: TORCH("200"), findings: ["range(200)"] },
  {
    file: "resumed.py",
    text: TORCH("start_epoch, start_epoch+200", "", "start_epoch = load_checkpoint()\n"),
    findings: ["range(start_epoch"],
  },
  { file: "counted_from_one.py", text: TORCH("1, EPOCHS + 1", "", "EPOCHS = 60\n"), findings: ["range(1"] },
  {
    file: "dry_run.py",
    text: TORCH("120").replace(
      "        optimizer.step()\n",
      "        optimizer.step()\n        if dry_run:\n            break\n",
    ),
    findings: ["range(120)"],
  },
  {
    file: "plateau.py",
    text: TORCH(
      "150",
      "    scheduler.step(val_loss)\n",
      "from torch.optim.lr_scheduler import ReduceLROnPlateau\n",
    ).replace("\n\ndef train", "\nscheduler = ReduceLROnPlateau(optimizer, patience=5)\n\n\ndef train"),
    findings: ["range(150)"],
  },
  { file: "keras.py", text: KERAS("x, y, epochs=300, validation_split=0.2"), findings: ["model.fit"] },
  {
    file: "keras_callbacks.py",
    text: KERAS('x, y, epochs=100, validation_data=(a, b), callbacks=[keras.callbacks.TensorBoard("logs")]'),
    findings: ["model.fit"],
  },
  { file: "keras_no_validation.py", text: KERAS("x, y, epochs=100"), findings: ["model.fit"] },
  {
    file: "keras_some.py",
    text: `from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

EPOCHS = 50
model = Sequential([Dense(8), Dense(1)])
model.compile(loss="mse")
history = model.fit(x, y, epochs=EPOCHS, validation_data=(x_val, y_val))
`,
    findings: ["model.fit"],
  },
  {
    file: "boost.py",
    text: `import xgboost as xgb

model = xgb.XGBRegressor(n_estimators=5000, learning_rate=0.01)
model.fit(X_train, y_train, eval_set=[(X_val, y_val)], verbose=False)
`,
    findings: ["model.fit"],
  },
  {
    file: "light.py",
    text: `import lightgbm as lgb

params = {"objective": "binary", "learning_rate": 0.01}
booster = lgb.train(params, train_set, num_boost_round=10000, valid_sets=[valid_set])
`,
    findings: ["lgb.train"],
  },
];

export const GOOD: RuleExample[] = [
  { file: "few_epochs.py", text: TORCH("10"), findings: [] },
  { file: "stops.py", text: TORCH("200", "    if val_loss < 0.1:\n        break\n"), findings: [] },
  {
    file: "patience.py",
    text: TORCH("200", "    watcher(val_loss)\n", "watcher = Watcher(patience=5)\n"),
    findings: [],
  },
  {
    file: "metric_reached.py",
    text: TORCH("200", "    if accuracy >= args.target_metric: break\n"),
    findings: [],
  },
  {
    file: "imagenet_90.py",
    text: TORCH("90", "    scheduler.step()\n", "from torch.optim.lr_scheduler import StepLR\n").replace(
      "\n\ndef train",
      "\nscheduler = StepLR(optimizer, step_size=30)\n\n\ndef train",
    ),
    findings: [],
  },
  {
    file: "command_line.py",
    text: TORCH(
      "args.epochs",
      "",
      'import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument("--epochs", type=int, default=200)\nargs = parser.parse_args()\n',
    ),
    findings: [],
  },
  {
    file: "pix2pix_gan.py",
    text: TORCH("200").replaceAll("model", "netG"),
    findings: [],
  },
  {
    file: "reinforce.py",
    text: TORCH("500", "    env.reset()\n", "import gymnasium\n"),
    findings: [],
  },
  {
    file: "diffusion.py",
    text: TORCH("500", "", "from diffusers import DDPMScheduler\n"),
    findings: [],
  },
  {
    file: "full_batch.py",
    text: `import torch

model = torch.nn.Linear(1, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(1000):
    loss = (model(x) - y).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
    findings: [],
  },
  {
    file: "keras_stops.py",
    text: KERAS(
      "x, y, epochs=300, validation_split=0.2, callbacks=[keras.callbacks.EarlyStopping(patience=5)]",
    ),
    findings: [],
  },
  {
    file: "keras_unknown.py",
    text: KERAS("x, y, epochs=300, validation_split=0.2, callbacks=make_callbacks()"),
    findings: [],
  },
  {
    file: "keras_collected.py",
    text: `from tensorflow import keras

callbacks = [keras.callbacks.TensorBoard("logs")]
callbacks.append(make_callback())
model = keras.Sequential([keras.layers.Dense(1)])
model.fit(x, y, epochs=300, validation_split=0.2, callbacks=callbacks)
`,
    findings: [],
  },
  {
    file: "boost_stops.py",
    text: `import xgboost as xgb

model = xgb.XGBRegressor(n_estimators=5000, early_stopping_rounds=50)
model.fit(X_train, y_train, eval_set=[(X_val, y_val)])
`,
    findings: [],
  },
  {
    file: "boost_no_validation.py",
    text: "import xgboost as xgb\n\nmodel = xgb.XGBRegressor(n_estimators=5000)\nmodel.fit(X, y)\n",
    findings: [],
  },
  {
    file: "light_stops.py",
    text: `import lightgbm as lgb

params = {"objective": "binary", "early_stopping_round": 100}
booster = lgb.train(params, train_set, num_boost_round=10000, valid_sets=[valid_set])
`,
    findings: [],
  },
];
