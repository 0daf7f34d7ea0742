/** Commands in a tree as words: lists, strings and maps of switches, with the variables that stand beside them. */

import { pattern } from "../pattern.ts";
import { splitItem } from "./launch-arguments.ts";
import { readShell } from "./shell.ts";
import { type ConfigNode, type ListNode, type ScalarNode, scalarAt } from "./tree.ts";
import type { Word } from "./words.ts";

/** A string that starts a server; read as shell wherever it stands. */
export const LAUNCH_TEXT = pattern()`
  \b(
    vllm serve|vllm\.entrypoints|api_server|sglang|text-generation-launcher|text-embeddings-router|
    llama-server|llama_cpp|ollama (run|pull|serve)|tritonserver|trtexec|trtllm-serve|trtllm-build|
    lmdeploy serve|docker run|podman run|fastchat\.serve|infinity_emb|xinference launch|openllm|
    local-ai run|mlc_llm serve|aphrodite|lightllm\.server|mistralrs-server|litgpt serve|optimum-cli export|
    mlx_v?lm|maxengine_server|jetstream_pt|jpt serve|dynamo\.(?:vllm|sglang)
  )\b
`;

/** A command as words: a list, one string, or a map of switches. */
export function commandWords(node: ConfigNode, text: string, variables: ReadonlyMap<string, Word>): Word[] {
  if (node.kind === "map")
    return node.entries.flatMap((entry) => {
      const key: Word = { value: `--${entry.key}`, range: entry.keyRange, known: true };
      if (entry.value.kind !== "scalar") return [key];
      return [key, { value: entry.value.value, range: entry.value.range, known: entry.value.known }];
    });
  if (node.kind === "scalar") {
    if (
      node.style === "literal" &&
      node.value.includes("\n") &&
      /^\s*\S+.*\n\s*[^-\s]/.test(node.value) &&
      !node.value.includes("\\\n")
    )
      return [{ value: node.value, range: node.range, known: node.known }];
    const script = readShell(node.content.text.replace(/\n/g, " "), node.content.start);
    return script.commands.length > 1 && LAUNCH_TEXT.test(node.value)
      ? [{ value: node.value, range: node.range, known: node.known }]
      : (script.commands[0]?.words ?? []).map((word) => substitute(word, variables));
  }
  return node.items.flatMap((item) => {
    if (item.kind !== "scalar") return namedSwitch(item);
    const word: Word = {
      value: item.value,
      range: item.range,
      known: item.known,
      after: afterItem(node, item, text),
    };
    const substituted = substitute(word, variables);
    return /^--[\w-]+[ \t]+\S/.test(substituted.value) && !substituted.value.includes("\n")
      ? splitItem(substituted)
      : [substituted];
  });
}

/** `{name: "--model-id", value: "org/model"}`, as charts list them. */
function namedSwitch(item: ConfigNode): Word[] {
  const name = scalarAt(item, "name");
  const value = scalarAt(item, "value");
  if (name === undefined || value === undefined || !name.value.startsWith("-")) return [];
  return [name, value].map(({ value, range, known }) => ({ value, range, known }));
}

/** `$(NAME)`, `$NAME` and `${NAME:-default}` of the same container. */
function substitute(word: Word, variables: ReadonlyMap<string, Word>): Word {
  if (!word.value.includes("$") || word.value.includes("\n")) return word;
  let known = word.known;
  const value = word.value.replace(
    /\$\((\w+)\)|\$\{(\w+)(?::?-([^}]*))?\}|\$\$?(\w+)/g,
    (whole, a?: string, b?: string, fallback?: string, c?: string) => {
      const found = variables.get(a ?? b ?? c ?? "");
      if (found?.known === false) known = false;
      if (found !== undefined) return found.value;
      if (fallback !== undefined) return fallback;
      known = false;
      return whole;
    },
  );
  return { ...word, value, known };
}

/** More items after an item: on a line of their own, or behind a comma in `[a, b]`. */
function afterItem(list: ListNode, item: ScalarNode, text: string): Word["after"] {
  return (words) => {
    const end = item.range.end;
    if (list.flow)
      return {
        range: { start: end, end },
        newText: words.map((word) => `, ${JSON.stringify(word)}`).join(""),
      };
    const lineStart = text.lastIndexOf("\n", item.range.start - 1) + 1;
    const lead = /^([ \t]*(?:- +)*)/.exec(text.slice(lineStart, item.range.start))?.[1] ?? "";
    const dash = lead.lastIndexOf("-");
    if (dash < 0 || item.style === "literal" || item.style === "folded")
      return { range: { start: end, end }, newText: "" };
    const indent = `${" ".repeat(dash)}- `;
    return {
      range: { start: end, end },
      newText: words
        .map((word) => `\n${indent}${/^[\w./-][\w./=:-]*$/.test(word) ? word : JSON.stringify(word)}`)
        .join(""),
    };
  };
}
