/** Power by component over time: stacked areas, gaps hatched, the range of the sum where it is not all measured. */

import type { ChartDataset, ChartOptions } from "chart.js";
import { formatDuration, formatQuantity, inUnit, type Method, pickScale } from "../../src/quantity.ts";
import { fill as fillText, type RunDetail } from "../protocol.ts";
import { baseOptions, Chart, RIGHT_PADDING, timeScale } from "./chart-js.ts";
import { pickPoints, totalsOf } from "./decimate.ts";
import { type ChartHost, ChartPanel, type LegendItem } from "./panel.ts";
import { EPOCH_TICKS_HEIGHT, epochTicksPlugin, gapsPlugin } from "./plugins.ts";
import type { SeriesBuffer, SeriesRow } from "./series-buffer.ts";
import { type TableData, toCsv } from "./table.ts";
import { hatch, seriesColour, seriesDash, withAlpha } from "./theme.ts";
import { timeEnd } from "./time-axis.ts";

type Point = { x: number; y: number };
type Dataset = ChartDataset<"line", Point[]> & { row?: SeriesRow };

const TABLE_ROWS = 60;
const POINTS_PER_PIXEL = 1;

export class PowerChart {
  readonly panel: ChartPanel;
  readonly #chart: Chart<"line", Point[]>;
  #detail: RunDetail | null = null;
  #symbol = "W";

