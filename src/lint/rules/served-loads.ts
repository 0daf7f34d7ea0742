/** Loads of models that a program serves: which library, which checkpoint, and whether it is large enough for a word. */

import {
  fieldValue,
  lastBound,
  literalOf,
  optionDefault,
  parameterValue,
} from "../config/systems/python-values.ts";
import { modelInfo } from "../models/model-id.ts";
import { pattern } from "../pattern.ts";
import type { Call, PythonFacts, Value } from "../python/python-facts.ts";
import { remembered } from "../remembered.ts";
import { precisionOf } from "./python-precision.ts";
import { computesInFloat32, isWidened, torchLoad } from "./torch-loads.ts";

/** Image models below this many billions of parameters are left alone, and encoders of text and sound. */
const SMALL = 0.3;
const SMALL_ENCODER = 0.5;
/** Generative ones are, from this size on: t5-small has 0.06 billion. */
const SMALLEST_GENERATIVE = 0.05;
export const GENERATIVE_TASKS = pattern()`
  ^(
    text-generation|text2text-generation|summarization|translation\w*|conversational|image-to-text|
    image-text-to-text|visual-question-answering|automatic-speech-recognition|text-to-image|text-to-speech|
    text-to-audio
  )$
`;

export interface Load {
  /** "other": a library that is built on transformers, as parler_tts. "PyTorch": what `torch-loads.ts` knows. */
  library: "transformers" | "diffusers" | "torchvision" | "PyTorch" | "other";
  id?: string;
  /** float32 is asked for where the model is used. */
  isFloat32?: true;
}

const NOT_MODELS =
  /(Tokenizer|TokenizerFast|Processor|Config|FeatureExtractor|Scheduler|ImageProcessor|Adapter|Callback)$/;
const GENERATIVE_CLASSES = pattern()`
  (ForCausalLM|ForConditionalGeneration|LMHeadModel|WithLMHead|ForSeq2SeqLM|ForImageTextToText|
    ForVision2Seq|ForSpeechSeq2Seq|ForTextToWaveform|ForTextToText|ForSpeechToText|ForTextToSpeech|
    ForSpeechToSpeech|EncoderDecoderModel|MarianMTModel|BarkModel)$|
  ^SeamlessM4T\w*Model$
`;

