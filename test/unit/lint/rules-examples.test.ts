import { describe, expect, it } from "vitest";
import { createLinter, type LintResult } from "../../../src/lint/engine.ts";
import type { Finding } from "../../../src/lint/finding.ts";
import { planOne } from "../../../src/lint/fix.ts";
import { applyPlan } from "../../../src/lint/fix-file.ts";
import { readDocument } from "../../../src/lint/project/document-facts.ts";
import { NO_EVIDENCE } from "../../../src/lint/project/touched-evidence.ts";
import { createReaders } from "../../../src/lint/readers.node.ts";
import type { Rule, RuleExample } from "../../../src/lint/rule.ts";
import { rulePage } from "../../../src/lint/rule-page.ts";
import { RULES } from "../../../src/lint/rules/index.ts";

const linter = createLinter(await createReaders());

function lint({ file, text, evidence }: RuleExample, rule: Rule): LintResult {
  return linter.lint(
    { path: file, text },
    { select: [rule.code], evidence: evidence && { ...NO_EVIDENCE, ...evidence } },
  );
}

const textAt = (result: LintResult, { range }: Finding) => result.facts!.text.slice(range.start, range.end);

/** Each finding starts with the text that the example says, in order. */
function expectFindings(result: LintResult, wanted: readonly string[]): void {
  expect(result.failures).toEqual([]);
  const found = result.findings.map((finding) => textAt(result, finding));
  expect(
    found.map((text, index) => (text.startsWith(wanted[index] ?? text) ? wanted[index] : text)),
    JSON.stringify(found),
  ).toEqual(wanted);
}

/** Outputs, ids and metadata of a notebook's cells, to compare what a fix must leave alone. */
function untouched(text: string): unknown[] {
  const { cells } = JSON.parse(text) as { cells: Record<string, unknown>[] };
  return cells.map(({ source: _, ...rest }) => rest);
}

/** The example with a document that a fix created, as the project's index would know it. */
function withFile(example: RuleExample, file: { path: string; content: string } | undefined): RuleExample {
  const document = file && readDocument(file.path, file.content);
  if (!document) return example;
  const { documentation = [] } = example.evidence ?? {};
  return { ...example, evidence: { ...example.evidence, documentation: [...documentation, document] } };
}

describe("the rules", () => {
  it("are in order, each code once, with a name of words", () => {
    const codes = RULES.map((rule) => rule.code);
    expect(codes).toEqual([...new Set(codes)].sort());
    for (const { code, name } of RULES) {
      expect(code).toMatch(/^FW\d{3}$/);
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    }
  });
});

describe.each(RULES.map((rule) => [rule.code, rule] as const))("%s", (_, rule) => {
  it("has a page, and examples of both kinds", () => {
    const page = rulePage(rule);
    expect(page).toContain(`# ${rule.name} (${rule.code})`);
    expect(page.split(`ignore[${rule.code}] reason\`.`).length, page).toBeLessThan(3);
    expect(rule.examples.bad.length).toBeGreaterThan(0);
    expect(rule.examples.good.length).toBeGreaterThan(0);
  });

  it.each(rule.examples.bad.map((example, index) => [index, example.file, example] as const))(
    "fires on bad example %i (%s)",
    (_, __, example) => {
      expect(example.findings.length).toBeGreaterThan(0);
      expectFindings(lint(example, rule), example.findings);
    },
  );

  it.each(rule.examples.good.map((example, index) => [index, example.file, example] as const))(
    "is silent on good example %i (%s)",
    (_, __, example) => {
      expectFindings(lint(example, rule), []);
    },
  );

  const fixable = rule.examples.bad.filter(() => rule.fix !== "none");
  if (fixable.length === 0) return;
  it("its fixes parse, and leave no finding where they were made", () => {
    let applied = 0;
    for (const example of fixable) {
      const before = lint(example, rule);
      for (const finding of before.findings) {
        for (const fix of finding.fixes) {
          applied++;
          const source = { path: example.file, text: example.text };
          const plan = planOne(finding, fix, before.kind === "notebook");
          const text = applyPlan(source, before, plan);
          expect(text, `${fix.title} on ${example.file}`).toBeDefined();
          const after = lint(withFile({ ...example, text: text! }, fix.newFile), rule);
          expect(after.facts?.kind === "python" && after.facts.broken, text).toBe(
            before.facts?.kind === "python" && before.facts.broken,
          );
          if (example.file.endsWith(".ipynb")) {
            const [old, now] = [untouched(example.text), untouched(text!)];
            expect(
              now.filter((cell) => old.some((each) => JSON.stringify(each) === JSON.stringify(cell))),
            ).toEqual(old);
          }
          if (fix.safety === "display") continue;
          expect(after.findings.length, `${fix.title} on ${example.file}:\n${text}`).toBeLessThan(
            before.findings.length,
          );
        }
      }
    }
    expect(applied, "no example has a fix").toBeGreaterThan(0);
  });
});
