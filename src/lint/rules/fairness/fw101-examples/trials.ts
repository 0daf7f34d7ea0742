/** Examples of FW101 in programs that are named like tests, and of attrition that is not of persons. */

import type { RuleExample } from "../../../rule.ts";

const bad = (file: string, text: string, ...findings: string[]): RuleExample => ({ file, text, findings });
const good = (file: string, text: string): RuleExample => ({ file, text, findings: [] });

const trial = (before = "", after = "") => `import pandas as pd
from sklearn.tree import DecisionTreeClassifier
${before}
df = pd.read_csv("stays.csv")
clf = DecisionTreeClassifier()
clf.fit(df[["SEX", "RACE", "AGE"]], df["READMITTED"])
print(clf.score(df[["SEX", "RACE", "AGE"]], df["READMITTED"]))
${after}
`;

const leaving = (who: string) => `"""Boosted trees: ${who} attrition model"""
from sklearn.ensemble import GradientBoostingClassifier
from rows import load_rows
X, y = load_rows()  # ${who} that left, and ${who} that stayed
clf = GradientBoostingClassifier()
clf.fit(X, y)
print(f"Risk written for all {len(X)} ${who}")
`;

export const BAD: RuleExample[] = [
  bad("tree_test.py", trial(), "clf.fit"),
  bad("models/forest_test.py", trial("# the test set is asserted by hand"), "clf.fit"),
  bad("attrition.py", leaving("employees"), "clf.fit"),
];

export const GOOD: RuleExample[] = [
  good("tree_test.py", trial("import pytest")),
  good("forest_test.py", trial("def test_score():\n    pass")),
  good("score_test.py", trial("", "assert clf.score(X, y) > 0.8")),
  good("arrays_test.py", trial("", "np.testing.assert_allclose(a, b)")),
  good("tests/tree_test.py", trial()),
  good("test_tree.py", trial()),
  good("buildings.py", leaving("buildings")),
  good("meters.py", leaving("meters")),
];
