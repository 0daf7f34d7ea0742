/** Where a program writes a network for deployment with the weights that it has: ONNX, TorchScript, engines, other runtimes' formats. */

import { pattern } from "../pattern.ts";
import type { Call, PythonFacts, Value } from "../python/python-facts.ts";

export interface ExportedNetwork {
  call: Call;
  /** What is written, for the message. */
  format: string;
}

/** A command that goes on to lower precision. */
export const LOWERING_COMMAND =
  /(?:trtexec|polygraphy|optimum-cli)[^\n]*--(?:fp16|bf16|int8|fp8|best|quantize)\b/;

/** Format of a network that is built for TensorRT: its builder's flags alone lower the precision. */
export const ENGINE = "TensorRT engine";

/** Format of what OpenVINO's converter is told to leave in float32. */
export const OPENVINO_IR = "OpenVINO model";

const TENSORFLOW_JS = "TensorFlow.js model";

/** Format of what goes to Apple's devices. */
export const COREML = "Core ML model";

const ONNX = pattern()`
  ^(
    torch\.onnx\.(export|dynamo_export|_export|utils\.export)|transformers\.onnx\.export|
    transformers\.convert_graph_to_onnx\.convert|
    tf2onnx\.(?:convert\.(from_keras|from_function|from_graph_def)|tfonnx\.process_tf_graph)|
    optimum\.exporters\.onnx\.(main_export|export|onnx_export_from_model)|keras2onnx\.convert_keras|
    torch_model\.onnx\.export
  )$
`;
const SCRIPTED =
  /^torch\.(?:jit\.(?:trace|script|freeze|optimize_for_inference)|utils\.mobile_optimizer\.\w+)$/;

/** `to_onnx`, `export_onnx`, `convert_to_onnx`, `torch2onnx`. */
const TO_ONNX = /^\w*(?:to_?|2|export_|convert_|save_)onnx$/;

/** Methods that write one: most calls are done with here. */
const METHODS = new Set([
  ...[
    "export",
    "dynamo_export",
    "_export",
    "main_export",
    "onnx_export_from_model",
    "from_pretrained",
    "to_onnx",
  ],
  ...["convert", "convert_keras", "from_keras", "from_function", "from_graph_def", "process_tf_graph"],
  ...[
    "save_model",
    "convert_model",
    "build_serialized_network",
    "build_cuda_engine",
    "build_engine",
    "torch2trt",
  ],
  ...[
    "export_onnx",
    "export_onnx_model",
    "save",
    "_save_for_lite_interpreter",
    "to_executorch",
    "save_keras_model",
    "convert_tf_saved_model",
  ],
]);

/** Networks that were written, in order. */
export function exportedNetworks(facts: PythonFacts): ExportedNetwork[] {
  return facts.calls.flatMap((call) => {
    if (!METHODS.has(call.method) && !call.method.endsWith("onnx")) return [];
    const format = formatOf(call, facts);
    return format === undefined ? [] : [{ call, format }];
  });
}

function formatOf(call: Call, facts: PythonFacts): string | undefined {
  const { callee, method } = call;
  if (ONNX.test(callee) || exportsAtLoad(call, facts)) return "ONNX file";
  if (writesOnnx(call)) return "ONNX file";
  if (exportsDetector(call)) return String(call.keywords.get("format")!.literal);
  if (method === "_save_for_lite_interpreter" || callee === "torch.jit.save" || savesScripted(call, facts))
    return "TorchScript file";
  if (/^(?:ai_edge_torch|litert_torch)\.(?:\w+\.)*convert$/.test(callee) && !lowers(call, /quant/))
    return "LiteRT model";
  if (method === "to_executorch") return "ExecuTorch program";
  if (buildsEngine(call, facts)) return ENGINE;
  if (keepsFloat32(call, facts)) return OPENVINO_IR;
  if (convertsToCoreml(call, facts)) return COREML;
  if (
    /^tensorflowjs\.converters\.(?:save_keras_model|convert_tf_saved_model)$/.test(callee) &&
    !lowers(call, /quantization/)
  )
    return TENSORFLOW_JS;
  if (/^ctranslate2\.converters\.\w+Converter\.convert$/.test(callee) && !lowers(call, /quantization/))
    return "CTranslate2 model";
  return undefined;
}

/** Optimum converts a checkpoint when it loads it, and the program keeps or serves the result: `from_pretrained(id, export=True)`. */
function exportsAtLoad({ callee, keywords }: Call, { calls, server }: PythonFacts): boolean {
  return (
    /^optimum\.onnxruntime\.ORTModel\w*\.from_pretrained$/.test(callee) &&
    ["export", "from_transformers"].some((name) => keywords.get(name)?.literal === true) &&
    (calls.some(({ method }) => method === "save_pretrained") ||
      (server !== undefined && /For(?:\w*Seq2Seq|CausalLM|Vision2Seq)/.test(callee)))
  );
}

