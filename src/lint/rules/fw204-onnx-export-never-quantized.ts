/** FW204: a model is exported to ONNX or built by TensorRT in float32, and nothing in file or project lowers it. */

import { systemNamed } from "../config/systems/index.ts";
import type { Finding } from "../finding.ts";
import { modelInfo } from "../models/model-id.ts";
import type { Call, PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { lowersPrecision } from "./python-precision.ts";
import { quantizationSetting, quantizedNear } from "./serving-precision.ts";

const EXPORTS =
  /^(torch\.onnx\.(export|dynamo_export|_export|utils\.export)|transformers\.onnx\.export|transformers\.convert_graph_to_onnx\.convert|tf2onnx\.convert\.(from_keras|from_function|from_graph_def)|optimum\.exporters\.onnx\.(main_export|export|onnx_export_from_model)|keras2onnx\.convert_keras|torch_model\.onnx\.export)$/;
/** Words of a program that knows of lower precision: exporters with options, tools that go on to TensorRT. */
const KNOWS = /quantiz|\bhalf\b|fp16|float16|\bint8|bfloat16|bf16|tensorrt|trtexec|\btrt\b|mnist|cifar/i;
/** A file named for TensorRT, or in a folder that is: the engine's builder chooses the precision. */
const FOR_TENSORRT = /(?:^|[/\\])[^/\\]*(?:tensorrt|(?<![a-z])trt(?![a-z]))[^/\\]*(?:[/\\][^/\\]*)?$/i;

export const onnxExportNeverQuantized: Rule = {
  code: "FW204",
  name: "onnx-export-never-quantized",
  default: true,
  severity: "information",
  fix: "unsafe",
  appliesTo: ["python", "config"],
  docs: {
    what: "A neural network is exported to ONNX in float32 (or built by trtexec without a precision switch, or written to any format by Ultralytics without `half` or `int8`), and nothing in the file or its folder quantizes it or lowers its precision.",
    why: "8-bit weights take a quarter of the memory of float32. By ONNX Runtime's documentation x86-64 with VNNI, ARM with dot-product instructions and GPUs with int8 tensor cores are generally faster with quantized models, while old hardware may be slower: measure it on yours.",
    silencedBy: [
      "onnxruntime.quantization, ORTQuantizer, a float16 converter, Olive, OpenVINO's NNCF or TensorRT in the file, or in a file of its folder.",
      "A file or folder named for TensorRT: the engine is built from the export, and its builder chooses the precision.",
      "A program that names fp16, int8 or half anywhere: it knows of the choice.",
      "Exports of tabular models (skl2onnx), toy data sets, networks whose weights were neither loaded nor trained, and tests.",
    ],
    fixSafety:
      "An engine or export in 16 bits gives slightly other outputs: compare them on your own data. It is offered for commands only.",
    references: [
      "ONNX Runtime documentation, Quantize ONNX models: why am I not seeing performance improvements (2026)",
      "NVIDIA TensorRT developer guide, Reduced precision: 32 bits by default (2026)",
      "Ultralytics documentation, Export: arguments half and int8, both False by default (2026)",
    ],
  },
  examples: {
    bad: [
      {
        // Own weights, loaded by the model's own method.
        file: "to_onnx.py",
        text: 'import torch\nfrom net import Net\n\nmodel = Net()\nmodel.load_checkpoint("best.ckpt")\ntorch.onnx.export(model, torch.randn(1, 3, 640, 640), "net.onnx")\n',
        findings: ["torch.onnx.export"],
      },
      {
        // A session tries the file that was exported.
        file: "convert.py",
        text: 'import onnxruntime as ort\nimport torch\nfrom transformers import AutoModelForSequenceClassification\n\nmodel = AutoModelForSequenceClassification.from_pretrained("distilbert-base-uncased")\ntorch.onnx.export(model, torch.ones([1, 32], dtype=torch.long), "model.onnx")\nsession = ort.InferenceSession("model.onnx")\n',
        findings: ["torch.onnx.export"],
      },
      {
        file: "export.py",
        text: 'import torch\nfrom transformers import BertForQuestionAnswering\n\nmodel = BertForQuestionAnswering.from_pretrained("bert-large-uncased-whole-word-masking-finetuned-squad")\ntorch.onnx.export(model, torch.randint(32, [1, 32]), "model.onnx")\n',
        findings: ["torch.onnx.export"],
      },
      {
        // Optimum converts it while it loads.
        file: "convert.py",
        text: 'from optimum.onnxruntime import ORTModelForSeq2SeqLM\n\nmodel = ORTModelForSeq2SeqLM.from_pretrained("google/flan-t5-large", export=True)\nmodel.save_pretrained("onnx")\n',
        findings: ["ORTModelForSeq2SeqLM.from_pretrained"],
      },
      {
        file: "build.sh",
        text: "trtexec --onnx=model.onnx --saveEngine=model.plan\n",
        findings: ["trtexec"],
      },
      {
        file: "export.py",
        text: 'from ultralytics import YOLO\n\nmodel = YOLO("runs/detect/train/weights/best.pt")\nmodel.export(format="onnx", imgsz=640, simplify=True)\n',
        findings: ["model.export"],
      },
      {
        file: "export.sh",
        text: "yolo export model=runs/detect/train/weights/best.pt format=onnx imgsz=640\n",
        findings: ["yolo export"],
      },
      {
        file: "export.py",
        text: 'from ultralytics import YOLO\n\nYOLO("best.pt").export(format="ncnn")\n',
        findings: ['YOLO("best.pt").export'],
      },
    ],
    good: [
      {
        // A training program with an option.
        file: "main.py",
        text: 'import argparse\nimport torch\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--onnx-export", default="")\nargs = parser.parse_args()\nfor batch in data:\n    loss = criterion(model(batch), batch)\n    loss.backward()\n    optimizer.step()\nif args.onnx_export:\n    torch.onnx.export(model, batch, args.onnx_export)\n',
        findings: [],
      },
      {
        file: "export.py",
        text: 'import torch\nfrom onnxruntime.quantization import quantize_dynamic\nfrom transformers import BertModel\n\nmodel = BertModel.from_pretrained("bert-base-uncased")\ntorch.onnx.export(model, torch.randint(32, [1, 32]), "model.onnx")\nquantize_dynamic("model.onnx", "model.int8.onnx")\n',
        findings: [],
      },
      {
        // The first step to an engine.
        file: "tensorrt/to_onnx.py",
        text: 'import torch\nfrom net import Net\n\nmodel = Net()\nmodel.load_state_dict(torch.load("best.pth"))\ntorch.onnx.export(model, torch.randn(1, 3, 640, 640), "net.onnx")\n',
        findings: [],
      },
      {
        // Run, not kept.
        file: "run.py",
        text: 'from optimum.onnxruntime import ORTModelForSeq2SeqLM\n\nmodel = ORTModelForSeq2SeqLM.from_pretrained("google/flan-t5-large", export=True)\nprint(model.generate(**inputs))\n',
        findings: [],
      },
      { file: "build.sh", text: "trtexec --onnx=model.onnx --saveEngine=model.plan --fp16\n", findings: [] },
      {
        file: "export.sh",
        text: "yolo export model=best.pt format=engine half=True device=0\nyolo detect train data=coco8.yaml model=yolo11n.pt\nyolo export model=best.pt format=$FORMAT\n",
        findings: [],
      },
      {
        file: "export.py",
        text: 'from ultralytics import YOLO\n\nmodel = YOLO("best.pt")\nmodel.export(format="engine", half=True)\n',
        findings: [],
      },
      {
        // What it writes is not known.
        file: "export.py",
        text: 'import sys\nfrom ultralytics import YOLO\n\nYOLO("best.pt").export(format=sys.argv[1])\n',
        findings: [],
      },
    ],
  },
  check(context) {
    const found = context.facts.kind === "python" ? ofPython(context.facts) : ofLaunches(context);
    // Asked last: a file whose rules ask for what the project says is read twice.
    return found.length > 0 && quantizedNear(context.facts.file, context.evidence) ? [] : found;
  },
};

function ofPython(facts: PythonFacts): Finding[] {
  const exports = facts.calls.filter(
    (call) => EXPORTS.test(call.callee) || exportsAtLoad(call, facts) || exportsDetector(call),
  );
  // A session that tries the exported file changes nothing in it.
  if (exports.length === 0 || lowersPrecision(facts, /^(?:optimum\.)?onnxruntime$/) !== undefined) return [];
  if (!hasWeights(facts) || exportsByTheWay(facts)) return [];
  const code = withoutComments(facts);
  if (
    KNOWS.test(code) ||
    FOR_TENSORRT.test(facts.file) ||
    facts.imports.some(({ module }) =>
      /quantiz|tensorrt|openvino|nncf|olive|neural_compressor|onnxconverter_common/.test(module),
    )
  )
    return [];
  return exports.slice(0, 1).map((call) => {
    if (exportsDetector(call)) return detectorFinding(call);
    return findingOf(onnxExportNeverQuantized, {
      range: call.calleeRange,
      message: "This export keeps float32 weights, and nothing here or beside it quantizes the ONNX file.",
      why: [exportedModel(call, facts), "No quantizer, float16 converter or TensorRT step was found."],
      silencedBy: [
        "Quantizing the exported file (`onnxruntime.quantization.quantize_dynamic`), converting it to float16, or exporting a half-precision model.",
      ],
    });
  });
}

function detectorFinding(call: Call): Finding {
  const format = String(call.keywords.get("format")!.literal);
  return findingOf(onnxExportNeverQuantized, {
    range: call.calleeRange,
    message: `This export to ${format} keeps float32 weights: neither half nor int8 is asked for.`,
    why: [
      "Ultralytics exports float32 unless it is told otherwise, and nothing here or beside it lowers it.",
    ],
    silencedBy: [
      "`half=True` (for ONNX on a GPU only), `int8=True` with data to calibrate on where the format takes it, or a quantizer in the file.",
    ],
  });
}

/** Optimum converts a checkpoint when it loads it, and the program keeps the result: `from_pretrained(id, export=True)`. */
function exportsAtLoad({ callee, keywords }: Call, { calls }: PythonFacts): boolean {
  return (
    /^optimum\.onnxruntime\.ORTModel\w*\.from_pretrained$/.test(callee) &&
    ["export", "from_transformers"].some((name) => keywords.get(name)?.literal === true) &&
    calls.some(({ method }) => method === "save_pretrained")
  );
}

/** Ultralytics: `YOLO("best.pt").export(format="onnx")`, without `half` or `int8`. */
function exportsDetector({ callee, keywords, hasUnknownArguments }: Call): boolean {
  const format = keywords.get("format")?.literal;
  return (
    /^ultralytics\.\w+\.export$/.test(callee) &&
    !hasUnknownArguments &&
    /^(?:onnx|openvino|engine|ncnn|mnn|tflite|coreml)$/.test(String(format)) &&
    ["half", "int8"].every((name) => !keywords.has(name) || keywords.get(name)!.literal === false)
  );
}

/** A training program with an option to export as well: nothing is deployed by it. */
function exportsByTheWay(facts: PythonFacts): boolean {
  return (
    facts.calls.some(({ method, args }) => method === "backward" && args.length === 0) &&
    facts.calls.some(
      ({ method, args }) =>
        method === "add_argument" &&
        args.some(({ literal }) => typeof literal === "string" && /onnx|export/i.test(literal)),
    )
  );
}

/** Weights that were loaded or trained: a network of a tutorial that was just made is not deployed. */
function hasWeights(facts: PythonFacts): boolean {
  return facts.calls.some(
    ({ method, callee, keywords }) =>
      /^(from_pretrained|load_state_dict|load_model|load_weights|backward|fit|train|import_huggingface_model|load_\w*checkpoint|load_from_name|load_from_checkpoint|create_model_and_transforms)$/.test(
        method,
      ) ||
      /^(torch\.(load|hub\.load|jit\.load)|tensorflow\.saved_model\.load)$/.test(callee) ||
      (/^(torchvision\.models|timm)\./.test(callee) &&
        (keywords.has("weights") || keywords.has("pretrained"))) ||
      /^ultralytics\.\w+\.export$/.test(callee),
  );
}

function exportedModel(call: Call, facts: PythonFacts): string {
  const loaded = facts.calls.find(
    ({ method, targets }) => method === "from_pretrained" && targets.includes(call.args[0]?.name ?? ""),
  );
  const id = loaded?.args[0]?.literal;
  return typeof id === "string" ? `It exports ${modelInfo(id).name}.` : "It exports a neural network.";
}

function withoutComments(facts: PythonFacts): string {
  let text = "";
  let last = 0;
  for (const { range } of facts.comments) {
    text += facts.text.slice(last, range.start);
    last = range.end;
  }
  return text + facts.text.slice(last);
}

function ofLaunches({ facts }: RuleContext): Finding[] {
  return facts.serving.flatMap((fact) => {
    const system = systemNamed(fact.system);
    if (system === undefined || !/^(trtexec|optimum-onnx|ultralytics)$/.test(fact.system)) return [];
    if (quantizationSetting(fact, system) !== undefined || fact.settings.has("dtype")) return [];
    if (
      /quantiz|--(fp16|int8|best|fp8)/i.test(facts.text) ||
      (fact.system === "trtexec" && !fact.settings.has("onnx"))
    )
      return [];
    const edit = system.quantize && fact.insertSetting?.(system.quantize.name, system.quantize.value);
    return [
      findingOf(onnxExportNeverQuantized, {
        range: fact.range,
        message: `${system.title} keeps float32 here: no precision switch stands in the command.`,
        why: ["Without one the engine or the exported file is in float32 (TF32 on Ampere and later)."],
        silencedBy: [
          fact.system === "ultralytics"
            ? "half=True or int8=True, where the format takes it; a later quantization step."
            : "--fp16, --bf16, --int8, --fp8 or --best; a later quantization step.",
        ],
        fixes:
          edit === undefined
            ? []
            : [{ title: `Add --${system.quantize!.name}`, safety: "unsafe", edits: [edit] }],
      }),
    ];
  });
}
