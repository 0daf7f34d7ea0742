/** The rows over two of their columns: what is drawn in which colour, and the same counted in a table. */

import { jitterOf } from "../../src/fairness/thresholds/jitter.ts";
import type { Scatter, ScatterAxis } from "../../src/fairness/thresholds/scatter.ts";
import { MAX_SERIES, ScatterChart, type ScatterSeries } from "../charts/scatter-chart.ts";
import { type TableData, toCsv } from "../charts/table.ts";
import { fill } from "../protocol.ts";
import { h, setText } from "../ui/dom.ts";
import type { ExplorerContext } from "./context.ts";
import { labelled, select } from "./fields.ts";
import { amount } from "./numbers.ts";
import { COLOURINGS, type PageState, type TableView } from "./protocol.ts";
import { countsOver, textOn } from "./scatter-table.ts";

type Settings = NonNullable<PageState["scatter"]>;

/** A threshold that is dragged moves errors; the picture follows when it rests so long, ms. */
const REST = 120;

export class ScatterView {
  readonly element: HTMLElement;
  readonly #chart: ScatterChart;
  readonly #drawn = h("p", { class: "muted", role: "status" });
  #scatter: Scatter | undefined;
  #series: readonly ScatterSeries[] = [];
  #timer: number | undefined;
  #asked = 0;

  constructor(
    readonly context: ExplorerContext,
    readonly table: TableView,
    onPick: (row: number) => void,
  ) {
    const { strings, charts, wire } = context;
    const { axes } = table;
    const kept = wire.state.scatter;
    const usable = kept && axes.includes(kept.x) && axes.includes(kept.y);
    if (!usable) wire.save({ scatter: { x: axes[1] ?? axes[0]!, y: axes[0]!, colour: "group" } });
    this.#chart = new ScatterChart(
      charts,
      strings["scatter.title"],
      { table: () => this.#table(), csv: () => this.#csv(), label: () => this.#label() },
      (row, series) => this.#say(row, series),
      onPick,
    );
    const column = (which: "x" | "y") =>
      labelled(
        strings[`scatter.${which}`],
        select(
          axes.map((name) => [name, name]),
          this.#settings[which],
          (name) => this.#set({ [which]: name }),
        ),
      );
    const colour = select(
      COLOURINGS.map((name) => [name, strings[`scatter.by.${name}`]]),
      this.#settings.colour,
      (name) => this.#set({ colour: name as Settings["colour"] }),
    );
    this.element = h(
      "div",
      { class: "scatter-section" },
      this.#chart.panel.element,
      h("div", { class: "controls" }, column("x"), column("y"), labelled(strings["scatter.colour"], colour)),
      this.#drawn,
    );
  }

