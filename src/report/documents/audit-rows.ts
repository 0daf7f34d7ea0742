/** What the ledger's audits say, as tables of several documents. No counts of groups: the ledger has none. Pure. */

import { limitsSetWords } from "../../ledger/limits-set.ts";
import type { RecordedAudit } from "../evidence.ts";
import { named, rate } from "./audit-values.ts";
import type { BlockTable } from "./blocks.ts";

type Estimate = RecordedAudit["body"]["measures"][number]["difference"];

/** "0.110 (0.070 to 0.150)" */
export function estimateWords({ value, low, high, method }: Estimate): string {
  if (value === null) return method || "not estimable";
  return low === null || high === null ? rate(value) : `${rate(value)} (${rate(low)} to ${rate(high)})`;
}

/** Every measure of an audit, one row for each way of grouping. */
export function measuresTable({ body }: RecordedAudit): BlockTable {
  return {
    caption: `Differences and ratios between groups in ${named(body.file)}, with their ranges.`,
    columns: [
      { title: "Measure" },
      { title: "By" },
      { title: "Difference, range" },
      { title: "Ratio, range" },
      { title: "Convention" },
    ],
    rows: body.measures.map(({ measure, by, difference, ratio, convention }) => [
      measure,
      by.map(named).join(" x "),
      estimateWords(difference),
      estimateWords(ratio),
      convention,
    ]),
  };
}

/** Limits of all audits, with since when they stand; null where none was set. */
export function limitsTable(audits: readonly RecordedAudit[]): BlockTable | null {
  const rows = audits.flatMap(({ body }) =>
    body.limits.map(({ limit, by, broken, finding }) => [
      limit,
      named(body.file),
      by.map(named).join(" x "),
      broken ? "outside the limit" : "not shown to be outside",
      finding,
      body.limitsSet ? limitsSetWords(body.limitsSet) : "not recorded",
    ]),
  );
  if (rows.length === 0) return null;
  return {
    caption: "Limits that the project set, and since when they stand.",
    columns: [
      { title: "Limit" },
      { title: "Table" },
      { title: "By" },
      { title: "Result" },
      { title: "Finding" },
      { title: "Set" },
    ],
    rows,
  };
}
