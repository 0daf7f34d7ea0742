/** Examples of FW101 on libraries that do much in one call, on trainers that are given nothing or a whole table, and on courses' tables. */

import type { RuleExample } from "../../../rule.ts";

const bad = (file: string, text: string, ...findings: string[]): RuleExample => ({ file, text, findings });
const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

const experiment = (data: string, last: string) => `from piml import Experiment
from piml.models import TreeClassifier
exp = Experiment()
exp.data_loader(data=${data})
exp.data_summary(feature_exclude=["AGE"], silent=True)
exp.model_train(TreeClassifier(), name="Tree")
${last}
`;

const suite = (last: string) => `from modeva import DataSet, TestSuite
from modeva.models import MoLGBMClassifier
ds = DataSet()
ds.load(name="TaiwanCredit")
model = MoLGBMClassifier(max_depth=2)
model.fit(ds.train_x, ds.train_y)
ts = TestSuite(ds, model)
${last}
`;

const course = (read: string) => `import pandas as pd
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge
${read}
model = Ridge(alpha=0.5)
model.fit(df.drop("Y", axis=1), df["Y"])
`;

const byHand = (name: string) => `import numpy as np
rows = np.loadtxt("pima-indians-diabetes.csv", delimiter=",")
def ${name}(x, y, w, rate):
    for step in range(500):
        w = w - rate * np.sum((w - y) * x)
    return w
w = ${name}(rows[:, :8], rows[:, 8], np.zeros(8), 0.1)
`;

const voices = (women: string, men: string) => `import numpy as np
from sklearn.mixture import GaussianMixture
from features import collect
${women} = GaussianMixture(n_components=16)
${men} = GaussianMixture(n_components=16)
${women}.fit(collect("TrainingData/females"))
${men}.fit(collect("TrainingData/males"))
`;

const pictures = (folders: string) => `import os
import cv2
import numpy as np
from tensorflow.keras import layers, models
x, y = [], []
for label in ${folders}:
    for name in os.listdir(f"data/{label}"):
        x.append(cv2.imread(f"data/{label}/{name}"))
        y.append(label)
model = models.Sequential([layers.Conv2D(8, 3), layers.Dense(1)])
model.fit(np.array(x), np.array(y), epochs=3)
`;

const saved = (truth: string) => `import pandas as pd
import sklearn.utils
from metrics import print_metrics_binary
df = pd.read_csv("data/in-hospital-mortality/test/listfile.csv")
assert not df["prediction"].isnull().any()
rows = df[["${truth}", "prediction"]].to_numpy()
print_metrics_binary(rows[:, 0], rows[:, 1])
`;

const labelled = (name: string) => `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
df = pd.read_csv("data.csv")
clf = RandomForestClassifier()
clf.fit(df.drop(columns=["${name}"]), df["${name}"])
`;

