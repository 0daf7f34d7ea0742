import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import { extractText, getDocumentProxy } from "unpdf";
import { describe, expect, it } from "vitest";
import { composeDocument } from "../../../../src/report/compose-document.ts";
import type { Facts, ReportDocument } from "../../../../src/report/documents/document.ts";
import { DOCUMENTS, documentNamed } from "../../../../src/report/documents/index.ts";
import { type Evidence, evidenceOfRun } from "../../../../src/report/evidence.ts";
import { forbiddenIn, withoutForbidden } from "../../../../src/report/forbidden-phrases.ts";
import { documentHtml } from "../../../../src/report/render/document-html.ts";
import { documentJson, documentSchema } from "../../../../src/report/render/document-json.ts";
import { documentMarkdown } from "../../../../src/report/render/document-markdown.ts";
import { documentPdf } from "../../../../src/report/render/document-pdf.node.ts";
import { LONG } from "../../cli/fixture-runs.ts";
import {
  EMPTY,
  FACTS_TOML,
  factsOf,
  fullEvidence,
  HOSTILE_TEXT,
  hashOf,
  hostileEvidence,
  hostileFacts,
  NO_FACTS,
} from "./evidence.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const compose = (document: ReportDocument, evidence: Evidence, facts: Facts) =>
  composeDocument(document, evidence, facts, sha256);

const CASES: [string, () => Promise<[Evidence, Facts]>][] = [
  ["nothing", async () => [EMPTY, NO_FACTS]],
  ["facts without evidence", async () => [EMPTY, factsOf(FACTS_TOML)]],
  ["evidence without facts", async () => [await fullEvidence(), NO_FACTS]],
  ["both", async () => [await fullEvidence(), factsOf(FACTS_TOML)]],
  ["hostile texts", async () => [await hostileEvidence(), hostileFacts()]],
];

/** Tags, as a browser would find them. */
const tagsIn = (markup: string) => new Set([...markup.matchAll(/<(\w+)/g)].map((match) => match[1]));

/** The text of a page, as one reads it: cells and paragraphs apart. */
const textOf = (markup: string) =>
  markup
    .replace(/<style>[\s\S]*?<\/style>/g, "")
    .replace(/<[^>]+>/g, "\n")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

describe.each(CASES)("documents from %s", (_name, given) => {
  it.each(DOCUMENTS.map((document) => [document.id, document] as const))("%s", async (_id, document) => {
    const [evidence, facts] = await given();
    const { content, own } = compose(document, evidence, facts);
    const markup = documentHtml(content);
    const markdown = documentMarkdown(content);
    const json = documentJson(content, "fairwatt-seal DRAFT 0");
    for (const text of [textOf(markup), markdown, json, own?.render("seal") ?? ""])
      expect(forbiddenIn(text)).toEqual([]);

    expect([...tagsIn(markup)].filter((tag) => /^(?:script|img|iframe|object|link|b|x)$/.test(tag!))).toEqual(
      [],
    );
    expect(markup.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/<[^>]*\s(?:on\w+|href|src)=/);
    expect(markup).not.toContain("\u202e");
    // In a code block all is text.
    expect(markdown.replace(/^```\n[\s\S]*?\n```$/gm, "")).not.toMatch(
      /(?<!\\)<script|(?<!\\)\]\(javascript/,
    );
    expect(markdown).not.toMatch(/[\u202e\u0000]/);

    const ajv = new Ajv2020({ strict: false });
    const valid = ajv.validate(documentSchema(), JSON.parse(json));
    expect(ajv.errors).toBeNull();
    expect(valid).toBe(true);

    expect(content.status).toBe("DRAFT");
    expect(content.completeness.required).toBeGreaterThanOrEqual(content.completeness.filled);
    expect(compose(document, structuredClone(evidence), structuredClone(facts)).content).toEqual(content);
  });
});

