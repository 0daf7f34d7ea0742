/** The trade-off matrix: candidates side by side, with totals, break-even, Pareto flags and hard limits. Pure. */

import { isLessBetter, type TradeoffConfig } from "../../config/tradeoff-settings.ts";
import { JOULES_PER_KWH } from "../../quantity.ts";
import type { Candidate, Valued } from "../candidate.ts";
import { type LimitResult, limitResults } from "./hard-limits.ts";
import { type Amount, type BreakEven, breakEven, type Course, totalOver } from "./lifetime.ts";
import { type Axis, type Front, paretoFront, type Standing } from "./pareto.ts";

const RESOURCES = ["energy", "CO2e", "cost"] as const;
export type Resource = (typeof RESOURCES)[number];

export interface MatrixRow {
  candidate: Candidate;
  /** Over `units`; null while nobody says how many, or a part was not measured. kWh, gCO2e, money. */
  lifetime: Record<Resource, Amount | null>;
  costPerMonth: Amount | null;
  pareto: Standing;
  limits: LimitResult[];
  /** Against the Pareto neighbour that needs next less CO2e, or costs next less: quality gained for each kg, for each unit of money. */
  marginal: { perKg: Marginal | null; perMoney: Marginal | null };
  /** Others whose quality it cannot be told apart from: the ranges overlap. */
  indistinguishable: string[];
}

export interface Marginal {
  against: string;
  value: number;
}

export interface Comparison {
  a: string;
  b: string;
  resource: Resource;
  result: BreakEven;
}

export interface Matrix {
  quality: string;
  /** Of quality: an error, or a loss. */
  lessIsBetter: boolean;
  fairness: string;
  currency: string;
  units: number | null;
  /** What all benches counted; null where none was counted, or not the same. */
  unit: string | null;
  rows: MatrixRow[];
  axes: Axis[];
  breakEven: Comparison[];
  notices: string[];
}

export function matrixOf(
  candidates: readonly Candidate[],
  config: TradeoffConfig,
  notices: string[],
): Matrix {
  const { units, currency, quality, fairness } = config;
  const lessIsBetter = isLessBetter(config);
  const perMonth = config["units-per-month"];
  const counted = [...new Set(candidates.flatMap(({ unit }) => (unit === null ? [] : [unit])))];
  const comparable = counted.length <= 1;
  const courses = candidates.map((candidate) => coursesOf(candidate, comparable));
  const lifetimes = courses.map((course) => {
    const total = (resource: Resource) => {
      const each = course[resource];
      return each && units !== undefined ? totalOver(each, units) : null;
    };
    return { energy: total("energy"), CO2e: total("CO2e"), cost: total("cost") };
  });
  const front = paretoFront(
    candidates.map((candidate, index) => ({
      name: candidate.name,
      values: {
        quality: candidate.quality?.value ?? null,
        "fairness gap": candidate.fairnessGap?.value ?? null,
        CO2e: compared("CO2e", index),
        cost: compared("cost", index),
      },
    })),
    lessIsBetter,
  );
  /** Over the lifetime where one is said, else for 1,000 units. */
  function compared(resource: Resource, index: number): number | null {
    if (!comparable) return null;
    if (units !== undefined) return lifetimes[index]![resource]?.value ?? null;
    return courses[index]!.per1000[resource]?.value ?? null;
  }
  /** Of an error, how much less of it. */
  const gained = (index: number, amount: (index: number) => number | null): Marginal | null => {
    const found = marginal(candidates, front, index, amount);
    return found && lessIsBetter ? { ...found, value: -found.value } : found;
  };
  const rows = candidates.map((candidate, index): MatrixRow => {
    const lifetime = lifetimes[index]!;
    const per1000 = comparable ? candidate.cost.per1000 : null;
    return {
      candidate,
      lifetime,
      costPerMonth: per1000 && perMonth !== undefined ? scaled(amountOf(per1000), perMonth / 1000) : null,
      pareto: front.standings[index]!,
      limits: limitResults(
        { candidate, lifetime: { kwh: lifetime.energy, grams: lifetime.CO2e, cost: lifetime.cost } },
        config.limits ?? {},
      ),
      marginal: {
        perKg: gained(index, (each) => scaledValue(compared("CO2e", each), 0.001)),
        perMoney: gained(index, (each) => compared("cost", each)),
      },
      indistinguishable: candidates
        .filter((other) => other !== candidate && overlap(candidate.quality, other.quality))
        .map(({ name }) => name),
    };
  });
  return {
    quality,
    lessIsBetter,
    fairness,
    currency,
    units: units ?? null,
    unit: counted.length === 1 ? counted[0]! : null,
    rows,
    axes: front.axes,
    breakEven: comparable ? comparisons(candidates, courses) : [],
    notices: [
      ...notices,
      ...(comparable
        ? []
        : [
            `the benches counted different things (${counted.join(", ")}): energy, CO2e and cost for 1,000 of them are not compared`,
          ]),
      ...(units === undefined
        ? ["no totals over the lifetime: say how many units it will do, units under [tradeoff]"]
        : []),
    ],
  };
}