/** Libraries whose networks write themselves (NeMo, Lightning, Keras, SuperGradients, Paddle, Detectron2's tracer), and helpers that are named for it. */
function writesOnnx({ callee, method, args, keywords }: Call): boolean {
  if (callee === "paddle.onnx.export" || /^detectron2\.export\.(?:\w+\.)*export_onnx/.test(callee))
    return true;
  const isOnnx = (value: Value | undefined) =>
    /\.onnx\b/.test(value?.text.slice(0, 120) ?? "") || String(value?.literal).endsWith(".onnx");
  // Of tabular models.
  if (/^(?:skl2onnx|onnxmltools)\./.test(callee)) return false;
  if (TO_ONNX.test(method)) return [...args, ...keywords.values()].some(isOnnx);
  // Of the network itself: its file comes first, or ONNX' version is said.
  return (
    method === "export" &&
    (keywords.has("opset_version") || isOnnx(args[0] ?? keywords.get("output") ?? keywords.get("file_path")))
  );
}

/** Ultralytics: `YOLO("best.pt").export(format="onnx")`, without `half` or `int8`. */
export function exportsDetector({ callee, keywords, hasUnknownArguments }: Call): boolean {
  const format = keywords.get("format")?.literal;
  return (
    /^ultralytics\.\w+\.export$/.test(callee) &&
    !hasUnknownArguments &&
    /^(?:onnx|torchscript|openvino|engine|ncnn|mnn|tflite|coreml|saved_model|tfjs)$/.test(String(format)) &&
    ["half", "int8"].every((name) => !keywords.has(name) || keywords.get(name)!.literal === false)
  );
}

/** `torch.jit.trace(model, x).save("model.pt")`, also by a name that was bound before. */
function savesScripted({ method, receiver, order }: Call, { calls }: PythonFacts): boolean {
  if (method !== "save" || receiver === undefined) return false;
  if (receiver.call !== undefined) return SCRIPTED.test(receiver.call.callee);
  const { name } = receiver;
  return (
    name !== undefined &&
    calls.some((one) => one.order < order && SCRIPTED.test(one.callee) && one.targets.includes(name))
  );
}

/** TensorRT's builder over a parsed ONNX file; torch2trt where the result is kept. */
function buildsEngine({ callee, method, receiver }: Call, { calls, imports }: PythonFacts): boolean {
  if (/^torch2trt\.(?:torch2trt\.)?torch2trt$/.test(callee))
    return calls.some((one) => one.callee === "torch.save");
  return (
    /^build_(?:serialized_network|cuda_engine|engine)$/.test(method) &&
    receiver !== undefined &&
    imports.some(({ module }) => module === "tensorrt") &&
    calls.some((one) => one.method === "OnnxParser")
  );
}

/** OpenVINO compresses weights to float16 as it saves them, unless it is told not to; a library leaves that to its callers. */
function keepsFloat32({ callee, keywords, inFunction }: Call, { calls }: PythonFacts): boolean {
  return (
    // What was read keeps the precision that it has.
    calls.some(({ method }) => method === "convert_model") &&
    inFunction?.includes(".") !== true &&
    /^openvino\.(?:\w+\.)*(?:save_model|convert_model)$/.test(callee) &&
    (keywords.get("compress_to_fp16")?.literal === false || keywords.get("data_type")?.literal === "FP32")
  );
}

/** Converters of coremltools before version 4 and beside it: what they write are neural networks. */
const OLD_COREML =
  /^(?:coremltools\.converters\.(?:keras|tensorflow|caffe|onnx)\.convert|tfcoreml\.convert|onnx_coreml\.convert)$/;

/** Neural networks of Core ML, whose files are `.mlmodel`, keep float32; its programs are float16 unless they are told otherwise. */
function convertsToCoreml(call: Call, { calls }: PythonFacts): boolean {
  const { callee, keywords, targets } = call;
  if (OLD_COREML.test(callee)) return true;
  if (!/^coremltools\.(?:converters\.)?convert$/.test(callee)) return false;
  const kind = keywords.get("convert_to")?.literal;
  return (
    kind === "neuralnetwork" ||
    /\.FLOAT32$/.test(keywords.get("compute_precision")?.text ?? "") ||
    (kind === undefined &&
      calls.some(
        ({ method, receiver, args }) =>
          method === "save" &&
          (receiver?.call === call || targets.includes(receiver?.name ?? "")) &&
          /\.mlmodel\b/.test(args[0]?.text.slice(0, 120) ?? ""),
      ))
  );
}

function lowers({ keywords, hasUnknownArguments }: Call, name: RegExp): boolean {
  return (
    hasUnknownArguments || [...keywords].some(([key, { literal }]) => name.test(key) && literal !== null)
  );
}

/** A training program that exports as well, or one that hands its TorchScript to a compiler: nothing is deployed by it as it is. */
export function exportsByTheWay({ calls }: PythonFacts, exports: readonly ExportedNetwork[]): boolean {
  const scripted = exports.every(
    ({ call, format }) => format === "TorchScript file" && call.method === "save",
  );
  if (scripted)
    return calls.some(
      ({ method, callee }) =>
        /^(?:backward|compile|create_compilation_job|compile_model\w*)$/.test(method) ||
        /^torch\.optim\.|neuron/.test(callee),
    );
  // Demonstrations for the browser train networks of a few layers.
  if (exports[0]?.format === TENSORFLOW_JS && calls.some(({ method }) => /^fit/.test(method)))
    return !calls.some(({ callee }) => /keras\.applications\.|tensorflow_hub\./.test(callee));
  return (
    calls.some(({ method, args }) => method === "backward" && args.length === 0) &&
    calls.some(
      ({ method, args }) =>
        method === "add_argument" &&
        args.some(({ literal }) => typeof literal === "string" && /onnx|export/i.test(literal)),
    )
  );
}
