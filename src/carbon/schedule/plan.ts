/** When to run: the best start within a deadline, what it saves, and whether that is worth waiting for. Pure. */

import { formatPercent, type Quantity } from "../../quantity.ts";
import { clipSlots, type IntensitySeries } from "../intensity/series.ts";
import { bestStart, durationOf, meanIntensity, type ProfilePiece } from "./contiguous.ts";
import { Cost } from "./cost.ts";
import { cheapestParts, type Part } from "./interruptible.ts";

/** Less than this is not worth a wait, whatever the forecast's error. */
const LEAST_SAVING = 0.05;
/** The duration may be this much longer than was said: the latest start leaves room for it. */
export const MARGIN = 0.1;

export interface PlanRequest {
  series: IntensitySeries;
  /** What the run draws over its time; one piece where only the duration is known. */
  profile: readonly ProfilePiece[];
  /** Unix ms. */
  now: number;
  deadline: number;
  /** Set where the run may be stopped and resumed: what a resume costs, ms of running. */
  resumeOverhead?: number;
}

export interface Plan {
  /** When it runs, one part unless it is interruptible. Unix ms. */
  parts: Part[];
  start: number;
  /** The last moment to start and be done in time, with a tenth more than the duration to spare. */
  latestStart: number;
  /** Mean intensity of the run as planned and if it began now, g/kWh, with the ranges of the slots. */
  planned: Quantity<"gCO2e/kWh">;
  ifNow: Quantity<"gCO2e/kWh">;
  /** Part of the emissions that is saved, against starting now; the range takes all errors at their worst. */
  saving: Quantity<"1">;
  /** Whether the guard rails hold; where not, starting now is the advice, and `why` says so. */
  recommended: boolean;
  why: string;
  /** "average" or "marginal": they can order hours differently. */
  basis: IntensitySeries["basis"];
  /** True where no forecast covers it and a typical day stands in. */
  typical: boolean;
  /** Sentences that a person should read. */
  notices: string[];
}

/** The plan, or a sentence on why there is none. */
export function planRun(request: PlanRequest): Plan | { problem: string } {
  const { series, profile, now, deadline, resumeOverhead } = request;
  const duration = durationOf(profile);
  const latestStart = deadline - duration * (1 + MARGIN);
  const slots = clipSlots(series.slots, now, deadline);
  const reach = slots.at(-1)?.to ?? now;
  const cost = new Cost(slots);
  const notices = [...series.notices];
  if (latestStart < now) {
    return {
      problem:
        deadline - duration < now
          ? "the run does not fit before the deadline: start it now, or move the deadline"
          : "the run fits before the deadline with less than a tenth of its duration to spare: start it now",
    };
  }
  const current = meanIntensity(cost, profile, now);
  if (current === undefined) {
    return { problem: `${series.source} has no figures for a run that starts now: nothing can be compared` };
  }
  const overhead = resumeOverhead ?? 0;
  // The margin is kept free at the end for what takes longer than was said.
  const end = deadline - duration * MARGIN;
  const interrupted =
    resumeOverhead === undefined ? undefined : cheapestParts(slots, duration, overhead, now, end);
  const whole = bestStart(slots, profile, now, end);
  if (!whole) return { problem: `${series.source} has no figures for any start before the deadline` };
  if (reach < deadline) {
    notices.push(
      `figures reach to ${new Date(reach).toISOString().slice(0, 16)}Z only; later starts were not looked at`,
    );
  }
  // An interruption that saves nothing is left out; constant power is taken where the run is cut into parts.
  const flat = meanIntensity(cost, [{ ms: duration, watts: 1 }], now)!;
  const useParts =
    interrupted !== undefined &&
    interrupted.parts.length > 1 &&
    (interrupted.mean * interrupted.running) / duration / flat < whole.mean / current - 1e-9;
  const parts = useParts ? interrupted.parts : [{ from: whole.start, to: whole.end }];
  // What resuming takes is emitted too: it counts per unit of work.
  const work = useParts ? interrupted.running / duration : 1;
  const meanOf = (bound: "gramsPerKwh" | "low" | "high") =>
    useParts
      ? (parts.reduce((sum, { from, to }) => sum + cost.integral(from, to, bound)!, 0) /
          interrupted.running) *
        work
      : meanIntensity(cost, profile, whole.start, bound)!;
  const nowOf = (bound: "gramsPerKwh" | "low" | "high") =>
    useParts ? cost.mean(now, now + duration, bound)! : meanIntensity(cost, profile, now, bound)!;
  const quantity = (mean: typeof meanOf, what: string): Quantity<"gCO2e/kWh"> => ({
    value: mean("gramsPerKwh"),
    unit: "gCO2e/kWh",
    method: "estimated",
    instrument: series.source,
    covers: [series.name],
    low: mean("low"),
    high: mean("high"),
    basis: `${what}: ${series.basis} intensity of ${series.name}${series.name === series.source ? "" : `, ${series.source}`}; error ${formatPercent(series.error.relative)}, ${series.error.how}`,
  });
  const planned = quantity(meanOf, "as planned");
  const ifNow = quantity(nowOf, "if it starts now");
  const saving = savingOf(planned, ifNow, series);
  const typical = slots.some(({ kind }) => kind === "typical");
  const verdict = judge(saving.value, series, parts[0]!.from > now || parts.length > 1);
  return {
    parts,
    start: parts[0]!.from,
    latestStart,
    planned,
    ifNow,
    saving,
    ...verdict,
    basis: series.basis,
    typical,
    notices,
  };
}

