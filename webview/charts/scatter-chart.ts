/** Points over two columns, in colours and shapes; a click or Enter picks one. */

import type { ChartEvent, ChartOptions, Plugin } from "chart.js";
import { h, setText } from "../ui/dom.ts";
import { baseOptions, Chart, rangeOf } from "./chart-js.ts";
import { groupLook } from "./group-colours.ts";
import { type ChartHost, ChartPanel, type PanelSource, type PanelStrings } from "./panel.ts";

/** So near a click is meant for a point, px. */
const NEAR = 12;

export interface ScatterPoint {
  x: number;
  y: number;
  /** From 0. */
  row: number;
}

export interface ScatterSeries {
  name: string;
  points: ScatterPoint[];
}

export interface ScatterAxisView {
  title: string;
  /** Texts at 0, 1, ...; null for numbers. */
  levels: readonly string[] | null;
}

/** As drawn, and as written behind a name in the legend: who sees no colours tells series by them. */
const SHAPES = [
  ["circle", "●"],
  ["triangle", "▲"],
  ["rectRot", "◆"],
  ["crossRot", "×"],
] as const;
/** So few points are drawn larger. */
const FEW = 50;
/** Between a point and its name, px. */
const BESIDE = 11;
const LONGEST_NAME = 28;
const shortened = (name: string): string =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;

/** Points of more series cannot be told apart; they share the last colour. */
export const MAX_SERIES = 8;

