/** Which records serve which subcategory of the NIST AI RMF 1.0, and which clause and control of ISO/IEC 42001:2023. */

import frameworks from "../data/evidence-frameworks.json" with { type: "json" };
import type { Evidence } from "../evidence.ts";
import type { Block, BlockTable } from "./blocks.ts";
import type { DocumentBody, Facts, ReportDocument } from "./document.ts";
import { type PresentEvidence, presentKinds } from "./evidence-kinds.ts";
import { computed, fixed, given, MEASUREMENT } from "./fields.ts";

export const evidenceMatrix: ReportDocument = {
  id: "evidence-matrix",
  title: "Evidence matrix: NIST AI RMF 1.0 and ISO/IEC 42001:2023",
  summary: "NIST AI RMF and ISO/IEC 42001: what the records support, and the gaps",
  form: 1,
  legalTextAsOf: "NIST AI RMF 1.0 (NIST AI 100-1, January 2023); ISO/IEC 42001:2023",
  build,
};

type Requirement = (typeof frameworks)[number];
type Strength = "● measured" | "◐ partial" | "○ statement only";

function build(evidence: Evidence, facts: Facts): DocumentBody {
  const present = presentKinds(evidence, facts);
  const matrix = facts.report?.["evidence-matrix"] ?? {};
  const owner = "the owner of the management system";
  const any = evidence.runs.length + evidence.audits.length > 0;
  return {
    blocks: [
      {
        text: "The records below support evidence for these items. They show no conformity, and a tool certifies nothing. Titles are in our own words.",
      },
      {
        fields: {
          caption: "Reading and review.",
          rows: [
            fixed(
              "Strength",
              "● every kind of evidence that we know for the item is recorded by measurement; ◐ some is; ○ only people can state it, or nothing is recorded yet.",
            ),
            computed(
              "NIST AI RMF 1.0",
              any ? countWords(rowsOf("NIST AI RMF"), present) : null,
              undefined,
              MEASUREMENT,
            ),
            computed(
              "ISO/IEC 42001:2023",
              any ? countWords(rowsOf("ISO/IEC 42001"), present) : null,
              undefined,
              MEASUREMENT,
            ),
            given("Gaps, with owner and due date", matrix.gaps, "GOVERN 1.4; ISO/IEC 42001 10.2", owner),
            given(
              "Statement of applicability of Annex A",
              matrix["statement-of-applicability"],
              "ISO/IEC 42001 6.1.3",
              owner,
            ),
            given("Reviewer and date", matrix.reviewer, "MEASURE 1.3; ISO/IEC 42001 9.2", "the reviewer"),
          ],
        },
      },
      ...framework("NIST AI RMF 1.0", "NIST AI RMF", present),
      ...framework("ISO/IEC 42001:2023", "ISO/IEC 42001", present),
    ],
  };
}

const rowsOf = (name: string): Requirement[] => frameworks.filter(({ framework }) => framework === name);

function framework(heading: string, name: string, present: ReadonlyMap<string, PresentEvidence>): Block[] {
  const table: BlockTable = {
    caption: `${heading}: evidence by item; newest: day of the newest record that it rests on.`,
    columns: [
      { title: "Item" },
      { title: "What it is about" },
      { title: "Strength" },
      { title: "Evidence" },
      { title: "Newest" },
    ],
    rows: rowsOf(name).map((requirement) => {
      const found = requirement.evidence.flatMap((kind) => present.get(kind) ?? []);
      return [
        requirement.id,
        requirement.title,
        strengthOf(requirement, present),
        found.map(({ words }) => words).join("; ") || "none recorded",
        found
          .flatMap(({ newest }) => newest ?? [])
          .sort()
          .at(-1) ?? "",
      ];
    }),
  };
  return [{ heading, level: 2 }, { table }];
}

/** Never stronger than what is recorded, nor than the framework's item allows. */
function strengthOf(
  { evidence, strength }: Requirement,
  present: ReadonlyMap<string, PresentEvidence>,
): Strength {
  const kinds = evidence.filter((kind) => kind !== "user_statement");
  const found = kinds.filter((kind) => present.has(kind));
  if (strength === "statement" || found.length === 0) return "○ statement only";
  const recorded = found.every((kind) => present.get(kind)!.newest !== undefined);
  return strength === "measured" && recorded && found.length === kinds.length ? "● measured" : "◐ partial";
}

function countWords(rows: readonly Requirement[], present: ReadonlyMap<string, PresentEvidence>): string {
  const count = (strength: Strength) => rows.filter((row) => strengthOf(row, present) === strength).length;
  return `${count("● measured")} ● measured, ${count("◐ partial")} ◐ partial, ${count("○ statement only")} ○ statement only, of ${rows.length} items`;
}
