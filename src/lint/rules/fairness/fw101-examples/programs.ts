/** Examples of FW101: must fire, must not. */

import type { RuleExample } from "../../../rule.ts";

const loan = `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split

df = pd.read_csv("data.csv")
X = df[["age", "sex", "amount"]]
y = df["loan_status"]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
clf = RandomForestClassifier()
clf.fit(X_train, y_train)
y_pred = clf.predict(X_test)
print(accuracy_score(y_test, y_pred))
`;

export const BAD: RuleExample[] = [
  {
    // A loop over folds is a loop over rows: no group is looked at.
    file: "folds.py",
    text: `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import StratifiedKFold

df = pd.read_csv("loans.csv")
X = df[["age", "sex", "income"]]
y = df["default"]
for train, test in StratifiedKFold(3).split(X, y):
    model = LogisticRegression()
    model.fit(X.iloc[train], y.iloc[train])
    y_pred = model.predict(X.iloc[test])
    print(accuracy_score(y.iloc[test], y_pred))
`,
    findings: ["model.fit"],
  },
  {
    // So is one over the rows themselves.
    file: "rows.py",
    text: `${loan}for _, row in X_test.iterrows():
    print(clf.predict([row]))
for row in X_test.values:
    print(clf.predict([row]))
`,
    findings: ["clf.fit"],
  },
  {
    // A frame that holds predictions is cut by age, and the label is looked at.
    file: "oof.py",
    text: `import pandas as pd
from sklearn.linear_model import LogisticRegression

df = pd.read_csv("loan_default.csv")
model = LogisticRegression()
model.fit(df[["Age", "Income"]], df["Default"])
df["oof_pred"] = model.predict_proba(df[["Age", "Income"]])[:, 1]
print(df[df["Age"] < df["Age"].median()]["Default"].value_counts())
`,
    findings: ["model.fit"],
  },
  {
    // A cell that was copied to a file of its own.
    file: "cell3.py",
    text: `target_column = "Attrition"
X = train.drop(columns=[target_column])
y = train[target_column]
X_train, X_val, y_train, y_val = train_test_split(X, y, random_state=42)
nb = GaussianNB()
nb.fit(X_train, y_train)
`,
    findings: ["nb.fit"],
  },
  {
    // A warehouse trains it.
    file: "census.py",
    text: `from google.cloud import bigquery

client = bigquery.Client()
QUERY = """
CREATE OR REPLACE MODEL mart.census_model
OPTIONS (model_type='logistic_reg', input_label_cols=['income_bracket'])
AS SELECT age, marital_status, sex, race, income_bracket FROM mart.census
"""
client.query(QUERY).result()
`,
    findings: ["client.query"],
  },
  {
    // A platform trains it.
    file: "automl.py",
    text: `from google.cloud import aiplatform

data = aiplatform.TabularDataset.create(display_name="adult", gcs_source=["gs://bucket/adult.data.csv"])
job = aiplatform.AutoMLTabularTrainingJob(display_name="census", optimization_prediction_type="classification")
model = job.run(dataset=data, target_column="income_bracket")
`,
    findings: ["job.run"],
  },
  {
    // Candidates are trained by a search.
    file: "tune.py",
    text: `import keras_tuner
import pandas as pd

df = pd.read_csv("stroke.csv")
X, y = df[["gender", "age", "bmi"]], df["stroke"]
tuner = keras_tuner.RandomSearch(build, objective="val_accuracy")
tuner.search(X, y, epochs=5)
`,
    findings: ["tuner.search"],
  },
  {
    file: "learn.py",
    text: `import pandas as pd
from fastai.tabular.all import TabularDataLoaders, tabular_learner

df = pd.read_csv("adult.csv")
loaders = TabularDataLoaders.from_df(df, y_names="salary", cat_names=["race", "sex"], cont_names=["age"])
learn = tabular_learner(loaders)
learn.fit_one_cycle(3)
`,
    findings: ["learn.fit_one_cycle"],
  },
  {
    // Predictions are made within the call that measures them.
    file: "measure.py",
    text: `import joblib
import pandas as pd
from sklearn.metrics import classification_report

model = joblib.load("model.pkl")
df = pd.read_csv("test.csv")
X, y = df[["Gender", "Age", "Income"]], df["Loan_Approved"]
print(classification_report(y, model.predict(X)))
`,
    findings: ["classification_report"],
  },
  {
    // Nothing is said of a target; a sex and an age are a person's.
    file: "thyroid.py",
    text: `import pandas as pd
from sklearn.tree import DecisionTreeClassifier

df = pd.read_csv("records.csv")
DecisionTreeClassifier().fit(df[["age", "sex", "TSH"]], df["binaryClass"])
`,
    findings: ["DecisionTreeClassifier().fit"],
  },
  {
    // The project's package says what it is about; the data are read here.
    file: "model_trainer.py",
    text: `import pandas as pd
from sklearn.ensemble import GradientBoostingRegressor
from src.Medical_Insurance_Charges_Estimator.config import TrainerConfig

class ModelTrainer:
    def __init__(self, config: TrainerConfig):
        self.config = config
        self.model = GradientBoostingRegressor()

    def train(self):
        frame = pd.read_csv(self.config.path)
        x = frame.drop([self.config.target], axis=1)
        self.model.fit(x, frame[self.config.target])
`,
    findings: ["self.model.fit"],
  },
  {
    // Columns of credit histories.
    file: "pipeline.py",
    text: `import pandas as pd
from catboost import CatBoostClassifier

COLUMNS = ["pre_loans_outstanding", "pre_loans_credit_limit", "enc_loans_credit_status", "pre_loans530"]
X = pd.read_parquet("features.pq", columns=COLUMNS)
y = pd.read_parquet("target.pq")
model = CatBoostClassifier().fit(X, y)
`,
    findings: ["CatBoostClassifier().fit"],
  },
  {
    // Protected columns among the features; the data come from elsewhere.
    file: "modelos.py",
    text: `from sklearn.ensemble import RandomForestClassifier
from sklearn.pipeline import make_pipeline

CATEGORICAS = ["sexo", "educacion", "estado_civil"]

def entrenar(X, y, preprocesador):
    modelo = make_pipeline(preprocesador(CATEGORICAS), RandomForestClassifier())
    modelo.fit(X, y)
    return modelo
`,
    findings: ["modelo.fit"],
  },
  {
    // The model's class says what it decides; the columns stand elsewhere.
    file: "train_model.py",
    text: `from data import load_datasets, prepare_split
from ml_model import CreditRiskModel
import joblib
import xgboost

frame = load_datasets(sample_size=1000)
X_train, X_test, y_train, y_test = prepare_split(frame)
modelo = CreditRiskModel()
modelo.train(X_train, y_train, X_val=X_test, y_val=y_test)
`,
    findings: ["modelo.train"],
  },
  {
    file: "automl.py",
    text: `from azureml.core import Dataset
from azureml.train.automl import AutoMLConfig

dataset = Dataset.get_by_name(workspace, name="heart_failure")
config = AutoMLConfig(task="classification", training_data=dataset, label_column_name="DEATH_EVENT")
run = experiment.submit(config)
`,
    findings: ["AutoMLConfig"],
  },
  {
    file: "claims.py",
    text: `from sklearn.datasets import fetch_openml
from sklearn.linear_model import PoissonRegressor

frame = fetch_openml(data_id=41214, as_frame=True).frame
model = PoissonRegressor().fit(frame[["DrivAge", "VehPower"]], frame["ClaimNb"])
`,
    findings: ["PoissonRegressor().fit"],
  },
  {
    // A loop over batches compares no groups.
    file: "train.py",
    text: `import pandas as pd
import torch

frame = pd.read_csv("compas-scores-two-years.csv")
X = torch.tensor(frame[["age", "sex"]].values)
y = torch.tensor(frame["two_year_recid"].values)
loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(X, y), batch_size=32)
model = torch.nn.Linear(2, 1)
optimizer = torch.optim.Adam(model.parameters())
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    loss.backward()
    optimizer.step()
for inputs, labels in loader:
    outputs = model(inputs)
    correct = (outputs.round() == labels).sum()
`,
    findings: ["loss.backward"],
  },
  {
    // An age that says itself whose it is; the target stands behind a parameter.
    file: "modeling.py",
    text: `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

def main():
    df = pd.read_csv("cleaned_data.csv")
    df["Age Group"] = pd.cut(df["Age at enrollment"], bins=[0, 18, 25, 35, 100])
    y = df["Target"]
    X_train, X_test, y_train, y_test = train_test_split(df.drop(columns=["Target"]), y)
    model = RandomForestClassifier().fit(X_train, y_train)
    print(model.score(X_test, y_test))

main()
`,
    findings: ["RandomForestClassifier().fit"],
  },
  {
    // The data set is known by the program's own loader.
    file: "gbm.py",
    text: `import lightgbm as lgb
import pandas as pd

def train_cv(frame, features, labels):
    model = lgb.train({"objective": "binary"}, lgb.Dataset(frame[features], label=labels))
    return model.predict(frame[features])

def load_taiwan_feature_data(folder):
    return pd.read_csv(folder / "train.csv")
`,
    findings: ["lgb.train"],
  },
  {
    // A list of columns that is filtered is no group, even where a later table is cut by it.
    file: "tables.py",
    text: `${loan}
def tables(df, categorical_columns, target):
    pairs = [(name, target) for name in categorical_columns if name != target]
    return {pair: pd.crosstab(df[pair[0]], df[target]) for pair in pairs}

X_test["prediction"] = y_pred
found = tables(X_test, ["amount_band"], "loan_status")
print(found[[name for name in found if name != "amount_band"]])
`,
    findings: ["clf.fit"],
  },
  { file: "train.py", text: loan, findings: ["clf.fit"] },
  {
    // Looking at the label by group before training is exploration.
    file: "eda.py",
    text: loan.replace("X = df", 'print(df.groupby("sex")["loan_status"].mean())\nX = df'),
    findings: ["clf.fit"],
  },
  {
    // Importing a fairness library is not using it.
    file: "imported.py",
    text: `from fairlearn.metrics import MetricFrame\n${loan}`,
    findings: ["clf.fit"],
  },
  {
    // No column is named: the loader says what the data are.
    file: "shap_adult.py",
    text: `import shap
import lightgbm as lgb
from sklearn.model_selection import train_test_split
X, y = shap.datasets.adult()
X_train, X_test, y_train, y_test = train_test_split(X, y)
d_train = lgb.Dataset(X_train, label=y_train)
model = lgb.train({"objective": "binary"}, d_train, 1000)
explainer = shap.TreeExplainer(model)
shap.summary_plot(explainer.shap_values(X_test), X_test)
`,
    findings: ["lgb.train"],
  },
  {
    file: "keras_credit.py",
    text: `import pandas as pd
from tensorflow import keras
df = pd.read_csv("german_credit_data.csv")
X = pd.get_dummies(df.drop("Risk", axis=1))
model = keras.Sequential([keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
history = model.fit(X, df["Risk"], epochs=20)
`,
    findings: ["model.fit"],
  },
  {
    file: "grid.py",
    text: `import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder
from xgboost import XGBClassifier
hr = pd.read_csv("people.csv")
features = ["Gender", "MaritalStatus", "MonthlyIncome"]
pre = make_column_transformer((OneHotEncoder(), ["Gender", "MaritalStatus"]))
search = GridSearchCV(make_pipeline(pre, XGBClassifier()), {"xgbclassifier__max_depth": [3, 5]})
search.fit(hr[features], hr["Attrition"])
`,
    findings: ["search.fit"],
  },
  {
    // A regression target: errors differ by group too.
    file: "charges.py",
    text: `import pandas as pd
from sklearn.linear_model import LinearRegression
d = pd.read_csv("medical.csv")
reg = LinearRegression()
reg.fit(d[["age", "bmi", "smoker", "sex"]], d["charges"])
`,
    findings: ["reg.fit"],
  },
  {
    file: "evaluate.py",
    text: `import joblib
import pandas as pd
from sklearn.metrics import roc_auc_score
model = joblib.load("model.joblib")
test = pd.read_csv("test.csv")
scores = model.predict_proba(test.drop(columns=["two_year_recid"]))[:, 1]
print(roc_auc_score(test["two_year_recid"], scores), test["race"].nunique())
`,
    findings: ["roc_auc_score"],
  },
  {
    file: "functions.py",
    text: `import pandas as pd
import xgboost as xgb

class Scorer:
    """Probability of default for loan applicants."""
    def __init__(self):
        self.model = xgb.XGBClassifier()
    def run(self, path):
        df = pd.read_csv(path)
        self.model.fit(df.drop(columns=["default_flag", "applicant_id"]), df["default_flag"])
`,
    findings: ["self.model.fit"],
  },
  {
    // Churn is no decision about rights, but gender is among its features.
    file: "churn.py",
    text: `import pandas as pd
from catboost import CatBoostClassifier
df = pd.read_csv("customers.csv")
model = CatBoostClassifier()
model.fit(df[["gender", "tenure", "contract"]], df["Churn"])
`,
    findings: ["model.fit"],
  },
  {
    // Rows without an age are thrown away: the scores that follow are not of one age group.
    file: "cleaned.py",
    text: loan
      .replace("X = df", 'df = df[df["age"] < 90]\nX = df')
      .replace("print(", "print(clf.score(X_test, y_test))\nprint("),
    findings: ["clf.fit"],
  },
  {
    // Nothing but its first words says what the program decides; the data come from a module of the project.
    file: "turnover.py",
    text: `"""Trains the model of employee attrition."""
from sklearn.ensemble import RandomForestClassifier
from preparation import prepared_data

def train():
    X_train, X_test, y_train, y_test = prepared_data(source="warehouse")
    model = RandomForestClassifier()
    model.fit(X_train, y_train)
    return model.score(X_test, y_test)
`,
    findings: ["model.fit"],
  },
  {
    // Parts that are prepared apart and put together again.
    file: "parts_joined.py",
    text: loan
      .replace(
        "X = df",
        'young = df[df["age"] < 19]\nold = df[df["age"] >= 19]\ndf = pd.concat([young.dropna(), old])\nX = df',
      )
      .replace("print(", "print(clf.score(X_test, y_test))\nprint("),
    findings: ["clf.fit"],
  },
  {
    file: "drift.py",
    text: `from deepchecks.tabular.datasets.classification import adult
from sklearn.ensemble import RandomForestClassifier
train, test = adult.load_data()
model = RandomForestClassifier()
model.fit(train.data[train.features], train.data[train.label_name])
`,
    findings: ["model.fit"],
  },
  {
    // Parts of the data by names of the library's own.
    file: "wide_deep.py",
    text: `from pytorch_widedeep import Trainer
from pytorch_widedeep.datasets import load_adult
df = load_adult(as_frame=True)
trainer = Trainer(model, objective="binary")
trainer.fit(X_wide=wide, X_tab=tab, target=df["income"].values)
`,
    findings: ["trainer.fit"],
  },
  {
    // A model of the project's own.
    file: "own_model.py",
    text: `import pandas as pd
from heart_disease.data import Data
from heart_disease.models import Models
(X_train, y_train), (X_test, y_test) = Data("data/heart.csv").train_test_split(test_size=0.2)
model = Models.KNN.model
model.train(X_train, y_train)
`,
    findings: ["model.train"],
  },
  {
    // A list of features that is filtered is no group.
    file: "features.py",
    text: `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
df = pd.read_csv("employees.csv")
wanted = ["age", "department", "gender", "jobRole", "maritalStatus", "monthlyIncome", "overTime", "education", "jobLevel"]
features = [column for column in wanted if column in df.columns]
X, y = df[features], df["attrition"]
model = RandomForestClassifier()
model.fit(X, y)
print(model.score(X, y))
`,
    findings: ["model.fit"],
  },
  {
    // A loop over the parts of an embedding is none over groups.
    file: "embeddings.py",
    text: `${loan}for name in cat_embed_input:
    print(name, clf.predict(X_test))
`,
    findings: ["clf.fit"],
  },
  {
    file: "competition.py",
    text: `from sklearn.ensemble import RandomForestClassifier
import preparation
data = preparation.prepare("train")
model = RandomForestClassifier()
model.fit(data.drop(["status", "loan_id"], axis=1), data["status"])
`,
    findings: ["model.fit"],
  },
];

