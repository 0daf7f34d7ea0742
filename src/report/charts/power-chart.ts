/** Power by component over the run, stacked; the range of the sum; gaps hatched; epochs as ticks. */

import { scaleLinear } from "d3-scale";
import { area, curveStepBefore, line, stack } from "d3-shape";
import type { PowerSeries, RunSummary } from "../../energy/run.ts";
import { formatDuration, inUnit, pickScale } from "../../quantity.ts";
import { at, axisTime, COMPONENT_COLOURS, FRAME, opacityOf, svg, xAxis, yAxis } from "./frame.ts";

interface Point {
  /** Seconds since the start. */
  t: number;
  /** Watts by meter, 0 where it was not read. */
  watts: number[];
  low: number;
  high: number;
}

/** Null where there is nothing to draw: no interval was metered. `id` makes the ids of this SVG unique in its page. */
export function powerChart(run: RunSummary, series: PowerSeries, id: string): string | null {
  const points = pointsOf(run, series);
  if (points.length < 2) return null;
  const frame = FRAME;
  const top = Math.max(...points.map((point) => point.high));
  const symbol = pickScale("W", top);
  const watts = (value: number) => inUnit("W", value, symbol);
  const x = scaleLinear()
    .domain([0, Math.max(run.duration, points.at(-1)!.t)])
    .range([frame.left, frame.width - frame.right]);
  const y = scaleLinear()
    .domain([0, watts(top) || 1])
    .nice(5)
    .range([frame.height - frame.bottom, frame.top]);

  const layers = stack<Point, number>()
    .keys(series.watts.map((_, index) => index))
    .value((point, index) => point.watts[index] ?? 0)(points);
  const shape = area<[number, number] & { data: Point }>()
    .x(({ data }) => x(data.t))
    .y0((span) => y(watts(span[0])))
    .y1((span) => y(watts(span[1])))
    .curve(curveStepBefore)
    .digits(2);
  const areas = layers.map((layer, index) => {
    const meter = series.watts[index]!;
    const path = shape(layer as unknown as ([number, number] & { data: Point })[]) ?? "";
    const colour = COMPONENT_COLOURS[meter.component] ?? "#555";
    const sameBelow = series.watts.slice(0, index).filter((other) => other.component === meter.component);
    const shade = opacityOf(meter.method) * (1 - 0.2 * Math.min(2, sameBelow.length));
    const hatch = meter.method === "estimated" ? `<path d="${path}" fill="url(#${id}-estimated)"/>` : "";
    return `<path d="${path}" fill="${colour}" fill-opacity="${at(shade)}"/>${hatch}`;
  });
  const bound = (pick: (point: Point) => number) =>
    line<Point>()
      .x(({ t }) => x(t))
      .y((point) => y(watts(pick(point))))
      .curve(curveStepBefore)
      .digits(2)(points) ?? "";
  const band = [bound((point) => point.low), bound((point) => point.high)]
    .map((path) => `<path d="${path}" fill="none" stroke="#000" stroke-width="0.8" stroke-dasharray="3 2"/>`)
    .join("");
  const base = frame.height - frame.bottom;
  const gaps = run.gaps
    .filter((gap) => gap.meter === undefined && gap.to > gap.from)
    .map(
      (gap) =>
        `<rect x="${at(x(gap.from))}" y="${frame.top}" width="${at(Math.max(2, x(gap.to) - x(gap.from)))}" height="${base - frame.top}" fill="url(#${id}-gap)"/>`,
    );
  const epochs = run.marks
    .filter((mark) => mark.kind === "epoch")
    .map(
      (mark) =>
        `<line x1="${at(x(mark.at))}" x2="${at(x(mark.at))}" y1="${base - 6}" y2="${base}" stroke="#000"/>`,
    );
  const ticks = x
    .ticks(8)
    .filter((seconds) => Number.isInteger(seconds))
    .map((seconds) => ({ x: x(seconds), text: axisTime(seconds) }));
  const content = [
    yAxis(frame, y, symbol),
    ...areas,
    band,
    ...gaps,
    ...epochs,
    xAxis(frame, ticks, "time since the start"),
  ].join("\n");
  const title = "Power by component";
  const description = `Stacked power of ${series.watts.map(({ label }) => label).join(", ")} over ${formatDuration(run.duration)}; the dashed lines are the range of the sum.`;
  return svg(frame, { id, title, description }, content);
}

/** The first interval begins where the first reading was; the range of each interval is the meter's own over the run. */
function pointsOf(run: RunSummary, series: PowerSeries): Point[] {
  const ratios = series.watts.map(({ id }) => {
    const energy = run.meters.find(({ meter }) => meter.id === id)?.run;
    if (!energy || energy.value <= 0) return { low: 1, high: 1 };
    return { low: energy.low / energy.value, high: energy.high / energy.value };
  });
  const points = series.t.map((t, index): Point => {
    const watts = series.watts.map(({ values }) => {
      const value = values[index];
      return value === undefined || Number.isNaN(value) ? 0 : value;
    });
    return {
      t,
      watts,
      low: watts.reduce((sum, value, meter) => sum + value * ratios[meter]!.low, 0),
      high: watts.reduce((sum, value, meter) => sum + value * ratios[meter]!.high, 0),
    };
  });
  const first = points[0];
  return first ? [{ ...first, t: Math.max(0, first.t - run.interval) }, ...points] : [];
}

/** Names and colours in the order of the stack, from the bottom up. */
export function powerLegend(
  series: PowerSeries,
): { label: string; colour: string; opacity: number; method: string }[] {
  return series.watts.map(({ label, component, method }) => ({
    label,
    colour: COMPONENT_COLOURS[component] ?? "#555",
    opacity: opacityOf(method),
    method,
  }));
}