/** A load of a model that is worth a word, with its id where it is known. */
export function loadOf(call: Call, facts: PythonFacts): Load | undefined {
  const parts = call.callee.split(".");
  // Libraries that hand out the classes of transformers.
  const library = /^(?:modelscope|peft)$/.test(parts[0] ?? "") ? "transformers" : parts[0];
  const owner = parts.at(-2) ?? "";
  const named = call.keywords.get("pretrained_model_name_or_path") ?? call.keywords.get("model");
  if (library === "diffusers" && (call.method === "from_pretrained" || call.method === "from_single_file")) {
    const value = textOf(call.args[0] ?? named, facts);
    return NOT_MODELS.test(owner) || /^(ControlNet|Autoencoder|VaeImage|T2I)/.test(owner)
      ? undefined
      : { library, ...idOf(value) };
  }
  const isOther = library !== "transformers" && GENERATIVE_CLASSES.test(owner);
  if (
    (library === "transformers" || isOther) &&
    call.method === "from_pretrained" &&
    !NOT_MODELS.test(owner)
  ) {
    const id = textOf(call.args[0] ?? named, facts);
    if (isOther) return SMOKE_TESTS.test(String(id)) ? undefined : { library: "other", ...idOf(id) };
    // Of a model with code of its own, whichever it is, float32 is said with intent.
    const isWide = isWidened(call, facts);
    const asked = owner === "AutoModel" && (isWide || precisionOf(call) === "float32");
    const isGenerative = GENERATIVE_CLASSES.test(owner) || (owner === "AutoModel" && generates(call, facts));
    return worthIt(id, asked || isGenerative)
      ? { library: "transformers", ...idOf(id), ...(isWide ? { isFloat32: true } : {}) }
      : undefined;
  }
  if (library === "transformers" && call.method === "from_config" && GENERATIVE_CLASSES.test(owner)) {
    const config = (call.args[0] ?? call.keywords.get("config"))?.call;
    const id = textOf(config?.args[0] ?? config?.keywords.get("pretrained_model_name_or_path"), facts);
    return config !== undefined && isFilled(facts) && worthIt(id, true)
      ? { library: "transformers", ...idOf(id) }
      : undefined;
  }
  if (call.callee === "transformers.pipeline" || call.callee === "transformers.pipelines.pipeline") {
    const model = call.keywords.get("model") ?? call.args[1];
    // A model that was loaded before has its precision from there.
    if (model?.call !== undefined && !isPath(model.call) && literalOf(model) === undefined) return undefined;
    const task = literalOf(call.args[0] ?? call.keywords.get("task"));
    const generative = typeof task === "string" && GENERATIVE_TASKS.test(task);
    const id = model === undefined ? defaultOf(task) : textOf(model, facts);
    if (id === undefined && model === undefined) return undefined;
    return worthIt(id, generative) ? { library: "transformers", ...idOf(id) } : undefined;
  }
  if (loadsByName(call.callee)) {
    const id = textOf(
      call.keywords.get("model_id") ?? call.keywords.get("model_name") ?? call.args[0],
      facts,
    );
    const generative = !/Transformer$|Encoder$|Embeddings?$/.test(call.method);
    return (generative || isLargeEncoder(id)) && worthIt(id, true)
      ? { library: "transformers", ...idOf(id) }
      : undefined;
  }
  if (
    /^(torchvision\.models|timm)\./.test(call.callee) &&
    !/\.(get_weight|list_models|get_model_weights|transforms\..*)$/.test(call.callee)
  ) {
    const pretrained = call.keywords.get("weights") ?? call.keywords.get("pretrained");
    const isModel = /^torchvision\.models\.(\w+\.)?[a-z]\w*$|^timm\.create_model$/.test(call.callee);
    const fresh =
      pretrained === undefined || literalOf(pretrained) === false || literalOf(pretrained) === null;
    // Own weights that are loaded into it make it a served model as well.
    const loadsWeights = facts.calls.some(({ method }) => method === "load_state_dict");
    return isModel && (!fresh || loadsWeights) ? { library: "torchvision", id: call.method } : undefined;
  }
  if (computesInFloat32(call, facts)) return { library: "PyTorch", id: "Whisper", isFloat32: true };
  const id = torchLoad(call, facts);
  return id === undefined ? undefined : { library: "PyTorch", id };
}

/** What `AutoModel` loads is no encoder where it generates: `model.generate(**inputs)`. */
function generates({ targets }: Call, { calls }: PythonFacts): boolean {
  return calls.some(
    ({ method, receiver }) => method === "generate" && targets.includes(receiver?.name ?? ""),
  );
}

/** Weights that are spread over a model which was made without them: `load_checkpoint_and_dispatch(model, path)`. */
function isFilled({ calls }: PythonFacts): boolean {
  return calls.some(
    ({ method, keywords }) =>
      /^load_checkpoint_(?:and_dispatch|in_model)$/.test(method) && !keywords.has("dtype"),
  );
}

/** A literal, an option's default, or what a field or a notebook's name holds. */
function textOf(value: Value | undefined, facts: PythonFacts): ReturnType<typeof literalOf> {
  if (value === undefined) return undefined;
  const fallback = value.call?.method === "get" ? value.call.args[1] : undefined;
  const found = literalOf(value) ?? literalOf(fallback) ?? literalOf(optionDefault(value, facts));
  return (
    found ??
    literalOf(fieldValue(value, facts)) ??
    literalOf(lastBound(value, facts)) ??
    literalOf(parameterValue(value, facts))
  );
}