  /** Other groups: their points are asked for anew. */
  async load(): Promise<void> {
    const { asker, strings, wire } = this.context;
    const { x, y } = this.#settings;
    const asked = ++this.#asked;
    try {
      const answer = await asker.ask("scatter", { x, y, facet: wire.state.facet }).answer;
      if (asked !== this.#asked) return;
      this.#scatter = answer;
      const { rows, placed, missing } = answer;
      const drawn = fill(strings["scatter.drawn"], amount(rows.length), amount(placed));
      const without = missing === 0 ? "" : ` ${fill(strings["scatter.missing"], amount(missing))}`;
      setText(this.#drawn, drawn + without);
      this.draw();
    } catch (error) {
      if (asked === this.#asked) setText(this.#drawn, (error as Error).message);
    }
  }

  /** Other thresholds. */
  update(): void {
    if (this.#settings.colour !== "error") return;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.draw(), REST);
  }

  pick(row: number): void {
    this.#chart.pick(row);
  }

  draw(): void {
    const scatter = this.#scatter;
    if (!scatter) return;
    const place = (axis: ScatterAxis, value: number, row: number, which: 0 | 1) =>
      value + (axis.spread === 0 ? 0 : axis.spread * jitterOf(row, which));
    const names = this.#names();
    const lists: ScatterSeries[] = names.map((name) => ({ name, points: [] }));
    for (const [at, row] of scatter.rows.entries())
      lists[this.#seriesOf(at, names.length)]!.points.push({
        row,
        x: place(scatter.x, scatter.xs[at]!, row, 0),
        y: place(scatter.y, scatter.ys[at]!, row, 1),
      });
    this.#series = lists.filter(({ points }) => points.length > 0);
    const { strings } = this.context;
    const axis = ({ name, levels }: ScatterAxis) => ({
      title: name,
      levels: levels?.map((level) => (level === "" ? strings["nearest.missing"] : level)) ?? null,
    });
    this.#chart.update([axis(scatter.x), axis(scatter.y)], this.#series);
  }

  get #settings(): Settings {
    return this.context.wire.state.scatter!;
  }

  #set(part: Partial<Settings>): void {
    this.context.wire.save({ scatter: { ...this.#settings, ...part } });
    if ("colour" in part) this.draw();
    else void this.load();
  }

  #names(): string[] {
    const { strings, model } = this.context;
    const { colour } = this.#settings;
    if (colour === "error")
      return [strings["error.tp"], strings["error.tn"], strings["error.fp"], strings["error.fn"]];
    if (colour === "outcome") {
      const { positive, negative } = this.table;
      return [positive, negative ?? `≠ ${positive}`].map((name) =>
        fill(strings["matrix.labelledPositive"], name),
      );
    }
    const groups = model.groups.map(({ name }) => name);
    if (groups.length <= MAX_SERIES) return groups;
    return [...groups.slice(0, MAX_SERIES - 1), strings["scatter.others"]];
  }

  #seriesOf(at: number, count: number): number {
    const { cells, labels, scores } = this.#scatter!;
    const { model } = this.context;
    const { colour } = this.#settings;
    const isPositive = labels[at] === 1;
    const group = model.groupOf(cells[at]!);
    if (colour === "group") return Math.min(group, count - 1);
    if (colour === "outcome") return isPositive ? 0 : 1;
    const isSelected = scores[at]! >= model.choices[group]!.threshold;
    return isPositive === isSelected ? (isPositive ? 0 : 1) : isSelected ? 2 : 3;
  }

  #say(row: number, series: string): string {
    const { x, y, xs, ys, rows } = this.#scatter!;
    const at = rows.indexOf(row);
    const { strings } = this.context;
    const part = (axis: ScatterAxis, value: number) =>
      `${axis.name} ${textOn(axis, value) || strings["nearest.missing"]}`;
    return `${fill(strings["point.row"], amount(row + 1))}: ${part(x, xs[at]!)}, ${part(y, ys[at]!)}, ${series}`;
  }

  #label(): string {
    const { strings } = this.context;
    const { x, y } = this.#settings;
    return fill(strings["scatter.label"], y, x, this.#series.map(({ name }) => name).join(", "));
  }

  #table(): TableData {
    const { strings } = this.context;
    const caption = fill(strings["scatter.caption"], this.#settings.x, this.#settings.y);
    if (!this.#scatter) return { caption, head: [], rows: [] };
    return { caption, ...countsOver(this.#scatter, this.#series, strings["nearest.missing"]) };
  }

  #csv(): string {
    const scatter = this.#scatter;
    const { x, y } = this.#settings;
    if (!scatter) return toCsv([], []);
    const place = new Map([...scatter.rows.entries()].map(([at, row]) => [row, at]));
    const rows = this.#series.flatMap(({ name, points }) =>
      points.map(({ row }) => {
        const at = place.get(row)!;
        return [row + 1, textOn(scatter.x, scatter.xs[at]!), textOn(scatter.y, scatter.ys[at]!), name];
      }),
    );
    return toCsv([this.context.strings["edits.row"], x, y, this.context.strings["scatter.colour"]], rows);
  }
}
