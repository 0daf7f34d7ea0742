/** Energy per epoch as bars, and below it one metric as a line: two panels that share the epochs, never two axes. */

import type { ChartOptions } from "chart.js";
import { formatDuration, inUnit, pickScale } from "../../src/quantity.ts";
import { type EpochView, fill, formatMetric, type RunDetail } from "../protocol.ts";
import { h, setHidden } from "../ui/dom.ts";
import { baseOptions, Chart } from "./chart-js.ts";
import { amountText } from "./energy-chart.ts";
import { type ChartHost, ChartPanel } from "./panel.ts";
import { whiskersPlugin } from "./plugins.ts";
import { toCsv } from "./table.ts";
import { hatch, withAlpha } from "./theme.ts";
import { epochStep } from "./time-axis.ts";

const metricText = (value: number | undefined): string => (value === undefined ? "" : formatMetric(value));

export class EpochCharts {
  readonly energy: ChartPanel;
  readonly metric: ChartPanel;
  readonly #bars: Chart<"bar", number[]>;
  readonly #line: Chart<"line", number[]>;
  readonly #choice = h("select", {});
  #epochs: EpochView[] = [];
  #names: string[] = [];
  #detail: RunDetail | null = null;
  #symbol = "Wh";

  constructor(readonly host: ChartHost) {
    const { strings } = host;
    const source = { table: () => this.#table(), csv: () => this.#csv(), label: () => this.#label() };
    this.energy = new ChartPanel("epochs", host, source, () => this.draw());
    this.energy.title = strings["chart.epochs"];
    this.energy.legend = [];
    this.metric = new ChartPanel(
      "metric",
      host,
      {
        ...source,
        label: () => fill(strings["chart.epochsLabel"], this.#metricTitle(), this.#epochs.length),
      },
      () => this.draw(),
    );
    this.metric.legend = [];
    this.#choice.setAttribute("aria-label", strings["chart.metricChoice"]);
    this.#choice.addEventListener("change", () => this.draw());
    this.metric.extra = this.#choice;
    this.#bars = new Chart<"bar", number[]>(this.energy.canvas, {
      type: "bar",
      data: { labels: [], datasets: [] },
      plugins: [whiskersPlugin(() => this.#whiskers(), host.theme)],
    });
    this.#line = new Chart<"line", number[]>(this.metric.canvas, {
      type: "line",
      data: { labels: [], datasets: [] },
    });
    this.energy.readByKeyboard(this.#bars as unknown as Chart, (index) => this.#sentence(index));
    this.metric.readByKeyboard(this.#line as unknown as Chart, (index) => this.#sentence(index));
  }

  /** Nothing is shown before the first epoch has ended, and no metric panel without a metric. */
  update(detail: RunDetail, metricNames: string[]): void {
    const { epochs } = detail;
    this.#detail = detail;
    this.#epochs = epochs;
    if (metricNames.join() !== this.#names.join()) {
      const chosen = this.#choice.value;
      this.#names = metricNames;
      this.#choice.replaceChildren(...metricNames.map((name) => h("option", { value: name }, name)));
      if (metricNames.includes(chosen)) this.#choice.value = chosen;
    }
    setHidden(this.energy.element, epochs.length === 0);
    setHidden(this.metric.element, metricNames.length === 0);
    setHidden(this.#choice, metricNames.length < 2);
    this.draw();
  }

  draw(): void {
    const detail = this.#detail;
    if (!detail || this.#epochs.length === 0) return;
    const theme = this.host.theme();
    const labels = this.#epochs.map((epoch) => epoch.label);
    const most = Math.max(...this.#epochs.map((epoch) => epoch.joules));
    this.#symbol = pickScale("J", most);
    const colour = theme.accent;
    const method = detail.energy.method;
    this.#bars.data = {
      labels,
      datasets: [
        {
          data: this.#epochs.map((epoch) => inUnit("J", epoch.joules, this.#symbol)),
          backgroundColor:
            method === "measured"
              ? withAlpha(colour, 0.75)
              : method === "estimated"
                ? (hatch(this.#bars.ctx, colour) as CanvasPattern)
                : withAlpha(colour, 0.35),
          borderColor: colour,
          borderWidth: theme.highContrast || method !== "measured" ? 1 : 0,
          maxBarThickness: 28,
          categoryPercentage: 0.9,
          barPercentage: 0.85,
        },
      ],
    };
    this.#bars.options = this.#options((index) => [this.#energyText(this.#epochs[index]!)], true);
    this.#bars.update("none");
    this.energy.unit = this.#symbol;
    this.energy.refresh();

    const name = this.#metricName();
    if (name === undefined) return;
    this.#line.data = {
      labels,
      datasets: [
        {
          data: this.#epochs.map((epoch) => epoch.metrics[name] ?? Number.NaN),
          borderColor: theme.foreground,
          borderWidth: 1.5,
          pointRadius: this.#epochs.length > 60 ? 0 : 2,
          pointBackgroundColor: theme.foreground,
          pointBorderWidth: 0,
        },
      ],
    };
    this.#line.options = this.#options(
      (index) => [`${name} ${metricText(this.#epochs[index]!.metrics[name])}`],
      false,
    );
    this.#line.update("none");
    this.metric.title = this.#metricTitle();
    this.metric.refresh();
  }

  #metricName(): string | undefined {
    return this.#names.includes(this.#choice.value) ? this.#choice.value : this.#names[0];
  }

  #metricTitle(): string {
    return fill(this.host.strings["chart.metric"], this.#metricName() ?? "");
  }

  #whiskers() {
    const figure = this.#detail?.energy;
    return this.#epochs.map((epoch) => {
      if (!figure || figure.method === "measured" || figure.value <= 0) return null;
      const at = (bound: number) => inUnit("J", (epoch.joules * bound) / figure.value, this.#symbol);
      return { low: at(figure.low), high: at(figure.high) };
    });
  }

  #options(lines: (index: number) => string[], fromZero: boolean): ChartOptions<"bar" & "line"> {
    const { strings } = this.host;
    const base = baseOptions(this.host.theme());
    const widest = this.#whiskers().reduce((top, whisker) => Math.max(top, whisker?.high ?? 0), 0);
    return {
      ...base,
      scales: {
        x: {
          ...base.scales!.x,
          offset: true,
          afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
            const step = epochStep(this.#epochs.length, 16);
            scale.ticks = scale.ticks.filter(({ value }) => (value + 1) % step === 0);
          },
          ticks: { ...base.scales!.x!.ticks, autoSkip: false },
        },
        y: { ...base.scales!.y, beginAtZero: fromZero, ...(fromZero ? { suggestedMax: widest } : {}) },
      },
      plugins: {
        tooltip: {
          ...base.plugins!.tooltip,
          displayColors: false,
          callbacks: {
            title: (items: { label: string }[]) => fill(strings["chart.epochTick"], items[0]?.label ?? ""),
            label: (item: { dataIndex: number }) => lines(item.dataIndex),
          },
        },
      },
    } as unknown as ChartOptions<"bar" & "line">;
  }

