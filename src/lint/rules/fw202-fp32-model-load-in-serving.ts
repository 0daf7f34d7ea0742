/** FW202: a program that serves a model loads it in float32, said or by default. */

import { insertKeyword, literalOf, optionDefault } from "../config/systems/python-values.ts";
import type { Fix, TextEdit } from "../finding.ts";
import { modelInfo } from "../models/model-id.ts";
import type { Call, PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule } from "../rule.ts";
import { atLeast, lowersPrecision, precisionOf, quantizes, usesGpu } from "./python-precision.ts";
import { ofServedPrograms } from "./served-programs.ts";
import { decidedByVariable, decidedElsewhere, serverOf } from "./serving-precision.ts";

/** Encoders and image models below this many billions of parameters are left alone. */
const SMALL = 0.3;
/** Generative ones are, from this size on: t5-small has 0.06 billion. */
const SMALLEST_GENERATIVE = 0.05;
const GENERATIVE_TASKS =
  /^(text-generation|text2text-generation|summarization|translation\w*|conversational|image-to-text|image-text-to-text|visual-question-answering|automatic-speech-recognition|text-to-image|text-to-speech|text-to-audio)$/;

export const fp32ModelLoadInServing: Rule = {
  code: "FW202",
  name: "fp32-model-load-in-serving",
  default: true,
  severity: "warning",
  fix: "unsafe",
  appliesTo: ["python", "config"],
  docs: {
    what: "A file that serves a model (a web application, a demo, a handler), or that such a file of the project imports, loads it in float32: explicitly, or because transformers before version 5, diffusers and torchvision do so when no precision is given.",
    why: "float32 needs twice the memory of 16-bit weights, and GPUs compute faster in 16 bits: an A100 does 312 TFLOPS there, 156 in TF32 and 19.5 in plain float32. On CPUs without bfloat16 arithmetic float32 can be the faster choice.",
    silencedBy: [
      "A `dtype` or `torch_dtype`, a quantization config, `.half()`, autocast or a quantization call in the file.",
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
  examples: {
    bad: [
      {
        // The precision by a name, a class of a library that is built on transformers.
        file: "tts.py",
        text: 'import torch\nfrom flask import Flask\nfrom parler_tts import ParlerTTSForConditionalGeneration\n\napp = Flask(__name__)\nprecision = torch.float32\nmodel = ParlerTTSForConditionalGeneration.from_pretrained("ai4bharat/indic-parler-tts", torch_dtype=precision).to("cuda")\n',
        findings: ["ParlerTTSForConditionalGeneration.from_pretrained"],
      },
      {
        // The class of before the tasks had their own.
        file: "main.py",
        text: 'from flask import Flask\nfrom transformers import AutoModelWithLMHead\n\napp = Flask(__name__)\nmodel = AutoModelWithLMHead.from_pretrained("Helsinki-NLP/opus-mt-zh-en")\n',
        findings: ["AutoModelWithLMHead.from_pretrained"],
      },
      {
        file: "translator.py",
        text: 'from ray import serve\nfrom transformers import pipeline\n\n@serve.deployment(ray_actor_options={"num_gpus": 0.25})\nclass Translator:\n    def __init__(self):\n        self.model = pipeline("translation_en_to_fr", model="t5-small")\n',
        findings: ["pipeline"],
      },
      {
        // The model is the default of an option.
        file: "web_demo.py",
        text: 'import argparse\nimport gradio as gr\nfrom transformers import AutoModelForCausalLM\n\nparser = argparse.ArgumentParser()\nparser.add_argument("-c", "--checkpoint-path", default="Qwen/Qwen-7B-Chat")\nargs = parser.parse_args()\nmodel = AutoModelForCausalLM.from_pretrained(args.checkpoint_path, device_map="auto")\ngr.Interface(lambda text: model.chat(text), "text", "text").launch()\n',
        findings: ["AutoModelForCausalLM.from_pretrained"],
      },
      {
        file: "app.py",
        text: 'import gradio as gr\nfrom transformers import AutoModelForCausalLM\n\nmodel = AutoModelForCausalLM.from_pretrained("microsoft/phi-2").to("cuda")\ngr.Interface(lambda text: model.generate(text), "text", "text").launch()\n',
        findings: ["AutoModelForCausalLM.from_pretrained"],
      },
      {
        file: "api.py",
        text: 'from fastapi import FastAPI\nfrom diffusers import StableDiffusionPipeline\n\napp = FastAPI()\npipe = StableDiffusionPipeline.from_pretrained("runwayml/stable-diffusion-v1-5").to("cuda")\n',
        findings: ["StableDiffusionPipeline.from_pretrained"],
      },
      {
        file: "predict.py",
        text: 'import torch\nfrom cog import BasePredictor\nfrom torchvision import models\n\nclass Predictor(BasePredictor):\n    def setup(self):\n        self.device = torch.device("cuda")\n        self.model = models.resnet50(weights="DEFAULT").to(self.device)\n',
        findings: ["models.resnet50"],
      },
      {
        // The program's precision, in the file that has it run.
        file: "resnet/cog.yaml",
        text: 'build:\n  gpu: true\npredict: "predict.py:Predictor"\n',
        findings: ['"predict.py:Predictor"'],
        evidence: {
          servedPrograms: [
            {
              file: "resnet/predict.py",
              rule: "FW202",
              what: "The model is loaded in float32 to be served.",
            },
          ],
        },
      },
    ],
    good: [
      {
        // A library of its own: what it takes without being told is not known.
        file: "tts.py",
        text: 'from flask import Flask\nfrom parler_tts import ParlerTTSForConditionalGeneration\n\napp = Flask(__name__)\nmodel = ParlerTTSForConditionalGeneration.from_pretrained("ai4bharat/indic-parler-tts").to("cuda")\n',
        findings: [],
      },
      {
        // The program is not known, or says nothing.
        file: "cog.yaml",
        text: 'build:\n  gpu: true\npredict: "predict.py:Predictor"\n',
        findings: [],
        evidence: { servedPrograms: [{ file: "other/predict.py", rule: "FW202", what: "The model ..." }] },
      },
      {
        // Fine-tuning on a platform that also serves.
        file: "finetune.py",
        text: 'from beam import function\nfrom peft import get_peft_model\nfrom transformers import AutoModelForCausalLM, Trainer\n\n@function(gpu="A100")\ndef run():\n    model = get_peft_model(AutoModelForCausalLM.from_pretrained("weights", device_map="auto"), config)\n    Trainer(model).train()\n',
        findings: [],
      },
      {
        file: "app.py",
        text: 'from fastapi import FastAPI\nfrom transformers import AutoModelForCausalLM\n\napp = FastAPI()\nmodel = AutoModelForCausalLM.from_pretrained("facebook/opt-125m", device_map="auto")\n',
        findings: [],
      },
      {
        file: "service.py",
        text: 'import bentoml\nimport torch\nfrom diffusers import StableDiffusionXLPipeline\n\nif torch.cuda.is_available():\n    dtype = torch.float16\nelse:\n    dtype = torch.float32\npipe = StableDiffusionXLPipeline.from_pretrained("stabilityai/stable-diffusion-xl-base-1.0", torch_dtype=dtype)\n',
        findings: [],
      },
      {
        file: "chat.py",
        text: 'import gradio as gr\nfrom transformers import AutoModel\n\nmodel = AutoModel.from_pretrained("THUDM/chatglm-6b", trust_remote_code=True).quantize(4).half().cuda()\ngr.Interface(lambda text: model.chat(text), "text", "text").launch()\n',
        findings: [],
      },
      {
        file: "app.py",
        text: 'import gradio as gr\nimport torch\nfrom transformers import AutoModelForCausalLM\n\nmodel = AutoModelForCausalLM.from_pretrained("microsoft/phi-2", torch_dtype=torch.bfloat16).to("cuda")\ngr.Interface(lambda text: model.generate(text), "text", "text").launch()\n',
        findings: [],
      },
      {
        file: "train.py",
        text: 'from transformers import AutoModelForCausalLM, Trainer\n\nmodel = AutoModelForCausalLM.from_pretrained("microsoft/phi-2")\nTrainer(model).train()\n',
        findings: [],
      },
      {
        file: "app.py",
        text: 'from flask import Flask\nfrom transformers import AutoModelForCausalLM\n\napp = Flask(__name__)\nmodel = AutoModelForCausalLM.from_pretrained("microsoft/phi-2", device_map="cpu")\n',
        findings: [],
      },
      {
        file: "app.py",
        text: 'from fastapi import FastAPI\nfrom transformers import pipeline\n\napp = FastAPI()\nclassify = pipeline("sentiment-analysis", model="distilbert-base-uncased-finetuned-sst-2-english", device="cpu")\n',
        findings: [],
      },
      {
        file: "app.py",
        text: 'from fastapi import FastAPI\nfrom transformers import AutoModelForCausalLM\n\napp = FastAPI()\nmodel = AutoModelForCausalLM.from_pretrained("microsoft/phi-2")\n',
        findings: [],
        evidence: { versions: { transformers: { min: "5.0", file: "requirements.txt" } } },
      },
    ],
  },
  check({ facts, evidence }) {
    if (facts.kind !== "python") return ofServedPrograms(facts, evidence, fp32ModelLoadInServing);
    const { server } = facts;
    if (server === undefined || trains(facts)) return [];
    const gpu = usesGpu(facts);
    const lowered = lowersPrecision(facts);
    return facts.calls.flatMap((call) => {
      const load = loadOf(call, facts);
      if (load === undefined) return [];
      const precision = boundPrecision(call, facts) ?? precisionOf(call);
      const explicit = precision === "float32" || precision === "float";
      if (explicit && variesInFile(call, facts)) return [];
      // What a library of its own takes without being told is not known.
      if (load.library === "other" && !explicit) return [];
      if (precision !== undefined && !explicit) return [];
      if (quantizes(call) || (!explicit && (call.hasUnknownArguments || lowered !== undefined))) return [];
      const devices = ["device", "device_map"].map((name) => literalOf(call.keywords.get(name)));
      if (gpu === false || devices.some((device) => device === "cpu" || device === "mps")) return [];
      if (load.library === "torchvision" && gpu !== true) return [];
      const newDefault =
        load.library === "transformers" ? atLeast(evidence?.versions.transformers, 5) : false;
      if (!explicit && newDefault === true) return [];
      if (load.id !== undefined && decidedElsewhere(load.id, facts.file, evidence, "precision") !== undefined)
        return [];
      if (load.id !== undefined && decidedByVariable(facts, load.id, evidence)) return [];
      const dtype = gpu === true ? "torch.bfloat16" : '"auto"';
      const keyword =
        load.library === "transformers" && newDefault !== false && evidence !== undefined
          ? "dtype"
          : "torch_dtype";
      const edit =
        explicit || load.library === "torchvision"
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

/** `dtype` that is bound more than once: float32 for the CPU alone, or unless an option says otherwise. */
function variesInFile(call: Call, facts: PythonFacts): boolean {
  const name = (call.keywords.get("dtype") ?? call.keywords.get("torch_dtype"))?.name;
  return name !== undefined && facts.assignments.filter(({ target }) => target === name).length > 1;
}

/** `torch_dtype=dtype` where the program says once what that is: `dtype = torch.float32`. */
function boundPrecision(call: Call, facts: PythonFacts): string | undefined {
  const name = (call.keywords.get("dtype") ?? call.keywords.get("torch_dtype"))?.name;
  const bound = facts.assignments.filter(({ target }) => name !== undefined && target === name);
  return bound.length === 1 && bound[0]!.value.qualified === "torch.float32" ? "float32" : undefined;
}

interface Load {
  /** "other": a library that is built on transformers, as parler_tts. */
  library: "transformers" | "diffusers" | "torchvision" | "other";
  id?: string;
}

const NOT_MODELS =
  /(Tokenizer|TokenizerFast|Processor|Config|FeatureExtractor|Scheduler|ImageProcessor|Adapter|Callback)$/;
const GENERATIVE_CLASSES =
  /(ForCausalLM|ForConditionalGeneration|LMHeadModel|WithLMHead|ForSeq2SeqLM|ForImageTextToText|ForVision2Seq|ForSpeechSeq2Seq|ForTextToWaveform|ForTextToText|ForSpeechToText|ForTextToSpeech|ForSpeechToSpeech)$|^SeamlessM4T\w*Model$/;

/** A load of a model that is worth a word, with its id where it is known. */
function loadOf(call: Call, facts: PythonFacts): Load | undefined {
  const parts = call.callee.split(".");
  const library = parts[0];
  const owner = parts.at(-2) ?? "";
  const named = call.keywords.get("pretrained_model_name_or_path") ?? call.keywords.get("model");
  if (library === "diffusers" && (call.method === "from_pretrained" || call.method === "from_single_file")) {
    const value = literalOf(call.args[0] ?? named);
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
    const value = call.args[0] ?? named;
    const id = literalOf(value) ?? literalOf(value && optionDefault(value, facts));
    if (isOther) return SMOKE_TESTS.test(String(id)) ? undefined : { library: "other", ...idOf(id) };
    return worthIt(id, GENERATIVE_CLASSES.test(owner)) ? { library: "transformers", ...idOf(id) } : undefined;
  }
  if (call.callee === "transformers.pipeline" || call.callee === "transformers.pipelines.pipeline") {
    const model = call.keywords.get("model") ?? call.args[1];
    // A model that was loaded before has its precision from there.
    if (model?.call !== undefined && literalOf(model) === undefined) return undefined;
    const task = literalOf(call.args[0] ?? call.keywords.get("task"));
    const id = literalOf(model);
    const generative = typeof task === "string" && GENERATIVE_TASKS.test(task);
    if (id === undefined && model === undefined) return undefined;
    return worthIt(id, generative) ? { library: "transformers", ...idOf(id) } : undefined;
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
  return undefined;
}

function idOf(value: unknown): { id?: string } {
  return typeof value === "string" && value !== "" ? { id: value } : {};
}

/** So small that the gain is memory alone. */
function isTiny(id: string | undefined): boolean {
  return id !== undefined && (modelInfo(id).billions ?? 1) < SMALL;
}

/** Models that stand in for a real one. */
const SMOKE_TESTS = /opt-125m|tiny-random|(?:^|\/)tiny-|dummy|hf-internal-testing/i;

/** Generative models of any size; encoders only when their name says that they are large. */
function worthIt(id: unknown, generative: boolean): boolean {
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
    return info.kind === "generative" || (generative && info.kind === "unknown")
      ? info.billions >= SMALLEST_GENERATIVE
      : info.billions >= SMALL;
  if (info.kind === "encoder" || info.kind === "embedding" || info.kind === "reranker") return false;
  if (info.kind === "speech") return /large/i.test(id);
  return generative;
}
