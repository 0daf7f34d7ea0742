/** An audit for the terminal: groups, measures, comparisons, each with its range, and how they were made. */

import type { Audit, GroupingReport, GroupReport, LibraryReport } from "../fairness/audit/audit.ts";
import type { AnyAudit } from "../fairness/audit/audit-table.ts";
import type { LimitResult } from "../fairness/audit/limits.ts";
import { bootstrapName } from "../fairness/audit/settings.ts";
import { NATIVE_CONVENTION } from "../fairness/metrics/measures.ts";
import { RATE_DEFINITIONS, type RateName } from "../fairness/metrics/rates.ts";
import type { LimitsSet } from "../ledger/entry.ts";
import { limitsSetWords } from "../ledger/limits-set.ts";
import { digits, estimate, MAX_GROUPS, percent, probability } from "./audit-numbers.ts";
import { describeAccuracies, describeRegression } from "./audit-text-tasks.ts";
import { printable } from "./printable.ts";
import { bold, dim, formatTable, red, yellow } from "./table.ts";

const SHOWN_RATES: readonly RateName[] = [
  "base_rate",
  "selection_rate",
  "true_positive_rate",
  "false_positive_rate",
  "precision",
];

export function describeAudit(
  audit: AnyAudit,
  limits: readonly LimitResult[],
  convention: string,
  set?: LimitsSet,
): string[] {
  const weighted = audit.weighted ? ", weighted" : "";
  const lines = [
    bold(printable(`${audit.source}: ${audit.rows.toLocaleString("en")} rows${weighted}`)),
    printable(`${outcomeWords(audit)}; ranges ${percent(audit.settings.level)}`),
    ...audit.notes.map((note) => yellow(`note: ${printable(note)}`)),
  ];
  if (audit.task === "binary") lines.push(...describeBinary(audit, convention));
  else if (audit.task === "regression") lines.push(...describeRegression(audit));
  else {
    lines.push(...describeAccuracies(audit));
    for (const { class: name, audit: each } of audit.byClass)
      lines.push("", bold(printable(`class ${name} against the rest`)), ...describeBinary(each, convention));
  }
  if (limits.length > 0) lines.push("", ...limits.map(describeLimit));
  if (set)
    lines.push(set.before ? dim(printable(limitsSetWords(set))) : yellow(printable(limitsSetWords(set))));
  lines.push("", ...describeHow(audit).map((line) => dim(line)));
  return lines;
}

function outcomeWords(audit: AnyAudit): string {
  if (audit.task === "regression") return "errors are prediction minus label, in the label's unit";
  if (audit.task === "multiclass") return `${audit.classes.length} classes: ${audit.classes.join(", ")}`;
  const decision = audit.threshold === null ? "" : `, score >= ${audit.threshold}`;
  return `positive: ${audit.positive}${decision}; predicted ${audit.favourable} is good for the person`;
}

function describeBinary(audit: Audit, convention: string): string[] {
  const lines: string[] = [];
  for (const grouping of audit.groupings) {
    lines.push("", bold(printable(`by ${grouping.attributes.join(" x ")}`)), "");
    lines.push(...describeGroups(grouping, audit.overall));
    if (convention === "native" || convention === "all") {
      lines.push("", ...describeMeasures(grouping), ...describeFourFifths(grouping));
      lines.push(...describeScores(grouping));
      lines.push("", ...describeComparisons(grouping, audit.settings.tolerance));
    }
    if (convention !== "native") lines.push(...describeLibraries(grouping.libraries, convention));
  }
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
    ...(more > 0 ? [dim(`and ${more.toLocaleString("en")} more groups; --format json has them all`)] : []),
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
    ...(more > 0 ? [dim(`and ${more.toLocaleString("en")} more; --format json has them all`)] : []),
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

function describeHow({ settings, weighted, task }: AnyAudit): string[] {
  const { replicates, seed, small } = settings;
  const smallRule = `small (*): fewer than ${small.minRows} rows${task === "regression" ? "" : `, or than ${small.minDenominator} that a rate is counted among`}; such groups take no part in measures`;
  if (task === "regression")
    return ["ranges: normal, of the mean; differences to the reference: Welch's t, p after Holm", smallRule];
  const resampled =
    replicates === 0
      ? "none (--replicates 0)"
      : `${bootstrapName(settings)} bootstrap, ${replicates.toLocaleString("en")} replicates, seed ${seed}`;
  return [
    `measures: ${NATIVE_CONVENTION}`,
    `ranges: rates ${weighted ? resampled : "Wilson score"}; differences to the reference ${weighted ? resampled : "Newcombe"}; measures ${resampled}; areas Hanley-McNeil; label minus score normal`,
    smallRule,
    "by chance: how often shuffled groups have such a gap; smallest gap seen: with 80 % power at this size",
  ];
}
