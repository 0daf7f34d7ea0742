/** The system's row in the register of a governing body, with what the ledger knows of it and who approved what. */

import { formatPercent } from "../../quantity.ts";
import { type Evidence, newestAudits, newestTime, type RecordedAudit, totalOf } from "../evidence.ts";
import { accountOf } from "./account.ts";
import { AI_ACT, annexIiiWords, conformityRoute } from "./ai-act-terms.ts";
import { qualityWords } from "./audit-rows.ts";
import { LEFT_OUT, named, rate } from "./audit-values.ts";
import type { Block } from "./blocks.ts";
import type { DocumentBody, Facts, ReportDocument } from "./document.ts";
import { computed, given, MEASUREMENT, number } from "./fields.ts";
import { modelBlocks, registerEntries, registerModels } from "./register-models.ts";
import { applicationDay, daysBetween, providerOf, registerRules } from "./register-rules.ts";

export const register: ReportDocument = {
  id: "register",
  title: "Register of AI systems: entry for the governing body",
  summary: "one row of a register of AI systems: owners, status, figures, findings by rule, approvals",
  form: 1,
  legalTextAsOf: `${AI_ACT}, Annex VIII section A; NIST AI RMF 1.0 GOVERN 1.6`,
  build,
};

const OWNER = "the system's owner";
const AUDIT = "an audit: fairwatt audit TABLE";

function build(evidence: Evidence, facts: Facts): DocumentBody {
  const report = facts.report ?? {};
  const row = report.register ?? {};
  const asOf = row["as-of"] ?? newestTime(evidence)?.slice(0, 10) ?? null;
  const applies = applicationDay(facts);
  const audits = newestAudits(evidence);
  return {
    blocks: [
      {
        text: "One project is one system, and one row of the organisation's register; its models have a row each below. A register of several projects: fairwatt report --projects FOLDER",
      },
      { heading: "1. Findings by rule", level: 2 },
      {
        table: {
          caption: `Held against ${asOf ?? "no day"}. Red and amber follow the rules alone; no finding is no statement that a law is met.`,
          columns: [{ title: "Rule" }, { title: "Level" }, { title: "Finding" }],
          rows: registerRules(evidence, facts, asOf).map(({ rule, level, finding }) => [
            rule,
            level,
            finding,
          ]),
        },
      },
      { heading: "2. The system", level: 2 },
      {
        fields: {
          caption: "Who answers for what.",
          rows: [
            given("Internal id", row.id, "GOVERN 1.6", OWNER),
            given("Trade name", row["trade-name"], "Annex VIII A 4", OWNER),
            given("Owner", row.owner, "GOVERN 2", OWNER),
            given("Accountable executive", row.executive, "GOVERN 2.3", OWNER),
            given("Provider, address and contact", providerOf(facts), "Annex VIII A 1", OWNER),
            given("Authorised representative", row["authorised-representative"], "Annex VIII A 3", OWNER),
            given("Submitter", row.submitter, "Annex VIII A 2", OWNER),
            given(
              "Intended purpose",
              report["intended-purpose"] ?? facts["intended-use"],
              "Annex VIII A 5",
              OWNER,
            ),
            given("Information used and operating logic", row["operating-logic"], "Annex VIII A 6", OWNER),
            given("Status", row.status, "Annex VIII A 7", OWNER),
            given("Placed on the market", row["placed-on-market"], "Art. 111(2)", OWNER),
          ],
        },
      },
      { heading: "3. Law", level: 2 },
      {
        fields: {
          caption: "What the system is under, and from when.",
          rows: [
            given("Role", report.role, "Art. 3", OWNER),
            given("Annex III", annexIiiWords(report["annex-iii"]), "Art. 6(2)", OWNER),
            given("Derogation", report.derogation, "Art. 6(3), 49(2)", OWNER),
            given("General-purpose model", report["general-purpose-model"], "Art. 53", OWNER),
            computed(
              "Date of application",
              applies === undefined || asOf === null
                ? (applies ??
                    (report["annex-iii"] === "none" ? "not applicable on the stated figures" : null))
                : daysBetween(asOf, applies) > 0
                  ? `${applies}, ${daysBetween(asOf, applies)} days after ${asOf}; until then preparatory`
                  : `since ${applies}`,
              "Art. 113",
              OWNER,
            ),
            computed("Conformity route", conformityRoute(facts), "Art. 43", OWNER),
            given("Certificate, number, expiry, body", row.certificate, "Annex VIII A 8, 9", OWNER),
            given(
              "Declaration of conformity",
              row["declaration-of-conformity"],
              "Annex VIII A 11; Art. 47",
              OWNER,
            ),
            given("EU database id", row["eu-database-id"], "Art. 49", OWNER),
            given("Member States", row["member-states"], "Annex VIII A 10", OWNER),
            given("Instructions", row["instructions-url"], "Annex VIII A 12", OWNER),
            given("Rules of the United States", row["us-rules"], undefined, OWNER),
            given("Impact assessments, with dates", row["impact-assessments"], "Art. 27", OWNER),
            given("Auditor of NYC Local Law 144", report.ll144?.auditor, "6 RCNY 5-301", OWNER),
          ],
        },
      },
      { heading: "4. Figures", level: 2 },
      {
        fields: {
          caption: "From the ledger.",
          rows: [...fairnessRows(evidence, audits), ...carbonRows(evidence, facts, asOf)],
        },
      },
      { heading: "5. Models", level: 2 },
      ...modelBlocks(registerModels(evidence)),
      { heading: "6. Risks and reviews", level: 2 },
      {
        fields: {
          caption: "What people keep.",
          rows: [
            given("Incidents, and whether they were reported", row.incidents, "Art. 73", OWNER),
            given("Open risks", row["open-risks"], "Art. 9", OWNER),
            given("Last review", row["last-review"], "ISO/IEC 42001 9.3", OWNER),
            given("Next review", row["next-review"], "ISO/IEC 42001 9.3", OWNER),
            given("Decommissioning", row.decommissioning, "ISO/IEC 42001 A.6.2.6", OWNER),
            given("Retention of logs and documents", row.retention, "Art. 18, 19", OWNER),
          ],
        },
      },
      { heading: "7. Documents and approvals", level: 2 },
      ...documentBlocks(evidence),
      ...approvalBlocks(evidence),
    ],
  };
}

