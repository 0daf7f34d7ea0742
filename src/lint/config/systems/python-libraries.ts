/**
 * Libraries that load a language model for a program that serves, each with switches of its own. Sources: langchain-huggingface,
 * llama-index-llms-huggingface, AirLLM, LLaVA's builder, Meta's llama, transformers-neuronx, mlx-lm, DeepSpeed-MII, Unsloth and
 * tensorizer (2026).
 */

import type { ServingFact } from "../../facts.ts";
import type { Call, PythonFacts } from "../../python/python-facts.ts";
import type { ModelOf } from "./python-sagemaker.ts";
import { entrySettings, insertKeyword, keywordSettings } from "./python-values.ts";

const WRAPPERS =
  /^langchain\w*\.(?:.*\.)?HuggingFacePipeline\.from_model_id$|^llama_index\.(?:.*\.)?HuggingFaceLLM$/;

/** Layer by layer, in float16 unless `compression="4bit"` is asked for. */
const AIRLLM = /^airllm\.(?:\w+\.from_pretrained|AirLLM\w+)$/;

function ofAirLlm(call: Call, modelOf: ModelOf): ServingFact[] {
  if (!AIRLLM.test(call.callee) || call.hasUnknownArguments) return [];
  const { model } = modelOf(call.args[0] ?? call.keywords.get("model_local_path_or_repo_id"));
  const settings = keywordSettings(call);
  const compression = settings.get("compression");
  if (compression !== undefined) settings.set("quantization-config", compression);
  settings.set("dtype", { value: "float16", range: call.range, keyRange: call.range });
  return model === undefined ? [] : [factOf(call, model, settings)];
}

/** LLaVA's own loader: float16 unless its switches for 8 or 4 bits, by place or by name, are turned on. */
const LLAVA = /^llava\.(?:.*\.)?load_pretrained_model$/;

function ofLlava(call: Call, modelOf: ModelOf): ServingFact[] {
  const { args, keywords } = call;
  const { model } = modelOf(args[0] ?? keywords.get("model_path"));
  if (model === undefined || call.hasUnknownArguments) return [];
  const settings = keywordSettings(call);
  for (const [at, name] of ["load-8bit", "load-4bit"].entries()) {
    const asked = args[at + 3] ?? keywords.get(name.replace("-", "_"));
    if (asked !== undefined && asked.literal !== false)
      settings.set("quantization-config", { value: name, range: asked.range, keyRange: asked.range });
  }
  settings.set("dtype", { value: "float16", range: call.range, keyRange: call.range });
  return [factOf(call, model, settings)];
}

/**
 * Libraries that load a checkpoint as it is published: MLX (a quantized one says so in its name), DeepSpeed's MII unless
 * `quantization_mode` is given, and Unsloth, which takes 4 bits unless it is told not to.
 */
const AS_PUBLISHED =
  /^(?:fastchat\.model\.(?:\w+\.)?load_model|mlx_v?lm\.(?:.*\.)?load|mii\.(?:deploy|serve|pipeline)|unsloth\.Fast\w*Model\.from_pretrained)$/;

function ofPublished(call: Call, facts: PythonFacts, modelOf: ModelOf): ServingFact[] {
  const { callee, method, args, keywords } = call;
  const isUnsloth = callee.startsWith("unsloth.");
  if (call.hasUnknownArguments || keywords.has("quantization_mode")) return [];
  const isAsked = ["load_in_8bit", "load_8bit"].map((name) => keywords.get(name));
  if (isAsked.some((one) => one !== undefined && one.literal !== false)) return [];
  if (isUnsloth && keywords.get("load_in_4bit")?.literal !== false) return [];
  // What is trained is no server, though the file has one.
  if (isUnsloth && facts.calls.some(({ method }) => /^(?:train|get_peft_model)$/.test(method))) return [];
  const { model } = modelOf(
    // Of MII's older function the task comes first.
    (method === "deploy" ? undefined : args[0]) ??
      keywords.get("model_name") ??
      keywords.get("model") ??
      keywords.get("model_path") ??
      keywords.get("path_or_hf_repo"),
  );
  if (model === undefined) return [];
  const dtype = { value: "float16", range: call.range, keyRange: call.range };
  return [
    factOf(call, model, new Map([["dtype", dtype]]), callee.startsWith("mlx_") ? "mlx" : "transformers"),
  ];
}

