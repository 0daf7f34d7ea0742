/** FW303: the same model is fitted under many random seeds, and the luckiest is kept. */

import type { Finding, Fix } from "../finding.ts";
import { linesIn, logicalLinesOf } from "../python/logical-lines.ts";
import type { PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { takesCells } from "./own-cell.ts";
import { afterLine } from "./training/edits.ts";
import { BAD, GOOD } from "./training/fw303-examples.ts";
import { seedGrids } from "./training/grids.ts";
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
  if (takesCells(facts)) return [{ title, safety: "display", edits: [], newCell: code.slice(1).join("\n") }];
  return [{ title, safety: "display", edits: [afterLine(facts, last, code, head.indent)] }];
}

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
  examples: { bad: BAD, good: GOOD },
  check,
};
