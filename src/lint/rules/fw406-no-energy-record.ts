/** FW406: a trained model is given away and the project recorded no energy for training it. */

import type { Finding } from "../finding.ts";
import type { PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { documentSaying, evidenceAround } from "./documentation/project-documents.ts";
import { mainRelease } from "./documentation/release-events.ts";
import { trainingEvents } from "./fairness/training-events.ts";

/** Training that takes long enough to be worth a record: networks and boosted trees, not a logistic regression. */
const NETWORKS =
  /^(?:torch|tensorflow|keras|transformers|lightning|pytorch_lightning|jax|flax|trl|fastai|accelerate|ultralytics)(?:\.|$)/;

function check({ facts, ...context }: RuleContext): Finding[] {
  const evidence = evidenceAround(facts.file, context.evidence);
  if (facts.kind !== "python" || evidence === undefined) return [];
  if (!facts.imports.some(({ module }) => NETWORKS.test(module)) || !trains(facts)) return [];
  const release = mainRelease(facts);
  if (release === undefined) return [];
  if (evidence.energyTools.size > 0 || evidence.measured !== undefined) return [];
  if (documentSaying(evidence, "energy") !== undefined) return [];
  return [
    findingOf(noEnergyRecord, {
      range: release.call.calleeRange,
      message: `${release.text} ${release.verb} a network whose training energy nothing in the project records.`,
      why: [
        "The file trains it.",
        "No measured run of Fairwatt, no energy tracker and no document with a figure in the project.",
      ],
      silencedBy: noEnergyRecord.docs.silencedBy,
    }),
  ];
}

function trains(facts: PythonFacts): boolean {
  return (
    trainingEvents(facts).some(({ kind }) => kind === "fit") ||
    facts.calls.some(({ callee }) => /Trainer\.(?:train|fit)$/.test(callee))
  );
}

const finetune = `from transformers import Trainer
trainer = Trainer(model=model, args=args, train_dataset=train)
trainer.train()
model.save_pretrained("out")
`;

export const noEnergyRecord: Rule = {
  code: "FW406",
  name: "no-energy-record",
  default: false,
  severity: "hint",
  fix: "none",
  appliesTo: ["python"],
  docs: {
    what: "A file trains a neural network and saves or publishes it, and the project has no record of the energy that took.",
    why: "Energy that was not recorded while training cannot be measured afterwards, only estimated from hardware and time.",
    silencedBy: [
      "A run measured by `fairwatt run`, an energy tracker in the project (CodeCarbon, Zeus, Carbontracker, ...), or a document with a section on energy or emissions.",
      "A file that is linted alone: the project's records are not known.",
    ],
    references: [
      "Regulation (EU) 2024/1689 (AI Act), Annex XI, section 1, point 2(e): known or estimated energy consumption, of general-purpose models",
      "Hugging Face Hub documentation, Model cards: co2_eq_emissions (2026)",
    ],
  },
  examples: {
    bad: [
      {
        file: "finetune.py",
        text: finetune,
        findings: ["model.save_pretrained"],
        evidence: {},
        beside: "in a project that records no energy",
      },
    ],
    good: [
      {
        file: "finetune.py",
        text: finetune,
        findings: [],
        evidence: { energyTools: new Set(["fairwatt"]) },
        beside: "in a project whose runs Fairwatt measures",
      },
      {
        file: "finetune.py",
        text: finetune,
        findings: [],
        evidence: { documentation: [{ file: "README.md", kind: "model card", says: ["energy"], empty: [] }] },
      },
      { file: "alone.py", text: finetune, findings: [] },
      {
        file: "convert.py",
        text: 'from transformers import AutoModel\nmodel = AutoModel.from_pretrained("a/b")\nmodel.save_pretrained("out")\n',
        findings: [],
        evidence: {},
      },
    ],
  },
  check,
};
