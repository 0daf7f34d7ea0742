/** From what `fairwatt audit --json` says to what the audit's page shows. Pure: the same audit gives the same view. */

import type {
  AuditView,
  ConventionView,
  Fact,
  GroupingView,
  GroupView,
  LimitView,
  MeasureView,
  RateView,
  Shown,
  TableView,
} from "../../../webview/audit/protocol.ts";
import type {
  Audit,
  Estimate,
  GroupingReport,
  GroupReport,
  LibraryReport,
  MeasureReport,
  RateReport,
} from "../../fairness/audit/audit.ts";
import type { LimitResult } from "../../fairness/audit/limits.ts";
import { bootstrapName } from "../../fairness/audit/settings.ts";
import type { Causes } from "../../fairness/causes/causes.ts";
import { RATE_DEFINITIONS, RATES } from "../../fairness/metrics/rates.ts";
import type { Interval } from "../../fairness/statistics/interval.ts";
import type { LimitsSet } from "../../ledger/entry.ts";
import { limitsSetWords } from "../../ledger/limits-set.ts";
import type { Translate } from "../words.ts";
import { causesView } from "./causes-view.ts";
import { digits, probability, shareText } from "./numbers.ts";
import type { AuditRoles } from "./roles.ts";

/** One JSON object of `fairwatt audit`. */
export interface AuditOutput extends Audit {
  limits: LimitResult[];
  /** Of the table. */
  sha256: string;
  /** Since when the limits stand. */
  limitsSet?: LimitsSet;
  /** Hash of the ledger entry; null where none was written. */
  entry: string | null;
  causes?: Causes;
}

/** What the output does not say. */
export interface AuditContext {
  /** As the person reads it: relative to the workspace. */
  file: string;
  roles: AuditRoles;
  /** "train.py, 22 Nov 05:40 (01JD...)"; null where the table is of no known run. */
  run: string | null;
  /** Unix milliseconds. */
  at: number;
  /** BCP 47. */
  locale: string;
  /** Why there is no ledger entry, where there is none. */
  noEntry: string;
  canExplore: boolean;
}

/** Groups of one grouping that a page lists; intersections may have thousands. */
const MAX_GROUPS = 100;

export function auditView(output: AuditOutput, context: AuditContext, t: Translate): AuditView {
  const count = (value: number) => value.toLocaleString(context.locale);
  return {
    title: output.source,
    subtitle: t("{0} rows, {1}", count(output.rows), rolesSentence(context.roles, t)),
    facts: facts(output, context, t),
    notes: [...output.notes, ...oneClassNotes(output, context.roles, t)],
    limits: output.limits.map(limitView),
    limitsSet: output.limitsSet ? limitsSetWords(output.limitsSet) : null,
    rates: RATES.map((name) => ({
      name,
      label: RATE_DEFINITIONS[name].label,
      among: RATE_DEFINITIONS[name].among,
    })),
    groupings: output.groupings.map((grouping) => groupingView(grouping, output, count, t)),
    how: how(output, t),
    causes: output.causes ? causesView(output.causes, t) : null,
    canExplore: context.canExplore && context.roles.score !== undefined,
  };
}

/** Labels or predictions of one class leave most rates without anything to count among. */
function oneClassNotes({ overall, positive }: AuditOutput, roles: AuditRoles, t: Translate): string[] {
  const { tp, fp, fn, tn } = overall.counts;
  const notes: string[] = [];
  if (tp + fn === 0 || fp + tn === 0)
    notes.push(
      t(
        "{0} has one class only: rates among the other one are not estimable. Audit a table with both outcomes.",
        roles.label,
      ),
    );
  if (tp + fp === 0 || fn + tn === 0)
    notes.push(
      tp + fp === 0
        ? t("No row is predicted {0}: there is no difference in predictions to find.", positive)
        : t("Every row is predicted {0}: there is no difference in predictions to find.", positive),
    );
  return notes;
}

function rolesSentence({ label, prediction, score, threshold, sensitive }: AuditRoles, t: Translate): string {
  const by =
    prediction !== undefined
      ? t("{0} against {1}", prediction, label)
      : t("{0} from {1} on against {2}", score ?? "", threshold ?? "", label);
  return t("{0}, by {1}", by, sensitive.join(", "));
}

