/** The dashboard: builds its parts once, then only changes what a message says has changed. */

import "./page.css";
import { chartHost } from "../charts/chart-host.ts";
import { EnergyChart } from "../charts/energy-chart.ts";
import { EpochCharts } from "../charts/epoch-charts.ts";
import { PowerChart } from "../charts/power-chart.ts";
import { SeriesBuffer } from "../charts/series-buffer.ts";
import { readTheme, watchTheme } from "../charts/theme.ts";
import type { HostMessage, PageStrings, RunDetail } from "../protocol.ts";
import { h, replaceChildren, setHidden } from "../ui/dom.ts";
import { kitRing, registerKit } from "../ui/kit.ts";
import { Budget } from "./budget.ts";
import { Cells } from "./cells.ts";
import { ComparePanel } from "./compare.ts";
import { Components } from "./components.ts";
import type { PageContext } from "./context.ts";
import { createEmpty } from "./empty.ts";
import { metricNames } from "./epochs.ts";
import { Figures } from "./figures.ts";
import { Header } from "./header.ts";
import { Notes } from "./notes.ts";
import { RunsTable } from "./runs-table.ts";
import { openWire } from "./state.ts";

registerKit();
const wire = openWire();
const main = document.querySelector("main")!;
let theme = readTheme();
let page: Page | null = null;

/** Made by the first hydrate, which brings the words. */
class Page {
  readonly #context: PageContext;
  readonly #series = new SeriesBuffer();
  readonly #run = h("div", { class: "run" });
  readonly #parts;
  readonly #budget: Budget;
  readonly #runs: RunsTable;
  readonly #compare: ComparePanel;
  readonly #empty: HTMLElement;
  #detail: RunDetail | null = null;
  #asked = false;

  constructor(strings: PageStrings, canLaunch: boolean) {
    this.#context = {
      wire,
      strings,
      command: (command, run) => wire.post({ type: "command", command, run }),
    };
    const host = chartHost(
      wire,
      strings,
      () => theme,
      (panel) => `table.${panel}`,
    );
    this.#parts = {
      header: new Header(this.#context),
      figures: new Figures(this.#context),
      power: new PowerChart(host, this.#series),
      energy: new EnergyChart(host, this.#series),
      epochs: new EpochCharts(host),
      cells: new Cells(this.#context),
      components: new Components(this.#context),
      notes: new Notes(this.#context),
    };
    const { header, figures, power, energy, epochs, cells, components, notes } = this.#parts;
    const charts = [power.panel, energy.panel, epochs.energy, epochs.metric].map((panel) => panel.element);
    this.#run.append(header.element, figures.element, h("div", { class: "charts" }, ...charts));
    this.#run.append(cells.element, components.element, notes.element);
    this.#budget = new Budget(host);
    this.#runs = new RunsTable(this.#context, {
      select: (run) => {
        wire.save({ selected: run });
        wire.post({ type: "select", run });
      },
      compare: (runs) => this.#setCompared(runs),
    });
    this.#compare = new ComparePanel(this.#context, () => this.#setCompared(null));
    this.#empty = createEmpty(this.#context, canLaunch);
    const below = [this.#budget.element, this.#compare.element, this.#runs.element];
    replaceChildren(main, this.#empty, this.#run, ...below);
  }

  apply(message: HostMessage): void {
    switch (message.type) {
      case "hydrate":
        this.#runs.hydrate(message.runs, message.total);
        this.#runs.tick(wire.state.compared ?? []);
        this.#compare.update(message.comparison);
        this.#setDetail(message.detail);
        return;
      case "runs":
        this.#runs.apply(message.upsert, message.removed);
        this.#showEmpty();
        return;
      case "detail":
        this.#setDetail(message.detail);
        return;
      case "comparison":
        this.#compare.update(message.comparison);
        if (message.comparison && this.#asked) this.#compare.focus();
        this.#asked = false;
        return;
      case "budget":
        this.#budget.update(message.budget);
        return;
      case "series":
        this.#applySeries(message.piece);
    }
  }

  redraw(): void {
    this.#budget.draw();
    if (!this.#detail) return;
    this.#parts.power.draw();
    this.#parts.energy.draw();
    this.#parts.epochs.draw();
  }

  #setDetail(detail: RunDetail | null): void {
    if (detail && detail.id !== this.#series.run) this.#series.clear(detail.id);
    this.#detail = detail;
    this.#runs.selected = detail?.id ?? null;
    if (detail) {
      this.#parts.header.update(detail);
      this.#parts.cells.update(detail);
      this.#parts.components.update(detail);
      this.#parts.notes.update(detail);
    }
    this.#showEmpty();
    this.#drawSeries();
  }

  #applySeries(piece: Extract<HostMessage, { type: "series" }>["piece"]): void {
    if (piece.run !== this.#detail?.id) return;
    if (!this.#series.apply(piece)) {
      wire.post({ type: "select", run: piece.run });
      return;
    }
    if (this.#series.complete) this.#drawSeries();
  }

  #drawSeries(): void {
    const detail = this.#detail;
    if (!detail) return;
    this.#parts.figures.update(detail);
    this.#parts.power.update(detail);
    this.#parts.energy.update(detail);
    this.#parts.epochs.update(detail, metricNames(detail.epochs));
  }

  #showEmpty(): void {
    const none = this.#runs.size === 0 && this.#detail === null;
    setHidden(this.#empty, !none);
    setHidden(this.#runs.element, none);
    setHidden(this.#run, this.#detail === null);
  }

  #setCompared(runs: [string, string] | null): void {
    this.#asked = runs !== null;
    wire.save({ compared: runs });
    wire.post({ type: "compare", runs });
    if (!runs) this.#runs.tick([]);
  }
}

watchTheme(() => {
  theme = readTheme();
  page?.redraw();
});

wire.listen((message) => {
  if (message.type === "hydrate") {
    wire.save({ selected: message.detail?.id ?? null });
    page ??= new Page(message.strings as PageStrings, message.canLaunch);
  }
  page?.apply(message);
});

replaceChildren(main, h("div", { class: "loading" }, kitRing(main.dataset.loading ?? "")));
wire.post({ type: "ready", selected: wire.state.selected, compared: wire.state.compared });
