/** What one file says to the others of its project: plain data, so that a worker can send it. */

import { readToml } from "../config/toml.ts";
import { at, textAt } from "../config/tree.ts";
import type { Facts } from "../facts.ts";
import { pattern } from "../pattern.ts";
import type { Call, PythonFacts } from "../python/python-facts.ts";
import { type TableSource, tableReads } from "../python/table-reads.ts";
import { decisionRecords, recordsInText } from "../rules/documentation/decision-records.ts";
import { eventsOf } from "../rules/fairness/case.ts";
import { fairnessCheck } from "../rules/fairness/check-evidence.ts";
import { llmUnquantizedServing } from "../rules/fw201-llm-unquantized-serving.ts";
import { fp32ModelLoadInServing } from "../rules/fw202-fp32-model-load-in-serving.ts";
import { configSubject, variableSubject } from "../rules/serving-precision.ts";
import { isTestFile } from "../test-file.ts";
import { type ColumnConstant, columnConstants } from "./constants.ts";
import { type ServerImports, serverImports } from "./served-by.ts";
import { type PinnedVersion, readVersions } from "./versions.ts";

export interface FileEvidence {
  /** Relative to the project's folder, with forward slashes. */
  file: string;
  /** What it calls that is a fairness check. */
  fairnessChecks: string[];
  versions: Record<string, PinnedVersion>;
  dependencies: string[];
  /** Models, handlers and services whose precision it decides. */
  precision: { subject: string; value: string }[];
  quantizationCalls: string[];
  energyTools: string[];
  /** What it calls or defines that records requests or decisions. */
  decisionRecords: string[];
  /** Of fairwatt.toml or pyproject.toml: what the project's models are for. */
  intendedUse?: string;
  /** What the rules of precision say of a program that serves. */
  servedPrograms: { rule: string; what: string }[];
  /** Of a program that serves: what it imports. */
  serves?: ServerImports;
  /** Files of tables that it trains on. */
  tables: TableSource[];
  /** Its constants that name columns about persons. */
  constants: ColumnConstant[];
}

const QUANTIZATION = pattern()`
  (?:^|\.)(?:quantize_(?:dynamic|static|_|qat)?|quantize|ORTQuantizer|convert_float_to_float16|
    float16_converter|BitsAndBytesConfig|AutoGPTQForCausalLM|AutoAWQForCausalLM|GPTQConfig|AwqConfig|
    compress_weights|oneshot|mtq\.quantize)$|
  ^(?:torch\.(?:ao\.)?quantization|onnxruntime\.quantization|optimum\.(?:onnxruntime|intel).*Quantiz|
    neural_compressor|nncf|olive|tensorrt|torch_tensorrt|modelopt)\b
`;
const ENERGY_TOOLS = new Set([
  "codecarbon",
  "carbontracker",
  "eco2ai",
  "zeus",
  "perun",
  "pyjoules",
  "experiment_impact_tracker",
]);
const PRECISION_SETTINGS =
  /^(?:quantization|quantize|q|dtype|torch-?dtype|precision(?:_mode)?|load[-_]format|compute[-_]type|load[-_](?:in[-_])?(?:4|8)bit|hf_model_quantize|f16)$/i;

/** @param facts undefined where no reader takes the file: requirement files say something all the same */
export function fileEvidence(path: string, text: string, facts: Facts | undefined): FileEvidence | undefined {
  if (isTestFile(path)) return undefined;
  const evidence: FileEvidence = {
    file: path,
    fairnessChecks: facts?.kind === "python" ? fairnessChecksOf(facts) : [],
    versions: readVersions(path, text),
    dependencies: [],
    precision: facts ? [...precisionOf(facts), ...variablesOf(facts)] : [],
    quantizationCalls: facts?.kind === "python" ? named(facts.calls, QUANTIZATION) : [],
    energyTools:
      facts?.kind === "python"
        ? unique(facts.imports.map(({ module }) => module.split(".")[0]!)).filter((name) =>
            ENERGY_TOOLS.has(name),
          )
        : [],
    decisionRecords: recordsOf(path, text, facts),
    servedPrograms: facts?.kind === "python" ? servedPrograms(facts) : [],
    tables: facts?.kind === "python" ? tablesOf(facts) : [],
    constants: columnConstants(path, text),
  };
  evidence.dependencies = Object.keys(evidence.versions);
  const serves = serverImports(path, text, facts?.kind === "python" ? facts.server?.what : undefined);
  if (serves !== undefined) evidence.serves = serves;
  const intendedUse = intendedUseIn(path, text);
  if (intendedUse !== undefined) evidence.intendedUse = intendedUse;
  const { fairnessChecks, dependencies, precision, quantizationCalls, energyTools } = evidence;
  const says = [
    fairnessChecks,
    dependencies,
    precision,
    quantizationCalls,
    energyTools,
    evidence.decisionRecords,
    evidence.servedPrograms,
    evidence.tables,
    evidence.constants,
  ];
  const isNothing = says.every((list) => list.length === 0) && intendedUse === undefined;
  return isNothing && serves === undefined ? undefined : evidence;
}

