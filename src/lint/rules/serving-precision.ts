/** What a serving fact says of its weights' precision: shared by the deployment rules. */

import { systemNamed } from "../config/systems/index.ts";
import { isSet, type ServingSystem } from "../config/systems/system.ts";
import type { Facts, ServingFact } from "../facts.ts";
import type { Finding, TextRange } from "../finding.ts";
import { type Accelerator, acceleratorNamed, instanceAccelerator } from "../models/accelerators.ts";
import { type ModelInfo, modelInfo } from "../models/model-id.ts";
import type { ProjectEvidence } from "../project/evidence.ts";

export interface ServedModel {
  fact: ServingFact;
  system: ServingSystem;
  info: ModelInfo;
  model: NonNullable<ServingFact["model"]>;
}

/** Facts whose system and checkpoint are known. */
export function servedModels(facts: Facts): ServedModel[] {
  return facts.serving.flatMap((fact) => {
    const system = systemNamed(fact.system);
    if (system === undefined || fact.model === undefined) return [];
    const info = modelInfo(fact.model.id);
    return info.placeholder ? [] : [{ fact, system, info, model: fact.model }];
  });
}

/** The other file of the project that serves what a program loads. */
export function serverOf(facts: Facts): NonNullable<Finding["related"]> {
  const file = facts.kind === "python" ? facts.server?.file : undefined;
  return file === undefined ? [] : [{ message: "serves it", range: { start: 0, end: 0 }, file }];
}

/** The setting that quantizes, when one stands there (also one whose value is a variable: it may). */
export function quantizationSetting(fact: ServingFact, system: ServingSystem): string | undefined {
  for (const key of system.quantizationKeys) {
    const setting = fact.settings.get(key);
    if (setting === undefined) continue;
    // A switch without a value (`--load-8bit`) is on by standing there.
    if (
      setting.value === "" &&
      setting.range.start === setting.keyRange.start &&
      setting.range.end > setting.range.start
    )
      return key;
    if (key === "load-format" && !/gguf|bitsandbytes|\$/i.test(setting.value)) continue;
    if (/^(dummy|safetensors)$/i.test(setting.value)) continue;
    if (isSet(setting.value)) return `${key} ${setting.value}`;
  }
  return undefined;
}

/** `float32` of a precision setting, with its place. */
export function explicitFloat32(
  fact: ServingFact,
  system: ServingSystem,
): { key: string; value: string; range: TextRange } | undefined {
  for (const key of system.dtypeKeys) {
    const setting = fact.settings.get(key);
    if (setting !== undefined && /^(torch\.)?(float32|float|fp32)$/i.test(setting.value))
      return { key, value: setting.value, range: setting.range };
  }
  return undefined;
}

export interface Hardware {
  accelerator: Accelerator;
  /** Undefined when the file does not say how many. */
  count: number | undefined;
}

/** The accelerator of a fact, when its kind is said; how many from its count, its tensor parallelism or its instance type. */
export function hardwareOf(fact: ServingFact): Hardware | undefined {
  const kind = fact.accelerator?.kind;
  if (kind === undefined) return undefined;
  const instance = instanceAccelerator(kind);
  const accelerator = instance?.accelerator ?? acceleratorNamed(kind);
  if (accelerator === undefined) return undefined;
  return { accelerator, count: fact.accelerator?.count ?? instance?.count };
}

/** GPUs that one copy of the model is spread over, where the server's own switches say so. */
export function parallelism(fact: ServingFact): number | undefined {
  let product = 1;
  let said = false;
  for (const key of [
    "tensor-parallel-size",
    "tp",
    "tp-size",
    "pipeline-parallel-size",
    "pp-size",
    "num-shard",
    "NUM_SHARD",
    "SM_NUM_GPUS",
    "tensor-parallel-degree",
    "OPTION_TENSOR_PARALLEL_DEGREE",
    "tensor_parallel_size",
    "TENSOR_PARALLEL_SIZE",
    "num-gpus",
  ]) {
    const value = Number(fact.settings.get(key)?.value);
    if (!Number.isInteger(value) || value < 1) continue;
    product *= value;
    said = true;
  }
  return said ? product : undefined;
}

/**
 * Decided by a file beside this one (or below it): a finding here would be a guess. Other folders of a large repository
 * serve the same models for other purposes.
 *
 * @param what "quantization": only that counts; "precision": float16 and bfloat16 as well
 */
