/** Words of shells: quotes resolved, continuations taken together, literal variables put in. */

import { afterInShell, type Word } from "./words.ts";

export type Dialect = "sh" | "powershell" | "cmd";

export const OPERATORS = new Set([";", "&", "|", "\n", "(", ")", "<", ">"]);
/** What a template or a justfile puts in. */
const HOLE = /^\{\{\s*([A-Za-z_][\w.-]*)\s*\}\}/;

/** Where a reader stands in a script. */
export interface Scan {
  text: string;
  offset: number;
  at: number;
  dialect: Dialect;
  /** Within `@(...)` of PowerShell a comma ends a word. */
  inList?: boolean;
  /** In a here-document single quotes keep no variable from being put in. */
  inHere?: boolean;
}

/** At a continuation: a backslash (PowerShell: backtick; cmd: caret) that ends its line. */
export function continues(scan: Scan): boolean {
  const c = scan.text[scan.at];
  const mark = scan.dialect === "powershell" ? "`" : scan.dialect === "cmd" ? "^" : "\\";
  return (c === mark || c === "\\") && /^[ \t]*(?:\r?\n|$)/.test(scan.text.slice(scan.at + 1, scan.at + 40));
}

export function lineAfter(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}

export function skipLine(scan: Scan): void {
  const end = scan.text.indexOf("\n", scan.at);
  scan.at = end < 0 ? scan.text.length : end;
}

/**
 * The items of an array, to its closing bracket.
 *
 * @param outer the scan that goes on behind the array
 */
export function readArray(scan: Scan, variables: ReadonlyMap<string, Word>, outer = scan): Word[] {
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
export function readWord(scan: Scan, variables: ReadonlyMap<string, Word>): Word {
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
