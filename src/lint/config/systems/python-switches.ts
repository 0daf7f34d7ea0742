/** Quantization that a switch of the program turns on, and that is off by default: it does not stand here. */

import type { TextRange } from "../../finding.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import type { Settings } from "./python-values.ts";

export function withoutSwitchedOff(settings: Settings, facts: PythonFacts): void {
  for (const name of ["load-in-8bit", "load-in-4bit"]) {
    const setting = settings.get(name);
    if (setting?.value.startsWith("$") && offByDefault(setting.value.slice(1), facts.text))
      settings.delete(name);
  }
  const config = /^\$(\w+)$/.exec(settings.get("quantization-config")?.value ?? "")?.[1];
  if (config !== undefined && boundBehindSwitch(config, facts)) settings.delete("quantization-config");
}

const QUANTIZES = /quanti[sz]|load_in_[48]bit/i;

/** Quantization that is put into a dict behind it, if no switch that is off by default asks for it: `kwargs["load_in_8bit"] = True`. */
export function addedQuantization(facts: PythonFacts, held?: string): TextRange | undefined {
  const isOn = (value: Value | undefined, at: number): boolean => {
    if (value === undefined || value.literal === null || value.literal === false) return false;
    if (value.name !== undefined && boundBehindSwitch(value.name, facts)) return false;
    const condition = conditionAbove(facts.text, at);
    return condition === undefined || !offByDefault(condition, facts.text);
  };
  for (const { target, value, range } of facts.assignments) {
    const [, name, key] = /^(.+)\[["']([\w.]+)["']\]$/.exec(target) ?? [];
    const isIts = held === undefined || name === held;
    if (key !== undefined && isIts && QUANTIZES.test(key) && isOn(value, range.start)) return value.range;
  }
  for (const { method, receiver, keywords, range } of facts.calls) {
    if (held !== undefined && receiver?.name !== held) continue;
    const [, value] = [...keywords].find(([name]) => QUANTIZES.test(name)) ?? [];
    if (method === "update" && isOn(value, range.start)) return range;
  }
  return undefined;
}

/** `config = None`, and a quantization config only within `if args.load_4bit:`, which is off by default. */
export function boundBehindSwitch(name: string, facts: PythonFacts): boolean {
  const bound = facts.assignments.filter(({ target }) => target === name);
  const configs = bound.filter(({ value }) => value.literal !== null);
  return (
    configs.length > 0 &&
    (bound.length > configs.length || / else None$/.test(configs[0]!.value.text)) &&
    configs.every(({ value, range }) => {
      const condition = conditionOf(value) ?? conditionAbove(facts.text, range.start);
      return condition !== undefined && offByDefault(condition, facts.text);
    })
  );
}

/** `BitsAndBytesConfig(...) if args.load_4bit else None` */
function conditionOf({ text }: Value): string | undefined {
  return /\) if ([\w.]+) else None$/.exec(text)?.[1];
}

/** The condition of the `if` that a statement is directly within. */
function conditionAbove(text: string, at: number): string | undefined {
  return /^\s*(?:el)?if ([\w.]+)(?: and [^:]+)?:/.exec(lineAround(text, at) ?? "")?.[1];
}

/** What is loaded in 16 bits where a quantized load failed. */
export function isFallback({ range }: Call, { calls, text }: PythonFacts): boolean {
  return (
    /^\s*except\b/.test(lineAround(text, range.start) ?? "") &&
    calls.some(
      (one) =>
        one.method === "from_pretrained" &&
        one.range.end < range.start &&
        [...one.keywords].some(([name, value]) => QUANTIZES.test(name) && value.literal !== false),
    )
  );
}

/** The line that begins the block around a statement. */
export function lineAround(text: string, at: number): string | undefined {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const indent = text.slice(start).search(/\S/);
  const above = text
    .slice(Math.max(0, start - 800), start)
    .split("\n")
    .reverse();
  return above.find((line) => line.trim() !== "" && line.search(/\S/) < indent);
}

/** A parameter with the default False, a switch of the command line that stores true, or a variable of the environment. */
function offByDefault(written: string, text: string): boolean {
  const name = written.slice(written.lastIndexOf(".") + 1);
  if (!/^\w+$/.test(name)) return false;
  return (
    new RegExp(`\\b${name}\\s*(?::\\s*bool\\s*)?=\\s*False`).test(text) ||
    new RegExp(
      `\\b${name}\\s*=[^\\n]*(?:getenv|environ\\.get)\\(\\s*["']\\w+["']\\s*,\\s*["'](?:false|no|off|0)?["']`,
      "i",
    ).test(text) ||
    new RegExp(
      `["']--${name.replaceAll("_", "[-_]")}["'][^)]{0,200}(?:store_true|default\\s*=\\s*False)`,
    ).test(text)
  );
}
