/** Examples of FW101 that name a state of a person in their label, prose, classes of pictures, models or data; and their neighbours. */

import type { RuleExample } from "../../../rule.ts";

const bad = (file: string, text: string, ...findings: string[]): RuleExample => ({ file, text, findings });
const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

const label = (name: string, features = `["a", "b"]`) => `import pandas as pd
from xgboost import XGBClassifier
df = pd.read_parquet("train.parquet")
model = XGBClassifier()
model.fit(df[${features}], df["${name}"])
`;

const survival = (file: string, event: string) => `import pandas as pd
from lifelines import CoxPHFitter
df = pd.read_csv("${file}")
cph = CoxPHFitter()
cph.fit(df, duration_col="days", event_col="${event}")
`;

const labelFile = (name: string) => `import numpy as np
from sklearn.linear_model import LogisticRegression
X = np.load("features.npy")
y = np.load("${name}")
model = LogisticRegression()
model.fit(X, y)
`;

const told = (prose: string) => `"""${prose}"""
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("data.csv")
model = LogisticRegression()
model.fit(df.iloc[:, :-1], df.iloc[:, -1])
`;

const commented = (prose: string) => told("").replace('""""""', `# ${prose}`);

const pictures = (folder: string, classes: string) => `import tensorflow as tf
CLASS_NAMES = [${classes}]
train = tf.keras.utils.image_dataset_from_directory("${folder}")
model = tf.keras.applications.MobileNetV2(classes=len(CLASS_NAMES), weights=None)
model.fit(train, epochs=10)
`;

const ownClass = (name: string) => `import pandas as pd
from xgboost import XGBClassifier
class ${name}:
    def __init__(self):
        self.model = XGBClassifier()
    def train(self, X, y):
        self.model.fit(X, y)
df = pd.read_csv("data.csv")
${name}().train(df.iloc[:, :-1], df.iloc[:, -1])
`;

const loader = (data: string) => `import torch
from loaders import get_train_loader
for x, y in get_train_loader("${data}"):
    optimizer.zero_grad()
    loss = torch.nn.functional.mse_loss(model(x), y)
    loss.backward()
    optimizer.step()
`;

const query = (columns: string, table: string) => `import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_sql("SELECT ${columns} AS bad FROM ${table}", engine)
model = LogisticRegression()
model.fit(df.drop(columns="bad"), df["bad"])
`;

const texts = (column: string, prose: string) => `"""${prose}"""
from sentence_transformers import CrossEncoder
import json
pairs = [(p["${column}"], p["query"]) for p in map(json.loads, open("pairs.jsonl"))]
model = CrossEncoder("cross-encoder/ms-marco-MiniLM-L-6-v2")
model.fit(train_dataloader=pairs, epochs=2)
`;

const registered = (name: string) => `from sklearn.datasets import fetch_openml
from sklearn.tree import DecisionTreeClassifier
X, y = fetch_openml("${name}", return_X_y=True)
model = DecisionTreeClassifier()
model.fit(X, y)
`;

const DEMENTIA = '"MildDementia", "ModerateDementia", "NonDementia"';
const FEELINGS = '"angry", "disgust", "fear", "happy", "sad"';

export const BAD: RuleExample[] = [
  bad("train.py", label("ckd_stage"), "model.fit"),
  bad("train.py", label("died_in_hospital"), "model.fit"),
  bad("train.py", label("ever_90dpd"), "model.fit"),
  bad("train.py", label("gagal_bayar"), "model.fit"),
  bad("train.py", label("是否离职"), "model.fit"),
  bad("train.py", label("opioid_overdose"), "model.fit"),
  bad("train.py", label("en_mora"), "model.fit"),
  bad("labels.py", labelFile("needs_ventilation.npy"), "model.fit"),
  bad("cox.py", survival("cohort_2019.csv", "death"), "cph.fit"),
  bad("main.py", told("Early identification of at-risk students from their first month."), "model.fit"),
  bad("main.py", told("Credit scoring of applicants."), "model.fit"),
  bad("main.py", told("Predict which discharged patients come back within 30 days."), "model.fit"),
  bad("main.py", told("Modelo de previsão de evasão escolar."), "model.fit"),
  bad("main.py", commented("Detecting early signs of Parkinson's from sustained vowels"), "model.fit"),
  bad("images.py", pictures("scans/train", DEMENTIA), "model.fit"),
  bad("images.py", pictures("faces/train", FEELINGS), "model.fit"),
  bad("images.py", pictures("Alzheimer_s Dataset/train", '"a", "b"'), "model.fit"),
  bad("own.py", ownClass("LoanApprovalModel"), "self.model.fit"),
  bad("net.py", loader("eicu_los"), "loss.backward"),
  bad("scorecard.py", query("requested_amount, ever_late", "applications"), "model.fit"),
  bad("rank.py", texts("resume", "Rank resumes against the text of a job."), "model.fit"),
  bad("named.py", registered("ilpd"), "model.fit"),
];

export const GOOD: RuleExample[] = [
  good("train.py", label("wear_stage")),
  // Salmon die in pens, trees in stands, servers are readmitted to a pool.
  good("train.py", label("died", '["temperature", "oxygen"]')),
  good("train.py", label("mortality_5yr", '["dbh", "crown_ratio"]')),
  good("train.py", label("readmitted_to_pool")),
  good("train.py", label("charge_off_rate")),
  good("train.py", label("withdrawn", '["demand", "price"]')),
  // Ships and guests stay, too; mice and corals die.
  good("train.py", label("length_of_stay_hours", '["teu", "cranes"]')),
  good("train.py", label("mortality", '["sst", "dhw"]').replace("train.parquet", "coral_reefs.parquet")),
  good("cox.py", survival("clinical_mice_2019.csv", "death")),
  good("labels.py", labelFile("needs_cleaning.npy")),
  good("cox.py", survival("compressors.csv", "failure")),
  good("main.py", told("Predict whether a worker of the queue will fail.")),
  good("train.py", label("ventilation", '["co2", "temperature"]')),
  good("rank.py", texts("item", "Rank candidates of a recommender by clicks.")),
  good("main.py", told("Carbon credit scoring of reforestation.")),
  good("cox.py", survival("bulbs_2019.csv", "death")),
  good("main.py", told("Predict which pumps come back within 30 days.")),
  good("main.py", commented("Detecting early signs of wear from vibration")),
  // Networks have students; firms have credit risks.
  good("main.py", told("Distil a teacher network: student performance on small tables.")),
  good(
    "main.py",
    commented("Credit risk of firms: companies, corporate bonds, their issuers, and what a company owes"),
  ),
  good("images.py", pictures("leaves/train", '"healthy", "rust", "scab"')),
  good("images.py", pictures("pets/train", '"happy", "sad"')),
  good("own.py", ownClass("PriceApprovalModel")),
  good("net.py", loader("cifar10")),
  good("scorecard.py", query("amperage, cycles", "batteries")),
  good("rank.py", texts("passage", "Rank passages against a question.")),
  good("named.py", registered("wine")),
];