describe("what is missing", () => {
  it("is printed as to be completed, counted and listed", () => {
    for (const document of DOCUMENTS) {
      const { content } = compose(document, EMPTY, NO_FACTS);
      const markdown = documentMarkdown(content);
      expect(content.completeness.missing.length).toBeGreaterThan(3);
      expect(markdown).toContain("TO BE COMPLETED BY THE PROVIDER");
      expect(markdown).not.toMatch(/undefined|\[object|NaN|null/);
    }
  });

  it("becomes less with facts", async () => {
    const without = compose(documentNamed("ai-act-compute")!, await fullEvidence(), NO_FACTS).content;
    const given = compose(
      documentNamed("ai-act-compute")!,
      await fullEvidence(),
      factsOf(FACTS_TOML),
    ).content;
    expect(given.completeness.filled).toBeGreaterThan(without.completeness.filled + 10);
  });
});

describe("id and status", () => {
  const document = documentNamed("ai-act-compute")!;
  const approved = async (id: string, decision: "approved" | "rejected" = "approved"): Promise<Evidence> => ({
    ...(await fullEvidence()),
    reports: [
      {
        hash: hashOf(7),
        time: "2024-11-22T08:00:00.000Z",
        body: {
          document: document.id,
          form: "1",
          title: document.title,
          content: id,
          files: [],
          entries: [],
          filled: 1,
          fields: 2,
          fairwatt: "0.1.0",
        },
      },
    ],
    approvals: [
      {
        hash: hashOf(8),
        time: "2024-11-22T09:00:00.000Z",
        body: {
          subject: hashOf(7),
          decision,
          name: "Ada Lovelace",
          role: "head of model risk",
          place: "Turin",
          remark: "see point 2",
          fairwatt: "0.1.0",
        },
      },
    ],
  });

  it("is final when a person approved this very content", async () => {
    const facts = factsOf(FACTS_TOML);
    const { id } = compose(document, await fullEvidence(), facts).content;
    const { content } = compose(document, await approved(id), facts);
    expect(content.id).toBe(id);
    expect(content.status).toBe("FINAL");
    expect(content.signature).toMatchObject({ name: "Ada Lovelace", date: "2024-11-22", scheme: null });
    expect(documentHtml(content)).toContain("FINAL");
    expect(documentHtml(content)).not.toContain(">DRAFT<");
  });

  it("is a draft again when the evidence has changed, and when it was rejected", async () => {
    const facts = factsOf(FACTS_TOML);
    const { id } = compose(document, await fullEvidence(), facts).content;
    const one = evidenceOfRun(await approved(id), LONG);
    expect(compose(document, one, facts).content.status).toBe("DRAFT");
    const rejected = compose(document, await approved(id, "rejected"), facts).content;
    expect(rejected.status).toBe("DRAFT");
    expect(rejected.notices.join()).toContain("Rejected by Ada Lovelace (head of model risk)");
  });

  it("has no claims in what Fairwatt itself writes, and leaves out those of others", async () => {
    for (const each of DOCUMENTS) {
      expect(compose(each, await fullEvidence(), factsOf(FACTS_TOML)).content.notices).toEqual([]);
      expect(compose(each, await hostileEvidence(), hostileFacts()).content.notices.join("\n")).toContain(
        "a claim that this document cannot make",
      );
    }
  });
});

describe("forbidden phrases", () => {
  it.each([
    "our AI-Act-compliant scorer",
    "compliant with the EU AI Act",
    "ISO 42001 certified",
    "certified under ISO/IEC 42001",
    "The energy figures are required by Annex IV",
    "required by Annex IV: CO2e",
    "proportionality (Article 9)",
    "Art. 9 asks for the state of the art",
    "Carbon-neutral training",
    "a net zero model",
    "green AI",
    "eco-friendly",
    "SBTi-validated",
    "notified-body approved",
    "a bias-free model",
    "passes the four-fifths rule",
    "GHG Protocol verified",
    "3 t net of offsets",
  ])("finds %s", (text) => {
    expect(forbiddenIn(text)).toHaveLength(1);
    expect(forbiddenIn(withoutForbidden(text))).toEqual([]);
  });

  it.each([
    "Voluntary information, Art. 95(2)(b). Not required by Annex IV.",
    "Risk management system, Art. 9",
    "Art. 95(2)(b): environmental sustainability",
    "State of the art, Art. 8(1)",
    "SBTi validates organisational targets only and has not reviewed this project.",
    "supports evidence for ISO/IEC 42001",
  ])("lets stand: %s", (text) => expect(forbiddenIn(text)).toEqual([]));
});

describe("JSON", () => {
  it("has the schema that is published", () => {
    const file = path.resolve(import.meta.dirname, "../../../../src/report/data/report-document.schema.json");
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(documentSchema());
  });
});

describe("PDF", () => {
  it("is tagged, has its text and embedded faces, and is the same each time", async () => {
    const document = documentNamed("ai-act-compute")!;
    const { content } = compose(document, await fullEvidence(), factsOf(FACTS_TOML));
    const bytes = await documentPdf(content);
    expect(Buffer.compare(bytes, await documentPdf(content))).toBe(0);
    const source = bytes.toString("latin1");
    for (const part of ["/MarkInfo", "/StructTreeRoot", "/Lang (en)", "/FontFile2", "pdfuaid:part"])
      expect(source).toContain(part);
    expect(source).not.toMatch(/\/(?:JavaScript|OpenAction|Helvetica)\b/);
    const pdf = await getDocumentProxy(new Uint8Array(bytes));
    const { text } = await extractText(pdf, { mergePages: true });
    for (const words of [
      "credit-scorer",
      "[TO BE COMPLETED BY THE PROVIDER]",
      "≈2.8e+16 FLOP",
      "Not required by Annex IV",
      "page 1 of 3",
    ]) {
      expect(text).toContain(words);
    }
    const tree = JSON.stringify(await (await pdf.getPage(1)).getStructTree());
    for (const role of ['"H1"', '"H2"', '"Table"', '"TH"', '"TD"', '"P"']) expect(tree).toContain(role);
  }, 30_000);

  it("shows hostile texts as text, and what it has no glyph for as its code point", async () => {
    const { content } = compose(documentNamed("ai-act-compute")!, await hostileEvidence(), hostileFacts());
    const bytes = await documentPdf(content);
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
    expect(HOSTILE_TEXT).toContain("汉");
    for (const words of ["<script>alert(1)</script>", "\\u{6c49}", "\\u{202e}", "[claim left out]"])
      expect(text).toContain(words);
    expect(forbiddenIn(text)).toEqual([]);
  }, 30_000);
});
