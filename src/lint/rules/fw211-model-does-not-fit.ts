/** FW211: the weights alone are larger than the memory of the accelerators that the file names. */

import { findingOf, type Rule } from "../rule.ts";
import {
  explicitFloat32,
  formatGigabytes,
  hardwareOf,
  parallelism,
  quantizationSetting,
  servedModels,
  weightGigabytes,
} from "./serving-precision.ts";

export const modelDoesNotFit: Rule = {
  code: "FW211",
  name: "model-does-not-fit",
  default: true,
  severity: "warning",
  fix: "none",
  appliesTo: ["config", "python"],
  docs: {
    what: "The weights of the named checkpoint need more memory than the named accelerators have together.",
    why: "The server fails to start, or streams weights from the host's memory for each request. The sizes are parameters times bytes per weight; the cache and activations come on top.",
    silencedBy: [
      "A quantized checkpoint or a quantization switch that makes it fit, or more or larger accelerators.",
      "A switch that offloads to the CPU on purpose.",
      "An accelerator, a count or a size that the file does not name.",
    ],
    references: [
      "NVIDIA and AMD data sheets: memory; AWS, Google Cloud and Azure instance type pages (2026)",
      "vLLM, issue 3563 (2024): with CPU offload weights are loaded into the GPU layer by layer",
    ],
  },
  examples: {
    bad: [
      {
        file: "pod.yaml",
        text: [
          "kind: Pod",
          "spec:",
          "  nodeSelector:",
          "    cloud.google.com/gke-accelerator: nvidia-l4",
          "  containers:",
          "    - image: vllm/vllm-openai:v0.10.0",
          "      args: [--model, meta-llama/Llama-3.1-70B-Instruct]",
          "      resources:",
          "        limits:",
          "          nvidia.com/gpu: 2",
          "",
        ].join("\n"),
        findings: ["meta-llama/Llama-3.1-70B-Instruct"],
      },
    ],
    good: [
      {
        file: "workspace.yaml",
        text: 'apiVersion: kaito.sh/v1beta1\nkind: Workspace\nresource:\n  count: 6\n  instanceType: Standard_NC80adis_H100_v5\ninference:\n  preset:\n    name: "deepseek-v3-0324"\n',
        findings: [],
      },
      {
        file: "pod.yaml",
        text: [
          "kind: Pod",
          "spec:",
          "  nodeSelector:",
          "    cloud.google.com/gke-accelerator: nvidia-h100-80gb",
          "  containers:",
          "    - image: vllm/vllm-openai:v0.10.0",
          "      args: [--model, meta-llama/Llama-3.1-70B-Instruct, --quantization, fp8]",
          "      resources:",
          "        limits:",
          "          nvidia.com/gpu: 2",
          "",
        ].join("\n"),
        findings: [],
      },
    ],
  },
  check({ facts }) {
    return servedModels(facts).flatMap(({ fact, system, info, model }) => {
      // An operator plans how many nodes it takes: its resource names one.
      if (system.name === "custom-resource") return [];
      const hardware = hardwareOf(fact);
      if (hardware === undefined || info.billions === undefined) return [];
      if ([...fact.settings.keys()].some((key) => /offload|swap-space|cpu-mem|max-memory/i.test(key)))
        return [];
      const bits = bitsOf(
        info.quantization ?? info.native ?? quantizationSetting(fact, system),
        explicitFloat32(fact, system) !== undefined,
        system.servesLanguageModels,
      );
      if (bits === undefined) return [];
      const needed = weightGigabytes(info.billions, bits);
      const said = hardware.count ?? parallelism(fact);
      if (said === undefined) return [];
      const spread = Math.max(said, parallelism(fact) ?? 1);
      const available = hardware.accelerator.memory * spread;
      // Names round sizes: within a tenth nothing is said.
      if (needed <= available * 1.1) return [];
      return [
        findingOf(modelDoesNotFit, {
          range: model.range,
          message: `${info.name} needs about ${formatGigabytes(needed)} for its weights; ${spread} × ${hardware.accelerator.name} has ${formatGigabytes(available)}.`,
          why: [
            `${info.billions} billion parameters at ${bits} bits each; memory of the accelerator by its data sheet.`,
          ],
          silencedBy: [
            "A quantized checkpoint that fits, more or larger accelerators, or an offloading switch.",
          ],
          ...(fact.accelerator === undefined
            ? {}
            : { related: [{ message: "the accelerator", range: fact.accelerator.range }] }),
        }),
      ];
    });
  },
};

/** Bits of a weight; nothing when the format does not say. */
function bitsOf(format: string | undefined, float32: boolean, sixteenByDefault: boolean): number | undefined {
  if (format === undefined) return float32 ? 32 : sixteenByDefault ? 16 : undefined;
  if (/\$/.test(format)) return undefined;
  if (/fp8|int8|8[-_]?bit|w8|q8|eetq|float8/i.test(format)) return 8;
  if (/awq|gptq|int4|4[-_]?bit|w4|fp4|nf4|marlin|q4/i.test(format)) return 4;
  return undefined;
}
