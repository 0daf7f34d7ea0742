/** Chosen thresholds for the terminal. */

import { addConfusion, type Confusion } from "../fairness/metrics/confusion.ts";
import { RATE_DEFINITIONS, rateOf } from "../fairness/metrics/rates.ts";
import { smallGroup } from "../fairness/metrics/small-group.ts";
import { confusionAtCut, rowsAtCut, rowsOf } from "../fairness/thresholds/score-counts.ts";
import { costOf, STRATEGY_DEFINITIONS } from "../fairness/thresholds/strategy.ts";
import {
  REPORTED_RATES,
  strategyGap,
  type ThresholdChoice,
  type ThresholdReport,
} from "../fairness/thresholds/threshold-report.ts";
import { printable } from "./printable.ts";
import { bold, dim, formatTable, yellow } from "./table.ts";

/** Rows of a table that a person reads; --json has all. */
const MAX_GROUPS = 40;

/** `out`: the file that it was also written to. */
export function describeThresholds(
  report: ThresholdReport,
  choice: ThresholdChoice,
  notes: readonly string[],
  out: string | undefined,
): string[] {
  const { groups, choices, settings } = choice;
  const { label, definition } = STRATEGY_DEFINITIONS[report.strategy];
  const confusions = groups.map(({ counts }, index) => confusionAtCut(counts, choices[index]!.cut));
  const rows = groups.reduce((sum, { counts }) => sum + rowsOf(counts), 0);
  const cost = confusions.reduce((sum, each) => sum + costOf(each, settings.costRatio), 0);
  const line = (name: string, threshold: string, size: number, counts: Confusion, marks?: Confusion) => [
    name,
    threshold,
    size.toLocaleString("en"),
    ...[counts.tp, counts.fp, counts.fn, counts.tn].map(amount),
    ...REPORTED_RATES.map((rate) => {
      const { value } = rateOf(rate, counts);
      if (value === null) return "not estimable";
      return `${value.toFixed(3)}${marks && smallGroup(rate, marks) !== undefined ? " *" : ""}`;
    }),
  ];
  const shown = groups.slice(0, MAX_GROUPS).map(({ name, counts }, index) => {
    const { threshold, cut } = choices[index]!;
    const text = Number.isFinite(threshold) ? String(threshold) : "nobody";
    return line(name, text, rowsOf(counts), confusions[index]!, rowsAtCut(counts, cut));
  });
  const number = (title: string) => ({ title, align: "right" as const });
  const table = formatTable(
    [
      { title: "group" },
      number("threshold"),
      number("rows"),
      number("TP"),
      number("FP"),
      number("FN"),
      number("TN"),
      ...REPORTED_RATES.map((rate) => ({ title: RATE_DEFINITIONS[rate].label })),
    ],
    [...shown, line("everyone", "", rows, addConfusion(confusions))],
  );
  const gap = strategyGap(choice);
  const how =
    report.search?.mode === "wit"
      ? "search: the What-If Tool's, 101 thresholds from 0 to 1, greedy from the first group"
      : report.strategy === "custom"
        ? "thresholds by hand"
        : `search: all distinct scores${report.search?.tolerance === undefined ? "" : `, rates equal within ${report.search.tolerance}`}`;
  return [
    bold(printable(`${report.file}: ${rows.toLocaleString("en")} rows, ${label}`)),
    printable(
      `${definition}; positive: ${report.positive}; a false positive costs ${settings.costRatio}, a false negative 1`,
    ),
    "",
    ...table,
    ...(groups.length > MAX_GROUPS
      ? [dim(`and ${groups.length - MAX_GROUPS} more groups; --json has them all`)]
      : []),
    ...(table.some((each) => / \*/.test(each)) ? [dim("* too few rows: the rate decides nothing")] : []),
    "",
    `cost ${amount(cost)}${gap ? printable(`; ${RATE_DEFINITIONS[gap.rate].label} differs by ${gap.difference.toFixed(3)}, ${groups[gap.highest]!.name} to ${groups[gap.lowest]!.name}`) : ""}`,
    ...notes.map((note) => yellow(`note: ${printable(note)}`)),
    dim(`${how}; ${report.rule}`),
    dim(`table ${report.sha256.slice(0, 12)}, ${report.bytes.toLocaleString("en")} bytes`),
    ...(out === undefined ? [] : [dim(printable(`written to ${out}`))]),
  ];
}

/** Rows, or weights to two decimals. */
const amount = (value: number): string =>
  (Number.isInteger(value) ? value : Math.round(value * 100) / 100).toLocaleString("en");
