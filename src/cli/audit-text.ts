/** An audit for the terminal: groups, measures, comparisons, each with its range, and how they were made. */

import type { Audit, Estimate, GroupingReport, GroupReport, LibraryReport } from "../fairness/audit/audit.ts";
import type { LimitResult } from "../fairness/audit/limits.ts";
import { NATIVE_CONVENTION } from "../fairness/metrics/measures.ts";
import { RATE_DEFINITIONS, type RateName } from "../fairness/metrics/rates.ts";
import type { Interval } from "../fairness/statistics/interval.ts";
import { printable } from "./printable.ts";
import { bold, dim, formatTable, red, yellow } from "./table.ts";

const SHOWN_RATES: readonly RateName[] = [
  "base_rate",
  "selection_rate",
  "true_positive_rate",
  "false_positive_rate",
  "precision",
];
/** Rows of a table that a person reads; --json has all. */
const MAX_GROUPS = 40;

export function describeAudit(audit: Audit, limits: readonly LimitResult[], convention: string): string[] {
  const { settings } = audit;
  const weighted = audit.weighted ? ", weighted" : "";
  const decision = audit.threshold === null ? "" : `, score >= ${audit.threshold}`;
  const lines = [
    bold(printable(`${audit.source}: ${audit.rows.toLocaleString("en")} rows${weighted}`)),
    printable(
      `positive: ${audit.positive}${decision}; predicted ${audit.favourable} is good for the person; ranges ${percent(settings.level)}`,
    ),
    ...audit.notes.map((note) => yellow(`note: ${printable(note)}`)),
  ];
  for (const grouping of audit.groupings) {
    lines.push("", bold(printable(`by ${grouping.attributes.join(" x ")}`)), "");
    lines.push(...describeGroups(grouping, audit.overall));
    if (convention === "native" || convention === "all") {
      lines.push("", ...describeMeasures(grouping), ...describeFourFifths(grouping));
      lines.push(...describeScores(grouping));
      lines.push("", ...describeComparisons(grouping, settings.tolerance));
    }
    if (convention !== "native") lines.push(...describeLibraries(grouping.libraries, convention));
  }
  if (limits.length > 0) lines.push("", ...limits.map(describeLimit));
  lines.push("", ...describeHow(audit).map((line) => dim(line)));
  return lines;
}

function describeGroups({ groups, reference }: GroupingReport, overall: GroupReport): string[] {
  const shown = groups.slice(0, MAX_GROUPS);
  const row = (group: GroupReport, name: string) => [
    name,
    group.rows.toLocaleString("en"),
    ...SHOWN_RATES.map((rate) => {
      const report = group.rates.find((each) => each.name === rate)!;
      return `${estimate(report)}${report.small === undefined ? "" : " *"}`;
    }),
  ];
  const columns = [
    { title: "group" },
    { title: "rows", align: "right" as const },
    ...SHOWN_RATES.map((rate) => ({ title: RATE_DEFINITIONS[rate].label })),
  ];
  const rows = shown.map((group) =>
    row(group, group.name + (group.name === reference ? " (reference)" : "")),
  );
  const more = groups.length - shown.length;
  return [
    ...formatTable(columns, [...rows, row(overall, overall.name)]),
    ...(more > 0 ? [dim(`and ${more} more groups; --json has them all`)] : []),
    ...(shown.some(({ rates }) => rates.some(({ small }) => small !== undefined))
      ? [dim("* too few rows: the rate decides nothing")]
      : []),
  ];
}

function describeMeasures({ measures }: GroupingReport): string[] {
  const rows = measures.map(({ label, difference, ratio, extremes, permutation }) => [
    label,
    estimate(difference),
    difference.value === null ? "" : estimate(ratio),
    extremes.map(({ highest, lowest }) => `${highest} / ${lowest}`).join("; "),
    permutation ? probability(permutation.p) : "",
  ]);
  const columns = ["measure", "difference", "ratio", "highest / lowest", "by chance"];
  return formatTable(
    columns.map((title) => ({ title })),
    rows,
  );
}

function describeScores({ scores }: GroupingReport): string[] {
  if (scores.length === 0) return [];
  const columns = ["group", "area under ROC", "label minus score"];
  const rows = scores
    .slice(0, MAX_GROUPS)
    .map(({ group, auc, inTheLarge, small }) => [
      group,
      `${estimate(auc)}${small === undefined ? "" : " *"}`,
      inTheLarge ? estimate(inTheLarge, true) : "scores are no probabilities",
    ]);
  return [
    "",
    ...formatTable(
      columns.map((title) => ({ title })),
      rows,
    ),
  ];
}

