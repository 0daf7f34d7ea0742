/** Precision in Python programs that serve or export models. */

import { literalOf, settingText } from "../config/systems/python-values.ts";
import type { TextRange } from "../finding.ts";
import { pattern } from "../pattern.ts";
import { chainStart } from "../python/call-chain.ts";
import type { Call, PythonFacts } from "../python/python-facts.ts";

/** Compilers for other hardware, or engines: they choose the precision themselves. */
const COMPILERS = pattern()`
  ^(
    torch_tensorrt|tensorrt|torch_neuronx?|transformers_neuronx|neuronx_distributed\w*|
    optimum\.(neuron|intel|habana|onnxruntime)|intel_extension_for_\w+|openvino|torchao|onnxruntime|
    habana_frameworks
  )(\.|$)
`;

const LOWERING_METHODS =
  /^(half|bfloat16|quantize_?|quantize_dynamic|quantize_static|autocast|convert_float_to_float16|auto_convert_mixed_precision|compress_weights|quantize_model|to_half|set_default_dtype)$/;

const QUANTIZERS = pattern()`
  ORTQuantizer|BitsAndBytesConfig|GPTQConfig|AwqConfig|HqqConfig|TorchAoConfig|QuantoConfig|nncf\.|
  torchao|optimum\.quanto|onnxruntime\.quantization|neural_compressor|deepspeed\.init_inference|AutoGPTQ|
  olive
`;

/**
 * Anything in the program that lowers precision or quantizes: calls, keywords, contexts.
 *
 * @param runs modules that run what the program makes, and say nothing of its precision
 * @param load the one load that is asked about: what is done to another one's model does not count
 */
export function lowersPrecision(facts: PythonFacts, runs?: RegExp, load?: Call): string | undefined {
  const compiler = facts.imports.find(({ module }) => runs?.test(module) !== true && COMPILERS.test(module));
  if (compiler !== undefined) return compiler.module;
  for (const call of facts.calls) {
    if (load !== undefined && (isOfAnother(call, load, facts) || isOfResult(call))) continue;
    if (isLeftAside(call, facts)) continue;
    if (LOWERING_METHODS.test(call.method)) return call.callee;
    if (QUANTIZERS.test(call.callee)) return call.callee;
    if (call.contexts.some((context) => /autocast/.test(context))) return "autocast";
    if (
      call.method === "to" &&
      [...call.args, ...call.keywords.values()].some((value) =>
        /(float16|bfloat16|half)$/.test(value.qualified ?? value.name ?? ""),
      )
    )
      return "to(float16)";
    if (
      /^(simplify_)?(convert|export)\w*$/.test(call.method) &&
      [...call.keywords].some(
        ([name, { literal }]) => /float16|fp16|int8/.test(name) && literal !== false && literal !== null,
      )
    )
      return call.callee;
  }
  return undefined;
}

/** `.half()` on what another load gave, a config that another load is given, inputs cast for one that is in 16 bits. */
function isOfAnother(call: Call, load: Call, facts: PythonFacts): boolean {
  const start = chainStart(call.receiver?.call);
  if (start !== undefined && isLoad(start)) return start !== load;
  if (/Config$/.test(call.callee)) {
    const users = facts.calls.filter(
      (one) => isLoad(one) && one.keywords.get("quantization_config")?.call === call,
    );
    return users.length > 0 && !users.includes(load);
  }
  return (
    call.method === "to" &&
    facts.calls.some((one) => one !== load && isLoad(one) && /^b?float16$/.test(precisionOf(one) ?? ""))
  );
}

/** `output.cpu().squeeze().half()`: what a model gave is kept in 16 bits. */
function isOfResult({ receiver }: Call): boolean {
  let call = receiver?.call;
  for (let guard = 0; call !== undefined && guard < 10; guard++, call = call.receiver?.call)
    if (/^(?:squeeze|detach|numpy|mean|sum)$/.test(call.method)) return true;
  return false;
}

/** `config = BitsAndBytesConfig(...)` that nothing takes up: the model is loaded without it. */
function isLeftAside({ callee, targets }: Call, { text, comments }: PythonFacts): boolean {
  const [name] = targets;
  if (name === undefined || !/^\w+$/.test(name) || !/\.\w*Config$/.test(callee)) return false;
  const used = [...text.matchAll(new RegExp(`\\b${name}\\b`, "g"))].filter(
    ({ index }) => !comments.some(({ range }) => range.start <= index && index < range.end),
  );
  return used.length === 1;
}

