/** Small facts, findings and rules made by hand, for what is not about reading. */

import type { Facts } from "../../../src/lint/facts.ts";
import type { Finding } from "../../../src/lint/finding.ts";
import { findingOf, type Rule } from "../../../src/lint/rule.ts";

export function factsOf(text: string, more: Partial<Facts> = {}): Facts {
  const comments = [...text.matchAll(/#[^\n]*/g)].map((match) => ({
    text: match[0],
    range: { start: match.index, end: match.index + match[0].length },
  }));
  return {
    kind: "config",
    format: "yaml",
    file: "a.yaml",
    text,
    comments,
    serving: [],
    written: [],
    isTemplate: false,
    ...more,
  } as Facts;
}

/** A finding at the first place where `word` stands. */
export function findingAt(text: string, word: string, more: Partial<Finding> = {}): Finding {
  const start = text.indexOf(word);
  if (start < 0) throw new Error(`"${word}" is not in the text`);
  const range = { start, end: start + word.length };
  return findingOf(
    { code: more.rule ?? "FW201", severity: "warning" },
    { message: `about ${word}`, range, ...more },
  );
}

export function ruleOf(code: string, more: Partial<Rule> = {}): Rule {
  return {
    code,
    name: "made-for-tests",
    default: true,
    severity: "warning",
    fix: "none",
    appliesTo: ["python", "config"],
    docs: { what: "What.", why: "Why.", silencedBy: [], references: [] },
    examples: { bad: [], good: [] },
    check: () => [],
    ...more,
  };
}
