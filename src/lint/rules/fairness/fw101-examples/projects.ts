/** Examples of FW101 in small projects: a run, a folder or a package says the subject; rows are put together or filled, not compared. */

import type { RuleExample } from "../../../rule.ts";

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

const handedOver = (call: string) => `from src.data import clean, split
from src.tuning import tune
from src.drawing import pairs
# Predicts suicide risk.
def main():
    table = clean("answers.csv")
    X_train, X_test, y_train, y_test = split(table)
    ${call}
main()
`;

const measured = (title: string, call: string) => `import pickle
import pandas as pd
import matplotlib.pyplot as plt
from reports import generate_report, store
from sklearn.metrics import ConfusionMatrixDisplay
def main(folder):
    X_test, y_test = pd.read_csv(folder + "/x.csv"), pd.read_csv(folder + "/y.csv")
    model = pickle.load(open(folder + "/knn.pickle", "rb"))
    predictions = model.predict(X_test)
    ${call}
    plt.title("${title}")
`;

const commented = (what: string) => `# tree.py
# A. Writer, 2018
# This script trains a tree that says whether
# ${what}
import pandas as pd
import sklearn.tree
def main(path):
    table = pd.read_csv(path)
    tree = sklearn.tree.DecisionTreeClassifier()
    tree.fit(table.iloc[:, :-1], table.iloc[:, -1])
`;

const component = (package_: string, exception: string) => `from ${package_}.exception import ${exception}
from ${package_}.model_factory import ModelFactory
from ${package_} import util
class ModelTrainer:
    def start(self):
        train_array = util.load_numpy_array(self.artifact.train_file)
        X_train, y_train = train_array[:, :-1], train_array[:, -1]
        return ModelFactory("model.yaml").get_best_model(X=X_train, y=y_train)
`;

const classed = (classes: string, imports = "") => `import joblib
import pandas as pd
${imports}from sklearn.metrics import classification_report
CLASS_NAMES = ${classes}
model = joblib.load("model.pkl")
test = pd.read_csv("test.csv")
X_test, y_test = test.drop(columns=["Target"]), test["Target"]
print(classification_report(y_test, model.predict(X_test), target_names=CLASS_NAMES))
`;

const TRAINED = `model = DecisionTreeClassifier()
model.fit(df.drop(columns="stroke"), df["stroke"])
`;

export const BAD: RuleExample[] = [
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
  // A search of another file gets all four parts.
  bad("main.py", handedOver("tune.GridSearch(X_train, X_test, y_train, y_test, {})"), "tune.GridSearch"),
  // Measured by a picture of the model, or by a function of the project.
  bad(
    "evaluate.py",
    measured("Income prediction by KNN", "ConfusionMatrixDisplay.from_estimator(model, X_test, y_test)"),
    "ConfusionMatrixDisplay.from_estimator",
  ),
  bad(
    "evaluate.py",
    measured("Income prediction", "generate_report(y_test, predictions)"),
    "generate_report",
  ),
  // The lines of a comment are one.
  bad("tree.py", commented("an adult has an income level of more than $50,000."), "tree.fit"),
  // A trainer of a project whose exceptions are named for the subject.
  bad(
    "trainer.py",
    component("defaulter", "CreditCardDefaultException"),
    'ModelFactory("model.yaml").get_best_model',
  ),
  // What becomes of persons is only said by the classes.
  bad("evaluate.py", classed('["Dropout", "Enrolled", "Graduate"]'), "classification_report"),
  bad("evaluate.py", classed('["No stroke", "Stroke"]'), "classification_report"),
  bad("evaluate.py", classed('["Normal", "Pneumonia"]', "from PIL import Image\n"), "classification_report"),
];

export const GOOD: RuleExample[] = [
  good("evaluate.py", classed('["Dropout", "Pooling"]')),
  good("evaluate.py", classed('["Setosa", "Virginica"]')),
  good("evaluate.py", classed('["Normal", "Rust"]', "from PIL import Image\n")),
  // The parts are drawn, or put into a class of data.
  good("main.py", handedOver("pairs.plot_regression(X_train, X_test, y_train, y_test)")),
  good("main.py", handedOver("data = tune.RegressionDataset(X_train, y_train)")),
  good("evaluate.py", measured("Yield of fields", "generate_report(y_test, predictions)")),
  // Stored, not measured.
  good("evaluate.py", measured("Income prediction", "store(predictions)")),
  good("tree.py", commented("a field has a yield level of more than 50,000 bushels.")),
  good("trainer.py", component("welding", "WeldingException")),
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
