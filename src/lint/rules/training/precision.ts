/** Trainings on an accelerator in float32, where nothing says or decides otherwise. */

import { literalOf } from "../../config/systems/python-values.ts";
import { pattern } from "../../pattern.ts";
import { logicalLinesOf } from "../../python/logical-lines.ts";
import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { lowersPrecision } from "../python-precision.ts";
import { imageSet, isToy, sizeableModel, trainsOnAccelerator } from "./hardware.ts";
import { kerasFits } from "./keras-training.ts";
import { type TorchTraining, torchTrainings } from "./torch-training.ts";

export type FullPrecision = { call: Call; what: string } & (
  | { kind: "torch"; training: TorchTraining }
  | { kind: "arguments" | "lightning" | "keras" }
);

/** Epochs from which a set of images is worth it whatever the model. */
const MANY_EPOCHS = 10;

/** Words by which precision is chosen here or handed on: options, policies, wrappers, other numbers on purpose. */
const DECIDED = pattern("i")`
  autocast|GradScaler|mixed_precision|\bfp16\b|\bbf16\b|\b(?:b?float16|half)\b|\bamp\b|_amp\b|\bapex\b|
  deepspeed|FullyShardedDataParallel|\bfsdp\b|set_float32_matmul_precision|allow_tf32|\bprecision\b|
  \bdtype\s*=\s*(?!torch\.(?:long|int|bool|float32)|np\.)|set_default_dtype|\.double\(|float64|\btpu\b|
  torch_xla
`;
/** `Accelerator(...)`, not `torch.accelerator`. */
const DECIDED_CLASS = /\b(?:Accelerator|Fabric)\b/;
const DECIDED_OPTION =
  /^--?(?:\w+[-_])?(?:fp16|bf16|amp|half|precision|mixed[-_]?precision|dtype|use[-_]amp|deepspeed)/i;
const DECIDED_IMPORTS =
  /^(?:accelerate|deepspeed|apex|fairscale|colossalai|composer|catalyst|ignite|mmcv|mmengine|detectron2|fastai|unsloth|intel_extension_for_pytorch|habana_frameworks|opacus)(?:\.|$)/;

function isDecided(facts: PythonFacts): boolean {
  return (
    lowersPrecision(facts) !== undefined ||
    facts.imports.some(
      ({ module, name }) =>
        DECIDED_IMPORTS.test(module) || DECIDED.test(name ?? "") || DECIDED_CLASS.test(name ?? ""),
    ) ||
    facts.strings.some(
      ({ value }) => DECIDED_OPTION.test(value) || /^(?:fp16|bf16|mixed_(?:b?float)16)$/.test(value),
    ) ||
    logicalLinesOf(facts).some(({ code }) => DECIDED.test(code) || DECIDED_CLASS.test(code))
  );
}

export function fullPrecisionTrainings(facts: PythonFacts): FullPrecision[] {
  const found = [...torch(facts), ...trainerArguments(facts), ...lightning(facts), ...keras(facts)];
  return found.length > 0 && !isToy(facts) && !isDecided(facts) ? found : [];
}

/** One finding for a program: its first step. */
function torch(facts: PythonFacts): FullPrecision[] {
  const trainings = torchTrainings(facts);
  const training = trainings[0];
  if (training === undefined || !trainsOnAccelerator(facts)) return [];
  const model = sizeableModel(facts);
  const set = imageSet(facts);
  const long = (training.epochs?.value ?? 0) > MANY_EPOCHS;
  if (model === undefined && !(set !== undefined && long)) return [];
  return [{ kind: "torch", training, call: training.backward, what: model ?? set! }];
}

function trainerArguments(facts: PythonFacts): FullPrecision[] {
  if (
    !facts.calls.some(
      ({ method, callee }) => method === "train" && /^(?:\?|transformers\.\w*Trainer)\.train$/.test(callee),
    )
  )
    return [];
  const found = facts.calls.flatMap((call): FullPrecision[] => {
    if (!/^transformers\.(?:Seq2Seq)?TrainingArguments$/.test(call.callee) || call.hasUnknownArguments)
      return [];
    if (
      ["fp16", "bf16", "fp16_full_eval", "deepspeed", "fsdp", "tf32"].some((name) => call.keywords.has(name))
    )
      return [];
    if (literalOf(call.keywords.get("use_cpu")) === true || literalOf(call.keywords.get("no_cuda")) === true)
      return [];
    return [{ kind: "arguments", call, what: "the Trainer of transformers" }];
  });
  // Several in a notebook are steps towards the last.
  return found.slice(-1);
}

function lightning(facts: PythonFacts): FullPrecision[] {
  const model = sizeableModel(facts);
  if (model === undefined) return [];
  return facts.calls.flatMap((call): FullPrecision[] => {
    if (
      !/^(?:pytorch_lightning|lightning(?:\.pytorch)?)\.Trainer$/.test(call.callee) ||
      call.hasUnknownArguments
    )
      return [];
    if (["precision", "plugins", "strategy", "fast_dev_run"].some((name) => call.keywords.has(name)))
      return [];
    const accelerator = literalOf(call.keywords.get("accelerator"));
    if (accelerator !== "gpu" && accelerator !== "cuda" && !call.keywords.has("gpus")) return [];
    return [{ kind: "lightning", call, what: model }];
  });
}

function keras(facts: PythonFacts): FullPrecision[] {
  const model = sizeableModel(facts);
  const fit = kerasFits(facts)[0];
  if (fit === undefined || model === undefined || !/keras\.applications/.test(model) || !namesGpu(facts))
    return [];
  return [{ kind: "keras", call: fit.call, what: model }];
}

function namesGpu(facts: PythonFacts): boolean {
  return (
    trainsOnAccelerator(facts) ||
    facts.calls.some(
      ({ method, args }) => /^list_(?:physical|logical)_devices$/.test(method) && args[0]?.literal === "GPU",
    )
  );
}
