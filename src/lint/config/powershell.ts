/** What PowerShell writes otherwise: assignments, parameters of a script, block comments. */

import { readArray, readWord, type Scan, skipLine } from "./shell-words.ts";
import type { Word } from "./words.ts";

/** `$name = value`, `[type]$name = value` and `$env:NAME = value` of PowerShell; false where none stands. */
export function readAssignment(
  scan: Scan,
  variables: Map<string, Word>,
  arrays: Map<string, Word[]>,
): boolean {
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

export function skipBlockComment(scan: Scan): void {
  const end = scan.text.indexOf("#>", scan.at + 2);
  scan.at = end < 0 ? scan.text.length : end + 2;
}