const isLoad = ({ method }: Call): boolean =>
  /^(?:from_pretrained|from_single_file|pipeline|load|load_model)$/.test(method);

/** The precision a load is asked for: a name, "unknown" for a variable, nothing when it is not said. */
export function precisionOf(call: Call): string | undefined {
  for (const name of ["dtype", "torch_dtype"]) {
    const value = call.keywords.get(name);
    if (value === undefined) continue;
    const text = settingText(value);
    return text.startsWith("$") ? "unknown" : text.replace(/^torch\./, "");
  }
  const keywords = call.keywords.get("model_kwargs")?.entries;
  const inner = keywords?.find((entry) =>
    /^(dtype|torch_dtype|quantization_config|load_in_[48]bit)$/.test(String(entry.key.literal)),
  );
  if (inner !== undefined || (call.keywords.has("model_kwargs") && keywords === undefined)) return "unknown";
  return undefined;
}

export function quantizes(call: Call): boolean {
  for (const name of [
    "quantization_config",
    "load_in_8bit",
    "load_in_4bit",
    "gguf_file",
    "variant",
    "revision",
  ]) {
    const value = call.keywords.get(name);
    if (value === undefined) continue;
    const literal = literalOf(value);
    if (name === "variant" || name === "revision") {
      if (typeof literal === "string" && /fp16|float16|bf16|int8|gptq|awq/i.test(literal)) return true;
    } else if (literal !== false && literal !== null) return true;
  }
  return false;
}

/** True when the program names a CUDA device or spreads a model over devices; false when it names only the CPU. */
export function usesGpu(facts: PythonFacts): boolean | undefined {
  let cpu = false;
  let isOther = false;
  for (const { value, range } of facts.strings) {
    if (/^cuda(?::\d*)?$/.test(value)) return true;
    isOther ||= /^(?:mps|xpu|npu)(?::\d+)?$/.test(value);
    if (value === "cpu") cpu ||= !isSetOutside(range, facts);
  }
  for (const call of facts.calls) {
    if (call.method === "cuda" || /cuda\.is_available$/.test(call.callee) || call.keywords.has("device_map"))
      return true;
    const device = literalOf(call.keywords.get("device"));
    if (typeof device === "number" && device >= 0) return true;
    if (device === -1) cpu = true;
    if (
      /^(spaces\.GPU|modal\.gpu|runpod\.serverless\.start$)/.test(call.callee) ||
      call.keywords.has("gpu") ||
      call.keywords.has("num_gpus") ||
      (call.callee === "torch.device" && /^[fF]["']cuda/.test(call.args[0]?.text ?? "")) ||
      asksForGpu(call)
    )
      return true;
  }
  return cpu && !isOther ? false : undefined;
}

/** What a program that is given no device takes: `os.getenv("DEVICE", "cpu")`, a field of its settings. */
function isSetOutside({ start }: TextRange, { calls, definitions, assignments }: PythonFacts): boolean {
  return (
    calls.some(
      ({ callee, args, keywords }) =>
        /(?:^|\.)(?:getenv|environ\.get|config|env|Field)$/.test(callee) &&
        [...args, ...keywords.values()].some(({ range }) => range.start === start),
    ) ||
    (assignments.some(({ value }) => value.range.start === start) &&
      definitions.some(
        ({ bases, range }) =>
          range.start <= start &&
          start < range.end &&
          bases.some((base) => /(?:^|\.)BaseSettings$/.test(base)),
      ))
  );
}

/** `resources={"gpu": 1}` of BentoML, `ray_actor_options={"num_gpus": 1}`; LitServe takes a GPU where there is one. */
function asksForGpu({ callee, keywords }: Call): boolean {
  if (callee === "litserve.LitServer") {
    const accelerator = literalOf(keywords.get("accelerator"));
    return accelerator !== "cpu" && accelerator !== "mps";
  }
  const entries = keywords.get("resources")?.entries ?? keywords.get("ray_actor_options")?.entries;
  return entries?.some(({ key }) => key.literal === "gpu" || key.literal === "num_gpus") === true;
}

/** The version of a distribution as the project pins it: true when it is surely at least so. */
export function atLeast(
  version: { exact?: string; min?: string; below?: string } | undefined,
  major: number,
): boolean | undefined {
  const known = version?.exact ?? version?.min;
  if (known !== undefined && Number.parseInt(known, 10) >= major) return true;
  if (version?.exact !== undefined) return false;
  const below = version?.below;
  return below !== undefined && Number.parseInt(below, 10) <= major ? false : undefined;
}
