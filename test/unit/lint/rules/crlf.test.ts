import { describe, expect, it } from "vitest";
import { createLinter, type LintResult } from "../../../../src/lint/engine.ts";
import { planOne } from "../../../../src/lint/fix.ts";
import { applyPlan } from "../../../../src/lint/fix-file.ts";
import { NO_EVIDENCE } from "../../../../src/lint/project/touched-evidence.ts";
import { createReaders } from "../../../../src/lint/readers.node.ts";
import { RULES } from "../../../../src/lint/rules/index.ts";

const linter = createLinter(await createReaders());

const crlf = (text: string) => text.replace(/\r?\n/g, "\r\n");
const messages = ({ findings }: LintResult) => findings.map(({ message }) => message);
/** The text with each fix alone. */
const fixed = (path: string, text: string, result: LintResult) =>
  result.findings.flatMap((finding) =>
    finding.fixes.map((fix) => applyPlan({ path, text }, result, planOne(finding, fix))),
  );

describe.each(RULES.map((rule) => [rule.code, rule] as const))("%s", (_, rule) => {
  it("finds and fixes the same in files with CRLF, and finds it behind a byte order mark", () => {
    for (const { file, text, evidence } of rule.examples.bad) {
      if (file.endsWith(".ipynb")) continue;
      const lint = (text: string) =>
        linter.lint(
          { path: file, text },
          { select: [rule.code], evidence: evidence && { ...NO_EVIDENCE, ...evidence } },
        );
      const plain = lint(text);
      const broken = lint(crlf(text));
      expect(messages(broken), file).toEqual(messages(plain));
      expect(fixed(file, crlf(text), broken), file).toEqual(
        fixed(file, text, plain).map((each) => each && crlf(each)),
      );
      expect(messages(lint(`\uFEFF${text}`)), file).toEqual(messages(plain));
    }
  });
});
