/** Examples of FW101 in small projects: a run, a folder or a package says the subject; rows are put together or filled, not compared. */

import type { RuleExample } from "../../rule.ts";

const bad = (file: string, text: string, ...findings: string[]): RuleExample => ({ file, text, findings });
const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

const run = (experiment: string) => `import mlflow
from sklearn.ensemble import RandomForestClassifier
def build(X_train, y_train, depth=8):
    mlflow.set_experiment("${experiment}")
    model = RandomForestClassifier(max_depth=depth)
    model.fit(X_train, y_train)
    return model
`;

const node = (model = "RandomForestClassifier()") => `from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split
def train_model(X, y, estimator):
    X_train, X_test, y_train, y_test = train_test_split(X, y)
    model = ${model}
    model.fit(X_train, y_train)
    return model, X_test, y_test
`;

const ofPackage = (name: string) => `from sklearn.svm import SVC
from ${name}.preprocessing import load_and_preprocess
X_train, X_test, y_train, y_test = load_and_preprocess()
model = SVC()
model.fit(X_train, y_train)
`;

const flow = (call: string) => `from prefect import flow
from tasks.model_building import ${call}
from tasks.splitting import split
@flow
def loans(raw):
    table = raw[["Gender", "Married", "LoanAmount", "Loan_Status"]]
    X_train, X_test, y_train, y_test = split(table, target="Loan_Status")
    return ${call}(X_train=X_train, y_train=y_train)
`;

const balanced = (column: string, step: string) => `import pandas as pd
from sklearn.svm import SVC
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
df = pd.read_csv("resume_dataset.csv")
df = df.groupby("${column}")${step}.reset_index(drop=True)
X_train, X_test, y_train, y_test = train_test_split(df.drop(columns="hired"), df["hired"])
model = SVC()
model.fit(X_train, y_train)
print(accuracy_score(y_test, model.predict(X_test)))
`;

const filled = (rest: string) => `import pandas as pd
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
df = pd.read_csv("stroke.csv")
known = df[["age", "gender", "bmi"]]
missing = known[known.bmi.isna()]
tree = DecisionTreeRegressor()
tree.fit(known[~known.bmi.isna()][["age", "gender"]], known[~known.bmi.isna()]["bmi"])
bmi = tree.predict(missing[["age", "gender"]])
df.loc[missing.index, "bmi"] = bmi
df.drop(df[df["gender"] == "Other"].index, inplace=True)
${rest}`;

const TRAINED = `model = DecisionTreeClassifier()
model.fit(df.drop(columns="stroke"), df["stroke"])
`;

export const BAD_PROJECTS: RuleExample[] = [
  // A function that is given its data, and calls its run by the subject.
  bad("building.py", run("Loan approval training"), "model.fit"),
  // The folder is a project's package; the function makes its own model.
  bad("src/student_dropout_prediction/training/nodes.py", node(), "model.fit"),
  bad("experiments.py", ofPackage("diabetes_pipeline"), "model.fit"),
  // A step of another file builds the model from labels; no package of machine learning is imported here.
  bad("pipelines/training.py", flow("build_model_task"), "build_model_task"),
  // Rows of each group are put together again.
  bad("balance.py", balanced("sex", ".apply(lambda rows: rows.sample(50, replace=True))"), "model.fit"),
  bad("balance.py", balanced("category", ".sample(50)"), "model.fit"),
  // Gaps of a column are filled by a model, and some rows are left out.
  bad("gaps.py", filled(TRAINED), "model.fit"),
];

export const GOOD_PROJECTS: RuleExample[] = [
  good("building.py", run("Corrosion of pipes")),
  good("src/pump_failure_prediction/training/nodes.py", node()),
  // A generic helper is generic wherever it lies.
  good("src/student_dropout_prediction/training/nodes.py", node("estimator")),
  good("experiments.py", ofPackage("weather_pipeline")),
  good("pipelines/training.py", flow("build_features_task")),
  // The model that fills the gaps is a step of preparation.
  good("gaps.py", filled('df.to_csv("prepared.csv")\n')),
  // A column that predictions make is compared.
  good(
    "compared.py",
    `${filled(TRAINED)}df.loc[df.index, "pred"] = model.predict(df.drop(columns="stroke"))
print(df.groupby("gender")["pred"].mean())
`,
  ),
];
