/** Energy since the start, or the same as CO2e: one panel, one axis, switched by a button. */

import type { ChartOptions } from "chart.js";
import { formatDuration, formatQuantity, inUnit, pickScale, type Quantity } from "../../src/quantity.ts";
import { fill, type RunDetail } from "../protocol.ts";
import { h, setAttribute } from "../ui/dom.ts";
import { baseOptions, Chart, timeScale } from "./chart-js.ts";
import { pickPoints } from "./decimate.ts";
import { type ChartHost, ChartPanel } from "./panel.ts";
import { gapsPlugin } from "./plugins.ts";
import { energyAt, type SeriesBuffer } from "./series-buffer.ts";
import { type TableData, toCsv } from "./table.ts";
import { withAlpha } from "./theme.ts";
import { timeEnd } from "./time-axis.ts";

type Point = { x: number; y: number };
const TABLE_ROWS = 30;

export class EnergyChart {
  readonly panel: ChartPanel;
  readonly #chart: Chart<"line", Point[]>;
  readonly #switch: { energy: HTMLButtonElement; footprint: HTMLButtonElement };
  #detail: RunDetail | null = null;
  #asFootprint = false;

  constructor(
    readonly host: ChartHost,
    readonly series: SeriesBuffer,
  ) {
    const { strings } = host;
    const source = { table: () => this.#table(), csv: () => this.#csv(), label: () => this.#label() };
    this.panel = new ChartPanel("energy", host, source, () => this.draw());
    this.panel.legend = [];
    const button = (text: string, footprint: boolean) => {
      const element = h("button", { type: "button", class: "segment" }, text);
      element.addEventListener("click", () => {
        this.#asFootprint = footprint;
        this.draw();
      });
      return element;
    };
    this.#switch = {
      energy: button(strings["chart.energyUnit"], false),
      footprint: button(strings["chart.footprintUnit"], true),
    };
    this.panel.extra = h(
      "div",
      { class: "segments", role: "group" },
      this.#switch.energy,
      this.#switch.footprint,
    );
    this.#chart = new Chart<"line", Point[]>(this.panel.canvas, {
      type: "line",
      data: { datasets: [] },
      plugins: [gapsPlugin(() => this.#detail?.gaps ?? [], host.theme)],
    });
    this.panel.readByKeyboard(this.#chart as unknown as Chart, (index) => {
      const point = this.#chart.data.datasets[0]?.data[index];
      return point ? `${formatDuration(point.x)}: ${this.#bothTexts(point.x).join(", ")}` : "";
    });
  }

  update(detail: RunDetail): void {
    this.#detail = detail;
    this.draw();
  }

  draw(): void {
    const detail = this.#detail;
    if (!detail) return;
    const { host, series } = this;
    const { strings } = host;
    const theme = host.theme();
    const asFootprint = this.#asFootprint && detail.gramsPerJoule !== null;
    const unit = asFootprint ? "gCO2e" : "J";
    const factor = asFootprint ? detail.gramsPerJoule! : 1;
    const symbol = pickScale(unit, (series.energy.at(-1) ?? 0) * factor);
    const figure = asFootprint ? detail.footprint! : detail.energy;
    const [low, high] = figure.value > 0 ? [figure.low / figure.value, figure.high / figure.value] : [1, 1];
    const width = this.panel.canvas.clientWidth || 600;
    const indexes = pickPoints(series.energy, Math.max(200, width));
    const points = (ratio: number): Point[] => [
      { x: 0, y: 0 },
      ...indexes.map((i) => ({
        x: series.t[i]!,
        y: inUnit(unit, series.energy[i]! * factor * ratio, symbol),
      })),
    ];
    const colour = theme.accent;
    const line = { parsing: false as const, pointRadius: 0, pointHoverRadius: 0, borderWidth: 0 };
    this.#chart.data.datasets = [
      {
        ...line,
        label: figure.method,
        data: points(1),
        borderColor: colour,
        borderWidth: theme.highContrast ? 2 : 1.5,
        borderDash: detail.energy.method === "estimated" ? [5, 3] : [],
        pointHoverRadius: 2,
      },
      { ...line, label: "low", data: points(low) },
      { ...line, label: "high", data: points(high), fill: "-1", backgroundColor: withAlpha(colour, 0.18) },
    ];
    this.#chart.options = this.#options(detail);
    this.#chart.update("none");
    this.panel.title = strings[asFootprint ? "chart.footprint" : "chart.energy"];
    this.panel.unit = symbol;
    for (const [name, element] of Object.entries(this.#switch)) {
      setAttribute(element, "aria-pressed", String((name === "footprint") === asFootprint));
      setAttribute(element, "disabled", name === "footprint" && detail.gramsPerJoule === null);
    }
    this.panel.refresh();
  }

  #options(detail: RunDetail): ChartOptions<"line"> {
    const theme = this.host.theme();
    const base = baseOptions(theme);
    const end = timeEnd(Math.max(detail.duration, this.series.t.at(-1) ?? 0), detail.state === "running");
    return {
      ...base,
      scales: { x: timeScale(theme, end), y: base.scales!.y },
      plugins: {
        tooltip: {
          ...base.plugins!.tooltip,
          filter: (item: { datasetIndex: number }) => item.datasetIndex === 0,
          displayColors: false,
          callbacks: {
            title: (items: { parsed: { x: number | null } }[]) => formatDuration(items[0]?.parsed.x ?? 0),
            label: (item: { parsed: { x: number | null } }) => this.#bothTexts(item.parsed.x ?? 0),
          },
        },
      },
    } as ChartOptions<"line">;
  }

  /** Energy and, where the zone is known, CO2e up to second `at`, by the run's own interval and method. */
  #bothTexts(at: number): string[] {
    const detail = this.#detail!;
    const joules = energyAt(this.series.t, this.series.energy, at);
    const texts = [amountText("J", joules, detail.energy)];
    if (detail.footprint && detail.gramsPerJoule !== null) {
      texts.push(`${amountText("gCO2e", joules * detail.gramsPerJoule, detail.footprint)} CO2e`);
    }
    return texts;
  }

  #label(): string {
    const { strings } = this.host;
    const title = strings[this.#asFootprint ? "chart.footprint" : "chart.energy"];
    const figure =
      this.#asFootprint && this.#detail?.footprint ? this.#detail.footprint : this.#detail?.energy;
    return fill(strings["chart.label"], `${title}: ${figure?.text ?? ""}`, this.#detail?.elapsed ?? "");
  }

  #table(): TableData {
    const { strings } = this.host;
    const end = this.series.t.at(-1) ?? 0;
    const count = Math.min(TABLE_ROWS, this.series.t.length);
    const rows = Array.from({ length: count }, (_, i) => {
      const at = (end * (i + 1)) / count;
      return [formatDuration(at), ...this.#bothTexts(at)];
    });
    const head = [strings["chart.time"], strings["chart.energyUnit"]];
    if (this.#detail?.gramsPerJoule != null) head.push(strings["chart.footprintUnit"]);
    return { caption: strings["chart.energy"], head, rows };
  }

  #csv(): string {
    const { t, energy } = this.series;
    const grams = this.#detail?.gramsPerJoule ?? null;
    return toCsv(
      ["seconds", "energy (J)", "CO2e (g)"],
      t.map((at, i) => [at, energy[i]!, grams === null ? null : energy[i]! * grams]),
    );
  }
}

/** A part of a figure, with the figure's method and relative interval. */
export function amountText(
  unit: "J" | "gCO2e",
  value: number,
  figure: Pick<Quantity, "value" | "low" | "high" | "method">,
): string {
  const ratio = (bound: number) => (figure.value > 0 ? bound / figure.value : 1);
  return formatQuantity({
    value,
    unit,
    method: figure.method,
    low: value * ratio(figure.low),
    high: value * ratio(figure.high),
    instrument: "",
    covers: [],
    basis: "",
  });
}
