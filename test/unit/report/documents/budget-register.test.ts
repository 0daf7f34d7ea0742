import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { composeDocument } from "../../../../src/report/compose-document.ts";
import { budgetSheet } from "../../../../src/report/documents/budget-sheet.ts";
import type { ReportDocument } from "../../../../src/report/documents/document.ts";
import { register } from "../../../../src/report/documents/register.ts";
import { registerRules } from "../../../../src/report/documents/register-rules.ts";
import type { Evidence } from "../../../../src/report/evidence.ts";
import { documentMarkdown } from "../../../../src/report/render/document-markdown.ts";
import { AUDIT, EMPTY, FACTS_TOML, factsOf, fullEvidence, hashOf, NO_FACTS } from "./evidence.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const textOf = (document: ReportDocument, evidence: Evidence, facts = factsOf(FACTS_TOML)) =>
  documentMarkdown(composeDocument(document, evidence, facts, sha256).content);
const at = (time: string): Evidence => ({
  ...EMPTY,
  audits: [{ hash: hashOf(3), time, body: AUDIT }],
});

describe("budget sheet", () => {
  it("derives the project's share of the envelope: 1000 t, 4.2 % a year, 5 %, a tenth", () => {
    const text = textOf(budgetSheet, at("2026-06-30T00:00:00.000Z"));
    expect(text).toContain("| 2026 | 748000 kg | 3740 kg |");
    expect(text).toContain("4.2 % of the base year");
    expect(text).toContain("2026; 49.3 % of its time is gone");
  });

  it("says what is used, what is left, and how much energy that is", async () => {
    const text = textOf(budgetSheet, await fullEvidence());
    expect(text).toMatch(/Used, CO2e .*kg/);
    expect(text).toMatch(/below 80 %: .* of the budget is used/);
    expect(text).toMatch(/kWh of the computers: what is left/);
    expect(text).toContain("SBTi validates organisational targets only and has not reviewed this project.");
  });

  it("warns where a cloud's emissions are held against the envelope of scopes 1 and 2", () => {
    const facts = factsOf(FACTS_TOML.replace('kind = "own"', 'kind = "cloud"'));
    expect(textOf(budgetSheet, EMPTY, facts)).toContain("Scopes are not mixed");
    expect(textOf(budgetSheet, EMPTY)).not.toContain("Scopes are not mixed");
  });

  it("has gaps, and no figure, without a budget", () => {
    expect(textOf(budgetSheet, EMPTY, NO_FACTS)).toContain(
      "[TO BE COMPLETED BY THE PROJECT FILE: [BUDGET]]".replace(/[[\]]/g, "\\$&"),
    );
  });
});

