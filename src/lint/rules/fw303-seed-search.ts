/** FW303: the same model is fitted under many random seeds, and the luckiest is kept. */

import type { Finding, Fix } from "../finding.ts";
import type { PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { afterLine } from "./training/edits.ts";
import { seedGrids } from "./training/grids.ts";
import { linesIn, logicalLinesOf } from "./training/logical-lines.ts";
import { usedInLastRun } from "./training/measured.ts";
import { type SeedLoop, seedLoops } from "./training/seed-loops.ts";

function check({ facts, evidence }: RuleContext): Finding[] {
  if (facts.kind !== "python") return [];
  return [...loops(facts, evidence), ...grids(facts, evidence)];
}

function loops(facts: PythonFacts, evidence: RuleContext["evidence"]): Finding[] {
  return seedLoops(facts).map((found) => {
    const { loop, seeded, fit, seeds } = found;
    const what = seeded.method === "train_test_split" ? "splits of the data" : "random seeds";
    const used = usedInLastRun(evidence);
    return findingOf(seedSearch, {
      range: seeded.calleeRange,
      message: `The same model is fitted for ${seeds ?? "many"} ${what} and the best result is kept: that picks luck, and all other fits are thrown away.`,
      why: [
        `${loop.target} runs over ${loop.over.text.slice(0, 60)} and is the seed of ${seeded.method}.`,
        "The result is compared with the best so far, or the best of all is taken.",
        ...(used === undefined ? [] : [used]),
      ],
      silencedBy: seedSearch.docs.silencedBy,
      related: [
        { message: "the loop over seeds", range: loop.over.range },
        { message: "fitted once for each", range: fit.calleeRange },
      ],
      fixes: snippet(facts, found),
    });
  });
}

/** Fewer seeds in a search than this are a check of the spread. */
const FEWEST = 5;

function grids(facts: PythonFacts, evidence: RuleContext["evidence"]): Finding[] {
  return seedGrids(facts)
    .filter(({ seeds }) => seeds >= FEWEST)
    .map(({ call, seeds, key }) => {
      const used = usedInLastRun(evidence);
      return findingOf(seedSearch, {
        range: call.calleeRange,
        message: `The search tries ${seeds} random seeds like a hyperparameter and keeps the best: that picks luck.`,
        why: [`${key.text} is one of the searched parameters.`, ...(used === undefined ? [] : [used])],
        silencedBy: seedSearch.docs.silencedBy,
        related: [{ message: "the seeds", range: key.range }],
      });
    });
}

/** One fit with a fixed seed, its spread from cross-validation: to be put in the loop's place by hand. */
function snippet(facts: PythonFacts, { loop, seeded, fit }: SeedLoop): Fix[] {
  if (seeded.method === "train_test_split" || fit.method !== "fit" || fit.args.length < 2) return [];
  const last = linesIn(logicalLinesOf(facts), loop.range).at(-1);
  const head = logicalLinesOf(facts).find(({ start }) => start === loop.range.start);
  if (last === undefined || head === undefined) return [];
  const made = facts.text.slice(seeded.range.start, seeded.range.end);
  const seed = seeded.keywords.get("random_state") ?? seeded.keywords.get("seed");
  if (seed === undefined || seed.range.start < seeded.range.start) return [];
  const at = seed.range.start - seeded.range.start;
  const fixed = `${made.slice(0, at)}0${made.slice(at + seed.text.length)}`.replace(/\s*\n\s*/g, " ");
  const [x, y] = fit.args;
  const code = [
    "",
    "# One seed, and how much the result varies with the rows it is fitted on:",
    "from sklearn.model_selection import cross_val_score",
    `scores = cross_val_score(${fixed}, ${x!.text}, ${y!.text}, cv=5)`,
    "print(scores.mean(), scores.std())",
  ];
  const title = "Insert a cross-validation with one seed";
  if (facts.isNotebook) return [{ title, safety: "display", edits: [], newCell: code.slice(1).join("\n") }];
  return [{ title, safety: "display", edits: [afterLine(facts, last, code, head.indent)] }];
}

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

export const seedSearch: Rule = {
  code: "FW303",
  name: "seed-search",
  default: true,
  severity: "warning",
  fix: "display",
  appliesTo: ["python"],
  docs: {
    what: "A loop, or a grid search, fits the same model with one random seed after another and keeps the best result.",
    why: "The seed is no property of the model: the best of many is the luckiest on these rows, so its score is too high for new ones. All other fits are energy spent on nothing. Several seeds with their mean and spread are good practice, and are not meant.",
    silencedBy: [
      "A mean, a spread or a plot of the results instead of their best.",
      "Models whose method is the best of several random starts: k-means, mixtures, factorizations.",
      "Fewer than five seeds.",
    ],
    fixSafety: "The snippet fits five times with one seed; the loop stays until you take it out.",
    references: [
      "Picard: torch.manual_seed(3407) is all you need, 2021 (arXiv:2109.08203): the spread between seeds.",
      "Bouthillier et al.: Accounting for Variance in Machine Learning Benchmarks, MLSys 2021.",
    ],
  },
  examples: {
    bad: [
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
    ],
    good: [
      {
        file: "other_parameter.py",
        text: forest(KEEP).replaceAll("random_state=x", "n_estimators=10 * (x + 1), random_state=x"),
        findings: [],
      },
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
    ],
  },
  check,
};
