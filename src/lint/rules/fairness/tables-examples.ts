/** What FW102 to FW108 say of columns that only a table of the project names: their examples, and the table. */

import type { RuleExample } from "../../rule.ts";

/** A table beside the program. */
export const tableOf = (...columns: string[]): NonNullable<RuleExample["evidence"]> => ({
  tables: [{ source: { path: "data.csv", fromProgram: false, lines: false }, file: "data.csv", columns }],
});

export const PEOPLE = tableOf("gender", "zip_code", "income", "loan_status");

/** A program that names no column but what it predicts; `features` says what it learns from. */
export const learns = (features: string, more = "", imports = "") => `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
${imports}df = pd.read_csv("data.csv")
X = ${features}
y = df["loan_status"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
clf = LogisticRegression()
clf.fit(X_train, y_train)
${more}`;

export const REST = 'df.drop(columns=["loan_status"])';
