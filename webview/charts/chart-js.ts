/** Chart.js, registered piece by piece (`auto` would bring every kind of chart), and what all charts here share. */

import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartOptions,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
import type { ChartTheme } from "./theme.ts";
import { timeStep, timeTick } from "./time-axis.ts";

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

export { Chart };

/** Width of every value axis, so that charts below each other line up. */
const AXIS_WIDTH = 52;
const TIME_TICKS = 8;
/** Room for half of the last label of the time axis. */
export const RIGHT_PADDING = 24;

/** Options that follow the theme; charts add their callbacks. Animation is off: a live chart redraws each second. */
export function baseOptions(theme: ChartTheme): ChartOptions<"line" | "bar"> {
  const font = { family: theme.fontFamily, size: theme.fontSize - 2 };
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    normalized: true,
    interaction: { mode: "index", intersect: false },
    layout: { autoPadding: false, padding: { top: 6, right: RIGHT_PADDING } },
    scales: {
      x: {
        grid: { display: false },
        border: { color: theme.grid },
        ticks: { color: theme.muted, font, maxRotation: 0 },
      },
      y: {
        beginAtZero: true,
        border: { display: false },
        grid: { color: theme.grid, tickLength: 0 },
        ticks: { color: theme.muted, font, maxTicksLimit: 5, padding: 8 },
        afterFit: (scale) => {
          scale.width = AXIS_WIDTH;
        },
      },
    },
    plugins: {
      tooltip: {
        backgroundColor: theme.hoverBackground,
        borderColor: theme.hoverBorder,
        borderWidth: 1,
        titleColor: theme.foreground,
        bodyColor: theme.foreground,
        footerColor: theme.muted,
        titleFont: { ...font, weight: "normal" },
        bodyFont: font,
        footerFont: { ...font, weight: "normal" },
        cornerRadius: 3,
        padding: 8,
        boxWidth: 8,
        boxHeight: 8,
        boxPadding: 5,
        caretSize: 0,
      },
    },
  };
}

/** Ends of an axis that leave a little room around the values; ticks stand where round numbers are between them. */
export function rangeOf(values: readonly number[]): { min: number; max: number } {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  if (low > high) return { min: 0, max: 1 };
  const room = low === high ? 0.5 : 0.04 * (high - low);
  return { min: low - room, max: high + room };
}

/** A time axis from 0 to `end` seconds. */
export function timeScale(theme: ChartTheme, end: number) {
  const base = baseOptions(theme).scales!.x!;
  return {
    ...base,
    type: "linear" as const,
    min: 0,
    max: end,
    afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
      const step = timeStep(end, TIME_TICKS);
      scale.ticks = Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, i) => ({
        value: i * step,
      }));
    },
    ticks: { ...base.ticks, autoSkip: false, callback: (value: string | number) => timeTick(Number(value)) },
  };
}
