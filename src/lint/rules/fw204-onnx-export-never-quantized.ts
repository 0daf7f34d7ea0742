/** FW204: a network is exported (to ONNX, TorchScript, an engine) in float32, and nothing in file or project lowers it. */

import { systemNamed } from "../config/systems/index.ts";
import type { Finding } from "../finding.ts";
import { modelInfo } from "../models/model-id.ts";
import type { Call, PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { exportFixes } from "./export-fixes.ts";
import {
  ENGINE,
  type ExportedNetwork,
  exportedNetworks,
  exportsByTheWay,
  exportsDetector,
  LOWERING_COMMAND,
  OPENVINO_IR,
} from "./exported-networks.ts";
import { hasWeights } from "./exported-weights.ts";
import { examples as exportExamples } from "./fw204-examples.ts";
import { lowersPrecision } from "./python-precision.ts";
import { quantizationSetting, quantizedNear } from "./serving-precision.ts";
import { staysOff, withoutFalseSwitches } from "./unasked-switches.ts";

/** Words of a program that knows of lower precision: exporters with options. */
const KNOWS_BITS =
  /quantiz|lite\.Optimize\b|\bhalf\b|fp16|float16|(?<![a-z])int8|bf16|fp8|low_?precision|strongly_?typed/i;
/** Tools that go on to TensorRT; OpenVINO's converter compresses to float16 unless it is told otherwise. */
const TENSORRT = /tensorrt|trtexec|\btrt\b/i;
const OPENVINO = /openvino|\bovc\b/i;
/** A session that tries the exported file, or fuses its operators, keeps its weights. */
const RUNS =
  /^(?:optimum\.)?onnxruntime$|^onnxruntime\.capi\b|^onnxruntime\.transformers(?:\.(?:optimizer|\w+_helper|models\.[\w.]+))?$/;
/** Data sets of tutorials, whose networks are small unless they come from a library. */
const TOYS = /mnist|cifar|\b(?:randn?|zeros|ones|empty)\(\(?\s*\w+,\s*[13],\s*(?:28,\s*28|32,\s*32)\b/i;
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
    what: "A neural network is exported in float32, and nothing in the file or its folder quantizes it or lowers its precision: to ONNX, TorchScript, ExecuTorch, LiteRT, TensorFlow.js or CTranslate2, to Core ML or OpenVINO where float32 is asked for, by trtexec, TensorRT's builder or a converter's command without a precision switch, or to any format by Ultralytics without `half` or `int8`.",
    why: "8-bit weights take a quarter of the memory of float32. By ONNX Runtime's documentation x86-64 with VNNI, ARM with dot-product instructions and GPUs with int8 tensor cores are generally faster with quantized models, while old hardware may be slower: measure it on yours.",
    silencedBy: [
      "onnxruntime.quantization, ORTQuantizer, a float16 converter, Olive, OpenVINO's NNCF or TensorRT in the file, or in a file of its folder.",
      "A file or folder named for TensorRT: the engine is built from the export, and its builder chooses the precision.",
      "An ONNX file on its way to OpenVINO, whose converter compresses to float16, or to TensorFlow Lite with its optimizations, and TorchScript that a compiler takes over.",
      "A program that names fp16, int8 or half anywhere: it knows of the choice. Not where TensorRT's builder has a switch that nothing in the program turns on.",
      "Exports of tabular models (skl2onnx), toy data sets and inputs of their size (28 or 32 pixels a side), networks whose weights were neither loaded nor trained, programs that train and script what they trained, and tests.",
    ],
    fixSafety:
      "An engine or export in 16 bits gives slightly other outputs: compare them on your own data. It is offered for commands, and where one argument of the export lowers the precision on any device (Ultralytics' `half` except for ONNX, OpenVINO's `compress_to_fp16`, Core ML's `compute_precision`, CTranslate2's `quantization`).",
    references: [
      "ONNX Runtime documentation, Quantize ONNX models: why am I not seeing performance improvements (2026)",
      "NVIDIA TensorRT developer guide, Reduced precision: 32 bits by default (2026)",
      "CTranslate2 documentation, Model conversion: --quantization, none by default (2026)",
      "Core ML Tools documentation, Typed execution: ML programs are float16 by default, neural networks keep float32 weights (2026)",
      "Ultralytics documentation, Export: arguments half and int8, both False by default (2026)",
    ],
  },
  examples: {
    bad: [
      {
        file: "export.py",
        text: 'import torch\nfrom torchvision.models import ResNet50_Weights, resnet50\n\nmodel = resnet50(weights=ResNet50_Weights.DEFAULT).eval()\ntorch.onnx.export(model, torch.zeros(1, 3, 224, 224), "resnet50.onnx")\n',
        findings: ["torch.onnx.export"],
      },
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
        // Converted when the server starts.
        file: "app.py",
        text: 'from fastapi import FastAPI\nfrom optimum.onnxruntime import ORTModelForSeq2SeqLM\n\napp = FastAPI()\nmodel = ORTModelForSeq2SeqLM.from_pretrained("google/flan-t5-large", export=True)\n',
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
      ...exportExamples.bad,
    ],
    good: [
      {
        file: "export.py",
        text: 'from onnxruntime.quantization import quantize_dynamic\nimport torch\nfrom torchvision.models import ResNet50_Weights, resnet50\n\nmodel = resnet50(weights=ResNet50_Weights.DEFAULT).eval()\ntorch.onnx.export(model, torch.zeros(1, 3, 224, 224), "resnet50.onnx")\nquantize_dynamic("resnet50.onnx", "resnet50-int8.onnx")\n',
        findings: [],
      },
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
      ...exportExamples.good,
    ],
  },
  check(context) {
    const { facts } = context;
    const found = facts.kind === "python" ? ofPython(facts, context) : ofLaunches(context);
    // Asked last: a file whose rules ask for what the project says is read twice.
    return found.length > 0 && quantizedNear(context.facts.file, context.evidence) ? [] : found;
  },
};

function ofPython(facts: PythonFacts, context: RuleContext): Finding[] {
  const exports = exportedNetworks(facts);
  const [first] = exports;
  if (first === undefined) return ofCommands(facts, context);
  if (facts.written.some(({ text }) => LOWERING_COMMAND.test(text))) return [];
  if (first.format === ENGINE) {
    const code = withoutComments(facts);
    const knows = KNOWS_BITS.test(code) && !staysOff(code, first.call, facts);
    return knows || isToy(code, facts) ? [] : [exportFinding(first, facts)];
  }
  if (first.format === OPENVINO_IR) {
    const quantizes = /\b(?:nncf|quantize|compress_weights|POT)\b/.test(withoutComments(facts));
    return quantizes || isToy(withoutComments(facts), facts) ? [] : [exportFinding(first, facts)];
  }
  if (lowersPrecision(facts, RUNS) !== undefined) return [];
  if (!hasWeights(facts, exports) || exportsByTheWay(facts, exports)) return [];
  const code = withoutComments(facts);
  if (
    KNOWS_BITS.test(withoutFalseSwitches(code)) ||
    TENSORRT.test(code) ||
    (first.format === "ONNX file" && OPENVINO.test(code)) ||
    isToy(code, facts) ||
    FOR_TENSORRT.test(facts.file) ||
    facts.imports.some(({ module }) =>
      /quantiz|tensorrt|openvino|nncf|olive|neural_compressor|onnxconverter_common/.test(module),
    )
  )
    return [];
  return [exportsDetector(first.call) ? detectorFinding(first.call, facts) : exportFinding(first, facts)];
}

/** Converters that a program starts: `subprocess.run(["python", "-m", "tf2onnx.convert", ...])`. */
function ofCommands(facts: PythonFacts, context: RuleContext): Finding[] {
  const found = ofLaunches(context);
  if (found.length === 0 || lowersPrecision(facts, RUNS) !== undefined) return [];
  const code = withoutComments(facts);
  return KNOWS_BITS.test(code) || isToy(code, facts) ? [] : found.slice(0, 1);
}

function exportFinding({ call, format }: ExportedNetwork, facts: PythonFacts): Finding {
  return findingOf(onnxExportNeverQuantized, {
    range: call.calleeRange,
    message: `This export keeps float32 weights, and nothing here or beside it quantizes the ${format}.`,
    why: [
      exportedModel(call, facts),
      format === ENGINE
        ? "The builder is given no flag for lower precision: the engine computes in float32 (TF32 on Ampere and later)."
        : "No quantizer, float16 converter or TensorRT step was found.",
    ],
    silencedBy: [
      SILENCED_BY[format] ?? "Quantizing the network before it is written, or writing a half-precision one.",
    ],
    fixes: exportFixes(call, facts.text),
  });
}

const SILENCED_BY: Readonly<Record<string, string>> = {
  "ONNX file":
    "Quantizing the exported file (`onnxruntime.quantization.quantize_dynamic`), converting it to float16, or exporting a half-precision model.",
  [OPENVINO_IR]: "The converter's own default (`compress_to_fp16=True`), or NNCF's quantization.",
  [ENGINE]: "`config.set_flag(trt.BuilderFlag.FP16)`, `fp16_mode=True`, or INT8 with calibration.",
};

function detectorFinding(call: Call, { text }: PythonFacts): Finding {
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
    fixes: exportFixes(call, text),
  });
}

