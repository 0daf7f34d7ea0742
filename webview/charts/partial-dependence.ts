/** Mean scores over the values of a column, a line per group: numbers on a scale, texts side by side as points. */

import type { ChartOptions } from "chart.js";
import { baseOptions, Chart, rangeOf } from "./chart-js.ts";
import { groupLook } from "./group-colours.ts";
import { type ChartHost, ChartPanel, type PanelSource, type PanelStrings } from "./panel.ts";

export interface DependenceSeries {
  name: string;
  /** One per value. */
  values: readonly number[];
  /** Place in the order of the groups' colours; null for what is no group, which is drawn in the text's colour. */
  group: number | null;
  /** A single row, not a mean. */
  isSingle?: boolean;
}

export interface DependenceData {
  feature: string;
  /** Numbers, ascending, or texts. */
  grid: readonly string[];
  isNumber: boolean;
  series: readonly DependenceSeries[];
}

type Point = { x: number; y: number };

export class DependenceChart {
  readonly panel: ChartPanel;
  readonly #chart: Chart<"line", Point[]>;
  #data: DependenceData = { feature: "", grid: [], isNumber: true, series: [] };

  constructor(
    readonly host: ChartHost<PanelStrings>,
    readonly words: { title: string; yTitle: string },
    source: PanelSource,
  ) {
    this.panel = new ChartPanel("dependence", host, source, () => this.draw());
    this.panel.title = words.title;
    this.#chart = new Chart<"line", Point[]>(this.panel.canvas, { type: "line", data: { datasets: [] } });
    this.panel.readByKeyboard(this.#chart as unknown as Chart, (index) => this.#sentence(index));
  }

  update(data: DependenceData): void {
    this.#data = data;
    this.panel.waiting = "";
    this.draw();
  }

  draw(): void {
    const { grid, isNumber, series } = this.#data;
    const theme = this.host.theme();
    const looks = series.map(({ group }) =>
      group === null ? { colour: theme.foreground, dash: [], pattern: 0 } : groupLook(theme, group),
    );
    this.#chart.data.labels = [...grid];
    this.#chart.data.datasets = series.map(({ name, values, isSingle }, at) => {
      const { colour, dash } = looks[at]!;
      return {
        label: name,
        data: values.map((y, index) => ({ x: isNumber ? Number(grid[index]) : index, y })),
        parsing: false as const,
        hidden: this.host.isHidden(name),
        showLine: isNumber,
        borderColor: colour,
        backgroundColor: colour,
        borderDash: isSingle ? [2, 3] : dash,
        borderWidth: theme.highContrast ? 2 : 1.5,
        pointStyle: isSingle ? ("crossRot" as const) : ("circle" as const),
        pointRadius: isNumber ? (isSingle ? 3 : 0) : 4,
        pointHoverRadius: 5,
      };
    });
    this.#chart.options = this.#options();
    this.#chart.update("none");
    this.panel.legend = series.map(({ name, isSingle }, at) => ({
      id: name,
      label: name,
      colour: looks[at]!.colour,
      ...(isSingle ? { drawn: "dashed" as const } : { pattern: looks[at]!.pattern }),
    }));
    this.panel.refresh();
  }

  #options(): ChartOptions<"line"> {
    const theme = this.host.theme();
    const base = baseOptions(theme) as ChartOptions<"line">;
    const { feature, grid, isNumber, series } = this.#data;
    const font = { family: theme.fontFamily, size: theme.fontSize - 2 };
    const titled = (text: string) => ({ display: text !== "", text, color: theme.muted, font });
    const x = isNumber
      ? { type: "linear" as const, min: Number(grid[0] ?? 0), max: Number(grid.at(-1) ?? 1) }
      : { type: "category" as const, offset: true };
    return {
      ...base,
      interaction: { mode: "nearest", intersect: false, axis: "x" },
      scales: {
        x: { ...base.scales!.x, ...x, title: titled(feature) },
        y: {
          ...base.scales!.y,
          beginAtZero: false,
          afterFit: undefined,
          ...rangeOf(series.flatMap(({ values }) => values)),
          ticks: { ...base.scales!.y!.ticks, includeBounds: false },
          title: titled(this.words.yTitle),
        },
      },
      plugins: {
        tooltip: {
          ...base.plugins!.tooltip,
          callbacks: {
            title: ([item]) => (item ? `${feature}: ${grid[item.dataIndex]}` : ""),
            label: ({ dataset, parsed }) => `${dataset.label}: ${(parsed.y ?? 0).toFixed(3)}`,
          },
        },
      },
    } as ChartOptions<"line">;
  }

  #sentence(index: number): string {
    const { feature, grid, series } = this.#data;
    const said = series
      .filter(({ name }) => !this.host.isHidden(name))
      .map(({ name, values }) => `${name} ${values[index]!.toFixed(3)}`);
    return `${feature} ${grid[index]}: ${said.join("; ")}`;
  }
}
