import { describe, expect, it } from "vitest";
import { rulePage } from "../../../src/lint/rule-page.ts";
import { RULES } from "../../../src/lint/rules/index.ts";

describe("a rule's page", () => {
  it.each(RULES.map((rule) => [rule.code, rule] as const))(
    "of %s shows two examples that differ",
    (_, rule) => {
      const [bad, good] = [rule.examples.bad[0]!, rule.examples.good[0]!];
      expect([good.text, good.beside]).not.toEqual([bad.text, bad.beside]);
      const page = rulePage(rule);
      for (const { text, beside } of [bad, good]) {
        if (!text.startsWith("{")) expect(page).toContain(text.trimEnd());
        if (beside !== undefined) expect(page).toContain(beside);
      }
    },
  );

  it("says what else the project has where the texts are the same", () => {
    for (const rule of RULES) {
      const [bad, good] = [rule.examples.bad[0]!, rule.examples.good[0]!];
      if (bad.text === good.text) expect([rule.code, bad.beside, good.beside]).not.toContain(undefined);
    }
  });
});
