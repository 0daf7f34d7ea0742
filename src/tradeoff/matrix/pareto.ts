/** Which candidates no other one beats in everything that is compared. Pure. */

const AXES = ["quality", "fairness gap", "CO2e", "cost"] as const;
export type Axis = (typeof AXES)[number];

/** Null where it was not measured. */
export interface Axes {
  name: string;
  values: Record<Axis, number | null>;
}

export type Standing =
  | { on: true }
  /** Those that are at least as good in everything compared and better in something. */
  | { on: false; dominatedBy: string[] }
  /** Not compared: what is missing. */
  | { on: null; missing: Axis[] };

export interface Front {
  /** What was compared: what at least one candidate has. */
  axes: Axis[];
  /** In the order of the candidates. */
  standings: Standing[];
}

/** Less is better of all but quality, where it is said. A candidate that lacks a number neither beats another nor is beaten. */
export function paretoFront(candidates: readonly Axes[], lessIsBetter = false): Front {
  const axes = AXES.filter((axis) => candidates.some(({ values }) => values[axis] !== null));
  const missing = candidates.map(({ values }) => axes.filter((axis) => values[axis] === null));
  const goodness = (axis: Axis, { values }: Axes) =>
    axis === "quality" && !lessIsBetter ? values[axis]! : -values[axis]!;
  const beats = (a: Axes, b: Axes) =>
    axes.every((axis) => goodness(axis, a) >= goodness(axis, b)) &&
    axes.some((axis) => goodness(axis, a) > goodness(axis, b));
  const complete = candidates.filter((_, index) => missing[index]!.length === 0);
  const standings = candidates.map((candidate, index): Standing => {
    if (missing[index]!.length > 0) return { on: null, missing: missing[index]! };
    const dominatedBy = complete.filter((other) => beats(other, candidate)).map(({ name }) => name);
    return dominatedBy.length > 0 ? { on: false, dominatedBy } : { on: true };
  });
  return { axes, standings };
}
