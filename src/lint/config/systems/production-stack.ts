/** vLLM production-stack's Helm values, llm-d's model artefacts, and BentoVLLM's arguments. Source: their charts and examples (2026). */

import type { ServingFact } from "../../facts.ts";
import { acceleratorIn } from "../hardware.ts";
import { at, itemsOf, maps, numberAt, type ScalarNode, scalarAt, textAt } from "../tree.ts";
import { commandWords } from "../tree-commands.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";
import { VLLM_QUANTIZATION } from "./vllm.ts";

const FP8 = {
  name: "quantization",
  value: "fp8",
  capability: 8.9,
  source: "vLLM documentation, FP8 W8A8 (docs.vllm.ai, 2026)",
};

export const productionStack: ServingSystem = {
  name: "vllm-production-stack",
  title: "vLLM production-stack",
  servesLanguageModels: true,
  quantizationKeys: VLLM_QUANTIZATION,
  dtypeKeys: ["dtype"],
  quantize: FP8,
  fromTree(root, context) {
    const facts: ServingFact[] = [];
    for (const spec of itemsOf(at(root, "servingEngineSpec", "modelSpec"))) {
      const model = scalarAt(spec, "modelURL");
      if (model === undefined) continue;
      const config = at(spec, "vllmConfig");
      const extra = at(config, "extraArgs");
      const words = extra === undefined ? [] : commandWords(extra, context.text, new Map());
      const accelerator = acceleratorIn(spec, undefined);
      const made = factOfLaunch({
        system: "vllm-production-stack",
        launch: {
          words,
          environment: new Map(),
          range: model.range,
          accelerator: () => accelerator,
        },
        words,
        modelSwitches: [],
      });
      const dtype = scalarAt(config, "dtype");
      if (dtype?.known)
        (made.settings as Map<string, unknown>).set("dtype", {
          value: dtype.value,
          range: dtype.range,
          keyRange: dtype.range,
        });
      facts.push({ ...made, ...modelOf(model) });
    }
    // The operator's resource: one model, its settings beside it.
    const runtime =
      textAt(root, "kind") === "VLLMRuntime" ? scalarAt(root, "spec", "model", "modelURL") : undefined;
    if (runtime !== undefined) {
      const extra = at(root, "spec", "vllmConfig", "extraArgs");
      const words = extra === undefined ? [] : commandWords(extra, context.text, new Map());
      facts.push({
        ...factOfLaunch({
          system: "vllm-production-stack",
          launch: {
            words,
            environment: new Map(),
            range: runtime.range,
            accelerator: () => acceleratorIn(root, undefined),
          },
          words,
          modelSwitches: [],
        }),
        ...modelOf(runtime),
      });
    }
    const artefact = scalarAt(root, "modelArtifacts", "uri");
    if (artefact !== undefined && !/quantization|--?q\b/.test(context.text))
      facts.push({
        system: "vllm-production-stack",
        range: artefact.range,
        ...modelOf(artefact),
        settings: new Map(),
        commentedOut: new Map(),
        batching: new Map(),
      });
    return facts;
  },
};

function modelOf(scalar: ScalarNode): { model?: ServingFact["model"] } {
  return scalar.known && scalar.value !== "" ? { model: { id: scalar.value, range: scalar.range } } : {};
}

export const bento: ServingSystem = {
  name: "bentovllm",
  title: "BentoML with vLLM",
  servesLanguageModels: true,
  quantizationKeys: VLLM_QUANTIZATION,
  dtypeKeys: ["dtype"],
  quantize: FP8,
  fromTree(root, context) {
    const facts: ServingFact[] = [];
    for (const { node } of maps(root)) {
      const model = scalarAt(node, "model_id") ?? scalarAt(node, "modelId");
      const list = at(node, "cli_args");
      const own = ["gpu_type", "tool_parser", "reasoning_parser", "hf_generation_config"].some(
        (key) => at(node, key) !== undefined,
      );
      if (model === undefined || !model.known || (list === undefined && !own)) continue;
      const words = list === undefined ? [] : commandWords(list, context.text, new Map());
      const found = acceleratorIn(root, undefined);
      const tp = numberAt(node, "tp");
      const accelerator = found === undefined || tp === undefined ? found : { ...found, count: tp };
      const made = factOfLaunch({
        system: "bentovllm",
        launch: {
          words,
          environment: new Map(),
          range: model.range,
          accelerator: () => accelerator,
        },
        words,
        modelSwitches: ["model"],
      });
      facts.push({
        ...made,
        model: { id: model.value, range: model.range },
        ...quantizedBeside(textAt(node, "quantization")),
      });
    }
    return facts;
  },
};

function quantizedBeside(value: string | undefined): Partial<ServingFact> {
  return value === undefined
    ? {}
    : {
        settings: new Map([
          ["quantization", { value, range: { start: 0, end: 0 }, keyRange: { start: 0, end: 0 } }],
        ]),
      };
}
