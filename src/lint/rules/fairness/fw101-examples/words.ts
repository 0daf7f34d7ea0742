/** Examples of FW101 that few words say: a setting that names the target, a run, a model's or a data file's name, a title, a helper that measures. */

import type { RuleExample } from "../../../rule.ts";

const bad = (file: string, text: string, ...findings: string[]): RuleExample => ({ file, text, findings });
const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

const plain = (rest: string, imports = "") => `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
${imports}
table = pd.read_csv("data/rows.csv")
X, y = table.iloc[:, :-1], table.iloc[:, -1]
forest = RandomForestClassifier()
forest.fit(X, y)
${rest}
`;

const setting = (target: string, columns: string) => `from dataclasses import dataclass
import pandas as pd
from sklearn.linear_model import LogisticRegression
@dataclass
class Settings:
    ${target}
    left_out: tuple = (${columns})
def run(path, settings):
    table = pd.read_csv(path).drop(columns=list(settings.left_out))
    model = LogisticRegression()
    model.fit(table.drop(columns=[settings.target]), table[settings.target])
`;

const option = (declared: string) => `import pandas as pd
import typer
from sklearn.linear_model import Ridge
def main(path: str, ${declared}):
    table = pd.read_csv(path)
    Ridge().fit(table.drop(columns=[target]), table[target])
typer.run(main)
`;

const predicted = (column: string) => `import pandas as pd
from sklearn.linear_model import Ridge
table = pd.read_parquet("rows.parquet")
X, y = table.drop(columns="${column}"), table["${column}"]
Ridge().fit(X, y)
`;

const measured = (call: string, label = "loan_status") => `import joblib
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.svm import SVC
from helpers import ModelReport, evaluate_model, fit_and_show, measure_all, run_training, train_model
table = pd.read_csv("rows.csv")
X, y = table.drop(columns=["${label}"]), table["${label}"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = joblib.load("model.pkl")
predictions = model.predict(X_test)
${call}
`;

const function_ = (name: string) => `from xgboost import XGBClassifier
def ${name}(table):
    X, y = table.drop(columns=["target"]), table["target"]
    model = XGBClassifier()
    model.fit(X, y)
    return model
`;

const within = (name: string) => `from xgboost import XGBClassifier
class ${name}:
    def learn(self, X, y):
        self.inner = XGBClassifier()
        self.inner.fit(X, y)
`;

const given = (file: string, imports = "") => ({
  file,
  text: `${imports}from sklearn.ensemble import GradientBoostingClassifier
def run(X_train, y_train):
    model = GradientBoostingClassifier()
    model.fit(X_train, y_train)
    return model
`,
});

const started = (rest: string, imports = "") => `import argparse
${imports}from engine.training import OwnTrainer
parser = argparse.ArgumentParser(description="Train a model of loan approval")
trainer = OwnTrainer(parser.parse_args())
outcome = trainer.initiate_model_trainer()
${rest}
`;

const heads = (name: string) => `import tensorflow as tf
from tensorflow.keras.applications import ResNet50
class ${name}:
    def train(self, images, epochs):
        self.model = tf.keras.Model(self.inputs, self.outputs)
        self.model.fit(images, epochs=epochs)
`;

const measuring = (title: string) => `"""${title}"""
from sklearn.metrics import confusion_matrix
def run(model, X_test, y_test):
    predictions = model.predict(X_test)
    return confusion_matrix(y_test, predictions)
`;

const licensed = (title: string) => `# Copyright of its authors
# Licensed under the terms of a licence
"""${title}"""
import argparse
import tensorflow as tf
from . import nets
def run(args):
    net = nets.build(args.rate)
    net.fit(args.rows, args.labels, epochs=3)
`;

const program = (file: string, end: string) => ({
  file,
  text: `import joblib
from sklearn.pipeline import make_pipeline
from .settings import MODEL, steps, split
def train(data_path):
    x_train, y_train = split(data_path)
    whole = make_pipeline(steps, MODEL)
    whole.fit(x_train, y_train)
    joblib.dump(whole, "out.joblib")
${end}
`,
});

const MAIN = 'if __name__ == "__main__":\n    train("rows")';

