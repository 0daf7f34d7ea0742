/** FW202: a program that serves a model loads it in float32, said or by default. */

import { insertKeyword, literalOf } from "../config/systems/python-values.ts";
import type { Finding, Fix, TextEdit } from "../finding.ts";
import { modelInfo } from "../models/model-id.ts";
import type { Call, PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule } from "../rule.ts";
import { examples } from "./fw202-examples.ts";
import { toolkitModel } from "./inference-toolkit.ts";
import { atLeast, lowersPrecision, precisionOf, quantizes, usesGpu } from "./python-precision.ts";
import { isTiny, loadOf } from "./served-loads.ts";
import { ofServedPrograms } from "./served-programs.ts";
import { decidedByVariable, decidedElsewhere, serverOf } from "./serving-precision.ts";

/** Shown on the rule's page. */
const app = (more = "") => `import torch
from fastapi import FastAPI
from transformers import AutoModelForCausalLM, AutoTokenizer

app = FastAPI()
tokenizer = AutoTokenizer.from_pretrained("mistralai/Mistral-7B-Instruct-v0.2")
model = AutoModelForCausalLM.from_pretrained("mistralai/Mistral-7B-Instruct-v0.2"${more}).to("cuda")


@app.get("/answer")
def answer(question: str):
    tokens = model.generate(**tokenizer(question, return_tensors="pt").to("cuda"))
    return tokenizer.decode(tokens[0])
`;
const PLAIN = {
  bad: { file: "app.py", text: app(), findings: ["AutoModelForCausalLM.from_pretrained"] },
  good: { file: "app.py", text: app(", torch_dtype=torch.bfloat16"), findings: [] },
};

export const fp32ModelLoadInServing: Rule = {
  code: "FW202",
  name: "fp32-model-load-in-serving",
  default: true,
  severity: "warning",
  fix: "unsafe",
  appliesTo: ["python", "config"],
  docs: {
    what: "A file that serves a model (a web application, a demo, a handler), or that such a file of the project imports, loads it in float32: explicitly, or because transformers before version 5, diffusers, torchvision and other libraries of PyTorch networks (Segment Anything, OpenCLIP, fairseq, XTTS, Ultralytics) do so when no precision is given. A class, module or worker that loads a model to answer for a service counts, too; so does SageMaker's container for transformers 4 that is given a model and its task.",
    why: "float32 needs twice the memory of 16-bit weights, and GPUs compute faster in 16 bits: an A100 does 312 TFLOPS there, 156 in TF32 and 19.5 in plain float32. On CPUs without bfloat16 arithmetic float32 can be the faster choice.",
    silencedBy: [
      "A `dtype` or `torch_dtype`, a quantization config, `.half()`, autocast or a quantization call in the file, unless it is another model's or a config that nothing takes up.",
      "A network of torchvision that is moved to no device.",
      "transformers 5 or later pinned in the project (it loads the checkpoint's own precision).",
      "A program that names only the CPU; encoders and image models below 0.3 billion parameters.",
    ],
    fixSafety:
      "bfloat16 needs an Ampere GPU or later; outputs change slightly. Models that are given sound or images need those in the same precision: there it is shown only.",
    references: [
      'transformers, pull request 34919 (2025): dtype is "auto" by default from version 5; before it was float32',
      "NVIDIA A100 data sheet: dense throughput by precision (2021)",
    ],
  },
  examples: { bad: [PLAIN.bad, ...examples.bad], good: [PLAIN.good, ...examples.good] },
  check({ facts, evidence }) {
    if (facts.kind !== "python") return ofServedPrograms(facts, evidence, fp32ModelLoadInServing);
    const { server } = facts;
    const inToolkit = ofToolkit(facts);
    if (server === undefined || trains(facts) || inToolkit.length > 0) return inToolkit;
    const gpu = usesGpu(facts);
    return facts.calls.flatMap((call) => {
      const load = loadOf(call, facts);
      if (load === undefined) return [];
      const precision = load.isFloat32 ? "float32" : (boundPrecision(call, facts) ?? precisionOf(call));
      const explicit = precision === "float32" || precision === "float";
      if (explicit && variesInFile(call, facts)) return [];
      // What a library of its own takes without being told is not known.
      if (load.library === "other" && !explicit) return [];
      if (precision !== undefined && !explicit) return [];
      if (quantizes(call)) return [];
      if (!explicit && (call.hasUnknownArguments || lowersPrecision(facts, undefined, call) !== undefined))
        return [];
      const devices = ["device", "device_map"].map((name) => call.keywords.get(name)?.literal);
      if (gpu === false || (devices.includes("cpu") && !isMovedToGpu(call, facts))) return [];
      const isPlain = load.library === "torchvision" || load.library === "PyTorch";
      if (isPlain && !explicit && gpu !== true) return [];
      if (load.library === "torchvision" && !movesToDevice(facts)) return [];
      const newDefault =
        load.library === "transformers" ? atLeast(evidence?.versions.transformers, 5) : false;
      if (!explicit && newDefault === true) return [];
      // A launch beside it may turn quantization on for a model that an argument names.
      const subject = load.id ?? facts.file.slice(facts.file.lastIndexOf("/") + 1);
      if (decidedElsewhere(subject, facts.file, evidence, "precision") !== undefined) return [];
      if (load.id !== undefined && decidedByVariable(facts, load.id, evidence)) return [];
      const dtype = gpu === true ? "torch.bfloat16" : '"auto"';
      const keyword =
        load.library === "transformers" && newDefault !== false && evidence !== undefined
          ? "dtype"
          : "torch_dtype";
      const edit =
        explicit || isPlain
          ? undefined
          : insertKeyword(call, keyword, torchImported(facts) ? dtype : '"auto"', facts.text);
      const info = load.id === undefined ? undefined : modelInfo(load.id);
      const name = info === undefined || info.placeholder ? "The model" : info.name;
      return [
        findingOf(fp32ModelLoadInServing, {
          severity:
            (explicit || newDefault === false) && gpu === true && !isTiny(load.id)
              ? "warning"
              : "information",
          range: call.calleeRange,
          message: explicit
            ? `${name} is loaded in float32 to be served.`
            : `${name} is loaded without a precision to be served, which is float32 in ${load.library}${load.library === "transformers" && newDefault === undefined ? " before version 5" : ""}.`,
          why: [
            server.file === undefined
              ? `The file serves it (${server.what}).`
              : `${server.file} imports it and serves it (${server.what}).`,
            explicit
              ? "float32 is asked for."
              : "No dtype, quantization config, half() or autocast stands in the file.",
            "float32 needs twice the memory of 16-bit weights, and a GPU with tensor cores computes faster in 16 bits (an A100: 312 against 156 TFLOPS in TF32).",
          ],
          related: serverOf(facts),
          silencedBy: [
            "A dtype, a quantized checkpoint or config, a program for the CPU, or transformers 5 pinned in the project.",
          ],
          fixes:
            edit === undefined || (load.library === "diffusers" && !torchImported(facts))
              ? []
              : [fixOf(edit, keyword, call)],
        }),
      ];
    });
  },
};

