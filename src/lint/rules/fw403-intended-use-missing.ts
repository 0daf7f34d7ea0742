/** FW403: the project's model card leaves out what the model is for, where it fails, or how it does by group. */

import type { Finding } from "../finding.ts";
import type { Topic } from "../project/document-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { documentSaying, evidenceAround } from "./documentation/project-documents.ts";
import { mainRelease } from "./documentation/release-events.ts";
import { caseOf } from "./fairness/case.ts";
import { listed } from "./fairness/messages.ts";

function check({ facts, ...context }: RuleContext): Finding[] {
  const evidence = evidenceAround(facts.file, context.evidence);
  if (facts.kind !== "python" || evidence === undefined) return [];
  const release = mainRelease(facts);
  const card = release && evidence.documentation.find(({ kind }) => kind === "model card");
  if (card === undefined) return [];
  const wanted: Topic[] = ["intended use", "limitations"];
  if (caseOf(facts) !== undefined) wanted.push("results by group");
  const missing = wanted.filter(
    (topic) =>
      documentSaying(evidence, topic) === undefined &&
      !(topic === "intended use" && evidence.intendedUse !== undefined),
  );
  if (missing.length === 0) return [];
  const empty = missing.filter((topic) => card.empty.includes(topic));
  return [
    findingOf(intendedUseMissing, {
      range: release!.call.calleeRange,
      message: `The model card ${card.file} says nothing of ${listed(missing)}.`,
      why: [
        `${release!.text} ${release!.verb} the model here.`,
        ...(empty.length > 0 ? [`Sections that stand there empty: ${listed(empty)}.`] : []),
      ],
      silencedBy: intendedUseMissing.docs.silencedBy,
      related: [{ message: "the model card", range: { start: 0, end: 0 }, file: card.file }],
    }),
  ];
}

const save = 'import joblib\nmodel = train()\njoblib.dump(model, "model.joblib")\n';
const card = (says: Topic[], empty: Topic[] = []) => ({
  documentation: [{ file: "MODEL_CARD.md", kind: "model card" as const, says, empty }],
});

export const intendedUseMissing: Rule = {
  code: "FW403",
  name: "intended-use-missing",
  default: false,
  severity: "hint",
  fix: "none",
  appliesTo: ["python"],
  docs: {
    what: "The project has a model card without a section on intended use, on limitations or, for models about persons, on results by group; or the section is empty.",
    why: "A model is used for what it was not made for when nothing says so.",
    silencedBy: [
      "Sections with these headings that hold more than a placeholder, in the card or in a README around the file.",
      "`intended-use` in the project's fairwatt.toml, for the intended use.",
      "A project without a model card (see FW401), and a file that is linted alone.",
    ],
    references: [
      "Mitchell et al., Model Cards for Model Reporting, FAT* 2019, arXiv:1810.03993: intended use, caveats, disaggregated results",
      "Regulation (EU) 2024/1689 (AI Act), Article 13(3)(b): purpose, accuracy and performance for specific groups in the instructions for use",
    ],
  },
  examples: {
    bad: [
      {
        file: "train.py",
        text: save,
        findings: ["joblib.dump"],
        evidence: card(["model"]),
        beside: "where `MODEL_CARD.md` says nothing of its intended use",
      },
      {
        file: "train.py",
        text: save,
        findings: ["joblib.dump"],
        evidence: card(["limitations"], ["intended use"]),
      },
      {
        file: "hr.py",
        text: 'import joblib\nimport pandas as pd\nfrom sklearn.svm import SVC\ndf = pd.read_csv("hr.csv")\nmodel = SVC().fit(df[["gender"]], df["Attrition"])\njoblib.dump(model, "m")\n',
        findings: ["joblib.dump"],
        evidence: card(["intended use", "limitations"]),
      },
    ],
    good: [
      {
        file: "train.py",
        text: save,
        findings: [],
        evidence: card(["intended use", "limitations"]),
        beside: "where `MODEL_CARD.md` states intended use and limitations",
      },
      { file: "train.py", text: save, findings: [], evidence: {} },
      { file: "alone.py", text: save, findings: [] },
      {
        file: "use.py",
        text: 'import joblib\nmodel = joblib.load("model.joblib")\n',
        findings: [],
        evidence: card([]),
      },
    ],
  },
  check,
};
