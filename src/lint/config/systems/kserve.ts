/**
 * KServe: InferenceService (predictor.model with arguments that reach vLLM), LLMInferenceService (model.uri), and KubeAI's
 * Model. Runtimes (ClusterServingRuntime) are templates. Source: kserve's huggingfaceserver and KubeAI's CRD (2026).
 */

import type { ServingFact } from "../../facts.ts";
import { acceleratorIn } from "../hardware.ts";
import { readArguments } from "../launch-arguments.ts";
import { at, type ConfigNode, itemsOf, scalarAt, textAt } from "../tree.ts";
import { commandWords, environmentOf, replicasIn } from "../tree-launches.ts";
import { factOfLaunch, type ReadContext, type ServingSystem } from "./system.ts";
import { VLLM_QUANTIZATION } from "./vllm.ts";

const FP8 = {
  name: "quantization",
  value: "fp8",
  capability: 8.9,
  source: "vLLM documentation, FP8 W8A8 (docs.vllm.ai, 2026)",
};

export const kserve: ServingSystem = {
  name: "kserve",
  title: "KServe",
  servesLanguageModels: true,
  quantizationKeys: [...VLLM_QUANTIZATION, "quantize", "VLLM_ADDITIONAL_ARGS", "QUANTIZATION"],
  dtypeKeys: ["dtype"],
  quantize: FP8,
  fromTree(root, context) {
    const kind = textAt(root, "kind");
    if (kind === "InferenceService") return predictor(root, context);
    if (kind === "LLMInferenceService" || kind === "LLMInferenceServiceConfig") {
      const uri = scalarAt(root, "spec", "model", "uri");
      const container =
        itemsOf(at(root, "spec", "template", "containers"))[0] ?? at(root, "spec", "template");
      return uri === undefined ? [] : [fact("kserve", root, container, uri, context)];
    }
    return [];
  },
};

export const kubeai: ServingSystem = {
  name: "kubeai",
  title: "KubeAI",
  servesLanguageModels: true,
  quantizationKeys: VLLM_QUANTIZATION,
  dtypeKeys: ["dtype"],
  quantize: FP8,
  fromTree(root, context) {
    if (textAt(root, "kind") !== "Model" || !/kubeai/.test(textAt(root, "apiVersion") ?? "")) return [];
    const url = scalarAt(root, "spec", "url");
    if (url === undefined || !/^(VLLM|)$/i.test(textAt(root, "spec", "engine") ?? "")) return [];
    return [fact("kubeai", root, at(root, "spec"), url, context)];
  },
};

function predictor(root: ConfigNode, context: ReadContext): ServingFact[] {
  const model = at(root, "spec", "predictor", "model");
  const format = textAt(model, "modelFormat", "name") ?? "";
  if (model === undefined || !/^(huggingface|vllm)/i.test(format)) return [];
  const uri = scalarAt(model, "storageUri");
  const made = fact("kserve", root, model, uri, context);
  const args = readArguments(commandWords(at(model, "args") ?? model, context.text, new Map()));
  const id = args.options.get("model-id");
  if (id?.known && id.value !== "") return [{ ...made, model: { id: id.value, range: id.range } }];
  return [made];
}

function fact(
  system: string,
  root: ConfigNode,
  holder: ConfigNode | undefined,
  uri: ReturnType<typeof scalarAt>,
  context: ReadContext,
): ServingFact {
  const environment = holder?.kind === "map" ? environmentOf(holder) : new Map();
  const list = at(holder, "args");
  const words = list === undefined ? [] : commandWords(list, context.text, new Map());
  const accelerator = acceleratorIn(root, holder?.kind === "map" ? holder : undefined);
  const replicas = replicasIn(root);
  const made = factOfLaunch({
    system,
    launch: {
      words,
      environment,
      range: uri?.range ?? root.range,
      accelerator: () => accelerator,
      replicas: () => replicas,
    },
    words,
    modelSwitches: [],
    variables: /^(VLLM_ADDITIONAL_ARGS|QUANTIZATION)$/,
  });
  const extra = environment.get("VLLM_ADDITIONAL_ARGS")?.value ?? "";
  if (!/quantization|-q /.test(extra)) (made.settings as Map<string, unknown>).delete("VLLM_ADDITIONAL_ARGS");
  const id = uri?.known && !/^pvc:|^\$/.test(uri.value) ? { id: uri.value, range: uri.range } : undefined;
  return { ...made, ...(id === undefined ? {} : { model: id }) };
}
