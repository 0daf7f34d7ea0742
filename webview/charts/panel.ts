/** The frame around a chart: title, legend that switches series, the figures as a table, copies. */

import { fill, type PageStrings } from "../protocol.ts";
import { h, KeyedList, replaceChildren, setAttribute, setHidden, setText } from "../ui/dom.ts";
import type { Chart } from "./chart-js.ts";
import { buildTable, type TableData } from "./table.ts";
import type { ChartTheme } from "./theme.ts";

/** The words that a panel itself shows; every page with charts has them. */
export type PanelStrings = Pick<
  PageStrings,
  | "chart.showTable"
  | "chart.hideTable"
  | "chart.copyCsv"
  | "chart.copyImage"
  | "chart.copied"
  | "chart.series"
>;

/** What a chart asks of the page around it. */
export interface ChartHost<Strings extends PanelStrings = PageStrings> {
  strings: Strings;
  theme(): ChartTheme;
  copyText(text: string): void;
  /** PNG of a chart; the page puts it on the clipboard or has it saved. */
  copyImage(canvas: HTMLCanvasElement, name: string): Promise<void>;
  /** Whether a panel's table is open, and series that are switched off; kept over reloads. */
  isOpen(panel: string): boolean;
  setOpen(panel: string, open: boolean): void;
  isHidden(series: string): boolean;
  setHidden(series: string, hidden: boolean): void;
}

export interface LegendItem {
  id: string;
  label: string;
  colour: string;
  /** "modelled", "estimated": said in a word, not only by the drawing. */
  note?: string;
  /** How its area is drawn: filled, hatched (estimated), or an outline only (a range). */
  drawn?: "filled" | "hatched" | "dashed";
  /** Place in the order of dash patterns that high contrast draws the series with. */
  pattern?: number;
}

export interface PanelSource {
  table(): TableData;
  csv(): string;
  /** One sentence for those who cannot see the canvas. */
  label(): string;
}

export class ChartPanel {
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly #title = h("h2", {});
  readonly #unit = h("span", { class: "chart-unit" });
  readonly #legend = h("div", { class: "legend", role: "group" });
  readonly #extra = h("div", { class: "chart-extra" });
  readonly #table = h("div", { class: "chart-table", role: "group", tabindex: 0 });
  readonly #toggle: HTMLButtonElement;
  readonly #items: KeyedList<LegendItem>;
  readonly #waiting = h("p", { class: "waiting" });
  readonly #reading = h("div", { class: "visually-hidden", "aria-live": "polite" });

