/** The whole run, while it trains: energy and finish, if every epoch or step is trained that it said. Pure. */

import type { Quantity } from "../quantity.ts";
import { accountEpochs, type EpochEnergy } from "./epochs.ts";
import type { RunSummary } from "./run.ts";
import { type StepCourse, stepCourse } from "./step-course.ts";

export interface RunForecast {
  /** Of the whole run until its last epoch or step ends; 90 % of such runs should lie in the range. */
  energy: Quantity<"J">;
  /** Seconds since the run's start at which the last one ends. */
  seconds: { value: number; low: number; high: number };
  /** Unix milliseconds. */
  finishAt: { value: number; low: number; high: number };
  /** What was counted. */
  of: "epochs" | "steps";
  done: number;
  total: number;
}

/** Why nothing is forecast. */
export type NoForecast =
  | "ended"
  | "no epochs"
  | "one epoch"
  | "first steps"
  | "total unknown"
  | "several trainings"
  | "trained";

/** An epoch's weight halves with so many epochs after it, or with half of all of them. */
const HALF_LIFE = 4;
/** The first epoch also loads, compiles and fills caches: it counts at most this much, and less the more it differs. */
const WARM_UP = 0.1;
/** Before epochs show how much they differ, they are taken to differ by this part, as if by so many epochs. */
const USUAL_SPREAD = 0.05;
const USUAL_EPOCHS = 3;
/** Normal quantile of a two-sided interval of 90 %. */
const Z = 1.645;

type ForecastRunning = Pick<RunSummary, "marks" | "energy" | "gaps" | "duration" | "state" | "startedAt">;

/**
 * From the second epoch on, where the command says how many there will be. Before, and where it does not, by the steps of its
 * training, where it says how many of those there will be: a language model is often tuned for one epoch of many steps.
 */
export function forecastRun(run: ForecastRunning): RunForecast | NoForecast {
  if (run.state !== "running") return "ended";
  const byEpochs = forecastByEpochs(run);
  if (byEpochs !== "no epochs" && byEpochs !== "one epoch" && byEpochs !== "total unknown") return byEpochs;
  const course = stepCourse(run.marks);
  if (course === undefined) return byEpochs;
  if (course === "first steps") return byEpochs === "one epoch" ? byEpochs : course;
  return course.total > course.done ? forecastBySteps(run, course) : byEpochs;
}

function forecastByEpochs(run: ForecastRunning): RunForecast | NoForecast {
  const { epochs, done, total } = accountEpochs(run);
  const last = epochs.at(-1);
  if (!last) return "no epochs";
  if (last.training > 1) return "several trainings";
  if (total === null) return "total unknown";
  if (total <= done) return "trained";
  if (epochs.length < 2) return "one epoch";
  const periods = periodsOf(epochs);
  return forecastOf(
    run,
    { of: "epochs", done, total },
    { at: last.to, until: last.until },
    restOf(eachOf(periods, "joules"), total - done),
    restOf(eachOf(periods, "seconds"), total - done),
  );
}

function forecastBySteps(run: ForecastRunning, { done, total, size, groups, at, until }: StepCourse) {
  const left = (total - done) / size;
  return forecastOf(
    run,
    { of: "steps", done, total },
    { at, until },
    restOf(eachOf(groups, "joules"), left),
    restOf(eachOf(groups, "seconds"), left),
  );
}

function forecastOf(
  run: ForecastRunning,
  counted: Pick<RunForecast, "of" | "done" | "total">,
  last: { at: number; until: number },
  joules: Rest,
  seconds: Rest,
): RunForecast {
  const energy = together(last.until, joules, run.energy.value);
  const time = together(last.at, seconds, run.duration);
  const ratio = (bound: number) => (run.energy.value > 0 ? bound / run.energy.value : 1);
  const at = (each: number) => run.startedAt + each * 1000;
  const { of, done, total } = counted;
  return {
    energy: {
      ...run.energy,
      value: energy.value,
      low: energy.low * ratio(run.energy.low),
      high: energy.high * ratio(run.energy.high),
      method: "estimated",
      basis: `${done} of ${total} ${of} are done; those left as the ones before, of which the first and the older count less; until the last of the ${of} ends`,
    },
    seconds: time,
    finishAt: { value: at(time.value), low: at(time.low), high: at(time.high) },
    ...counted,
  };
}

/** Of `count` epochs or groups of steps that were told together, what one of them takes. */
function eachOf<Of extends "joules" | "seconds">(
  periods: readonly ({ count: number } & Record<Of, number>)[],
  what: Of,
): { value: number; count: number }[] {
  return periods.map((period) => ({ value: period[what] / period.count, count: period.count }));
}

interface Rest {
  value: number;
  each: number;
  spread: number;
}

/** What is there already and what will come; never less than what is there now, the epoch that goes on included. */
function together(before: number, rest: Rest, now: number): { value: number; low: number; high: number } {
  const value = Math.max(now, before + rest.value, now + (rest.value - rest.each));
  return { value, low: Math.max(now, value - rest.spread), high: value + rest.spread };
}

/** From the end of one epoch to the end of the next: what lies between them will come again. */
function periodsOf(epochs: readonly EpochEnergy[]) {
  return epochs.map(({ energy, until, from, to, count }, order) => {
    const before = epochs[order - 1];
    return {
      joules: before ? Math.max(0, until - before.until) : energy.value,
      seconds: before ? to - before.to : to - from,
      count,
    };
  });
}

/** Sum of `left` epochs by those that are done, with half the width of its interval. */
function restOf(done: readonly { value: number; count: number }[], left: number): Rest {
  const weights = weightsOf(done);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const mean = done.reduce((total, { value }, order) => total + weights[order]! * value, 0) / sum;
  // Of epochs that were told together each stands for its mean, which differs less: their number in the weight makes up for it.
  const squares = done.reduce((total, { value }, order) => total + weights[order]! * (value - mean) ** 2, 0);
  const marks = sum ** 2 / weights.reduce((total, weight) => total + weight ** 2, 0);
  const seen =
    sum ** 2 / weights.reduce((total, weight, order) => total + weight ** 2 / done[order]!.count, 0);
  const freedom = USUAL_EPOCHS + Math.max(0, marks - 1);
  const variance = (USUAL_EPOCHS * (USUAL_SPREAD * mean) ** 2 + squares) / freedom;
  const spread = studentQuantile(freedom) * Math.sqrt(variance * (left + left ** 2 / seen));
  return { value: left * mean, each: mean, spread };
}

function weightsOf(done: readonly { value: number; count: number }[]): number[] {
  const all = done.reduce((sum, { count }) => sum + count, 0);
  const halfLife = Math.max(HALF_LIFE, all / 2);
  let after = all;
  const weights = done.map(({ count }) => {
    after -= count;
    return count * 0.5 ** (after / halfLife);
  });
  const typical = median(done.slice(1).map(({ value }) => value));
  const first = done[0]!.value;
  const alike = Math.max(first, typical) > 0 ? Math.min(first, typical) / Math.max(first, typical) : 1;
  weights[0]! *= WARM_UP * alike ** 2;
  return weights;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Of Student's distribution, by the expansion of Cornish and Fisher: 2 % off at 3 degrees of freedom, less above. */
function studentQuantile(freedom: number): number {
  const first = (Z ** 3 + Z) / (4 * freedom);
  const second = (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / (96 * freedom ** 2);
  return Z + first + second;
}