function facts(output: AuditOutput, context: AuditContext, t: Translate): Fact[] {
  const { roles } = context;
  const when = new Intl.DateTimeFormat(context.locale, {
    dateStyle: "medium",
    timeStyle: "short",
    hourCycle: "h23",
  }).format(context.at);
  const optional = (term: string, text: string | undefined): Fact[] =>
    text === undefined ? [] : [[term, text]];
  return [
    [t("Table"), context.file],
    [t("SHA-256"), output.sha256],
    ...optional(t("Run"), context.run ?? undefined),
    [t("Audited"), when],
    [t("Outcome"), roles.label],
    ...optional(t("Prediction"), roles.prediction),
    ...optional(t("Score"), roles.score),
    ...optional(t("Threshold"), output.threshold === null ? undefined : String(output.threshold)),
    ...optional(t("Weight"), roles.weight),
    [
      t("Positive class"),
      output.negative === null
        ? output.positive
        : t("{0} (the other is {1})", output.positive, output.negative),
    ],
    [
      t("Good for the person"),
      output.favourable === "positive"
        ? t("to be predicted {0}", output.positive)
        : t("not to be predicted {0}", output.positive),
    ],
    [t("Ledger entry"), output.entry ?? context.noEntry],
  ];
}

function groupingView(
  grouping: GroupingReport,
  { overall, settings }: AuditOutput,
  count: (value: number) => string,
  t: Translate,
): GroupingView {
  const shown = grouping.groups.slice(0, MAX_GROUPS);
  return {
    title: grouping.attributes.join(" × "),
    groups: shown.map((group) => groupView(group, count, t)),
    more: grouping.groups.length - shown.length,
    overall: { ...groupView(overall, count, t), name: t("all rows") },
    measures: grouping.measures.map((measure) => measureView(measure, t)),
    convention: grouping.measures[0]?.convention ?? "",
    libraries: grouping.libraries.map((library) => libraryView(library, t)),
    fourFifths: fourFifthsView(grouping, t),
    comparisons: comparisonsTable(grouping, shown, settings.tolerance, t),
    scores: scoresTable(grouping, t),
  };
}

function groupView(group: GroupReport, count: (value: number) => string, t: Translate): GroupView {
  const { tp, fp, fn, tn } = group.counts;
  return {
    name: group.name,
    rows: count(group.rows),
    isReference: group.isReference,
    isMissing: group.key.includes(null),
    outcomes: [tp, fp, fn, tn].map(count) as GroupView["outcomes"],
    rates: group.rates.map((rate) => rateView(rate, group.rows, count, t)),
  };
}

function rateView(rate: RateReport, rows: number, count: (value: number) => string, t: Translate): RateView {
  const { interval, value, name } = rate;
  return {
    name,
    value,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    shown: shown(rate, t),
    counted: t(
      "{0} of {1} {2}",
      count(rate.numerator),
      count(rate.denominator),
      RATE_DEFINITIONS[name].among,
    ),
    small: rows === 0 ? t("nobody is in it") : (rate.small ?? null),
  };
}

/** A value with its range, and how both were made. */
function shown({ value, interval, remark }: Estimate, t: Translate, signed = false): Shown {
  if (value === null) return { text: t("not estimable"), range: "", whence: remark ?? "" };
  const whence = [interval && t("{0} %, {1}", Math.round(interval.level * 100), interval.method), remark];
  return {
    text: digits(value, signed),
    range: interval ? rangeText(interval, t, signed) : "",
    whence: whence.filter(Boolean).join("; "),
  };
}

const rangeText = ({ low, high }: Interval, t: Translate, signed = false): string =>
  t("{0} to {1}", digits(low, signed), digits(high, signed));

function measureView(measure: MeasureReport, t: Translate): MeasureView {
  const { permutation } = measure;
  return {
    label: measure.label,
    difference: shown(measure.difference, t),
    ratio: shown(measure.ratio, t),
    extremes: measure.extremes
      .map(({ highest, lowest, rate }) =>
        measure.extremes.length > 1
          ? t("{0}: {1} / {2}", RATE_DEFINITIONS[rate].label, highest, lowest)
          : t("{0} / {1}", highest, lowest),
      )
      .join("; "),
    chance: permutation ? t("{0}; up to {1}", probability(permutation.p), digits(permutation.nullHigh)) : "",
    excluded: measure.excluded.map(({ group, why }) => t("{0}: {1}", group, why)),
  };
}

/** Values that a library prints, with the names it has for them and how it defines them. */
function libraryView({ convention, values }: LibraryReport, t: Translate): ConventionView {
  return {
    name: convention.library,
    about: [
      [t("Direction"), convention.direction],
      [t("Reference"), convention.reference],
      [t("Zero denominators"), convention.zeroDenominators],
      [t("Missing values"), convention.missingValues],
      [t("Weights"), convention.weights],
    ],
    caution: convention.caution ?? null,
    values: Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "number" ? String(Number(value.toPrecision(6))) : value,
    ]),
  };
}

