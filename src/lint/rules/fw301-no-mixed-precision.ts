/** FW301: a training on an accelerator computes in float32, and nothing says why. Opt-in. */

import type { Finding } from "../finding.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { BAD, GOOD } from "./training/fw301-examples.ts";
import { usedInLastRun } from "./training/measured.ts";
import { fullPrecisionTrainings } from "./training/precision.ts";
import { precisionFixes } from "./training/precision-fixes.ts";

const WHERE = {
  torch: "The training loop runs on an accelerator in float32: there is no autocast around it.",
  arguments: "The Trainer is told neither fp16 nor bf16: it trains in float32.",
  lightning: "The Lightning Trainer is told no precision: it trains in float32.",
  keras: "The model is trained on a GPU under the policy float32.",
};

function check({ facts, evidence }: RuleContext): Finding[] {
  if (facts.kind !== "python") return [];
  const found = fullPrecisionTrainings(facts);
  if (found.length === 0) return [];
  const used = usedInLastRun(evidence);
  return found.map((each) =>
    findingOf(noMixedPrecision, {
      range: each.call.calleeRange,
      message: WHERE[each.kind],
      why: [
        `More than a toy is trained: ${each.what}.`,
        "Nothing in the file chooses a precision: no option, policy, scaler or wrapper.",
        ...(used === undefined ? [] : [used]),
      ],
      silencedBy: noMixedPrecision.docs.silencedBy,
      fixes: precisionFixes(facts, each, evidence),
    }),
  );
}

export const noMixedPrecision: Rule = {
  code: "FW301",
  name: "no-mixed-precision",
  default: false,
  severity: "information",
  fix: "unsafe",
  appliesTo: ["python"],
  docs: {
    what: "A model that is no toy is trained on an accelerator in float32, without autocast, GradScaler, bfloat16 or a precision setting.",
    why: "GPUs with tensor cores compute 16-bit matrix products several times faster than float32 ones, and activations take half the memory. How much energy that saves depends on the model: large matrix products gain most, small convolutional networks little or nothing. Measure a run of each to know.",
    silencedBy: [
      "autocast, GradScaler, bfloat16, TF32 or a mixed precision policy; Accelerate, DeepSpeed, FSDP and Fabric, which have their own.",
      "A precision that comes from an option or a configuration file.",
      "MNIST and data of its size; models that are not in the file.",
    ],
    fixSafety:
      "Results change slightly. bfloat16 needs a GPU of the Ampere generation or later (older ones need float16 with a GradScaler); losses that are unstable in 16 bits must be computed in float32.",
    references: [
      "Micikevicius et al.: Mixed Precision Training, ICLR 2018 (arXiv:1710.03740).",
      "PyTorch documentation, Automatic Mixed Precision; transformers documentation, Trainer: bf16; Keras documentation, Mixed precision (2026).",
    ],
  },
  examples: { bad: BAD, good: GOOD },
  check,
};
