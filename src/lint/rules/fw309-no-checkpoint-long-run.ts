/** FW309: a long training on a GPU keeps nothing before its end. Opt-in. */

import type { Finding, Fix } from "../finding.ts";
import { linesIn, logicalLinesOf } from "../python/logical-lines.ts";
import type { PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { aliasOf, atLoopEnd } from "./training/edits.ts";
import { isToy, trainsOnAccelerator } from "./training/hardware.ts";
import { kerasFits } from "./training/keras-training.ts";
import { usedInLastRun } from "./training/measured.ts";
import { type Loop, type TorchTraining, torchTrainings } from "./training/torch-training.ts";

const LONG = 50;

function check({ facts, evidence }: RuleContext): Finding[] {
  if (facts.kind !== "python" || !trainsOnAccelerator(facts) || isToy(facts)) return [];
  const used = usedInLastRun(evidence);
  const found = (range: Finding["range"], epochs: number, why: string, fixes: Fix[]) =>
    findingOf(noCheckpointLongRun, {
      range,
      message: `${epochs} epochs run without anything being saved on the way: what ends the process loses all of them.`,
      why: [why, ...(used === undefined ? [] : [used])],
      silencedBy: noCheckpointLongRun.docs.silencedBy,
      fixes,
    });
  const training = torchTrainings(facts).find(
    ({ epochLoop, epochs, loops }) =>
      epochLoop !== undefined && epochs !== undefined && epochs.value >= LONG && loops.at(-1) !== epochLoop,
  );
  if (
    training?.epochLoop !== undefined &&
    training.epochs !== undefined &&
    !saves(facts, training, training.epochLoop)
  )
    return [
      found(
        training.epochLoop.over.range,
        training.epochs.value,
        "No call in the loop over epochs, nor in a function it calls, saves anything.",
        snippet(facts, training.epochLoop),
      ),
    ];
  return kerasFits(facts).flatMap(({ call, epochs, callbacks }) =>
    epochs !== undefined &&
    epochs.value >= LONG &&
    callbacks !== undefined &&
    !callbacks.some((name) => /Checkpoint|BackupAndRestore|Save|Wandb|Callback$/i.test(name)) &&
    !call.loops.some(({ target }) => /epoch|step|round/i.test(target))
      ? [found(call.calleeRange, epochs.value, "fit is given no callback that saves.", [])]
      : [],
  );
}

const SAVES = /save|checkpoint|ckpt|snapshot|\bdump\b|serialize|log_model|log_artifact/i;

/** Anything that saves in the loop, in the functions on its way, or in functions called from there. */
function saves(facts: PythonFacts, { functions }: TorchTraining, loop: Loop): boolean {
  if (linesIn(logicalLinesOf(facts), loop.range).some(({ code }) => SAVES.test(code))) return true;
  const called = new Set(functions);
  for (let before = -1; before !== called.size; ) {
    before = called.size;
    for (const call of facts.calls) {
      const inside =
        call.loops.some(({ range }) => range.start === loop.range.start) ||
        (call.inFunction !== undefined && called.has(call.inFunction));
      if (!inside) continue;
      if (SAVES.test(call.callee)) return true;
      if (facts.definitions.some(({ name }) => name === call.callee || call.callee.endsWith(`.${name}`)))
        called.add(call.callee);
    }
  }
  return false;
}

function snippet(facts: PythonFacts, loop: Loop): Fix[] {
  const torch = aliasOf(facts, "torch");
  const model = facts.calls.find(
    ({ method, receiver }) => method === "parameters" && /^\w+$/.test(receiver?.name ?? ""),
  )?.receiver?.name;
  const optimizer = facts.calls.find(
    ({ method, receiver }) => method === "step" && /optim|^opt/i.test(receiver?.name ?? ""),
  )?.receiver?.name;
  if (torch === undefined || model === undefined || optimizer === undefined || !/^\w+$/.test(loop.target))
    return [];
  const edit = atLoopEnd(facts, loop, [
    `${torch}.save({"epoch": ${loop.target}, "model": ${model}.state_dict(), "optimizer": ${optimizer}.state_dict()}, "checkpoint.pt")`,
  ]);
  return edit === undefined
    ? []
    : [{ title: "Save a checkpoint after every epoch", safety: "display", edits: [edit] }];
}

const program = (more: string) => `import torch

model = Net().cuda()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def train():
    for inputs, targets in loader:
        loss = criterion(model(inputs.cuda()), targets.cuda())
        loss.backward()
        optimizer.step()


for epoch in range(100):
    train()
${more}`;

export const noCheckpointLongRun: Rule = {
  code: "FW309",
  name: "no-checkpoint-long-run",
  default: false,
  severity: "hint",
  fix: "display",
  appliesTo: ["python"],
  docs: {
    what: "A training of 50 epochs or more on a GPU saves nothing before its end.",
    why: "When a process ends early, by an error, a limit of the queue or a spot instance that is taken back, all energy that went into it is lost and spent again.",
    silencedBy: [
      "A save in the loop over epochs, or in a function that it calls.",
      "A checkpoint callback, or callbacks that are not all known.",
      "MNIST and data of its size.",
    ],
    fixSafety:
      "The snippet overwrites one file after every epoch; a full disk or a slow file system can make that a loss.",
    references: [
      "PyTorch tutorials, Saving and loading a general checkpoint (2026)",
      "Keras documentation, BackupAndRestore (2026)",
    ],
  },
  examples: {
    bad: [
      {
        file: "train.py",
        text: program('\ntorch.save(model.state_dict(), "final.pt")\n'),
        findings: ["range(100)"],
      },
      {
        file: "keras_train.py",
        text: 'import tensorflow as tf\n\nwith tf.device("/GPU:0"):\n    model = tf.keras.Sequential([tf.keras.layers.Dense(1)])\n    model.fit(x, y, epochs=60)\n',
        findings: ["model.fit"],
      },
    ],
    good: [
      {
        file: "saves.py",
        text: program('    torch.save(model.state_dict(), f"{epoch}.pt")\n'),
        findings: [],
      },
      {
        file: "helper.py",
        text: program("    keep()\n").replace(
          "def train",
          'def keep():\n    torch.save(model.state_dict(), "a.pt")\n\n\ndef train',
        ),
        findings: [],
      },
      { file: "short.py", text: program("").replace("100", "10"), findings: [] },
      { file: "processor.py", text: program("").replaceAll(".cuda()", ""), findings: [] },
    ],
  },
  check,
};
