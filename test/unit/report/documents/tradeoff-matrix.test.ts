import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { composeDocument } from "../../../../src/report/compose-document.ts";
import { tradeoffMatrix } from "../../../../src/report/documents/tradeoff-matrix.ts";
import { documentHtml } from "../../../../src/report/render/document-html.ts";
import { documentMarkdown } from "../../../../src/report/render/document-markdown.ts";
import { EMPTY, factsOf, HOSTILE_TEXT, NO_FACTS } from "./evidence.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const written = (toml: string) =>
  composeDocument(tradeoffMatrix, EMPTY, toml === "" ? NO_FACTS : factsOf(toml), sha256).content;

const TOML = `
[tradeoff]
units = 1_000_000
price-per-kwh = 0.3
[[tradeoff.candidates]]
name = "boosting"
parameters = 120000
quality = {value = 0.91, low = 0.90, high = 0.92, source = "test set"}
fairness-gap = {value = 0.04, source = "test set"}
[[tradeoff.candidates]]
name = "points table"
baseline = true
untrained = true
quality = {value = 0.84, source = "test set"}
[tradeoff.limits]
min-quality = 0.85
[tradeoff.decision]
chosen = "boosting"
reason = "the table misses the limit"
by = "Ada Lovelace"
`;

describe("the trade-off matrix as a document", () => {
  it("shows candidates, limits and the decision, and what is missing", () => {
    const content = written(TOML);
    const text = documentMarkdown(content);
    expect(text).toMatch(/\| accuracy, 95 % \| 0\.910 \(0\.900 to 0\.920\) \| 0\.840 \|/);
    expect(text).toMatch(/\| limit min-quality 0\.85 \| met \| broken \|/);
    expect(text).toContain("simple baseline (MANAGE 2.1)");
    expect(text).toContain("not compared: fairness gap not measured");
    expect(text).toMatch(/Options without a reason \| MANAGE 2\.1 \| points table/);
    expect(content.completeness.missing.map(({ label }) => label)).toEqual(
      expect.arrayContaining([
        "Rejected options, with reasons",
        "Date",
        "To be reviewed on",
        "Residual risk",
      ]),
    );
    expect(content.completeness.missing.map(({ label }) => label)).not.toContain("Decision maker");
  });

  it("is made of nothing, too, and the same each time", () => {
    expect(documentMarkdown(written(""))).toContain("No candidates");
    expect(documentMarkdown(written(TOML))).toBe(documentMarkdown(written(TOML)));
  });

  it("puts many candidates into several tables", () => {
    const many = Array.from(
      { length: 9 },
      (_, index) => `[[tradeoff.candidates]]\nname = "c${index}"\n`,
    ).join("");
    const tables = written(many).blocks.flatMap((block) => ("table" in block ? [block.table] : []));
    expect(tables.map(({ columns }) => columns.length)).toEqual([3, 5, 5, 2]);
  });

  it("takes names for text", () => {
    const name = JSON.stringify(HOSTILE_TEXT);
    const markup = documentHtml(
      written(`[[tradeoff.candidates]]\nname = ${name}\n[tradeoff.decision]\nreason = ${name}\n`),
    );
    expect(markup).not.toMatch(/<(?:script|img|iframe)/i);
  });
});