interface Courses extends Record<Resource, Course | null> {
  per1000: Record<Resource, Amount | null>;
}

function coursesOf({ training, inference, cost }: Candidate, comparable: boolean): Courses {
  const kwh = (amount: Amount | null) => amount && scaled(amount, 1 / JOULES_PER_KWH);
  const course = (once: Amount | null, per1000: Amount | null): Course | null =>
    once && per1000 && comparable ? { once, per1000 } : null;
  const per1000 = {
    energy: kwh(inference.energy),
    CO2e: inference.footprint,
    cost: cost.per1000 && amountOf(cost.per1000),
  };
  return {
    energy: course(kwh(training.energy), per1000.energy),
    CO2e: course(training.footprint, per1000.CO2e),
    cost: course(cost.training && amountOf(cost.training), per1000.cost),
    per1000,
  };
}

function comparisons(candidates: readonly Candidate[], courses: readonly Courses[]): Comparison[] {
  return RESOURCES.flatMap((resource) =>
    candidates.flatMap((a, i) =>
      candidates.slice(i + 1).flatMap((b, offset) => {
        const [one, two] = [courses[i]![resource], courses[i + 1 + offset]![resource]];
        if (!one || !two) return [];
        const result = breakEven({ name: a.name, ...one }, { name: b.name, ...two });
        return [{ a: a.name, b: b.name, resource, result }];
      }),
    ),
  );
}

function marginal(
  candidates: readonly Candidate[],
  { standings }: Front,
  index: number,
  amount: (index: number) => number | null,
): Marginal | null {
  const own = amount(index);
  const { quality } = candidates[index]!;
  if (standings[index]!.on !== true || own === null || !quality) return null;
  let neighbour: { at: number; needs: number } | undefined;
  for (const [at, standing] of standings.entries()) {
    const needs = amount(at);
    if (standing.on !== true || at === index || needs === null || needs >= own || !candidates[at]!.quality)
      continue;
    if (!neighbour || needs > neighbour.needs) neighbour = { at, needs };
  }
  if (!neighbour) return null;
  const other = candidates[neighbour.at]!;
  return { against: other.name, value: (quality.value - other.quality!.value) / (own - neighbour.needs) };
}

const overlap = (a: Valued | null, b: Valued | null): boolean =>
  a?.low != null &&
  a.high !== null &&
  b?.low != null &&
  b.high !== null &&
  a.low <= b.high &&
  b.low <= a.high;

const amountOf = ({ value, low, high }: Valued): Amount => ({
  value,
  low: low ?? value,
  high: high ?? value,
});

const scaled = ({ value, low, high }: Amount, factor: number): Amount => ({
  value: value * factor,
  low: low * factor,
  high: high * factor,
});

const scaledValue = (value: number | null, factor: number) => (value === null ? null : value * factor);
