/** Engines that a program makes: those of vLLM, SGLang, LMDeploy, TensorRT-LLM, llama.cpp and CTranslate2, and Ray's LLMConfig. */

import type { ServingFact } from "../../facts.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import { remembered } from "../../remembered.ts";
import { fetched } from "./python-checkpoint.ts";
import { gpuOf } from "./python-gpu.ts";
import { modelOf } from "./python-model.ts";
import { addedQuantization } from "./python-switches.ts";
import {
  entrySettings,
  insertEntry,
  insertKeyword,
  keywordSettings,
  literalOf,
  type Settings,
  withUnknown,
} from "./python-values.ts";

const ENGINES: readonly [RegExp, string, boolean][] = [
  // Offline use (`LLM`) counts in files that serve; the asynchronous engine is there to serve.
  [/^vllm\.(.*\.)?LLM$/, "vllm", false],
  [/^vllm\.(.*\.)?(Async)?EngineArgs$/, "vllm", true],
  [/^vllm\.(.*\.)?AsyncLLMEngine$/, "vllm", true],
  [/(^|\.)VLLMArgs$/, "vllm", true],
  [/^sglang\.(.*\.)?(Engine|Runtime|ServerArgs)$/, "sglang", false],
  [/^lmdeploy\.(.*\.)?(pipeline|serve|AsyncEngine|VLAsyncEngine)$/, "lmdeploy", false],
  [/^tensorrt_llm\.(.*\.)?LLM$/, "trtllm", false],
  [/^llama_cpp\.(.*\.)?Llama(\.from_pretrained)?$/, "llama.cpp", false],
  [/^langchain(_community)?\.(.*\.)?VLLM$/, "vllm", false],
  [/^faster_whisper\.(WhisperModel|BatchedInferencePipeline)$/, "faster-whisper", false],
  [/^whisperx\.(?:\w+\.)?load_model$/, "faster-whisper", false],
  [/^ctranslate2\.(Translator|Generator)$/, "ctranslate2", false],
];

export const engineOf = remembered((callee) => ENGINES.find(([pattern]) => pattern.test(callee)));
export const isRayConfig = remembered((callee) => /(^|\.)LLMConfig$/.test(callee));

export function ofEngine(call: Call, system: string, facts: PythonFacts): ServingFact {
  const named = ["model", "filename", "model_path", "model_id", "model_size_or_path", "model_path_or_size"]
    .map((name) => call.keywords.get(name))
    .find((value) => value !== undefined);
  return {
    system,
    range: call.calleeRange,
    ...fetched(modelOf(named ?? call.args[0], facts), facts, named ?? call.args[0]),
    settings: withAdded(
      withUnknown(
        withoutEmpty(system === "lmdeploy" ? lmdeploySettings(call) : keywordSettings(call), facts),
        call,
      ),
      facts,
      call.targets,
    ),
    commentedOut: new Map(),
    batching: new Map(),
    ...gpuOf(facts),
    insertSetting: (name, value) =>
      insertKeyword(call, name.replaceAll("-", "_"), JSON.stringify(value), facts.text),
  };
}

/** A parameter that is None by default, and that no call of the program gives anything else, asks for nothing. */
function withoutEmpty(settings: Settings, facts: PythonFacts): Settings {
  const name = /^\$(\w+)$/.exec(settings.get("quantization")?.value ?? "")?.[1];
  if (name === undefined) return settings;
  const given = facts.calls.flatMap(({ keywords }) => keywords.get(name) ?? []);
  const isNone = new RegExp(`\\bdef \\w+\\([^)]{0,400}?\\b${name}\\s*(?::[^=)]{1,60})?=\\s*None\\b`);
  if (isNone.test(facts.text) && given.every((value) => value.literal === null || value.name === name))
    settings.delete("quantization");
  return settings;
}

/** The engine's own configuration stands in an object: `backend_config=TurbomindEngineConfig(model_format="awq")`. */
function lmdeploySettings(call: Call): Settings {
  const settings = keywordSettings(call);
  const config = call.keywords.get("backend_config");
  if (config === undefined) return settings;
  for (const [name, setting] of config.call === undefined ? [] : keywordSettings(config.call))
    settings.set(name, setting);
  if (config.call === undefined || config.call.hasUnknownArguments)
    settings.set("model-format", { value: "$config", range: config.range, keyRange: config.range });
  // Weights as the hub has them.
  if (settings.get("model-format")?.value === "hf") settings.delete("model-format");
  return settings;
}

