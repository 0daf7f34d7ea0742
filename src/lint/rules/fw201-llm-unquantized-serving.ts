/** FW201: a language model served from 16-bit weights although the server could quantize them or load quantized ones. */

import { systemNamed } from "../config/systems/index.ts";
import { OLLAMA_IMPORT } from "../config/systems/ollama.ts";
import { transformers } from "../config/systems/python-systems.ts";
import type { Facts } from "../facts.ts";
import type { Finding, Fix, Severity } from "../finding.ts";
import { modelInfo } from "../models/model-id.ts";
import { pattern } from "../pattern.ts";
import type { ProjectEvidence } from "../project/evidence.ts";
import { findingOf, type Rule } from "../rule.ts";
import { examples } from "./fw201-examples.ts";
import { ofServedPrograms } from "./served-programs.ts";
import {
  decidedByVariable,
  decidedElsewhere,
  decidedWithConfig,
  explicitFloat32,
  formatGigabytes,
  hardwareOf,
  quantizationSetting,
  type ServedModel,
  servedModels,
  serverOf,
  variableIn,
  weightGigabytes,
} from "./serving-precision.ts";

/** Smaller models are not worth a word: their weights are not what the memory goes to. */
const SMALLEST = 1;

/** Shown on the rule's page. */
const serve = (more = "") => `vllm serve meta-llama/Llama-3.1-8B-Instruct --max-model-len 8192${more}\n`;
const PLAIN = {
  bad: { file: "serve.sh", text: serve(), findings: ["meta-llama/Llama-3.1-8B-Instruct"] },
  good: { file: "serve.sh", text: serve(" --quantization fp8"), findings: [] },
};

export const llmUnquantizedServing: Rule = {
  code: "FW201",
  name: "llm-unquantized-serving",
  default: true,
  severity: "warning",
  fix: "unsafe",
  appliesTo: ["config", "python"],
  docs: {
    what: "A generative language model of 1 billion parameters or more is served from 16-bit weights, and nothing in the file quantizes them: no switch of the server, no quantized checkpoint.",
    why: "8-bit weights need half the memory of 16-bit ones, so that a smaller or a single GPU may do. On GPUs with FP8 arithmetic (compute capability 8.9 or more) throughput rises up to 1.6 times under batched load; energy per request falls only where arithmetic is the limit (many requests at once, long prompts); for small models or single requests it may not fall at all, or rise.",
    silencedBy: [
      "A quantization switch of the server (`--quantization`, `--quantize`, `HF_MODEL_QUANTIZE`, ...), also one whose value is a variable.",
      "A checkpoint whose name says that it is quantized (AWQ, GPTQ, FP8, INT4, W4A16, GGUF, ...), or one of a family that is published so (DeepSeek-V3 and R1, gpt-oss).",
      "A model whose size its name does not say, or with less than 1 billion parameters; a model named by a variable.",
      "Another file of the project that decides the precision of this model.",
    ],
    fixSafety:
      "Quantizing changes the model's outputs slightly: evaluate it on your own data. It is offered as a fix only where the hardware named in the file has FP8 arithmetic.",
    references: [
      "vLLM documentation, FP8 W8A8 (2026): memory halved, up to 1.6 times the throughput; compute capability 8.9 or more, weight-only from 7.5",
      "arXiv:2601.22362 (2026), H100: lower precision saves energy in compute-bound phases only; batching saves most in decoding",
      "hongping-zh, quant-energy, measured sessions (2026), one GPU and one trial each: bitsandbytes INT8 used 106 to 595 % more energy than float16 at 0.5 to 7 billion parameters on an RTX 4090; NF4 more below about 1.4 billion and less above, and on an RTX 5090 26 % more at 1.1 and 11 % less at 7 billion",
      "Text Generation Inference documentation, Quantization (2026): inference with bitsandbytes is slower than float16",
    ],
  },
  examples: { bad: [PLAIN.bad, ...examples.bad], good: [PLAIN.good, ...examples.good] },
  check({ facts, evidence }) {
    return [
      ...ofServedPrograms(facts, evidence, llmUnquantizedServing),
      ...ofClasses(facts, evidence),
      ...ofVariables(facts, evidence),
      ...servedModels(facts).flatMap((served) => {
        const { fact, system, info, model } = served;
        if (info.kind !== "generative" || info.billions === undefined || info.billions < SMALLEST) return [];
        if (info.native !== undefined || quantizationSetting(fact, system) !== undefined) return [];
        if (explicitFloat32(fact, system) !== undefined) return [];
        // Without a precision transformers loads what FW202 speaks of.
        if (
          system.name === "transformers" &&
          !fact.settings.has("dtype") &&
          !fact.settings.has("torch-dtype")
        )
          return [];
        // Runtimes that quantize by default count only when the name says 16 bits, or where they import a checkpoint as it is.
        const imported = fact.settings.has(OLLAMA_IMPORT);
        if (
          system.servesLanguageModels || imported
            ? info.quantization !== undefined
            : info.unquantized === undefined
        )
          return [];
        if (
          !system.servesLanguageModels &&
          info.quantization !== undefined &&
          !/^(GGUF|GGML)$/.test(info.quantization)
        )
          return [];
        // The launch that reads variables decides by its own switches.
        const isVariables = facts.kind === "config" && facts.format === "properties";
        const engine = fact.system === "vllm-variables" ? "vllm" : isVariables ? fact.system : model.id;
        const subjects = [model.id, engine];
        if (subjects.some((one) => decidedElsewhere(one, facts.file, evidence, "quantization") !== undefined))
          return [];
        if (decidedWithConfig(fact, facts.file, evidence)) return [];
        if (decidedByVariable(facts, model.id, evidence)) return [];
        const hardware = hardwareOf(fact);
        const weights = formatGigabytes(weightGigabytes(info.billions, 16));
        return [
          findingOf(llmUnquantizedServing, {
            severity: severityOf(info.billions, hardware !== undefined),
            range: model.range,
            message: `${info.name} is served from 16-bit weights (about ${weights}); nothing here quantizes them.`,
            why: [
              `${system.title} serves it; its name says ${info.billions} billion parameters and no quantized format.`,
              `None of ${system.title}'s quantization settings stands here${system.quantizationKeys.length > 0 ? ` (${system.quantizationKeys[0]})` : ""}.`,
              system.quantize === undefined && hardware === undefined
                ? "A checkpoint of the same model that is published in 8 or 4 bits can take its place."
                : hardware === undefined
                  ? "The GPU is not named here; FP8 arithmetic needs compute capability 8.9 or more (Ada, Hopper, Blackwell)."
                  : `It runs on ${hardware.count === undefined ? "" : `${hardware.count} × `}${hardware.accelerator.name}${hardware.accelerator.capability === undefined ? "" : ` (compute capability ${hardware.accelerator.capability})`}.`,
              energyCondition(info.billions),
            ],
            silencedBy: [
              "A quantization switch of the server, or a checkpoint published in FP8, AWQ, GPTQ or another quantized format.",
              "`# fairwatt: ignore[FW201] reason` where 16 bits are wanted.",
            ],
            related: serverOf(facts),
            fixes: otherAccelerator(fact, facts.text)
              ? []
              : fixesOf(served, hardware?.accelerator.capability),
          }),
        ];
      }),
    ];
  },
};

