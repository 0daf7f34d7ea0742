/** The matrix in words: one table with a column for each candidate, for terminal, document and page alike. Pure. */

import {
  formatQuantity,
  formatRange,
  formatSignificant,
  JOULES_PER_KWH,
  type Quantity,
} from "../../quantity.ts";
import type { Candidate, Valued } from "../candidate.ts";
import { ranged, scaledRange } from "./amount-words.ts";
import type { LimitResult } from "./hard-limits.ts";
import type { Amount, BreakEven } from "./lifetime.ts";
import type { Comparison, Marginal, Matrix, MatrixRow, Resource } from "./matrix.ts";

export interface MatrixTable {
  candidates: string[];
  rows: { label: string; cells: string[] }[];
}

const NOT_MEASURED = "not measured";
const NOT_KNOWN = "not known";
const three = (value: number) => formatSignificant(value, 3);
const whole = (value: number) =>
  Number(value.toPrecision(3)).toLocaleString("en", { maximumFractionDigits: 0 });

/** Rows that no candidate has anything in are left out, but for those that every decision needs. */
export function matrixTable(matrix: Matrix): MatrixTable {
  const { rows, currency, quality, fairness, units } = matrix;
  const unit = matrix.unit ?? "units";
  const row = (label: string, cell: (row: MatrixRow) => string) => ({ label, cells: rows.map(cell) });
  const of = (label: string, cell: (candidate: Candidate) => string | null, otherwise = NOT_MEASURED) =>
    row(label, ({ candidate }) => cell(candidate) ?? otherwise);
  const money = (value: Amount | Valued | null) => value && `${ranged(value)} ${currency}`;
  const lifetime = units === null ? "" : ` over ${whole(units)} ${unit}`;
  const gained = matrix.lessIsBetter ? "saved" : "gained";
  const limits = [...new Set(rows.flatMap((each) => each.limits.map(({ limit }) => limit)))];
  const needed = [
    of(
      `${quality}, 95 %${matrix.lessIsBetter ? ", less is better" : ""}`,
      ({ quality: each }) => each && ranged(each),
    ),
    of(
      `worst group, ${quality}`,
      ({ worstGroup }) => worstGroup && `${ranged(worstGroup)}; ${groupOf(worstGroup)}`,
    ),
    of(`gap, ${fairness.replaceAll("_", " ")}`, ({ fairnessGap }) => fairnessGap && ranged(fairnessGap)),
    of(
      "latency p50, p95",
      ({ latency }) => latency && `${three(latency.p50 * 1000)}, ${three(latency.p95 * 1000)} ms`,
    ),
    of("throughput per second", ({ throughput }) => throughput && ranged(throughput)),
    of("peak memory", ({ memory }) => (memory === null ? null : `${three(memory / 2 ** 20)} MiB`)),
    of("training energy", ({ training }) => quantity(training.energy)),
    of("training CO2e", ({ training }) => quantity(training.footprint), NOT_KNOWN),
    of(`energy per 1,000 ${unit}`, ({ inference }) => quantity(inference.energy)),
    of(`CO2e per 1,000 ${unit}`, ({ inference }) => quantity(inference.footprint), NOT_KNOWN),
  ];
  const optional = [
    of(`making of the hardware per 1,000 ${unit}`, ({ embodied }) => quantity(embodied), NOT_KNOWN),
    of("cost of training", ({ cost }) => money(cost.training), NOT_KNOWN),
    of(`cost per 1,000 ${unit}`, ({ cost }) => money(cost.per1000), NOT_KNOWN),
    row("cost per month", ({ costPerMonth }) => money(costPerMonth) ?? NOT_KNOWN),
    row(`energy${lifetime}`, ({ lifetime: total }) =>
      total.energy ? scaledRange("J", inJoules(total.energy)) : NOT_KNOWN,
    ),
    row(`CO2e${lifetime}`, ({ lifetime: total }) =>
      total.CO2e ? scaledRange("gCO2e", total.CO2e) : NOT_KNOWN,
    ),
    row(`cost${lifetime}`, ({ lifetime: total }) => money(total.cost) ?? NOT_KNOWN),
    row(`${quality} ${gained} per kg CO2e`, ({ marginal }) => marginalWords(marginal.perKg)),
    row(`${quality} ${gained} per ${currency}`, ({ marginal }) => marginalWords(marginal.perMoney)),
  ].filter(({ cells }) => cells.some((cell) => cell !== NOT_KNOWN && cell !== ""));
  return {
    candidates: rows.map(({ candidate }) => `${candidate.name}${candidate.baseline ? " (baseline)" : ""}`),
    rows: [
      ...needed,
      ...optional,
      // Where nothing was measured nobody is beaten, and that says nothing.
      ...(matrix.axes.length === 0
        ? []
        : [
            row(`Pareto by ${matrix.axes.join(", ")}`, ({ pareto }) =>
              pareto.on === true
                ? "not beaten"
                : pareto.on === false
                  ? `beaten by ${pareto.dominatedBy.join(", ")}`
                  : `not compared: ${pareto.missing.join(", ")} ${NOT_MEASURED}`,
            ),
          ]),
      row(`${quality} not told apart from`, ({ indistinguishable }) => indistinguishable.join(", ") || "–"),
      ...limits.map((limit) =>
        row(`limit ${limit} ${rows[0]?.limits.find((each) => each.limit === limit)?.bound ?? ""}`, (each) =>
          verdictWords(each.limits.find((result) => result.limit === limit)),
        ),
      ),
    ],
  };
}

const inJoules = ({ value, low, high }: Amount): Amount => ({
  value: value * JOULES_PER_KWH,
  low: low * JOULES_PER_KWH,
  high: high * JOULES_PER_KWH,
});

const quantity = (each: Quantity | null): string | null =>
  each && (each.value === 0 ? "0" : `${formatQuantity(each)} (${formatRange(each)}), ${each.method}`);

/** The group's name stands first in the source. */
const groupOf = ({ source }: Valued): string => source.split(", audit of ")[0] ?? source;

const ONE = { low: null, high: null, source: "" };
const marginalWords = (marginal: Marginal | null): string =>
  marginal ? `${ranged({ ...ONE, value: marginal.value })} against ${marginal.against}` : "";

function verdictWords(result: LimitResult | undefined): string {
  if (!result) return "";
  return result.verdict === "open" ? "open: its range lies on both sides" : result.verdict;
}

const NEEDS: Readonly<Record<Resource, string>> = {
  energy: "needs less energy",
  CO2e: "emits less",
  cost: "costs less",
};

/** "int8 emits less from 12,000 units on (9,000 to 20,000); fp32 up to there" */
export function breakEvenWords({ resource, a, b, result }: Comparison, unit: string): string {
  const needs = NEEDS[resource];
  switch (result.kind) {
    case "always":
      return `${result.less} ${needs} than ${result.less === a ? b : a} from the first of the ${unit} on`;
    case "same":
      return `${a} and ${b}: the same ${resource}`;
    case "crosses":
      return `${result.after} ${needs} than ${result.before} from ${whole(result.units)} ${unit} on (${crossingRange(result)})`;
  }
}

const crossingRange = ({ low, high }: Extract<BreakEven, { kind: "crosses" }>): string =>
  high === null
    ? `${whole(low)} at the least; the ranges allow that it is never`
    : `${whole(low)} to ${whole(high)}`;