function savingOf(
  planned: Quantity<"gCO2e/kWh">,
  ifNow: Quantity<"gCO2e/kWh">,
  series: IntensitySeries,
): Quantity<"1"> {
  const part = (then: number, before: number) => (before > 0 ? 1 - then / before : 0);
  const value = part(planned.value, ifNow.value);
  return {
    value,
    unit: "1",
    method: "estimated",
    instrument: series.source,
    covers: [series.name],
    // The plan that starts now saves nothing, and that is certain.
    low: value === 0 ? 0 : Math.min(value, part(planned.high, ifNow.low)),
    high: value === 0 ? 0 : Math.max(value, part(planned.low, ifNow.high)),
    basis: `1 - planned / now, by ${series.basis} intensity; the range takes the errors of both at their worst`,
  };
}

function judge(
  saving: number,
  series: IntensitySeries,
  waits: boolean,
): { recommended: boolean; why: string } {
  if (!waits) return { recommended: false, why: "no later start emits less: start now" };
  const bar = Math.max(LEAST_SAVING, series.error.relative);
  const percent = formatPercent(saving);
  if (saving > bar)
    return { recommended: true, why: `${percent} is more than the ${formatPercent(bar)} that may be chance` };
  return {
    recommended: false,
    why:
      series.error.relative > LEAST_SAVING
        ? `${percent} is within the error of the figures (${formatPercent(series.error.relative)}): waiting may as well emit more, start now`
        : `${percent} is less than the ${formatPercent(LEAST_SAVING)} that a wait should save: start now`,
  };
}

/** The duration that nine in ten earlier runs did not pass, ms; undefined without any. */
export function usualDuration(durations: readonly number[]): number | undefined {
  const sorted = durations.filter((ms) => ms > 0).sort((a, b) => a - b);
  return sorted[Math.ceil(0.9 * sorted.length) - 1];
}

/** Equal pieces of an earlier run's mean power, stretched to a duration; pieces without a reading get the mean of the others. */
export function profileFrom(watts: readonly number[], duration: number): ProfilePiece[] {
  const read = watts.filter((value) => Number.isFinite(value) && value >= 0);
  const mean = read.reduce((sum, value) => sum + value, 0) / read.length;
  if (read.length === 0 || mean === 0) return [{ ms: duration, watts: 1 }];
  return watts.map((value) => ({
    ms: duration / watts.length,
    watts: Number.isFinite(value) && value >= 0 ? value : mean,
  }));
}
