/** All groups below each other on one scale of scores, and the same as a table. */

import { histogramOf } from "../../src/fairness/thresholds/histogram.ts";
import { groupLook } from "../charts/group-colours.ts";
import { buildTable, type TableData, toCsv } from "../charts/table.ts";
import { fill } from "../protocol.ts";
import { h, replaceChildren, setAttribute, setHidden, setText } from "../ui/dom.ts";
import type { ExplorerContext } from "./context.ts";
import { type GroupEvents, GroupRow } from "./group-row.ts";
import { amount, thresholdText } from "./numbers.ts";
import { ScoreStrip } from "./score-strip.ts";

/** Groups that are drawn; more than a person can compare are in the tables. */
export const MAX_DRAWN = 12;
const PANEL = "groups";

export class Groups {
  readonly element: HTMLElement;
  readonly #list = h("div", { class: "group-list" });
  readonly #axis = h("div", { class: "axis", "aria-hidden": "true" });
  readonly #more = h("p", { class: "muted" });
  readonly #sides = h("span", { class: "muted" });
  readonly #table: HTMLElement;
  readonly #toggle: HTMLButtonElement;
  #rows: GroupRow[] = [];

  constructor(
    readonly context: ExplorerContext,
    readonly events: GroupEvents,
  ) {
    const { strings, charts } = context;
    this.#toggle = h("button", { type: "button", class: "quiet" });
    this.#toggle.addEventListener("click", () => {
      charts.setOpen(PANEL, !charts.isOpen(PANEL));
      this.#showTable();
    });
    const copy = h("button", { type: "button", class: "quiet" }, strings["chart.copyCsv"]);
    copy.addEventListener("click", () => {
      const { head, rows } = this.#data();
      charts.copyText(toCsv(head, rows));
      setText(copy, strings["chart.copied"]);
      copy.addEventListener("blur", () => setText(copy, strings["chart.copyCsv"]), { once: true });
    });
    this.#table = h("div", {
      class: "chart-table",
      role: "group",
      tabindex: 0,
      "aria-label": strings["groups.tableCaption"],
    });
    this.element = h(
      "section",
      { class: "groups-section", "aria-labelledby": "groups-title" },
      h(
        "header",
        { class: "chart-head" },
        h("h2", { id: "groups-title" }, strings["groups.title"]),
        this.#sides,
        h("div", { class: "chart-actions" }, this.#toggle, copy),
      ),
      this.#list,
      this.#axis,
      this.#more,
      this.#table,
    );
  }

  /** Other groups. */
  rebuild(names: { positive: string; negative: string }): void {
    const { model, strings } = this.context;
    const drawn = model.drawn(MAX_DRAWN);
    const is = (key: "matrix.labelledPositive" | "matrix.labelledNegative", name: string) =>
      fill(strings[key], name);
    setText(
      this.#sides,
      fill(
        strings["groups.sides"],
        is("matrix.labelledPositive", names.positive),
        is("matrix.labelledNegative", names.negative),
      ),
    );
    this.#rows = drawn.map((index) => new GroupRow(this.context, index, this.events, names));
    replaceChildren(this.#list, ...this.#rows.map(({ element }) => element));
    const { low, high } = model.bins;
    const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => thresholdText(low + part * (high - low)) ?? "");
    replaceChildren(this.#axis, ...ticks.map((tick) => h("span", {}, tick)));
    const left = model.groups.length - drawn.length;
    setHidden(this.#more, left === 0);
    setText(this.#more, fill(strings["groups.more"], left));
    this.draw();
    this.update();
    this.#showTable();
  }

  draw(): void {
    const { model, charts } = this.context;
    const peak = Math.max(
      ...this.#rows.map(({ index }) => ScoreStrip.peak(histogramOf(model.groups[index]!.counts, model.bins))),
    );
    for (const [place, row] of this.#rows.entries()) {
      const { colour, pattern } = groupLook(charts.theme(), place);
      row.draw(peak, colour, pattern);
    }
  }

  update(): void {
    for (const row of this.#rows) row.update();
  }

  #showTable(): void {
    const { charts, strings } = this.context;
    const open = charts.isOpen(PANEL);
    setHidden(this.#table, !open);
    setText(this.#toggle, strings[open ? "chart.hideTable" : "chart.showTable"]);
    setAttribute(this.#toggle, "aria-expanded", String(open));
    replaceChildren(this.#table, open && buildTable(this.#data()));
  }

  #data(): TableData {
    const { model, strings } = this.context;
    const { low, high, count } = model.bins;
    const histograms = this.#rows.map(({ index }) => histogramOf(model.groups[index]!.counts, model.bins));
    const edge = (bin: number) => thresholdText(low + ((high - low) * bin) / count) ?? "";
    const names = this.#rows.map(({ index }) => model.groups[index]!.name);
    return {
      caption: strings["groups.tableCaption"],
      head: [
        strings["bins.from"],
        strings["bins.to"],
        ...names.flatMap((name) => [
          fill(strings["bins.positive"], name),
          fill(strings["bins.negative"], name),
        ]),
      ],
      rows: Array.from({ length: count }, (_, bin) => [
        edge(bin),
        edge(bin + 1),
        ...histograms.flatMap(({ positives, negatives }) => [
          amount(positives[bin]!),
          amount(negatives[bin]!),
        ]),
      ]),
    };
  }
}