/** An engine whose model is a variable of the environment that another file of the project sets. */
function ofVariables(facts: Facts, evidence: ProjectEvidence | undefined): Finding[] {
  if (evidence === undefined) return [];
  return facts.serving.flatMap((fact) => {
    const system = systemNamed(fact.system);
    if (fact.model !== undefined || fact.modelVariable === undefined || !system?.servesLanguageModels)
      return [];
    const { name, range } = fact.modelVariable;
    const [given, ...others] = variableIn(name, facts.file, evidence);
    if (given === undefined || others.some(({ value }) => value !== given.value)) return [];
    const info = modelInfo(given.value);
    if (info.placeholder || info.kind !== "generative" || (info.billions ?? 0) < SMALLEST) return [];
    if (info.native !== undefined || info.quantization !== undefined) return [];
    const own = quantizationSetting(fact, system) ?? explicitFloat32(fact, system);
    if (own !== undefined || decidedByVariable(facts, given.value, evidence)) return [];
    if (system.name === "transformers" && !fact.settings.has("dtype") && !fact.settings.has("torch-dtype"))
      return [];
    if (decidedElsewhere(given.value, facts.file, evidence, "quantization") !== undefined) return [];
    return [
      findingOf(llmUnquantizedServing, {
        severity: severityOf(info.billions!, false),
        range,
        message: `${info.name}, which ${given.file} gives ${name}, is served from 16-bit weights (about ${formatGigabytes(weightGigabytes(info.billions!, 16))}); nothing quantizes them.`,
        why: [
          `${system.title} serves the model of the variable ${name}; ${given.file} sets it to ${given.value}.`,
          energyCondition(info.billions!),
        ],
        silencedBy: ["A quantization switch of the server, or a checkpoint published in a quantized format."],
        related: [{ message: `${name} is set here`, range: { start: 0, end: 0 }, file: given.file }],
      }),
    ];
  });
}

/** Architectures of which no model has less than a billion parameters or so. */
const LANGUAGE_MODELS = pattern()`
  ^(Llama|Llama4|Mistral|Mixtral|Falcon|GPTJ|GPTNeoX|Gemma\d?n?|Qwen2Moe|Qwen3Moe|Mpt|Phi3|Cohere2?|
    StableLm|Starcoder2|InternLM\w*|Baichuan\w*|Glm\w*|Dbrx|Jamba|Fuyu|Nemotron|Llava\w*|VideoLlava|
    Mllama|Qwen2(?:_5_)?VL|Qwen3VL(?:Moe)?|Qwen2Audio|Idefics\d?|PaliGemma|InstructBlip\w*|
    Blip2)(ForCausalLM|ForConditionalGeneration|ForVisionText2Text)$|
  ^[A-Z]\w*(?:Llama|Mistral|Falcon)$
`;

