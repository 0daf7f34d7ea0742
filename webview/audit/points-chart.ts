/** Values of groups as points with their ranges, one line each: drawn as SVG, coloured by the editor's theme. */

import { svg } from "../ui/dom.ts";
import type { ChartPoint } from "./protocol.ts";

const ROW = 26;
const NAME_WIDTH = 150;
const WIDTH = 560;
const RIGHT = 20;
const TOP = 8;
const AXIS = 24;

export interface PointsChart {
  points: readonly ChartPoint[];
  /** Drawn as a line through all rows. */
  overall: number | null;
  /** Whether the axis is that of a rate, from 0 to 1; else it holds all that is drawn, and 0. */
  isRate: boolean;
  /** What a screen reader says of it. */
  label: string;
}

/** Lines of groups without a value have its text. */
export function pointsChart({ points, overall, isRate, label }: PointsChart): SVGElement {
  const height = TOP + points.length * ROW + AXIS;
  const bottom = TOP + points.length * ROW;
  const ticks = isRate ? [0, 0.25, 0.5, 0.75, 1] : ticksOf(points, overall);
  const [first, last] = [ticks[0]!, ticks.at(-1)!];
  const x = (value: number) => NAME_WIDTH + ((value - first) / (last - first)) * (WIDTH - NAME_WIDTH - RIGHT);
  const parts: Node[] = [];
  for (const tick of ticks) {
    parts.push(
      svg("line", { class: "grid", x1: x(tick), x2: x(tick), y1: TOP, y2: bottom }),
      svg("text", { class: "tick", x: x(tick), y: bottom + 16, "text-anchor": "middle" }, text(String(tick))),
    );
  }
  if (overall !== null)
    parts.push(svg("line", { class: "overall", x1: x(overall), x2: x(overall), y1: TOP, y2: bottom }));
  for (const [index, point] of points.entries()) {
    const y = TOP + index * ROW + ROW / 2;
    parts.push(
      svg(
        "text",
        { class: "name", x: NAME_WIDTH - 12, y: y + 4, "text-anchor": "end" },
        text(cut(point.name)),
      ),
      ...mark(point, x, y),
    );
  }
  return svg(
    "svg",
    { class: "rates-chart", viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": label },
    ...parts,
  );
}

/** Four to eight round numbers that hold every value with its range, and 0. */
function ticksOf(points: readonly ChartPoint[], overall: number | null): number[] {
  const values = [
    0,
    ...(overall === null ? [] : [overall]),
    ...points.flatMap(({ value, low, high }) => [value, low, high].filter((each) => each !== null)),
  ];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const span = high - low || 1;
  const power = 10 ** Math.floor(Math.log10(span));
  const step = [0.2, 0.5, 1, 2].map((factor) => factor * power).find((each) => span / each <= 6)!;
  const [start, end] = [Math.floor(low / step), Math.ceil(high / step)];
  return Array.from({ length: Math.max(1, end - start) + 1 }, (_, index) =>
    Number(((start + index) * step).toPrecision(6)),
  );
}

function mark(point: ChartPoint, x: (value: number) => number, y: number): Node[] {
  const { value, low, high, small } = point;
  if (value === null) return [svg("text", { class: "tick", x: NAME_WIDTH + 8, y: y + 4 }, text(point.text))];
  const kind = `${small === null ? "" : " small"}${point.isReference ? " reference" : ""}`;
  const parts: Node[] = [];
  if (low !== null && high !== null)
    parts.push(
      svg("line", { class: `range-line${kind}`, x1: x(low), x2: x(high), y1: y, y2: y }),
      svg("line", { class: `range-line${kind}`, x1: x(low), x2: x(low), y1: y - 4, y2: y + 4 }),
      svg("line", { class: `range-line${kind}`, x1: x(high), x2: x(high), y1: y - 4, y2: y + 4 }),
    );
  // The reference is a square, so that it is not told by its colour alone.
  parts.push(
    point.isReference
      ? svg("rect", { class: `point${kind}`, x: x(value) - 4.5, y: y - 4.5, width: 9, height: 9 })
      : svg("circle", { class: `point${kind}`, cx: x(value), cy: y, r: 5 }),
  );
  return parts;
}

const text = (words: string): Text => document.createTextNode(words);

const cut = (name: string): string => (name.length > 22 ? `${name.slice(0, 21)}…` : name);
