/** Examples of FW101 whose subject only the codes of a label, a report's first line or a run's name tell; and neighbours. */

import type { RuleExample } from "../../../rule.ts";

const bad = (file: string, text: string, ...findings: string[]): RuleExample => ({ file, text, findings });
const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

const coded = (comment: string) => `import numpy as np
from sklearn.svm import SVC
from rows import read_rows
X_train, X_test, y_train, y_test = read_rows("rows.npz")
# ${comment}
y_train = np.where(y_train > 0.5, 1, 0)
SVC().fit(X_train, y_train)
`;

const handed = (call: string, columns = '"income"') => `import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.naive_bayes import GaussianNB
from sklearn.svm import LinearSVC
from rounds import get_mae, resample_rows, train_predict
table = pd.read_csv("census.csv")
X, y = table.drop(columns=[${columns}]), table[${columns}]
X_train, X_test, y_train, y_test = train_test_split(X, y)
rounds = [[GaussianNB(), LinearSVC()]]
for each in range(2):
    ${call}
`;

const reported = (head: string) => `import mlflow
from sklearn.linear_model import LogisticRegression
from .columns import TARGET
def fit(model, X_train, y_train):
    model.fit(X_train, y_train)
    return model
def candidates():
    return [LogisticRegression(C=c) for c in (0.1, 1.0)]
def describe(version, auc):
    return f"""
${head} v{version}

- AUC: {auc:.3f}
"""
`;

const run = (name: string, target: string, id: string) => `import mlflow
import pandas as pd
from sklearn.linear_model import LogisticRegression
table = pd.read_csv("data/processed/rows.csv")
X, y = table.drop(columns=["${target}", "${id}"]), table["${target}"]
mlflow.set_experiment("${name}")
LogisticRegression().fit(X, y)
`;

const named = (rest: string, file = "rows.csv") => `import joblib
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
table = pd.read_csv("${file}")
X, y = table.iloc[:, :-1], table.iloc[:, -1]
learner = LogisticRegression()
learner.fit(X, y)
${rest}
`;

const batches = (made: string, imports = "from rows import StudentDataset") => `import torch
${imports}
from networks import create_network
def fit_epoch(net, loader, loss_of, optimizer):
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_of(net(x), y)
        loss.backward()
        optimizer.step()
def search(frame, config):
    rows = ${made}
    fit_epoch(create_network(config), torch.utils.data.DataLoader(rows), torch.nn.MSELoss(), torch.optim.Adam(config))
`;

const LICENSED = `# Copyright 2016. All rights reserved.
#
# Licensed under the Apache License, Version 2.0.

# Trains the model of census classification.

import tensorfx as tfx
`;

const described = (title: string, made: string, imports = "") => `"""${title}"""
import pandas as pd
${imports}
from sklearn.svm import SVC
def fit(table, target):
    """${made}"""
    model = SVC()
    model.fit(table.drop(columns=[target]), table[target])
    return model
fit(pd.read_csv("rows.csv"), "y1")
`;

const aged = (age: string) => `import pandas as pd
from sklearn.linear_model import LinearRegression
table = pd.read_csv("rows.csv")
table["age"] = ${age}
X, y = table[["age", "hp", "income"]], table["price"]
LinearRegression().fit(X, y)
`;

const ended = (cell: string) =>
  JSON.stringify({
    cells: [
      {
        cell_type: "code",
        source:
          'import pandas as pd\nfrom sklearn.linear_model import Ridge\nrows = pd.read_csv("rows.csv")\nRidge().fit(rows[["hp"]], rows["price"])',
        metadata: {},
        outputs: [],
        execution_count: null,
      },
      { cell_type: "markdown", source: cell, metadata: {} },
    ],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });

