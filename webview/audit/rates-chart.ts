/** Rates of groups as points with their ranges, one line each: drawn as SVG, coloured by the editor's theme. */

import { svg } from "../ui/dom.ts";
import type { GroupView, RateView } from "./protocol.ts";

const ROW = 26;
const NAME_WIDTH = 150;
const WIDTH = 560;
const RIGHT = 20;
const TOP = 8;
const AXIS = 24;

/** `overall`: drawn as a line through all rows. Lines of groups without the rate stay empty. */
export function ratesChart(
  groups: readonly GroupView[],
  overall: RateView | undefined,
  rate: string,
  label: string,
): SVGElement {
  const height = TOP + groups.length * ROW + AXIS;
  const bottom = TOP + groups.length * ROW;
  const x = (value: number) => NAME_WIDTH + value * (WIDTH - NAME_WIDTH - RIGHT);
  const parts: Node[] = [];
  for (const tick of [0, 0.25, 0.5, 0.75, 1]) {
    parts.push(
      svg("line", { class: "grid", x1: x(tick), x2: x(tick), y1: TOP, y2: bottom }),
      svg("text", { class: "tick", x: x(tick), y: bottom + 16, "text-anchor": "middle" }, text(String(tick))),
    );
  }
  if (overall && overall.value !== null)
    parts.push(
      svg("line", { class: "overall", x1: x(overall.value), x2: x(overall.value), y1: TOP, y2: bottom }),
    );
  for (const [index, group] of groups.entries()) {
    const y = TOP + index * ROW + ROW / 2;
    const found = group.rates.find(({ name }) => name === rate);
    parts.push(
      svg(
        "text",
        { class: "name", x: NAME_WIDTH - 12, y: y + 4, "text-anchor": "end" },
        text(cut(group.name)),
      ),
    );
    if (found) parts.push(...mark(found, group, x, y));
  }
  return svg(
    "svg",
    { class: "rates-chart", viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": label },
    ...parts,
  );
}

function mark(rate: RateView, group: GroupView, x: (value: number) => number, y: number): Node[] {
  const { value, low, high, small } = rate;
  if (value === null) {
    return [svg("text", { class: "tick", x: x(0) + 8, y: y + 4 }, text(rate.shown.text))];
  }
  const kind = `${small === null ? "" : " small"}${group.isReference ? " reference" : ""}`;
  const parts: Node[] = [];
  if (low !== null && high !== null)
    parts.push(
      svg("line", { class: `range-line${kind}`, x1: x(low), x2: x(high), y1: y, y2: y }),
      svg("line", { class: `range-line${kind}`, x1: x(low), x2: x(low), y1: y - 4, y2: y + 4 }),
      svg("line", { class: `range-line${kind}`, x1: x(high), x2: x(high), y1: y - 4, y2: y + 4 }),
    );
  // The reference is a square, so that it is not told by its colour alone.
  parts.push(
    group.isReference
      ? svg("rect", { class: `point${kind}`, x: x(value) - 4.5, y: y - 4.5, width: 9, height: 9 })
      : svg("circle", { class: `point${kind}`, cx: x(value), cy: y, r: 5 }),
  );
  return parts;
}

const text = (words: string): Text => document.createTextNode(words);

const cut = (name: string): string => (name.length > 22 ? `${name.slice(0, 21)}…` : name);
