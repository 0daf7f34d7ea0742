import { beforeAll, describe, expect, it } from "vitest";
import { createLinter, type Linter } from "../../../../src/lint/engine.ts";
import { applyEdits } from "../../../../src/lint/fix.ts";
import { NO_EVIDENCE } from "../../../../src/lint/project/touched-evidence.ts";
import { createReaders } from "../../../../src/lint/readers.node.ts";
import type { RuleExample } from "../../../../src/lint/rule.ts";
import { RULES } from "../../../../src/lint/rules/index.ts";

const DEPLOYMENT = RULES.filter((rule) => rule.code.startsWith("FW2"));
let linter: Linter;

beforeAll(async () => {
  linter = createLinter(await createReaders(), DEPLOYMENT);
});

function findingsOf(code: string, example: RuleExample) {
  const evidence =
    example.evidence === undefined ? {} : { evidence: { ...NO_EVIDENCE, ...example.evidence } };
  const result = linter.lint({ path: example.file, text: example.text }, { select: [code], ...evidence });
  expect(result.failures).toEqual([]);
  return result;
}

describe.each(DEPLOYMENT.map((rule) => [rule.code, rule] as const))("%s", (code, rule) => {
  it.each(rule.examples.bad.map((example) => [example.text, example] as const))(
    "finds example %#",
    (_, example) => {
      const { findings } = findingsOf(code, example);
      expect(findings.map(({ range }) => example.text.slice(range.start, range.end))).toHaveLength(
        example.findings.length,
      );
      findings.forEach(({ range, fixes }, i) => {
        expect(example.text.slice(range.start)).toMatch(new RegExp(`^${escapeRegExp(example.findings[i]!)}`));
        for (const fix of fixes.filter(({ safety }) => safety !== "display")) {
          const text = applyEdits(example.text, fix.edits);
          expect(findingsOf(code, { ...example, text }).findings).toHaveLength(findings.length - 1);
        }
      });
    },
  );

  it.each(rule.examples.good.map((example) => [example.text, example] as const))(
    "is silent on example %#",
    (_, example) => {
      expect(findingsOf(code, example).findings.map(({ message }) => message)).toEqual([]);
    },
  );
});

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