describe("rules of the register", () => {
  const level = (toml: string, asOf: string, rule: RegExp, evidence: Evidence = EMPTY) =>
    registerRules(evidence, factsOf(toml), asOf).find((each) => rule.test(each.rule))?.level;
  const HIGH_RISK = '[report]\nannex-iii = "5(b)"\n';
  const LL144 = '[report.register]\nstatus = "in use"\nus-rules = ["NYC Local Law 144", "Colorado"]\n';

  it("make missing items amber half a year before the date of application, and red from that day", () => {
    expect(level(HIGH_RISK, "2027-05-01", /Annex VIII/)).toBe("no finding");
    expect(level(HIGH_RISK, "2027-06-02", /Annex VIII/)).toBe("amber");
    expect(level(HIGH_RISK, "2027-12-02", /Annex VIII/)).toBe("red");
    expect(level("", "2027-12-02", /Annex VIII/)).toBe("not evaluated");
    expect(level('[report]\nannex-iii = "none"\n', "2027-12-02", /Annex VIII/)).toBe("no finding");
  });

  it("take the organisation with its address and contact for the provider, as the document does", () => {
    const finding = (toml: string) =>
      registerRules(EMPTY, factsOf(toml), "2027-05-01").find(({ rule }) => /Annex VIII/.test(rule))?.finding;
    const organisation = 'organisation = "Acme"\naddress = "Street 1"\ncontact = "a@example.org"\n';
    expect(finding(HIGH_RISK)).toContain("provider");
    expect(finding(`${HIGH_RISK}organisation = "Acme"\n`)).toContain("provider");
    expect(finding(HIGH_RISK + organisation)).not.toContain("provider");
  });

  it("make an audit of Local Law 144 that is older than a year red while the tool is used", () => {
    const audited = `${LL144}[report.ll144]\naudit-date = "2025-01-01"\n`;
    expect(level(audited, "2025-03-01", /Law 144/)).toBe("no finding");
    expect(level(audited, "2025-12-01", /Law 144/)).toBe("amber");
    expect(level(audited, "2026-01-02", /Law 144/)).toBe("red");
    expect(level(audited.replace("in use", "withdrawn"), "2026-01-02", /Law 144/)).toBe("amber");
    expect(level(LL144, "2026-01-02", /Law 144/)).toBe("red");
    expect(level(LL144, "2026-11-22", /Colorado/)).toBe("amber");
  });

  it("hold evidence against the review period, and nothing against a day that nobody knows", () => {
    const toml = "[report.register]\nreview-months = 12\n";
    expect(level(toml, "2026-11-22", /Fairness/, at("2026-01-01T00:00:00.000Z"))).toBe("no finding");
    expect(level(toml, "2027-02-22", /Fairness/, at("2026-01-01T00:00:00.000Z"))).toBe("amber");
    expect(level(toml, "2027-02-22", /Fairness/)).toBe("amber");
    expect(registerRules(EMPTY, NO_FACTS, null)).toEqual([
      expect.objectContaining({ level: "not evaluated" }),
    ]);
  });

  it("make a budget that is passed red", async () => {
    const toml = (kg: number) => `[budget]\nperiod = "year"\nkgco2e = ${kg}\n`;
    const evidence = await fullEvidence();
    expect(level(toml(1000), "2024-12-31", /budget/, evidence)).toBe("no finding");
    expect(level(toml(1e-9), "2024-12-31", /budget/, evidence)).toBe("red");
  });
});

describe("register", () => {
  const report = (hash: string, document: string, title: string): Evidence["reports"][number] => ({
    hash,
    time: "2024-11-22T08:00:00.000Z",
    body: { document, form: "1", title, files: [], entries: [], filled: 3, fields: 4, fairwatt: "0.1.0" },
  });
  const approval = (subject: string, index: number): Evidence["approvals"][number] => ({
    hash: hashOf(index),
    time: "2024-11-23T08:00:00.000Z",
    body: { subject, decision: "approved", name: "Ada Lovelace", role: "head of risk", fairwatt: "0.1.0" },
  });

  it("lists who approved what, and stays itself when it is approved", async () => {
    const full = await fullEvidence();
    const before: Evidence = {
      ...full,
      reports: [report(hashOf(20), "sci", "SCI report"), report(hashOf(22), "model-card", "Model card")],
      approvals: [approval(hashOf(20), 21), approval(hashOf(3), 23)],
    };
    const text = textOf(register, before);
    expect(text).toContain("75 % of their fields are filled; 1 of 2 are not approved");
    expect(text).toMatch(
      /2024-11-23 \| audit of scored\.csv \(0{12}\) \| approved \| Ada Lovelace \(head of risk\)/,
    );
    const after: Evidence = {
      ...before,
      reports: [...before.reports, report(hashOf(24), "register", "Register")],
      approvals: [...before.approvals, approval(hashOf(24), 25)],
    };
    expect(textOf(register, after)).toBe(text);
  });

  it("says the lowest ratio, its trend, and the energy of the year", async () => {
    const full = await fullEvidence();
    const earlier = structuredClone(AUDIT);
    earlier.measures[0]!.ratio.value = 0.7;
    const text = textOf(register, {
      ...full,
      audits: [{ hash: hashOf(5), time: "2024-10-01T00:00:00.000Z", body: earlier }, ...full.audits],
    });
    expect(text).toContain("0.740: demographic\\_parity by sex, 2000 rows of scored.csv");
    expect(text).toContain("from 0.700 on 2024-10-01");
    expect(text).toMatch(/Energy of 2024 so far .*kWh/);
  });
});
