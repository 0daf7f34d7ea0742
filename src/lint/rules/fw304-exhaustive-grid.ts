/** FW304: a grid search fits every combination of many. Opt-in. */

import { insertKeyword } from "../config/systems/python-values.ts";
import type { Finding, Fix, TextEdit } from "../finding.ts";
import type { PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { keywordName } from "./training/edits.ts";
import { type Grid, grids } from "./training/grids.ts";
import { usedInLastRun } from "./training/measured.ts";

const MANY_FITS = 200;
/** Each fit of these is long. */
const MANY_LONG_FITS = 50;
const LONG = /XGB|LGBM|CatBoost|GradientBoosting|MLP|Keras|skorch|NeuralNet|TabNet/;
/** Combinations that a random search tries instead. */
const TRIES = 20;

function check({ facts, evidence }: RuleContext): Finding[] {
  if (facts.kind !== "python") return [];
  return grids(facts).flatMap((grid) => {
    const { call, combinations, folds, estimator } = grid;
    const fits = combinations * folds;
    const long = estimator !== undefined && LONG.test(estimator);
    if (fits < (long ? MANY_LONG_FITS : MANY_FITS)) return [];
    const used = usedInLastRun(evidence);
    const name = estimator?.slice(estimator.lastIndexOf(".") + 1);
    return [
      findingOf(exhaustiveGrid, {
        range: call.calleeRange,
        message: `The search fits ${name ?? "the model"} ${fits} times: ${combinations} combinations in ${folds} folds.`,
        why: [
          "Every combination of the grid is fitted, also where one parameter hardly matters.",
          ...(used === undefined ? [] : [used]),
        ],
        silencedBy: exhaustiveGrid.docs.silencedBy,
        fixes: combinations > TRIES ? randomized(facts, grid) : [],
      }),
    ];
  });
}

function randomized(facts: PythonFacts, { call }: Grid): Fix[] {
  const { start, end } = call.calleeRange;
  const written = facts.text.slice(start, end);
  if (!written.endsWith("GridSearchCV")) return [];
  const edits: TextEdit[] = [
    { range: { start: end - "GridSearchCV".length, end }, newText: "RandomizedSearchCV" },
  ];
  const name = keywordName(facts, call, "param_grid");
  if (name === undefined && call.args.length < 2) return [];
  if (name !== undefined) edits.push({ range: name, newText: "param_distributions" });
  const tries = insertKeyword(call, "n_iter", String(TRIES), facts.text);
  if (tries === undefined) return [];
  edits.push(tries);
  if (written === "GridSearchCV") {
    const entry = facts.imports.find((each) => each.name === "GridSearchCV" && each.alias === "GridSearchCV");
    if (entry === undefined) return [];
    if (!facts.imports.some((each) => each.name === "RandomizedSearchCV")) {
      const at =
        entry.range.start + facts.text.slice(entry.range.start, entry.range.end).search(/\bGridSearchCV\b/);
      edits.unshift({ range: { start: at, end: at }, newText: "RandomizedSearchCV, " });
    }
  }
  return [{ title: `Try ${TRIES} combinations at random`, safety: "unsafe", edits }];
}

const search = (
  grid: string,
  more = "",
  estimator = "RandomForestClassifier()",
) => `from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import GridSearchCV
from xgboost import XGBClassifier

grid = ${grid}
search = GridSearchCV(${estimator}, param_grid=grid${more})
search.fit(X, y)
`;

export const exhaustiveGrid: Rule = {
  code: "FW304",
  name: "exhaustive-grid",
  default: false,
  severity: "information",
  fix: "unsafe",
  appliesTo: ["python"],
  docs: {
    what: "A grid search whose lists are written in the file makes 200 fits or more; 50 or more of boosting or neural networks.",
    why: "A grid spends most fits on repeating values of the parameters that matter while those that do not are varied. Random search, successive halving or Bayesian optimization usually find as good a model with fewer fits; when every parameter matters equally they do not.",
    silencedBy: ["Another search, a smaller grid, or lists that are not written in the file."],
    fixSafety: `It tries ${TRIES} combinations of the same lists at random: another result, which may be a little worse or better.`,
    references: [
      "Bergstra, Bengio: Random Search for Hyper-Parameter Optimization, JMLR 13, 2012.",
      "scikit-learn user guide, Tuning the hyper-parameters: randomized search, successive halving (2026).",
    ],
  },
  examples: {
    bad: [
      {
        file: "tune.py",
        text: search(
          '{"n_estimators": [100, 200, 400], "max_depth": [2, 4, 8, 16], "min_samples_leaf": range(1, 6)}',
        ),
        findings: ["GridSearchCV"],
      },
      {
        file: "boosting.py",
        text: search(
          '{"max_depth": [2, 4, 6], "eta": [0.01, 0.1, 0.3], "subsample": [0.5, 0.8, 1]}',
          ", cv=3",
          "XGBClassifier()",
        ),
        findings: ["GridSearchCV"],
      },
      {
        file: "several.py",
        text: `import numpy as np
from sklearn import model_selection, svm

search = model_selection.GridSearchCV(
    svm.SVC(),
    [{"kernel": ["rbf"], "C": np.logspace(-3, 3, 20)}, {"kernel": ["linear"], "C": np.linspace(1, 9)}],
    cv=model_selection.StratifiedKFold(n_splits=10),
)
`,
        findings: ["model_selection.GridSearchCV"],
      },
    ],
    good: [
      { file: "small.py", text: search('{"max_depth": [2, 4, 8]}'), findings: [] },
      {
        file: "unknown.py",
        text: search('{"max_depth": depths, "n_estimators": range(1, 1000)}'),
        findings: [],
      },
      { file: "own_folds.py", text: search('{"max_depth": range(1, 100)}', ", cv=folds"), findings: [] },
      {
        file: "changed.py",
        text: search('{"max_depth": range(1, 100)}').replace("search =", 'grid["max_depth"] = [1]\nsearch ='),
        findings: [],
      },
      {
        file: "random.py",
        text: search('{"max_depth": range(1, 100)}')
          .replaceAll("GridSearchCV", "RandomizedSearchCV")
          .replace("param_grid", "param_distributions"),
        findings: [],
      },
    ],
  },
  check,
};
