/** Possible causes of a gap as tables of the audit's page. Pure. */

import type { CausesView, TableView } from "../../../webview/audit/protocol.ts";
import type { Causes } from "../../fairness/causes/causes.ts";
import type { Interval } from "../../fairness/statistics/interval.ts";
import type { Translate } from "../words.ts";
import { digits, probability } from "./numbers.ts";

/** Rows of a table that a person reads. */
const MAX_ROWS = 25;

type Section = CausesView["sections"][number];

export function causesView({ imbalance, proxies, slices }: Causes, t: Translate): CausesView {
  return {
    sections: [
      ...imbalance.map((each) => imbalanceSection(each, t)),
      ...proxies.filter(({ proxies: list }) => list.length > 0).map((each) => proxySection(each, t)),
      sliceSection(slices, t),
    ],
  };
}

function imbalanceSection(
  { attribute, groups, representation, labels, amplification, population }: Causes["imbalance"][number],
  t: Translate,
): Section {
  const table: TableView = {
    head: [t("Group"), t("Share of rows"), t("Range"), t("Expected"), t("Labelled positive"), t("Range"), ""],
    rows: groups
      .slice(0, MAX_ROWS)
      .map((group) => [
        group.group,
        digits(group.share),
        range(group.interval, t),
        digits(group.expected),
        group.baseRate === null ? t("not estimable") : digits(group.baseRate),
        range(group.baseInterval, t),
        group.underrepresented ? t("under 0.8 of the expected share") : "",
      ]),
  };
  return {
    title: t("Who is in the table, by {0}", attribute),
    text: t(
      "Shares against {0}: {1}. Equal rates of positive labels: {2}. The model's gap over the labels': {3}.",
      population,
      representation ? probability(representation.p) : t("no test"),
      labels ? probability(labels.p) : t("no test"),
      amplification === null ? t("not estimable") : digits(amplification),
    ),
    table,
  };
}

function proxySection({ attribute, proxies, method }: Causes["proxies"][number], t: Translate): Section {
  const telling = proxies.filter(({ strength }) => strength !== "none");
  return {
    title: t("What tells {0}", attribute),
    text: t(
      "{0} of {1} other columns tell it. V: bias-corrected Cramer's V; {2}.",
      telling.length,
      proxies.length,
      method,
    ),
    table:
      telling.length === 0
        ? null
        : {
            head: [t("Column"), "V", t("Tells"), t("Mutual information"), t("By chance"), t("Strength")],
            rows: telling
              .slice(0, MAX_ROWS)
              .map(
                ({ feature, correctedV, uncertainty, mutualInformation, nullHigh, adjusted, strength }) => [
                  feature,
                  correctedV === null ? t("not estimable") : digits(correctedV),
                  uncertainty === null ? t("not estimable") : t("{0} %", (100 * uncertainty).toFixed(1)),
                  t("{0} nats", digits(mutualInformation)),
                  t("up to {0} nats, {1}", digits(nullHigh), probability(adjusted)),
                  strength,
                ],
              ),
          },
  };
}

function sliceSection({ slices, tested, complete }: Causes["slices"], t: Translate): Section {
  return {
    title: t("Where it errs more"),
    text: [
      t(
        "{0} of {1} slices stand out: Welch's t-test against the rest and against each part, Benjamini-Hochberg over all.",
        slices.length,
        tested.toLocaleString("en"),
      ),
      ...(complete ? [] : [t("The search ended before all combinations were looked at.")]),
    ].join(" "),
    table:
      slices.length === 0
        ? null
        : {
            head: [
              t("Slice"),
              t("Rows"),
              t("Errors"),
              t("Elsewhere"),
              t("More by"),
              t("Range"),
              t("Effect (Cohen's d)"),
            ],
            rows: slices
              .slice(0, MAX_ROWS)
              .map(({ conditions, rows, loss, restLoss, interval, effect }) => [
                conditions.map(({ feature, value }) => t("{0} = {1}", feature, value)).join(t(" and ")),
                String(rows),
                digits(loss),
                digits(restLoss),
                digits(loss - restLoss, true),
                range(interval, t),
                effect.toFixed(2),
              ]),
          },
  };
}

const range = (interval: Interval | { low: number; high: number } | null, t: Translate): string =>
  interval ? t("{0} to {1}", digits(interval.low), digits(interval.high)) : "";