export function decidedElsewhere(
  model: string,
  file: string,
  evidence: ProjectEvidence | undefined,
  what: "quantization" | "precision",
): string | undefined {
  const found = evidence?.precisionDecidedIn.find(
    (one) => one.subject === model && isNear(one.file, file) && decides(one.value, what),
  );
  return found && `${found.file}: ${found.value}`;
}

/** Subject of decisions about whatever a settings file serves: the launch that names the file makes them. */
export function configSubject(path: string): string {
  return `config:${path.slice(path.lastIndexOf("/") + 1)}`;
}

/**
 * True when a launch and its settings file (`--config`) decide together: the other one quantizes, or it is not known what
 * the settings file holds, so that a finding would be a guess.
 */
export function decidedWithConfig(
  fact: ServingFact,
  file: string,
  evidence: ProjectEvidence | undefined,
): boolean {
  const config = /^(?:vllm|sglang)$/.test(fact.system) ? fact.settings.get("config")?.value : undefined;
  const decisions = evidence?.precisionDecidedIn.filter(({ value }) => decides(value, "quantization")) ?? [];
  if (config === undefined) return decisions.some(({ subject }) => subject === configSubject(file));
  const path = config.replace(/^\.\//, "");
  if (evidence === undefined || /^[/~]|\$/.test(path)) return true;
  return decisions.some((one) => one.file === path || one.file.endsWith(`/${path}`));
}

/** Subject of what a settings file, a manifest or a compose file gives a variable of the environment. */
export function variableSubject(name: string): string {
  return `variable:${name}`;
}

/** What the project's files give a variable that this program reads: of its own folder, one above or one below. */
export function variableIn(
  name: string,
  file: string,
  evidence: ProjectEvidence | undefined,
): { file: string; value: string }[] {
  const folder = (path: string) => path.slice(0, path.lastIndexOf("/") + 1);
  return (evidence?.precisionDecidedIn ?? []).filter(
    (one) =>
      one.subject === variableSubject(name) && (file.startsWith(folder(one.file)) || isNear(one.file, file)),
  );
}

/**
 * A program that takes its model or its quantization from the environment, with a default of its own: true where another
 * file of the project gives the variable a quantized checkpoint, one whose size is not known, or a format.
 */
export function decidedByVariable(
  facts: Facts,
  model: string,
  evidence: ProjectEvidence | undefined,
): boolean {
  if (facts.kind !== "python" || evidence === undefined) return false;
  return facts.calls.some(({ callee, args, keywords }) => {
    const name = args[0]?.literal;
    if (typeof name !== "string" || !/(?:^|\.)(?:getenv|environ\.get)$/.test(callee)) return false;
    const given = variableIn(name, facts.file, evidence);
    if (given.length === 0) return false;
    if (/QUANT|LOAD_IN_[48]BIT/.test(name)) return given.some(({ value }) => isSet(value));
    if ((args[1] ?? keywords.get("default"))?.literal !== model) return false;
    return given.some(({ value }) => {
      const info = modelInfo(value);
      const is16Bit =
        info.billions !== undefined && info.quantization === undefined && info.native === undefined;
      return value !== model && !is16Bit;
    });
  });
}

/** "dtype auto" decides nothing; "dtype float16" the precision; "quantization fp8" both. */
function decides(value: string, what: "quantization" | "precision"): boolean {
  const [name = "", setting = ""] = value.split(/\s+/, 2);
  if (/^load-(in-)?[48]bit$/.test(name) && setting === "") return true;
  if (!isSet(setting) || /^(float32|float|fp32|safetensors|dummy)$/i.test(setting)) return false;
  return what === "precision" || !/dtype|precision/i.test(name) || /int[48]|fp8|[48]bit/i.test(setting);
}

/** True when the project quantizes in this file's folder or below it. */
export function quantizedNear(file: string, evidence: ProjectEvidence | undefined): boolean {
  return evidence?.quantizationCalls.some((one) => isNear(one.file, file)) === true;
}

function isNear(other: string, file: string): boolean {
  return other.startsWith(file.slice(0, file.lastIndexOf("/") + 1));
}

/** GB of weights at so many bits. */
export function weightGigabytes(billions: number, bits: number): number {
  return (billions * bits) / 8;
}

export function formatGigabytes(gigabytes: number): string {
  return gigabytes >= 10 ? `${Math.round(gigabytes)} GB` : `${Math.round(gigabytes * 10) / 10} GB`;
}
