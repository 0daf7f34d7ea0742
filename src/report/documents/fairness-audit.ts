/** Fairness audit report: what the ledger's audits found, with what only people know about them. */

import { type Evidence, newestAudits, type RecordedAudit } from "../evidence.ts";
import { groupBlocks } from "./audit-group-blocks.ts";
import { limitsTable, measuresTable } from "./audit-rows.ts";
import { amount, IMPOSSIBILITY, named } from "./audit-values.ts";
import type { Block } from "./blocks.ts";
import type { DocumentBody, Facts, ReportDocument } from "./document.ts";
import { computed, fixed, given, recorded } from "./fields.ts";
import { ll144Blocks } from "./ll144.ts";

export const fairnessAudit: ReportDocument = {
  id: "fairness-audit",
  title: "Fairness audit report",
  summary: "whom the model treats how: measures, ranges, limits, and what was not measured",
  form: 1,
  legalTextAsOf:
    "Annex IV 2(g), 3, 4 and Art. 10(2)(f) of Regulation (EU) 2024/1689 as amended by Regulation (EU) 2026/1744; 29 CFR 1607.4(D) as a screening statistic under guidelines whose rescission is pending",
  build,
};

const AUDIT = "an audit: fairwatt audit TABLE";
const OWNER = "the provider";

function build(evidence: Evidence, facts: Facts): DocumentBody {
  const audits = newestAudits(evidence);
  const report = facts.report ?? {};
  const fairness = report.fairness ?? {};
  const limits = limitsTable(audits);
  return {
    blocks: [
      { heading: "1. System and decision", level: 2 },
      {
        fields: {
          caption: "What is decided, by whom.",
          rows: [
            given("Decision", report.decision, "Annex IV 1(a); Art. 13"),
            given("Who decides", report["decision-maker"], "Art. 14"),
            given("Jurisdiction", report.jurisdiction),
            computed("Favourable outcome", favourableWords(audits), "Art. 13", AUDIT),
          ],
        },
      },
      { heading: "2. Data", level: 2 },
      {
        fields: {
          caption: "What was audited.",
          rows: [
            recorded("Tables", audits.map(tableWords), "Annex IV 2(d), 2(g)", AUDIT),
            given("Source of the data", fairness["data-source"], "Art. 10(2)(b)"),
            given("Splits, and what is missing in the data", fairness["data-splits"], "Art. 10(2)(b), (e)"),
            given("Period of the data", fairness["data-period"], "Art. 10(3)"),
            given("How attributes were obtained", fairness["attributes-obtained"], "Art. 10(2)(b)"),
            given("Legal basis; record of Art. 4a", fairness["legal-basis"], "Art. 4a"),
            computed("Notes of the audits", notesOf(audits), undefined, AUDIT),
          ],
        },
      },
      { heading: "3. Attributes and groups", level: 2 },
      {
        fields: {
          caption: "Who is compared.",
          rows: [
            recorded(
              "Attributes",
              [...new Set(audits.flatMap(({ body }) => body.columns.sensitive.map(named)))].join(", "),
              "Art. 21 EU Charter; 29 CFR 1607.4(D)",
              AUDIT,
            ),
            given("Why these attributes, and what was merged", fairness["attribute-choice"], "Art. 10(2)(f)"),
            recorded("Small groups", audits.length > 0 ? smallWords(audits) : null, undefined, AUDIT),
          ],
        },
      },
      { heading: "4. Measures and limits", level: 2 },
      {
        fields: {
          caption: "Which measure, why, and from when its limit stands.",
          rows: [given("Why these measures and limits", fairness["metric-choice"], "Annex IV 4; Art. 9(8)")],
        },
      },
      ...(limits ? [{ table: limits }] : audits.length > 0 ? [{ text: "No limit was set." }] : []),
      { heading: "5. Results", level: 2 },
      ...resultBlocks(audits),
      { heading: "6. Trend", level: 2 },
      ...trendBlocks(evidence),
      { heading: "7. Causes, mitigation, limits of this report", level: 2 },
      {
        fields: {
          caption: "What only people can say.",
          rows: [
            given("Proxies and bias in the labels", fairness["label-bias"], "Art. 10(2)(f)"),
            computed(
              "Columns that stand in for the attributes, slices with more errors, consistency",
              audits.length > 0
                ? "In the audit's own report, by the command under its results: the ledger keeps no values of other columns."
                : null,
              "Art. 10(2)(f)",
              AUDIT,
            ),
            given(
              "Mitigation, with accuracy and energy before and after",
              fairness.mitigation,
              "Art. 10(2)(g)",
            ),
            fixed(
              "Legality of mitigation",
              "In US hiring, scores may not be adjusted nor cut-offs differ by race, color, religion, sex or national origin (42 USC 2000e-2(l), to be confirmed by counsel); in the EU, other treatment by a protected attribute needs its own justification.",
            ),
            given(
              "What was not measured, and how representative the data are",
              fairness.limits,
              "NIST AI RMF MEASURE 1.1",
            ),
            fixed("Impossibility", IMPOSSIBILITY, "Annex IV 4"),
            given(
              "Reviewer and relation to the project",
              fairness.reviewer,
              "Annex IV 2(g); MEASURE 1.3",
              "the reviewer",
            ),
            given("Monitoring plan", fairness.monitoring, "Art. 72", OWNER),
          ],
        },
      },
      ...ll144Blocks(evidence, facts),
      {
        text: "A difference is a statistic, not a judgement: whether it is lawful or fair is for people to decide.",
      },
    ],
  };
}

