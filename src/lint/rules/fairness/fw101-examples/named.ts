/** Examples of FW101 whose subject only a function's, a file's or an option's name says, or a list of classes; helpers that are given a model. */

import type { RuleExample } from "../../../rule.ts";

const bad = (file: string, text: string, ...findings: string[]): RuleExample => ({ file, text, findings });
const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

const helper = (target: string, call: string) => `import pandas as pd
from models import make_pipeline
from evaluation import cross_validate_model, evaluate_pipeline, explain_model, run_all_baselines
df = pd.read_csv("table.csv")
X, y = df.drop(columns=["${target}"]), df["${target}"]
pipeline = make_pipeline()
X_train_res, y_train_res, X_test, y_test = X[:900], y[:900], X[900:], y[900:]
${call}
`;

const named = (name: string, imports = "") => `${imports}from sklearn.ensemble import RandomForestClassifier
def ${name}(df):
    y = (df["total"] < 50).astype(int)
    model = RandomForestClassifier()
    model.fit(df[["first", "second"]], y)
    return model
`;

const saved = (file: string) => `import joblib
from sklearn.svm import SVC
def run(X_train, y_train):
    joblib.dump(SVC().fit(X_train, y_train), "${file}")
`;

const readBack = (file: string) => `import pandas as pd
from sklearn.metrics import roc_auc_score
pred = pd.read_excel("submission.xlsx")
truth = pd.read_csv("${file}")
print(roc_auc_score(truth["outcome"], pred["probability"]))
`;

const thresholded = (label: string) => `import pandas as pd
from sklearn.metrics import accuracy_score
table = pd.read_csv("table.csv")
print(accuracy_score(table["${label}"], table["risk_score"] > 0.5))
`;

const looped = (names: string) => `from sklearn.svm import SVC
from loaders import load_dataset
for name in [${names}]:
    X, y = load_dataset(name)
    SVC().fit(X, y)
`;

const option = (flag: string, preset: string) => `import argparse
from sklearn.svm import SVC
from loaders import load
parser = argparse.ArgumentParser()
parser.add_argument("${flag}", default="${preset}")
X, y = load(parser.parse_args())
SVC().fit(X, y)
`;

const classes = (map: string) => `import pickle
from sklearn.metrics import confusion_matrix
with open("model.pkl", "rb") as file:
    model = pickle.load(file)
y_pred = model.predict(X_test)
classes = ${map}
print(confusion_matrix(y_test, y_pred))
`;

const loaded = (name: string) => `from own_data import ${name}
from sklearn.svm import SVC
X_train, X_test, y_train, y_test = ${name}()
SVC().fit(X_train, y_train)
`;

const described = (what: string) => `import tensorflow as tf
def build(size):
    """${what}"""
    return tf.keras.models.Sequential([tf.keras.layers.Dense(1)])
model = tf.keras.models.Sequential([tf.keras.layers.Dense(1)])
model.fit(X_train, y_train, epochs=9)
`;

const printed = (text: string) => `import numpy as np
from sklearn.svm import SVC
X, y = np.load("x.npy"), np.load("y.npy")
print("${text}")
SVC().fit(X, y)
`;

const opened = (columns: string) => `import pandas as pd
from sklearn.svm import SVC
from witwidget.notebook.visualization import WitConfigBuilder, WitWidget
df = pd.read_csv("compas-scores.csv")[[${columns}, "is_recid"]]
model = SVC().fit(df[[${columns}]], df["is_recid"])
WitWidget(WitConfigBuilder(df.values.tolist()).set_custom_predict_fn(model.predict))
`;

const titled = (title: string) => `"""${title}"""
from sklearn.linear_model import LogisticRegression
def train_and_compare(X_train, y_train):
    model = LogisticRegression()
    model.fit(X_train, y_train)
    return model
`;

const targetOption = (target: string) => `import argparse
import pandas as pd
from models.scores import compute_binary_metrics
parser = argparse.ArgumentParser()
parser.add_argument("--target-col", default="${target}")
args = parser.parse_args()
frame = pd.read_csv("probabilities.csv")
y_true = frame.pop(args.target_col)
mean_probabilities = frame.mean(axis=1)
print(compute_binary_metrics(y_true, mean_probabilities))
`;

