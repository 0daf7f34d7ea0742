/** Energy of each epoch as bars with their range; the first metric that the command reported in a panel of its own below. */

import { scaleBand, scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { type EpochEnergy, epochLabel } from "../../energy/epochs.ts";
import { inUnit, pickScale } from "../../quantity.ts";
import { at, FRAME, opacityOf, svg, xAxis, yAxis } from "./frame.ts";

const METRIC_HEIGHT = 120;

export function epochChart(epochs: readonly EpochEnergy[], id: string): string | null {
  if (epochs.length === 0) return null;
  const bars = FRAME;
  const symbol = pickScale("J", Math.max(...epochs.map(({ energy }) => energy.value)));
  const amount = (joules: number) => inUnit("J", joules, symbol);
  const names = epochs.map((epoch) => epochLabel(epoch, epochs));
  const x = scaleBand()
    .domain(names)
    .range([bars.left, bars.width - bars.right])
    .padding(0.2);
  const y = scaleLinear()
    .domain([0, amount(Math.max(...epochs.map(({ energy }) => energy.high))) || 1])
    .nice(5)
    .range([bars.height - bars.bottom, bars.top]);
  const base = bars.height - bars.bottom;
  const marks = epochs.map(({ energy, hasGap }, order) => {
    const left = x(names[order]!) ?? 0;
    const middle = at(left + x.bandwidth() / 2);
    const box = `x="${at(left)}" y="${at(y(amount(energy.value)))}" width="${at(x.bandwidth())}" height="${at(base - y(amount(energy.value)))}"`;
    const hatch = hasGap ? `<rect ${box} fill="url(#${id}-gap)" stroke="#000"/>` : "";
    return `<rect ${box} fill="#444" fill-opacity="${opacityOf(energy.method)}"/>${hatch}<line x1="${middle}" x2="${middle}" y1="${at(y(amount(energy.low)))}" y2="${at(y(amount(energy.high)))}" stroke="#000" stroke-width="1.2"/>`;
  });
  const every = Math.ceil(names.length / 20);
  const ticks = names
    .filter((_, order) => order % every === 0)
    .map((name) => ({ x: (x(name) ?? 0) + x.bandwidth() / 2, text: name }));
  const metric = metricPanel(epochs, (order) => (x(names[order]!) ?? 0) + x.bandwidth() / 2);
  const frame = metric ? { ...bars, height: bars.height + METRIC_HEIGHT } : bars;
  const content = [
    yAxis(bars, y, symbol),
    ...marks,
    xAxis(bars, ticks, "epoch"),
    metric ? `<g transform="translate(0 ${bars.height})">${metric.markup}</g>` : "",
  ].join("\n");
  return svg(
    frame,
    {
      id,
      title: metric ? `Energy per epoch, and ${metric.name}` : "Energy per epoch",
      description: `Energy of ${epochs.length} epochs in ${symbol}, thin lines show the range; hatched epochs hold a gap. The figures are in the table below.`,
    },
    content,
  );
}

function metricPanel(
  epochs: readonly EpochEnergy[],
  xOf: (order: number) => number,
): { name: string; markup: string } | null {
  const name = epochs.flatMap(({ metrics }) => Object.keys(metrics))[0];
  if (name === undefined) return null;
  const values = epochs.flatMap(({ metrics }, order) => {
    const value = metrics[name];
    return value === undefined || !Number.isFinite(value) ? [] : [{ x: xOf(order), value }];
  });
  if (values.length < 2) return null;
  const frame = { ...FRAME, height: METRIC_HEIGHT, top: 16, bottom: 8 };
  const all = values.map(({ value }) => value);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const y = scaleLinear()
    .domain(low === high ? [low - 1, high + 1] : [low, high])
    .nice(4)
    .range([METRIC_HEIGHT - frame.bottom, frame.top]);
  const path = line<{ x: number; value: number }>()
    .x((point) => point.x)
    .y((point) => y(point.value))
    .digits(2)(values);
  return {
    name,
    markup: `${yAxis(frame, y, name)}<path d="${path}" fill="none" stroke="#000" stroke-width="1.4"/>`,
  };
}