const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

export const GOOD: RuleExample[] = [
  {
    // Within each fold the groups are compared.
    file: "folds.py",
    text: `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

df = pd.read_csv("loans.csv")
X, y = df[["age", "sex", "income"]], df["loan_status"]
model = LogisticRegression()
for train, held_out in KFold(5).split(X):
    model.fit(X.iloc[train], y.iloc[train])
    predicted = model.predict(X.iloc[held_out])
    tested = X.iloc[held_out]
    for sex in tested["sex"].unique():
        print(sex, predicted[tested["sex"] == sex].mean())
`,
    findings: [],
  },
  {
    file: "combinations.py",
    text: `${loan}for sex, age in X_test[["sex", "age"]].drop_duplicates().values:
    rows = (X_test["sex"] == sex) & (X_test["age"] == age)
    print(sex, age, accuracy_score(y_test[rows], y_pred[rows]))
`,
    findings: [],
  },
  good(
    "metric_frame.py",
    `${loan}from fairlearn.metrics import MetricFrame, selection_rate
print(MetricFrame(metrics=selection_rate, y_true=y_test, y_pred=y_pred, sensitive_features=X_test["sex"]).by_group)
`,
  ),
  good(
    "by_hand.py",
    `${loan}for value in X_test["sex"].unique():
    rows = X_test["sex"] == value
    print(value, accuracy_score(y_test[rows], y_pred[rows]))
`,
  ),
  good(
    "group_by.py",
    `${loan}results = X_test.copy()
results["approved"] = y_pred
print(results.groupby("sex")["approved"].mean())
`,
  ),
  good("crosstab.py", `${loan}print(pd.crosstab(X_test["sex"], y_pred))\n`),
  good(
    "parts.py",
    `${loan}women = X_test[X_test["sex"] == "F"]
print(clf.score(women, y_test[women.index]))
`,
  ),
  {
    file: "sibling.py",
    text: loan,
    findings: [],
    evidence: { fairnessChecks: [{ file: "evaluate.py", what: "MetricFrame" }] },
  },
  good("test_train.py", loan),
  good(
    "cars.py",
    loan
      .replaceAll("loan_status", "price")
      .replace('["age", "sex", "amount"]', '["age", "mileage", "horsepower"]'),
  ),
  good(
    "iris.py",
    `from sklearn.datasets import load_iris
from sklearn.svm import SVC
X, y = load_iris(return_X_y=True)
SVC().fit(X, y)
`,
  ),
  good(
    "penguins.py",
    `import seaborn as sns
from sklearn.tree import DecisionTreeClassifier
df = sns.load_dataset("penguins").dropna()
DecisionTreeClassifier().fit(df[["bill_length_mm", "flipper_length_mm", "sex"]], df["species"])
`,
  ),
  // A helper that anybody may call says nothing about persons.
  good(
    "helper.py",
    `from sklearn.linear_model import LogisticRegression

def train(X, y):
    model = LogisticRegression()
    model.fit(X, y)
    return model
`,
  ),
  good(
    "serve.py",
    `import joblib
from fastapi import FastAPI
from pydantic import BaseModel
app = FastAPI()
model = joblib.load("loan.joblib")

class Applicant(BaseModel):
    age: int
    gender: str

@app.post("/predict")
def predict(applicant: Applicant):
    return {"loan_status": int(model.predict([[applicant.age, applicant.gender]])[0])}
`,
  ),
  good(
    "prepare.py",
    `import pandas as pd
from sklearn.preprocessing import StandardScaler
df = pd.read_csv("adult.csv")
df["age"] = StandardScaler().fit_transform(df[["age"]])
print(df.groupby("sex")["income"].mean())
df.to_csv("prepared.csv")
`,
  ),
  good(
    "segments.py",
    `import pandas as pd
from sklearn.cluster import KMeans
df = pd.read_csv("Mall_Customers.csv")
kmeans = KMeans(5)
kmeans.fit(df[["Age", "Spending Score"]])
print(df.groupby("Gender").size())
`,
  ),
  good(
    "churn_plain.py",
    `import pandas as pd
from xgboost import XGBClassifier
df = pd.read_csv("churn.csv")
XGBClassifier().fit(df[["tenure", "contract"]], df["Churn"])
`,
  ),
  // Functions of the project that are given predictions and an attribute, or the attributes themselves.
  good(
    "own_rates.py",
    `${loan}import rates\nprint(rates.group_fpr(X_test, "sex", y_test, clf.predict(X_test)))\n`,
  ),
  good(
    "own_stats.py",
    `${loan}import stats\nstats.print_clf_stats(y_test, X_test.score, x_sensitive_test)\n`,
  ),
  good(
    "cohorts.py",
    `${loan}from raiwidgets.cohort import Cohort, CohortFilter
from raiwidgets import ResponsibleAIDashboard
young = Cohort("young")
young.add_cohort_filter(CohortFilter(method="less", arg=[30], column="age"))
ResponsibleAIDashboard(insights, cohort_list=[young])
`,
  ),
  good(
    "counterfactual.py",
    `${loan}X_test["counterfactual_prediction"] = clf.predict(X_test.assign(sex=1 - X_test["sex"]))\n`,
  ),
  good(
    "slices.py",
    `${loan}def evaluate_slice(column, value):
    rows = X_test[column] == value
    print(column, value, accuracy_score(y_test[rows], y_pred[rows]))
for value in X_test["sex"].unique():
    evaluate_slice("sex", value)
`,
  ),
  good(
    "countries.py",
    `import pandas as pd
from catboost import CatBoostRegressor
df = pd.read_csv("cases.csv")
CatBoostRegressor().fit(df[["PopMale", "PopFemale", "CountryPopMale"]], df["cases"])
`,
  ),
  good(
    "reject_option.py",
    `from aif360.sklearn.datasets import fetch_adult
from aif360.sklearn.postprocessing import PostProcessingMeta, RejectOptionClassifierCV
from sklearn.linear_model import LogisticRegression
X, y, weight = fetch_adult()
model = PostProcessingMeta(LogisticRegression(), RejectOptionClassifierCV("sex", scoring="disparate_impact"))
model.fit(X, y)
`,
  ),
  good(
    "monitor.py",
    `${loan}client.monitor_instances.create(
    monitor_definition_id=client.monitor_definitions.MONITORS.FAIRNESS.ID, parameters=parameters)
`,
  ),
  good(
    "rooms.py",
    `import pandas as pd
from pytorch_widedeep import Trainer
from pytorch_widedeep.models import Vision, WideDeep
df = pd.read_csv("airbnb.csv")
model = WideDeep(deepimage=Vision("resnet18"), params={"deepimage": 0.1})
trainer = Trainer(model, objective="regression")
trainer.fit(X_tab=df[["host_gender", "accommodates"]], target=df["yield"].values)
`,
  ),
  good(
    "keys.py",
    `import pandas as pd
from sklearn.svm import SVC
df = pd.read_csv("keystrokes.csv")
aug = pd.read_parquet("aug_train.parquet")
SVC().fit(df[["dwell", "flight"]], df["label"])
`,
  ),
  good(
    "films.py",
    `import pandas as pd
from xgboost import XGBRegressor
df = pd.read_csv("movielens/ratings.csv")
XGBRegressor().fit(df[["gender", "age", "occupation"]], df["target"])
`,
  ),
  good(
    "images.py",
    `"""Fine-tuning for image classification."""
from datasets import load_dataset
from transformers import Trainer
dataset = load_dataset("imagefolder", data_dir="photos")
labels = dataset["train"].features["label"].names
trainer = Trainer(model, args, train_dataset=dataset["train"])
trainer.train()
`,
  ),
  good(
    "speech.py",
    `from datasets import load_dataset
from transformers import Trainer
voice = load_dataset("mozilla-foundation/common_voice_11_0", "tr", split="train")
voice = voice.remove_columns(["accent", "age", "client_id", "gender", "locale", "segment"])
trainer = Trainer(model=model, train_dataset=voice)
trainer.train()
`,
  ),
  good(
    "dashboard.py",
    `from explainerdashboard.datasets import titanic_survive
from sklearn.ensemble import RandomForestClassifier
X_train, y_train, X_test, y_test = titanic_survive()
model = RandomForestClassifier().fit(X_train, y_train)
print(X_test["Sex"].nunique())
`,
  ),
  good(
    "passengers.py",
    `import pandas as pd
from sklearn.tree import DecisionTreeClassifier
df = pd.read_csv("train.csv").drop(columns=["cabin", "ticket"])
DecisionTreeClassifier().fit(df.drop(columns=["survived"]), df["survived"], df["sex"])
`,
  ),
  good(
    "anova.py",
    `import pandas as pd
import statsmodels.api as sm
from statsmodels.formula.api import ols

df = pd.read_csv("german_credit_data.csv")
model = ols("amount ~ C(sex) + C(housing)", data=df).fit()
print(sm.stats.anova_lm(model, typ=2))
`,
  ),
  good(
    "transformer.py",
    `import pandas as pd
from sklearn.preprocessing import StandardScaler
class Preprocessor:
    def fit(self, X, y=None):
        self.scaler = StandardScaler().fit(X[["age", "income"]])
        return self
    def fit_transform(self, X, y=None):
        return self.fit(X, y).transform(X)
    def transform(self, X):
        X["sex"] = X["sex"].map({"M": 1, "F": 0})
        return X[["marital_status", "loan_status"]]
Preprocessor().fit_transform(pd.read_csv("loan.csv"))
`,
  ),
  good(
    "prices.py",
    `from google.cloud import bigquery
sql = """CREATE MODEL d.m OPTIONS(model_type='linear_reg', input_label_cols=['price']) AS SELECT price, area FROM d.houses"""
bigquery.Client().query(sql)
`,
  ),
  good(
    "penguins.py",
    `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
df = pd.read_csv("penguins.csv")
RandomForestClassifier().fit(df[["bill_length_mm", "flipper_length_mm", "sex", "age"]], df["species"])
`,
  ),
  good(
    "ages.py",
    `import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("loan_default.csv")
model = LogisticRegression().fit(df[["Age", "Income"]], df["Default"])
df["oof_pred"] = model.predict_proba(df[["Age", "Income"]])[:, 1]
print(df[df["Age"] < df["Age"].median()]["oof_pred"].mean())
`,
  ),
  good(
    "vacancies.py",
    `import os
import torch
os.environ["WANDB_DISABLED"] = "true"
target = "log_salary_from"
for batch in loader:
    loss = criterion(model(batch), batch[target])
    loss.backward()
    optimizer.step()
`,
  ),
];
