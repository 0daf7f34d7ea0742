/** The report of an audit, version 1 of its form, as HTML or Markdown. Pure: same input, same text. */

import type { AuditConvention } from "../../config/audit-settings.ts";
import type { AnyAudit } from "../../fairness/audit/audit-table.ts";
import type { LimitResult } from "../../fairness/audit/limits.ts";
import type { Passed, PassedOn } from "../../fairness/audit/small-cells.ts";
import type { Causes } from "../../fairness/causes/causes.ts";
import type { EngineReport } from "../../fairness/libraries/agreement.ts";
import type { LimitsSet } from "../../ledger/entry.ts";
import { limitsSetWords } from "../../ledger/limits-set.ts";
import { blockHtml } from "../render/blocks-html.ts";
import { blockMarkdown } from "../render/blocks-markdown.ts";
import { html, page } from "../render/html.ts";
import { DOCUMENT_STYLE } from "../render/style.ts";
import { binaryBlocks, howBinary } from "./audit-binary-blocks.ts";
import { causesBlocks } from "./audit-causes-blocks.ts";
import { engineBlocks } from "./audit-engine-blocks.ts";
import { howAccuracies, howRegression, multiclassBlocks, regressionBlocks } from "./audit-task-blocks.ts";
import { count, named } from "./audit-values.ts";
import type { Block } from "./blocks.ts";

/** An audit, as it may be passed on, with where it comes from. */
export interface AuditFinding extends PassedOn<{ audit: AnyAudit; causes?: Causes }> {
  /** The table, relative to the project's folder where it lies there. */
  file: string;
  /** Of the table's bytes. */
  sha256: string;
  limits: readonly LimitResult[];
  limitsSet?: LimitsSet;
  convention: AuditConvention;
  run?: string;
  /** Hash of the ledger entry. */
  entry?: string;
  /** What a library says of the same table. */
  engine?: EngineReport;
  /** The command line that gives the same result. */
  command: string;
  /** Version of Fairwatt. */
  fairwatt: string;
}

const FORM = "Fairwatt audit report, form 1";

/** A whole document. */
export function auditReport(finding: AuditFinding, format: "html" | "md"): string {
  const title = `How ${finding.file} treats groups`;
  const blocks = auditBlocks(finding);
  if (format === "md") return [`# ${title}`, ...blocks.map(blockMarkdown)].join("\n\n");
  const body = html`<main>
<header><p><span class="status">DRAFT</span> <span class="small">until a person has signed it</span></p>
<h1>${title}</h1></header>
${blocks.map(blockHtml)}
</main>`;
  return page({ title, style: DOCUMENT_STYLE, body });
}

function auditBlocks(finding: AuditFinding): Block[] {
  const { value, protection } = finding;
  const { audit } = value;
  return [
    {
      text: `${FORM}. Computed on this machine from the table that is named below; nothing was sent anywhere. Counts of few people: ${protection.note}.`,
    },
    { facts: factsOf(finding) },
    ...limitBlocks(finding),
    ...(audit.task === "binary"
      ? binaryBlocks(audit, finding.convention)
      : audit.task === "multiclass"
        ? multiclassBlocks(audit, finding.convention)
        : regressionBlocks(audit)),
    ...(value.causes ? causesBlocks(value.causes) : []),
    ...(finding.engine ? engineBlocks(finding.engine, protection.rounded) : []),
    { heading: "How it was computed", level: 2 },
    { list: [...howOf(audit), ...audit.notes.map((note) => `Note: ${note}`)] },
    { heading: "How to reproduce it", level: 2 },
    { code: finding.command },
    {
      text: "Draft prepared with a software tool from user-provided data. It is no certification and no legal advice: whether a difference is lawful or fair is for people to judge.",
    },
  ];
}

function howOf({ task, settings, weighted }: Passed<AnyAudit>): string[] {
  if (task === "regression") return howRegression(settings);
  return [...(task === "multiclass" ? [howAccuracies(weighted)] : []), ...howBinary(settings, weighted)];
}

function factsOf({ value: { audit }, ...finding }: AuditFinding): [string, string][] {
  return [
    ["Table", `${finding.file}, ${count(audit.rows)} rows${audit.weighted ? ", weighted" : ""}`],
    ["SHA-256 of the table", finding.sha256],
    ["Task", audit.task],
    ...outcomeFacts(audit),
    ["Run", finding.run ?? "not known"],
    ["Ledger entry", finding.entry ?? "none"],
    ["Written with", `Fairwatt ${finding.fairwatt}`],
  ];
}

function outcomeFacts(audit: Passed<AnyAudit>): [string, string][] {
  if (audit.task === "regression") return [];
  if (audit.task === "multiclass") return [["Classes", audit.classes.map(named).join(", ")]];
  const decided =
    audit.threshold === null ? "" : `; predicted where the score is at least ${audit.threshold}`;
  return [
    ["Positive", `${named(audit.positive)}${decided}`],
    ["Good for the person", `predicted ${audit.favourable}`],
  ];
}

function limitBlocks({ limits, limitsSet }: AuditFinding): Block[] {
  const heading: Block = { heading: "Limits", level: 2 };
  if (limits.length === 0) return [heading, { text: "No limit was set: nothing here passes or fails." }];
  return [
    heading,
    ...(limitsSet ? [{ text: `${limitsSetWords(limitsSet)}.` }] : []),
    {
      table: {
        caption: "Limits and whether they are kept.",
        columns: [{ title: "Limit" }, { title: "By" }, { title: "Result" }, { title: "Finding" }],
        rows: limits.map(({ limit, by, broken, decided, finding }) => [
          limit,
          by.join(" x "),
          broken ? "broken" : decided ? "kept" : "not enough data to tell",
          finding,
        ]),
      },
    },
  ];
}
