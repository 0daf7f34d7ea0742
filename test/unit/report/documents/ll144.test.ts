import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { composeDocument } from "../../../../src/report/compose-document.ts";
import { fairnessAudit } from "../../../../src/report/documents/fairness-audit.ts";
import { documentMarkdown } from "../../../../src/report/render/document-markdown.ts";
import { AUDIT, EMPTY, factsOf, fullEvidence, hashOf, NO_FACTS } from "./evidence.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const textOf = (evidence: typeof EMPTY, toml = "") =>
  documentMarkdown(
    composeDocument(fairnessAudit, evidence, toml === "" ? NO_FACTS : factsOf(toml), sha256).content,
  );

describe("annex of NYC Local Law 144", () => {
  it("is there where the project speaks of it, and only there", () => {
    const { ll144: _, ...audit } = AUDIT;
    const evidence = {
      ...EMPTY,
      audits: [{ hash: hashOf(3), time: "2024-11-21T19:30:00.000Z", body: audit }],
    };
    expect(textOf(evidence)).not.toContain("Annex. NYC");
    expect(textOf(evidence, '[report.ll144]\ntool = "Ranker"\n')).toContain(
      "No audit in the ledger has the tables",
    );
  });

  it("says that nobody has audited, and neither passes nor fails", async () => {
    const text = textOf(await fullEvidence());
    expect(text).toContain("NOT YET AUDITED");
    expect(text).toContain("| Male | 1,200 | 480 | 0.400 | 1.000 | no |");
    expect(text).toContain("| Female | left out | left out | left out | left out | yes |");
    expect(text).toContain("unknown category, in no row of this table: fewer than 10");
    const annex = text.slice(text.indexOf("Annex. NYC"), text.indexOf("A difference is a statistic"));
    expect(annex).not.toMatch(/\b(?:pass|fail|4\/5|four-fifths|complian)/i);
  });

  it("leaves categories of less than 2 % out of the ratios where that is justified", async () => {
    const text = textOf(await fullEvidence(), '[report.ll144]\nexclusion-justification = "few applicants"\n');
    expect(text).toContain("| Female | left out | left out | left out | excluded | yes |");
  });
});
