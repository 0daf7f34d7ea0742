/** Baseten's engines: `trt_llm` of a Truss' config.yaml, whose build says how weights are quantized. Source: Baseten documentation, "Engine builder configuration" (2026). */

import { at, scalarAt } from "../tree.ts";
import type { ServingSystem } from "./system.ts";
import { factOfMap } from "./tree-fact.ts";

export const truss: ServingSystem = {
  name: "truss",
  title: "Baseten's TensorRT-LLM engine",
  servesLanguageModels: true,
  quantizationKeys: ["quantization-type"],
  dtypeKeys: [],
  quantize: {
    name: "quantization-type",
    value: "fp8",
    capability: 8.9,
    source: "Baseten documentation, Engine builder configuration (2026)",
  },
  fromTree(root, context) {
    const build = at(root, "trt_llm", "build");
    const model = scalarAt(build, "checkpoint_repository", "repo");
    if (
      build === undefined ||
      model === undefined ||
      !/^hf$/i.test(scalarAt(build, "checkpoint_repository", "source")?.value ?? "")
    )
      return [];
    const fact = factOfMap({ system: "truss", node: build, model, root, text: context.text });
    const settings = new Map(fact.settings);
    const type = settings.get("quantization-type");
    if (type?.value === "no_quant") settings.set("quantization-type", { ...type, value: "none" });
    return [{ ...fact, settings }];
  },
};