function fairnessRows({ audits: all }: Evidence, audits: readonly RecordedAudit[]) {
  const lowest = (audit: RecordedAudit | undefined) =>
    audit?.body.measures
      .filter(({ ratio }) => ratio.value !== null)
      .sort((a, b) => a.ratio.value! - b.ratio.value!)[0];
  const newest = [...audits].sort((a, b) => (a.time < b.time ? -1 : 1)).at(-1);
  const worst = lowest(newest);
  const before =
    newest && all.filter(({ body, time }) => body.file === newest.body.file && time < newest.time).at(-1);
  const earlier = before?.body.measures.find(
    ({ measure, by }) => measure === worst?.measure && by.join() === worst.by.join(),
  )?.ratio.value;
  return [
    computed("Last fairness audit", newest?.time.slice(0, 10), "MEASURE 2.11", AUDIT),
    computed(
      "Lowest ratio between groups",
      worst && newest
        ? `${rate(worst.ratio.value!)}: ${worst.measure} by ${worst.by.map(named).join(" x ")}, ${newest.body.rows} rows of ${named(newest.body.file)}`
        : newest?.body.measures.some(({ ratio }) => ratio.method.startsWith(LEFT_OUT))
          ? "left out of the audit's entry, as small counts could be told from it"
          : null,
      "MEASURE 2.11",
      AUDIT,
    ),
    computed(
      "Quality, with the worst group",
      newest && qualityWords(newest.body),
      "Art. 15; MEASURE 2.5",
      AUDIT,
    ),
    computed(
      "Trend of that ratio",
      typeof earlier === "number"
        ? `from ${rate(earlier)} on ${before!.time.slice(0, 10)}`
        : newest
          ? "no earlier audit of that table"
          : null,
      "MEASURE 2.11",
      AUDIT,
    ),
  ];
}

