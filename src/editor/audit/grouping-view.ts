/** The groups of one grouping of two classes, their rates, measures and comparisons, as the audit's page shows them. Pure. */

import type {
  ConventionView,
  GroupingView,
  GroupView,
  MeasureView,
  RateView,
  TableView,
} from "../../../webview/audit/protocol.ts";
import type {
  Audit,
  GroupingReport,
  GroupReport,
  LibraryReport,
  MeasureReport,
  RateReport,
} from "../../fairness/audit/audit.ts";
import { RATE_DEFINITIONS } from "../../fairness/metrics/rates.ts";
import type { Translate } from "../words.ts";
import { digits, probability, rangeText, shown } from "./numbers.ts";

/** `count`: whole numbers as texts. At most `most` groups are listed. */
export function groupingView(
  grouping: GroupingReport,
  { overall, settings }: Pick<Audit, "overall" | "settings">,
  most: number,
  count: (value: number) => string,
  t: Translate,
): GroupingView {
  const listed = grouping.groups.slice(0, most);
  return {
    title: grouping.attributes.join(" × "),
    groups: listed.map((group) => groupView(group, count, t)),
    more: grouping.groups.length - listed.length,
    overall: { ...groupView(overall, count, t), name: t("all rows") },
    measures: grouping.measures.map((measure) => measureView(measure, t)),
    convention: grouping.measures[0]?.convention ?? "",
    libraries: grouping.libraries.map((library) => libraryView(library, t)),
    fourFifths: fourFifthsView(grouping, most, t),
    comparisons: comparisonsTable(grouping, listed, settings.tolerance, t),
    scores: scoresTable(grouping, most, t),
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

function fourFifthsView(
  { fourFifths }: GroupingReport,
  most: number,
  t: Translate,
): GroupingView["fourFifths"] {
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
        .slice(0, most)
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

function scoresTable({ scores }: GroupingReport, most: number, t: Translate): TableView | null {
  if (scores.length === 0) return null;
  return {
    head: [t("Group"), t("Area under ROC"), t("Range"), t("Mean label minus mean score"), t("Range"), ""],
    rows: scores.slice(0, most).map(({ group, auc, inTheLarge, small }) => {
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
