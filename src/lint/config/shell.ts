/**
 * Shell scripts, as far as launching a server needs them: words with quotes, continuations (also PowerShell's and cmd's),
 * variables with literal values, arrays, defaults of `${NAME:-value}`, here-documents skipped; of PowerShell also `$name =`,
 * `$env:NAME`, `@(...)` with its splatting and block comments, of cmd `%NAME%`. Nothing is executed.
 */

import type { TextRange } from "../finding.ts";
import { MAX_CONFIG_TEXT } from "./tree.ts";
import { afterInShell, endOf, type Word } from "./words.ts";

export interface ShellCommand {
  /** `NAME=value` before the command. */
  environment: Map<string, Word>;
  words: Word[];
  range: TextRange;
}

export interface ShellScript {
  commands: ShellCommand[];
  /** Variables with literal values, by name: the last assignment above each use counts, this is the last of all. */
  variables: Map<string, Word>;
  /** Bodies of here-documents: manifests are often written so. */
  hereDocuments: HereDocument[];
}

export interface HereDocument {
  text: string;
  start: number;
  /** The program that reads it. */
  reader: string;
  /** With its mark in quotes it holds no variables of the script's. */
  expands: boolean;
}

type Dialect = "sh" | "powershell" | "cmd";

const OPERATORS = new Set([";", "&", "|", "\n", "(", ")", "<", ">"]);
const KEYWORDS = new Set([
  "if",
  "then",
  "else",
  "elif",
  "fi",
  "do",
  "done",
  "while",
  "until",
  "{",
  "}",
  "!",
  "time",
  "case",
  "esac",
  "in",
  "function",
]);
const MAX_COMMANDS = 4_000;
/** What a template or a justfile puts in. */
const HOLE = /^\{\{\s*([A-Za-z_][\w.-]*)\s*\}\}/;

interface PendingHere extends Pick<HereDocument, "reader" | "expands"> {
  mark: string;
}

interface Scan {
  text: string;
  offset: number;
  at: number;
  dialect: Dialect;
  /** Within `@(...)` of PowerShell a comma ends a word. */
  inList?: boolean;
  /** In a here-document single quotes keep no variable from being put in. */
  inHere?: boolean;
}

/**
 * Reads a script; `offset` is added to every place. Never throws.
 *
 * @param given variables that it is started with
 * @param inHere in a here-document whose variables are put in before
 */
