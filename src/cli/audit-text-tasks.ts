/** Audits of several classes and of regressions for the terminal. */

import type { MulticlassAudit } from "../fairness/audit/audit-multiclass.ts";
import type { RegressionAudit } from "../fairness/audit/audit-regression.ts";
import { amount, digits, estimate, MAX_GROUPS, probability } from "./audit-numbers.ts";
import { printable } from "./printable.ts";
import { bold, dim, formatTable } from "./table.ts";

/** Part predicted right, per grouping. */
export function describeAccuracies({ groupings }: MulticlassAudit): string[] {
  return groupings.flatMap(({ attributes, groups, accuracyGap }) => [
    "",
    bold(printable(`by ${attributes.join(" x ")}`)),
    "",
    ...formatTable(
      [{ title: "group" }, { title: "rows", align: "right" }, { title: "accuracy" }],
      groups
        .slice(0, MAX_GROUPS)
        .map(({ name, rows, accuracy, small }) => [
          name,
          rows.toLocaleString("en"),
          `${estimate(accuracy)}${small === undefined ? "" : " *"}`,
        ]),
    ),
    ...moreThan(groups.length),
    `accuracy equality: ${accuracyGap.value === null ? accuracyGap.remark : `a gap of ${estimate(accuracyGap)}`}`,
  ]);
}

export function describeRegression({ groupings }: RegressionAudit): string[] {
  const number = (value: number | null, form = amount) => (value === null ? "not estimable" : form(value));
  return groupings.flatMap(({ attributes, reference, groups, meanErrorGap, largestDistance }) => [
    "",
    bold(printable(`by ${attributes.join(" x ")}`)),
    "",
    ...formatTable(
      [
        { title: "group" },
        { title: "rows", align: "right" },
        { title: "mean error" },
        { title: "mean absolute", align: "right" },
        { title: "root mean square", align: "right" },
        { title: "R²", align: "right" },
        { title: "distance", align: "right" },
        { title: `minus ${reference}` },
        { title: "p (Holm)" },
      ],
      groups
        .slice(0, MAX_GROUPS)
        .map((group) => [
          `${group.name}${group.name === reference ? " (reference)" : ""}`,
          group.rows.toLocaleString("en"),
          `${estimate(group.bias, true, amount)}${group.small === undefined ? "" : " *"}`,
          number(group.meanAbsoluteError),
          number(group.rootMeanSquaredError),
          number(group.rSquared, digits),
          number(group.distance, digits),
          group.comparison ? estimate(group.comparison.difference, true, amount) : "",
          group.comparison ? probability(group.comparison.adjusted) : "",
        ]),
    ),
    ...moreThan(groups.length),
    `mean errors: ${meanErrorGap.value === null ? meanErrorGap.remark : `a gap of ${estimate(meanErrorGap, false, amount)}`}; predictions farthest from those of all rows: ${number(largestDistance.value, digits)}`,
  ]);
}

const moreThan = (groups: number): string[] =>
  groups > MAX_GROUPS ? [dim(`and ${groups - MAX_GROUPS} more groups; --format json has them all`)] : [];
