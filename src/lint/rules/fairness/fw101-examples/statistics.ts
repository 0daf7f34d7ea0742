/** Examples of FW101 on statistics of groups: of what a model says they are a check, of the label or the data they are none. */

import type { RuleExample } from "../../../rule.ts";

const measured = (check: string) => `import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.stats import pointbiserialr
from sklearn.ensemble import RandomForestClassifier
df = pd.read_csv("applicants.csv")
X, y = df[["income", "debt"]], df["loan_approved"]
clf = RandomForestClassifier()
clf.fit(X, y)
y_pred = clf.predict(X)
df["y_pred"] = y_pred
g = (df["sex"] == "F").astype(int)
sex = df["sex"].to_numpy()
${check}
`;

const bad = (check: string): RuleExample => ({
  file: "train.py",
  text: measured(check),
  findings: ["clf.fit"],
});
const good = (check: string): RuleExample => ({ file: "train.py", text: measured(check), findings: [] });

const rows = (body: string) => `for row, said in zip(df.itertuples(), y_pred):\n    ${body}`;

export const BAD: RuleExample[] = [
  bad("print(np.bincount(g, weights=y))"),
  bad("print(np.bincount(y_pred))"),
  bad("print(np.corrcoef(sex, y))"),
  bad('print(np.corrcoef(df["income"], y_pred))'),
  bad("print(sm.OLS(y, sm.add_constant(sex)).fit().summary())"),
  bad('print(df["sex"].corr(y))'),
  bad(rows("print(row.sex, row.income, said)")),
  bad(rows("if row.income > 100:\n        print(said)")),
];

export const GOOD: RuleExample[] = [
  good("print(np.bincount(g, weights=y_pred) / np.bincount(g))"),
  good("print(np.corrcoef(sex, y_pred)[0, 1])"),
  good('print(pointbiserialr(df["sex"], clf.predict_proba(X)[:, 1]))\nprint(pointbiserialr(g, y_pred))'),
  good("print(sm.OLS(y_pred, sm.add_constant(sex)).fit().summary())"),
  good('print(g.corr(df["y_pred"]))'),
  good(rows("if row.sex == 'F':\n        women.append(said)")),
  good(rows("hits[row.sex].append(said == 1)")),
];
