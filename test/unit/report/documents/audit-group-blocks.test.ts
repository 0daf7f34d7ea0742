import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { composeDocument } from "../../../../src/report/compose-document.ts";
import { annexIv } from "../../../../src/report/documents/annex-iv.ts";
import { fairnessAudit } from "../../../../src/report/documents/fairness-audit.ts";
import { documentMarkdown } from "../../../../src/report/render/document-markdown.ts";
import { AUDIT, EMPTY, hashOf, NO_FACTS } from "./evidence.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const textOf = (document: typeof fairnessAudit, body: typeof AUDIT) =>
  documentMarkdown(
    composeDocument(
      document,
      { ...EMPTY, audits: [{ hash: hashOf(3), time: "2024-11-21T19:30:00.000Z", body }] },
      NO_FACTS,
      sha256,
    ).content,
  );

describe.each([
  ["fairness audit", fairnessAudit],
  ["Annex IV draft", annexIv],
])("groups in the %s", (_, document) => {
  it("have their rates with ranges, and what was left out is said", () => {
    const text = textOf(document, AUDIT);
    expect(text).toMatch(/\| male +\| 1,200 +\| 0\.400 \(0\.372 to 0\.428\) +\| left out +\|/i);
    expect(text).toMatch(
      /\| female +\| 800 +\| 0\.290 \(0\.260 to 0\.322\) +\| 0\.800 \(0\.771 to 0\.826\) \\?\* +\|/,
    );
    expect(text).toContain("2 groups left out, as counts below 10 could be told from them or without them");
    expect(text).toContain("3 groups more than the ledger keeps of an audit");
  });

  it("are said not to be kept in entries from before", () => {
    const { groups: _groups, ...before } = AUDIT;
    expect(textOf(document, before)).toContain("not kept by the version of Fairwatt that made this audit");
  });
});
