/** Possible causes of a gap, for the terminal. */

import type { Causes } from "../fairness/causes/causes.ts";
import { printable } from "./printable.ts";
import { bold, dim, formatTable } from "./table.ts";

/** Rows of a list that a person reads; --format json has all. */
const MAX_ROWS = 15;

export function describeCauses({ imbalance, proxies, slices, consistency }: Causes): string[] {
  const lines = ["", bold("where gaps may come from")];
  for (const { attribute, groups, representation, labels, amplification, population } of imbalance) {
    lines.push(
      "",
      ...formatTable(
        [{ title: attribute }, { title: "share of rows" }, { title: "labelled positive" }],
        groups
          .slice(0, MAX_ROWS)
          .map(({ group, share, interval, baseRate, baseInterval, underrepresented }) => [
            group,
            `${withRange(share, interval)}${underrepresented ? ", under 0.8 of the expected share" : ""}`,
            baseRate === null ? "not estimable" : withRange(baseRate, baseInterval),
          ]),
      ),
      dim(
        printable(
          `shares against ${population}: ${probability(representation?.p)}; equal base rates: ${probability(labels?.p)}; the model's gap over the labels': ${amplification === null ? "not estimable" : digits(amplification)}`,
        ),
      ),
    );
  }
  for (const { attribute, proxies: list, method } of proxies) {
    const telling = list.filter(({ strength }) => strength !== "none");
    if (list.length === 0) continue;
    lines.push("", printable(`what tells ${attribute}: ${telling.length} of ${list.length} columns`));
    if (telling.length > 0)
      lines.push(
        ...formatTable(
          [{ title: "column" }, { title: "V" }, { title: "tells" }, { title: "by chance" }, { title: "" }],
          telling
            .slice(0, MAX_ROWS)
            .map(({ feature, correctedV, uncertainty, mutualInformation, nullHigh, adjusted, strength }) => [
              feature,
              correctedV === null ? "" : digits(correctedV),
              `${digits(100 * (uncertainty ?? 0), 1)} %, ${digits(mutualInformation)} nats`,
              `${digits(nullHigh)} nats, ${probability(adjusted)}`,
              strength,
            ]),
        ),
        dim(`V: bias-corrected Cramer's V; ${method}`),
      );
  }
  lines.push("", `where it errs: ${slices.slices.length} of ${slices.tested} slices stand out`);
  if (slices.slices.length > 0)
    lines.push(
      ...formatTable(
        [
          { title: "slice" },
          { title: "rows", align: "right" },
          { title: "errors" },
          { title: "elsewhere" },
          { title: "more by" },
          { title: "effect" },
        ],
        slices.slices
          .slice(0, MAX_ROWS)
          .map(({ conditions, rows, loss, restLoss, interval, effect }) => [
            conditions.map(({ feature, value }) => `${feature} = ${value}`).join(" and "),
            rows.toLocaleString("en"),
            digits(loss),
            digits(restLoss),
            withRange(loss - restLoss, interval),
            digits(effect, 2),
          ]),
      ),
      dim(
        "Welch's t-test against the rest and against each part, Benjamini-Hochberg over all; effect: Cohen's d",
      ),
    );
  if (consistency)
    lines.push(
      "",
      `consistency: ${withRange(consistency.value, consistency.interval)}: 1 where rows that are alike are predicted alike`,
      dim(printable(`of ${consistency.sampled.toLocaleString("en")} rows; ${consistency.convention}`)),
    );
  if (!slices.complete) lines.push(dim("the search ended before all combinations were looked at"));
  return lines;
}

const withRange = (value: number, interval: { low: number; high: number } | null): string =>
  interval ? `${digits(value)} (${digits(interval.low)} to ${digits(interval.high)})` : digits(value);

const digits = (value: number, decimals = 3): string => value.toFixed(decimals);

function probability(p: number | undefined): string {
  if (p === undefined || Number.isNaN(p)) return "no test";
  return p < 0.001 ? "p < 0.001" : `p ${p.toFixed(3)}`;
}
