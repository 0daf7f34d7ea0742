/**
 * Models served from Python: engines of vLLM and SGLang, command lines given to `subprocess`, SageMaker's environment, Ray's
 * LLMConfig, transformers in files that serve, TensorFlow Lite conversions.
 */

import type { ServingFact } from "../../facts.ts";
import { modelInfo } from "../../models/model-id.ts";
import { chainStart } from "../../python/call-chain.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import { remembered } from "../../remembered.ts";
import { commentedOutNear } from "../comments.ts";
import type { Launch } from "../launch.ts";
import { shellLaunches } from "../shell-launches.ts";
import type { Word } from "../words.ts";
import { SYSTEMS, systemNamed } from "./index.ts";
import { ofOpenModel } from "./model-garden.ts";
import { fetched } from "./python-checkpoint.ts";
import { returnedCommand } from "./python-command.ts";
import { ofContainers, ofHubEndpoint, ofLibrary } from "./python-platforms.ts";
import { ofDownload, ofSdk, ofVariables } from "./python-sagemaker.ts";
import { withoutSwitchedOff } from "./python-switches.ts";
import {
  dictionaries,
  entrySettings,
  fieldValue,
  formatted,
  insertEntry,
  insertKeyword,
  keywordSettings,
  lastBound,
  lastResort,
  literalOf,
  optionDefault,
  parameterValue,
  type Settings,
} from "./python-values.ts";
import { withOwnVariable } from "./sagemaker.ts";

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
  [/^ctranslate2\.(Translator|Generator)$/, "ctranslate2", false],
];
const RUNS =
  /^(subprocess\.(run|Popen|call|check_call|check_output)|os\.(system|execvp|execv|popen|spawnvp)|asyncio\.create_subprocess_(exec|shell)|shlex\.split)$/;
const COMMAND_NAME = /^(?:entrypoint|command|cmd|commands|args)$/;
const COMMAND =
  /\b(vllm|sglang|text-generation-launcher|llama-server|llama_cpp|ollama|tritonserver|trtexec|lmdeploy|fastchat|docker|optimum-cli|tf2onnx|tflite_convert|tensorflowjs_converter|ct2-transformers-converter|mlx_lm|mlx_vlm|xinference)\b/;

const engineOf = remembered((callee) => ENGINES.find(([pattern]) => pattern.test(callee)));
const isRayConfig = remembered((callee) => /(^|\.)LLMConfig$/.test(callee));
const runsCommand = remembered((callee) => RUNS.test(callee));
const convertsToTflite = remembered((callee) => /TFLiteConverter\.from_\w+$/.test(callee));

/** Facts of what the program serves. */
export function pythonServing(facts: PythonFacts): ServingFact[] {
  const { server } = facts;
  const found: ServingFact[] = [];
  const model = (value: Value | undefined) => modelOf(value, facts);
  for (const call of facts.calls) {
    const engine = engineOf(call.callee);
    if (engine !== undefined && (engine[2] || server !== undefined))
      found.push(ofEngine(call, engine[1], facts));
    else if (isRayConfig(call.callee)) found.push(...ofRay(call, facts));
    else if (runsCommand(call.callee)) found.push(...ofCommand(call, facts));
    else if (convertsToTflite(call.callee)) found.push(ofTflite(call, facts));
    else if (server !== undefined && loadsLanguageModel(call, facts)) found.push(ofTransformers(call, facts));
    else if (call.method === "create_inference_endpoint") found.push(...ofHubEndpoint(call, model));
    else if (call.method === "OpenModel") found.push(...ofOpenModel(call, facts.calls, model));
    if (server !== undefined) found.push(...ofLibrary(call, facts, model));
  }
  for (const launch of ofContainers(facts, (list) => wordsOf(list, facts), model))
    found.push(...ofLaunch(launch, facts));
  for (const assignment of facts.assignments)
    if (assignment.value.items !== undefined) found.push(...ofWords(assignment.value, facts));
  const returned = returnedCommand(facts);
  if (returned !== undefined) found.push(...ofWords(returned, facts));
  // Containers that a platform is told to start: `Pod(entrypoint=["python", "-m", "sglang.launch_server", ...])`.
  for (const { keywords } of facts.calls)
    for (const [name, words] of keywords)
      if (COMMAND_NAME.test(name) && words.items !== undefined && words.call === undefined)
        found.push(...ofWords(words, facts));
  for (const value of dictionaries(facts)) {
    found.push(...ofVariables(value, model, gpuOf(facts)).map(withOwnVariable));
    // The same in a request's body: `{"imageUri": ..., "args": ["--model=...", ...]}`.
    for (const { key, value: words } of value.entries ?? [])
      if (COMMAND_NAME.test(String(key.literal)) && words.items !== undefined)
        found.push(...ofWords(words, facts));
  }
  for (const call of facts.calls) found.push(...ofSdk(call, facts, model, gpuOf(facts)));
  if (
    !found.some(
      (fact) => fact.system === "sagemaker" && fact.model !== undefined && !fact.model.id.startsWith("$"),
    )
  )
    found.push(...ofDownload(facts, model, gpuOf(facts)));
  const byPlace = new Map<string, ServingFact>();
  for (const fact of found) {
    const key = `${fact.system} ${fact.model?.range.start ?? fact.range.start}`;
    if (!byPlace.has(key)) byPlace.set(key, fact);
  }
  return [...byPlace.values()].map((fact) => ({
    ...fact,
    commentedOut: commentedOutNear(
      facts.comments,
      systemNamed(fact.system)?.quantizationKeys ?? [],
      fact,
      facts.text,
    ),
  }));
}