export class ScatterChart {
  readonly panel: ChartPanel;
  readonly #chart: Chart<"line", ScatterPoint[]>;
  readonly #reading = h("div", { class: "visually-hidden", "aria-live": "polite" });
  #axes: readonly [ScatterAxisView, ScatterAxisView] = [
    { title: "", levels: null },
    { title: "", levels: null },
  ];
  #series: readonly ScatterSeries[] = [];
  #picked = -1;
  /** Among all drawn points by x, where the arrow keys are. */
  #at = -1;

  /** @param say a point in words, for its label and for those who hear the page */
  constructor(
    readonly host: ChartHost<PanelStrings>,
    title: string,
    source: PanelSource,
    readonly say: (row: number, series: string) => string,
    readonly onPick: (row: number) => void,
    /** Stands beside each point, where there are few. */
    nameOf?: (row: number) => string,
  ) {
    this.panel = new ChartPanel("scatter", host, source, () => this.draw());
    this.panel.title = title;
    this.panel.element.append(this.#reading);
    this.#chart = new Chart<"line", ScatterPoint[]>(this.panel.canvas, {
      type: "line",
      data: { datasets: [] },
      plugins: nameOf ? [this.#names(nameOf)] : [],
    });
    this.panel.canvas.addEventListener("keydown", (event) => this.#walk(event));
  }

  update(axes: readonly [ScatterAxisView, ScatterAxisView], series: readonly ScatterSeries[]): void {
    this.#axes = axes;
    this.#series = series;
    this.#at = -1;
    this.draw();
  }

  /** Rings the point of a row, where it is drawn. */
  pick(row: number): void {
    this.#picked = row;
    this.draw();
  }

  draw(): void {
    const theme = this.host.theme();
    const looks = this.#series.map((_, at) => ({
      colour: groupLook({ ...theme, highContrast: false }, at).colour,
      shape: SHAPES[at % SHAPES.length]!,
    }));
    const count = this.#series.reduce((sum, { points }) => sum + points.length, 0);
    const radius = (theme.highContrast ? 3.5 : 2.5) + (count <= FEW ? 2.5 : 0);
    const ring = this.#series.flatMap(({ points }) => points.filter(({ row }) => row === this.#picked));
    this.#chart.data.datasets = [
      ...this.#series.map(({ name, points }, at) => ({
        label: name,
        data: points,
        parsing: false as const,
        hidden: this.host.isHidden(name),
        showLine: false,
        borderColor: looks[at]!.colour,
        backgroundColor: looks[at]!.colour,
        pointStyle: looks[at]!.shape[0],
        pointBorderWidth: looks[at]!.shape[0] === "crossRot" ? 1.5 : 0,
        pointRadius: radius + (at % SHAPES.length === 0 ? 0 : 0.7),
        pointHoverRadius: 6,
        pointHitRadius: 6,
      })),
      {
        data: ring,
        parsing: false as const,
        showLine: false,
        borderColor: theme.foreground,
        backgroundColor: "transparent",
        pointRadius: 8,
        pointHoverRadius: 8,
        pointBorderWidth: 2,
      },
    ];
    this.#chart.options = this.#options();
    this.#chart.update("none");
    this.panel.legend = this.#series.map(({ name, points }, at) => ({
      id: name,
      label: name,
      note: `${looks[at]!.shape[1]} ${points.length.toLocaleString("en")}`,
      colour: looks[at]!.colour,
    }));
    this.panel.refresh();
  }

  /** Right of its point, or left of it where there is no room. */
  #names(nameOf: (row: number) => string): Plugin<"line"> {
    return {
      id: "names",
      afterDatasetsDraw: (chart) => {
        const { ctx, chartArea } = chart;
        const theme = this.host.theme();
        ctx.save();
        ctx.fillStyle = theme.foreground;
        ctx.font = `${theme.fontSize - 1}px ${theme.fontFamily}`;
        ctx.textBaseline = "middle";
        for (const [at, { points }] of this.#series.entries()) {
          if (!chart.isDatasetVisible(at)) continue;
          for (const [index, { row }] of points.entries()) {
            const place = chart.getDatasetMeta(at).data[index];
            if (!place) continue;
            const name = shortened(nameOf(row));
            const width = ctx.measureText(name).width;
            const fits = place.x + BESIDE + width <= chartArea.right;
            ctx.fillText(name, fits ? place.x + BESIDE : place.x - BESIDE - width, place.y);
          }
        }
        ctx.restore();
      },
    };
  }

  #options(): ChartOptions<"line"> {
    const theme = this.host.theme();
    const base = baseOptions(theme) as ChartOptions<"line">;
    const font = { family: theme.fontFamily, size: theme.fontSize - 2 };
    const axis = ({ title, levels }: ScatterAxisView, of: "x" | "y") => ({
      ...base.scales![of],
      type: "linear" as const,
      beginAtZero: false,
      afterFit: undefined,
      title: { display: true, text: title, color: theme.muted, font },
      ...(levels
        ? {
            min: -0.6,
            max: levels.length - 0.4,
            ticks: {
              color: theme.muted,
              font,
              stepSize: 1,
              callback: (value: number | string) => levels[Number(value)] ?? "",
            },
          }
        : {
            ...rangeOf(this.#series.flatMap(({ points }) => points.map((point) => point[of]))),
            ticks: { ...base.scales!.y!.ticks, padding: 4, includeBounds: false },
          }),
    });
    return {
      ...base,
      interaction: { mode: "nearest", intersect: true, axis: "xy" },
      onClick: (event) => this.#choose(event),
      scales: { x: axis(this.#axes[0], "x"), y: axis(this.#axes[1], "y") },
      plugins: {
        tooltip: {
          ...base.plugins!.tooltip,
          filter: ({ datasetIndex }) => datasetIndex < this.#series.length,
          callbacks: {
            title: () => "",
            label: ({ dataset, raw }) => this.say((raw as ScatterPoint).row, dataset.label ?? ""),
          },
        },
      },
    } as ChartOptions<"line">;
  }

  /** The nearest point, where one is near. */
  #choose(event: ChartEvent): void {
    const found = this.#chart.getElementsAtEventForMode(
      event.native!,
      "nearest",
      { intersect: false, axis: "xy" },
      false,
    );
    const hit = found.find(({ datasetIndex }) => datasetIndex < this.#series.length);
    if (!hit || Math.hypot(hit.element.x - event.x!, hit.element.y - event.y!) > NEAR) return;
    this.onPick(this.#series[hit.datasetIndex]!.points[hit.index]!.row);
  }

  /** Arrow keys walk over the points from left to right, page keys in larger steps; Enter picks. */
  #walk(event: KeyboardEvent): void {
    const all = this.#series
      .flatMap(({ points, name }, series) =>
        points.map((point, index) => ({ ...point, name, series, index })),
      )
      .filter(({ name }) => !this.host.isHidden(name))
      .sort((a, b) => a.x - b.x || a.y - b.y);
    if (event.key === "Enter" && all[this.#at]) {
      this.onPick(all[this.#at]!.row);
      return;
    }
    const far = Math.max(1, Math.round(all.length / 20));
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, PageUp: far, PageDown: -far };
    const step = steps[event.key];
    if (step === undefined || all.length === 0) return;
    event.preventDefault();
    this.#at = Math.min(all.length - 1, Math.max(0, this.#at + step));
    const { series, index, row, name } = all[this.#at]!;
    const point = this.#chart.getDatasetMeta(series).data[index];
    const active = [{ datasetIndex: series, index }];
    this.#chart.setActiveElements(active);
    this.#chart.tooltip?.setActiveElements(active, { x: point?.x ?? 0, y: point?.y ?? 0 });
    this.#chart.update("none");
    setText(this.#reading, this.say(row, name));
  }
}