export const BAD: readonly RuleExample[] = [
  bad("a.py", experiment('"TaiwanCredit"', 'exp.model_diagnose(model="Tree")'), "exp.model_train"),
  bad(
    "address.py",
    `${experiment("frame", "")}# The rows.
address = "https://github.com/own/data/blob/main/SimuCredit_v2.csv?raw=true"
`,
    "exp.model_train",
  ),
  bad("b.py", suite("ts.diagnose_accuracy_table()"), "model.fit"),
  bad(
    "c.py",
    `from autoviml.Auto_ViML import Auto_ViML
import pandas as pd
train = pd.read_csv("rows.csv")
model, features, a, b = Auto_ViML(train, target="loan_status", sample="")
`,
    "Auto_ViML",
  ),
  bad(
    "experiments.py",
    `import mlflow
from runner import train_model
mlflow.set_experiment("medical-insurance-cost")
trained_pipeline, metrics = train_model(search=True)
mlflow.log_metrics(metrics)
`,
    "train_model",
  ),
  bad(
    "tune.py",
    `import pandas as pd
from sklearn.naive_bayes import GaussianNB
from helpers import search_best
target = "income_50k"
df_train = pd.read_csv("rows.csv")
model = GaussianNB()
search_best(model, {"var_smoothing": [1e-9, 1e-8]}, df_train)
`,
    "search_best",
  ),
  bad(
    "report.py",
    `import pandas as pd
from sklearn.linear_model import LogisticRegression
from helpers import fit_predict_report
df = pd.read_csv("stroke.csv")
clf = LogisticRegression()
fit_predict_report(clf, df.drop(columns="stroke"), df["stroke"])
`,
    "fit_predict_report",
  ),
  bad("own.py", byHand("grad_descent"), "grad_descent"),
  bad(
    "operator.py",
    `import numpy as np
rows = np.genfromtxt("pima-indians-diabetes.csv", delimiter=",")
def fit(X, y, w):
    for _ in range(500):
        p = 1 / (1 + np.exp(-X @ w))
        w -= 0.1 * X.T @ (p - y) / len(y)
    return w
fit(rows[:, :8], rows[:, 8], np.zeros(8))
`,
    "fit",
  ),
  bad("voices.py", voices("females_gmm", "males_gmm"), "females_gmm.fit"),
  bad(
    "mixtures.py",
    `import librosa
from sklearn.mixture import GaussianMixture
class SpeechEmotionClassifier:
    def train(self, voices):
        for label, sounds in voices:
            model = GaussianMixture(4)
            model.fit(sounds)
            self.models[label] = model
`,
    "model.fit",
  ),
  bad("folders.py", pictures('["male", "female"]'), "model.fit"),
  bad(
    "train.py",
    `import argparse
from src.models.train import train_all_models
parser = argparse.ArgumentParser(description="Train heart disease classification models")
args = parser.parse_args()
train_all_models(args.config)
`,
    "train_all_models",
  ),
  bad("saved.py", saved("y_true"), "print_metrics_binary"),
  bad(
    "scores.py",
    `import torch
from helpers import evaluate_sepsis_score
model = torch.load("model.pt")
print(evaluate_sepsis_score(label_directory="labels", prediction_directory="predictions/sepsis_model"))
`,
    "evaluate_sepsis_score",
  ),
  bad(
    "biographies.py",
    `from data import load_bios
from transformers import Trainer
rows, labels = load_bios()
trainer = Trainer(model=model, train_dataset=rows["train"])
trainer.train()
`,
    "trainer.train",
  ),
  bad("expired.py", labelled("thirtyday_expire_flag"), "clf.fit"),
  bad("treatment.py", labelled("seek_treatment"), "clf.fit"),
  bad(
    "phenotypes.py",
    `import argparse
from keras.callbacks import CSVLogger
from mimic3models.phenotyping import utils
from mimic3benchmark.readers import PhenotypingReader
from networks import build
X_train = utils.load_data(PhenotypingReader(dataset_dir="data/train"))
model = build()
model.fit_generator(generator=X_train, epochs=10)
`,
    "model.fit_generator",
  ),
];

export const GOOD: readonly RuleExample[] = [
  good("a.py", experiment('"TaiwanCredit"', 'exp.model_fairness(model="Tree", show="metrics")')),
  good("b.py", experiment('"BikeSharing"', "")),
  good("c.py", suite('ts.diagnose_fairness(group_config=groups, metric="AIR")')),
  good(
    "course.py",
    course("d = load_diabetes()\ndf = pd.DataFrame(d.data, columns=['age', 'sex']).assign(Y=d.target)"),
  ),
  good("course_file.py", course('df = pd.read_csv("data/diabetes.csv")')),
  good("own.py", byHand("own_steps")),
  good("voices.py", voices("first_gmm", "second_gmm")),
  good("saved.py", saved("row")),
  good("folders.py", pictures('["cats", "dogs"]')),
  good("coupons.py", labelled("expires")),
];