const batches = (call: string) => `import pandas as pd
from torch.utils.data import DataLoader
from networks import Net, ${call}
data = pd.read_csv("part.csv")
X_train, y_train = data.drop(columns=["is_default"]), data["is_default"]
train_loader = DataLoader(list(zip(X_train, y_train)))
net = Net()
${call}(net, train_loader, epochs=20)
`;

export const BAD: RuleExample[] = [
  bad("train.py", helper("income", "evaluate_pipeline(pipeline, X, y)"), "evaluate_pipeline"),
  bad("train.py", helper("loan_status", "cross_validate_model(pipeline, X, y)"), "cross_validate_model"),
  bad(
    "train.py",
    helper("stroke", "run_all_baselines(X_train_res, X_test, y_train_res, y_test)"),
    "run_all_baselines",
  ),
  bad("parts.py", named("train_dropout_model"), "model.fit"),
  bad("parts.py", named("fit_student_performance"), "model.fit"),
  bad("save.py", saved("out/sepsis_model.joblib"), "SVC().fit"),
  bad("save.py", saved("out/loan_default_rf.joblib"), "SVC().fit"),
  bad("compare.py", readBack("data/Recidivism_Challenge_Part2.csv"), "roc_auc_score"),
  bad("threshold.py", thresholded("recid"), "accuracy_score"),
  bad("grid.py", looped('"adult", "compas", "moons"'), "SVC().fit"),
  bad("options.py", option("--dataset", "adult"), "SVC().fit"),
  bad("report.py", classes('{0: "Graduate", 1: "Dropout"}'), "confusion_matrix"),
  bad("report.py", classes('{"<=50K": 0, ">50K": 1}'), "confusion_matrix"),
  bad("report.py", classes('["Persistence", "Dropout"]'), "confusion_matrix"),
  bad("report.py", classes('["Bad Credit (0)", "Good Credit (1)"]'), "confusion_matrix"),
  bad("say.py", printed("Melatih model prediksi residivis"), "SVC().fit"),
  bad("folds.py", loaded("get_stroke_data_for_folds"), "SVC().fit"),
  bad("network.py", described("Residual network for university dropout prediction."), "model.fit"),
  bad("pipeline.py", titled("Pipeline of a credit scoring model."), "model.fit"),
  bad("stack.py", targetOption("mortality"), "compute_binary_metrics"),
  bad("neuro.py", batches("train_neuro"), "train_neuro"),
  bad("say.py", printed("Training the loan default model"), "SVC().fit"),
  // Of the columns that it is opened with, none is an attribute of persons.
  bad("widget.py", opened('"priors_count"'), "SVC().fit"),
];

export const GOOD: RuleExample[] = [
  good("train.py", helper("price", "evaluate_pipeline(pipeline, X, y)")),
  // Explains what is trained elsewhere.
  good("train.py", helper("loan_status", "explain_model(pipeline, X, y)")),
  good("parts.py", named("train_dropout_model", "import torch\n")),
  good("parts.py", named("train_pump_model")),
  // One of many that a library loads.
  good("parts.py", named("train_pump_model", "def load_diabetes(raw):\n    return raw\n")),
  good("save.py", saved("out/pump_model.joblib")),
  good("compare.py", readBack("data/Pumps_Part2.csv")),
  // The feelings of texts.
  good("compare.py", readBack("data/Emotion_classification.csv")),
  good("threshold.py", thresholded("pump_failed")),
  // A benchmark of everything.
  good("grid.py", looped('"adult", "moons", "iris", "wine", "digits"')),
  good("options.py", option("--dataset", "moons")),
  good("options.py", option("--mode", "adult")),
  good("report.py", classes('{0: "Mirror", 1: "Dropout"}')),
  // Rates of countries.
  good("folds.py", loaded("load_unemployment_data")),
  good("folds.py", loaded("get_pump_data_for_folds")),
  good("network.py", described("Residual network for pump failures.")),
  good("pipeline.py", titled("Pipeline of a pump model.")),
  // One of the parts that others train with.
  good("pipeline.py", titled("Ways to choose columns for credit scoring models.")),
  good("stack.py", targetOption("price")),
  good("neuro.py", batches("show_neuro")),
  good("say.py", printed("Training the pump model")),
  // The tool slices by them what the model says.
  good("widget.py", opened('"priors_count", "race"')),
];
