/**
 * Networks of PyTorch that are loaded in float32, because their libraries do so: Segment Anything, OpenCLIP, fairseq, Coqui's
 * XTTS and others, the torch hub, whole modules that were saved, networks of the program's own. On a GPU they run in float32
 * unless the program says otherwise.
 */

import { lineAround } from "../config/systems/python-switches.ts";
import { literalOf } from "../config/systems/python-values.ts";
import { chainStart } from "../python/call-chain.ts";
import type { Call, PythonFacts } from "../python/python-facts.ts";
import { remembered } from "../remembered.ts";
import { lowersPrecision } from "./python-precision.ts";

const BUILDERS: readonly [RegExp, string][] = [
  [/^segment_anything\.(?:.*\.)?build_sam(?:_vit_[hlb])?$/, "Segment Anything"],
  [/^sam2\.(?:.*\.)?(?:build_sam2\w*|SAM2\w*Predictor\.from_pretrained)$/, "Segment Anything 2"],
  [/^groundingdino\.(?:.*\.)?load_model$/, "Grounding DINO"],
  [/^segmentation_models_pytorch\.[A-Z]\w*$/, "The segmentation network"],
  [/^efficientnet_pytorch\.EfficientNet\.from_(?:pretrained|name)$/, "EfficientNet"],
  [/^open_clip\.create_model\w*$/, "OpenCLIP"],
  [/^fairseq\.(?:.*\.)?from_pretrained$/, "fairseq's model"],
  [/^nemo\.collections\.(?:asr|tts)\.(?:.*\.)?(?:from_pretrained|restore_from)$/, "NeMo's model"],
  [/^chatterbox\.(?:\w+\.)?Chatterbox\w*\.from_pretrained$/, "Chatterbox"],
  [/^realesrgan\.(?:.*\.)?RealESRGANer$/, "Real-ESRGAN"],
  [
    /^mm(?:det|seg|pose|pretrain)\.apis\.(?:init_(?:detector|model|pose_model)|get_model)$/,
    "OpenMMLab's network",
  ],
  [/^tortoise\.(?:\w+\.)?TextToSpeech$/, "Tortoise"],
  [/^dia\.(?:\w+\.)?Dia\.from_(?:pretrained|local)$/, "Dia"],
  [/^cldm\.model\.create_model$/, "ControlNet"],
  [/(?:^|\.)\w*Xtts\.init_from_config$/, "XTTS"],
];
const builderOf = remembered((callee) => BUILDERS.find(([pattern]) => pattern.test(callee))?.[1]);
/** Of Coqui's and the hub's models those that are no small ones. */
const LARGE_VOICES = /xtts|bark|tortoise/i;
const SMALL_ONES = /silero|vad\b|mobile|tiny|nano|squeezenet|yolov5n/i;

/** Ultralytics' networks; files of engines have their own precision, the nano ones are small. */
const DETECTOR = /^ultralytics\.(?:YOLO(?:World|E)?|RTDETR|SAM|FastSAM)$/;
const OWN_PRECISION_OR_NANO =
  /\.(?:engine|onnx|tflite|mlpackage|torchscript)$|_(?:openvino|ncnn)_model|\d+n(?:[-_.]|$)|nano/i;

