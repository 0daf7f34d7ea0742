/** Examples of FW101 that train or measure through other parts of a project, and parts that only look as if they did. */

import type { RuleExample } from "../../../rule.ts";

const bad = (file: string, text: string, ...findings: string[]): RuleExample => ({ file, text, findings });
const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

const helper = (rest = "") => `from sklearn import metrics
PATIENTS = ["icustay_id", "hospital_expire_flag", "is_male", "race_black", "age"]
def print_matrix(y, yhat):
    print(metrics.confusion_matrix(y, yhat))
${rest}`;

const churn = (uses: string) => `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
df = pd.read_csv("clients.csv")
cols_to_drop = ["Returns", "Gender"]
${uses}
X, y = df.drop(columns=["Churn"]), df["Churn"]
model = RandomForestClassifier()
model.fit(X, y)
`;

const causal = (change: string) => `import pandas as pd
import pyro
from sklearn.metrics import confusion_matrix
df = pd.read_csv("compas-scores-two-years.csv")
def model(race, sex, two_year_recid):
    return pyro.sample("two_year_recid", race)
y_pred = [model(row["race"], row["sex"], None) for _, row in df.iterrows()]
print(confusion_matrix(df["two_year_recid"], y_pred))
other = pyro.do(model, data={"${change}": 1})
`;

const stays = (index: string) => `import pandas as pd
from sklearn.linear_model import LassoCV
df = pd.read_csv("design.csv").set_index("${index}")
y = df["death"].values
model = LassoCV().fit(df.drop(columns=["death"]).values, y)
`;

const evaluator = (loader: string) => `from ${loader} import load_parts
from evaluators import ManyModels
X_train, X_test, y_train, y_test = load_parts()
scores = ManyModels().kfold_cross_val(X_train, y_train)
`;

const charted = (title: string) => `import altair as alt
import joblib
import pandas as pd
from sklearn.metrics import r2_score
def main(folder):
    X, y = pd.read_csv(folder + "/x.csv"), pd.read_csv(folder + "/y.csv")
    predictions = joblib.load(folder + "/ridge.pkl").predict(X)
    print(r2_score(y, predictions))
    alt.Chart(predictions, title="${title}").mark_circle()
`;

const campaign = (column: string) => `import pandas as pd
from sklearn.svm import SVC
class Clients:
    def __init__(self, path):
        self.df = pd.read_csv(path)
    def group(self):
        self.df.loc[self.df["age"] <= 32, "age"] = 1
        self.df["${column}"] = self.df["${column}"].replace(["failure", "success"], [1, 2])
    def train(self, target):
        SVC().fit(self.df.drop(columns=[target]), self.df[target])
`;

const printed = (first: string, second: string) => `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
df = pd.read_csv("table.csv")
X, y = df.drop(columns=["outcome"]), df["outcome"]
model = RandomForestClassifier().fit(X, y)
print(f"${first}: {model.predict_proba(X)[0, 1]:.2f}")
print(f"{len(X)} ${second}")
`;

const experiment = (name: string) => `import mlflow
from sklearn.svm import SVC
def fit(X_train, y_train, version):
    mlflow.set_experiment(f"${name}-{version}")
    model = SVC()
    model.fit(X_train, y_train)
`;

const documented = (what: string) => `"""Trains the ${what} model."""
import pandas as pd
from xgboost import XGBClassifier
def main(a):
    df = pd.read_parquet(a.data)
    model = XGBClassifier().fit(df.drop(columns=[a.target]), df[a.target])
`;

const encoded = (remark: string) => `import pandas as pd
import tensorflow as tf
from sklearn.preprocessing import LabelEncoder
dataset = pd.read_csv("Churn_Modelling.csv")
X, y = dataset.iloc[:, 3:-1].values, dataset.iloc[:, -1].values
# ${remark}
X[:, 2] = LabelEncoder().fit_transform(X[:, 2])
ann = tf.keras.models.Sequential([tf.keras.layers.Dense(1)])
ann.fit(X, y, epochs=9)
`;

const courseData = (name: string) => `from pycaret.classification import compare_models, setup
from pycaret.datasets import get_data
setup(get_data("${name}"), target="target")
best = compare_models()
`;

const returning = (features: string) => `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
recidivism = pd.read_csv("visits.csv")
recidivism["sex_out"] = recidivism["sex_out"].str.lower()
X, y = recidivism[[${features}, "age_at_first_visit"]], recidivism["returned"]
RandomForestClassifier().fit(X, y)
`;

const measured = (label: string) => `import pandas as pd
from sklearn.linear_model import Ridge
df = pd.read_excel("table.xlsx")
X, y = df[["sex", "height"]], df["${label}"]
Ridge().fit(X, y)
`;

export const BAD: RuleExample[] = [
  // What the helper is called with is predicted here.
  bad("matrix.py", helper("print_matrix(y_test, model.predict(X_test))\n"), "metrics.confusion_matrix"),
  // The column is also used in another way.
  bad(
    "churn.py",
    churn('df["woman"] = df["Gender"] == "Female"\ndf = df.drop(columns=cols_to_drop)'),
    "model.fit",
  ),
  bad("causal.py", causal("priors_count"), "confusion_matrix"),
  bad("stays.py", stays("icustay_id"), "LassoCV().fit"),
  bad("evaluate.py", evaluator("heart_disease_data"), "ManyModels().kfold_cross_val"),
  bad("compare.py", charted("Predicting salary values by ridge regression"), "r2_score"),
  // Only the campaigns of a bank have this column.
  bad("clients.py", campaign("poutcome"), "SVC().fit"),
  // Formatted strings say it.
  bad(
    "answers.py",
    printed("Chance that this patient is readmitted", "employees with a risk of employee attrition"),
    "RandomForestClassifier().fit",
  ),
  // The attribute is a column by its position, and a comment says so.
  bad("ann.py", encoded('Label encoding the "Gender" column'), "ann.fit"),
  bad("ann.py", encoded("Encode Geography and Gender"), "ann.fit"),
  bad("course.py", courseData("credit"), "compare_models"),
  bad("course.py", courseData("income"), "compare_models"),
  bad("fits.py", experiment("loan-default"), "model.fit"),
  bad("rent.py", documented("tenant screening"), "XGBClassifier().fit"),
  bad("visits.py", returning('"prior_arrests"'), "RandomForestClassifier().fit"),
  bad("measures.py", measured("salary"), "Ridge().fit"),
];

export const GOOD: RuleExample[] = [
  good("answers.py", printed("Chance that this pump fails", "pumps of a plant")),
  good("ann.py", encoded('Label encoding the "Geography" column')),
  good("course.py", courseData("juice")),
  good("fits.py", experiment("pump-default")),
  good("rent.py", documented("rent level")),
  // Dogs that come back to a shelter.
  good("visits.py", returning('"spp", "akc_group"')),
  // Nobody is decided about by the size of a shoe.
  good("measures.py", measured("shoe size (EU)")),
  // How long a fit takes.
  good("perf_tests/visits.py", returning('"prior_arrests"')),
  // Measures what it is given, wherever that comes from.
  good("matrix.py", helper()),
  // Left out of a model with low stakes.
  good("churn.py", churn("df = df.drop(columns=cols_to_drop)")),
  // What would have been predicted for another race.
  good("causal.py", causal("race")),
  good("stays.py", stays("hive_id")),
  good("evaluate.py", evaluator("forest_fires_data")),
  good("compare.py", charted("Predicting rents by ridge regression")),
  good("clients.py", campaign("previous_order")),
];
