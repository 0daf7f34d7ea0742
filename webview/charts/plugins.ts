/** What the charts draw beside their data: gaps, epoch ticks, whiskers. Each is set per chart through its data. */

import type { Chart, Plugin } from "chart.js";
import { type ChartTheme, hatch } from "./theme.ts";
import { epochStep } from "./time-axis.ts";

/** Hatches stretches of time in which something was not read. */
export function gapsPlugin(
  gaps: () => readonly { from: number; to: number }[],
  theme: () => ChartTheme,
): Plugin {
  return {
    id: "gaps",
    beforeDatasetsDraw(chart) {
      const x = chart.scales.x;
      if (!x) return;
      const { ctx, chartArea } = chart;
      ctx.save();
      ctx.fillStyle = hatch(ctx, theme().muted);
      ctx.globalAlpha = theme().highContrast ? 1 : 0.45;
      for (const gap of gaps()) {
        const left = Math.max(chartArea.left, x.getPixelForValue(gap.from));
        const right = Math.min(chartArea.right, x.getPixelForValue(gap.to));
        if (right < chartArea.left || left > chartArea.right) continue;
        ctx.fillRect(left, chartArea.top, Math.max(2, right - left), chartArea.bottom - chartArea.top);
      }
      ctx.restore();
    },
  };
}

/** Room below the time axis that the epoch ticks need, in pixels. */
export const EPOCH_TICKS_HEIGHT = 18;
const LABEL_SPACING = 40;

/** Ticks below the time axis at the end of each epoch; labels only as many as have room. */
export function epochTicksPlugin(
  epochs: () => readonly { at: number; index: number }[],
  theme: () => ChartTheme,
  label: (index: number) => string,
): Plugin {
  return {
    id: "epochTicks",
    afterDraw(chart) {
      const x = chart.scales.x;
      const marks = epochs();
      if (!x || marks.length === 0) return;
      const { ctx, chartArea } = chart;
      const colours = theme();
      const top = chart.height - EPOCH_TICKS_HEIGHT + 2;
      ctx.save();
      ctx.strokeStyle = colours.muted;
      ctx.fillStyle = colours.muted;
      ctx.font = `${colours.fontSize - 2}px ${colours.fontFamily}`;
      ctx.textBaseline = "top";
      const step = epochStep(marks.length, (chartArea.right - chartArea.left) / LABEL_SPACING);
      let lastTick = -Infinity;
      let first = true;
      ctx.beginPath();
      for (const mark of marks) {
        const at = Math.round(x.getPixelForValue(mark.at)) + 0.5;
        if (at < chartArea.left || at > chartArea.right + 1 || at - lastTick < 3) continue;
        lastTick = at;
        ctx.moveTo(at, top);
        ctx.lineTo(at, top + 4);
        if (mark.index % step !== 0) continue;
        const text = first ? label(mark.index) : String(mark.index);
        first = false;
        const width = ctx.measureText(text).width;
        const left = Math.min(Math.max(at - width / 2, chartArea.left), chartArea.right - width);
        ctx.fillText(text, left, top + 5);
      }
      ctx.stroke();
      ctx.restore();
    },
  };
}

/** Whiskers on bars: the interval of each value. Absent for a bar that was measured. */
export function whiskersPlugin(
  intervals: () => readonly ({ low: number; high: number } | null)[],
  theme: () => ChartTheme,
): Plugin {
  return {
    id: "whiskers",
    afterDatasetsDraw(chart: Chart) {
      const y = chart.scales.y;
      const bars = chart.getDatasetMeta(0).data;
      if (!y) return;
      const { ctx } = chart;
      ctx.save();
      ctx.strokeStyle = theme().foreground;
      ctx.beginPath();
      for (const [index, interval] of intervals().entries()) {
        const bar = bars[index];
        if (!interval || !bar) continue;
        const at = Math.round(bar.x) + 0.5;
        const [low, high] = [y.getPixelForValue(interval.low), y.getPixelForValue(interval.high)];
        ctx.moveTo(at, low);
        ctx.lineTo(at, high);
        ctx.moveTo(at - 2, low);
        ctx.lineTo(at + 2, low);
        ctx.moveTo(at - 2, high);
        ctx.lineTo(at + 2, high);
      }
      ctx.stroke();
      ctx.restore();
    },
  };
}