export const BAD: readonly RuleExample[] = [
  // The target is a setting, beside columns of loans.
  bad("train.py", setting('target: str = "default"', '"issue_d", "emp_title"'), "model.fit"),
  bad("train.py", setting('target: str = "default"', '"loan_amount", "months"'), "model.fit"),
  bad("train.py", setting('target: str = "Readmitted"', '"stay", "ward"'), "model.fit"),
  bad("train.py", option('target: str = typer.Option("charges", help="what to predict")'), "Ridge().fit"),
  bad("train.py", predicted("current_annual_salary"), "Ridge().fit"),
  bad("train.py", predicted("user_dropped_out_next_week"), "Ridge().fit"),
  // A run, a study, a registered model, also put together.
  bad("train.py", plain('EXPERIMENT_NAME = "diabetes_" + kind'), "forest.fit"),
  bad(
    "train.py",
    plain('study = optuna.create_study(study_name="readmission-forest")', "import optuna"),
    "forest.fit",
  ),
  bad("train.py", plain('name = os.getenv("EXPERIMENT", "loan_model")', "import os"), "forest.fit"),
  bad("train.py", plain('registry.create_model(name="loan_default_model")'), "forest.fit"),
  bad("train.py", plain('settings = {"project": f"salary-predictor-{kind}"}'), "forest.fit"),
  // The file of the model or of the data.
  bad(
    "train.py",
    plain('joblib.dump(forest, f"models/{kind}_attrition.pkl")', "import joblib"),
    "forest.fit",
  ),
  bad("train.py", plain('joblib.dump(forest, MODELS / "loan_model.joblib")', "import joblib"), "forest.fit"),
  bad("train.py", plain('extra = pd.read_csv(FOLDER / "icu" / "mortality_table.csv")'), "forest.fit"),
  // What it shows and says.
  bad("train.py", plain('print("The person is diabetic" if forest.predict(X)[0] else "Well")'), "forest.fit"),
  bad("train.py", plain('plt.ylabel("Predicted salary")', "import matplotlib.pyplot as plt"), "forest.fit"),
  bad("train.py", plain('print("Estimated insurance cost:", forest.predict(X)[0])'), "forest.fit"),
  bad("train.py", `"""Trains a model to predict an income bracket."""\n${plain("")}`, "forest.fit"),
  bad("train.py", plain('plt.title("AUC for mortality")', "import matplotlib.pyplot as plt"), "forest.fit"),
  bad("train.py", plain('print("Depressed" if answer else "Not depressed")'), "forest.fit"),
  bad("train.py", plain('print("Eligible for the loan" if answer else "Sorry")'), "forest.fit"),
  bad("train.py", `# target: whether the employee left\n${plain("")}`, "forest.fit"),
  bad("train.py", plain('print("Default risk:", forest.predict(X)[0])'), "forest.fit"),
  // What its functions, classes and files are called.
  bad("train.py", function_("train_credit_model"), "model.fit"),
  bad("train.py", function_("predict_salary"), "model.fit"),
  bad("train.py", within("SalaryPredictor"), "self.inner.fit"),
  { ...given("src/train_attrition.py"), findings: ["model.fit"] },
  { ...given("census/trainer/task.py"), findings: ["model.fit"] },
  bad("loan/fit.py", plain(""), "forest.fit"),
  bad("src/student_grade_prediction.py", plain(""), "forest.fit"),
  bad("train.py", within("ApplicantRanker"), "self.inner.fit"),
  // Whose records it reads.
  bad("train.py", plain("", "from data.patients import frame"), "forest.fit"),
  bad("train.py", plain("", "from loaders import load_applicants"), "forest.fit"),
  bad("train.py", plain("rows = data.load_icus(60)"), "forest.fit"),
  // A title behind a licence; a program of its own in the subject's package.
  bad("train.py", licensed("Trains a model to predict an income bracket."), "net.fit"),
  { ...program("src/diabetes_prediction/train.py", MAIN), findings: ["whole.fit"] },
  // Many columns of stays, claims and employees.
  bad(
    "train.py",
    plain('names = ["ward_los", "icu_hours", "discharge_place", "admission_kind"]'),
    "forest.fit",
  ),
  bad("train.py", plain('names = ["claim_amount", "policy_age", "premium", "incident_type"]'), "forest.fit"),
  bad("train.py", plain('names = ["department", "tenure_years", "overtime", "manager_id"]'), "forest.fit"),
  // Measures what is trained elsewhere, and says of what.
  bad("measure.py", measuring("Evaluation of the readmission model."), "confusion_matrix"),
  bad("nets.py", heads("AgeGenderResNetModel"), "self.model.fit"),
  // Helpers that measure or train.
  bad("run.py", measured("print(model.score(X_test, y_test))"), "model.score"),
  bad("run.py", measured("ModelReport(model).evaluate(X_test, y_test)"), "ModelReport(model).evaluate"),
  bad("run.py", measured("print((predictions == y_test).mean())"), "(predictions == y_test).mean"),
  bad("run.py", measured("print(np.mean(y_test == predictions))"), "np.mean"),
  bad("run.py", measured("fit_and_show(SVC(), X_train, X_test, y_train, y_test)"), "fit_and_show"),
  bad(
    "run.py",
    measured("for one in [SVC(), SVC(C=2)]:\n    measure_all(one, X_train, y_train, X_test, y_test)"),
    "measure_all",
  ),
  bad("run.py", measured("run_training(table)"), "run_training"),
  bad("run.py", measured("evaluate_model(model=model, x=X_test, y=y_test)"), "evaluate_model"),
  bad("run.py", measured("best_model, rows = train_model()"), "train_model"),
  bad("run.py", started("print(outcome)"), "trainer.initiate_model_trainer"),
];