function intendedUseIn(path: string, text: string): string | undefined {
  const name = /(?:^|\/)(fairwatt|pyproject)\.toml$/.exec(path)?.[1];
  if (name === undefined || !text.includes("intended-use")) return undefined;
  const root = readToml(text);
  const table = name === "fairwatt" ? root : at(root, "tool", "fairwatt");
  const use = textAt(table, "intended-use")?.trim();
  return use === "" ? undefined : use;
}

/** The same that silences a finding in its own file. */
function fairnessChecksOf(facts: PythonFacts): string[] {
  const check = fairnessCheck(facts);
  return check ? [check.what] : [];
}

/** As far as the file alone says. */
function servedPrograms(facts: PythonFacts): FileEvidence["servedPrograms"] {
  const context = { facts, evidence: undefined, profile: "default" } as const;
  return [llmUnquantizedServing, fp32ModelLoadInServing].flatMap((rule) =>
    rule
      .check(context)
      .slice(0, 1)
      .map(({ message }) => ({ rule: rule.code, what: message })),
  );
}

/** Only of programs that train or measure a model: no other is judged by its data. */
function tablesOf(facts: PythonFacts): TableSource[] {
  const reads = tableReads(facts);
  return reads.length === 0 || eventsOf(facts).length === 0 ? [] : reads.map(({ source }) => source);
}

function recordsOf(path: string, text: string, facts: Facts | undefined): string[] {
  if (facts === undefined) return recordsInText(path, text);
  return facts.kind === "python" ? decisionRecords(facts) : [];
}

function precisionOf(facts: Facts): FileEvidence["precision"] {
  return facts.serving.flatMap(({ system, model, settings }) => {
    const decided = [...settings].filter(([name]) => PRECISION_SETTINGS.test(name));
    const config = settings.get("config")?.value;
    // What a launch decides holds for the model that its `--config` file names.
    const subjects = [model?.id ?? system, ...(config === undefined ? [] : [configSubject(config)])];
    return subjects.flatMap((subject) =>
      decided.map(([name, { value }]) => ({ subject, value: `${name} ${value}` })),
    );
  });
}

/** `QUANTIZATION=awq`, `MODEL_ID: org/name`, `{name: MODEL_ID, value: org/name}`: variables that programs take a model or its precision from. */
const VARIABLES = [
  /(?:^|[\s"'{,-])([A-Z][A-Z0-9_]*)["']?[ \t]*[=:][ \t]*["']?([^\s"'#,}]+)/g,
  /\bname:[ \t]*["']?([A-Z][A-Z0-9_]*)["']?\s+value:[ \t]*["']?([^\s"'#]+)/g,
];
const OF_MODELS = /(?:^|_)(?:MODEL|CHECKPOINT|QUANT\w*|DTYPE|LOAD_IN)(?:_|$)/;
const MOST_VARIABLES = 50;

function variablesOf(facts: Facts): FileEvidence["precision"] {
  if (facts.kind !== "config" || !/MODEL|CHECKPOINT|QUANT|DTYPE|LOAD_IN/.test(facts.text)) return [];
  const found = new Map<string, string>();
  for (const pattern of VARIABLES)
    for (const [, name = "", value = ""] of facts.text.matchAll(pattern))
      if (OF_MODELS.test(name) && found.size < MOST_VARIABLES) found.set(name, value);
  return [...found].map(([name, value]) => ({ subject: variableSubject(name), value }));
}

function named(calls: readonly Call[], pattern: RegExp): string[] {
  return unique(calls.map(({ callee }) => callee).filter((callee) => pattern.test(callee)));
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
