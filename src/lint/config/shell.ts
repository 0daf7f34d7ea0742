/**
 * Shell scripts, as far as launching a server needs them: words with quotes, continuations (also PowerShell's and cmd's),
 * variables with literal values, arrays, defaults of `${NAME:-value}`, here-documents skipped; of PowerShell also `$name =`,
 * `$env:NAME`, `@(...)` with its splatting and block comments, of cmd `%NAME%`. Nothing is executed.
 */

import type { TextRange } from "../finding.ts";
import { readAssignment, skipBlockComment } from "./powershell.ts";
import { bindLoop, bindParameters, freeParameters } from "./shell-functions.ts";
import {
  continues,
  type Dialect,
  lineAfter,
  OPERATORS,
  readArray,
  readWord,
  type Scan,
  skipLine,
} from "./shell-words.ts";
import { MAX_CONFIG_TEXT } from "./tree.ts";
import { endOf, type Word } from "./words.ts";

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
interface PendingHere extends Pick<HereDocument, "reader" | "expands"> {
  mark: string;
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
      bindLoop(command, script.variables);
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
      if (c === "(" && text[scan.at + 1] === ")") bindParameters(scan, current, script.variables);
      finish();
      scan.at++;
    } else if (c === "}" && (scan.at === 0 || text[scan.at - 1] === "\n")) {
      finish();
      freeParameters(script.variables);
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
