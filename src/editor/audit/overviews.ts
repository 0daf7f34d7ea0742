/** How the groups do where there are not just two classes, as the audit's page shows it. Pure. */

import type { ChartPoint, OverviewView } from "../../../webview/audit/protocol.ts";
import type { Estimate } from "../../fairness/audit/audit.ts";
import type { MulticlassAudit } from "../../fairness/audit/audit-multiclass.ts";
import type { RegressionAudit } from "../../fairness/audit/audit-regression.ts";
import { MISSING_VALUE } from "../../fairness/metrics/groups.ts";
import type { Translate } from "../words.ts";
import { amount, digits, type NumberForm, probability, shown } from "./numbers.ts";

/** Part predicted right. `most`: groups that are listed. */
export function accuracyOverviews(
  { groupings }: MulticlassAudit,
  most: number,
  count: (value: number) => string,
  t: Translate,
): OverviewView[] {
  return groupings.map(({ attributes, groups, accuracyGap }) => {
    const listed = groups.slice(0, most);
    return {
      title: attributes.join(" × "),
      sentence: gapSentence(accuracyGap, digits, t),
      drawn: {
        label: t("Part predicted right"),
        overall: null,
        isRate: true,
        points: listed.map(({ name, accuracy, small }) => pointOf(name, false, accuracy, small, t)),
      },
      table: {
        head: [t("Group"), t("Rows"), t("Accuracy"), t("Range"), t("Note")],
        rows: listed.map(({ name, rows, accuracy, small }) => {
          const { text, range, whence } = shown(accuracy, t);
          return [name, count(rows), text, range || whence, noteOf(name, false, small, t)];
        }),
      },
      numeric: [1, 2, 3],
      more: groups.length - listed.length,
    };
  });
}

/** Errors in the label's unit. */
export function errorOverviews(
  { groupings }: RegressionAudit,
  most: number,
  count: (value: number) => string,
  t: Translate,
): OverviewView[] {
  const number = (value: number | null, form: NumberForm = amount) =>
    value === null ? t("not estimable") : form(value);
  return groupings.map(({ attributes, reference, groups, meanErrorGap, largestDistance }) => {
    const listed = groups.slice(0, most);
    return {
      title: attributes.join(" × "),
      sentence: t(
        "{0} Predictions farthest from those of all rows: {1} (Kolmogorov-Smirnov distance).",
        gapSentence(meanErrorGap, amount, t),
        number(largestDistance.value, digits),
      ),
      drawn: {
        label: t("Mean error: prediction minus label, in the label's unit"),
        overall: null,
        isRate: false,
        points: listed.map(({ name, bias, small }) =>
          pointOf(name, name === reference, bias, small, t, amount),
        ),
      },
      table: {
        head: [
          t("Group"),
          t("Rows"),
          t("Mean error"),
          t("Mean absolute error"),
          t("Root mean squared error"),
          t("R²"),
          t("Distance of predictions"),
          t("Minus {0}", reference),
          t("p (Holm)"),
          t("Note"),
        ],
        rows: listed.map((group) => {
          const { name, comparison } = group;
          return [
            name,
            count(group.rows),
            withRange(group.bias, t),
            number(group.meanAbsoluteError),
            number(group.rootMeanSquaredError),
            number(group.rSquared, digits),
            number(group.distance, digits),
            comparison ? withRange(comparison.difference, t) : "",
            comparison ? probability(comparison.adjusted) : "",
            noteOf(name, name === reference, group.small, t),
          ];
        }),
      },
      numeric: [1, 2, 3, 4, 5, 6, 7],
      more: groups.length - listed.length,
    };
  });
}

function withRange(estimate: Estimate, t: Translate): string {
  const { text, range, whence } = shown(estimate, t, true, amount);
  return range !== "" || whence !== "" ? t("{0} ({1})", text, range || whence) : text;
}

function gapSentence(gap: Estimate, form: NumberForm, t: Translate): string {
  const { text, range, whence } = shown(gap, t, false, form);
  if (gap.value === null) return t("Gap between the groups: {0}.", whence);
  return range === ""
    ? t("Gap between the groups that are large enough: {0} ({1}).", text, whence)
    : t("Gap between the groups that are large enough: {0} ({1}; {2}).", text, range, whence);
}

function pointOf(
  name: string,
  isReference: boolean,
  { value, interval, ...rest }: Estimate,
  small: string | undefined,
  t: Translate,
  form: NumberForm = digits,
): ChartPoint {
  return {
    name,
    isReference,
    value,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    small: small ?? null,
    text: shown({ value, interval, ...rest }, t, false, form).text,
  };
}

function noteOf(name: string, isReference: boolean, small: string | undefined, t: Translate): string {
  return [
    ...(isReference ? [t("reference")] : []),
    ...(name.includes(MISSING_VALUE) ? [t("no value")] : []),
    ...(small === undefined ? [] : [small]),
  ].join("; ");
}