  constructor(
    readonly id: string,
    readonly host: ChartHost<PanelStrings>,
    readonly source: PanelSource,
    onLegend: () => void,
  ) {
    const { strings } = host;
    this.canvas = h("canvas", { role: "img", tabindex: 0 });
    this.#toggle = h("button", { type: "button", class: "quiet" }, strings["chart.showTable"]);
    this.#toggle.addEventListener("click", () => {
      host.setOpen(id, !host.isOpen(id));
      this.#showTable();
    });
    this.#items = new KeyedList(
      this.#legend,
      (item) => item.id,
      (item) => this.#legendButton(item, onLegend),
    );
    this.element = h(
      "section",
      { class: `chart chart-${id}`, "aria-labelledby": `chart-${id}-title` },
      h(
        "header",
        { class: "chart-head" },
        this.#title,
        this.#unit,
        this.#legend,
        this.#extra,
        h(
          "div",
          { class: "chart-actions" },
          this.#toggle,
          this.#copyButton("chart.copyCsv", async () => host.copyText(source.csv())),
          this.#copyButton("chart.copyImage", () =>
            host.copyImage(this.canvas, this.#title.textContent ?? id),
          ),
        ),
      ),
      h("div", { class: "chart-canvas" }, this.canvas, this.#waiting),
      this.#reading,
      this.#table,
    );
    this.#title.id = `chart-${id}-title`;
    setAttribute(this.#table, "aria-labelledby", this.#title.id);
    this.#showTable();
  }

  set title(text: string) {
    setText(this.#title, text);
    setAttribute(this.#legend, "aria-label", fill(this.host.strings["chart.series"], text));
  }

  set unit(text: string) {
    setText(this.#unit, text);
  }

  set extra(element: HTMLElement) {
    replaceChildren(this.#extra, element);
  }

  set legend(items: readonly LegendItem[]) {
    this.#items.update(items);
    setHidden(this.#legend, items.length === 0);
  }

  /** A sentence in the place of a curve that is not there yet; "" takes it away. */
  set waiting(text: string) {
    setText(this.#waiting, text);
  }

  /** After every drawing: the label and, when it is open, the table follow the data. */
  refresh(): void {
    setAttribute(this.canvas, "aria-label", this.source.label());
    if (this.host.isOpen(this.id)) this.#fillTable();
  }

  /** Arrow keys walk over the chart's points as the pointer would; what is read is also said. */
  readByKeyboard(chart: Chart, sentence: (index: number) => string): void {
    let at = -1;
    this.canvas.addEventListener("keydown", (event) => {
      const count = chart.data.datasets[0]?.data.length ?? 0;
      const step = Math.max(1, Math.round(count / 60));
      const targets: Record<string, number> = {
        ArrowRight: at + step,
        ArrowLeft: at < 0 ? count - 1 : at - step,
        Home: 0,
        End: count - 1,
      };
      const target = targets[event.key];
      if (event.key === "Escape") at = -1;
      else if (target === undefined || count === 0) return;
      else at = Math.min(count - 1, Math.max(0, target));
      event.preventDefault();
      const active =
        at < 0 ? [] : chart.data.datasets.map((_, datasetIndex) => ({ datasetIndex, index: at }));
      const visible = active.filter((item) => chart.isDatasetVisible(item.datasetIndex));
      const point = chart.getDatasetMeta(0).data[Math.max(0, at)];
      chart.setActiveElements(visible);
      chart.tooltip?.setActiveElements(visible, { x: point?.x ?? 0, y: point?.y ?? 0 });
      chart.update("none");
      setText(this.#reading, at < 0 ? "" : sentence(at));
    });
  }

  #legendButton(item: LegendItem, onLegend: () => void) {
    const swatch = h("span", { class: "swatch", "aria-hidden": "true" });
    const label = h("span", {});
    const note = h("span", { class: "legend-note" });
    const button = h("button", { type: "button", class: "legend-item" }, swatch, label, note);
    button.addEventListener("click", () => {
      this.host.setHidden(item.id, !this.host.isHidden(item.id));
      onLegend();
    });
    return {
      element: button,
      update: (now: LegendItem) => {
        setText(label, now.label);
        setText(note, now.note ?? "");
        swatch.style.setProperty("--swatch", now.colour);
        for (const drawn of ["hatched", "dashed"]) swatch.classList.toggle(drawn, now.drawn === drawn);
        setAttribute(swatch, "data-pattern", now.pattern);
        setAttribute(button, "aria-pressed", String(!this.host.isHidden(now.id)));
      },
    };
  }

  #copyButton(key: "chart.copyCsv" | "chart.copyImage", copy: () => Promise<void>): HTMLElement {
    const { strings } = this.host;
    const button = h("button", { type: "button", class: "quiet" }, strings[key]);
    button.addEventListener("click", async () => {
      await copy();
      setText(this.#reading, strings["chart.copied"]);
      setText(button, strings["chart.copied"]);
      button.addEventListener("blur", () => setText(button, strings[key]), { once: true });
      button.addEventListener("pointerleave", () => setText(button, strings[key]), { once: true });
    });
    return button;
  }

  #showTable(): void {
    const open = this.host.isOpen(this.id);
    setHidden(this.#table, !open);
    setText(this.#toggle, this.host.strings[open ? "chart.hideTable" : "chart.showTable"]);
    setAttribute(this.#toggle, "aria-expanded", String(open));
    if (open) this.#fillTable();
    else replaceChildren(this.#table);
  }

  #fillTable(): void {
    const scrolled = this.#table.scrollTop;
    replaceChildren(this.#table, buildTable(this.source.table()));
    this.#table.scrollTop = scrolled;
  }
}
