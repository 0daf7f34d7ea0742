/**
 * KServe: InferenceService (predictor.model with arguments that reach vLLM; classic predictors with their batcher),
 * LLMInferenceService (model.uri), and KubeAI's Model. Runtimes that name no checkpoint are templates. Sources: kserve's
 * huggingfaceserver, KServe documentation (Inference batcher) and KubeAI's CRD (2026).
 */

import type { ServingFact } from "../../facts.ts";
import { acceleratorIn } from "../hardware.ts";
import { readArguments } from "../launch-arguments.ts";
import { replicasIn } from "../replicas.ts";
import { at, type ConfigNode, entriesOf, entryOf, itemsOf, scalarAt, textAt } from "../tree.ts";
import { commandWords } from "../tree-commands.ts";
import { environmentOf } from "../tree-environment.ts";
import { factOfLaunch, type ReadContext, type ServingSystem, tellingName } from "./system.ts";
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

/** TensorFlow and PyTorch models behind KServe: their servers see one request at a time unless the batcher gathers them. */
export const kservePredictor: ServingSystem = {
  name: "kserve-predictor",
  title: "KServe",
  servesLanguageModels: false,
  quantizationKeys: [],
  dtypeKeys: [],
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
  if (model === undefined || !/^(huggingface|vllm)/i.test(format)) return classic(root, context);
  // A connection's bucket, and the folder in it.
  const folder = /--quantization|--load-format/.test(context.text)
    ? undefined
    : scalarAt(model, "storage", "path");
  const uri = scalarAt(model, "storageUri") ?? folder;
  const made = {
    ...fact("kserve", root, model, uri, context),
    batching: batcherOf(at(root, "spec", "predictor")),
  };
  const args = readArguments(commandWords(at(model, "args") ?? model, context.text, new Map()));
  const asked = args.options.get("model-id") ?? args.options.get("model");
  const called = args.options.get("served-model-name") ?? args.options.get("model-name");
  // Whoever asks for 16 bits serves one checkpoint: what the resource is called says which.
  const resource = /^(?:half|b?float16)$/.test(args.options.get("dtype")?.value ?? "")
    ? scalarAt(root, "metadata", "name")
    : undefined;
  const names = [asked, uri, ...(asked === undefined && uri === undefined ? [] : [called, resource])];
  const told = tellingName(
    names.flatMap((one) => (one?.known && one.value !== "" && !one.value.startsWith("$") ? one : [])),
  );
  return [told === undefined ? made : { ...made, model: { id: told.value, range: told.range } }];
}

const CLASSIC = /^(tensorflow|pytorch|keras)$/i;

/** `predictor.model` of a classic format, or the older `predictor.tensorflow`. */
function classic(root: ConfigNode, context: ReadContext): ServingFact[] {
  const holder = at(root, "spec", "predictor");
  const name = scalarAt(holder, "model", "modelFormat", "name");
  const older = entriesOf(holder).find((entry) => CLASSIC.test(entry.key));
  const format = name?.known && CLASSIC.test(name.value) ? name : undefined;
  const server = format === undefined ? older?.value : at(holder, "model");
  if (holder === undefined || server?.kind !== "map") return [];
  // The batcher knows version 1 of the protocol over HTTP only.
  if (/v2/i.test(textAt(server, "protocolVersion") ?? "")) return [];
  // A server that was told how to batch does so by itself.
  if (/batch/i.test(context.text.slice(server.range.start, server.range.end))) return [];
  const accelerator = acceleratorIn(root, server);
  return [
    {
      system: "kserve-predictor",
      range: format?.range ?? older!.keyRange,
      settings: new Map(),
      commentedOut: new Map(),
      ...(accelerator === undefined ? {} : { accelerator }),
      batching: batcherOf(holder),
      insertSetting: () => insertBatcher(holder, context.text),
    },
  ];
}

function batcherOf(holder: ConfigNode | undefined): ServingFact["batching"] {
  const batcher = entryOf(holder, "batcher");
  return new Map(
    batcher === undefined ? [] : [["batcher", { value: "{}", range: batcher.keyRange }] as const],
  );
}

/** Before the predictor's first key, on lines of its own; nothing in a manifest that is written as JSON. */
function insertBatcher(
  holder: ConfigNode,
  text: string,
): { range: { start: number; end: number }; newText: string } | undefined {
  const first = entriesOf(holder)[0];
  if (first === undefined || (holder.kind === "map" && holder.flow)) return undefined;
  const start = first.keyRange.start;
  const indent = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  if (!/^ +$/.test(indent)) return undefined;
  const newText = `batcher:\n${indent}  maxBatchSize: 32\n${indent}  maxLatency: 50\n${indent}`;
  return { range: { start, end: start }, newText };
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
  const id = uri?.known && !uri.value.startsWith("$") ? { id: uri.value, range: uri.range } : undefined;
  return { ...made, ...(id === undefined ? {} : { model: id }) };
}
