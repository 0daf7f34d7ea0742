/** Examples of FW101 whose subject only a name says: of a frame, a class of data, a folder, a module; and names that mislead. */

import type { RuleExample } from "../../../rule.ts";

const bad = (file: string, text: string, ...findings: string[]): RuleExample => ({ file, text, findings });
const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

const frame = (name: string) => `import pandas as pd
from catboost import CatBoostClassifier
from settings import config
${name} = pd.read_csv(config["train"])
X, y = ${name}.drop(columns=[config["target"]]), ${name}[config["target"]]
model = CatBoostClassifier()
model.fit(X, y)
`;

const dataClass = (name: string) => `import torch
from data_processing import ${name}
loader = torch.utils.data.DataLoader(${name}("data", is_train=True))
for inputs, targets in loader:
    loss = criterion(model(inputs), targets)
    loss.backward()
    optimizer.step()
`;

const folder = (path: string, groups: string) => `from sklearn.linear_model import LogisticRegression
from utils import preprocess_train
columns = ["platelets_mean", "glucose_max", ${groups}, "label"]
X, y = preprocess_train("${path}", columns)
model = LogisticRegression()
model.fit(X, y)
`;

const records = (from: string) => `import pandas as pd
from sklearn.linear_model import LogisticRegression
${from}
def train(path):
    df = pd.read_csv(path)
    model = LogisticRegression()
    model.fit(X=df[FEATURES], y=df[TARGET])
    return model
`;

const survival = (event: string) => `from sksurv.ensemble import GradientBoostingSurvivalAnalysis
from sksurv.util import Surv
from store import get_train_data
df = get_train_data()
y = Surv.from_dataframe(event="${event}", time="duration_in_days", data=df)
model = GradientBoostingSurvivalAnalysis()
model.fit(df[["egfr", "albumin"]], y)
`;

const handedOver = (
  call: string,
  models = "[RandomForestClassifier(), LogisticRegression()]",
) => `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from validation import external_validation, plot_roc
df = pd.read_csv("loan_data.csv")
X, y = df[["gender", "income"]], df["loan_status"]
classifiers = ${models}
${call}
`;

/** A step of preparation from a file of the project, in a program about patients. */
const step = (after: string) => `import pandas as pd
from sklearn.model_selection import train_test_split
from preparation import MedicalFeatures
df = pd.read_csv("heart.csv")
features = MedicalFeatures(columns=["age", "sex"])
features.fit(df[["age", "sex"]])
${after}
`;

const places = (columns: string) => `import pandas as pd
from sklearn.linear_model import LinearRegression
df = pd.read_csv("indicators.csv")
${columns}
y = df["suicides_rate_female"].values
model = LinearRegression().fit(df[["employment_rate_male", "employment_rate_female"]], y)
print("Predicts suicide mortality from female employment; heart disease by country")
`;

/** A part of a program that is given its data. */
const network = (name: string) => `import torch.nn as nn
class ${name}(nn.Module):
    def forward(self, x):
        return self.layers(x)
class Wrapper:
    def fit_model(self, loader):
        self.model = ${name}()
        for inputs, targets in loader:
            loss = self.criterion(self.model(inputs), targets)
            loss.backward()
            self.optimizer.step()
`;

/** Holds out one value of a column after another. */
const heldOut = (column: string) => `import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("heart.csv")
for value in df["${column}"].unique():
    model = LogisticRegression().fit(df[df["${column}"] != value][["bmi"]], df[df["${column}"] != value]["target"])
    print(value, model.score(df[df["${column}"] == value][["bmi"]], model.predict(df[["bmi"]])))
`;

const read = (file: string, target: string) =>
  frame("df").replace('config["train"]', `"${file}"`).replaceAll('config["target"]', `"${target}"`);

const titled = (title: string) => `"""${title}"""
${read("data/train.csv", "class")}`;