/** 16 bits on a GPU and 32 elsewhere: large enough for one, and quantized on neither. */
const BY_DEVICE = /^\(?torch\.b?float16 if .*(?:cuda|gpu)/i;

/** What stands where a setting is no literal, also by the name that it was bound to. */
function writtenOf(setting: string | undefined, facts: Facts): string {
  const text = setting?.replace(/^\$/, "") ?? "";
  const bound = facts.kind === "python" ? facts.assignments.filter(({ target }) => target === text) : [];
  return bound.length === 1 ? bound[0]!.value.text : text;
}

function isFolder(id: string | undefined): boolean {
  return id !== undefined && /^(?:\.{0,2}\/|[\w-]*model[\w-]*\/?$)/i.test(id);
}

/** transformers with such a class, 16 bits asked for, and a checkpoint that an argument names or whose size nobody knows. */
function ofClasses(facts: Facts, evidence: ProjectEvidence | undefined): Finding[] {
  const program = facts.file.slice(facts.file.lastIndexOf("/") + 1);
  return facts.serving.flatMap((fact) => {
    const name = fact.settings.get("class");
    if (fact.system !== "transformers" || name === undefined) return [];
    const info = fact.model === undefined ? undefined : modelInfo(fact.model.id);
    if (info !== undefined && (info.billions ?? info.quantization ?? info.native) !== undefined) return [];
    const dtype = fact.settings.get("dtype") ?? fact.settings.get("torch-dtype");
    const isAsked = LANGUAGE_MODELS.test(name.value)
      ? /^(float16|bfloat16|half)$/.test(dtype?.value ?? "")
      : name.value === "AutoModelForCausalLM" &&
        isFolder(fact.model?.id) &&
        (BY_DEVICE.test(writtenOf(dtype?.value, facts)) ||
          /^(float16|bfloat16|half)$/.test(dtype?.value ?? ""));
    if (!isAsked) return [];
    if (quantizationSetting(fact, transformers) !== undefined) return [];
    // A launch beside it may turn quantization on.
    if (decidedElsewhere(program, facts.file, evidence, "quantization") !== undefined) return [];
    return [
      findingOf(llmUnquantizedServing, {
        severity: "information",
        range: name.range,
        message: `A ${name.value} is served from 16-bit weights; nothing here quantizes them by default.`,
        why: [
          `The class is of language models, and ${dtype?.value.replace(/^\$/, "")} is asked for.`,
          fact.model === undefined
            ? "The checkpoint is named elsewhere; if it is published quantized, nothing is to be done."
            : `${fact.model.id} says neither how large it is nor that it is quantized.`,
        ],
        silencedBy: [
          "A quantization config, or a checkpoint published in a quantized format that is named here.",
        ],
      }),
    ];
  });
}

function severityOf(billions: number, hardwareKnown: boolean): Severity {
  if (billions < 3) return "hint";
  return billions >= 7 && hardwareKnown ? "warning" : "information";
}

/** Accelerators that have other switches than NVIDIA's GPUs, and servers on CPUs. */
function otherAccelerator(fact: ServedModel["fact"], text: string): boolean {
  return (
    fact.accelerator?.count === 0 ||
    /google\.com\/tpu|aws\.amazon\.com\/neuron|habana\.ai|amd\.com\/gpu|neuron_cores|\btpu\b|[-_]tpu|vllm-cpu|cpu-env|inf2\b|trn1\b|rocm/i.test(
      text,
    )
  );
}

function energyCondition(billions: number): string {
  return billions < 5
    ? "At this size the gain is memory; measured energy per request has risen as often as it has fallen (weight-only formats, small batches)."
    : "8 bits halve the weights' memory; throughput rises up to 1.6 times on GPUs with FP8 (vLLM documentation), energy falls only under batched load.";
}

function fixesOf({ fact, system, info }: ServedModel, capability: number | undefined): Fix[] {
  const quantize = system.quantize;
  if (quantize === undefined || (capability !== undefined && capability < 7.5)) return [];
  const edit = fact.insertSetting?.(quantize.name, quantize.value);
  if (edit === undefined || edit.newText === "") return [];
  const supported = capability !== undefined && capability >= quantize.capability;
  return [
    {
      title: supported
        ? `Quantize ${info.name} to FP8 when it is loaded`
        : `Quantize ${info.name} to FP8 when it is loaded, ${capability === undefined ? "where the GPU has compute capability 8.9 or more" : "weights only on this GPU"}`,
      safety: supported ? "unsafe" : "display",
      edits: [edit],
    },
  ];
}
