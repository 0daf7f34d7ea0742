/** What the trade-off page shows, from what `fairwatt tradeoff --json` prints. Pure. */

import * as z from "zod/mini";
import type { AxisView, TradeoffView } from "../../../webview/tradeoff/protocol.ts";
import { inUnit, JOULES_PER_KWH, pickScale } from "../../quantity.ts";
import { powerOf, timesPower } from "../../tradeoff/matrix/amount-words.ts";
import type { Translate } from "../words.ts";

const valued = z.nullable(z.object({ value: z.number() }));

export const tradeoffOutput = z.object({
  quality: z.string(),
  lessIsBetter: z.boolean(),
  fairness: z.string(),
  currency: z.string(),
  units: z.nullable(z.number()),
  unit: z.nullable(z.string()),
  rows: z.array(
    z.object({
      candidate: z.object({
        name: z.string(),
        quality: valued,
        worstGroup: valued,
        fairnessGap: valued,
        latency: z.nullable(z.object({ p95: z.number() })),
        memory: z.nullable(z.number()),
        inference: z.object({ energy: valued, footprint: valued }),
        cost: z.object({ per1000: valued }),
        notices: z.array(z.string()),
      }),
      lifetime: z.object({ energy: valued, CO2e: valued, cost: valued }),
      pareto: z.object({ on: z.nullable(z.boolean()) }),
    }),
  ),
  table: z.object({
    candidates: z.array(z.string()),
    rows: z.array(z.object({ label: z.string(), cells: z.array(z.string()) })),
  }),
  breakEven: z.array(z.object({ words: z.string() })),
  notices: z.array(z.string()),
  decision: z.nullable(
    z.object({
      chosen: z.optional(z.string()),
      reason: z.optional(z.string()),
      rejected: z.optional(z.record(z.string(), z.string())),
      by: z.optional(z.string()),
      on: z.optional(z.string()),
      review: z.optional(z.string()),
      "residual-risk": z.optional(z.string()),
    }),
  ),
});

type Output = z.infer<typeof tradeoffOutput>;
type Row = Output["rows"][number];

const MIB = 2 ** 20;

export function tradeoffView(
  output: Output,
  place: { project: string; title: string },
  t: Translate,
): TradeoffView {
  const { rows, table, breakEven, notices, decision } = output;
  return {
    ...place,
    failure: "",
    candidates: rows.map(({ candidate, pareto }, index) => ({
      name: table.candidates[index] ?? candidate.name,
      front: pareto.on === null ? "unknown" : pareto.on ? "on" : "off",
      isChosen: candidate.name === decision?.chosen,
    })),
    across: drawable(acrossAxes(output, t)),
    upwards: drawable(upwardsAxes(output, t)),
    rows: table.rows,
    breakEven: breakEven.map(({ words }) => words),
    decision: decisionFacts(decision, t),
    notices: [
      ...notices,
      ...rows.flatMap(({ candidate }) => candidate.notices.map((notice) => `${candidate.name}: ${notice}`)),
    ],
  };
}

export function failedView(failure: string, place: { project: string; title: string }): TradeoffView {
  const nothing = {
    candidates: [],
    across: [],
    upwards: [],
    rows: [],
    breakEven: [],
    decision: [],
    notices: [],
  };
  return { ...place, failure, ...nothing };
}

/** Axes that a candidate at least has a value on. */
const drawable = (axes: readonly AxisView[]): AxisView[] =>
  axes.filter(({ values }) => values.some((value) => value !== null));

type Read = (row: Row) => number | null | undefined;

function axis(rows: readonly Row[], id: string, title: string, of: Read): AxisView {
  return { id, title, values: rows.map((row) => of(row) ?? null) };
}

const largest = ({ values }: AxisView): number => Math.max(0, ...values.map((value) => value ?? 0));

const divided = (view: AxisView, by: (value: number) => number): AxisView => ({
  ...view,
  values: view.values.map((value) => (value === null ? null : by(value))),
});