/** What SageMaker's container for transformers 4 loads by itself. */
function ofToolkit(facts: PythonFacts): Finding[] {
  return facts.calls.flatMap((call) => {
    const id = toolkitModel(call, facts);
    if (id === undefined) return [];
    return [
      findingOf(fp32ModelLoadInServing, {
        severity: "information",
        range: call.calleeRange,
        message: `${modelInfo(id).name} is deployed without a precision, which is float32 in a container with transformers 4.`,
        why: [
          "SageMaker's inference toolkit makes a pipeline of the model and its task; nothing here gives it a precision.",
          "float32 needs twice the memory of 16-bit weights.",
        ],
        silencedBy: [
          "A container with transformers 5, a handler of your own that asks for 16 bits, an instance without a GPU.",
        ],
      }),
    ];
  });
}

/** Models that are given numbers of their own, not tokens: those must have the weights' precision. */
const GIVEN_NUMBERS = /Whisper|Speech|Wav2Vec|Hubert|Audio|Blip|Vision|Image|Llava|Git|Pix2Struct|Clip|ViT/;

function fixOf(edit: TextEdit, keyword: string, call: Call): Fix {
  const isOwn = /"auto"/.test(edit.newText);
  const numbers = call.method === "from_pretrained" && GIVEN_NUMBERS.test(call.callee) && !isOwn;
  return {
    title: isOwn
      ? `Load it in the precision that it was published in (${keyword})`
      : `Load it in 16 bits (${keyword})${numbers ? "; what it is given must be cast as well" : ""}`,
    safety: numbers ? "display" : "unsafe",
    edits: [edit],
  };
}

/** A network that is built here stays on the CPU until it is moved, whatever device its weights are read to; who asks a platform for a GPU means to. */
function movesToDevice({ calls }: PythonFacts): boolean {
  return calls.some(
    ({ method, callee, args, keywords }) =>
      method === "cuda" ||
      keywords.has("gpu") ||
      keywords.has("num_gpus") ||
      /^torch\.set_default_(?:device|tensor_type)$/.test(callee) ||
      (method === "to" && (literalOf(args[0]) !== "cpu" || keywords.size > 0)),
  );
}

/** `model = load(id, device="cpu")`, and later `model.to(device)`. */
function isMovedToGpu({ targets }: Call, facts: PythonFacts): boolean {
  return (
    usesGpu(facts) === true &&
    facts.calls.some(
      ({ method, receiver, args }) =>
        targets.includes(receiver?.name ?? "") &&
        (method === "cuda" || (method === "to" && args[0] !== undefined && literalOf(args[0]) !== "cpu")),
    )
  );
}

/** Fine-tuning on a platform that also serves: what is loaded there is trained. */
function trains(facts: PythonFacts): boolean {
  return facts.calls.some(
    ({ callee, method }) => method === "get_peft_model" || /(?:^|\.)\w*Trainer(?:\.train)?$/.test(callee),
  );
}

function torchImported(facts: PythonFacts): boolean {
  return facts.imports.some(
    (one) => one.module === "torch" && one.name === undefined && one.alias === "torch",
  );
}

/** `dtype` that is bound more than once, or given by a function that has 16 bits as well: float32 for the CPU alone, or unless an option says otherwise. */
function variesInFile(call: Call, facts: PythonFacts): boolean {
  const given = call.keywords.get("dtype") ?? call.keywords.get("torch_dtype");
  const bound = facts.assignments.filter(({ target }) => target === given?.name);
  if (given?.name === undefined || bound.length > 1) return given?.name !== undefined;
  const { start } = bound[0]?.value.range ?? given.range;
  const giver = facts.definitions.find(
    ({ kind, range }) =>
      kind === "function" &&
      range.start <= start &&
      start < range.end &&
      !(range.start <= call.range.start && call.range.start < range.end),
  );
  return giver !== undefined && /\bb?float16\b/.test(facts.text.slice(giver.range.start, giver.range.end));
}

/** `torch_dtype=dtype` where the program says once what that is: `dtype = torch.float32`. */
function boundPrecision(call: Call, facts: PythonFacts): string | undefined {
  const name = (call.keywords.get("dtype") ?? call.keywords.get("torch_dtype"))?.name;
  const bound = facts.assignments.filter(({ target }) => name !== undefined && target === name);
  return bound.length === 1 && bound[0]!.value.qualified === "torch.float32" ? "float32" : undefined;
}
