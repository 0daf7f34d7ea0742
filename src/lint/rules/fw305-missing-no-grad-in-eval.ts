/** FW305: a model in evaluation mode is called while autograd records for a backward pass that never comes. */

import type { Finding } from "../finding.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { noGradFixes } from "./training/evaluation-fixes.ts";
import { BAD, GOOD } from "./training/fw305-examples.ts";
import { usedInLastRun } from "./training/measured.ts";
import { unguardedEvaluations } from "./training/unguarded-evaluation.ts";

function check({ facts, evidence }: RuleContext): Finding[] {
  if (facts.kind !== "python") return [];
  return unguardedEvaluations(facts).map(({ eval: evaluation, calls }) => {
    const call = calls[0]!;
    const name = facts.text.slice(call.calleeRange.start, call.calleeRange.end);
    const used = usedInLastRun(evidence);
    return findingOf(missingNoGradInEval, {
      range: call.calleeRange,
      message: `${name} is in evaluation mode, and autograd still records its operations: nothing here goes backward.`,
      why: [
        "eval() changes layers such as dropout; it does not stop autograd from keeping every activation.",
        "No no_grad or inference_mode is around the call, on its function, or around the function's callers in this file.",
        ...(used === undefined ? [] : [used]),
      ],
      silencedBy: missingNoGradInEval.docs.silencedBy,
      related: [
        { message: "put into evaluation mode here", range: evaluation.calleeRange },
        ...calls.slice(1, 5).map(({ calleeRange }) => ({ message: `also: ${name}`, range: calleeRange })),
      ],
      fixes: noGradFixes(facts, calls),
    });
  });
}

export const missingNoGradInEval: Rule = {
  code: "FW305",
  name: "missing-no-grad-in-eval",
  default: true,
  severity: "warning",
  fix: "safe",
  appliesTo: ["python"],
  docs: {
    what: "A PyTorch model is put into evaluation mode and then called while autograd records its operations.",
    why: "Autograd keeps every intermediate result for a backward pass that never comes: memory that larger batches could use, and work to record it. How much time and energy that is depends on the model; memory is where it shows first.",
    silencedBy: [
      "`torch.no_grad()`, `torch.inference_mode()` or `torch.set_grad_enabled(False)`: around the call, as a decorator, or around the callers in this file.",
      "Gradients that are wanted or already off: `requires_grad`, `autograd.grad`, hooks, attribution and attack libraries.",
      "A framework that does it: Lightning, fastai, the Trainer of transformers.",
    ],
    fixSafety:
      "Wrapping the statement leaves every value as it is; only gradients through them are gone. It is safe where nothing in the file goes backward and the output stays in its function or module; it is offered one by one where the function returns what it computes, since a caller elsewhere might go backward through it, and where the statement calls functions that are not known. A model whose forward pass computes gradients by itself needs `torch.enable_grad()` in it.",
    references: [
      "PyTorch documentation, Autograd mechanics: locally disabling gradient computation; evaluation mode (2026)",
    ],
  },
  examples: { bad: BAD, good: GOOD },
  check,
};
