/** Language models that a program which serves loads with transformers. */

import type { ServingFact } from "../../facts.ts";
import { modelInfo } from "../../models/model-id.ts";
import { chainStart } from "../../python/call-chain.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import { fetched } from "./python-checkpoint.ts";
import { gpuOf } from "./python-gpu.ts";
import { modelOf } from "./python-model.ts";
import { addedQuantization, isFallback, withoutSwitchedOff } from "./python-switches.ts";
import { entrySettings, insertKeyword, keywordSettings, literalOf, withUnknown } from "./python-values.ts";

const NO_MODEL =
  /(Tokenizer|TokenizerFast|Processor|Config|FeatureExtractor|Scheduler|GenerationConfig|ImageProcessor|AutoencoderKL|Adapter)$/;

export function loadsLanguageModel(call: Call, facts: PythonFacts): boolean {
  return loadsOne(call, facts) && !isTrained(call, facts);
}

/** Fine-tuning in a program with a demo: what is loaded before it is trained. */
function isTrained({ order }: Call, { calls }: PythonFacts): boolean {
  return calls.some(
    (one) =>
      one.order > order && /(?:^|\.)(?:get_peft_model|(?:SFT|DPO)?Trainer|Seq2SeqTrainer)$/.test(one.callee),
  );
}

/** Classes of a program's own that are built on a family's or the library's: `StreamingLlama.from_pretrained(weights)`. */
const OWN_CLASS = /^[A-Z]\w*(?:(?:Llama|Mistral|Falcon)(?:ForCausalLM)?|(?<!For)CausalLM)$/;

/** PEFT's own classes load the base of an adapter. */
const LIBRARIES = /^(?:transformers|modelscope|auto_gptq|awq|optimum)\.|^peft\.(?:\w+\.)*AutoPeftModelFor/;

const OTHER_TASKS =
  /^(?:|text2text-generation|summarization|conversational|translation\w*|image-to-text|\w+-question-answering|any-to-any)$/;

function loadsOne(call: Call, facts: PythonFacts): boolean {
  const owner = call.callee.split(".").at(-2) ?? "";
  if (call.method === "from_pretrained" && OWN_CLASS.test(owner)) return true;
  if (!LIBRARIES.test(call.callee) || NO_MODEL.test(owner)) return false;
  if (/^transformers\.(?:pipelines\.)?pipeline$/.test(call.callee)) {
    const task = call.args[0] ?? call.keywords.get("task");
    // A model that was loaded before is what its own load says.
    const loaded = call.keywords.get("model") ?? call.args[1];
    if (loaded?.call?.method === "from_pretrained") return false;
    // Without a task the model's own is taken.
    const name = String(task === undefined ? "" : literalOf(task));
    return (
      /^(?:text-generation|image-text-to-text)$/.test(name) ||
      // Other tasks are done by small models as often as by language models.
      (OTHER_TASKS.test(name) && isSizedLanguageModel(call.keywords.get("model") ?? call.args[1], facts))
    );
  }
  if (call.method !== "from_pretrained") return false;
  if (
    /(ForCausalLM|ForConditionalGeneration|LMHeadModel|WithLMHead|ForSeq2SeqLM|ForImageTextToText|ForVision2Seq)$/.test(
      owner,
    )
  )
    return true;
  // Models with code of their own come by the plain class: `AutoModel.from_pretrained("THUDM/chatglm-6b")`.
  const named = call.keywords.get("pretrained_model_name_or_path") ?? call.args[0];
  return owner === "AutoModel" && isSizedLanguageModel(named, facts);
}

function isSizedLanguageModel(named: Value | undefined, facts: PythonFacts): boolean {
  const { model } = modelOf(named, facts);
  if (model === undefined) return false;
  const { kind, billions } = modelInfo(model.id);
  return kind === "generative" && billions !== undefined;
}

/** What is chosen behind the load: `.half()`, `.bfloat16()`, `.to(torch.float16)`, `.quantize(4)`, in a chain or by name; `quantize_(model, int8_weight_only())`. */
function behindLoad(load: Call, facts: PythonFacts): [string, string][] {
  const found: [string, string][] = [];
  for (const call of facts.calls) {
    const { method, receiver, args, keywords } = call;
    const given = (keywords.get("model") ?? args[0])?.text ?? "";
    const isQuantized =
      /quanti[sz]e/i.test(method) ||
      keywords.has("quantization_config") ||
      (method === "init_inference" && /int8/.test(keywords.get("dtype")?.text ?? ""));
    if (isQuantized && call !== load && load.targets.includes(given))
      found.push(["quantization-config", method]);
    if (!/^(?:half|bfloat16|quantize|to)$/.test(method) || chainStart(receiver?.call) !== load) continue;
    if (method === "half") found.push(["dtype", "float16"]);
    if (method === "bfloat16") found.push(["dtype", "bfloat16"]);
    if (method === "quantize") found.push(["quantization-config", "bits"]);
    if (method !== "to") continue;
    for (const value of [...args, ...keywords.values()]) {
      const dtype = /(?:^|\.)(float16|bfloat16|half|float32)$/.exec(value.qualified ?? value.name ?? "")?.[1];
      if (dtype !== undefined) found.push(["dtype", dtype]);
    }
  }
  return found;
}

export function ofTransformers(call: Call, facts: PythonFacts): ServingFact {
  const settings = withUnknown(keywordSettings(call), call);
  if (/^(auto_gptq|awq)\./.test(call.callee))
    settings.set("quantization-config", { value: "awq", range: call.range, keyRange: call.range });
  settings.set("class", {
    value: call.callee.split(".").at(-2) ?? "",
    range: call.calleeRange,
    keyRange: call.calleeRange,
  });
  const inner = call.keywords.get("model_kwargs");
  if (inner !== undefined) {
    if (inner.entries === undefined)
      settings.set("quantization-config", {
        value: "$model_kwargs",
        range: inner.range,
        keyRange: inner.range,
      });
    for (const [name, setting] of entrySettings(inner, (name) => name.replaceAll("_", "-")))
      settings.set(name, setting);
  }
  for (const [name, value] of behindLoad(call, facts))
    settings.set(name, { value, range: call.range, keyRange: call.range });
  if (isFallback(call, facts))
    settings.set("quantization-config", { value: "$other", range: call.range, keyRange: call.range });
  const isSpread = facts.text.slice(call.range.start, call.range.end).includes("**");
  const added = isSpread ? addedQuantization(facts) : undefined;
  if (added !== undefined)
    settings.set("quantization-config", { value: "$added", range: added, keyRange: added });
  withoutSwitchedOff(settings, facts);
  const named =
    call.method === "pipeline"
      ? (call.keywords.get("model") ?? call.args[1])
      : (call.keywords.get("pretrained_model_name_or_path") ?? call.args[0]);
  return {
    system: "transformers",
    range: call.calleeRange,
    ...fetched(modelOf(named, facts), facts, named),
    settings,
    commentedOut: new Map(),
    batching: new Map(),
    ...gpuOf(facts),
    insertSetting: (name, value) => insertKeyword(call, name, value, facts.text),
  };
}
