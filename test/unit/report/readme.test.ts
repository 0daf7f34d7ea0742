import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse, parseDocument } from "yaml";
import { composeDocument } from "../../../src/report/compose-document.ts";
import type { Facts } from "../../../src/report/documents/document.ts";
import { modelCard } from "../../../src/report/documents/model-card.ts";
import type { ModelCardMetadata } from "../../../src/report/documents/model-card-metadata.ts";
import type { Evidence } from "../../../src/report/evidence.ts";
import { mergedReadme, ReadmeUnusable } from "../../../src/report/readme.ts";
import {
  EMPTY,
  FACTS_TOML,
  factsOf,
  fullEvidence,
  HOSTILE_TEXT,
  hostileEvidence,
  hostileFacts,
  NO_FACTS,
} from "./documents/evidence.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

function card(evidence: Evidence, facts: Facts) {
  const { content, own } = composeDocument(modelCard, evidence, facts, sha256);
  return { content, metadata: own!.value as ModelCardMetadata, text: own!.render("fairwatt-seal DRAFT 0") };
}
const frontOf = (text: string) => parse(/^---\n([\s\S]*?)---\n/.exec(text)![1]!);

/** The keys that the Hub's documents describe, and what they require (test/fixtures/schemas/README.md). */
const HUB = readFileSync(
  new URL("../../fixtures/schemas/hugging-face/model-card-metadata.json", import.meta.url),
  "utf8",
);
const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(HUB));
const problemsOf = (front: unknown) => (validate(front) ? [] : validate.errors);

const README = `---
# ours, do not touch
license: mit # as agreed
tags:
  - credit
co2_eq_emissions:
  emissions: 1 # guessed
  note: kept
model-index:
  - name: credit-scorer
    results:
      - task: {type: tabular-classification}
        dataset: {type: german-credit, name: German credit}
        metrics: [{type: accuracy, value: 0.77}]
widget: []
---
# Credit scorer

Text that a person wrote.
`;

describe("a model card of its own", () => {
  it("has only keys that the Hub describes, with all facts filled in and with none", async () => {
    const all = FACTS_TOML.replace(
      "[report.model-card]",
      `[report.model-card]
base-model = "org/base"
library-name = "sklearn"
tags = ["credit"]
datasets = ["org/credit"]
training-type = "fine-tuning"
geographical-location = "Paris, France"`,
    );
    const full = frontOf(card(await fullEvidence(), factsOf(all)).text);
    expect(Object.keys(full).sort()).toEqual(
      Object.keys(JSON.parse(HUB).properties)
        .filter((key) => key !== "metrics") // Ours stand in the index, with their data.
        .sort(),
    );
    expect(problemsOf(full)).toEqual([]);
    expect(problemsOf(frontOf(card(await fullEvidence(), NO_FACTS).text))).toEqual([]);
    expect(problemsOf({ ...full, co2_eq_emissions: { emissions: "12 g" } })).not.toEqual([]);
  });

  it("has the Hub's keys, emissions in grams with their source", async () => {
    const evidence = await fullEvidence();
    const front = frontOf(card(evidence, factsOf(FACTS_TOML)).text);
    expect(problemsOf(front)).toEqual([]);
    const grams = evidence.runs.reduce((sum, { body }) => sum + (body.footprint?.value ?? 0), 0);
    expect(front.co2_eq_emissions.emissions).toBeCloseTo(grams, 3);
    expect(front.co2_eq_emissions.source).toMatch(
      /^Fairwatt .*measured.*location-based.*Germany 2024, Ember/,
    );
    expect(front.co2_eq_emissions.hardware_used).toBe("1 x NVIDIA H100");
    expect(front["model-index"][0].results[0].metrics[0]).toMatchObject({
      type: "demographic_parity_difference",
      value: 0.11,
    });
  });

  it("has no front matter where nothing is known, and no markup of others", async () => {
    expect(card(EMPTY, NO_FACTS).text).toMatch(/^# Model card\n/);
    const { text } = card(await hostileEvidence(), hostileFacts());
    expect(text.slice(text.indexOf("\n---\n") + 5)).not.toMatch(/(?<!\\)<script|\u202e|\u0000/);
    expect(frontOf(text).license).toBe(
      HOSTILE_TEXT.replace("carbon neutral", "[claim left out]").replace(
        "compliant with the EU AI Act",
        "[claim left out]",
      ),
    );
  });
});

describe("a README that people write", () => {
  it("keeps their keys, comments and text; ours are set", async () => {
    const { metadata, content } = card(await fullEvidence(), factsOf(FACTS_TOML));
    const merged = mergedReadme(README, metadata, content);
    const front = frontOf(merged);
    expect(merged).toContain("# ours, do not touch");
    expect(merged).toContain("license: mit # as agreed");
    expect(merged).toContain("# Credit scorer\n\nText that a person wrote.\n");
    expect(front).toMatchObject({
      license: "mit",
      tags: ["credit"],
      widget: [],
      language: ["en"],
      pipeline_tag: "tabular-classification",
    });
    expect(front.co2_eq_emissions.note).toBe("kept");
    expect(front.co2_eq_emissions.emissions).toBe(metadata.co2_eq_emissions!.emissions);
    expect(
      front["model-index"][0].results.map((result: { dataset: { type: string } }) => result.dataset.type),
    ).toEqual(["german-credit", "fairwatt-audit"]);
  });

  it("is the same when it is written again, and what stands after the card stays", async () => {
    const { metadata, content } = card(await fullEvidence(), factsOf(FACTS_TOML));
    const once = `${mergedReadme(README, metadata, content)}\nMore of the person's text.\n`;
    expect(mergedReadme(once, metadata, content)).toBe(once);
    const empty = card(EMPTY, NO_FACTS);
    expect(mergedReadme(once, empty.metadata, empty.content)).toContain("More of the person's text.");
  });

  it("keeps line ends, and gets front matter where it has none", async () => {
    const { metadata, content } = card(await fullEvidence(), factsOf(FACTS_TOML));
    const merged = mergedReadme("# Title\r\n\r\nText\r\n", metadata, content);
    expect(merged.replaceAll("\r\n", "")).not.toContain("\n");
    expect(parseDocument(/^---\r\n([\s\S]*?)---\r\n# Title/.exec(merged)![1]!).errors).toEqual([]);
    expect(mergedReadme("# Title\n", {}, content)).toMatch(/^# Title\n\n<!-- fairwatt:begin/);
  });

  it.each([
    ["not YAML", "---\na: [\n---\n"],
    ["a list", "---\n- a\n---\n"],
  ])("is left alone when its front matter is %s", async (_name, readme) => {
    const { metadata, content } = card(await fullEvidence(), factsOf(FACTS_TOML));
    expect(() => mergedReadme(readme, metadata, content)).toThrow(ReadmeUnusable);
  });
});
