/** Switches for lower precision that a program has and never turns on: parameters that are False by default. */

import type { Call, PythonFacts } from "../python/python-facts.ts";

/** Each is looked for in the whole code. */
const MOST_SWITCHES = 20;
const NAMES = /(?<!BuilderFlag\.)\b\w*(?:fp16|half|int8|bf16|fp8)\w*\b/gi;

/**
 * True when each switch that the code names is a parameter that is False wherever it is said, and no option of the command
 * line is called so.
 *
 * @param code without comments
 * @param call what the switch would lower; its function must be called here, or others of the project may turn it on
 */
export function staysOff(code: string, call: Call, facts: PythonFacts): boolean {
  const names = new Set([...code.matchAll(NAMES)].map(([name]) => name));
  return (
    names.size > 0 &&
    names.size <= MOST_SWITCHES &&
    [...names].every((name) => isOff(name, code, call, facts))
  );
}

const SWITCH = /\b(?:self\.)?(\w+)[ \t]*(?::[ \t]*bool[ \t]*)?=[ \t]*(?:(False)\b|(?:self\.|args\.)?\1\b)/g;
const BITS = /fp16|float16|half|int8|bf16|fp8|quantiz/i;

/** The code without switches that are False where they are given, and only handed on elsewhere: `is_float16=False`. */
export function withoutFalseSwitches(code: string): string {
  const isSwitch = (name: string) => BITS.test(name);
  const off = new Set(
    [...code.matchAll(SWITCH)].flatMap(([, name = "", isFalse]) => (isFalse && isSwitch(name) ? name : [])),
  );
  return off.size === 0 ? code : code.replace(SWITCH, (text, name: string) => (off.has(name) ? "" : text));
}

function isOff(name: string, code: string, { inFunction }: Call, facts: PythonFacts): boolean {
  const { calls, assignments, strings } = facts;
  const callers = calls.filter(({ method }) => method === inFunction);
  return (
    inFunction !== undefined &&
    callers.length > 0 &&
    new RegExp(`\\b${name}\\s*(?::\\s*bool\\s*)?=\\s*False\\s*[,)]`).test(code) &&
    !callers.some(
      ({ args, hasUnknownArguments }) => hasUnknownArguments || args.some(({ literal }) => literal === true),
    ) &&
    calls.every(({ keywords }) => {
      const given = keywords.get(name);
      return given === undefined || given.literal === false || given.name === name;
    }) &&
    !assignments.some(({ target }) => target === name) &&
    !strings.some(({ value }) => value.startsWith("--") && value.replaceAll("-", "_").includes(name))
  );
}
