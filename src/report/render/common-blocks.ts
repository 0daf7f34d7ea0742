/** What every document has before and after its own parts, as blocks: one wording for all formats. Pure. */

import {
  type Block,
  type BlockTable,
  type FieldTable,
  missingText,
  sourceWords,
} from "../documents/blocks.ts";
import type { DocumentContent } from "../documents/document.ts";

/** Heading of the last page. */
export const REPRODUCE = "How to reproduce it";

export function firstPage(content: DocumentContent): Block[] {
  const { system, evidence, completeness } = content;
  const given = (value: string | null) => value ?? missingText({ label: "", source: "U" });
  const runs = evidence.runs.length;
  const missing = completeness.missing.length;
  return [
    {
      facts: [
        ["System", given(system.name)],
        ["Version", given(system.version)],
        [
          "Commit",
          system.commit === null
            ? "not in version control, or no run recorded"
            : `${system.commit}${system.dirty ? ", with changes that were not committed" : ""}`,
        ],
        ["Organisation", given(system.organisation)],
        ["Contact", given(system.contact)],
        [
          "Evidence",
          `${runs} ${runs === 1 ? "run" : "runs"} in ${evidence.entries.length} ledger ${evidence.entries.length === 1 ? "entry" : "entries"}${content.evidenceAt === null ? "" : `, the newest of ${content.evidenceAt}`}`,
        ],
        [
          "Generated at",
          content.evidenceAt === null
            ? "no entry in the ledger yet"
            : `${content.evidenceAt}: the time of the newest entry used`,
        ],
        ["Data hash", evidence.dataHash],
        ["Document id", content.id],
        ...(content.legalTextAsOf === null
          ? []
          : [["Legal text", content.legalTextAsOf] as [string, string]]),
        ["Form", `${content.document}, form ${content.form}, Fairwatt ${content.fairwatt}`],
        [
          "Completeness",
          `${completeness.filled} of ${completeness.required} fields are filled${missing === 0 ? "" : `; the ${missing === 1 ? "one that is" : `${missing} that are`} missing ${missing === 1 ? "is" : "are"} listed at the end`}`,
        ],
      ],
    },
    ...(content.notices.length > 0 ? [{ list: content.notices }] : []),
  ];
}

export function lastPage(content: DocumentContent): Block[] {
  const { missing } = content.completeness;
  const { signature, status } = content;
  return [
    ...(missing.length === 0
      ? []
      : [
          { heading: "What is missing", level: 2 as const },
          {
            table: {
              caption: "Fields that nobody has filled, and by whom they are to be completed.",
              columns: [{ title: "Section" }, { title: "Field" }, { title: "By" }],
              rows: missing.map(({ section, label, completedBy }) => [section, label, completedBy]),
            },
          },
        ]),
    { heading: REPRODUCE, level: 2 },
    { code: content.reproduce.join("\n") },
    {
      text: "The same ledger and the same project file give the same bytes on every machine. The data hash is the SHA-256 of the canonical JSON (RFC 8785) of the hashes of the ledger entries used and of the facts in the project file.",
    },
    { heading: "Signature", level: 2 },
    {
      table: {
        caption:
          status === "FINAL"
            ? "Approved for the document id on the first page, in the project's ledger."
            : "Blank: this document is a draft.",
        columns: [{ title: "Name" }, { title: "Function" }, { title: "Place, date" }, { title: "Signature" }],
        rows: [
          signature
            ? [
                signature.name,
                signature.function,
                `${signature.place}, ${signature.date}`,
                signedWords(signature),
              ]
            : // The first cell of a row is its heading, and a heading is never empty.
              ["not signed yet", " ", " ", " "],
        ],
      },
    },
    { text: content.disclaimer },
  ];
}

const signedWords = ({ entry, scheme }: NonNullable<DocumentContent["signature"]>): string =>
  `${scheme === "ssh" ? "signed with an SSH key, which fairwatt ledger verify checks" : "not signed with a key"}; ledger entry ${entry}`;

/** The rows of a form as a table. */
export function fieldsAsTable({ caption, rows }: FieldTable): BlockTable {
  return {
    caption,
    columns: [{ title: "Field" }, { title: "Clause" }, { title: "Value" }, { title: "Source" }],
    rows: rows.map((row) => [
      row.label,
      row.clause ?? "",
      row.value ? row.value.join(" / ") : missingText(row),
      sourceWords(row),
    ]),
  };
}