export const BAD: RuleExample[] = [
  bad("first.py", coded("1 = defaulted, 0 = paid"), "SVC().fit"),
  bad(
    "first.py",
    coded("label: 0 if the patient has no diabetes, 1 if the patient has diabetes"),
    "SVC().fit",
  ),
  bad("first.py", coded("admitted (1) or rejected (0)"), "SVC().fit"),
  bad("first.py", coded("0.8 以上: 录取分为成功1，失败0"), "SVC().fit"),
  bad("first.py", coded("0 -> no stroke, 1 -> stroke"), "SVC().fit"),
  bad(
    "first.py",
    handed("train_predict(rounds[0][each], len(y_train), X_train, y_train, X_test, y_test)"),
    "train_predict",
  ),
  bad("first.py", handed("get_mae(each, X_train, X_test, y_train, y_test)"), "get_mae"),
  bad("src/rows/train.py", reported("Loan Default Prediction Model"), "model.fit"),
  bad("first.py", run("bnpl_risk_modeling", "is_high_risk", "CustomerId"), "LogisticRegression().fit"),
  bad("first.py", run("lending_risk", "label", "row"), "LogisticRegression().fit"),
  bad("first.py", coded("label: 1 - default, 0 - no default"), "SVC().fit"),
  bad("first.py", coded("1 if the employee left the company else 0"), "SVC().fit"),
  bad("first.py", coded("1 for dropout and 0 for graduate"), "SVC().fit"),
  bad("first.py", batches("StudentDataset(frame)"), "loss.backward"),
  bad(
    "first.py",
    `${LICENSED}network = tfx.nn.FeedForward(2)\ntrainer = tfx.training.ModelTrainer()\ntrainer.train(network, 3)\n`,
    "trainer.train",
  ),
  bad("first.py", named('joblib.dump(learner, "model_heart.sav")'), "learner.fit"),
  bad("first.py", named("def predict_eligibility(row):\n    return learner.predict(row)"), "learner.fit"),
  bad("first.py", named('COLUMNS = ["loan_amount", "term", "dti"]'), "learner.fit"),
  bad("first.py", named('COLUMNS = ["gre", "gpa", "rank"]'), "learner.fit"),
  bad("first.py", named('out = "Serial_No,GRE_Score,TOEFL_Score,SOP\\n"'), "learner.fit"),
  bad("first.py", named('COLUMNS = "age,workclass,fnlwgt,education".split(",")'), "learner.fit"),
  bad("first.py", named("", "data/candidate_data_v3.csv"), "learner.fit"),
  bad("first.py", named("# Rows are students.\nCOLUMNS = ['hours_studied', 'rest']"), "learner.fit"),
  bad(
    "first.py",
    run("first", "dar_promocion", "row").replace(
      "mlflow.set_experiment",
      'print(table[["age_group", "device"]])\nmlflow.set_experiment',
    ),
    "LogisticRegression().fit",
  ),
  bad("first.py", run("first", "np.log(wage) ~ educ + female", "row"), "LogisticRegression().fit"),
  bad("first.py", run("first", "risk_level", "patient_id"), "LogisticRegression().fit"),
  ...["dropout", "CGPA", "claim_amount", "repay_fail", "benefit_approved", "ThirtyDayReadmitFLG"].map(
    (target) => bad("first.py", run("first", target, "row"), "LogisticRegression().fit"),
  ),
  bad(
    "first.py",
    `import healthcareai
rows = healthcareai.load_csv("rows.csv")
trainer = healthcareai.SupervisedModelTrainer(dataframe=rows, predicted_column="ThirtyDayReadmitFLG")
trainer.random_forest()
`,
    "trainer.random_forest",
  ),
  bad(
    "first.py",
    `import joblib
import pandas as pd
rows = pd.read_csv("rows.csv")
X_test, y_test = rows.drop(columns="loan_status"), rows["loan_status"]
model = joblib.load("model.pkl")
print((model.predict(X_test) == y_test).mean())
`,
    "(model.predict(X_test) == y_test).mean",
  ),
  bad("first.py", described("Predicts whether a customer defaults on a loan.", "Fits it."), "model.fit"),
  bad("first.py", described("Trains a classifier on the UCI Adult dataset.", "Fits it."), "model.fit"),
  bad("first.py", described("First program.", "Train the loan default model."), "model.fit"),
  bad("first.py", described("Predicts hospital stays.", "Fits it."), "model.fit"),
  bad(
    "first.py",
    described("First program.", "Fits it.", "from project.loan.config import paths"),
    "model.fit",
  ),
];

export const GOOD: RuleExample[] = [
  good("first.py", coded("1 = ripe, 0 = green")),
  good("first.py", coded("learning rate is 1, momentum (0)")),
  good("first.py", handed("resample_rows(rounds[0][each], X_train, y_train)")),
  good("src/rows/train.py", reported("Pump Failure Prediction Model")),
  good("first.py", run("pump_risk_modeling", "is_high_risk", "pump_id")),
  good("first.py", coded("mode: 1 - default, 0 - fast")),
  good("first.py", batches("StudentDataset(frame)  # of the teacher's answers")),
  good("first.py", batches("LeafDataset(frame)", "from rows import LeafDataset")),
  good("first.py", named('joblib.dump(learner, "model_pump.sav")')),
  good(
    "first.py",
    named("draw_best_fit(X_train, y_train)").replace("learner.fit(X, y)", 'COLUMNS = ["loan_amount"]'),
  ),
  good("first.py", run("first", "layer", "dropout_rate")),
  good("first.py", run("first", "risk_level", "contract")),
  good(
    "metrics.py",
    `"""Metrics to evaluate models of credit default."""
import numpy as np
from sklearn.metrics import confusion_matrix
def counts(y_true, y_score, threshold=0.5):
    y_pred = (np.asarray(y_score) >= threshold).astype(int)
    return confusion_matrix(y_true, y_pred).ravel()
`,
  ),
  good("first.py", named('COLUMNS = "hp,weight,doors,age".split(",")')),
  good("first.py", described("Predicts whether a pump stops.", "Train the pump model.")),
  good("first.py", aged('2017 - table["year"]')),
  good("first.ipynb", ended("Other projects: https://archive.ics.uci.edu/ml/datasets/Student+Performance")),
];
