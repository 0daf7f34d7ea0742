/** ROC and precision-recall curves of several groups, each with the point of its threshold. */

import type { ChartOptions, Plugin } from "chart.js";
import { type Curves, drawnPoints } from "../../src/fairness/thresholds/curves.ts";
import { baseOptions, Chart } from "./chart-js.ts";
import { type GroupLook, groupLook } from "./group-colours.ts";
import { type ChartHost, ChartPanel, type PanelStrings } from "./panel.ts";
import { type TableData, toCsv } from "./table.ts";

/** Points that a curve is drawn by. */
const DRAWN = 240;
const POINT_RADIUS = 4.5;

export interface CurveGroup {
  name: string;
  curves: Curves;
}

/** What a chart of this kind draws of the curves, and how it is called. */
export interface CurveKind {
  id: "roc" | "pr";
  title: string;
  label: string;
  xTitle: string;
  yTitle: string;
  x(curves: Curves): Float64Array;
  y(curves: Curves): Float64Array;
  table(): TableData;
}

type Point = { x: number; y: number };

export class RateCurves {
  readonly panel: ChartPanel;
  readonly #chart: Chart<"line", Point[]>;
  #groups: readonly CurveGroup[] = [];
  /** Index into each group's curves of its threshold. */
  #at: readonly number[] = [];

  constructor(
    readonly host: ChartHost<PanelStrings>,
    readonly kind: CurveKind,
  ) {
    const source = { table: () => kind.table(), csv: () => this.#csv(), label: () => kind.label };
    this.panel = new ChartPanel(kind.id, host, source, () => this.draw());
    this.panel.title = kind.title;
    this.#chart = new Chart<"line", Point[]>(this.panel.canvas, {
      type: "line",
      data: { datasets: [] },
      plugins: [this.#pointsPlugin()],
    });
    this.panel.readByKeyboard(this.#chart as unknown as Chart, (index) => this.#sentence(index));
  }

  /** Other curves. `at`: index into each group's curves of its threshold. */
  update(groups: readonly CurveGroup[], at: readonly number[]): void {
    this.#groups = groups;
    this.#at = at;
    this.draw();
  }

  /** Other thresholds on the same curves: the lines are not computed again. */
  move(at: readonly number[]): void {
    this.#at = at;
    this.#chart.draw();
    this.panel.refresh();
  }

  draw(): void {
    const { x, y } = this.kind;
    this.#chart.data.datasets = this.#groups.map(({ name, curves }, index) => {
      const { colour, dash } = this.#look(index);
      const [xs, ys] = [x(curves), y(curves)];
      return {
        label: name,
        data: drawnPoints(xs.length, DRAWN).map((at) => ({ x: xs[at]!, y: ys[at]! })),
        parsing: false as const,
        hidden: this.host.isHidden(name),
        borderColor: colour,
        backgroundColor: colour,
        borderDash: dash,
        borderWidth: this.host.theme().highContrast ? 2 : 1.5,
        pointRadius: 0,
        pointHoverRadius: 3,
      };
    });
    this.#chart.options = this.#options();
    this.#chart.update("none");
    this.panel.legend = this.#groups.map(({ name }, index) => {
      const { colour, pattern } = this.#look(index);
      return { id: name, label: name, colour, pattern };
    });
    this.panel.refresh();
  }

  #look(index: number): GroupLook {
    return groupLook(this.host.theme(), index);
  }

  #pointsPlugin(): Plugin<"line"> {
    return {
      id: "thresholds",
      afterDatasetsDraw: ({ ctx, scales }) => {
        for (const [index, { name, curves }] of this.#groups.entries()) {
          const at = this.#at[index]!;
          const [x, y] = [this.kind.x(curves)[at]!, this.kind.y(curves)[at]!];
          if (this.host.isHidden(name) || Number.isNaN(x) || Number.isNaN(y)) continue;
          ctx.save();
          ctx.beginPath();
          ctx.arc(scales.x!.getPixelForValue(x), scales.y!.getPixelForValue(y), POINT_RADIUS, 0, 2 * Math.PI);
          ctx.fillStyle = this.#look(index).colour;
          ctx.strokeStyle = this.host.theme().background;
          ctx.lineWidth = 1.5;
          ctx.fill();
          ctx.stroke();
          ctx.restore();
        }
      },
    };
  }

  #options(): ChartOptions<"line"> {
    const theme = this.host.theme();
    const base = baseOptions(theme) as ChartOptions<"line">;
    const titled = (text: string) => ({
      display: true,
      text,
      color: theme.muted,
      font: { family: theme.fontFamily, size: theme.fontSize - 2 },
    });
    const range = { type: "linear" as const, min: 0, max: 1 };
    return {
      ...base,
      interaction: { mode: "nearest", intersect: false, axis: "xy" },
      scales: {
        x: { ...base.scales!.x, ...range, title: titled(this.kind.xTitle) },
        y: {
          ...base.scales!.y,
          ...range,
          afterFit: undefined,
          title: titled(this.kind.yTitle),
        },
      },
      plugins: {
        tooltip: {
          ...base.plugins!.tooltip,
          callbacks: {
            title: () => "",
            label: ({ dataset, parsed }) => `${dataset.label}: ${this.#pointText(parsed as Point)}`,
          },
        },
      },
    } as ChartOptions<"line">;
  }

  #pointText({ x, y }: Point): string {
    return `${this.kind.xTitle} ${x.toFixed(3)}, ${this.kind.yTitle} ${y.toFixed(3)}`;
  }

  #sentence(index: number): string {
    return this.#chart.data.datasets
      .filter((dataset) => !dataset.hidden && dataset.data[index])
      .map((dataset) => `${dataset.label}: ${this.#pointText(dataset.data[index]!)}`)
      .join("; ");
  }

  #csv(): string {
    const rows = this.#groups.flatMap(({ name, curves }) => {
      const [xs, ys] = [this.kind.x(curves), this.kind.y(curves)];
      const known = (value: number) => (Number.isFinite(value) ? value : null);
      return Array.from(curves.thresholds, (threshold, at) => [
        name,
        known(threshold),
        known(xs[at]!),
        known(ys[at]!),
      ]);
    });
    return toCsv(["group", "threshold", this.kind.xTitle, this.kind.yTitle], rows);
  }
}
