/** Searches for a lucky seed, and good uses of several seeds. */

import type { RuleExample } from "../../rule.ts";

const forest = (keep: string) => `from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score

max_accuracy = 0
scores = []
for x in range(2000):
    rf = RandomForestClassifier(random_state=x)
    rf.fit(X_train, Y_train)
    current = accuracy_score(rf.predict(X_test), Y_test)
${keep}`;

const KEEP = `    if(current>max_accuracy):
        max_accuracy = current
        best_x = x

rf = RandomForestClassifier(random_state=best_x)
`;

export const BAD: RuleExample[] = [
  { file: "heart.py", text: forest(KEEP), findings: ["RandomForestClassifier"] },
  {
    file: "collected.py",
    text: forest("    scores.append(current)\nbest_seed = scores.index(max(scores))\n"),
    findings: ["RandomForestClassifier"],
  },
  {
    file: "lucky_split.py",
    text: `from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

best = 0
for seed in range(100):
    X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=seed)
    model = LogisticRegression().fit(X_train, y_train)
    score = model.score(X_test, y_test)
    if score > best:
        best, best_seed = score, seed
`,
    findings: ["train_test_split"],
  },
  {
    file: "cross_validated.py",
    text: `import numpy as np
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.model_selection import cross_val_score

best = 0
for i in range(1, 51):
    model = ExtraTreesClassifier(random_state=i)
    score = cross_val_score(model, X, y, cv=5).mean()
    if score > best:
        best_model, best = model, score
print(np.mean(X))
`,
    findings: ["ExtraTreesClassifier"],
  },
  {
    file: "collected_later.py",
    text: `import numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import train_test_split

scores = []
for i in range(1000):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.1, random_state=i)
    model = LinearRegression()
    model.fit(X_train, y_train)
    scores.append(model.score(X_test, y_test))
best_random_state = np.argmax(scores)
`,
    findings: ["train_test_split"],
  },
  {
    file: "grid.py",
    text: `from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import GridSearchCV

search = GridSearchCV(RandomForestClassifier(), {"random_state": range(1, 101)}, cv=5)
search.fit(X, y)
`,
    findings: ["GridSearchCV"],
  },
];

export const GOOD: RuleExample[] = [
  {
    file: "spread.py",
    text: forest("    scores.append(current)\nprint(np.mean(scores), np.std(scores))\n"),
    findings: [],
  },
  { file: "shown.py", text: forest("    print(x, current)\n"), findings: [] },
  { file: "three.py", text: forest(KEEP).replace("2000", "3"), findings: [] },
  {
    file: "starts.py",
    text: forest(KEEP)
      .replaceAll("RandomForestClassifier", "KMeans")
      .replace("sklearn.ensemble", "sklearn.cluster"),
    findings: [],
  },
  {
    file: "depths.py",
    text: forest(KEEP).replaceAll("random_state=x", "max_depth=x, random_state=0"),
    findings: [],
  },
  {
    file: "other_parameter.py",
    text: forest(KEEP).replaceAll("random_state=x", "n_estimators=10 * (x + 1), random_state=x"),
    findings: [],
  },
];
