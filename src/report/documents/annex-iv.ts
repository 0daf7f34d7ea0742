/** Draft of the technical documentation by Annex IV of the AI Act: every point, filled as far as records and facts go. */

import { ANNEX_IV_TEXTS } from "../../config/report-facts.ts";
import { commitWords } from "../commit-words.ts";
import { type Evidence, newestAudits, totalOf } from "../evidence.ts";
import { applicabilityBlocks, computeBlocks } from "./ai-act-compute.ts";
import { AI_ACT } from "./ai-act-terms.ts";
import { groupBlocks } from "./audit-group-blocks.ts";
import { limitsTable, measuresTable, qualityWords } from "./audit-rows.ts";
import { IMPOSSIBILITY, named } from "./audit-values.ts";
import type { Block, FieldRow } from "./blocks.ts";
import type { DocumentBody, Facts, ReportDocument } from "./document.ts";
import { computed, fixed, given, recorded } from "./fields.ts";

export const annexIv: ReportDocument = {
  id: "annex-iv",
  title: "Technical documentation – draft (Annex IV, Regulation (EU) 2024/1689 as amended)",
  summary: "AI Act: draft of the technical documentation, point by point",
  form: 1,
  legalTextAsOf: AI_ACT,
  build,
};

type TextKey = keyof typeof ANNEX_IV_TEXTS;

/** Most versions that are listed. */
const VERSIONS = 20;
const AUDIT = "an audit: fairwatt audit TABLE";

function build(evidence: Evidence, facts: Facts): DocumentBody {
  const report = facts.report ?? {};
  const texts = report["annex-iv"] ?? {};
  const text = (label: string, key: TextKey, by?: string) =>
    given(label, texts[key], `Annex IV ${ANNEX_IV_TEXTS[key]}`, by);
  const section = (heading: string, caption: string, rows: FieldRow[]): Block[] => [
    { heading, level: 2 },
    { fields: { caption, rows } },
  ];
  const audits = newestAudits(evidence);
  const limits = limitsTable(audits);
  return {
    blocks: [
      {
        text: "Draft: Annex IV names the least that the technical documentation of a high-risk AI system has. What the records hold is filled in; what only people know is marked.",
      },
      ...applicabilityBlocks(facts),
      ...section("1. General description", "Annex IV point 1.", [
        given("Provider", report.organisation, "Annex IV 1(a)"),
        recorded("Versions that were run", versionWords(evidence), "Annex IV 1(a)"),
        text("Relation to earlier versions", "earlier-versions"),
        text("Interaction with other hardware, software and AI systems", "interactions"),
        recorded("Systems and software of the runs", systemWords(evidence), "Annex IV 1(c)"),
        text("Versions of software and firmware, and what updates need", "update-requirements"),
        text("Forms in which it is placed on the market", "placed-as"),
        text("Hardware on which to run", "hardware"),
        text("Photographs and markings of the product", "markings"),
        text("User interface for the deployer", "user-interface"),
        text("Instructions for use", "instructions"),
      ]),
      ...section("2. Elements and development", "Annex IV points 2(a) and 2(b).", [
        text(
          "Methods and steps of development; pre-trained systems and tools of others",
          "development-steps",
        ),
        given("Pre-trained model that it starts from", report["model-card"]?.["base-model"], "Annex IV 2(a)"),
        recorded("Commands that were run", commandsWords(evidence), "Annex IV 2(a)"),
        text(
          "Design: logic, key choices with rationale and assumptions, what is optimised, expected output",
          "design",
        ),
        text("Trade-off decisions on the requirements of Chapter III section 2", "trade-offs"),
      ]),
      ...computeBlocks(evidence, facts),
      ...section("2. Data, oversight, testing", "Annex IV points 2(d) to 2(h).", [
        text("Data: origin, purpose, scope, selection, labelling, cleaning", "data"),
        recorded(
          "Tables that were audited, with their hashes",
          audits.map(({ body }) => `${body.file}: ${body.rows} rows, SHA-256 ${body.sha256}`),
          "Annex IV 2(d), 2(g)",
          AUDIT,
        ),
        text("Human oversight", "oversight", "the provider"),
        text("Changes determined beforehand", "predetermined-changes"),
        text("Validation and testing procedures", "testing"),
        computed(
          "Metrics of potentially discriminatory impacts",
          audits.length > 0
            ? `${audits.length} audited ${audits.length === 1 ? "table" : "tables"}, below`
            : null,
          "Annex IV 2(g)",
          AUDIT,
        ),
        given(
          "Examination of biases and measures against them",
          report.fairness?.mitigation,
          "Art. 10(2)(f)-(h), 10(3)",
        ),
        computed(
          "Special categories of personal data",
          report["art-4a"] && "their record, with its six conditions, is the document art-4a",
          "Art. 4a(1)",
          "the provider: [report.art-4a], or that none were processed",
        ),
        text("Cybersecurity", "cybersecurity"),
      ]),
      ...audits.map((audit) => ({ table: measuresTable(audit) })),
      ...(limits ? [{ table: limits }] : []),
      ...section("3. Monitoring, functioning and control", "Annex IV point 3.", [
        text("Capabilities and limitations, overall accuracy", "capabilities"),
        computed("Overall accuracy, as audited", overallWords(audits), "Annex IV 3; Art. 15(3)", AUDIT),
        computed(
          "Accuracy for specific persons and groups",
          accuracyWords(audits),
          "Annex IV 3; Art. 13(3)(b)(v)",
          AUDIT,
        ),
        text("Foreseeable unintended outcomes and risks of discrimination", "unintended-outcomes"),
        text("Specifications of the input data", "input-data"),
      ]),
      ...audits.flatMap(groupBlocks),
      ...section("4. to 9.", "Annex IV points 4 to 9.", [
        text("Why these metrics are appropriate", "metric-choice"),
        fixed("What the choice has to weigh", IMPOSSIBILITY, "Annex IV 4"),
        text("Risk management system", "risk-management"),
        text("Changes through the life cycle", "changes"),
        computed(
          "Harmonised standards applied in full",
          report["harmonised-standards-applied"] === undefined
            ? null
            : report["harmonised-standards-applied"]
              ? "yes, as stated; which ones, below"
              : "none, as stated; other specifications and solutions, below",
          "Annex IV 7",
        ),
        text("Harmonised standards and other specifications applied", "standards"),
        text("EU declaration of conformity (Annex V items 1 to 8)", "declaration"),
        text("Post-market monitoring plan", "monitoring"),
      ]),
    ],
  };
}

