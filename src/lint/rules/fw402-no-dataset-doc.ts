/** FW402: a model is trained on a data set of persons and given away, and no document says what the data are. */

import type { Finding } from "../finding.ts";
import type { PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { besideFile, dataDocument, evidenceAround } from "./documentation/project-documents.ts";
import { mainRelease } from "./documentation/release-events.ts";
import { dataSources, datasheetStub } from "./documentation/stubs.ts";
import { caseOf } from "./fairness/case.ts";
import { listed } from "./fairness/messages.ts";

function check({ facts, ...context }: RuleContext): Finding[] {
  const evidence = evidenceAround(facts.file, context.evidence);
  if (facts.kind !== "python" || evidence === undefined) return [];
  const release = mainRelease(facts);
  const person = release && caseOf(facts)?.person;
  if (person === undefined || (person.stakes !== "high" && person.protectedColumns.length === 0)) return [];
  // What comes from a hub or the web is described where it comes from.
  const sources = dataSources(facts).filter((source) => !/^(?:https?|hf):/i.test(source));
  if (sources.length === 0 || usesLibraryData(facts)) return [];
  if (dataDocument(evidence) !== undefined) return [];
  const columns = person.protectedColumns.map(({ name }) => name);
  const path = besideFile(facts.file, "DATASHEET.md");
  const title = "Create DATASHEET.md from what the files say, with the other fields marked as empty";
  return [
    findingOf(noDatasetDoc, {
      range: release!.call.calleeRange,
      message: `${release!.text} ${release!.verb} a model that was trained on ${sources[0]}: data about persons that no document of the project describes.`,
      why: [
        `Read here: ${listed(sources)}.`,
        columns.length > 0
          ? `Columns about persons: ${listed(columns, 6)}.`
          : "The model has high stakes for persons.",
        "No datasheet, data card or section about the data in the project's documents.",
      ],
      silencedBy: noDatasetDoc.docs.silencedBy,
      fixes: [{ title, safety: "safe", edits: [], newFile: { path, content: datasheetStub(facts) } }],
    }),
  ];
}

function usesLibraryData(facts: PythonFacts): boolean {
  return facts.calls.some(
    ({ callee, method }) =>
      /^(?:sklearn\.datasets|fairlearn\.datasets|shap\.datasets|aif360\.(?:sklearn\.)?datasets|folktables|ucimlrepo|openml)\./.test(
        callee,
      ) || method === "load_dataset",
  );
}

const program = (source: string, columns = "gender", save = true) => `import joblib
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("${source}")
X = df[["${columns}", "income", "loan_amount"]]
model = LogisticRegression().fit(X, df["loan_status"])
${save ? 'joblib.dump(model, "model.joblib")\n' : ""}`;

export const noDatasetDoc: Rule = {
  code: "FW402",
  name: "no-dataset-doc",
  default: false,
  severity: "information",
  fix: "safe",
  appliesTo: ["python"],
  docs: {
    what: "A model is trained on the project's own data about persons and saved or published, and no document of the project describes the data.",
    why: "How the data were collected, who is missing from them and what they may be used for cannot be read off the file.",
    silencedBy: [
      "A datasheet, data card or data statement, or a section about the data in a README around the file.",
      "Data sets that a library loads or that come from the web: they are described where they come from.",
      "A file that is linted alone: the project around it is not known.",
    ],
    fixSafety:
      "A new file is created and none is changed. It holds what stands in the project's files; every other field says that it is not filled in.",
    references: [
      "Gebru et al., Datasheets for Datasets, Communications of the ACM 64(12), 2021, arXiv:1803.09010",
      "Regulation (EU) 2024/1689 (AI Act), Article 10(2) and Annex IV 2(d): data and their provenance",
    ],
  },
  examples: {
    bad: [
      {
        file: "train.py",
        text: program("applicants.csv"),
        findings: ["joblib.dump"],
        evidence: {},
        beside: "in a project that says nothing of its data",
      },
    ],
    good: [
      {
        file: "train.py",
        text: program("applicants.csv"),
        findings: [],
        evidence: { documentation: [{ file: "data/README.md", kind: "other", says: ["data"], empty: [] }] },
        beside: "where `data/README.md` describes the data",
      },
      { file: "alone.py", text: program("applicants.csv"), findings: [] },
      { file: "notebook.py", text: program("applicants.csv", "gender", false), findings: [], evidence: {} },
      {
        file: "web.py",
        text: program("https://archive.ics.uci.edu/german.data"),
        findings: [],
        evidence: {},
      },
    ],
  },
  check,
};