function describeFourFifths({ fourFifths }: GroupingReport): string[] {
  if (!fourFifths) return [];
  const words = fourFifths.groups
    .filter(({ group }) => group !== fourFifths.reference)
    .slice(0, MAX_GROUPS)
    .map(({ group, ratio, passes, small }) => {
      if (passes === null || ratio === null) return `${group} not estimable`;
      if (small !== undefined) return `${group} ${digits(ratio)} (not enough data to tell)`;
      return `${group} ${digits(ratio)} ${passes ? "reaches it" : "falls short"}`;
    });
  if (words.length === 0) return [];
  return [
    "",
    printable(`four-fifths of ${fourFifths.reference}, ${fourFifths.outcome}: ${words.join("; ")}`),
  ];
}

function describeComparisons({ groups, reference }: GroupingReport, tolerance: number): string[] {
  const rows = groups.flatMap((group) =>
    group.comparisons.map((comparison) => [
      group.name,
      RATE_DEFINITIONS[comparison.rate].label,
      estimate(comparison.difference, true),
      comparison.adjusted === null ? "" : probability(comparison.adjusted),
      comparison.verdict,
      comparison.detectable === null ? "none" : digits(comparison.detectable),
    ]),
  );
  if (rows.length === 0) return [];
  const columns = [
    "group",
    "rate",
    `minus ${reference}`,
    "p (Holm)",
    `limit ${tolerance}`,
    "smallest gap seen",
  ];
  const more = rows.length - 4 * MAX_GROUPS;
  return [
    ...formatTable(
      columns.map((title) => ({ title })),
      rows.slice(0, 4 * MAX_GROUPS),
    ),
    ...(more > 0 ? [dim(`and ${more} more; --json has them all`)] : []),
  ];
}

function describeLibraries(libraries: readonly LibraryReport[], convention: string): string[] {
  const wanted = libraries.filter(
    ({ convention: { library } }) => convention === "all" || library.toLowerCase().startsWith(convention),
  );
  return wanted.flatMap(({ convention: about, values }) => [
    "",
    bold(`as ${about.library}`),
    dim(`direction: ${about.direction}`),
    dim(`reference: ${about.reference}`),
    dim(`zero denominators: ${about.zeroDenominators}`),
    dim(`missing values: ${about.missingValues}; weights: ${about.weights}`),
    ...(about.caution ? [yellow(`caution: ${about.caution}`)] : []),
    ...formatTable(
      [{ title: "measure" }, { title: "value", align: "right" }],
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === "number" ? String(Number(value.toPrecision(6))) : value,
      ]),
    ),
  ]);
}

function describeLimit({ by, broken, decided, finding }: LimitResult): string {
  const text = printable(`${by.join(" x ")}: ${finding}`);
  return broken
    ? red(`broken  ${text}`)
    : decided
      ? `kept    ${text}`
      : yellow(`not enough data to tell  ${text}`);
}

function describeHow({ settings, weighted }: Audit): string[] {
  const { replicates, bootstrap, seed, small } = settings;
  const resampled =
    replicates === 0
      ? "none (--replicates 0)"
      : `${bootstrap === "bca" ? "BCa" : "percentile"} bootstrap, ${replicates.toLocaleString("en")} replicates, seed ${seed}`;
  return [
    `measures: ${NATIVE_CONVENTION}`,
    `ranges: rates ${weighted ? resampled : "Wilson score"}; differences to the reference ${weighted ? resampled : "Newcombe"}; measures ${resampled}; areas Hanley-McNeil; label minus score normal`,
    `small: fewer than ${small.minRows} rows, or than ${small.minDenominator} that a rate is counted among; such groups take no part in measures`,
    "by chance: how often shuffled groups have such a gap; smallest gap seen: with 80 % power at this size",
  ];
}

function estimate({ value, interval }: Pick<Estimate, "value" | "interval">, signed = false): string {
  if (value === null) return "not estimable";
  const sign = signed && value > 0 ? "+" : "";
  return `${sign}${digits(value)}${interval ? ` (${rangeText(interval)})` : ""}`;
}

const rangeText = ({ low, high }: Interval): string => `${digits(low)} to ${digits(high)}`;

/** Three decimals: a rate is no better known than that by the ranges of any table that fits here. */
const digits = (value: number): string => value.toFixed(3).replace(/^-0\.000$/, "0.000");

const probability = (p: number): string => (p < 0.001 ? "p < 0.001" : `p ${p.toFixed(3)}`);

const percent = (level: number): string => `${Math.round(level * 100)} %`;
