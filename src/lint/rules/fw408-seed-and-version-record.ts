/** FW408: a trained model is given away, and neither its seed nor its libraries' versions are recorded. */

import type { Finding } from "../finding.ts";
import type { PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { evidenceAround } from "./documentation/project-documents.ts";
import { mainRelease } from "./documentation/release-events.ts";
import { caseOf } from "./fairness/case.ts";
import { trainingEvents } from "./fairness/training-events.ts";

const SEEDS = /seed|random_state|rng/i;

function check({ facts, ...context }: RuleContext): Finding[] {
  const evidence = evidenceAround(facts.file, context.evidence);
  if (facts.kind !== "python" || evidence === undefined) return [];
  const release = mainRelease(facts);
  if (release === undefined) return [];
  if (release.kind === "saved" && caseOf(facts)?.person.stakes !== "high") return [];
  if (!trainingEvents(facts).some(({ kind }) => kind === "fit") || hasSeed(facts)) return [];
  // MLflow and skops keep the versions with the model.
  if (facts.imports.some(({ module }) => /^(?:mlflow|skops|bentoml)\b/.test(module))) return [];
  if (Object.values(evidence.versions).some(({ exact }) => exact !== undefined)) return [];
  return [
    findingOf(seedAndVersionRecord, {
      range: release.call.calleeRange,
      message: `${release.text} ${release.verb} a model that cannot be trained again as it was: no seed is set and no library is pinned.`,
      why: [
        "No seed or random_state in the file.",
        "No requirements, lock or environment file of the project names an exact version.",
      ],
      silencedBy: seedAndVersionRecord.docs.silencedBy,
    }),
  ];
}

function hasSeed(facts: PythonFacts): boolean {
  return (
    facts.calls.some(
      ({ method, keywords, hasUnknownArguments }) =>
        SEEDS.test(method) || hasUnknownArguments || [...keywords.keys()].some((name) => SEEDS.test(name)),
    ) || facts.assignments.some(({ target }) => SEEDS.test(target))
  );
}

const program = (seed: string) => `import joblib
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
df = pd.read_csv("loans.csv")
model = RandomForestClassifier(${seed}).fit(df.drop(columns=["loan_status"]), df["loan_status"])
joblib.dump(model, "model.joblib")
`;

export const seedAndVersionRecord: Rule = {
  code: "FW408",
  name: "seed-and-version-record",
  default: false,
  severity: "hint",
  fix: "none",
  appliesTo: ["python"],
  docs: {
    what: "A model is trained and published, or has high stakes for persons and is saved, with no seed in the file and no exact version of any library in the project.",
    why: "Who has to show how the model came about cannot train it again: neither the random numbers nor the libraries are known.",
    silencedBy: [
      "Any seed or random_state in the file, or an exact version in requirements, a lock file, an environment or an image.",
      "MLflow, skops or BentoML, which keep the versions with the model.",
      "A file that is linted alone: the project's versions are not known.",
    ],
    references: [
      "scikit-learn documentation, Model persistence: versions to keep with a saved model (2026)",
      "PyTorch documentation, Reproducibility (2026)",
    ],
  },
  examples: {
    bad: [{ file: "train.py", text: program(""), findings: ["joblib.dump"], evidence: {} }],
    good: [
      { file: "seeded.py", text: program("random_state=0"), findings: [], evidence: {} },
      {
        file: "pinned.py",
        text: program(""),
        findings: [],
        evidence: { versions: { "scikit-learn": { exact: "1.5.2", file: "requirements.txt" } } },
      },
      { file: "alone.py", text: program(""), findings: [] },
      {
        file: "cars.py",
        text: program("").replaceAll("loan_status", "mpg").replace("loans", "cars"),
        findings: [],
        evidence: {},
      },
    ],
  },
  check,
};
