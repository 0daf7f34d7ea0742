/** Limits that a candidate must keep, whatever it is good at otherwise. Pure. */

import type { TradeoffLimits } from "../../config/tradeoff-settings.ts";
import { JOULES_PER_KWH } from "../../quantity.ts";
import type { Candidate } from "../candidate.ts";
import type { Amount } from "./lifetime.ts";

/** "met": with its whole range; "broken": with its whole range; "open": its range lies on both sides. */
export type LimitVerdict = "met" | "broken" | "open" | "not measured";

export interface LimitResult {
  limit: keyof TradeoffLimits;
  bound: number;
  verdict: LimitVerdict;
}

export interface Limited {
  candidate: Candidate;
  /** kWh, gCO2e and money over the lifetime. */
  lifetime: { kwh: Amount | null; grams: Amount | null; cost: Amount | null };
}

type Ranged = { value: number; low?: number | null; high?: number | null } | null;

const VALUES: Readonly<Record<keyof TradeoffLimits, (of: Limited) => Ranged>> = {
  "min-quality": ({ candidate }) => candidate.quality,
  "max-quality": ({ candidate }) => candidate.quality,
  "min-worst-group": ({ candidate }) => candidate.worstGroup,
  "max-worst-group": ({ candidate }) => candidate.worstGroup,
  "max-fairness-gap": ({ candidate }) => candidate.fairnessGap,
  "max-latency-p95-ms": ({ candidate: { latency } }) => latency && { value: latency.p95 * 1000 },
  "max-memory-mib": ({ candidate: { memory } }) => (memory === null ? null : { value: memory / 2 ** 20 }),
  "max-wh-per-1000": ({ candidate: { inference } }) => scaled(inference.energy, 1000 / JOULES_PER_KWH),
  "max-g-per-1000": ({ candidate: { inference } }) => inference.footprint,
  "max-cost-per-1000": ({ candidate }) => candidate.cost.per1000,
  "max-kwh": ({ lifetime }) => lifetime.kwh,
  "max-kg": ({ lifetime }) => scaled(lifetime.grams, 0.001),
  "max-cost": ({ lifetime }) => lifetime.cost,
};

export function limitResults(of: Limited, limits: TradeoffLimits): LimitResult[] {
  return (Object.keys(VALUES) as (keyof TradeoffLimits)[]).flatMap((limit) => {
    const bound = limits[limit];
    return bound === undefined ? [] : [{ limit, bound, verdict: verdictOn(VALUES[limit](of), limit, bound) }];
  });
}

function verdictOn(ranged: Ranged, limit: string, bound: number): LimitVerdict {
  if (!ranged) return "not measured";
  const ends = [ranged.low ?? ranged.value, ranged.high ?? ranged.value];
  const kept = ends.map((end) => (limit.startsWith("min-") ? end >= bound : end <= bound));
  return kept.every(Boolean) ? "met" : kept.some(Boolean) ? "open" : "broken";
}

const scaled = (amount: Amount | null, factor: number): Amount | null =>
  amount && { value: amount.value * factor, low: amount.low * factor, high: amount.high * factor };
