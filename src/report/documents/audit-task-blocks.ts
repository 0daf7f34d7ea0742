/** Audits of several classes and of regressions as parts of a document. */

import type { AuditConvention } from "../../config/audit-settings.ts";
import type { MulticlassAudit } from "../../fairness/audit/audit-multiclass.ts";
import type { RegressionAudit } from "../../fairness/audit/audit-regression.ts";
import type { AuditSettings } from "../../fairness/audit/settings.ts";
import type { Passed } from "../../fairness/audit/small-cells.ts";
import { binaryBlocks, MAX_ROWS } from "./audit-binary-blocks.ts";
import { amount, count, estimate, LEFT_OUT, named, probability } from "./audit-values.ts";
import type { Block } from "./blocks.ts";

export function multiclassBlocks(audit: Passed<MulticlassAudit>, convention: AuditConvention): Block[] {
  return [
    ...audit.groupings.flatMap(({ attributes, groups, accuracyGap }): Block[] => {
      const by = attributes.join(" x ");
      return [
        { heading: `By ${by}`, level: 2 },
        {
          table: {
            caption: `Part predicted right by ${by}. The gap among groups that are not small: ${estimate(accuracyGap)}.`,
            columns: [{ title: "Group" }, { title: "Rows", align: "right" }, { title: "Accuracy" }],
            rows: groups
              .slice(0, MAX_ROWS)
              .map(({ name, rows, accuracy, small }) => [
                named(name),
                count(rows),
                `${estimate(accuracy)}${small === undefined ? "" : " *"}`,
              ]),
          },
        },
      ];
    }),
    ...audit.byClass.flatMap(({ class: name, audit: each }): Block[] => [
      { heading: `Class ${name} against the rest`, level: 2 },
      ...binaryBlocks(each, convention, 3),
    ]),
  ];
}

export function regressionBlocks(audit: Passed<RegressionAudit>): Block[] {
  return audit.groupings.flatMap(
    ({ attributes, reference, groups, meanErrorGap, largestDistance }): Block[] => {
      const by = attributes.join(" x ");
      const number = (value: number | null) => (value === null ? LEFT_OUT : amount(value));
      return [
        { heading: `By ${by}`, level: 2 },
        {
          text: `Gap of the mean errors among groups that are not small: ${estimate(meanErrorGap, amount)}, in the label's unit. Largest distance of a group's predictions to those of all rows: ${estimate(largestDistance)}.`,
        },
        {
          table: {
            caption: `Errors by ${by}: prediction minus label, in the label's unit.`,
            columns: [
              { title: "Group" },
              { title: "Rows", align: "right" },
              { title: "Mean error" },
              { title: "Mean absolute error", align: "right" },
              { title: "Root mean squared error", align: "right" },
              { title: "R²", align: "right" },
              { title: "Distance of predictions", align: "right" },
              { title: `Mean error minus ${reference}` },
              { title: "p" },
            ],
            rows: groups
              .slice(0, MAX_ROWS)
              .map((group) => [
                `${named(group.name)}${group.name === reference ? " (reference)" : ""}`,
                count(group.rows),
                `${estimate(group.bias, amount)}${group.small === undefined ? "" : " *"}`,
                number(group.meanAbsoluteError),
                number(group.rootMeanSquaredError),
                number(group.rSquared),
                number(group.distance),
                group.comparison ? estimate(group.comparison.difference, amount) : "",
                probability(group.comparison?.adjusted),
              ]),
          },
        },
      ];
    },
  );
}

export const howAccuracies = (weighted: boolean): string =>
  `Part predicted right: ${weighted ? "no ranges, as the rows are weighted" : "ranges Wilson score, of the gap Newcombe"}.`;

export const howRegression = ({ level, small }: AuditSettings): string[] => [
  "Errors: prediction minus label, in the label's unit; gaps are largest minus smallest among the groups that are not small.",
  `Ranges of ${100 * level} %: mean errors normal, of the mean; differences to the reference Welch's t, p-values after Holm over the groups of a grouping. Distances (Kolmogorov-Smirnov) have no range.`,
  `Small: fewer than ${small.minRows} rows. Such groups decide nothing; they are marked with *.`,
];