/** A literal, a variable's default, or the default of an option of the command line. */
function modelOf(
  value: Value | undefined,
  facts?: PythonFacts,
): Pick<ServingFact, "model" | "modelVariable"> {
  const held = value === undefined || facts === undefined ? value : (otherwise(value, facts) ?? value);
  const literal = literalOf(held) ?? (held && facts && madeOf(held, facts));
  return held !== undefined && typeof literal === "string" && literal !== ""
    ? { model: { id: literal, range: held.range } }
    : variableOf(value, facts);
}

/** An f-string of constants, also by the name that it was bound to: `f"meta/llama3@{model_version}"`. */
function madeOf(value: Value, facts: PythonFacts): string | undefined {
  const text = formatted(value, facts);
  return text?.includes("$UNKNOWN") === true ? undefined : text;
}

/** `os.environ["MODEL_ID"]`, `os.getenv("MODEL_ID")`, directly or by the name it was bound to. */
function variableOf(value: Value | undefined, facts?: PythonFacts): Pick<ServingFact, "modelVariable"> {
  if (value === undefined) return {};
  const bound = facts?.assignments.filter(({ target }) => target === value.name) ?? [];
  const written = bound.length === 1 ? bound[0]!.value : value;
  const name = /^(?:os\.)?(?:environ\[|environ\.get\(|getenv\()\s*["']([A-Z][A-Z0-9_]*)["']\s*[\])]$/.exec(
    written.text.slice(0, 120),
  )?.[1];
  return name === undefined ? {} : { modelVariable: { name, range: value.range } };
}

/** Where a value is no literal: an option's default, a look-up's default, or what a notebook's name was bound to last. */
function otherwise(value: Value, facts: PythonFacts): Value | undefined {
  if (literalOf(value) !== undefined) return undefined;
  const fallback = value.call?.method === "get" ? value.call.args[1] : undefined;
  if (typeof literalOf(fallback) === "string") return fallback;
  // An object of BentoML's that stands for a checkpoint of the hub.
  const stored = value.call?.callee === "bentoml.models.HuggingFaceModel" ? value.call.args[0] : undefined;
  if (stored !== undefined && /^["']/.test(stored.text)) return stored;
  const settings = stored && fieldValue({ ...stored, name: stored.text.replace(/\.lower\(\)$/, "") }, facts);
  if (typeof literalOf(settings) === "string") return settings;
  const field = fieldValue(value, facts);
  if (field !== undefined && field.range.start !== value.range.start) {
    const held = otherwise(field, facts) ?? field;
    if (typeof literalOf(held) === "string") return held;
  }
  const last = lastBound(value, facts);
  if (last !== undefined) return last;
  return optionDefault(value, facts) ?? parameterValue(value, facts) ?? lastResort(value, facts);
}

/** `**kwargs` may hold any switch. */
function withUnknown(settings: Settings, call: Call): Settings {
  if (call.hasUnknownArguments)
    for (const key of ["quantization", "quantization-config", "dtype", "torch-dtype", "compute-type"])
      if (!settings.has(key))
        settings.set(key, { value: "$kwargs", range: call.range, keyRange: call.range });
  return settings;
}

function ofEngine(call: Call, system: string, facts: PythonFacts): ServingFact {
  const named = ["model", "filename", "model_path", "model_id", "model_size_or_path", "model_path_or_size"]
    .map((name) => call.keywords.get(name))
    .find((value) => value !== undefined);
  return {
    system,
    range: call.calleeRange,
    ...fetched(modelOf(named ?? call.args[0], facts), facts),
    settings: withUnknown(
      withoutEmpty(system === "lmdeploy" ? lmdeploySettings(call) : keywordSettings(call), facts),
      call,
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

function ofRay(call: Call, facts: PythonFacts): ServingFact[] {
  const loading = call.keywords.get("model_loading_config");
  const kwargs = call.keywords.get("engine_kwargs");
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
  const kind = literalOf(call.keywords.get("accelerator_type"));
  return [
    {
      system: "ray",
      range: call.calleeRange,
      ...modelOf(model),
      settings,
      commentedOut: new Map(),
      batching: new Map(),
      ...(typeof kind === "string"
        ? { accelerator: { kind, range: call.keywords.get("accelerator_type")!.range } }
        : gpuOf(facts)),
      insertSetting: (name, value) => kwargs && insertEntry(kwargs, name.replaceAll("-", "_"), value),
    },
  ];
}

/** `subprocess.run([...])`, `os.system("...")`: the argument's command line. */
function ofCommand(call: Call, facts: PythonFacts): ServingFact[] {
  const [first] = call.args;
  const value = first ?? call.keywords.get("args");
  if (value === undefined) return [];
  const list =
    value.items !== undefined ? value : value.call?.method === "join" ? value.call.args[0] : undefined;
  if (list !== undefined) return ofWords(list, facts);
  const text = literalOf(value);
  if (typeof text === "string" && COMMAND.test(text)) return ofText(value, text, facts);
  const made = formatted(value, facts);
  if (made !== undefined && COMMAND.test(made))
    // What is put into the text moves its places: the whole stands for its parts, and nothing is added to it.
    return ofText(value, made, facts).map(({ insertSetting: _, ...fact }) => ({
      ...fact,
      range: value.range,
      ...fetched({ ...(fact.model && { model: { ...fact.model, range: value.range } }) }, facts),
    }));
  if (call.args.length > 2 && call.callee.startsWith("asyncio"))
    return ofWords({ ...value, items: call.args }, facts);
  return [];
}

/** A list display whose words start a server. */
function ofWords(list: Value, facts: PythonFacts): ServingFact[] {
  const items = list.items ?? [];
  if (items.length < 2) return [];
  // Most lists of a program are none: names are looked up only in those that may be.
  const line = items.map((item) => literalOf(item) ?? item.text.slice(0, 60)).join(" ");
  const isContainer = line.startsWith("-") || /^[fF]["']-/.test(line);
  if (!COMMAND.test(line) && !isContainer) return [];
  const words = wordsOf(list, facts);
  if (!COMMAND.test(words.map((word) => word.value).join(" "))) return ofContainer(words, list, facts);
  return ofLaunch({ words: withProgram(words), environment: new Map(), range: list.range }, facts);
}

/** The words of a list display; what is not known begins with `$`. */
function wordsOf(list: Value, facts: PythonFacts): Word[] {
  return (list.items ?? []).map((item) => {
    const written = literalOf(item);
    const literal = written ?? literalOf(otherwise(item, facts)) ?? constantText(item, facts);
    const end = item.range.end;
    return {
      ...(written === undefined && literal !== undefined && { expanded: true as const }),
      value: literal === undefined || literal === null ? `$${item.text.slice(0, 60)}` : String(literal),
      range: item.range,
      known: literal !== undefined && literal !== null,
      after: (more: readonly string[]) => ({
        range: { start: end, end },
        newText: more.map((word) => `, ${JSON.stringify(word)}`).join(""),
      }),
    };
  });
}

/** `[sys.executable, "-m", "vllm..."]` */
function withProgram(words: Word[]): Word[] {
  const [first, ...others] = words;
  return first !== undefined && /^\$?sys\.executable/.test(first.value)
    ? [{ ...first, value: "python" }, ...others]
    : words;
}

/** A container's arguments that stand apart from its command: vLLM's, where the program names its server or its image. */
function ofContainer(words: Word[], list: Value, facts: PythonFacts): ServingFact[] {
  if (words[0]?.value.startsWith("-") !== true) return [];
  const server = facts.strings.find(({ value }) =>
    /^vllm\.entrypoints\.|^[\w.:/-]*\/[\w-]*vllm[\w-]*:/.test(value),
  );
  if (server === undefined) return [];
  const image = { name: "vllm/vllm-openai", range: server.range };
  return ofLaunch({ image, words, environment: new Map(), range: list.range }, facts);
}

/** `f"--model={MODEL}"` */
function constantText(item: Value, facts: PythonFacts): string | undefined {
  return /^[rR]?[fF]/.test(item.text) ? madeOf(item, facts) : undefined;
}

function ofText(value: Value, text: string, facts: PythonFacts): ServingFact[] {
  const source = facts.text.slice(value.range.start, value.range.end);
  const at = source.indexOf(text);
  const launches = shellLaunches(text, at < 0 ? value.range.start : value.range.start + at);
  return launches.flatMap((launch) => ofLaunch(at < 0 ? { ...launch, range: value.range } : launch, facts));
}

function ofLaunch(launch: Launch, facts: PythonFacts): ServingFact[] {
  for (const system of SYSTEMS) {
    const fact = system.fromLaunch?.({ ...launch, accelerator: () => gpuOf(facts).accelerator });
    if (fact === undefined) continue;
    const { settings, range } = fact;
    if (settings.has("quantization") || !ADDED.test(facts.text)) return [fact];
    const added = { value: "$added", range, keyRange: range };
    return [{ ...fact, settings: new Map(settings).set("quantization", added) }];
  }
  return [];
}

/** A switch that is put behind the others where the program decides so. */
const ADDED = /\.(?:append|extend|insert)\([^\n]{0,20}["'](?:--quantization|--load-format)\b/;

const NO_MODEL =
  /(Tokenizer|TokenizerFast|Processor|Config|FeatureExtractor|Scheduler|GenerationConfig|ImageProcessor|AutoencoderKL|Adapter)$/;

function loadsLanguageModel(call: Call, facts: PythonFacts): boolean {
  const owner = call.callee.split(".").at(-2) ?? "";
  if (!/^(transformers|modelscope|auto_gptq|awq|optimum)\./.test(call.callee) || NO_MODEL.test(owner))
    return false;
  if (/^transformers\.(?:pipelines\.)?pipeline$/.test(call.callee)) {
    const task = call.args[0] ?? call.keywords.get("task");
    // A model that was loaded before is what its own load says.
    const loaded = call.keywords.get("model") ?? call.args[1];
    if (loaded?.call?.method === "from_pretrained") return false;
    // Without a task the model's own is taken.
    if (task === undefined) return isSizedLanguageModel(call.keywords.get("model"), facts);
    return /^(?:text-generation|image-text-to-text)$/.test(String(literalOf(task)));
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

/** What is chosen behind the load: `.half()`, `.bfloat16()`, `.to(torch.float16)`, `.quantize(4)`, in a chain or by name. */
function behindLoad(load: Call, facts: PythonFacts): [string, string][] {
  const found: [string, string][] = [];
  for (const { method, receiver, args, keywords } of facts.calls) {
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

function ofTransformers(call: Call, facts: PythonFacts): ServingFact {
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
  withoutSwitchedOff(settings, facts);
  return {
    system: "transformers",
    range: call.calleeRange,
    ...fetched(
      modelOf(
        call.method === "pipeline"
          ? (call.keywords.get("model") ?? call.args[1])
          : (call.keywords.get("pretrained_model_name_or_path") ?? call.args[0]),
        facts,
      ),
      facts,
    ),
    settings,
    commentedOut: new Map(),
    batching: new Map(),
    ...gpuOf(facts),
    insertSetting: (name, value) => insertKeyword(call, name, value, facts.text),
  };
}

/** What is set on the converter, and by which name it goes. */
function ofTflite(call: Call, facts: PythonFacts): ServingFact {
  const settings: Settings = new Map();
  for (const { target, value, range } of facts.assignments) {
    const match = /^([\w.]+?)\.((?:target_spec\.)?\w+)$/.exec(target);
    if (match === null || !call.targets.includes(match[1]!)) continue;
    settings.set(match[2]!, { value: value.text, range: value.range, keyRange: range });
  }
  return {
    system: "tflite",
    range: call.calleeRange,
    ...(call.args[0] === undefined
      ? {}
      : {
          model: {
            id: literalOf(call.args[0])?.toString() ?? `$${call.args[0].text.slice(0, 60)}`,
            range: call.args[0].range,
          },
        }),
    settings,
    commentedOut: new Map(),
    batching: new Map(),
    insertSetting: (name, value) => {
      const target = call.targets[0];
      const lineEnd = facts.text.indexOf("\n", call.range.end);
      const lineStart = facts.text.lastIndexOf("\n", call.range.start) + 1;
      if (target === undefined || lineEnd < 0) return undefined;
      const lead = /^[ \t]*/.exec(facts.text.slice(lineStart))?.[0] ?? "";
      return { range: { start: lineEnd, end: lineEnd }, newText: `\n${lead}${target}.${name} = ${value}` };
    },
  };
}

type Gpu = { accelerator?: ServingFact["accelerator"] };

/** Looked up once for a program: each of its calls may ask. */
const gpus = new WeakMap<PythonFacts, Gpu>();

/** The one GPU or instance type that the program's strings name. */
function gpuOf(facts: PythonFacts): Gpu {
  const known = gpus.get(facts);
  if (known !== undefined) return known;
  const types = facts.strings.filter(({ value }) => /^ml\.(g|p)\d\w*\.\w+$/.test(value));
  const [first] = types;
  const gpu: Gpu =
    first === undefined || types.some(({ value }) => value !== first.value)
      ? {}
      : { accelerator: { kind: first.value, range: first.range } };
  gpus.set(facts, gpu);
  return gpu;
}
