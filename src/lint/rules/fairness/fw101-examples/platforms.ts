/** Examples of FW101 on what trains without a known library's `fit`: platforms that are told what to predict, steps in NumPy, samplers. */

import type { RuleExample } from "../../../rule.ts";

const read = `import numpy as np, pandas as pd
df = pd.read_csv("heart_disease.csv")
X, y = df.drop(columns=["target"]), df["target"]
`;

const bad = (text: string, ...findings: string[]): RuleExample => ({ file: "train.py", text, findings });
const good = (text: string): RuleExample => ({ file: "train.py", text, findings: [] });

export const BAD: RuleExample[] = [
  bad(
    `from databricks import automl\n${read}best = automl.classify(df, target_col="target")\n`,
    "automl.classify",
  ),
  bad(`import datarobot as dr\n${read}project = dr.Project.start(df, target="target")\n`, "dr.Project.start"),
  bad(
    `from google.cloud import automl_v1beta1 as automl
client = automl.TablesClient()
rows = client.create_dataset("census_income")
client.import_data(dataset=rows, gcs_input_uris="gs://bucket/census_income.csv")
client.create_model(model_display_name="m", dataset=rows, train_budget_milli_node_hours=1000)
`,
    "client.create_model",
  ),
  bad(
    `import graphlab
loans = graphlab.SFrame("lending_club_loans.csv")
tree = graphlab.decision_tree_classifier.create(loans, target="bad_loan")
`,
    "graphlab.decision_tree_classifier.create",
  ),
  bad(
    `import mindsdb_sdk
server = mindsdb_sdk.connect()
server.query("CREATE PREDICTOR m FROM files (SELECT age, sex, heart_disease FROM rows) PREDICT heart_disease")
`,
    "server.query",
  ),
  bad(
    `${read}from cleanlab.classification import CleanLearning\nCleanLearning(model).fit(X, y)\n`,
    "CleanLearning(model).fit",
  ),
  // Written out in NumPy: a gradient, a step of Newton's.
  bad(
    `${read}def sigmoid(z):
    return 1 / (1 + np.exp(-z))
w = np.zeros(X.shape[1])
for step in range(1000):
    p = sigmoid(np.dot(X, w))
    w -= 0.1 * np.dot(X.T, p - y)
`,
    "np.dot",
  ),
  bad(
    `${read}beta = np.zeros(X.shape[1])
for step in range(20):
    gradient, hessian = slopes(X, y, beta)
    beta = beta - np.dot(np.linalg.inv(hessian), gradient)
`,
    "np.dot",
  ),
  bad(
    `${read}from scipy.optimize import minimize\nbest = minimize(cost, w, args=(X, y), method="BFGS")\n`,
    "minimize",
  ),
  bad(
    `${read}import pymc as pm
with pm.Model():
    b = pm.Normal("b", 0, 1)
    pm.Bernoulli("seen", logit_p=b, observed=y)
    trace = pm.sample()
`,
    "pm.sample",
  ),
  bad(
    `from azureml.core import Experiment, ScriptRunConfig
experiment = Experiment(ws, "employee-attrition")
settings = ScriptRunConfig(source_directory="src", script="train.py")
run = experiment.submit(settings)
`,
    "experiment.submit",
  ),
  bad(
    `from google.cloud import aiplatform
rows = "gs://bucket/census_income.csv"
job = aiplatform.CustomTrainingJob(display_name="m", script_path="task.py", container_uri=image)
job.run(args=["--rows", rows])
`,
    "job.run",
  ),
  bad(
    `"""Train the models of charges."""
import joblib
from costs.pipeline import run_full_pipeline
results = run_full_pipeline("insurance.csv")
`,
    "run_full_pipeline",
  ),
  // What trains is named for the data.
  bad(
    `"""Train the forest."""
from src.models.tabular import train_forest_adult
model, metrics = train_forest_adult(config_path="forest.yaml")
`,
    "train_forest_adult",
  ),
  bad(
    `from src.models.tabular import AdultForestTrainer
def main():
    model, metrics = AdultForestTrainer(config).train(force=True)
`,
    "AdultForestTrainer(config).train",
  ),
  bad(
    `from h2oai_client import Client
client = Client(address=address)
rows = client.create_dataset_sync("/data/credit_card_default.csv")
client.start_experiment_sync(dataset_key=rows.key, target_col="default payment next month")
`,
    "client.start_experiment_sync",
  ),
  // A cell that was turned into a line of a program.
  bad(
    `${read}from sklearn.svm import SVC
model = SVC()
get_ipython().run_line_magic("time", "model.fit(X, y)")
`,
    "get_ipython().run_line_magic",
  ),
  // Names of what it trains on are in the package that it opens.
  bad(
    `from diabetes_prediction.data import *
from sklearn.linear_model import LogisticRegression
X, y = load_dataset("adults")
LogisticRegression().fit(X, y)
`,
    "LogisticRegression().fit",
  ),
  bad(
    `import pandas as pd
from sklearn.linear_model import Ridge
rows = pd.read_parquet("processed.parquet")
y = rows["G3"]
Ridge().fit(rows.iloc[:, :10], y)
`,
    "Ridge().fit",
  ),
];

export const GOOD: RuleExample[] = [
  good(
    `import graphlab
songs = graphlab.SFrame("listeners.csv")[["sex", "age", "song"]]
popular = graphlab.popularity_recommender.create(songs, target="age")
`,
  ),
  good(`${read}from tables.preprocessing.encode import Mixed\nencoded = Mixed(columns=["sex"]).fit(X)\n`),
  good(
    `${read}from yellowbrick.features import Rank2D\nfigure = Rank2D(features=["age", "sex"])\nfigure.fit(X, y)\n`,
  ),
  good(
    `from azureml.core import Experiment, ScriptRunConfig
experiment = Experiment(ws, "employee-attrition")
run = experiment.submit(ScriptRunConfig(source_directory="src", script="prepare.py"))
`,
  ),
  good(
    `"""Load the rows of charges."""
import joblib
from costs.pipeline import run_full_pipeline
rows = run_full_pipeline("insurance.csv")
`,
  ),
  good(
    `# The pets of a shelter.
from google.cloud import aiplatform
columns = ["Gender", "Age", "Color"]
job = aiplatform.CustomTrainingJob(display_name="m", script_path="task.py", container_uri=image)
job.run(args=columns)
`,
  ),
  good(
    `"""Train the forest."""
from src.models.tabular import train_forest
model, metrics = train_forest(config_path="forest.yaml")
`,
  ),
  // Distances of rows.
  good(`${read}gram = np.dot(X.T, X)\nprint(np.linalg.eig(gram))\n`),
];