/** A network of a tutorial; one of a library that is trained on a small data set is as large as ever. */
function isToy(code: string, { calls }: PythonFacts): boolean {
  if (!TOYS.test(code)) return false;
  return (
    /mnist/i.test(code) ||
    !calls.some(
      ({ callee, method }) => /^(?:torchvision\.models|timm)\./.test(callee) || method === "from_pretrained",
    )
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
    if (system?.converts !== true) return [];
    if (quantizationSetting(fact, system) !== undefined || fact.settings.has("dtype")) return [];
    if (
      /quantiz|--(fp16|int8|best|fp8)/i.test(facts.text) ||
      TOYS.test(facts.text.slice(fact.range.start, fact.range.end)) ||
      (fact.system === "trtexec" && !fact.settings.has("onnx"))
    )
      return [];
    const edit = system.quantize && fact.insertSetting?.(system.quantize.name, system.quantize.value);
    return [
      findingOf(onnxExportNeverQuantized, {
        range: fact.range,
        message:
          fact.system === "engine-script"
            ? `${system.title} is told to keep float32.`
            : `${system.title} keeps float32 here: no precision switch stands in the command.`,
        why: ["Without one the engine or the exported file is in float32 (TF32 on Ampere and later)."],
        silencedBy: [
          fact.system === "ultralytics"
            ? "half=True or int8=True, where the format takes it; a later quantization step."
            : fact.system === "trtexec"
              ? "--fp16, --bf16, --int8, --fp8 or --best; a later quantization step."
              : "A switch for lower precision, where the converter has one; a later quantization step.",
        ],
        fixes:
          edit === undefined
            ? []
            : [{ title: `Add ${edit.newText.trim()}`, safety: "unsafe", edits: [edit] }],
      }),
    ];
  });
}