/** In the unit that the largest value is read best in; `of`: joules or grams. */
function physical(
  rows: readonly Row[],
  id: string,
  unit: "J" | "gCO2e",
  title: (symbol: string) => string,
  of: Read,
): AxisView {
  const view = axis(rows, id, "", of);
  const symbol = pickScale(unit, largest(view));
  return { ...divided(view, (value) => inUnit(unit, value, symbol)), title: title(symbol) };
}

/** Very small amounts without their zeros: in thousandths, millionths of the currency. */
function money(rows: readonly Row[], id: string, title: string, of: Read): AxisView {
  const view = axis(rows, id, title, of);
  const power = powerOf(largest(view));
  return power === 0
    ? view
    : { ...divided(view, (value) => value / 10 ** power), title: `${title} ${timesPower(power)}` };
}

function acrossAxes({ rows, unit, units, currency }: Output, t: Translate): AxisView[] {
  const counted = unit ?? t("units");
  const lifetime =
    units === null
      ? []
      : [
          physical(
            rows,
            "co2e",
            "gCO2e",
            (symbol) => t("CO2e over the lifetime, {0}", symbol),
            ({ lifetime: { CO2e } }) => CO2e?.value,
          ),
          physical(
            rows,
            "energy",
            "J",
            (symbol) => t("energy over the lifetime, {0}", symbol),
            ({ lifetime: { energy } }) => energy && energy.value * JOULES_PER_KWH,
          ),
          money(
            rows,
            "cost",
            t("cost over the lifetime, {0}", currency),
            ({ lifetime: { cost } }) => cost?.value,
          ),
        ];
  return [
    ...lifetime,
    physical(
      rows,
      "co2e-1000",
      "gCO2e",
      (symbol) => t("CO2e per 1,000 {0}, {1}", counted, symbol),
      ({ candidate }) => candidate.inference.footprint?.value,
    ),
    physical(
      rows,
      "energy-1000",
      "J",
      (symbol) => t("energy per 1,000 {0}, {1}", counted, symbol),
      ({ candidate }) => candidate.inference.energy?.value,
    ),
    money(
      rows,
      "cost-1000",
      t("cost per 1,000 {0}, {1}", counted, currency),
      ({ candidate }) => candidate.cost.per1000?.value,
    ),
    axis(
      rows,
      "latency",
      t("latency p95, ms"),
      ({ candidate: { latency } }) => latency && latency.p95 * 1000,
    ),
    axis(rows, "memory", t("peak memory, MiB"), ({ candidate: { memory } }) => memory && memory / MIB),
  ];
}

function upwardsAxes({ rows, quality, lessIsBetter, fairness }: Output, t: Translate): AxisView[] {
  const directed = lessIsBetter ? t("{0} (less is better)", quality) : quality;
  return [
    axis(rows, "quality", directed, ({ candidate }) => candidate.quality?.value),
    axis(
      rows,
      "worst",
      t("{0} of the worst group", directed),
      ({ candidate }) => candidate.worstGroup?.value,
    ),
    axis(
      rows,
      "gap",
      t("gap between groups, {0}", fairness.replaceAll("_", " ")),
      ({ candidate }) => candidate.fairnessGap?.value,
    ),
  ];
}

function decisionFacts(decision: Output["decision"], t: Translate): [string, string][] {
  const { chosen, reason, rejected = {}, by, on, review } = decision ?? {};
  if (chosen === undefined)
    return [[t("Chosen"), t("nothing yet: chosen, reason and by under [tradeoff.decision]")]];
  const facts: [string, string | undefined][] = [
    [t("Chosen"), chosen],
    [t("Reason"), reason],
    ...Object.entries(rejected).map(([name, why]): [string, string] => [t("Not {0}", name), why]),
    [t("Decided by"), by],
    [t("Decided on"), on],
    [t("To be reviewed"), review],
    [t("Residual risk"), decision?.["residual-risk"]],
  ];
  return facts.flatMap(([label, text]) => (text === undefined ? [] : [[label, text] as [string, string]]));
}
