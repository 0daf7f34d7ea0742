/** FW302: a training of many epochs or rounds runs to its end, whatever its validation loss says. */

import type { Finding, Fix, TextRange } from "../finding.ts";
import type { PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { boostings } from "./training/boosting.ts";
import { BAD, GOOD } from "./training/fw302-examples.ts";
import { isToy } from "./training/hardware.ts";
import { kerasFits } from "./training/keras-training.ts";
import { savedByStopping, usedInLastRun } from "./training/measured.ts";
import { evaluatesIn, fixedCourse, leavesLoop, mentionsStopping } from "./training/stopping.ts";
import { boostingFix, kerasFix, torchFix } from "./training/stopping-fixes.ts";
import { torchTrainings } from "./training/torch-training.ts";

/** From so many epochs on it is part of the precise subset. */
const MANY = 100;
const SOME = 30;

interface Long {
  range: TextRange;
  message: string;
  why: string;
  epochs: number | undefined;
  /** It has data that could tell when to stop. */
  validated: boolean;
  fixes: Fix[];
}

function check({ facts, evidence, chosen }: RuleContext): Finding[] {
  if (facts.kind !== "python") return [];
  const long = [...torch(facts), ...keras(facts), ...boosting(facts)].filter(
    ({ epochs, validated }) => chosen === true || (validated && (epochs === undefined || epochs >= MANY)),
  );
  if (long.length === 0 || isToy(facts) || mentionsStopping(facts)) return [];
  const figure = savedByStopping(evidence) ?? usedInLastRun(evidence);
  return long.map(({ range, message, why, epochs, validated, fixes }) =>
    findingOf(noEarlyStopping, {
      severity: validated && epochs !== undefined && epochs >= MANY ? "warning" : "information",
      range,
      message,
      why: [why, ...(figure === undefined ? [] : [figure])],
      silencedBy: noEarlyStopping.docs.silencedBy,
      fixes,
    }),
  );
}

function torch(facts: PythonFacts): Long[] {
  const seen = new Set<number>();
  return torchTrainings(facts).flatMap(({ epochLoop, epochs, loops }) => {
    if (epochLoop === undefined || epochs === undefined || seen.has(epochLoop.range.start)) return [];
    seen.add(epochLoop.range.start);
    // One loop alone is a full-batch example, or counts steps.
    if (epochs.from !== "written" || epochs.value < SOME || loops.at(-1) === epochLoop) return [];
    if (leavesLoop(facts, epochLoop) || fixedCourse(facts) !== undefined) return [];
    return [
      {
        range: epochLoop.over.range,
        message: `The training always runs ${epochs.value} epochs: nothing ends it when the validation loss stops falling.`,
        why: `The loop over ${epochLoop.over.text.slice(0, 60)} has no break, and nothing here counts epochs without improvement.`,
        epochs: epochs.value,
        validated: evaluatesIn(facts, epochLoop),
        fixes: torchFix(facts, epochLoop),
      },
    ];
  });
}

function keras(facts: PythonFacts): Long[] {
  return kerasFits(facts).flatMap((fit) => {
    const { call, epochs, callbacks } = fit;
    if (epochs === undefined || epochs.from !== "written" || epochs.value < SOME || callbacks === undefined)
      return [];
    if (call.loops.some(({ target }) => /epoch|step|round/i.test(target)) || fixedCourse(facts) !== undefined)
      return [];
    return [
      {
        range: call.calleeRange,
        message: `The training always runs ${epochs.value} epochs: no callback ends it when the ${fit.validated ? "validation " : ""}loss stops falling.`,
        why:
          callbacks.length === 0
            ? "fit is given no callbacks."
            : `Its callbacks are ${callbacks.join(", ")}: none of them stops the training.`,
        epochs: epochs.value,
        validated: fit.validated,
        fixes: kerasFix(facts, fit),
      },
    ];
  });
}

function boosting(facts: PythonFacts): Long[] {
  return boostings(facts).map((each) => ({
    range: each.call.calleeRange,
    validated: true,
    message: `${each.library} always builds ${each.rounds} trees: it is given data to validate on, and does not stop by them.`,
    why: "The validation metric is computed in every round and ends nothing.",
    epochs: undefined,
    fixes: boostingFix(facts, each),
  }));
}

export const noEarlyStopping: Rule = {
  code: "FW302",
  name: "no-early-stopping",
  default: true,
  severity: "warning",
  fix: "unsafe",
  appliesTo: ["python"],
  docs: {
    what: "A training of 100 epochs or more (when the rule is selected by name: 30 or more, and without validation data), or of 1,000 boosting rounds with validation data, always runs to its end.",
    why: "Epochs after the validation loss has stopped falling cost energy and do not improve the model that is kept. How many that are is only known from a loss curve: where Fairwatt has measured a run of the file with its epochs, the finding says what it would have been.",
    silencedBy: [
      "An early stopping callback, a `break`, or anything that counts patience.",
      "MNIST, iris and data of their size: seconds, whatever is done.",
      "A number of epochs that comes from the command line; a schedule of learning rate steps that is laid out for them.",
      "GANs, reinforcement learning, diffusion, self-supervised training: their loss does not say when they are done.",
    ],
    fixSafety: `The training may end earlier than before, and the weights of the best epoch are kept instead of the last. Ten epochs of patience is a choice to begin with.`,
    references: [
      "Prechelt: Early Stopping, But When?, in Neural Networks: Tricks of the Trade, 1998.",
      "Keras documentation, EarlyStopping; XGBoost and LightGBM documentation, early stopping (2026).",
      "The figure: this project's own measured run, the energy between its epoch marks.",
    ],
  },
  examples: { bad: BAD, good: GOOD },
  check,
};
