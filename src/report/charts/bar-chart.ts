/** Horizontal bars of one unit with their ranges, as SVG. */

import { scaleLinear } from "d3-scale";
import type { BarFigure } from "../documents/blocks.ts";
import { escapeHtml } from "../render/html.ts";
import { at, svg, xAxis } from "./frame.ts";

const ROW = 26;
const LABEL_CHARACTERS = 26;

/** The largest high end fills the width; every bar has its value as text beside it. */
export function barChart({ title, unit, bars }: BarFigure): string {
  const frame = { width: 680, height: bars.length * ROW + 50, left: 180, right: 110, top: 8, bottom: 36 };
  const most = Math.max(...bars.map(({ high, value }) => Math.max(high, value)), 0);
  const scale = scaleLinear([0, most || 1], [frame.left, frame.width - frame.right]);
  const drawn = bars.map(({ label, value, low, high, text }, index) => {
    const y = frame.top + index * ROW;
    const middle = y + ROW / 2;
    const short =
      [...label].length > LABEL_CHARACTERS ? `${[...label].slice(0, LABEL_CHARACTERS - 1).join("")}…` : label;
    return `<text x="${frame.left - 8}" y="${middle}" dy="0.32em" text-anchor="end">${escapeHtml(short)}</text><rect x="${frame.left}" y="${y + 5}" width="${at(scale(value) - frame.left)}" height="${ROW - 10}" fill="#1f4e8c"/><line x1="${at(scale(low))}" x2="${at(scale(high))}" y1="${middle}" y2="${middle}" stroke="#000" stroke-width="1.5"/><text x="${at(scale(Math.max(high, value)) + 6)}" y="${middle}" dy="0.32em">${escapeHtml(text)}</text>`;
  });
  const ticks = scale
    .ticks(5)
    .map((tick) => ({ x: scale(tick), text: scale.tickFormat(5)(tick).replace("−", "-") }));
  // Two figures of one document differ in their titles.
  const id = `bars-${title.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;
  return svg(
    frame,
    { id, title, description: bars.map(({ label, text }) => `${label}: ${text}`).join("; ") },
    `${drawn.join("")}${xAxis(frame, ticks, unit)}`,
  );
}