/** What is loaded, by a name for the reader; nothing for other calls. */
export function torchLoad(call: Call, facts: PythonFacts): string | undefined {
  const { callee, method, receiver, args, keywords } = call;
  const built = builderOf(callee);
  if (built !== undefined) return asksFor16Bits(call) ? undefined : built;
  if (method === "__call__")
    return /^sam_model_registry\[(?!["']vit_t)/.test(receiver?.text ?? "") ? "Segment Anything" : undefined;
  if (callee === "TTS.api.TTS") {
    const id = literalOf(args[0] ?? keywords.get("model_name"));
    return typeof id === "string" && LARGE_VOICES.test(id) ? id : undefined;
  }
  if (DETECTOR.test(callee)) return isDetectorOnGpu(call, facts) ? "The detector" : undefined;
  if (method === "load_state_dict") return isServedNetwork(call, facts) ? "The network" : undefined;
  if (callee !== "torch.load" && callee !== "torch.hub.load") return undefined;
  if (!runsOnGpu(call, facts)) return undefined;
  if (callee === "torch.load") return "The saved module";
  const names = args.slice(0, 2).map((arg) => String(literalOf(arg) ?? ""));
  return SMALL_ONES.test(names.join(" ")) ? undefined : names.at(-1) || undefined;
}

/** Platforms for models on GPUs; networks behind a web framework alone are small ones as often as not. */
const PLATFORMS =
  /^(?:cog|runpod|truss|modal|beam|litserve|potassium|banana_dev|djl_python|triton_python_backend_utils|model_fn|Model\.load|TorchServe|ts\.)/;
const EXERCISES = /mnist|cifar|(?<![a-z])(?:iris|toy)(?![a-z])/i;
const LAYERS = /^torch\.nn\.(?:Conv(?:Transpose)?\dd|Linear|LSTM|GRU|Embedding)$/;
const FEW_LAYERS = 5;

/**
 * A network of the program's own whose weights are loaded and that is moved to the GPU, on a platform: the first of them
 * stands for all. One of torchvision is found by its own call.
 */
function isServedNetwork(call: Call, facts: PythonFacts): boolean {
  if (!PLATFORMS.test(facts.server?.what ?? "") || isExercise(facts)) return false;
  const first = facts.calls.find(
    ({ method, receiver }) =>
      method === "load_state_dict" && !/optim|sched|scaler/i.test(receiver?.text ?? "optim"),
  );
  if (first !== call) return false;
  const name = lastName(call.receiver?.text);
  const moves = facts.calls.filter(
    ({ method, receiver, targets }) =>
      /^(?:cuda|to|half)$/.test(method) &&
      name !== undefined &&
      [receiver?.text, ...targets].some((one) => lastName(one) === name),
  );
  return (
    moves.length > 0 &&
    !moves.some(
      ({ method, args }) =>
        method === "half" ||
        args.some(({ qualified }) => /^torch\.b?float16$|^torch\.half$/.test(qualified ?? "")),
    ) &&
    !facts.calls.some(
      ({ callee, method }) => method === "backward" || /^(?:torchvision\.models|timm|whisper)\./.test(callee),
    )
  );
}

/** A network of a tutorial: of a data set for beginners, by the file's words or place, or of a few layers that stand here. */
function isExercise({ file, text, prose, calls }: PythonFacts): boolean {
  if (EXERCISES.test(text) || EXERCISES.test(file) || prose.some((said) => EXERCISES.test(said.text)))
    return true;
  const layers = calls.filter(({ callee }) => LAYERS.test(callee));
  return layers.length > 0 && layers.length <= FEW_LAYERS && layers.every(({ loops }) => loops.length === 0);
}

/** A detector on a platform for models, or one that the program moves to a device; `half=True` stands where it predicts. */
function isDetectorOnGpu(load: Call, { calls, server }: PythonFacts): boolean {
  if (OWN_PRECISION_OR_NANO.test(String(literalOf(load.args[0] ?? load.keywords.get("model")) ?? "")))
    return false;
  if (calls.some(({ keywords }) => keywords.has("half") && literalOf(keywords.get("half")) !== false))
    return false;
  return (
    PLATFORMS.test(server?.what ?? "") ||
    calls.some(
      ({ method, receiver, keywords }) =>
        (method === "to" && (receiver?.call === load || load.targets.includes(receiver?.name ?? ""))) ||
        (keywords.has("device") && load.targets.includes(receiver?.name ?? "")),
    )
  );
}

/** openai-whisper computes in float16 on a GPU, unless `fp16=False` stands where it transcribes. */
export function computesInFloat32({ callee, args, keywords }: Call, { calls }: PythonFacts): boolean {
  return (
    callee === "whisper.load_model" &&
    !/^tiny/.test(String(literalOf(args[0] ?? keywords.get("name")))) &&
    calls.some(({ keywords }) => keywords.get("fp16")?.literal === false)
  );
}

/**
 * `AutoModel.from_pretrained(path).float()`, also by the name it is bound to: float32 is chosen behind the load, and nowhere
 * else 16 bits. A branch that asks for the device has it for the CPU.
 */
export function isWidened(load: Call, facts: PythonFacts): boolean {
  const later = facts.calls.filter(
    ({ receiver }) => chainStart(receiver?.call) === load || load.targets.includes(receiver?.name ?? ""),
  );
  const widens = later.find(
    ({ method, args }) =>
      (method === "float" && args.length === 0) ||
      (method === "to" && args[0]?.qualified === "torch.float32"),
  );
  return (
    widens !== undefined &&
    !later.some(
      ({ method, args }) => method === "cpu" || (method === "to" && literalOf(args[0]) === "cpu"),
    ) &&
    !FOR_THE_CPU.test(lineAround(facts.text, widens.range.start) ?? "") &&
    lowersPrecision(facts) === undefined
  );
}

const FOR_THE_CPU = /^\s*(?:else\b|(?:el)?if\b.*(?:cuda|cpu|gpu|mps|device))/i;

/** `model` of `self.model`, and of `self.models["large"]`. */
function lastName(text: string | undefined): string | undefined {
  return /(?:^|\.)(\w+)(?:\[[^\]]*\])?$/.exec(text?.slice(0, 120) ?? "")?.[1];
}

function asksFor16Bits({ keywords }: Call): boolean {
  const half = keywords.get("half");
  return (
    keywords.has("precision") ||
    /float16$/.test(String(literalOf(keywords.get("compute_dtype")))) ||
    (half !== undefined && literalOf(half) !== false)
  );
}

/** `model = torch.load(path)`, then `model.cuda()` and `model.eval()`: states and tensors are no modules. */
function runsOnGpu(load: Call, facts: PythonFacts): boolean {
  const done = facts.calls.filter(
    ({ receiver }) =>
      receiver !== undefined &&
      (chainStart(receiver.call) === load ||
        (receiver.name !== undefined && load.targets.includes(receiver.name))),
  );
  const moves = done.some(
    ({ method, args }) => method === "cuda" || (method === "to" && literalOf(args[0]) !== "cpu"),
  );
  return (
    moves && (done.some(({ method }) => method === "eval") || /model|net\b/i.test(load.targets.join(" ")))
  );
}
