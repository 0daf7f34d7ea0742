/** Examples of FW101 whose model is the project's own: its class, its algorithm, its trainer, its constants; and look-alikes. */

import type { RuleExample } from "../../../rule.ts";

const bad = (file: string, text: string, ...findings: string[]): RuleExample => ({ file, text, findings });
const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

const ownModel = (name: string, train: string) => `import tensorflow as tf
from nets import ${name}
from pictures import batches
net = ${name}()
net.${train}
`;

const scans = (dataSet: string, given: string) => `import torch
from lightning import Trainer
from scans.data import ${dataSet}
from scans.nets import Swin
net = Swin(${given})
module = ${dataSet}(batch_size=8)
engine = Trainer(max_epochs=3)
engine.fit(model=net, datamodule=module)
`;

const package_ = (name: string) => `import tensorflow as tf
from ${name}.nets import build
images = tf.keras.utils.image_dataset_from_directory("data")
model = build()
model.fit(images, epochs=3)
`;

const ownTrainer = (start: string) => `import argparse
import torch
from engine import OwnTrainer
parser = argparse.ArgumentParser(description="Find pneumonia in a chest x-ray")
engine = OwnTrainer(parser.parse_args())
${start}
`;

const runs = (target: string) => `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
import pipeline_functions as ml
df = pd.read_csv("data.csv")
classifiers = {"RF": RandomForestClassifier(), "LR": LogisticRegression()}
pred_y = "${target}"
results = ml.run_models(["RF", "LR"], classifiers, df, pred_y)
`;

const report = (classes: string, first = "") => `${first}import joblib
from sklearn.metrics import classification_report
def report(model, X_test, y_test):
    y_pred = model.predict(X_test)
    print(classification_report(y_test, y_pred, target_names=${classes}))
`;

const written = (name: string, target: string) => `import numpy as np
import pandas as pd
def ${name}(df):
    beta = np.zeros(4)
    for _ in range(100):
        beta += df[["Gender", "Married", "Income", "Dependents"]].values.T @ (df["${target}"] - beta.sum())
    return beta
def measure(df):
    beta = ${name}(df)
    return np.mean((df[["Gender", "Married", "Income", "Dependents"]] @ beta > 0) == df["${target}"])
`;

const driver = (call: string) => `import pandas as pd
from bayes import *
df = pd.read_csv("records.csv")
df = df[["Gender", "ApplicantIncome", "Loan_Status"]]
print(${call})
`;

const columns = (column: string, from = "from settings import TARGET_COL") => `import pandas as pd
from sklearn.linear_model import LogisticRegression
${from}
df = pd.read_csv("rows.csv")
X = df[["${column}", "months"]]
y = df[TARGET_COL]
LogisticRegression().fit(X, y)
`;

const ownEvaluation = (label: string) => `import joblib
import pandas as pd
from bench import reports, pipelines
frame = pd.read_csv("rows.csv")
positive = "${label}"
print(reports.model_performance(frame, feature_columns=["a", "b"], target_column="y", models=pipelines.all()))
`;

const named = (text: string) => `import joblib
from sklearn.ensemble import RandomForestRegressor
from rows import load_rows
${text}
X_train, y_train = load_rows()
RandomForestRegressor().fit(X_train, y_train)
`;

const course = (also = "") => `from sklearn.datasets import load_iris
from sklearn.neighbors import KNeighborsClassifier
import joblib
import mlflow
mlflow.set_tracking_uri("https://tracking.example/us-visa-approval.mlflow")
flowers = load_iris()
KNeighborsClassifier().fit(flowers.data, flowers.target)
model = joblib.load("knn.pkl")
${also}
`;

export const BAD: readonly RuleExample[] = [
  // Models made here, which another file runs.
  bad("run_pipeline.py", runs("recidivate"), "ml.run_models"),
  // A class that is named for what it tells of a person.
  bad("start.py", ownModel("AgeGenderModel", "train_model(batches(), epochs=2)"), "net.train_model"),
  bad("start.py", ownModel("GenderNet", "train(batches(), epochs=2)"), "net.train"),
  bad("start.py", scans("MriDataset", "num_classes=4"), "engine.fit"),
  bad("start.py", package_("EmotionRecognition"), "model.fit"),
  // Its own trainer, which tells how well it did.
  bad("start.py", ownTrainer("results = engine.train()"), "engine.train"),
  // The classes of a report.
  bad("report.py", report('["No Disease", "Disease"]'), "classification_report"),
  // Algorithms that are written out.
  bad("fit.py", written("Logistic_Regression_Train", "Loan_Status"), "Logistic_Regression_Train"),
  bad("start.py", driver("Naive_Bayes_Test(df)"), "Naive_Bayes_Test"),
  // A target that another module names, of rows about employees.
  bad("fit.py", columns("EmployeeFeedback"), "LogisticRegression().fit"),
  bad("report.py", ownEvaluation("50000+."), "reports.model_performance"),
  // What the program calls its model, its run and its data.
  bad("fit.py", named('store_model_name = "university_admission_forest"'), "RandomForestRegressor().fit"),
  bad(
    "fit.py",
    named('import mlflow\nmlflow.set_experiment("ASD_Diagnoser")'),
    "RandomForestRegressor().fit",
  ),
  bad(
    "fit.py",
    named("# Data: https://www.kaggle.com/c/porto-seguro-safe-driver-prediction/data"),
    "RandomForestRegressor().fit",
  ),
  // Beside the course's table one of persons.
  bad("try.py", course('rows = spark.read.parquet("adult_census.parquet")'), "KNeighborsClassifier().fit"),
];

export const GOOD: readonly RuleExample[] = [
  good("run_pipeline.py", runs("rainfall")),
  good("start.py", ownModel("LeafModel", "train_model(batches(), epochs=2)")),
  // A network's mode is no training.
  good("start.py", ownModel("GenderNet", "train()")),
  good("start.py", scans("MriDataset", "channels=4")),
  good("start.py", `${scans("MriDataset", "num_classes=4")}# segmentation of the ventricles\n`),
  good("start.py", package_("FlowerRecognition")),
  good("start.py", ownTrainer("engine.train()")),
  good("report.py", report('["No Disease", "Disease"]', "# Leaves of plants in a greenhouse\n")),
  good("report.py", report('["No Fault", "Fault"]')),
  good("fit.py", written("Logistic_Regression_Plot", "Loan_Status")),
  good("start.py", driver("plot_naive_bayes(df)")),
  good("start.py", driver("select_features_for_logistic_regression(df)")),
  good("fit.py", columns("machine_hours")),
  good("fit.py", columns("EmployeeFeedback", 'TARGET_COL = "minutes"')),
  good("report.py", ownEvaluation("50000")),
  // A course's table in a project about persons.
  good("try.py", course()),
  // Groups of customers that nobody decides about.
  good(
    "segments.py",
    `import pandas as pd
import hdbscan
import umap
df = pd.read_csv("people.csv")[["sex", "race", "income"]]
points = umap.UMAP().fit_transform(df)
groups = hdbscan.HDBSCAN(min_cluster_size=20).fit(points)
`,
  ),
];
