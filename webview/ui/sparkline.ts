/** A run's power in one word-sized line. Decoration for those who see it; the table says the figures. */

import { svg } from "./dom.ts";

const WIDTH = 72;
const HEIGHT = 16;

/** Path of the values, from zero up, so that two lines compare by height. Empty below two points. */
export function sparklinePath(values: readonly number[], width = WIDTH, height = HEIGHT): string {
  if (values.length < 2) return "";
  const top = Math.max(...values, Number.EPSILON);
  const step = width / (values.length - 1);
  return values
    .map((value, index) => {
      const y = height - 1 - (Math.max(0, value) / top) * (height - 2);
      return `${index === 0 ? "M" : "L"}${(index * step).toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");
}

export interface Sparkline {
  element: SVGElement;
  update(values: readonly number[]): void;
}

export function createSparkline(): Sparkline {
  const line = svg("path", { class: "sparkline-line", d: "" });
  const area = svg("path", { class: "sparkline-area", d: "" });
  const element = svg(
    "svg",
    {
      class: "sparkline",
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      width: WIDTH,
      height: HEIGHT,
      "aria-hidden": "true",
    },
    area,
    line,
  );
  let shown = "";
  return {
    element,
    update(values) {
      const path = sparklinePath(values);
      if (path === shown) return;
      shown = path;
      line.setAttribute("d", path);
      area.setAttribute("d", path === "" ? "" : `${path}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`);
    },
  };
}
