/** The candidates as points: what they cost across, what they are worth upwards, as the person chooses. */

import type { ChartHost } from "../charts/panel.ts";
import { ScatterChart, type ScatterSeries } from "../charts/scatter-chart.ts";
import { type TableData, toCsv } from "../charts/table.ts";
import { fill } from "../protocol.ts";
import { h, setText } from "../ui/dom.ts";
import type { AxisView, TradeoffStrings, TradeoffView } from "./protocol.ts";
import type { Wire } from "./wire.ts";

const FRONTS = ["on", "off", "unknown"] as const;

export class CandidateScatter {
  readonly element: HTMLElement;
  readonly #chart: ScatterChart;
  readonly #missing = h("p", { class: "hint", role: "status" });
  #series: ScatterSeries[] = [];

  constructor(
    readonly wire: Wire,
    readonly strings: TradeoffStrings,
    readonly view: TradeoffView,
    charts: ChartHost<TradeoffStrings>,
    onPick: (candidate: number) => void,
  ) {
    this.#chart = new ScatterChart(
      charts as never,
      strings["scatter.title"],
      { table: () => this.#table(), csv: () => this.#csv(), label: () => this.#label() },
      (row) => this.#say(row),
      (row) => {
        this.#chart.pick(row);
        onPick(row);
      },
      (row) => view.candidates[row]!.name,
    );
    this.element = h(
      "div",
      { class: "scatter-section" },
      h(
        "div",
        { class: "bar" },
        this.#choice("scatter.x", view.across, "x"),
        this.#choice("scatter.y", view.upwards, "y"),
      ),
      this.#chart.panel.element,
      this.#missing,
    );
  }

  draw(): void {
    const { view, strings } = this;
    const [x, y] = [this.#axis("x"), this.#axis("y")];
    const points = view.candidates.flatMap(({ front }, row) => {
      const [across, up] = [x.values[row], y.values[row]];
      return across == null || up == null ? [] : [{ front, point: { x: across, y: up, row } }];
    });
    this.#series = FRONTS.map((front) => ({
      name: strings[`front.${front}`],
      points: points.filter((each) => each.front === front).map(({ point }) => point),
    })).filter((series) => series.points.length > 0);
    this.#chart.update(
      [
        { title: x.title, levels: null },
        { title: y.title, levels: null },
      ],
      this.#series,
    );
    const drawn = new Set(points.map(({ point }) => point.row));
    const left = view.candidates.filter((_, row) => !drawn.has(row)).map(({ name }) => name);
    this.#chart.panel.waiting = points.length === 0 ? strings["scatter.none"] : "";
    setText(this.#missing, left.length === 0 ? "" : fill(strings["scatter.missing"], left.join(", ")));
  }

  #axis(which: "x" | "y"): AxisView {
    const axes = which === "x" ? this.view.across : this.view.upwards;
    return axes.find(({ id }) => id === this.wire.state[which]) ?? axes[0]!;
  }

  #choice(key: "scatter.x" | "scatter.y", axes: readonly AxisView[], which: "x" | "y"): HTMLElement {
    const shown = this.#axis(which).id;
    const select = h(
      "select",
      {},
      ...axes.map(({ id, title }) => h("option", { value: id, selected: id === shown }, title)),
    );
    select.addEventListener("change", () => {
      this.wire.save({ [which]: select.value });
      this.draw();
    });
    return h("label", { class: "choice" }, h("span", {}, this.strings[key]), select);
  }

  #say(row: number): string {
    const [x, y] = [this.#axis("x"), this.#axis("y")];
    const { name } = this.view.candidates[row]!;
    return `${name}: ${x.title} ${shown(x.values[row])}, ${y.title} ${shown(y.values[row])}`;
  }

  #label(): string {
    const names = this.#series.flatMap(({ points }) =>
      points.map(({ row }) => this.view.candidates[row]!.name),
    );
    return fill(
      this.strings["scatter.label"],
      this.#axis("y").title,
      this.#axis("x").title,
      names.join(", "),
    );
  }

  #cells(): string[][] {
    const [x, y] = [this.#axis("x"), this.#axis("y")];
    return this.view.candidates.map(({ name, front }, row) => [
      name,
      shown(x.values[row]),
      shown(y.values[row]),
      this.strings[`front.${front}`],
    ]);
  }

  #head(): string[] {
    return [this.strings["scatter.candidate"], this.#axis("x").title, this.#axis("y").title, "Pareto"];
  }

  #table(): TableData {
    return { caption: this.strings["scatter.caption"], head: this.#head(), rows: this.#cells() };
  }

  #csv(): string {
    return toCsv(this.#head(), this.#cells());
  }
}

/** Three digits; "–" where it was not measured. */
const shown = (value: number | null | undefined): string =>
  value == null ? "–" : String(Number(value.toPrecision(3)));
