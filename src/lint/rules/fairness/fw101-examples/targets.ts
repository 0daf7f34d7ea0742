/** Examples of FW101 that say what they predict without reading its column: in messages, defaults, packages and titles. */

import type { RuleExample } from "../../../rule.ts";

const bad = (file: string, text: string, ...findings: string[]): RuleExample => ({ file, text, findings });
const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

const missing = (target: string) => `from sklearn.ensemble import RandomForestClassifier
from utils.preprocessor import prepare_features
def train_models(df):
    X, y = prepare_features(df)
    if y is None:
        raise ValueError("Target column '${target}' not found in dataset")
    model = RandomForestClassifier()
    model.fit(X, y)
    return model
`;

const withDefault = (target: string) => `import statsmodels.api as sm
def recalibrate(scores, calib_df, target_col: str = "${target}"):
    y = calib_df[target_col].values
    logit = sm.Logit(y, scores)
    return logit.fit(disp=False)
`;

const titled = (title: string) => `"""${title}"""
from sklearn.linear_model import LogisticRegression
from data_prep import get_processed_data, split_features_target
df = get_processed_data()
X, y = split_features_target(df)
model = LogisticRegression(max_iter=1000)
model.fit(X, y)
`;

const fromPackage = (name: string) => `import torch
from ${name}.features import load_features
splits = load_features()
X, y = splits["train"]
def train_one_fold(model, optimizer, loader):
    for xb, yb in loader:
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(model(xb), yb)
        loss.backward()
        optimizer.step()
`;

const written = (target: string) => `import numpy as np
class Network:
    def __init__(self, df):
        self.X, self.Y = df.iloc[:, :5].values, df["${target}"].values
    def back_propagation(self, A1, A2):
        return np.dot(A1.T, A2 - self.Y)
    def train(self):
        for _ in range(100):
            A1, A2 = self.forward()
            self.W -= 0.1 * self.back_propagation(A1, A2)
`;

export const BAD: RuleExample[] = [
  bad("trainer.py", missing("Attrition"), "model.fit"),
  bad("calibration.py", withDefault("default_12m"), "logit.fit"),
  bad("late.py", withDefault("readmitted_within_90_days"), "logit.fit"),
  bad("main.py", titled("Trains on the attrition dataset and saves the best model."), "model.fit"),
  bad("net.py", fromPackage("credit_risk"), "loss.backward"),
  bad("numpy_net.py", written("Loan_Status"), "self.back_propagation"),
];

export const GOOD: RuleExample[] = [
  good("trainer.py", missing("price")),
  // A setting and a machine's failure within a time are about no person.
  good("calibration.py", withDefault("failure_12m")),
  good("main.py", titled("Trains on the coating attrition of turbine blades and saves the best model.")),
  // Customers who leave, without an attribute of theirs.
  good("customers.py", titled("Trains on the customer attrition dataset and saves the best model.")),
  good("net.py", fromPackage("wind_power")),
  good("numpy_net.py", written("quality")),
];
