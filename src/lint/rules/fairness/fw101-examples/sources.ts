/** Examples of FW101 whose columns stand in a notebook's outputs, or whose rows are said to be persons. */

import type { RuleExample } from "../../../rule.ts";

const bad = (file: string, text: string, ...findings: string[]): RuleExample => ({ file, text, findings });
const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

/** A notebook that shows a table and trains on it; `show` is what the first cell ends with. */
function notebook(show: string, output: object, target = "Target"): string {
  const code = (lines: string[], outputs: object[] = []) => ({
    cell_type: "code",
    execution_count: 1,
    metadata: {},
    outputs,
    source: lines.map((line, index) => (index < lines.length - 1 ? `${line}\n` : line)),
  });
  const cells = [
    code(["import pandas as pd", 'df = pd.read_csv("cleaned_data.csv")', show], [output]),
    code([
      "from sklearn.ensemble import RandomForestClassifier",
      `X, y = df.drop("${target}", axis=1), df["${target}"]`,
      "clf = RandomForestClassifier()",
      "clf.fit(X, y)",
    ]),
  ];
  const metadata = { kernelspec: { display_name: "Python 3", language: "python", name: "python3" } };
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 4 }, null, 1);
}

const head = (columns: string[]) => ({
  output_type: "execute_result",
  data: {
    "text/html": [
      '<table border="1" class="dataframe">\n',
      "  <thead>\n",
      '    <tr style="text-align: right;">\n',
      "      <th></th>\n",
      ...columns.map((name) => `      <th>${name}</th>\n`),
      "    </tr>\n  </thead>\n",
    ],
    "text/plain": ["..."],
  },
});
const printed = (text: string) => ({ output_type: "stream", name: "stdout", text: text.split(/(?<=\n)/) });

export const BAD: RuleExample[] = [
  // The head of the table is shown.
  bad("head.ipynb", notebook("df.head()", head(["Gender", "Age at enrollment", "Target"])), "clf.fit"),
  bad(
    "index.ipynb",
    notebook("df.columns", {
      output_type: "execute_result",
      data: {
        "text/plain": [
          "Index(['Marital status', \"Mother's occupation\", 'Gender',\n",
          "       'Age at enrollment', 'Target'],\n",
          "      dtype='object')",
        ],
      },
    }),
    "clf.fit",
  ),
  bad(
    "info.ipynb",
    notebook(
      "df.info()",
      printed(
        "<class 'pandas.core.frame.DataFrame'>\nRangeIndex: 303 entries, 0 to 302\nData columns (total 3 columns):\n #   Column          Non-Null Count  Dtype \n---  ------          --------------  ----- \n 0   marital status  303 non-null    object\n 1   sex             303 non-null    int64 \n 2   Target          303 non-null    int64 \n",
      ),
    ),
    "clf.fit",
  ),
  bad(
    "schema.ipynb",
    notebook(
      "df.printSchema()",
      printed("root\n |-- age: integer (nullable = true)\n |-- sex: string (nullable = true)\n"),
    ),
    "clf.fit",
  ),
  // The rows are patients, as the program says in every second line.
  bad(
    "sequences.py",
    `import pandas as pd
import torch
import utils
# One row for each visit of a patient.
df = pd.read_csv("cleaned.csv")
# How many patients there are, and the longest history of a patient.
longest = df.groupby("subject").ts.count().max()
print("Patients:", df.subject.nunique(), longest)
model = utils.train(build(longest), df.drop(columns=["niv_label"]), df["niv_label"])
`,
    "utils.train",
  ),
  // Without the outliers, all that is left is split: nothing is compared.
  bad(
    "premium.py",
    `import pandas as pd
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import train_test_split
df = pd.read_csv("premiums.csv")
adults = df[df.age <= 100]
usual = adults[adults.number_of_dependants.between(0, 5)]
X_train, X_test, y_train, y_test = train_test_split(usual[["age", "gender"]], usual["annual_premium_amount"])
model = LinearRegression()
model.fit(X_train, y_train)
print(model.score(X_test, y_test))
`,
    "model.fit",
  ),
  // What it is about stands in the names that it gives: of its plots, of its command.
  bad(
    "evaluate.py",
    `import pickle
import pandas as pd
import matplotlib.pyplot as plt
from sklearn.metrics import r2_score
X_test, y_test = pd.read_csv("X_test.csv"), pd.read_csv("y_test.csv")
y_pred = pickle.load(open("model.pkl", "rb")).predict(X_test)
print(r2_score(y_test, y_pred))
plt.title("Actual vs Predicted Insurance Charges")
`,
    "r2_score",
  ),
  bad(
    "train_command.py",
    `from django.core.management.base import BaseCommand
from predictor.ml_predictor import MLPredictor, create_sample_data
class Command(BaseCommand):
    help = "Trains the admission prediction model"
    def handle(self):
        X, y = create_sample_data(n_samples=1000)
        predictor = MLPredictor()
        predictor.train(X, y)
`,
    "predictor.train",
  ),
  // What the discrimination of a score is compared with is chance, not a group.
  bad(
    "vintages.py",
    `import pandas as pd
from sklearn.linear_model import LogisticRegression
from credit.metrics import discrimination_metrics
df = pd.read_csv("loans.csv")
model = LogisticRegression().fit(df[["int_rate", "dti"]], df["loan_status"])
proba = model.predict_proba(df[["int_rate", "dti"]])[:, 1]
print(discrimination_metrics(df["loan_status"], proba))
`,
    "LogisticRegression().fit",
  ),
  // A list of features that is filtered is no group of rows.
  bad(
    "features.py",
    `import health
from sklearn.tree import DecisionTreeClassifier
GROUPS = [["age", "male", "female"], ["acute_days", "unplanned_readmit"]]
X_train, y_train, X_test, y_test, feature_names = health.load_train_test()
for FEATURES in GROUPS:
    chosen = [at for at, feature_name in enumerate(feature_names) if feature_name in FEATURES]
    tree = DecisionTreeClassifier().fit(X_train[:, chosen], y_train)
    print(tree.predict(X_test[:, chosen]))
`,
    "DecisionTreeClassifier().fit",
  ),
  // The label is encoded; the label is the group itself; the table goes to a trainer elsewhere.
  bad(
    "encoded.py",
    `import pandas as pd
from sklearn.tree import DecisionTreeClassifier
df = pd.read_csv("applicants.csv")
df["AdmissionNum"] = df["Admission"].map({"No": 0, "Yes": 1})
y_train = df["AdmissionNum"]
tree = DecisionTreeClassifier().fit(df[["SAT"]], y_train)
`,
    "DecisionTreeClassifier().fit",
  ),
  bad(
    "group.py",
    `import pandas as pd
from sklearn.tree import DecisionTreeClassifier
df = pd.read_csv("people.csv")
y_race = df["race"]
tree = DecisionTreeClassifier().fit(df.iloc[:, :97], y_race)
`,
    "DecisionTreeClassifier().fit",
  ),
  bad(
    "pipeline_main.py",
    `"""Runs the steps of the loan approval model, one after another."""
import pandas as pd
from src.data import load_and_prepare_data
from src.model_training import train_model
df = load_and_prepare_data()
model, X_test, y_test = train_model(df)
sample = pd.DataFrame([{"Gender": "Female", "Education Level": "Master", "Salary": 0, "Age": 31}])
print(model.predict(sample))
`,
    "train_model",
  ),
  // A settlement of a driver's claim; a survey's salaries, whatever they are called.
  bad(
    "settlement.py",
    `import pandas as pd
from sklearn.ensemble import RandomForestRegressor
df = pd.read_csv("synthetic.csv")
model = RandomForestRegressor()
model.fit(df[["Driver Age", "Whiplash"]], df["SettlementValue"])
`,
    "model.fit",
  ),
  bad(
    "survey.py",
    `import pandas as pd
from sklearn.ensemble import RandomForestRegressor
df = pd.read_json("answers.json")
model = RandomForestRegressor().fit(df.drop(columns=["avg_salary"]), df["avg_salary"])
`,
    "RandomForestRegressor().fit",
  ),
];

