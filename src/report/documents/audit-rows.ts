/** What the ledger's audits say, as tables of several documents. No counts of groups: the ledger has none. Pure. */

import { limitsSetWords } from "../../ledger/limits-set.ts";
import type { RecordedAudit } from "../evidence.ts";
import { amount, labelOf, named, rate } from "./audit-values.ts";
import type { BlockTable } from "./blocks.ts";

type Estimate = RecordedAudit["body"]["measures"][number]["difference"];

/** "0.110 (0.070 to 0.150)" */
export function estimateWords({ value, low, high, method }: Estimate): string {
  if (value === null) return method || "not estimable";
  return low === null || high === null ? rate(value) : `${rate(value)} (${rate(low)} to ${rate(high)})`;
}

/** Every measure of an audit, one row for each way of grouping; a convention that all measures share is said once. */
export function measuresTable({ body }: RecordedAudit): BlockTable {
  const conventions = new Set(body.measures.map(({ convention }) => convention));
  const [shared] = conventions.size === 1 ? conventions : [];
  return {
    caption: `Differences and ratios between groups in ${named(body.file)}, with their ranges${shared === undefined ? "" : `: ${shared}`}.`,
    columns: [
      { title: "Measure" },
      { title: "By" },
      { title: "Difference, range" },
      { title: "Ratio, range" },
      ...(shared === undefined ? [{ title: "Convention" }] : []),
    ],
    rows: body.measures.map(({ measure, by, difference, ratio, convention }) => [
      measure,
      by.map(named).join(" x "),
      estimateWords(difference),
      estimateWords(ratio),
      ...(shared === undefined ? [convention] : []),
    ]),
  };
}

/** "accuracy 0.812 (0.790 to 0.832), worst group sex = f: 0.771 (0.740 to 0.799)", one for each figure of quality. */
export function qualityWords({ quality = [] }: RecordedAudit["body"]): string[] {
  return quality.map((each) => {
    const { measure, better, worst, worstLeftOut } = each;
    const form = measure.endsWith("_error") ? amount : rate;
    const words = ({ value, low, high }: Pick<typeof each, "value" | "low" | "high">) =>
      low === null || high === null ? form(value) : `${form(value)} (${form(low)} to ${form(high)})`;
    const group = worst
      ? `, worst group ${worst.by.map(named).join(" x ")} = ${named(worst.group)}: ${words(worst)}`
      : worstLeftOut
        ? ", worst group left out, as small counts could be told from it"
        : "";
    return `${labelOf(measure)} ${words(each)}${better ? ", less is better" : ""}${group}`;
  });
}

/** Limits of all audits, with since when they stand, which is said once where it is the same of all; null where none was set. */
export function limitsTable(audits: readonly RecordedAudit[]): BlockTable | null {
  const limits = audits.flatMap(({ body }) =>
    body.limits.map((limit) => ({
      ...limit,
      file: body.file,
      since: body.limitsSet ? limitsSetWords(body.limitsSet) : "not recorded",
    })),
  );
  if (limits.length === 0) return null;
  const times = new Set(limits.map(({ since }) => since));
  const [shared] = times.size === 1 ? [...times].map((words) => words.replace(/^limits: /, "")) : [];
  return {
    caption: `Limits that the project set, and since when they stand${shared === undefined ? "" : `: ${shared}`}.`,
    columns: [
      { title: "Limit" },
      { title: "Table" },
      { title: "By" },
      { title: "Result" },
      { title: "Finding" },
      ...(shared === undefined ? [{ title: "Set" }] : []),
    ],
    rows: limits.map(({ limit, file, by, broken, finding, since }) => [
      limit,
      named(file),
      by.map(named).join(" x "),
      broken ? "outside the limit" : "not shown to be outside",
      finding,
      ...(shared === undefined ? [since] : []),
    ]),
  };
}
