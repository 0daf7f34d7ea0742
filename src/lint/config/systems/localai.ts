/**
 * LocalAI's model files: its vllm, sglang and transformers backends serve 16-bit weights unless `quantization` stands there,
 * in `engine_args` or as `--quantization:...` among the `options`; GGUF backends are quantized. `f16` and `type` (a class)
 * say nothing of the weights. Sources: core/config/model_config.go, documentation of text generation (2026).
 */

import type { ServingFact } from "../../facts.ts";
import { at, type ConfigNode, entriesOf, itemsOf, scalarAt, textAt } from "../tree.ts";
import type { ServingSystem } from "./system.ts";
import { factOfMap } from "./tree-fact.ts";

export const localai: ServingSystem = {
  name: "localai",
  title: "LocalAI",
  servesLanguageModels: true,
  quantizationKeys: ["quantization", "load-format", "load-in-4bit"],
  dtypeKeys: ["dtype"],
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
    const fact = factOfMap({
      system: "localai",
      node: root,
      model,
      text: context.text,
      rename: (key) => key.replaceAll("_", "-"),
      ...(anchor === undefined ? {} : { anchor }),
    });
    return [{ ...fact, settings: new Map([...fact.settings, ...engineSettings(root)]) }];
  },
};

/** Arguments of the engine: a map, or `--name:value` and `--name=value` in a list. */
function engineSettings(root: ConfigNode): [string, ReturnType<ServingFact["settings"]["get"]> & object][] {
  const found: [string, ReturnType<ServingFact["settings"]["get"]> & object][] = [];
  for (const { key, keyRange, value } of entriesOf(at(root, "engine_args")))
    if (value.kind === "scalar")
      found.push([key.replaceAll("_", "-"), { value: value.value, range: value.range, keyRange }]);
  for (const option of itemsOf(at(root, "options"))) {
    const match = option.kind === "scalar" ? /^--([\w-]+)[:=](.+)$/.exec(option.value) : null;
    if (match)
      found.push([
        match[1]!.replaceAll("_", "-"),
        { value: match[2]!, range: option.range, keyRange: option.range },
      ]);
  }
  return found;
}
