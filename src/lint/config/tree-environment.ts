/** Environments in a tree, and what is added to them. */

import type { TextRange } from "../finding.ts";
import type { Setting } from "./launch.ts";
import { entriesOf, entryOf, itemsOf, type MapNode, type ScalarNode, scalarAt } from "./tree.ts";

/** `env: [{name, value}]`, `environment: {A: b}`, `environment: [A=b]`, `Environment`, `env_vars`. */
export function environmentOf(node: MapNode): Map<string, Setting> {
  const environment = new Map<string, Setting>();
  for (const key of ["env", "environment", "Environment", "env_vars", "envs", "environment_variables"]) {
    const value = entryOf(node, key)?.value;
    for (const entry of entriesOf(value))
      if (entry.value.kind === "scalar") environment.set(entry.key, setting(entry.value, entry.keyRange));
    for (const item of itemsOf(value)) {
      const name = scalarAt(item, "name") ?? scalarAt(item, "Name") ?? scalarAt(item, "key");
      const held = scalarAt(item, "value") ?? scalarAt(item, "Value");
      if (name !== undefined && held !== undefined) environment.set(name.value, setting(held, name.range));
      if (item.kind !== "scalar") continue;
      const pair = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(item.value);
      if (pair === null) continue;
      const start = item.content.start + pair[1]!.length + 1;
      environment.set(pair[1]!, {
        ...withDefault(pair[2]!, item.known),
        range: { start, end: Math.max(start, item.content.start + item.content.text.length) },
        keyRange: { start: item.content.start, end: start - 1 },
      });
    }
  }
  return environment;
}

function setting(value: ScalarNode, keyRange: TextRange): Setting {
  return { ...withDefault(value.value, value.known), range: value.range, keyRange };
}

/** `${NAME:-default}` gives its default; another variable is unknown. */
function withDefault(value: string, known: boolean): { value: string; known: boolean } {
  const fallback = /^\$\{\w+:?-([^}$]*)\}$/.exec(value)?.[1];
  if (fallback !== undefined) return { value: fallback, known };
  return { value, known: known && !/\$\{|\$[A-Za-z_(]/.test(value) };
}

/** Adds a variable in the form that the others have. */
export function insertVariable(
  node: MapNode,
  name: string,
  value: string,
  text: string,
): { range: TextRange; newText: string } | undefined {
  for (const key of ["env", "environment", "Environment", "env_vars"]) {
    const held = entryOf(node, key)?.value;
    if (held?.kind === "map" && held.entries.length > 0) {
      const last = held.entries.at(-1)!;
      return insertEntry(last.keyRange, last.value.range, name, value, held.flow, text);
    }
    const last = held?.kind === "list" ? held.items.at(-1) : undefined;
    if (held?.kind !== "list" || last === undefined) continue;
    const end =
      last.kind === "map" ? (last.entries.at(-1)?.value.range.end ?? last.range.end) : last.range.end;
    const pairs = last.kind === "map";
    if (held.flow)
      return {
        range: { start: last.range.end, end: last.range.end },
        newText: pairs
          ? `, {"name": ${JSON.stringify(name)}, "value": ${JSON.stringify(value)}}`
          : `, ${JSON.stringify(`${name}=${value}`)}`,
      };
    const lineStart = text.lastIndexOf("\n", last.range.start - 1) + 1;
    const dash = text.slice(lineStart, last.range.start).lastIndexOf("-");
    if (dash < 0) return undefined;
    const indent = " ".repeat(dash);
    const newText = pairs
      ? `\n${indent}- name: ${name}\n${indent}  value: ${JSON.stringify(value)}`
      : `\n${indent}- ${name}=${value}`;
    return { range: { start: end, end }, newText };
  }
  return undefined;
}

/** Adds `name: value` after an entry, in block or flow form. */
export function insertEntry(
  keyRange: TextRange,
  valueRange: TextRange,
  name: string,
  value: string,
  flow: boolean,
  text: string,
): { range: TextRange; newText: string } {
  const start = Math.max(valueRange.end, keyRange.end);
  const lineStart = text.lastIndexOf("\n", keyRange.start - 1) + 1;
  const lead = text.slice(lineStart, keyRange.start);
  if (flow) {
    const quote = text[keyRange.start] === '"' ? '"' : "";
    const newLine = /^[ \t]*$/.test(lead) ? `\n${lead}` : " ";
    return {
      range: { start, end: start },
      newText: `,${newLine}${quote}${name}${quote}: ${quote === "" && /^[\w.-]+$/.test(value) ? value : JSON.stringify(value)}`,
    };
  }
  // In `- key: value` the next key stands below the first.
  const indent = lead.replace(/-/g, " ");
  const plain = /^[\w.-]+$/.test(value) ? value : JSON.stringify(value);
  return { range: { start, end: start }, newText: `\n${indent}${name}: ${plain}` };
}