  constructor(
    readonly host: ChartHost,
    readonly series: SeriesBuffer,
  ) {
    const source = { table: () => this.#table(), csv: () => this.#csv(), label: () => this.#label() };
    this.panel = new ChartPanel("power", host, source, () => this.draw());
    this.panel.title = host.strings["chart.power"];
    this.#chart = new Chart<"line", Point[]>(this.panel.canvas, {
      type: "line",
      data: { datasets: [] },
      plugins: [
        gapsPlugin(() => this.#detail?.gaps ?? [], host.theme),
        epochTicksPlugin(
          () => epochMarks(this.#detail),
          host.theme,
          (i) => fillText(host.strings["chart.epochTick"], i),
        ),
      ],
    });
    this.panel.readByKeyboard(this.#chart as unknown as Chart, (index) => this.#sentence(index));
  }

  update(detail: RunDetail): void {
    this.#detail = detail;
    this.draw();
  }

  draw(): void {
    const detail = this.#detail;
    if (!detail) return;
    const { host, series } = this;
    const theme = host.theme();
    const visible = series.rows.filter((row) => !host.isHidden(row.id));
    const totals = totalsOf(visible, series.t.length);
    let peak = 0;
    for (const total of totals) if (total !== null && total > peak) peak = total;
    this.#symbol = pickScale("W", peak);
    const width = this.panel.canvas.clientWidth || 800;
    const indexes = pickPoints(totals, Math.max(200, width * POINTS_PER_PIXEL));
    const scaled = (watts: number | null | undefined) =>
      watts === null || watts === undefined ? Number.NaN : inUnit("W", watts, this.#symbol);
    // "-1" is the quick way down to the row below; where that one alone has a gap, "stack" looks further down.
    const fill = detail.gaps.some((gap) => gap.meter !== undefined) ? "stack" : "-1";
    const datasets: Dataset[] = visible.map((row, place) => {
      const colour = this.#colour(row);
      const solid = row.method === "measured";
      return {
        row,
        label: row.label,
        data: indexes.map((i) => ({ x: series.t[i]!, y: scaled(row.values[i]) })),
        parsing: false,
        stack: "power",
        fill: place === 0 ? "origin" : fill,
        borderColor: colour,
        borderWidth: theme.highContrast ? 2 : indexes.length < series.t.length ? 0.75 : 1.25,
        borderDash: seriesDash(theme, row.method, series.rows.indexOf(row)),
        backgroundColor:
          row.method === "estimated"
            ? (hatch(this.#chart.ctx, withAlpha(colour, 0.5)) as CanvasPattern)
            : withAlpha(colour, solid ? 0.42 : 0.16),
        pointRadius: 0,
        pointHoverRadius: 2,
      };
    });
    if (visible.some((row) => row.method !== "measured") && !host.isHidden("band")) {
      datasets.push(...this.#band(visible, indexes, scaled));
    }
    this.#chart.data.datasets = datasets;
    this.#chart.options = this.#options(detail);
    this.#chart.update("none");
    const waits = series.t.length === 0 && detail.state === "running";
    this.panel.waiting = waits ? host.strings["chart.waiting"] : "";
    this.panel.unit = this.#symbol;
    this.panel.legend = this.#legend();
    this.panel.refresh();
  }

  /** Lowest and highest the sum can be, by each meter's own interval. */
  #band(visible: SeriesRow[], indexes: number[], scaled: (watts: number | null) => number): Dataset[] {
    const theme = this.host.theme();
    const bound = (side: "low" | "high"): Dataset => ({
      label: side,
      data: indexes.map((i) => {
        const known = visible.filter((row) => row.values[i] !== null);
        const sum = known.reduce((total, row) => total + row.values[i]! * row[side], 0);
        return { x: this.series.t[i]!, y: scaled(known.length > 0 ? sum : null) };
      }),
      parsing: false,
      stack: side,
      fill: side === "high" ? "-1" : false,
      borderColor: withAlpha(theme.foreground, theme.highContrast ? 1 : 0.45),
      borderWidth: 1,
      borderDash: [2, 2],
      backgroundColor: withAlpha(theme.foreground, 0.07),
      pointRadius: 0,
      pointHoverRadius: 0,
    });
    return [bound("low"), bound("high")];
  }

  #colour(row: SeriesRow): string {
    const alike = this.series.rows.filter((other) => other.component === row.component);
    return seriesColour(this.host.theme(), row.component, alike.indexOf(row), alike.length);
  }

  #legend(): LegendItem[] {
    const { strings } = this.host;
    const items = this.series.rows.map(
      (row): LegendItem => ({
        id: row.id,
        label: row.label,
        colour: this.#colour(row),
        note: row.method === "measured" ? undefined : strings[`method.${row.method}`],
        drawn: row.method === "estimated" ? "hatched" : "filled",
        pattern: this.series.rows.indexOf(row),
      }),
    );
    if (this.series.rows.every((row) => row.method === "measured")) return items;
    return [
      ...items,
      { id: "band", label: strings["chart.band"], colour: this.host.theme().muted, drawn: "dashed" },
    ];
  }

  #options(detail: RunDetail): ChartOptions<"line"> {
    const theme = this.host.theme();
    const base = baseOptions(theme);
    const end = timeEnd(Math.max(detail.duration, this.series.t.at(-1) ?? 0), detail.state === "running");
    const hasEpochs = epochMarks(detail).length > 0;
    return {
      ...base,
      layout: {
        autoPadding: false,
        padding: { top: 6, right: RIGHT_PADDING, bottom: hasEpochs ? EPOCH_TICKS_HEIGHT : 0 },
      },
      scales: { x: timeScale(theme, end), y: { ...base.scales!.y, stacked: true } },
      plugins: {
        tooltip: {
          ...base.plugins!.tooltip,
          itemSort: (a: { datasetIndex: number }, b: { datasetIndex: number }) =>
            b.datasetIndex - a.datasetIndex,
          filter: (item: { dataset: unknown }) => (item.dataset as Dataset).row !== undefined,
          callbacks: {
            title: (items: { parsed: { x: number | null } }[]) => formatDuration(items[0]?.parsed.x ?? 0),
            label: (item: { dataset: unknown; parsed: { y: number | null } }) => {
              const { row } = item.dataset as Dataset;
              return row ? `${row.label}  ${this.#watts(row, this.#unscaled(item.parsed.y))}` : "";
            },
            labelColor: (item: { dataset: unknown }) => {
              const colour = this.#colour((item.dataset as Dataset).row!);
              return { borderColor: colour, backgroundColor: colour, borderWidth: 0 };
            },
            footer: (items: { parsed: { y: number | null } }[]) => {
              const sum = items.reduce((total, item) => total + (this.#unscaled(item.parsed.y) ?? 0), 0);
              const worst = this.series.rows.find((row) => row.method !== "measured") ?? this.series.rows[0];
              if (items.length < 2 || !worst) return "";
              return `${this.host.strings["chart.total"]}  ${this.#watts(worst, sum)}`;
            },
          },
        },
      },
    } as ChartOptions<"line">;
  }

  #unscaled(y: number | null): number | null {
    return y === null || Number.isNaN(y) ? null : y * (1 / inUnit("W", 1, this.#symbol));
  }

  #watts(row: SeriesRow, watts: number | null): string {
    if (watts === null) return this.host.strings["chart.notRead"];
    return wattsText(watts, row.method, row.low, row.high);
  }

  #sentence(index: number): string {
    const at = (this.#chart.data.datasets[0]?.data[index] as Point | undefined)?.x ?? 0;
    const parts = this.#chart.data.datasets.flatMap((dataset) => {
      const { row, data } = dataset as Dataset;
      return row ? [`${row.label} ${this.#watts(row, this.#unscaled(data[index]?.y ?? null))}`] : [];
    });
    return `${formatDuration(at)}: ${parts.join(", ")}`;
  }

  #label(): string {
    const { strings } = this.host;
    const what = this.series.rows.map((row) => row.label).join(", ");
    const title = what ? `${strings["chart.power"]}: ${what}` : strings["chart.power"];
    return fillText(strings["chart.label"], title, this.#detail?.elapsed ?? "");
  }

  /** Means over equal pieces, so that a table of ten hours can still be read; the CSV has every point. */
  #table(): TableData {
    const { strings } = this.host;
    const { t, rows } = this.series;
    const size = Math.max(1, Math.ceil(t.length / TABLE_ROWS));
    const lines: string[][] = [];
    for (let from = 0; from < t.length; from += size) {
      const to = Math.min(t.length, from + size);
      const means = rows.map((row) => {
        const known = row.values.slice(from, to).filter((value) => value !== null);
        return this.#watts(row, known.length ? known.reduce((a, b) => a + b, 0) / known.length : null);
      });
      lines.push([formatDuration(t[to - 1]!), ...means]);
    }
    const piece = t.length > 1 ? formatDuration(((t.at(-1)! - t[0]!) / (t.length - 1)) * size) : "";
    return {
      caption: fillText(strings["chart.tableCaption"], strings["chart.power"], piece),
      head: [strings["chart.time"], ...rows.map((row) => row.label)],
      rows: lines,
    };
  }

  #csv(): string {
    const { t, rows, energy } = this.series;
    const head = ["seconds", ...rows.map((row) => `${row.label} (W, ${row.method})`), "energy (J)"];
    return toCsv(
      head,
      t.map((at, i) => [at, ...rows.map((row) => row.values[i] ?? null), energy[i]!]),
    );
  }
}

/** "182 W", "≈24 W": as many digits as the interval of the meter allows. */
export function wattsText(watts: number, method: Method, low: number, high: number): string {
  return formatQuantity({
    value: watts,
    unit: "W",
    method,
    low: watts * low,
    high: watts * high,
    instrument: "",
    covers: [],
    basis: "",
  });
}

/** Ends of epochs on the time axis. */
export function epochMarks(detail: RunDetail | null): { at: number; index: number }[] {
  return (detail?.epochs ?? []).map(({ to, index }) => ({ at: to, index }));
}