/** What is put into the settings behind them: `config["quantization"] = args.quantization`, `engine_args.quantization = "fp8"`. */
function withAdded(settings: Settings, facts: PythonFacts, names: readonly string[] = []): Settings {
  const held = facts.assignments.find(
    ({ target, value }) => value.literal !== null && names.some((name) => target === `${name}.quantization`),
  );
  const range = held?.value.range ?? addedQuantization(facts);
  if (range !== undefined && !settings.has("quantization"))
    settings.set("quantization", { value: "$added", range, keyRange: range });
  return settings;
}

/** Names of vLLM's settings that few others have. */
const OF_VLLM =
  /^(?:tensor_parallel_size|gpu_memory_utilization|max_model_len|enforce_eager|max_num_seqs|enable_prefix_caching)$/;
const DEPLOYS = /(?:^|[/_-])(?:deploy|serve|launch)\w*\.py$/;

/** `engine_config = {"model": MODEL, "tensor_parallel_size": 4, ...}`: what a server or a deployment hands to vLLM. */
export function ofEngineSettings(held: Value, facts: PythonFacts): ServingFact[] {
  const entries = held.entries ?? [];
  const named = entries.find(({ key }) => key.literal === "model")?.value;
  if (named === undefined || (facts.server === undefined && !DEPLOYS.test(facts.file))) return [];
  if (entries.filter(({ key }) => OF_VLLM.test(String(key.literal))).length < 2) return [];
  const { model } = modelOf(named, facts);
  if (model === undefined) return [];
  const settings = withAdded(
    entrySettings(held, (name) => name.replaceAll("_", "-")),
    facts,
  );
  return [
    {
      system: "vllm",
      range: held.range,
      model,
      settings,
      commentedOut: new Map(),
      batching: new Map(),
      ...gpuOf(facts),
      insertSetting: (name, value) => insertEntry(held, name.replaceAll("-", "_"), value),
    },
  ];
}

/** `{"model_loading_config": {...}, "engine_kwargs": {...}}`: the same as a dict. */
export function ofRayDict(held: Value, facts: PythonFacts): ServingFact[] {
  const entries = held.call === undefined ? (held.entries ?? []) : [];
  if (!entries.some(({ key }) => key.literal === "model_loading_config")) return [];
  const given = new Map(entries.map(({ key, value }) => [String(key.literal), value]));
  return ofRayGiven(given, held.range, facts);
}

export function ofRay(call: Call, facts: PythonFacts): ServingFact[] {
  return ofRayGiven(call.keywords, call.calleeRange, facts, call);
}

function ofRayGiven(
  given: ReadonlyMap<string, Value>,
  range: ServingFact["range"],
  facts: PythonFacts,
  call?: Call,
): ServingFact[] {
  const loading = given.get("model_loading_config");
  const kwargs = given.get("engine_kwargs");
  const fields = loading?.entries ?? [];
  const named = (name: string): Value | undefined =>
    loading?.call?.keywords.get(name) ?? fields.find((entry) => entry.key.literal === name)?.value;
  const model = named("model_source") ?? named("model_id");
  if (model === undefined) return [];
  const settings =
    kwargs?.entries === undefined ? new Map() : entrySettings(kwargs, (name) => name.replaceAll("_", "-"));
  // A dict that is built elsewhere may hold any switch.
  if (kwargs !== undefined && kwargs.entries === undefined)
    settings.set("quantization", { value: "$engine_kwargs", range: kwargs.range, keyRange: kwargs.range });
  const kind = literalOf(given.get("accelerator_type"));
  return [
    {
      system: "ray",
      range,
      ...modelOf(model, facts),
      settings,
      commentedOut: new Map(),
      batching: new Map(),
      ...(typeof kind === "string"
        ? { accelerator: { kind, range: given.get("accelerator_type")!.range } }
        : gpuOf(facts)),
      insertSetting: (name, value) =>
        kwargs === undefined
          ? call &&
            insertKeyword(
              call,
              "engine_kwargs",
              `{"${name.replaceAll("-", "_")}": ${JSON.stringify(value)}}`,
              facts.text,
            )
          : insertEntry(kwargs, name.replaceAll("-", "_"), value),
    },
  ];
}