function notesOf(audits: readonly RecordedAudit[]): readonly string[] | null {
  if (audits.length === 0) return null;
  const notes = audits.flatMap(({ body }) => body.notices ?? []);
  return notes.length > 0 ? notes : ["none"];
}

function favourableWords(audits: readonly RecordedAudit[]): string | null {
  const words = audits.flatMap(({ body }) =>
    body.positive === undefined
      ? []
      : [
          `${named(body.file)}: class ${named(body.positive)} is positive; good for the person is to be predicted ${body.favourable ?? "positive"}`,
        ],
  );
  return words.join("; ") || null;
}

const tableWords = ({ body, time, hash }: RecordedAudit): string =>
  `${named(body.file)}: ${body.rows} rows, SHA-256 ${body.sha256}, audited ${time.slice(0, 10)} (ledger entry ${hash.slice(0, 12)}${body.run === undefined ? "" : `, run ${body.run}`})`;

function smallWords(audits: readonly RecordedAudit[]): string {
  const rules = audits.map(
    ({ body: { settings } }) =>
      `groups of fewer than ${settings.minRows ?? "an unrecorded number of"} rows decide nothing`,
  );
  const sizes = audits.flatMap(({ body: { groups } }) =>
    groups && groups.below > 0 ? [`counts below ${groups.below} are left out`] : [],
  );
  return `${[...new Set([...rules, ...sizes])].join("; ")}. Of groups the ledger and this report have only what tells no small count; NYC Local Law 144 has its own tables published, where the project asks for them.`;
}

function resultBlocks(audits: readonly RecordedAudit[]): Block[] {
  if (audits.length === 0)
    return [{ text: "No audit is in the ledger yet: fairwatt audit TABLE makes one." }];
  return audits.flatMap((audit): Block[] => [
    { heading: named(audit.body.file), level: 3 },
    ...groupBlocks(audit),
    { table: measuresTable(audit) },
    ...(audit.body.limits.length > 0
      ? [
          {
            list: audit.body.limits.map(
              ({ limit, broken, finding }) =>
                `${limit}: ${finding}; ${broken ? "outside the limit that the project chose" : "not shown to be outside the limit that the project chose"}`,
            ),
          },
        ]
      : []),
    ...inequalityBlocks(audit),
    {
      text: `Every rate of every group, four-fifths, bins of the calibration${audit.body.task === "binary" ? ", columns that stand in for the attributes (proxies) and slices with more errors" : ""} are in the audit's own report:`,
    },
    { code: commandOf(audit) },
  ]);
}

function inequalityBlocks({ body: { inequality } }: RecordedAudit): Block[] {
  if (!inequality || inequality.theil === null) return [];
  return [
    {
      text: `Theil index of all rows, between individuals and not groups: ${amount(inequality.theil)}, 0 where all benefit alike; ${inequality.convention}.`,
    },
  ];
}

/** With the columns of the audit, whatever the project file says of the table by then; enters nothing in the ledger. */
function commandOf({ body }: RecordedAudit): string {
  const { columns, task, positive, favourable } = body;
  const options = Object.entries({
    task,
    label: columns.label,
    prediction: columns.prediction,
    score: columns.score,
    threshold: columns.prediction === undefined ? body.threshold?.toString() : undefined,
    weight: columns.weight,
    sensitive: columns.sensitive.join(","),
    positive,
    favourable,
  }).flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${quoted(value)}`]));
  return [
    `fairwatt audit ${quoted(body.file)}`,
    ...options,
    ...(task === "binary" ? ["--causes"] : []),
    "--no-ledger --format html --out reports/audit.html",
  ].join(" ");
}

/** As one types it in a POSIX shell. */
const quoted = (path: string): string =>
  /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;

/** Audits of one table over time, by the first measure of each. */
function trendBlocks({ audits }: Evidence): Block[] {
  const byFile = new Map<string, RecordedAudit[]>();
  for (const audit of audits) byFile.set(audit.body.file, [...(byFile.get(audit.body.file) ?? []), audit]);
  const rows = [...byFile.keys()]
    .sort()
    .flatMap((file) => (byFile.get(file)!.length > 1 ? byFile.get(file)! : []))
    .map(({ time, body }) => {
      const widest = body.measures
        .filter(({ difference }) => difference.value !== null)
        .sort((a, b) => Math.abs(b.difference.value!) - Math.abs(a.difference.value!))[0];
      return [
        named(body.file),
        time.slice(0, 10),
        String(body.rows),
        widest
          ? `${widest.measure} by ${widest.by.map(named).join(" x ")}: ${widest.difference.value!.toFixed(3)}`
          : "not estimable",
        `${body.limits.filter(({ broken }) => broken).length} of ${body.limits.length}`,
      ];
    });
  if (rows.length === 0) return [{ text: "No table was audited more than once." }];
  return [
    {
      table: {
        caption: "Audits of the same table, oldest first.",
        columns: [
          { title: "Table" },
          { title: "Audited" },
          { title: "Rows", align: "right" },
          { title: "Largest difference" },
          { title: "Outside limits", align: "right" },
        ],
        rows,
      },
    },
  ];
}
