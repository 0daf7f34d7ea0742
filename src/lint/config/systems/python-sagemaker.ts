/** SageMaker from Python: the environment of its containers, and the classes of its SDK that take a model's id. */

import type { ServingFact } from "../../facts.ts";
import type { TextRange } from "../../finding.ts";
import { modelInfo } from "../../models/model-id.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import { remembered } from "../../remembered.ts";
import { addedQuantization } from "./python-switches.ts";
import { entrySettings, insertEntry, insertKeyword, keywordSettings, literalOf } from "./python-values.ts";

const VARIABLE = /^(HF_MODEL_ID|OPTION_MODEL_ID|SM_VLLM_MODEL|option\.model_id)$/;
/** Classes that load a language model by its id: DJL's containers, JumpStart's catalogue, the builder. */
const CLASSES =
  /^DJLModel$|^(?:sagemaker|djl_python)\.(?:\w+\.)*(?:DJLModel|DeepSpeedModel|HuggingFaceAccelerateModel|JumpStartModel|ModelBuilder|model_uris\.retrieve)$/;
const loadsModel = remembered((callee) => CLASSES.test(callee));

/** The model that a value names. */
export type ModelOf = (value: Value | undefined) => { model?: ServingFact["model"] };
type Hardware = { accelerator?: ServingFact["accelerator"] };

/** A dict with SageMaker's variables, and the one instance type that the program names. */
export function ofVariables(
  value: Value,
  facts: PythonFacts,
  modelOf: ModelOf,
  hardware: Hardware,
): ServingFact[] {
  const id = value.entries?.find((entry) => VARIABLE.test(String(entry.key.literal)))?.value;
  if (id === undefined) return [];
  const settings = entrySettings(value);
  const held = facts.assignments.find((one) => one.value.range.start === value.range.start)?.target;
  const range = held === undefined ? undefined : addedQuantization(facts, held);
  if (range !== undefined) settings.set("quantize", { value: "$added", range, keyRange: range });
  return [
    {
      system: "sagemaker",
      range: value.range,
      ...modelOf(id),
      settings,
      commentedOut: new Map(),
      batching: new Map(),
      ...hardware,
      insertSetting: (name, text) => insertEntry(value, name, text),
    },
  ];
}

/** `DJLModel(model_id="meta-llama/...", env={...})`, `JumpStartModel(model_id="huggingface-llm-mistral-7b")`, once deployed. */
export function ofSdk(call: Call, facts: PythonFacts, modelOf: ModelOf, hardware: Hardware): ServingFact[] {
  if (!loadsModel(call.callee) || !facts.calls.some(({ method }) => method === "deploy")) return [];
  const environment = call.keywords.get("env") ?? call.keywords.get("env_vars");
  const entries = environment?.entries ?? [];
  if (entries.some(({ key }) => VARIABLE.test(String(key.literal)))) return [];
  // The address of a model of JumpStart's catalogue, which another class is given as its data.
  const isAddress = call.method === "retrieve";
  if (isAddress && literalOf(call.keywords.get("model_scope")) === "training") return [];
  const { model } = modelOf(call.keywords.get("model_id") ?? call.keywords.get("model") ?? call.args[0]);
  if (model === undefined) return [];
  const settings = keywordSettings(call);
  for (const [name, setting] of environment === undefined ? [] : entrySettings(environment))
    settings.set(name, setting);
  // An environment that is built elsewhere may hold any switch, and so may what is done to the builder.
  const goesOn = facts.calls.some(({ method }) => /^(?:optimize|set_deployment_config)$/.test(method));
  if (goesOn || call.hasUnknownArguments || (environment !== undefined && environment.entries === undefined))
    settings.set("quantize", { value: "$env", range: call.range, keyRange: call.range });
  const kind = literalOf(call.keywords.get("instance_type"));
  const at = call.keywords.get("instance_type");
  return [
    {
      system: isAddress || call.method === "JumpStartModel" ? "jumpstart" : "sagemaker",
      range: call.calleeRange,
      model,
      settings,
      commentedOut: new Map(),
      batching: new Map(),
      ...(typeof kind === "string" && at !== undefined
        ? { accelerator: { kind, range: at.range } }
        : hardware),
      insertSetting: (name, value) =>
        isAddress
          ? undefined
          : environment === undefined
            ? insertKeyword(call, "env", JSON.stringify({ OPTION_QUANTIZE: value }), facts.text)
            : insertEntry(environment, name, value),
    },
  ];
}

/** Quantizing, compiling for other hardware, training: what is deployed is not what was downloaded. */
const CHANGES =
  /quanti[sz]|load_in_[48]bit|\b(?:awq|gptq|int8|fp8|smoothquant|neuronx?|inf[12]|trn[12]|Estimator|HuggingFace\()|\.fit\(|\bTrainer\(/i;

/** Settings whose model is put in later (`option.model_id={{model_id}}`): the language model that the notebook names. */
function ofTemplate(facts: PythonFacts): { model: NonNullable<ServingFact["model"]>; range: TextRange }[] {
  const isTemplate = facts.written.some(({ text }) =>
    /^option\.(?:model_id|s3url)[ \t]*=[ \t]*\{\{/m.test(text),
  );
  if (!isTemplate) return [];
  return facts.assignments.flatMap(({ value, inFunction }) => {
    const { literal } = value;
    if (inFunction !== undefined || typeof literal !== "string" || !/^[\w.-]+\/[\w.-]+$/.test(literal))
      return [];
    const { kind, billions } = modelInfo(literal);
    const model = { id: literal, range: value.range };
    return kind === "generative" && billions !== undefined ? [{ model, range: value.range }] : [];
  });
}

/**
 * A checkpoint that the program downloads, packs and deploys: `snapshot_download(repo_id=MODEL)` before
 * `client.create_endpoint(...)`. Its container's settings stand in files that the program writes.
 */
export function ofDownload(facts: PythonFacts, modelOf: ModelOf, hardware: Hardware): ServingFact[] {
  const deploys = facts.calls.some(
    ({ method, keywords }) =>
      /^create_endpoint(?:_config)?$/.test(method) || (method === "deploy" && keywords.has("instance_type")),
  );
  const isSageMaker = facts.imports.some(({ module }) => /^(?:sagemaker|boto3)\b/.test(module));
  if (!deploys || !isSageMaker) return [];
  const downloads = facts.calls.flatMap((call) => {
    if (call.method !== "snapshot_download") return [];
    const { model } = modelOf(call.keywords.get("repo_id") ?? call.args[0]);
    // An encoder that is deployed beside the language model is not what this is about.
    const isEncoder =
      model !== undefined && /^(?:encoder|embedding|reranker)$/.test(modelInfo(model.id).kind);
    return model === undefined || isEncoder ? [] : [{ model, range: call.calleeRange }];
  });
  const models = downloads.length > 0 ? downloads : ofTemplate(facts);
  if (new Set(models.map(({ model }) => model.id)).size !== 1) return [];
  if ([facts.text, ...facts.written.map(({ text }) => text)].some((text) => CHANGES.test(text))) return [];
  const { model, range } = models[0]!;
  return [
    {
      system: "sagemaker",
      range,
      model,
      settings: new Map(),
      commentedOut: new Map(),
      batching: new Map(),
      ...hardware,
    },
  ];
}