/** A folder that is put together: `os.path.join(model_dir, "model")`. */
function isPath({ callee, method, args }: Call): boolean {
  // `options.get("model", "org/name")`
  if (method === "get" && typeof literalOf(args[1]) === "string") return true;
  return /^(?:os\.path\.\w+|os\.(?:getenv|environ\.get)|str|pathlib\.Path)$/.test(callee);
}

/** What a pipeline takes where only its task is said (transformers 4, `SUPPORTED_TASKS`). */
const DEFAULTS: Readonly<Record<string, string>> = {
  summarization: "sshleifer/distilbart-cnn-12-6",
  "text-generation": "openai-community/gpt2",
  "text2text-generation": "google-t5/t5-base",
  "image-to-text": "ydshieh/vit-gpt2-image-captioning",
};

function defaultOf(task: unknown): string | undefined {
  if (typeof task !== "string") return undefined;
  return /^translation(?:_en_to_(?:fr|de|ro))?$/.test(task) ? "google-t5/t5-base" : DEFAULTS[task];
}

const BY_NAME = pattern()`
  ^langchain\w*\.(?:.*\.)?HuggingFacePipeline\.from_model_id$|^llama_index\.(?:.*\.)?HuggingFaceLLM$|
  ^sentence_transformers\.(?:.*\.)?(?:SentenceTransformer|CrossEncoder)$|
  ^(?:langchain|llama_index)\w*\.(?:.*\.)?HuggingFace(?:Bge|Instruct)?Embeddings?$
`;

/** Libraries that load a model by transformers, as it does by itself. */
const loadsByName = remembered((callee) => BY_NAME.test(callee));

/** Half a billion parameters or more. */
function isLargeEncoder(id: unknown): boolean {
  if (typeof id !== "string") return false;
  return (
    (modelInfo(id).billions ?? 0) >= 0.5 ||
    /bge-m3|bge-reranker-(?:large|v2)|xlm-roberta-large|multilingual-e5-large|instructor-xl|jina-embeddings-v3|jina-clip-v2|nv-embed|bge-multilingual-gemma2/i.test(
      id,
    )
  );
}

function idOf(value: unknown): { id?: string } {
  return typeof value === "string" && value !== "" ? { id: value } : {};
}

/** So small that the gain is memory alone. */
export function isTiny(id: string | undefined): boolean {
  return id !== undefined && (modelInfo(id).billions ?? 1) < SMALL;
}

/** Models that stand in for a real one. */
const SMOKE_TESTS = /opt-125m|tiny-random|(?:^|\/)tiny-|dummy|hf-internal-testing/i;

/** Encoders of sound, and models of speech below the size of the smallest generative ones. */
const SMALL_VOICES = /wav2vec|hubert|wavlm|whisper-tiny|mms-tts|vits|encodec|kokoro/i;

/** Generative models of any size; encoders only when their name says that they are large. */
export function worthIt(id: unknown, generative: boolean): boolean {
  if (typeof id !== "string") return generative;
  if (SMOKE_TESTS.test(id)) return false;
  const info = modelInfo(id);
  if (
    info.quantization !== undefined ||
    info.native !== undefined ||
    info.unquantized?.includes("16") === true
  )
    return false;
  if (info.billions !== undefined)
    return info.kind === "generative" || (generative && /unknown|image/.test(info.kind))
      ? info.billions >= SMALLEST_GENERATIVE
      : info.billions >= (/^(?:unknown|image|generative)$/.test(info.kind) ? SMALL : SMALL_ENCODER);
  if (info.kind === "encoder" || info.kind === "embedding" || info.kind === "reranker")
    return isLargeEncoder(id);
  if (info.kind === "image" && /huge|giant|bigg|so400m/i.test(id)) return true;
  if (info.kind === "speech") return (generative || /large/i.test(id)) && !SMALL_VOICES.test(id);
  return generative;
}
