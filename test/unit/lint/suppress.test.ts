import { describe, expect, it } from "vitest";
import type { Facts } from "../../../src/lint/facts.ts";
import { applySuppressions } from "../../../src/lint/suppress.ts";
import { suppressionEdit } from "../../../src/lint/suppress-edit.ts";
import { factsOf, findingAt } from "./support.ts";

function outcome(text: string, rule = "FW201", more: Partial<Facts> = {}) {
  const { findings, suppressed } = applySuppressions(
    [findingAt(text, "HERE", { rule })],
    factsOf(text, more),
  );
  return findings.length > 0 ? { why: findings[0]!.why } : { reason: suppressed[0]!.reason };
}

describe("applySuppressions", () => {
  it.each([
    ["at the end of the line", "a: HERE # fairwatt: ignore[FW201] small traffic"],
    ["alone above it", "# fairwatt: ignore[FW201] small traffic\na: HERE"],
    ["above other comments and blank lines", "# fairwatt: ignore[FW201] small traffic\n# more\n\na: HERE"],
    ["above a line that goes on", "# fairwatt: ignore[FW201] small traffic\nrun \\\n  HERE"],
    [
      "behind the bracket that closes it",
      'm.HERE(\n  f("(", [1,\n  2]),  # (\n)  # fairwatt: ignore[FW201] small traffic',
    ],
    ["by family", "a: HERE # fairwatt: ignore[FW2] small traffic"],
    ["among others", "a: HERE # fairwatt: ignore[FW101, fw201]: small traffic"],
    ["for the file", "b: 1\na: HERE\n# fairwatt: ignore-file[FW2] small traffic"],
  ])("silences %s", (_, text) => {
    expect(outcome(text)).toEqual({ reason: "small traffic" });
  });

  it.each([
    ["another rule", "a: HERE # fairwatt: ignore[FW202] small traffic"],
    ["a bracket of another line", "a: HERE\nb(\n) # fairwatt: ignore[FW201] small traffic"],
    ["a bracket that nothing opens", "a: HERE\nb) # fairwatt: ignore[FW201] small traffic"],
    ["another line", "a: HERE\nb: 1 # fairwatt: ignore[FW201] small traffic"],
    ["the line below it", "a: HERE\n# fairwatt: ignore[FW201] small traffic\nb: 1"],
    ["other words", "a: HERE # fairwatt ignores this"],
  ])("keeps it for %s", (_, text) => {
    expect(outcome(text)).toEqual({ why: [] });
  });

  it("needs a reason for the fairness family, and says so", () => {
    expect(outcome("a: HERE # fairwatt: ignore[FW101]", "FW101")).toEqual({
      why: [
        "The comment on line 1 does not silence it: findings of family FW1 need a reason after the brackets.",
      ],
    });
    expect(outcome("a: HERE # fairwatt: ignore[FW101] audited", "FW101")).toEqual({ reason: "audited" });
    expect(outcome("a: HERE # fairwatt: ignore[FW201]")).toEqual({ reason: "" });
  });

  it.each(["ignore whatever", "ignore[FW20l] whatever", "ignore[FW201 whatever"])(
    "wants a rule to be named, not %s",
    (comment) => {
      expect(outcome(`a: HERE # fairwatt: ${comment}`)).toEqual({
        why: [
          "The comment on line 1 does not silence it: it names no rule: write ignore[FW201] and a reason.",
        ],
      });
    },
  );

  it("silences a cell and no other", () => {
    const text = "x # fairwatt: ignore-cell[FW201] demo\nHERE\nTHERE";
    const cells = [
      { index: 0, range: { start: 0, end: text.indexOf("THERE") - 1 } },
      { index: 1, range: { start: text.indexOf("THERE"), end: text.length } },
    ];
    const facts = factsOf(text, { kind: "python", cells } as Partial<Facts>);
    const found = [findingAt(text, "HERE"), findingAt(text, "THERE")];
    expect(applySuppressions([found[0]!], facts).suppressed).toHaveLength(1);
    expect(
      applySuppressions(
        [found[1]!].map((each) => ({ ...each, range: cells[1]!.range })),
        facts,
      ).findings,
    ).toHaveLength(1);
  });
});

describe("suppressionEdit", () => {
  it.each([
    ["a: 1\n  b: HERE\n", "a: 1\n  # fairwatt: ignore[FW201] \n  b: HERE\n"],
    ["run \\\n  --x HERE\n", "# fairwatt: ignore[FW201] \nrun \\\n  --x HERE\n"],
    ["a: 1\r\nb: HERE\r\n", "a: 1\r\n# fairwatt: ignore[FW201] \r\nb: HERE\r\n"],
  ])("writes a line above %j", (text, expected) => {
    const { range, newText } = suppressionEdit(factsOf(text), findingAt(text, "HERE"))!;
    const written = text.slice(0, range.start) + newText + text.slice(range.end);
    expect(written).toBe(expected);
    const again = applySuppressions([findingAt(written, "HERE")], factsOf(written));
    expect(again.findings).toEqual([]);
  });

  it("has none for JSON without comments", () => {
    const json = factsOf('{"a": "HERE"}', { format: "json", file: "a.json" } as Partial<Facts>);
    expect(suppressionEdit(json, findingAt(json.text, "HERE"))).toBeUndefined();
    const withComments = { ...json, file: "a.jsonc" } as Facts;
    expect(suppressionEdit(withComments, findingAt(json.text, "HERE"))?.newText).toMatch(/^\/\/ /);
  });
});
