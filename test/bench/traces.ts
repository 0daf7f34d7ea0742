/** Energy counters with a known truth: what they read second by second, with what goes wrong in practice. */

/** Range of an Intel package counter, microjoules: it is back at 0 after 262 kJ. */
export const WRAPS_AT = 262_143_328_850;

export interface TraceOptions {
  seed: number;
  seconds: number;
  /** Part of the samples that cannot be read, and stretches of 10 to 60 s in which none can. */
  unreadable?: { part: number; stretches: number };
  /** Stretches of 5 to 120 s without any sample. */
  late?: number;
  /** Times that the counter starts at 0 again: a driver loaded anew, a machine that slept. */
  restarts?: number;
}

export interface Step {
  /** Seconds since the start of the trace. */
  at: number;
  /** Microjoules that the counter shows; null: it cannot be read. */
  raw: number | null;
}

export interface Trace {
  steps: Step[];
  /** Joules that were used from the first step to the last. */
  truth: number;
  /** Joules between the readings around each restart: part of them was in no reading that anybody could take. */
  lost: number;
}

/** Mulberry32: numbers from 0 to 1 that are the same for the same seed. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A machine between 20 and 300 W, read about once a second. */
export function makeTrace(options: TraceOptions): Trace {
  const next = random(options.seed);
  const within = (low: number, high: number) => low + next() * (high - low);
  const moment = () => Math.floor(within(10, options.seconds - 130));
  const stretches = (count: number, low: number, high: number) =>
    Array.from({ length: count }, () => {
      const from = moment();
      return [from, from + within(low, high)] as const;
    });
  const inside = (list: readonly (readonly [number, number])[], second: number) =>
    list.some(([from, to]) => second >= from && second < to);
  const unreadable = stretches(options.unreadable?.stretches ?? 0, 10, 60);
  const late = stretches(options.late ?? 0, 5, 120);
  const restarts = new Set(Array.from({ length: options.restarts ?? 0 }, moment));

  let raw = Math.floor(next() * WRAPS_AT);
  let at = 0;
  let watts = within(20, 300);
  let truth = 0;
  let pending = 0;
  let restarted = false;
  let lost = 0;
  const steps: Step[] = [{ at, raw }];
  for (let second = 1; second <= options.seconds; second++) {
    const dt = second + within(-0.02, 0.02) - at;
    at += dt;
    watts = next() < 0.02 ? within(20, 300) : Math.min(300, Math.max(20, watts + within(-10, 10)));
    const used = Math.round(watts * dt * 1e6);
    truth += used;
    pending += used;
    if (restarts.has(second)) {
      raw = Math.floor(next() * used);
      restarted = true;
    } else {
      raw = (raw + used) % WRAPS_AT;
    }
    const last = second === options.seconds;
    if (!last && inside(late, second)) continue;
    const readable = last || !(inside(unreadable, second) || next() < (options.unreadable?.part ?? 0));
    steps.push({ at, raw: readable ? raw : null });
    if (!readable) continue;
    if (restarted) lost += pending;
    pending = 0;
    restarted = false;
  }
  return { steps, truth: truth / 1e6, lost: lost / 1e6 };
}
