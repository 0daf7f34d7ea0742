/** Comments of configuration files, and switches that stand commented out in them. */

import type { ServingFact } from "../facts.ts";
import type { TextRange } from "../finding.ts";

export interface Comment {
  text: string;
  range: TextRange;
}

/** `#` comments (also those of shell text within YAML), or `//` and block comments of JSON. */
export function readComments(text: string, style: "hash" | "slashes" | "batch"): Comment[] {
  const found: Comment[] = [];
  const pattern =
    style === "hash"
      ? /(^|[ \t])(#[^\r\n]*)/gm
      : style === "batch"
        ? /(^[ \t]*)((?:rem\b|::|#)[^\r\n]*)/gim
        : /(^|[ \t,[{])(\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)/gm;
  for (const match of text.matchAll(pattern)) {
    const start = match.index + match[1]!.length;
    const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
    // An odd number of quotes before it: it stands in a string.
    if (((line.match(/"/g)?.length ?? 0) | (line.match(/'/g)?.length ?? 0)) % 2 === 1) continue;
    found.push({ text: match[2]!, range: { start, end: start + match[2]!.length } });
  }
  return found;
}

const SWITCH =
  /^(?:#+|\/\/)[\s,&-]*["']?(?:-{1,2})?(?:(?!option\.)[A-Za-z_]\w*\.)?((?:option\.)?[A-Za-z][\w.-]*)["']?\s*(?:[=:]|\s|["'],\s*["'])\s*["']?([^"'\s,\\#}]*)/;

/**
 * Switches in comments near a fact: within it and up to a few lines around. Names as the system writes them; underscores
 * become dashes unless the name is an environment variable.
 */
export function commentedOutNear(
  comments: readonly Comment[],
  names: readonly string[],
  fact: Pick<ServingFact, "range" | "model" | "settings">,
  text: string,
): ServingFact["commentedOut"] {
  const places = [
    fact.range,
    ...(fact.model ? [fact.model.range] : []),
    ...[...fact.settings.values()].map((s) => s.range),
  ];
  const first = linesAway(text, Math.min(...places.map((place) => place.start)), -6);
  const last = linesAway(text, Math.max(...places.map((place) => place.end)), 6);
  const found = new Map<string, { value: string; range: TextRange }>();
  for (const comment of comments) {
    if (comment.range.start < first || comment.range.end > last) continue;
    const match = SWITCH.exec(comment.text);
    // `# QUANTIZATION=` is an empty place, no switch.
    if (match === null || /[=:]\s*$/.test(comment.text)) continue;
    const name = /^[A-Z_]+$/.test(match[1]!)
      ? match[1]!
      : match[1]!.replace(/^option\./, "").replaceAll("_", "-");
    if (!names.some((one) => one === name || one.replaceAll("_", "-") === name)) continue;
    found.set(name, { value: match[2]!, range: comment.range });
  }
  return found;
}

function linesAway(text: string, offset: number, lines: number): number {
  let at = Math.min(Math.max(0, offset), text.length);
  for (let i = 0; i < Math.abs(lines) && at > 0 && at < text.length; i++)
    at = lines < 0 ? text.lastIndexOf("\n", at - 1) : text.indexOf("\n", at + 1);
  return at < 0 ? (lines < 0 ? 0 : text.length) : at;
}