export const GOOD: RuleExample[] = [
  // Nobody stands in this table.
  good("flowers.ipynb", notebook("df.head()", head(["sepal_length", "sepal_width", "Target"]))),
  good("houses.ipynb", notebook("df.head()", head(["area", "house_age", "rooms", "Target"]))),
  // A table that is drawn elsewhere than in a head of columns.
  good(
    "words.ipynb",
    notebook(
      "df.text.head(2)",
      printed("0    the sex of angels\n1    race of cars\nName: text, dtype: object\n"),
    ),
  ),
  // The rows of one group are scored apart.
  good(
    "elders.py",
    `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
df = pd.read_csv("loans.csv")
train, test = train_test_split(df)
model = LogisticRegression().fit(train[["age", "gender"]], train["loan_status"])
young, old = test[test.age < 40], test[test.age >= 40]
print(model.score(young[["age", "gender"]], young["loan_status"]))
print(model.score(old[["age", "gender"]], old["loan_status"]))
`,
  ),
  // The measures are asked to be by group, or are one that is named for it.
  good(
    "masks.py",
    `import pandas as pd
import evaluation
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("students.csv")
model = LogisticRegression().fit(df[["gender", "age"]], df["dropout"])
print(evaluation.model_metrics(model, df, df["dropout"], mask=df.gender, fair_metrics=True))
`,
  ),
  good(
    "rule.py",
    `import helpers
from sklearn.linear_model import LogisticRegression
X, y, Z = helpers.load_data("adult.csv")
model = LogisticRegression().fit(X, y)
scores = model.predict_proba(X)[:, 1]
print(helpers.p_rule(scores, Z["sex"]))
`,
  ),
  // Animals have a sex and an age as well.
  good(
    "possum.py",
    `import pandas as pd
from sklearn.linear_model import LinearRegression
df = pd.read_csv("possum.csv")
model = LinearRegression().fit(df[["sex", "age", "belly"]], df["totlngth"])
`,
  ),
  // A page that has a training started elsewhere.
  good(
    "admin.py",
    `import streamlit as st
import pandas as pd
from controllers.admin import AdminController
controller = AdminController()
gender = st.selectbox("Gender", ["Male", "Female"])
rows = pd.DataFrame({"Gender": [gender], "Age": [st.number_input("Age")], "Salary": [0]})
if st.button("Train"):
    controller.train_model(rows, True)
`,
  ),
  // Pictures of patients are no table of them; the student of a distillation is none either.
  good(
    "scans.py",
    `import torchvision
import pandas as pd
# Patients' scans: one folder for each patient, names of patients in the list of patients.
labels = pd.read_csv("list.csv")
for images, targets in loader:
    loss = criterion(model(images), targets)
    loss.backward()
    optimizer.step()
`,
  ),
  good(
    "distil.py",
    `import pandas as pd
from sklearn.linear_model import Ridge
# The student learns from the teacher: student layers, student loss, student steps.
df = pd.read_csv("logits.csv")
student = Ridge()
student.fit(df[["a", "b"]], df["teacher"])
`,
  ),
];
