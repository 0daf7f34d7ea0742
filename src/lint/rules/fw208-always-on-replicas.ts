/** FW208: replicas on GPUs that never scale to zero, on systems that can. Opt-in: cold starts are a choice. */

import type { ServingFact } from "../facts.ts";
import { findingOf, type Rule } from "../rule.ts";

const SCALES_TO_ZERO = new Set(["kserve", "kubeai", "ray", "bentovllm", "vllm-production-stack"]);

export const alwaysOnReplicas: Rule = {
  code: "FW208",
  name: "always-on-replicas",
  default: false,
  severity: "information",
  fix: "unsafe",
  appliesTo: ["config"],
  docs: {
    what: "A model on a GPU keeps at least one replica running on a system that can scale to zero, or a fixed number above one without an autoscaler.",
    why: "An idle GPU that holds a model draws 26 to 66 W more than one that holds none (H100, A100, L40S), around the clock. Scaling to zero saves that where there are hours without requests, at the price of a cold start.",
    silencedBy: ["A minimum of 0; a single fixed replica; no GPU in the file."],
    fixSafety: "With a minimum of 0 the first request after a pause waits for the model to load.",
    references: [
      "The Model Parking Tax, arXiv:2605.23918 (2026)",
      "KServe documentation, autoscaling to zero (Knative) (2026)",
      "KubeAI documentation, Model autoscaling (2026)",
      "BentoML documentation, Concurrency and autoscaling: scale-to-zero (2026)",
    ],
  },
  examples: {
    bad: [
      {
        file: "model.yaml",
        text: "apiVersion: kubeai.org/v1\nkind: Model\nspec:\n  url: hf://Qwen/Qwen2.5-7B-Instruct-AWQ\n  engine: VLLM\n  resourceProfile: nvidia-gpu-l4:1\n  minReplicas: 1\n",
        findings: ["1"],
      },
    ],
    good: [
      {
        file: "model.yaml",
        text: "apiVersion: kubeai.org/v1\nkind: Model\nspec:\n  url: hf://Qwen/Qwen2.5-7B-Instruct-AWQ\n  engine: VLLM\n  resourceProfile: nvidia-gpu-l4:1\n  minReplicas: 0\n",
        findings: [],
      },
    ],
  },
  check({ facts }) {
    const seen = new Set<number>();
    return facts.serving.flatMap((fact) => {
      const { replicas } = fact;
      if (
        replicas === undefined ||
        fact.model === undefined ||
        seen.has(replicas.range.start) ||
        !onGpu(fact)
      )
        return [];
      const minimum = replicas.min !== undefined && replicas.min >= 1 && SCALES_TO_ZERO.has(fact.system);
      const fixed = !replicas.autoscaled && (replicas.fixed ?? 0) > 1;
      if (!minimum && !fixed) return [];
      seen.add(replicas.range.start);
      return [
        findingOf(alwaysOnReplicas, {
          range: replicas.range,
          message: minimum
            ? `At least ${replicas.min} replica${replicas.min === 1 ? "" : "s"} with a GPU stay${replicas.min === 1 ? "s" : ""} up without requests.`
            : `${replicas.fixed} replicas with GPUs run at all times; nothing scales them.`,
          why: [
            "A loaded model keeps its GPU from its lowest power states, and this system can scale to zero or by load.",
          ],
          silencedBy: [
            "A minimum of 0, an autoscaler, or a reason why cold starts are not acceptable (ignore with that reason).",
          ],
          fixes: minimum
            ? [
                {
                  title: "Scale to zero when idle",
                  safety: "unsafe",
                  edits: [{ range: replicas.range, newText: "0" }],
                },
              ]
            : [],
        }),
      ];
    });
  },
};

function onGpu(fact: ServingFact): boolean {
  return fact.accelerator !== undefined && fact.accelerator.count !== 0;
}
