/** What is left of a budget over its period: a step at each run, and the even use beside it. */

import type { ChartOptions } from "chart.js";
import type { BudgetView, PageStrings } from "../protocol.ts";
import { baseOptions, Chart, rangeOf } from "./chart-js.ts";
import { type ChartHost, ChartPanel } from "./panel.ts";
import { toCsv } from "./table.ts";

type Line = BudgetView["lines"][number];
type Point = { x: number; y: number };
const DAY = 86_400_000;
const TICKS = 8;

export class BurnDownChart {
  readonly panel: ChartPanel;
  readonly #chart: Chart<"line", Point[]>;
  #budget: BudgetView | null = null;
  #line: Line | null = null;

  constructor(
    what: Line["what"],
    readonly host: ChartHost<PageStrings>,
  ) {
    const source = {
      table: () => this.#line?.table ?? { caption: "", head: [], rows: [] },
      csv: () => this.#csv(),
      label: () => this.#line?.label ?? "",
    };
    this.panel = new ChartPanel(`budget-${what.toLowerCase()}`, host, source, () => this.draw());
    this.#chart = new Chart<"line", Point[]>(this.panel.canvas, { type: "line", data: { datasets: [] } });
    this.panel.readByKeyboard(this.#chart as unknown as Chart, (index) => this.#sentence(index));
  }

  update(budget: BudgetView, line: Line): void {
    this.#budget = budget;
    this.#line = line;
    this.draw();
  }

  draw(): void {
    const [budget, line] = [this.#budget, this.#line];
    if (!budget || !line) return;
    const theme = this.host.theme();
    const id = `budget.${line.what}.even`;
    const plain = { parsing: false as const, pointRadius: 0, borderWidth: theme.highContrast ? 2 : 1.5 };
    this.panel.title = line.title;
    this.panel.unit = line.symbol;
    this.panel.legend = [{ id, label: line.even, colour: theme.muted, drawn: "dashed" }];
    this.#chart.data.datasets = [
      {
        ...plain,
        label: line.title,
        data: pointsOf(budget, line),
        stepped: "before",
        borderColor: theme.accent,
        pointHoverRadius: 3,
      },
      {
        ...plain,
        label: line.even,
        data: [
          { x: budget.from, y: line.limit },
          { x: budget.to, y: 0 },
        ],
        borderColor: theme.muted,
        borderDash: [5, 3],
        pointHoverRadius: 0,
        hidden: this.host.isHidden(id),
      },
    ];
    this.#chart.options = this.#options(budget, line);
    this.#chart.update("none");
    this.panel.refresh();
  }

  #options(budget: BudgetView, line: Line): ChartOptions<"line"> {
    const theme = this.host.theme();
    const base = baseOptions(theme);
    const step = Math.ceil((budget.to - budget.from) / DAY / TICKS) * DAY;
    const low = Math.min(0, ...line.points.map(({ left }) => left));
    return {
      ...base,
      interaction: { mode: "nearest", axis: "x", intersect: false },
      scales: {
        x: {
          ...base.scales!.x,
          type: "linear",
          min: budget.from,
          max: budget.to,
          afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
            scale.ticks = [];
            for (let at = budget.from; at < budget.to; at += step) scale.ticks.push({ value: at });
          },
          ticks: { ...base.scales!.x!.ticks, autoSkip: false, callback: (value) => dayOf(Number(value)) },
        },
        y: { ...base.scales!.y, ...(low < 0 ? rangeOf([low, line.limit]) : {}) },
      },
      plugins: {
        tooltip: {
          ...base.plugins!.tooltip,
          filter: (item: { datasetIndex: number }) => item.datasetIndex === 0,
          displayColors: false,
          callbacks: {
            title: () => "",
            label: (item: { dataIndex: number }) => this.#sentence(item.dataIndex),
          },
        },
      },
    } as ChartOptions<"line">;
  }

  /** Of a point of the curve: the start, a run, or now. */
  #sentence(index: number): string {
    const [budget, line] = [this.#budget, this.#line];
    const point = budget && line && pointsOf(budget, line)[index];
    if (!point) return "";
    return `${dayOf(point.x)}: ${point.y.toPrecision(3)} ${line.symbol}`;
  }

  #csv(): string {
    const line = this.#line;
    if (!line) return "";
    return toCsv(
      ["time (UTC)", `left (${line.symbol})`],
      line.points.map(({ at, left }) => [new Date(at).toISOString(), left]),
    );
  }
}

/** From the whole limit at the start of the period to what is left now. */
function pointsOf(budget: BudgetView, line: Line): Point[] {
  const points = line.points.map(({ at, left }) => ({ x: at, y: left }));
  const now = points.at(-1)?.y ?? line.limit;
  return [
    { x: budget.from, y: line.limit },
    ...points,
    { x: Math.max(budget.now, points.at(-1)?.x ?? 0), y: now },
  ];
}

const dayOf = (at: number): string =>
  new Date(at).toLocaleDateString(document.documentElement.lang || undefined, {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