function carbonRows(evidence: Evidence, facts: Facts, asOf: string | null) {
  const year = asOf?.slice(0, 4);
  const runs = evidence.runs.filter(
    ({ body }) =>
      year !== undefined && body.startedAt.startsWith(year) && body.startedAt.slice(0, 10) <= asOf!,
  );
  const total = totalOf(runs);
  const market = runs.length > 0 ? accountOf(runs, evidence, facts).market : undefined;
  return [
    number(`Energy of ${year ?? "the year"} so far`, total.energy, "kWh", "MEASURE 2.12", "M", MEASUREMENT),
    number(
      `CO2e of ${year ?? "the year"} so far, location-based`,
      total.footprint,
      "kg",
      "MEASURE 2.12",
      "C",
      "a measured run whose grid zone is known",
    ),
    ...(market ? [number("The same, market-based", market.total, "kg", "MEASURE 2.12", "C")] : []),
  ];
}

/** Without what is about registers themselves: an approval of one must not change what it says. */
function others(evidence: Evidence): Pick<Evidence, "reports" | "approvals"> {
  const own = registerEntries(evidence);
  return {
    reports: evidence.reports.filter(({ hash }) => !own.has(hash)),
    approvals: evidence.approvals.filter(({ body }) => !own.has(body.subject)),
  };
}

/** The newest writing of each document, with whether somebody approved it. */
function documentBlocks(evidence: Evidence): Block[] {
  const { reports, approvals } = others(evidence);
  const newest = [...new Map(reports.map((each) => [each.body.document, each])).values()].sort((a, b) =>
    a.body.document < b.body.document ? -1 : 1,
  );
  if (newest.length === 0) return [{ text: "No document of the project is in the ledger yet." }];
  const decided = (hash: string) =>
    approvals.filter(({ body }) => body.subject === hash).at(-1)?.body.decision;
  const filled = newest.reduce((sum, { body }) => sum + body.filled, 0);
  const fields = newest.reduce((sum, { body }) => sum + body.fields, 0);
  const unsigned = newest.filter(({ hash }) => decided(hash) !== "approved").length;
  return [
    {
      text: `${fields > 0 ? `${formatPercent(filled / fields)} of their fields are filled; ` : ""}${unsigned} of ${newest.length} are not approved as they were last written.`,
    },
    {
      table: {
        caption: "Documents as they were last written.",
        columns: [
          { title: "Document" },
          { title: "Written" },
          { title: "Fields filled", align: "right" },
          { title: "Decision" },
        ],
        rows: newest.map(({ hash, time, body }) => [
          body.title,
          time.slice(0, 10),
          `${body.filled} of ${body.fields}`,
          decided(hash) ?? "none",
        ]),
      },
    },
  ];
}

function approvalBlocks(evidence: Evidence): Block[] {
  const { runs, audits, reasons } = evidence;
  const { reports, approvals } = others(evidence);
  if (approvals.length === 0)
    return [{ text: "Nobody has approved or rejected anything yet: fairwatt ledger approve ENTRY." }];
  const subjects = new Map<string, string>([
    ...runs.map(({ hash, body }) => [hash, `run ${body.name}`] as const),
    ...audits.map(({ hash, body }) => [hash, `audit of ${named(body.file)}`] as const),
    ...reasons.map(({ hash, body }) => [hash, `reasons of ${named(body.file)}`] as const),
    ...reports.map(({ hash, body }) => [hash, body.title] as const),
  ]);
  return [
    {
      table: {
        caption: "Decisions in the ledger, oldest first.",
        columns: [
          { title: "Day" },
          { title: "Subject" },
          { title: "Decision" },
          { title: "By" },
          { title: "Remark" },
          { title: "Signature" },
        ],
        rows: approvals.map(({ time, body }) => [
          time.slice(0, 10),
          `${subjects.get(body.subject) ?? "entry"} (${body.subject.slice(0, 12)})`,
          body.decision,
          `${body.name} (${body.role})${body.place ? `, ${body.place}` : ""}`,
          body.remark ?? "none",
          body.signature ? "signed with an SSH key" : "not signed with a key",
        ]),
      },
    },
  ];
}
