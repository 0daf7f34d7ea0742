/** Points over two columns as counts: numbers in equal steps, texts as they are. Pure. */

import type { Scatter, ScatterAxis } from "../../src/fairness/thresholds/scatter.ts";
import type { ScatterSeries } from "../charts/scatter-chart.ts";
import type { TableData } from "../charts/table.ts";

const STEPS = 5;

/** A value on the axis as the table has it; "" is missing. */
export const textOn = ({ levels }: ScatterAxis, value: number): string =>
  levels ? levels[value]! : String(value);

/** One row for each combination that has points, in the order of the axes; a column for each series. */
export function countsOver(
  { x, y, xs, ys, rows }: Pick<Scatter, "x" | "y" | "xs" | "ys" | "rows">,
  series: readonly ScatterSeries[],
  missing: string,
): Pick<TableData, "head" | "rows"> {
  const [across, up] = [partsOf(x, xs, missing), partsOf(y, ys, missing)];
  const place = new Map([...rows.entries()].map(([at, row]) => [row, at]));
  const counts = new Map<number, number[]>();
  for (const [index, { points }] of series.entries())
    for (const { row } of points) {
      const at = place.get(row)!;
      const key = across.of(xs[at]!) * up.names.length + up.of(ys[at]!);
      const counted = counts.get(key) ?? series.map(() => 0);
      counted[index]!++;
      counts.set(key, counted);
    }
  return {
    head: [x.name, y.name, ...series.map(({ name }) => name)],
    rows: [...counts]
      .sort(([a], [b]) => a - b)
      .map(([key, counted]) => [
        across.names[Math.floor(key / up.names.length)]!,
        up.names[key % up.names.length]!,
        ...counted.map((count) => count.toLocaleString("en")),
      ]),
  };
}

function partsOf(axis: ScatterAxis, values: Float64Array, missing: string) {
  if (axis.levels)
    return { names: axis.levels.map((level) => level || missing), of: (value: number) => value };
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const step = (high - low) / STEPS || 1;
  const edge = (at: number) => String(Number((low + at * step).toPrecision(4)));
  return {
    names: Array.from({ length: STEPS }, (_, at) => `${edge(at)} – ${edge(at + 1)}`),
    of: (value: number) => Math.min(STEPS - 1, Math.floor((value - low) / step)),
  };
}