  #energyText(epoch: EpochView): string {
    return amountText("J", epoch.joules, this.#detail!.energy);
  }

  #sentence(index: number): string {
    const epoch = this.#epochs[index];
    if (!epoch) return "";
    const metrics = this.#names.map((name) => `${name} ${metricText(epoch.metrics[name])}`);
    const start = fill(this.host.strings["chart.epochTick"], epoch.label);
    return [`${start}: ${this.#energyText(epoch)}`, ...metrics].join(", ");
  }

  #label(): string {
    const { strings } = this.host;
    return fill(strings["chart.epochsLabel"], strings["chart.epochs"], this.#epochs.length);
  }

  #table() {
    const { strings } = this.host;
    const hasRows = this.#epochs.some(({ perThousand }) => perThousand !== null);
    return {
      caption: strings["chart.epochs"],
      head: [
        strings["chart.epoch"],
        strings["compare.duration"],
        strings["chart.energyUnit"],
        ...(hasRows ? [strings["chart.perThousand"]] : []),
        ...this.#names,
      ],
      rows: this.#epochs.map((epoch) => [
        epoch.label,
        formatDuration(epoch.to - epoch.from),
        this.#energyText(epoch),
        ...(hasRows ? [epoch.perThousand ?? ""] : []),
        ...this.#names.map((name) => metricText(epoch.metrics[name])),
      ]),
    };
  }

  #csv(): string {
    const head = ["epoch", "from (s)", "to (s)", "energy (J)", ...this.#names];
    return toCsv(
      head,
      this.#epochs.map((epoch) => [
        epoch.label,
        epoch.from,
        epoch.to,
        epoch.joules,
        ...this.#names.map((name) => epoch.metrics[name] ?? null),
      ]),
    );
  }
}