export function readShell(
  text: string,
  offset = 0,
  dialect: Dialect = "sh",
  given: ReadonlyMap<string, Word> = new Map(),
  inHere = false,
): ShellScript {
  const script: ShellScript = { commands: [], variables: new Map(given), hereDocuments: [] };
  if (text.length > MAX_CONFIG_TEXT) return script;
  const arrays = new Map<string, Word[]>();
  const scan: Scan = { text, offset, at: 0, dialect, inHere };
  let current: ShellCommand | undefined;
  const pendingHere: PendingHere[] = [];

  const finish = (): void => {
    if (current !== undefined) {
      const command = current;
      if (command.words.length === 0)
        for (const [name, word] of command.environment) {
          // What an option of the script may set has its default until then: `-m) MODEL="$2" ;;`.
          const isOption = !word.known && /^\$(?:\d|OPTARG\b|\{\d)/.test(word.value);
          if (!isOption || script.variables.get(name)?.known !== true) script.variables.set(name, word);
        }
      else if (script.commands.length < MAX_COMMANDS) script.commands.push(command);
      if (/^(export|declare|local|readonly|set)$/.test(command.words[0]?.value ?? ""))
        for (const word of command.words.slice(1)) {
          const assigned = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(word.value);
          if (assigned !== null)
            script.variables.set(assigned[1]!, {
              ...word,
              value: assigned[2]!,
              range: endOf(word, assigned[2]!),
            });
        }
    }
    current = undefined;
  };

  while (scan.at < text.length) {
    const c = text[scan.at]!;
    if (c === " " || c === "\t" || c === "\r") scan.at++;
    else if (continues(scan)) scan.at = lineAfter(text, scan.at);
    else if (c === "<" && dialect === "powershell" && text[scan.at + 1] === "#") skipBlockComment(scan);
    else if (c === "#" && (scan.at === 0 || /[\s;(]/.test(text[scan.at - 1]!))) skipLine(scan);
    else if (c === "\n") {
      finish();
      scan.at++;
      while (pendingHere.length > 0) skipHere(scan, pendingHere.shift()!, script);
    } else if (c === "<" && text.startsWith("<<", scan.at) && !text.startsWith("<<<", scan.at)) {
      const here = /^<<-?\s*(["']?)([A-Za-z_]\w*)\1/.exec(text.slice(scan.at, scan.at + 80));
      if (here !== null)
        pendingHere.push({
          mark: here[2]!,
          reader: current?.words[0]?.value ?? "",
          expands: here[1] === "",
        });
      scan.at += here?.[0].length ?? 2;
    } else if ((c === ">" || c === "<") && current !== undefined) {
      scan.at++;
      while (/[>&<\s]/.test(text[scan.at] ?? "") && text[scan.at] !== "\n") scan.at++;
      if (scan.at < text.length && !OPERATORS.has(text[scan.at]!)) readWord(scan, script.variables);
    } else if (OPERATORS.has(c)) {
      finish();
      scan.at++;
    } else {
      const start = scan.at;
      if (dialect === "powershell" && current === undefined && readAssignment(scan, script.variables, arrays))
        continue;
      const array = /^([A-Za-z_]\w*)(\+?)=\(/.exec(text.slice(start, start + 120));
      if (array !== null) {
        scan.at += array[0].length;
        const items = readArray(scan, script.variables);
        arrays.set(array[1]!, [...(array[2] === "+" ? (arrays.get(array[1]!) ?? []) : []), ...items]);
        continue;
      }
      const word = readWord(scan, script.variables);
      if (scan.at === start) {
        scan.at++;
        continue;
      }
      current ??= { environment: new Map(), words: [], range: { ...word.range } };
      current.range.end = word.range.end;
      if (current.words.length === 0) {
        const assigned = /^\$?([A-Za-z_]\w*)=([\s\S]*)$/.exec(word.value);
        if (assigned !== null) {
          current.environment.set(assigned[1]!, {
            ...word,
            value: assigned[2]!,
            range: endOf(word, assigned[2]!),
          });
          continue;
        }
        if (KEYWORDS.has(word.value)) {
          current = undefined;
          continue;
        }
        current.range.start = word.range.start;
      }
      const source = text.slice(start, scan.at);
      const spread =
        /^"?\$[{(]?([A-Za-z_]\w*)(?:\[[@*]\])?[})]?"?$/.exec(source) ??
        (dialect === "powershell" ? /^@([A-Za-z_]\w*)$/.exec(source) : null);
      const list = spread === null ? undefined : arrays.get(spread[1]!);
      if (list !== undefined) current.words.push(...list);
      else if (spread !== null && !source.startsWith('"') && word.known && /\s/.test(word.value))
        current.words.push(
          ...word.value
            .trim()
            .split(/\s+/)
            .map((value) => ({ ...word, value })),
        );
      else current.words.push(word);
    }
  }
  finish();
  return script;
}

/** `$name = value`, `[type]$name = value` and `$env:NAME = value` of PowerShell; false where none stands. */
function readAssignment(scan: Scan, variables: Map<string, Word>, arrays: Map<string, Word[]>): boolean {
  const near = scan.text.slice(scan.at, scan.at + 300);
  // The parameters of a script are assignments with commas between them: `param([string]$Model = "org/name", ...)`.
  const parameters = /^param\s*\(/i.exec(near);
  if (parameters !== null) {
    scan.at += parameters[0].length;
    readParameters(scan, variables, arrays);
    return true;
  }
  const head = /^(?:\[[\w.]+(?:\[\])?\][ \t]*)?\$(?:env:)?([A-Za-z_]\w*)[ \t]*=[ \t]*(?!=)(@\()?/i.exec(near);
  if (head === null) return false;
  scan.at += head[0].length;
  if (head[2] !== undefined) {
    arrays.set(head[1]!, readArray({ ...scan, inList: true }, variables, scan));
    return true;
  }
  // `if ($env:MODEL) { $env:MODEL } else { "org/name" }` is a default; `Join-Path $Root "bin/python.exe"` ends in its file.
  const before =
    /^if[ \t]*\([^\n{}]{1,100}\)\s*\{\s*\$[\w:]+\s*\}\s*else\s*\{\s*|^Join-Path[ \t]+\S+[ \t]+(?=["'])/i.exec(
      near.slice(head[0].length),
    );
  scan.at += before?.[0].length ?? 0;
  variables.set(head[1]!, readWord(scan, variables));
  return true;
}

function readParameters(scan: Scan, variables: Map<string, Word>, arrays: Map<string, Word[]>): void {
  const inner: Scan = { ...scan, inList: true };
  for (let depth = 0; inner.at < inner.text.length; ) {
    const c = inner.text[inner.at]!;
    if (c === "#") skipLine(inner);
    else if (/[[$]/.test(c) && readAssignment(inner, variables, arrays)) continue;
    else if (c === '"' || c === "'") readWord(inner, variables);
    else {
      inner.at++;
      if (c === "(") depth++;
      else if (c === ")" && --depth < 0) break;
    }
  }
  scan.at = inner.at;
}

function skipBlockComment(scan: Scan): void {
  const end = scan.text.indexOf("#>", scan.at + 2);
  scan.at = end < 0 ? scan.text.length : end + 2;
}

/** At a continuation: a backslash (PowerShell: backtick; cmd: caret) that ends its line. */
function continues(scan: Scan): boolean {
  const c = scan.text[scan.at];
  const mark = scan.dialect === "powershell" ? "`" : scan.dialect === "cmd" ? "^" : "\\";
  return (c === mark || c === "\\") && /^[ \t]*(?:\r?\n|$)/.test(scan.text.slice(scan.at + 1, scan.at + 40));
}

function lineAfter(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}

function skipLine(scan: Scan): void {
  const end = scan.text.indexOf("\n", scan.at);
  scan.at = end < 0 ? scan.text.length : end;
}

function skipHere(scan: Scan, { mark, ...here }: PendingHere, script: ShellScript): void {
  const start = scan.at;
  while (scan.at < scan.text.length) {
    const next = lineAfter(scan.text, scan.at);
    const line = scan.text.slice(scan.at, next).trim();
    const lineStart = scan.at;
    scan.at = next;
    if (line === mark) {
      script.hereDocuments.push({
        text: scan.text.slice(start, lineStart),
        start: start + scan.offset,
        ...here,
      });
      return;
    }
  }
}

/** @param outer the scan that goes on behind the array */
function readArray(scan: Scan, variables: ReadonlyMap<string, Word>, outer = scan): Word[] {
  const items: Word[] = [];
  while (scan.at < scan.text.length && scan.text[scan.at] !== ")") {
    const c = scan.text[scan.at]!;
    if (/\s/.test(c) || (c === "," && scan.inList)) scan.at++;
    else if (c === "#") skipLine(scan);
    else if (continues(scan)) scan.at = lineAfter(scan.text, scan.at);
    else {
      const before = scan.at;
      const word = readWord(scan, variables);
      if (scan.at === before) scan.at++;
      else items.push(word);
    }
  }
  outer.at = scan.at + 1;
  return items;
}

/** One word with its quotes resolved and literal variables put in. */
function readWord(scan: Scan, variables: ReadonlyMap<string, Word>): Word {
  const { text } = scan;
  const start = scan.at;
  let value = "";
  let known = true;
  let expanded = false;
  let quote: '"' | "'" | undefined;
  while (scan.at < text.length) {
    const c = text[scan.at]!;
    const hole = c === "{" && quote !== "'" ? HOLE.exec(text.slice(scan.at, scan.at + 80)) : null;
    if (hole !== null) {
      const word = variables.get(hole[1]!);
      value += word?.known ? word.value : hole[0];
      expanded ||= word?.known === true;
      known &&= word?.known === true;
      scan.at += hole[0].length;
      continue;
    }
    if (quote === undefined && (/\s/.test(c) || OPERATORS.has(c))) break;
    if (quote === undefined && (continues(scan) || (c === "," && scan.inList))) break;
    const named =
      scan.dialect !== "sh" && quote !== "'" && (c === "$" || c === "%")
        ? variableOfWindows(scan)
        : undefined;
    if (named !== undefined) {
      const word = variables.get(named.name);
      value += word?.known ? word.value : named.source;
      expanded ||= word?.known === true;
      known &&= word?.known === true;
      scan.at += named.source.length;
      continue;
    }
    if (quote === undefined && (c === '"' || c === "'")) {
      quote = c;
      scan.at++;
    } else if (c === quote) {
      quote = undefined;
      scan.at++;
    } else if (c === "\\" && quote !== "'" && scan.dialect === "sh") {
      value += text[scan.at + 1] === "\n" ? "" : (text[scan.at + 1] ?? "");
      scan.at += 2;
    } else if (c === "$" && (quote !== "'" || scan.inHere)) {
      const part = expansion(text, scan.at, variables);
      value += part.value;
      expanded ||= part.value !== text.slice(scan.at, part.end);
      known &&= part.known;
      scan.at = part.end;
    } else if (c === "`" && quote !== "'" && scan.dialect === "sh") {
      known = false;
      const end = text.indexOf("`", scan.at + 1);
      scan.at = end < 0 ? text.length : end + 1;
    } else {
      value += c;
      scan.at++;
    }
  }
  scan.at = Math.min(scan.at, text.length);
  const range = { start: start + scan.offset, end: scan.at + scan.offset };
  return { value, range, known, after: afterInShell(range.end), ...(expanded ? { expanded } : {}) };
}

/** `$env:NAME` of PowerShell, `%NAME%` of cmd. */
function variableOfWindows({ text, at, dialect }: Scan): { name: string; source: string } | undefined {
  const pattern =
    dialect === "powershell" && text[at] === "$"
      ? /^\$\{?env:([A-Za-z_]\w*)\}?/i
      : dialect === "cmd" && text[at] === "%"
        ? /^%([A-Za-z_]\w*)%/
        : undefined;
  const match = pattern?.exec(text.slice(at, at + 120));
  return match ? { name: match[1]!, source: match[0] } : undefined;
}

/** `$NAME`, `${NAME}`, `${NAME:-default}`, `$(...)`; unknown ones keep their text. */
function expansion(
  text: string,
  at: number,
  variables: ReadonlyMap<string, Word>,
): { value: string; known: boolean; end: number } {
  if (text[at + 1] === "(") {
    let depth = 0;
    let end = at + 1;
    for (; end < text.length; end++) {
      if (text[end] === "(") depth++;
      else if (text[end] === ")" && --depth === 0) break;
    }
    // Kubernetes writes $(NAME) for a variable of the container.
    const name = /^\$\(([A-Za-z_]\w*)\)$/.exec(text.slice(at, end + 1))?.[1];
    const word = name === undefined ? undefined : variables.get(name);
    return word?.known
      ? { value: word.value, known: true, end: end + 1 }
      : { value: text.slice(at, end + 1), known: false, end: end + 1 };
  }
  const near = text.slice(at, at + 400);
  // Without a brace that closes it the pattern would try every way to share what follows.
  const braced = near.includes("}") ? /^\$\{([A-Za-z_]\w*|\d)(?::?([-=+?])([^}]*))?[^}]*\}/.exec(near) : null;
  if (braced !== null) {
    const end = at + braced[0].length;
    const word = variables.get(braced[1]!);
    if (word?.known && word.value !== "") return { value: word.value, known: true, end };
    if (word !== undefined && endsKnown(word)) return { value: word.value, known: false, end };
    if ((braced[2] === "-" || braced[2] === "=") && !braced[3]!.includes("$"))
      return { value: braced[3]!.replace(/^["']|["']$/g, ""), known: true, end };
    return { value: braced[0], known: false, end };
  }
  const plain = /^\$([A-Za-z_]\w*|[\d@*#?$!-])/.exec(text.slice(at, at + 120));
  if (plain === null) return { value: "$", known: true, end: at + 1 };
  const word = variables.get(plain[1]!);
  const end = at + plain[0].length;
  if (word !== undefined && endsKnown(word)) return { value: word.value, known: false, end };
  return word?.known ? { value: word.value, known: true, end } : { value: plain[0], known: false, end };
}

/** A path whose folder is not known and whose last part is: `$HOME/models/llama-2-7b`, `$(pwd)/llama-2-7b`. */
function endsKnown(word: Word): boolean {
  return !word.known && word.value.length < 400 && /\/[^/$`{}()\s]+$/.test(word.value);
}
