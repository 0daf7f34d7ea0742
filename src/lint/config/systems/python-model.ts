/** Which model an expression of a program names. */

import type { ServingFact } from "../../facts.ts";
import { modelInfo } from "../../models/model-id.ts";
import type { PythonFacts, Value } from "../../python/python-facts.ts";
import {
  fieldValue,
  formatted,
  lastBound,
  lastResort,
  literalOf,
  optionDefault,
  parameterValue,
  textOf,
} from "./python-values.ts";

/** A literal, a variable's default, or the default of an option of the command line. */
export function modelOf(
  value: Value | undefined,
  facts?: PythonFacts,
): Pick<ServingFact, "model" | "modelVariable"> {
  const held = value === undefined || facts === undefined ? value : (otherwise(value, facts) ?? value);
  const literal =
    literalOf(held) ??
    (held && facts && (madeOf(held, facts) ?? textOf(held, facts) ?? lastPart(held, facts)));
  return held !== undefined && typeof literal === "string" && literal !== ""
    ? { model: { id: literal, range: held.range } }
    : variableOf(value, facts);
}

/** An f-string of constants, also by the name that it was bound to: `f"meta/llama3@{model_version}"`. */
export function madeOf(value: Value, facts: PythonFacts): string | undefined {
  const text = formatted(value, facts);
  return text?.includes("$UNKNOWN") === true ? undefined : text;
}

/** A path whose beginning is not known says what it ends with: `f"s3://models-{region}/flan-t5-xxl/"`, `FOLDER / "llama-2-7b"`. */
function lastPart(value: Value, facts: PythonFacts): string | undefined {
  const bound = facts.assignments.filter(({ target }) => target === value.name);
  const written = bound.length === 1 ? bound[0]!.value.text : value.text;
  const part =
    /\$UNKNOWN[\w.-]*\/(?:[^$]*\/)?([^/$]+)\/?$/.exec(formatted(value, facts) ?? "")?.[1] ??
    /\/ *["']([\w.-]+)["']\)?$/.exec(written.slice(-100))?.[1];
  return part !== undefined && modelInfo(part).billions !== undefined ? part : undefined;
}

/** `os.environ["MODEL_ID"]`, `os.getenv("MODEL_ID")`, directly or by the name it was bound to. */
function variableOf(value: Value | undefined, facts?: PythonFacts): Pick<ServingFact, "modelVariable"> {
  if (value === undefined) return {};
  const bound = facts?.assignments.filter(({ target }) => target === value.name) ?? [];
  const written = bound.length === 1 ? bound[0]!.value : value;
  const name = /^(?:os\.)?(?:environ\[|environ\.get\(|getenv\()\s*["']([A-Z][A-Z0-9_]*)["']\s*[\])]$/.exec(
    written.text.slice(0, 120),
  )?.[1];
  return name === undefined ? {} : { modelVariable: { name, range: value.range } };
}

/** Where a value is no literal: an option's default, a look-up's default, or what a notebook's name was bound to last. */
export function otherwise(value: Value, facts: PythonFacts): Value | undefined {
  if (literalOf(value) !== undefined) return undefined;
  const fallback = value.call?.method === "get" ? value.call.args[1] : undefined;
  if (typeof literalOf(fallback) === "string") return fallback;
  // An object of BentoML's that stands for a checkpoint of the hub.
  const stored = value.call?.callee === "bentoml.models.HuggingFaceModel" ? value.call.args[0] : undefined;
  if (stored !== undefined && /^["']/.test(stored.text)) return stored;
  const settings = stored && fieldValue({ ...stored, name: stored.text.replace(/\.lower\(\)$/, "") }, facts);
  if (typeof literalOf(settings) === "string") return settings;
  const field = fieldValue(value, facts);
  if (field !== undefined && field.range.start !== value.range.start) {
    const held = otherwise(field, facts) ?? field;
    if (typeof literalOf(held) === "string") return held;
  }
  const last = lastBound(value, facts) ?? oneOfSeveral(value, facts);
  if (last !== undefined) return last;
  return optionDefault(value, facts) ?? parameterValue(value, facts) ?? lastResort(value, facts);
}

/** `MODELS[size]`, `MODELS[size]["id"]`: where the program serves whichever is asked for, the first stands for all, unless one is quantized. */
function oneOfSeveral(value: Value, facts: PythonFacts): Value | undefined {
  const written = facts.assignments.find(({ target }) => target === value.name)?.value ?? value;
  const [, name, path = ""] =
    /^([A-Za-z_]\w*)(\[[^\][]{1,60}\]|\.get\(|\.values\(\))/.exec(written.text.slice(0, 160)) ?? [];
  const held = name === undefined ? [] : facts.assignments.filter(({ target }) => target === name);
  if (held.length !== 1 || path === "") return undefined;
  const last = /\[["'](\w+)["']\]$|\]\.get\(["'](\w+)["']\)$/.exec(written.text.slice(0, 160));
  const field = last?.[1] ?? last?.[2];
  const chosen = (held[0]!.value.entries ?? []).map(({ value }) =>
    field === undefined ? value : value.entries?.find(({ key }) => key.literal === field)?.value,
  );
  const isAnyQuantized = chosen.some((one) => {
    const info = typeof one?.literal === "string" ? modelInfo(one.literal) : undefined;
    return info === undefined || info.quantization !== undefined || info.native !== undefined;
  });
  return isAnyQuantized ? undefined : chosen[0];
}
