/** FW107: a fairness metric is computed, and nothing depends on its value. */

import type { Finding } from "../finding.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { lineBehind, statementOf } from "./fairness/case.ts";

/** Metrics that are one number for a model, so that a threshold can be set. */
const METRIC =
  /^(?:fairlearn\.metrics\.\w+_(?:difference|ratio)|aif360\.sklearn\.metrics\.\w+_(?:difference|ratio)|holisticai\.bias\.metrics\.\w+)$/;

function check({ facts }: RuleContext): Finding[] {
  if (facts.kind !== "python") return [];
  for (const call of facts.calls) {
    const name = call.targets[0];
    if (
      !METRIC.test(call.callee) ||
      name === undefined ||
      call.inFunction !== undefined ||
      !/^\w+$/.test(name)
    )
      continue;
    const used = new RegExp(
      `(?:\\b(?:assert|if|elif|while|return|raise)\\b|\\blog\\w*\\(|\\bwrite\\(|\\bdump\\w*\\(|[<>]=?|\\[["']\\w+["']\\]\\s*=).*\\b${name}\\b|\\b${name}\\b.*[<>]`,
    );
    if (
      facts.text
        .slice(call.range.end)
        .split("\n")
        .some((line) => used.test(line))
    )
      continue;
    const at = lineBehind(facts, statementOf(facts, call.range));
    const code = `assert abs(${name}) <= 0.1, f"${name}: {${name}:.3f}"  # the limit that your project has set`;
    return [
      findingOf(checkWithoutThreshold, {
        range: call.calleeRange,
        message: `${name} is computed, but nothing is compared, logged or stopped by its value.`,
        why: [
          `${call.method} is a fairness metric.`,
          `No comparison, assertion, log or return uses ${name}.`,
        ],
        silencedBy: checkWithoutThreshold.docs.silencedBy,
        fixes:
          at === undefined
            ? []
            : [
                {
                  title: "Insert an assertion",
                  safety: "display",
                  edits: [{ range: { start: at.offset, end: at.offset }, newText: `\n${at.indent}${code}` }],
                },
              ],
      }),
    ];
  }
  return [];
}

const program = (after: string) => `from fairlearn.metrics import demographic_parity_difference
gap = demographic_parity_difference(y_test, y_pred, sensitive_features=sex)
${after}`;

export const checkWithoutThreshold: Rule = {
  code: "FW107",
  name: "check-without-threshold",
  default: false,
  severity: "hint",
  fix: "display",
  appliesTo: ["python"],
  docs: {
    what: "A fairness metric is computed and at most printed.",
    why: "A figure that nobody compares does not stop a model that got worse.",
    silencedBy: [
      "A comparison, an assertion, a log call or a return that uses the value.",
      "`# fairwatt: ignore[FW107] reason`.",
    ],
    references: [
      "Regulation (EU) 2024/1689 (AI Act), Article 9(8): testing against prior defined metrics and thresholds.",
    ],
  },
  examples: {
    bad: [{ file: "check.py", text: program("print(gap)\n"), findings: ["demographic_parity_difference"] }],
    good: [
      { file: "assert.py", text: program("assert gap < 0.1\n"), findings: [] },
      { file: "log.py", text: program('mlflow.log_metric("gap", gap)\n'), findings: [] },
    ],
  },
  check,
};