export const BAD: RuleExample[] = [
  bad("baseline.py", frame("application_train"), "model.fit"),
  bad("network.py", dataClass("SepsisDataset"), "loss.backward"),
  bad(
    "lr.py",
    folder("/data/pediatric_sepsis/prediction/v2.csv", '"age_group_infant", "age_group_school"'),
    "model.fit",
  ),
  bad("ensemble.py", records("from .patient_data import FEATURES, TARGET, PatientData"), "model.fit"),
  bad("survival.py", survival("has_esrd"), "model.fit"),
  bad(
    "validate.py",
    handedOver("results = external_validation(classifiers, X, y, 50)"),
    "external_validation",
  ),
  bad("placement.py", frame("df").replace('config["train"]', '"cleaned_placement.csv"'), "model.fit"),
  bad("lstm.py", network("SepsisLSTM"), "loss.backward"),
  bad("encoded.py", read("input.csv", "readmitted_label"), "model.fit"),
  bad("disease.py", read("data/TRAIN.csv", "SEPSIS"), "model.fit"),
  bad("onehot.py", read("diabetes_cleaned_onehot.csv", "y"), "model.fit"),
  bad("formatted.py", read("balanced_student_dataset_formatted.csv", "left"), "model.fit"),
  bad(
    "households.py",
    read("input.csv", "outcome").replace("X, y", 'df = df.drop("idhogar", axis=1)\nX, y'),
    "model.fit",
  ),
  bad("german.py", titled("German credit"), "model.fit"),
  // Categories of hospitals are no groups of persons.
  bad("beds.py", heldOut("numbedscategory"), "LogisticRegression"),
  // Asked to predict as well, it is a model.
  bad(
    "both.py",
    step("features.transform(df)\nprint(features.predict(df))").replace(".fit(df", ".fit(X_train=df"),
    "features.fit",
  ),
];

export const GOOD: RuleExample[] = [
  good("lstm.py", network("TrafficLSTM")),
  good("encoded.py", read("input.csv", "quality_label")),
  good("onehot.py", read("mushrooms_cleaned_onehot.csv", "y")),
  // Incomes of what is left of a city's quarters.
  good("formatted.py", read("quarters/income_filtered.csv", "left")),
  good("german.py", titled("German energy")),
  good("sexes.py", heldOut("sex")),
  good(
    "measured.py",
    `${frame("application_train")}from evaluation import fairness_by_group
print(fairness_by_group(y, model.predict(X), ${"application_train"}["CODE_GENDER"]))
`,
  ),
  good("baseline.py", frame("vibration_train")),
  good("network.py", dataClass("SpectraDataset")),
  good("lr.py", folder("/data/pump_wear/prediction/v2.csv", '"stage_group_early", "stage_group_late"')),
  good("ensemble.py", records("from .sensor_data import FEATURES, TARGET, SensorData")),
  good("survival.py", survival("has_failed")),
  // Drawn, and neither trained nor measured.
  good("validate.py", handedOver("plot_roc(classifiers, X, y)")),
  good("validate_rules.py", handedOver("external_validation(classifiers, X, y, 50)", '["rules"]')),
  // Prepares columns, whatever its class is called.
  good("step.py", step('df = features.transform(df)\ndf.to_csv("prepared.csv")')),
  // Rows are countries: rates of their women are no one's sex.
  good("countries.py", places('df = df[["Country Code", "Series Name", "employment_rate_female"]]')),
  good("world.py", places('df = df[["GDP", "Life expectancy", "employment_rate_female"]]')),
  // Which part of the data a row is of.
  good("adversarial.py", read("data/application_train.csv", "is_test")),
  good("parts.py", read("data/loans.csv", "isTrain")),
  // Newsgroups.
  good(
    "news.py",
    `from sklearn.datasets import fetch_20newsgroups
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.naive_bayes import MultinomialNB
categories = ["alt.atheism", "soc.religion.christian"]
news = fetch_20newsgroups(subset="train", categories=categories)
vectors = TfidfVectorizer().fit_transform(news.data)
model = MultinomialNB()
model.fit(vectors, news.target)
`,
  ),
];
