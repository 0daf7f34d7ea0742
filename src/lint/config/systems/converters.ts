/**
 * Command-line converters that keep a network's float32 weights unless a switch lowers them. Sources: documentation of
 * tf2onnx, TensorFlow Lite (tflite_convert), TensorFlow.js, CTranslate2, transformers.onnx, ONNX Runtime, Paddle2ONNX and YOLOv5
 * (2026).
 */

import { isProgram, type Launch, program, pythonModule } from "../launch.ts";
import type { Word } from "../words.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

interface Converter {
  name: string;
  title: string;
  command?: RegExp;
  /** Of `python -m MODULE` or `python SCRIPT`. */
  module?: RegExp;
  /** Switches that lower precision. */
  lowers: string[];
  /** The switch that does so for any network. */
  quantize?: { name: string; value: string };
  modelSwitches: string[];
  /** What its switches must be for it to write float32. */
  writes?(options: ReadonlyMap<string, { value: string }>, words: readonly Word[]): boolean;
}

/** What YOLO's exporters are told of the network's input, where the formats are their own choice. */
const FRAME = [
  ...["grid", "simplify", "end2end", "dynamic"],
  ...["img", "img-size", "imgsz", "batch", "batch-size", "opset"],
];

const CONVERTERS: readonly Converter[] = [
  {
    name: "tf2onnx",
    title: "tf2onnx",
    module: /^tf2onnx(?:\.convert)?$/,
    lowers: [],
    modelSwitches: ["saved-model", "keras", "graphdef", "input", "checkpoint"],
    // A TensorFlow Lite file may be quantized already.
    writes: (options) => options.has("output") && !options.has("tflite"),
  },
  {
    name: "tflite-convert",
    title: "tflite_convert",
    command: /^(?:tflite_convert|toco)$/,
    lowers: ["inference-type", "quantize-weights", "post-training-quantize", "quantize-to-float16"],
    modelSwitches: ["saved-model-dir", "keras-model-file", "graph-def-file"],
    writes: (options) => options.has("output-file"),
  },
  {
    name: "tensorflowjs",
    title: "TensorFlow.js' converter",
    command: /^tensorflowjs_converter$/,
    lowers: ["quantize-float16", "quantize-uint8", "quantize-uint16", "quantization-bytes"],
    modelSwitches: [],
    writes: (options) =>
      /^(?:keras|keras_saved_model|tf_saved_model|tf_frozen_model|tf_hub)$/.test(
        options.get("input-format")?.value ?? "",
      ) && !/^keras/.test(options.get("output-format")?.value ?? ""),
  },
  {
    name: "ctranslate2-converter",
    title: "CTranslate2's converter",
    command: /^ct2-[\w-]+-converter$/,
    lowers: ["quantization"],
    quantize: { name: "quantization", value: "int8" },
    modelSwitches: ["model", "model-path", "model-dir"],
    writes: (options) => options.has("output-dir"),
  },
  {
    name: "transformers-onnx",
    title: "transformers.onnx",
    module: /^transformers\.onnx$/,
    lowers: [],
    modelSwitches: ["model", "m"],
    writes: (options) => options.has("model") || options.has("m"),
  },
  {
    name: "onnxruntime-transformers",
    title: "ONNX Runtime's convert_to_onnx",
    module: /^onnxruntime(?:_tools)?\.transformers\.(?:\w+\.)*convert_to_onnx$/,
    lowers: [],
    modelSwitches: ["model-name-or-path", "m", "input"],
    writes: (options) => /^(?:fp32)?$/.test((options.get("precision") ?? options.get("p"))?.value ?? ""),
  },
  {
    name: "paddle2onnx",
    title: "Paddle2ONNX",
    command: /^paddle2onnx$/,
    lowers: [],
    modelSwitches: ["model-dir"],
    writes: (options) => options.has("save-file"),
  },
  {
    name: "engine-script",
    title: "The engine's builder",
    module: /(?:^|\/)\w*(?:engine|tensorrt|trt)\w*\.py$/,
    lowers: [],
    modelSwitches: ["onnx", "onnx-file", "onnx-path"],
    writes: (options) =>
      ["precision", "mode"].some((name) => /^(?:fp32|float32)$/i.test(options.get(name)?.value ?? "")),
  },
  {
    name: "export-script",
    title: "The export script",
    module: /(?:^|\/)(?:export|(?!test|infer|run|eval|bench|compare|demo|verify)\w*onnx\w*)\.py$/,
    lowers: ["half", "fp16", "int8", "precision"],
    modelSwitches: [],
    // From weights to ONNX, as its own arguments say.
    writes: (_, words) =>
      words.some(({ value }) => /\.(?:pth|pt|ckpt)$/.test(value)) &&
      words.some(({ value }) => /\.onnx$/.test(value)),
  },
  {
    name: "yolo-export",
    title: "YOLO's export.py",
    module: /(?:^|\/)export\.py$/,
    lowers: ["half", "int8", "fp16"],
    modelSwitches: ["weights"],
    writes: (options) => {
      const include = options.get("include")?.value;
      const weights = options.get("weights")?.value ?? "";
      const isAsked = include !== undefined || options.has("grid") || options.has("include-nms");
      return (
        (/\.pt$/.test(weights) || (isAsked && weights.includes("$"))) &&
        (include === undefined
          ? FRAME.some((name) => options.has(name))
          : /^(?:onnx|engine|openvino|tflite|coreml|saved_model|pb|tfjs|ncnn)$/.test(include))
      );
    },
  },
];

export const converters: readonly ServingSystem[] = CONVERTERS.map((converter) => ({
  name: converter.name,
  title: converter.title,
  servesLanguageModels: false,
  converts: true,
  quantizationKeys: converter.lowers,
  dtypeKeys: [],
  ...(converter.quantize && {
    quantize: { ...converter.quantize, capability: 0, source: "the converter's documentation (2026)" },
  }),
  fromLaunch: (launch) => factOf(converter, launch),
}));

function factOf(converter: Converter, launch: Launch): ReturnType<NonNullable<ServingSystem["fromLaunch"]>> {
  const words = argumentsOf(converter, program(launch.words));
  if (words === undefined) return undefined;
  const fact = factOfLaunch({
    system: converter.name,
    launch,
    words,
    modelSwitches: converter.modelSwitches,
  });
  return converter.writes?.(fact.settings, words) === false ? undefined : fact;
}

function argumentsOf({ command, module }: Converter, words: readonly Word[]): Word[] | undefined {
  if (command !== undefined && isProgram(words[0], command)) return words.slice(1);
  const run = module === undefined ? undefined : pythonModule(words);
  return run !== undefined && module!.test(run.module.value) ? run.rest : undefined;
}
