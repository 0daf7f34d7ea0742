/** FW401: a model with high stakes for persons is saved, or any model published, and no document says what it is. */

import type { Finding, Fix } from "../finding.ts";
import type { ProjectEvidence } from "../project/evidence.ts";
import type { PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { besideFile, evidenceAround, modelDocument } from "./documentation/project-documents.ts";
import { mainRelease, type Release, writesModelCard } from "./documentation/release-events.ts";
import { modelCardStub } from "./documentation/stubs.ts";
import { caseOf } from "./fairness/case.ts";

function check({ facts, ...context }: RuleContext): Finding[] {
  const evidence = evidenceAround(facts.file, context.evidence);
  if (facts.kind !== "python" || evidence === undefined) return [];
  const release = mainRelease(facts);
  if (release === undefined || release.ownCard || writesModelCard(facts)) return [];
  const trained = caseOf(facts);
  const decides = trained?.person.stakes === "high" && trained.events.some(({ kind }) => kind === "fit");
  if (release.kind === "saved" && !decides) return [];
  if (modelDocument(evidence) !== undefined) return [];
  const subject = trained?.person.target?.name ?? trained?.person.dataSet?.name;
  const about = decides && subject !== undefined ? ` about persons (${subject})` : "";
  return [
    findingOf(noModelCard, {
      range: release.call.calleeRange,
      message: `${release.text} ${release.verb} a model${about} that no model card of the project describes.`,
      why: [
        release.kind === "published"
          ? "Others can get the model from here."
          : "The model has high stakes for persons.",
        `No MODEL_CARD file, model card front matter or section about the model in the ${evidence.documents.size} documents of the project.`,
      ],
      silencedBy: noModelCard.docs.silencedBy,
      fixes: cardFix(facts, release, evidence),
    }),
  ];
}

function cardFix(facts: PythonFacts, release: Release, evidence: ProjectEvidence): Fix[] {
  const path = besideFile(facts.file, "MODEL_CARD.md");
  const title = "Create MODEL_CARD.md from what the files say, with the other fields marked as empty";
  const content = modelCardStub(facts, release, evidence);
  return [{ title, safety: "safe", edits: [], newFile: { path, content } }];
}

const program = (target: string, save = 'joblib.dump(model, "model.joblib")\n') => `import joblib
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("loans.csv")
model = LogisticRegression()
model.fit(df.drop(columns=["${target}"]), df["${target}"])
${save}`;
const publish = `from transformers import AutoModelForSequenceClassification, AutoTokenizer
tokenizer = AutoTokenizer.from_pretrained("distilbert-base-uncased")
model = AutoModelForSequenceClassification.from_pretrained("out/checkpoint-900")
tokenizer.push_to_hub("acme/reviews")
model.push_to_hub("acme/reviews")
`;

export const noModelCard: Rule = {
  code: "FW401",
  name: "no-model-card",
  default: true,
  severity: "information",
  fix: "safe",
  appliesTo: ["python"],
  docs: {
    what: "A model is published to a hub or registry, or one with high stakes for persons is saved, and the project has no model card and no section about the model in a README.",
    why: "Who takes the model over cannot know what it is for, what it was trained on, how well it works and for whom. `push_to_hub` of transformers creates an empty card where there is none.",
    silencedBy: [
      "A MODEL_CARD file, a README with a model card's front matter or with a section about the model, in the project around the file.",
      "A program that writes the card itself (huggingface_hub's ModelCard, skops.card, Model Card Toolkit, transformers' Trainer).",
      "A file that is linted alone: the project around it is not known.",
    ],
    fixSafety:
      "A new file is created and none is changed. It holds what stands in the project's files; every other field says that it is not filled in.",
    references: [
      "Mitchell et al., Model Cards for Model Reporting, FAT* 2019, arXiv:1810.03993",
      "Hugging Face Hub documentation, Model cards; transformers, PushToHubMixin.push_to_hub (create_and_tag_model_card), 2026",
      "Regulation (EU) 2024/1689 (AI Act), Article 11 and Annex IV: technical documentation of high-risk systems",
    ],
  },
  examples: {
    bad: [
      {
        file: "train.py",
        text: program("loan_status"),
        findings: ["joblib.dump"],
        evidence: {},
        beside: "in a project without a model card",
      },
      { file: "src/publish.py", text: publish, findings: ["model.push_to_hub"], evidence: {} },
      {
        file: "register.py",
        text: 'import mlflow\nmlflow.register_model("runs:/1/model", "churn")\n',
        findings: ["mlflow.register_model"],
        evidence: { documentation: [{ file: "README.md", kind: "other", says: ["data"], empty: [] }] },
      },
    ],
    good: [
      {
        file: "train.py",
        text: program("loan_status"),
        findings: [],
        evidence: {
          documentation: [
            { file: "docs/credit_model_card.md", kind: "model card", says: [], empty: ["model"] },
          ],
        },
        beside: "where `docs/credit_model_card.md` is a model card",
      },
      {
        file: "publish.py",
        text: publish,
        findings: [],
        evidence: { documentation: [{ file: "README.md", kind: "other", says: ["model"], empty: [] }] },
      },
      { file: "alone.py", text: publish, findings: [] },
      { file: "cars.py", text: program("horsepower").replace("loans", "cars"), findings: [], evidence: {} },
      {
        file: "scaler.py",
        text: program("loan_status", 'scaler = make()\njoblib.dump(scaler, "scaler.joblib")\n'),
        findings: [],
        evidence: {},
      },
      {
        file: "card.py",
        text: `from huggingface_hub import ModelCard\n${publish}ModelCard.from_template(data).push_to_hub("acme/reviews")\n`,
        findings: [],
        evidence: {},
      },
      {
        file: "finetune.py",
        text: "from transformers import Trainer\ntrainer = Trainer(model=model)\ntrainer.train()\ntrainer.push_to_hub()\n",
        findings: [],
        evidence: {},
      },
      {
        file: "data.py",
        text: 'from datasets import load_dataset\nds = load_dataset("csv")\nds.push_to_hub("acme/data")\n',
        findings: [],
        evidence: {},
      },
    ],
  },
  check,
};