export const GOOD: readonly RuleExample[] = [
  // A default is one of settings, too.
  good("train.py", setting('target: str = "default"', '"width", "height"')),
  good("train.py", setting('theme: str = "default"', '"issued", "months"')),
  good("train.py", option('target: str = typer.Option("price", help="what to predict")')),
  good("train.py", predicted("current_annual_rainfall")),
  good("train.py", predicted("sensor_dropped_out_next_week")),
  good("train.py", plain('EXPERIMENT_NAME = "pumps_" + kind')),
  // One of many names that are not the program's own.
  good("train.py", plain('examples = ["loan_model", "pump_model"]')),
  good("train.py", plain('name = os.getenv("REGION", "loan_model")', "import os")),
  good("train.py", plain('settings = {"project": f"credit-card-fraud-{kind}"}')),
  good("train.py", plain('joblib.dump(forest, f"models/{kind}_pumps.pkl")', "import joblib")),
  // The course's table.
  good(
    "train.py",
    plain(
      'EXPERIMENT_NAME = "diabetes_" + kind\nload_diabetes()',
      "from sklearn.datasets import load_diabetes",
    ),
  ),
  good("train.py", plain('print("The pump is hot" if forest.predict(X)[0] else "Well")')),
  good("train.py", plain('plt.ylabel("Predicted yield")', "import matplotlib.pyplot as plt")),
  good("train.py", function_("train_pump_model")),
  good("train.py", function_("train_credit_card_fraud")),
  good("train.py", within("RainPredictor")),
  { ...given("src/train_pumps.py"), findings: [] },
  good("train.py", licensed("Trains a model to predict rain.")),
  // Copied from another sample.
  good("penguins/train.py", licensed("Trains a model to predict an income bracket.")),
  { ...program("src/diabetes_prediction/parts.py", MAIN), findings: [] },
  good("train.py", plain("").replace("forest.fit(X, y)", "forest.fit(X, X)")),
  // A part that is given everything.
  { ...given("loan/fit.py"), findings: [] },
  good("measure.py", measuring("Evaluation of the pump model.")),
  good("measure.py", measuring("Shapes of the readmission plots.")),
  good("train.py", plain('plt.title("Mortality by year")', "import matplotlib.pyplot as plt")),
  good("train.py", plain('print("Open" if answer else "Not open")')),
  good("train.py", plain("", "from data.pumps import frame")),
  good("train.py", plain('names = ["policy_loss", "policy_net", "policy_rate", "policy_head"]')),
  { ...given("src/train_diabetes.py"), findings: [] },
  { ...given("src/train_stroke_model.py", "import cv2\n"), findings: [] },
  good("nets.py", heads("LeafResNetModel")),
  good("run.py", measured("print(model.score(X_test, y_test))", "price")),
  good("run.py", measured("print((predictions == X_test).mean())")),
  good("run.py", measured("rows = train_model()")),
  good("run.py", measured("EvaluationKeeper(model=model, x=X_test, y=y_test)")),
  good("run.py", measured("model.fit(X, X)\nprint(model.score(X_test, y_test))")),
  // A page that starts a training elsewhere.
  good("run.py", started("print(outcome)", "import flask\n")),
  // What another part measured by group is shown.
  good("run.py", started('print(outcome.get("demographic_parity_ratio", 0.0))')),
];
