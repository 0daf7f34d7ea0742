/** From when on a measured inference is in its steady state: what comes before is warm-up and counts for nothing. Pure. */

/** Units that were done at a moment. */
export interface Count {
  /** Seconds since the start. */
  at: number;
  units: number;
  /** How long they took, s, where that was told. */
  seconds?: number;
}

/** A stretch between two counts. */
export interface Piece {
  from: number;
  to: number;
  units: number;
  /** Null where energy was not measured. */
  joules: number | null;
}

export interface SteadyState {
  from: number;
  to: number;
  units: number;
  pieces: Piece[];
  warmUp: { seconds: number; units: number; chosen: "detected" | "given" };
  /** How it was found, in a sentence. */
  method: string;
}

export interface SteadyOptions {
  /** Seconds between two readings of the meters. */
  interval: number;
  /** Seconds from the start that the user calls warm-up; without, it is looked for. */
  warmUp?: number;
  /** Seconds from the start at which the meters were first read. */
  readFrom?: number;
  /** In the plural: "requests". */
  unit: string;
}

/** Fewer say nothing about a trend. */
const LEAST_PIECES = 10;
const MOST_PIECES = 40;
const LEAST_COUNTS = 2 * LEAST_PIECES;
/** Halves of a steady state differ by less than this part, or by no more than chance makes them. */
const TOLERANCE = 0.1;
const CHANCE = 2;

/**
 * The counts are cut into pieces of equally many. The warm-up ends where the rest has the smallest standard error (MSER,
 * White 1997), of the time and of the energy of a unit, whichever is later; what is left must not drift.
 *
 * @param energyAt energy since the start, J; undefined where it was not measured
 * @returns a sentence that says what is missing, where there is no steady state
 */
export function findSteadyState(
  counts: readonly Count[],
  energyAt: ((seconds: number) => number) | undefined,
  { interval, warmUp, readFrom, unit }: SteadyOptions,
): SteadyState | { problem: string } {
  const after = Math.max(warmUp ?? 0, readFrom ?? 0);
  const ordered = [...counts].sort((a, b) => a.at - b.at);
  const kept = ordered.filter(({ at }) => at >= after);
  if (kept.length <= LEAST_COUNTS)
    return {
      problem: `${kept.length} counts${warmUp === undefined ? "" : " after the warm-up"} are too few for a steady state: more than ${LEAST_COUNTS} are needed; let it do more ${unit}, or count each by itself`,
    };
  const span = kept.at(-1)!.at - kept[0]!.at;
  const size = Math.min(MOST_PIECES, Math.floor((kept.length - 1) / 2), Math.floor(span / interval));
  if (size < LEAST_PIECES)
    return {
      problem: `the ${unit} were counted within ${span.toFixed(1)} s: with ${interval} s between two readings of the meters, ${(LEAST_PIECES * interval).toFixed(1)} s at least are needed for a steady state; let it run longer`,
    };
  const pieces = piecesOf(kept, size, energyAt);
  if (pieces.length < LEAST_PIECES)
    return {
      problem: `the ${unit} were counted at ${pieces.length + 1} moments only: more than ${LEAST_PIECES} are needed for a steady state; let it write each when it is done, not all at once`,
    };
  const series = [pieces.map(timeOf), ...(energyAt ? [pieces.map(energyOf)] : [])];
  const cut = warmUp === undefined ? Math.max(...series.map(truncation)) : 0;
  const rest = pieces.slice(cut);
  const drifts = [
    { what: "time", change: drift(rest.map(timeOf)) },
    ...(energyAt ? [{ what: "energy", change: drift(rest.map(energyOf)) }] : []),
  ];
  for (const { what, change } of drifts) {
    if (change === null) continue;
    const more = change > 0 ? "more" : "less";
    return {
      problem: `no steady state was reached: for each unit the second half of the measurement needed ${Math.round(100 * Math.abs(change))} % ${more} ${what} than the first; let it run longer, or say with --warm-up how long it warms up`,
    };
  }
  const from = rest[0]!.from;
  const unitsOf = (part: readonly { units: number }[]) => part.reduce((sum, { units }) => sum + units, 0);
  const before = unitsOf(ordered.filter(({ at }) => at <= from));
  return {
    from,
    to: rest.at(-1)!.to,
    units: unitsOf(rest),
    pieces: rest,
    warmUp: { seconds: from, units: before, chosen: warmUp === undefined ? "detected" : "given" },
    method: `${warmUp === undefined ? "warm-up cut where the rest has the smallest standard error (MSER)" : "warm-up as given"}; halves of the rest differ by less than ${100 * TOLERANCE} % or by chance`,
  };
}

const timeOf = ({ from, to, units }: Piece): number => (to - from) / units;
const energyOf = ({ joules, units }: Piece): number => (joules ?? 0) / units;

function piecesOf(
  counts: readonly Count[],
  size: number,
  energyAt: ((seconds: number) => number) | undefined,
): Piece[] {
  const steps = counts.length - 1;
  const pieces: Piece[] = [];
  // Counts of one moment, as a buffered output brings them, belong together.
  const lastOfMoment = (index: number) => {
    let last = index;
    while (last < steps && counts[last + 1]!.at === counts[index]!.at) last++;
    return last;
  };
  let first = lastOfMoment(0);
  for (let index = 1; index <= size; index++) {
    const last = lastOfMoment(Math.round((index * steps) / size));
    if (last <= first) continue;
    const [from, to] = [counts[first]!.at, counts[last]!.at];
    let units = 0;
    for (let each = first + 1; each <= last; each++) units += counts[each]!.units;
    pieces.push({ from, to, units, joules: energyAt ? energyAt(to) - energyAt(from) : null });
    first = last;
  }
  return pieces;
}

/** Pieces to leave out at the beginning; at most half. */
function truncation(values: readonly number[]): number {
  let best = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (let cut = 0; cut <= values.length / 2; cut++) {
    const rest = values.slice(cut);
    const mean = meanOf(rest);
    const statistic = rest.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rest.length ** 2;
    if (statistic < smallest) [best, smallest] = [cut, statistic];
  }
  return best;
}

/** Change from the first half to the second, as a part of the first; null where it is small, or no more than chance. */
function drift(values: readonly number[]): number | null {
  const middle = Math.floor(values.length / 2);
  const [one, two] = [values.slice(0, middle), values.slice(middle)];
  const [a, b] = [meanOf(one), meanOf(two)];
  const error = Math.sqrt(variance(one) / one.length + variance(two) / two.length);
  if (a === b || Math.abs(b - a) <= TOLERANCE * a || Math.abs(b - a) <= CHANCE * error) return null;
  return a > 0 ? (b - a) / a : 1;
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const variance = (values: readonly number[]): number => {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
};
