/** What an entry says as a person reads it, in the words of the documents. Pure. */

import type { DetailView } from "../../../webview/ledger/protocol.ts";
import { auditBody } from "../../ledger/entries/audit.ts";
import { groupBlocks } from "../../report/documents/audit-group-blocks.ts";
import { limitsTable, measuresTable } from "../../report/documents/audit-rows.ts";
import type { BlockTable } from "../../report/documents/blocks.ts";

type Part = DetailView["parts"][number];

/** Limits, differences between groups and rates of groups of an audit; none for entries of other types. */
export function entryParts(type: string, time: string, hash: string, body: unknown): Part[] {
  const parsed = type === "audit" ? auditBody.safeParse(body) : undefined;
  if (!parsed?.success) return [];
  const audit = { hash, time, body: parsed.data };
  const limits = limitsTable([audit]);
  return [
    ...(limits ? [tablePart(limits)] : []),
    ...(audit.body.measures.length > 0 ? [tablePart(measuresTable(audit))] : []),
    ...groupBlocks(audit).flatMap((block): Part[] => {
      if ("table" in block) return [tablePart(block.table)];
      return "text" in block ? [{ text: block.text }] : [];
    }),
  ];
}

const tablePart = ({ caption, columns, rows }: BlockTable): Part => ({
  table: {
    caption,
    columns: columns.map(({ title, align }) => ({ title, isNumber: align === "right" })),
    rows: rows.map((row) => [...row]),
  },
});
