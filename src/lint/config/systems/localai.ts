/** LocalAI's model files: the vllm backend serves 16-bit weights unless `quantization` stands there; GGUF backends are quantized. */

import { scalarAt, textAt } from "../tree.ts";
import type { ServingSystem } from "./system.ts";
import { factOfMap } from "./tree-fact.ts";

export const localai: ServingSystem = {
  name: "localai",
  title: "LocalAI",
  servesLanguageModels: true,
  quantizationKeys: ["quantization", "load-in-4bit", "low-vram-quantization"],
  dtypeKeys: ["dtype", "type"],
  quantize: {
    name: "quantization",
    value: "fp8",
    capability: 8.9,
    source: "LocalAI documentation, vLLM backend (2026)",
  },
  fromTree(root, context) {
    const backend = textAt(root, "backend");
    const model = scalarAt(root, "parameters", "model");
    if (backend === undefined || model === undefined || !/vllm|transformers|sglang/.test(backend)) return [];
    const anchor = root.kind === "map" ? root.entries.find((entry) => entry.key === "backend") : undefined;
    return [
      factOfMap({
        system: "localai",
        node: root,
        model,
        text: context.text,
        rename: (key) => key.replaceAll("_", "-"),
        ...(anchor === undefined ? {} : { anchor }),
      }),
    ];
  },
};
