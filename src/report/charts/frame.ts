/** What the charts share: size, axes, hatching. SVG as strings; colours hold on white and in grey print. */

import type { ScaleLinear } from "d3-scale";
import { escapeHtml } from "../render/html.ts";

export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export const FRAME: Frame = { width: 680, height: 240, left: 56, right: 12, top: 14, bottom: 36 };

/** By component, in a fixed order; each with at least 3:1 against white and a lightness of its own. */
export const COMPONENT_COLOURS: Record<string, string> = {
  gpu: "#1f4e8c",
  cpu: "#c2571a",
  dram: "#3d8c6c",
  platform: "#6b5b95",
};

/** Two decimals are enough for a screen and keep the file small; also makes the bytes the same on each machine. */
export const at = (value: number): string => String(Number(value.toFixed(2)));

/** Seconds on a time axis: "0:05", "1:30:00". */
export function axisTime(seconds: number): string {
  const whole = Math.round(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** What was modelled is paler than what was measured. */
export const opacityOf = (method: string): number => (method === "measured" ? 1 : 0.55);

export interface SvgText {
  id: string;
  title: string;
  description: string;
}

export function svg(frame: Frame, text: SvgText, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${frame.width} ${frame.height}" role="img" aria-labelledby="${text.id}-title ${text.id}-desc">
<title id="${text.id}-title">${escapeHtml(text.title)}</title>
<desc id="${text.id}-desc">${escapeHtml(text.description)}</desc>
<defs>
<pattern id="${text.id}-gap" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/><line x1="0" y1="0" x2="0" y2="6" stroke="#555" stroke-width="1.5"/></pattern>
<pattern id="${text.id}-estimated" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><line x1="0" y1="0" x2="0" y2="5" stroke="#fff" stroke-width="2"/></pattern>
</defs>
${content}
</svg>`;
}

export function yAxis(frame: Frame, scale: ScaleLinear<number, number>, label: string): string {
  const ticks = scale.ticks(5).map((tick) => {
    const y = at(scale(tick));
    return `<line x1="${frame.left}" x2="${frame.width - frame.right}" y1="${y}" y2="${y}" stroke="#ddd"/><text x="${frame.left - 6}" y="${y}" dy="0.32em" text-anchor="end">${scale.tickFormat(5)(tick).replace("−", "-")}</text>`;
  });
  return `${ticks.join("")}<text x="${frame.left}" y="${frame.top - 4}" text-anchor="start">${escapeHtml(label)}</text>`;
}

export function xAxis(frame: Frame, ticks: readonly { x: number; text: string }[], label: string): string {
  const base = frame.height - frame.bottom;
  const marks = ticks.map(
    ({ x, text }) =>
      `<line x1="${at(x)}" x2="${at(x)}" y1="${base}" y2="${base + 4}" stroke="#000"/><text x="${at(x)}" y="${base + 15}" text-anchor="middle">${escapeHtml(text)}</text>`,
  );
  return `<line x1="${frame.left}" x2="${frame.width - frame.right}" y1="${base}" y2="${base}" stroke="#000"/>${marks.join("")}<text x="${frame.width - frame.right}" y="${frame.height - 4}" text-anchor="end">${escapeHtml(label)}</text>`;
}