function fourFifthsView({ fourFifths }: GroupingReport, t: Translate): GroupingView["fourFifths"] {
  if (!fourFifths) return null;
  const { reference, outcome, groups } = fourFifths;
  return {
    sentence: t(
      "Whether each group has at least 4/5 of the rate of {0}, where it is highest, of being {1} (29 CFR 1607.4D, compared in whole numbers).",
      reference,
      outcome,
    ),
    table: {
      head: [t("Group"), outcome, t("Ratio"), t("Range"), t("4/5")],
      rows: groups
        .slice(0, MAX_GROUPS)
        .map(({ group, favourable, total, ratio, passes, interval, small }) => [
          group,
          t("{0} of {1}", favourable, total),
          ratio === null ? t("not estimable") : digits(ratio),
          interval ? t("{0}, {1}", rangeText(interval, t), interval.method) : "",
          passes === null
            ? t("not estimable")
            : small !== undefined
              ? t("not enough data to tell: {0}", small)
              : passes
                ? t("reaches it")
                : t("falls short"),
        ]),
    },
  };
}

function comparisonsTable(
  { reference }: GroupingReport,
  groups: readonly GroupReport[],
  tolerance: number,
  t: Translate,
): TableView {
  return {
    head: [
      t("Group"),
      t("Rate"),
      t("Minus {0}", reference),
      t("Range"),
      t("p (Holm)"),
      t("Accepted: {0}", tolerance),
      t("Smallest gap seen"),
      t("Rows needed"),
    ],
    rows: groups.flatMap((group) =>
      group.comparisons.map((comparison) => [
        group.name,
        RATE_DEFINITIONS[comparison.rate].label,
        comparison.difference.value === null ? t("not estimable") : digits(comparison.difference.value, true),
        comparison.difference.interval ? rangeText(comparison.difference.interval, t, true) : "",
        comparison.adjusted === null
          ? comparison.test
          : t("{0}, {1}", probability(comparison.adjusted), comparison.test),
        comparison.verdict,
        comparison.detectable === null ? t("none") : digits(comparison.detectable),
        String(comparison.rowsNeeded),
      ]),
    ),
  };
}

function scoresTable({ scores }: GroupingReport, t: Translate): TableView | null {
  if (scores.length === 0) return null;
  return {
    head: [t("Group"), t("Area under ROC"), t("Range"), t("Mean label minus mean score"), t("Range"), ""],
    rows: scores.slice(0, MAX_GROUPS).map(({ group, auc, inTheLarge, small }) => {
      const area = shown(auc, t);
      const offset = inTheLarge ? shown(inTheLarge, t, true) : null;
      return [
        group,
        area.text,
        area.range,
        offset?.text ?? t("scores are no probabilities"),
        offset?.range ?? "",
        small ?? "",
      ];
    }),
  };
}

const limitView = ({ limit, by, broken, decided, finding }: LimitResult): LimitView => ({
  verdict: broken ? "broken" : decided ? "kept" : "undecided",
  by: by.join(" × "),
  limit,
  finding,
});

function how({ settings, weighted, entropy, schema }: AuditOutput, t: Translate): Fact[] {
  const { replicates, seed, small } = settings;
  const resampled =
    replicates === 0
      ? t("none: no bootstrap was made")
      : t(
          "{0} bootstrap, {1} replicates, seed {2}",
          bootstrapName(settings),
          replicates.toLocaleString("en"),
          seed,
        );
  return [
    [t("Ranges"), shareText(settings.level)],
    [t("Ranges of rates"), weighted ? resampled : t("Wilson score")],
    [t("Ranges of differences to the reference"), weighted ? resampled : t("Newcombe")],
    [t("Ranges of measures"), resampled],
    [t("Ranges of areas under ROC"), "Hanley-McNeil 1982"],
    [
      t("Too few rows"),
      t(
        "fewer than {0} rows, or than {1} that a rate is counted among: shown, and part of no measure",
        small.minRows,
        small.minDenominator,
      ),
    ],
    [
      t("Smallest gap seen"),
      t("gaps below it go unseen more often than {0} at this size", shareText(1 - settings.power)),
    ],
    [
      t("Theil index"),
      t("{0}; {1}", entropy.theil === null ? t("not estimable") : digits(entropy.theil), entropy.convention),
    ],
    [t("Format"), schema],
  ];
}