/** One line for each commit that was run: when first and last, how many runs. */
function versionWords({ runs }: Evidence): string[] {
  const byCommit = new Map<string, { words: string; first: string; last: string; runs: number }>();
  for (const { body } of runs) {
    const words = commitWords(body.git) ?? "not in version control";
    const key = body.git?.commit ?? "";
    const seen = byCommit.get(key);
    if (seen) {
      seen.last = body.startedAt;
      seen.runs++;
    } else byCommit.set(key, { words, first: body.startedAt, last: body.startedAt, runs: 1 });
  }
  const all = [...byCommit.values()].map(
    ({ words, first, last, runs }) =>
      `${words}: ${runs} ${runs === 1 ? "run" : "runs"}, ${first.slice(0, 10)}${first.slice(0, 10) === last.slice(0, 10) ? "" : ` to ${last.slice(0, 10)}`}`,
  );
  return all.length <= VERSIONS
    ? all
    : [`${all.length} commits; the newest ${VERSIONS}:`, ...all.slice(-VERSIONS)];
}

function systemWords({ runs }: Evidence): string[] {
  const systems = runs.flatMap(({ body: { hardware } }) =>
    hardware ? [[hardware.os, hardware.container, hardware.virtualization].filter(Boolean).join(", ")] : [],
  );
  return [...new Set(systems)].sort();
}

function commandsWords({ runs }: Evidence): string[] {
  const commands = [...new Set(runs.map(({ body }) => body.argv.join(" ")))];
  const shown = commands.slice(-VERSIONS);
  return [
    ...(shown.length < commands.length ? [`${commands.length} commands; the newest ${VERSIONS}:`] : []),
    ...shown,
    ...(runs.length > 0 ? [`${totalOf(runs).unfinished} of ${runs.length} runs did not finish`] : []),
  ];
}

const overallWords = (audits: ReturnType<typeof newestAudits>): string[] =>
  audits.flatMap(({ body }) => qualityWords(body).map((words) => `${named(body.file)}: ${words}`));

function accuracyWords(audits: ReturnType<typeof newestAudits>): string | null {
  const groupings = audits.flatMap(({ body }) => body.measures.map(({ by }) => by.join(" x ")));
  return groupings.length > 0
    ? `by ${[...new Set(groupings)].join("; ")}: rates of groups below, differences between them under point 2(g) above`
    : null;
}
