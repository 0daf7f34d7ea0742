/** Possible causes of gaps as parts of a document. */

import type { Passed } from "../../fairness/audit/small-cells.ts";
import type { Causes } from "../../fairness/causes/causes.ts";
import { amount, count, estimate, LEFT_OUT, named, probability } from "./audit-values.ts";
import type { Block } from "./blocks.ts";

const MAX_ROWS = 30;

export function causesBlocks({ imbalance, proxies, slices, consistency }: Passed<Causes>): Block[] {
  const number = (value: number | null | undefined) =>
    value === null || value === undefined ? LEFT_OUT : amount(value);
  return [
    { heading: "Where gaps may come from", level: 2 },
    ...imbalance.map(
      ({ attribute, groups, population }): Block => ({
        table: {
          caption: `Who is in the table, by ${attribute}; shares against ${population}.`,
          columns: [
            { title: "Group" },
            { title: "Rows", align: "right" },
            { title: "Share of rows" },
            { title: "Labelled positive" },
          ],
          rows: groups
            .slice(0, MAX_ROWS)
            .map(({ group, rows, share, interval, baseRate, baseInterval, underrepresented }) => [
              named(group),
              count(rows),
              `${estimate({ value: share, interval })}${underrepresented ? ", under 0.8 of the expected share" : ""}`,
              estimate({ value: baseRate, interval: baseInterval }),
            ]),
        },
      }),
    ),
    ...proxies.map(
      ({ attribute, proxies: list, method }): Block => ({
        table: {
          caption: `Columns that tell ${attribute}; ${method}.`,
          columns: [
            { title: "Column" },
            { title: "Cramer's V, bias-corrected", align: "right" },
            { title: "p" },
            { title: "Strength" },
          ],
          rows: list
            .filter(({ strength }) => strength !== "none")
            .slice(0, MAX_ROWS)
            .map(({ feature, correctedV, adjusted, strength }) => [
              named(feature),
              number(correctedV),
              probability(adjusted),
              strength,
            ]),
        },
      }),
    ),
    {
      table: {
        caption: `Slices with more errors than the rest, of ${count(slices.tested)} that were tested (Welch's t, Benjamini-Hochberg).${slices.complete ? "" : " The search ended before all were looked at."}`,
        columns: [
          { title: "Slice" },
          { title: "Rows", align: "right" },
          { title: "Errors", align: "right" },
          { title: "Elsewhere", align: "right" },
          { title: "Effect (Cohen's d)", align: "right" },
        ],
        rows: slices.slices
          .slice(0, MAX_ROWS)
          .map(({ conditions, rows, loss, restLoss, effect }) => [
            conditions.map(({ feature, value }) => `${named(feature)} = ${value}`).join(" and "),
            count(rows),
            number(loss),
            number(restLoss),
            number(effect),
          ]),
      },
    },
    ...(consistency
      ? [
          {
            text: `Consistency: ${estimate(consistency)}, 1 where rows that are alike are predicted alike; of ${count(consistency.sampled)} rows; ${consistency.convention}.`,
          },
        ]
      : []),
  ];
}
