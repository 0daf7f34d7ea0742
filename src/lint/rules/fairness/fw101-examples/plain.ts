/** The plainest examples of FW101: the page of the rule shows them. */

import type { RuleExample } from "../../../rule.ts";

const program = `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split

loans = pd.read_csv("loans.csv")
X = loans[["income", "amount", "age", "sex"]]
y = loans["loan_status"]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = RandomForestClassifier().fit(X_train, y_train)
y_pred = model.predict(X_test)
print(accuracy_score(y_test, y_pred))
`;

export const BAD: RuleExample[] = [
  { file: "train.py", text: program, findings: ["RandomForestClassifier().fit"] },
];

export const GOOD: RuleExample[] = [
  {
    file: "train.py",
    text: `${program
      .replace("import pandas as pd\n", "import pandas as pd\nfrom fairlearn.metrics import MetricFrame\n")
      .trimEnd()}
print(MetricFrame(metrics=accuracy_score, y_true=y_test, y_pred=y_pred, sensitive_features=X_test["sex"]).by_group)
`,
    findings: [],
  },
];