/** Meta's own loader, which has no switch that quantizes. */
const META = /^llama\.(?:\w+\.)?Llama\.build$/;

function ofMeta(call: Call, modelOf: ModelOf): ServingFact[] {
  const { model } = modelOf(call.keywords.get("ckpt_dir") ?? call.args[0]);
  const dtype = { value: "float16", range: call.range, keyRange: call.range };
  return model === undefined ? [] : [factOf(call, model, new Map([["dtype", dtype]]))];
}

/** Neuron's own models: 16 bits by `amp`, unless a configuration quantizes the weights. */
const NEURON = /^transformers_neuronx\.(?:.*\.)?\w+ForSampling\.from_pretrained$/;

function ofNeuron(call: Call, modelOf: ModelOf): ServingFact[] {
  const { args, keywords } = call;
  const { model } = modelOf(args[0] ?? keywords.get("pretrained_model_path"));
  if (model === undefined || !/^b?f16$/.test(String(keywords.get("amp")?.literal))) return [];
  const settings = keywordSettings(call);
  const config = keywords.get("neuron_config");
  if (config !== undefined && (config.call === undefined || config.call.keywords.has("quant")))
    settings.set("quantization-config", { value: "$config", range: config.range, keyRange: config.range });
  settings.set("dtype", { value: "float16", range: call.range, keyRange: call.range });
  return [factOf(call, model, settings)];
}

/**
 * Weights as they were serialized, put into a module that is made of the checkpoint's configuration:
 * `AutoModelForCausalLM.from_config(config)`, `StreamingCausalLM.from_pretrained(None, config=config)`, `LlamaForCausalLM(config)`.
 */
const TENSORIZER = /(?:^|\.)TensorDeserializer$/;
const LANGUAGE_MODEL =
  /(?:CausalLM|ForConditionalGeneration|LMHeadModel)(?:\.(?:_?from_config|from_pretrained))?$/;

function ofTensorizer(call: Call, { calls }: PythonFacts, modelOf: ModelOf): ServingFact[] {
  const made = calls.flatMap(({ callee, method, args, keywords }) => {
    if (!LANGUAGE_MODEL.test(callee)) return [];
    return (keywords.get("config") ?? (method === "from_pretrained" ? undefined : args[0]))?.call ?? [];
  });
  const config = made.find(({ callee }) => /Config\.from_pretrained$/.test(callee));
  const { model } = modelOf(config?.args[0] ?? config?.keywords.get("pretrained_model_name_or_path"));
  const dtype = { value: "float16", range: call.range, keyRange: call.range };
  return model === undefined ? [] : [factOf(call, model, new Map([["dtype", dtype]]))];
}

/** Libraries that load a model by transformers: the precision stands in their `model_kwargs`. */
export function ofLibrary(call: Call, facts: PythonFacts, modelOf: ModelOf): ServingFact[] {
  if (call.callee.startsWith("airllm.")) return ofAirLlm(call, modelOf);
  if (META.test(call.callee)) return ofMeta(call, modelOf);
  if (NEURON.test(call.callee)) return ofNeuron(call, modelOf);
  if (LLAVA.test(call.callee)) return ofLlava(call, modelOf);
  if (TENSORIZER.test(call.callee)) return ofTensorizer(call, facts, modelOf);
  if (AS_PUBLISHED.test(call.callee)) return ofPublished(call, facts, modelOf);
  if (!WRAPPERS.test(call.callee) || call.hasUnknownArguments) return [];
  const { model } = modelOf(call.keywords.get("model_id") ?? call.keywords.get("model_name"));
  const held = call.keywords.get("model_kwargs");
  if (model === undefined || held?.entries === undefined) return [];
  const settings = keywordSettings(call);
  for (const [name, setting] of entrySettings(held, (name) => name.replaceAll("_", "-")))
    settings.set(name, setting);
  return [
    {
      ...factOf(call, model, settings),
      insertSetting: (name, value) => insertKeyword(call, name, value, facts.text),
    },
  ];
}

function factOf(
  call: Call,
  model: ServingFact["model"],
  settings: ServingFact["settings"],
  system = "transformers",
): ServingFact {
  const empty = { commentedOut: new Map(), batching: new Map() };
  return { system, range: call.calleeRange, ...(model && { model }), settings, ...empty };
}
