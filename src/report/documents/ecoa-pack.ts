/** The reasons of each adverse action, for the creditor's own files: a page, a table, JSON. They name applicants and stay out of the ledger. Pure. */

import Papa from "papaparse";
import type { ReportFacts } from "../../config/report-facts.ts";
import type { HigherMeans } from "../../fairness/reasons/attributions.ts";
import type { ReasonCheck } from "../../fairness/reasons/check-reasons.ts";
import type { ApplicantReasons } from "../../fairness/reasons/principal-reasons.ts";
import { withoutForbidden } from "../forbidden-phrases.ts";
import { blockHtml } from "../render/blocks-html.ts";
import { blockMarkdown } from "../render/blocks-markdown.ts";
import { html, page } from "../render/html.ts";
import { DOCUMENT_STYLE } from "../render/style.ts";
import { named } from "./audit-values.ts";
import type { Block } from "./blocks.ts";
import { notifyBy, REGULATION_B, REGULATORY_NOTE } from "./ecoa-terms.ts";

export interface ReasonsPack {
  /** Relative to the project's folder where it lies there. */
  file: string;
  sha256: string;
  method: string;
  reference: string;
  higherMeans: HigherMeans;
  most: number;
  /** Feature -> what the consumer reads. */
  texts: Readonly<Record<string, string>>;
  facts: NonNullable<ReportFacts["ecoa"]>;
  checks: readonly ReasonCheck[];
  applicants: readonly ApplicantReasons[];
  warnings: readonly string[];
  fairwatt: string;
}

const MISSING_TEXT = "[TO BE COMPLETED BY THE CREDITOR: a specific text for this feature]";

/** What the consumer reads; never the name of a column in its place. */
export const textOf = ({ texts }: Pick<ReasonsPack, "texts">, feature: string): string =>
  Object.hasOwn(texts, feature) ? withoutForbidden(texts[feature]!) : MISSING_TEXT;

const number = (value: number): string => String(Number(value.toPrecision(4)));
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** One row per reason. Cells that a spreadsheet would run are made text. */
export function reasonsCsv(pack: ReasonsPack): string {
  const rows = pack.applicants.flatMap(({ applicant, reasons, completed }) =>
    reasons.map(({ feature, contribution, share, value }, at) => [
      applicant,
      completed ?? "",
      notifyBy(completed) ?? "",
      at + 1,
      textOf(pack, feature),
      feature,
      value ?? "",
      contribution,
      Number(share.toPrecision(4)),
    ]),
  );
  return Papa.unparse(
    {
      fields: [
        "applicant",
        "completed",
        "notify_by",
        "rank",
        "reason",
        "feature",
        "value_internal",
        "contribution",
        "share",
      ],
      data: rows,
    },
    { escapeFormulae: true, newline: "\n" },
  );
}

export function reasonsJson(pack: ReasonsPack, entry: string | undefined): string {
  const { applicants, facts: _, texts: __, ...rest } = pack;
  return JSON.stringify(
    {
      schema: "fairwatt.reasons/1",
      ...rest,
      entry: entry ?? null,
      applicants: applicants.map(({ applicant, reasons, coverage, tied, completed }) => ({
        applicant,
        completed,
        notifyBy: notifyBy(completed),
        coverage,
        tied,
        reasons: reasons.map((reason) => ({
          text: Object.hasOwn(pack.texts, reason.feature) ? textOf(pack, reason.feature) : null,
          ...reason,
        })),
      })),
    },
    null,
    2,
  );
}

/** A whole document with a part for each applicant. */
export function reasonsPage(pack: ReasonsPack, format: "html" | "md"): string {
  const title = "Principal reasons for adverse actions";
  const blocks = pageBlocks(pack);
  if (format === "md") return [`# ${title}`, ...blocks.map(blockMarkdown)].join("\n\n");
  const body = html`<main>
<header><p><span class="status">DRAFT</span> <span class="small">for the creditor's own files: names applicants</span></p>
<h1>${title}</h1></header>
${blocks.map(blockHtml)}
</main>`;
  return page({ title, style: DOCUMENT_STYLE, body });
}

function pageBlocks(pack: ReasonsPack): Block[] {
  return [
    {
      facts: [
        ["Table", named(pack.file)],
        ["SHA-256 of the table", pack.sha256],
        ["Method", pack.method],
        ["Held against", pack.reference],
        ["A higher score means", pack.higherMeans],
        ["Adverse actions here", String(pack.applicants.length)],
        ["Rules", REGULATION_B],
        ["Written with", `Fairwatt ${pack.fairwatt}`],
      ],
    },
    {
      text: "A contribution is no reason by itself: the text is what the consumer reads, and values and contributions are for the creditor's own files. Sensible only where the contributions are of the score that decided.",
    },
    { heading: "Checks", level: 2 },
    { table: checksTable(pack.checks) },
    ...pack.warnings.map((warning) => ({ text: `Note: ${warning}` })),
    { heading: "Reasons", level: 2 },
    ...pack.applicants.flatMap((each) => applicantBlocks(pack, each)),
    { text: REGULATORY_NOTE },
    {
      text: "Draft prepared with a software tool from user-provided data. It is no legal advice: whether a notice meets the rules is for the creditor and its counsel to judge.",
    },
  ];
}

export const checksTable = (checks: readonly ReasonCheck[]) => ({
  caption: "What was looked for before a notice goes out. Nothing found is no proof that there is nothing.",
  columns: [{ title: "Check" }, { title: "Result" }, { title: "Finding" }],
  rows: checks.map(({ check, state, finding }) => [check, state, finding]),
});

function applicantBlocks(pack: ReasonsPack, each: ApplicantReasons): Block[] {
  const { applicant, completed, reasons, coverage, tied } = each;
  const by = notifyBy(completed);
  return [
    { heading: `Applicant ${named(applicant)}`, level: 3 },
    ...(completed === null
      ? []
      : [
          {
            text: `Application complete on ${completed}; ${by === null ? "that is no day, so that the last day for the notice is not known" : `notice by ${by} (30 days, 1002.9(a)(1))`}.`,
          },
        ]),
    reasons.length === 0
      ? { text: "No feature lies on the side of denial of the reference: there is no reason here to state." }
      : {
          table: {
            caption: `Reasons, most weight first; together ${percent(coverage!)} of what spoke for denial.`,
            columns: [
              { title: "Rank" },
              { title: "Reason as the consumer reads it" },
              { title: "Feature (internal)" },
              { title: "Value (internal)" },
              { title: "Contribution", align: "right" as const },
              { title: "Share", align: "right" as const },
            ],
            rows: reasons.map(({ feature, value, contribution, share }, at) => [
              String(at + 1),
              textOf(pack, feature),
              named(feature),
              value === null ? "not given" : named(value),
              number(contribution),
              percent(share),
            ]),
          },
        },
    ...(tied.length > 0
      ? [{ text: `Weighs as much as the last one listed: ${tied.map(named).join(", ")}.` }]
      : []),
  ];
}
