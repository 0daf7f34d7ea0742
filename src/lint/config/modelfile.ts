/** Ollama's Modelfile: one instruction a line. */

import type { TextRange } from "../finding.ts";

export interface ModelfileInstruction {
  name: string;
  nameRange: TextRange;
  value: string;
  range: TextRange;
}

/** FROM, PARAMETER, ADAPTER... with their values; the bodies of TEMPLATE and SYSTEM are skipped. */
export function readModelfile(text: string): ModelfileInstruction[] {
  const found: ModelfileInstruction[] = [];
  const blanked = text.replace(/"""[\s\S]*?(?:"""|$)/g, (body) => body.replace(/[^\n]/g, " "));
  for (const match of blanked.matchAll(
    /^[ \t]*(FROM|PARAMETER|ADAPTER|LICENSE|MESSAGE|TEMPLATE|SYSTEM)[ \t]+([^\r\n]*)/gim,
  )) {
    const [whole, name = "", raw = ""] = match;
    const value = raw.trim();
    const nameStart = match.index + whole.indexOf(name);
    const start = match.index + whole.length - raw.length + (raw.length - raw.trimStart().length);
    found.push({
      name: name.toUpperCase(),
      nameRange: { start: nameStart, end: nameStart + name.length },
      value,
      range: { start, end: start + value.length },
    });
  }
  return found;
}
