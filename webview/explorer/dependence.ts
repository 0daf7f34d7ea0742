/** Partial dependence: what is asked, how far it has come, and its lines by group. */

import { dependenceLines } from "../../src/fairness/thresholds/model/dependence-lines.ts";
import { DependenceChart, type DependenceSeries } from "../charts/partial-dependence.ts";
import { type TableData, toCsv } from "../charts/table.ts";
import { fill } from "../protocol.ts";
import { h, replaceChildren, setHidden, setText } from "../ui/dom.ts";
import { kitButton } from "../ui/kit.ts";
import type { ExplorerContext } from "./context.ts";
import { labelled, select } from "./fields.ts";
import { amount, digits } from "./numbers.ts";
import type { TableView } from "./protocol.ts";
import type { AnswerTo, LoadedView, ModelView } from "./questions.ts";

/** Rows that the mean is taken of. */
const SAMPLES = ["200", "1000", "5000"];
/** Lines of groups; more cannot be told apart. */
const MAX_LINES = 8;

export class DependenceView {
  readonly element: HTMLElement;
  readonly #chart: DependenceChart;
  readonly #feature = h("span", {});
  readonly #sample: HTMLSelectElement;
  readonly #buttons = h("div", { class: "buttons" });
  readonly #status = h("p", { role: "status" });
  readonly #about = h("p", { class: "muted" });
  #answer: AnswerTo<"dependence"> | undefined;
  #series: readonly DependenceSeries[] = [];
  #loaded: LoadedView | null = null;

  constructor(
    readonly context: ExplorerContext,
    readonly table: TableView,
  ) {
    const { strings, charts } = context;
    this.#chart = new DependenceChart(
      charts,
      { title: strings["dependence.title"], yTitle: strings["dependence.mean"] },
      { table: () => this.#table(), csv: () => this.#csv(), label: () => this.#label() },
    );
    this.#sample = select(
      SAMPLES.map((rows) => [rows, amount(Number(rows))]),
      SAMPLES[1]!,
      () => {},
    );
    this.element = h(
      "div",
      { class: "dependence-section" },
      this.#chart.panel.element,
      this.#about,
      h(
        "div",
        { class: "controls" },
        labelled(strings["dependence.feature"], this.#feature),
        labelled(strings["dependence.rows"], this.#sample),
        this.#buttons,
      ),
      this.#status,
    );
    this.#ready();
    this.model(null);
  }

  /** Only what the model takes can matter to it. */
  model(model: ModelView | null): void {
    const { strings, wire } = this.context;
    const loaded = model?.loaded ?? null;
    if (JSON.stringify(loaded) === JSON.stringify(this.#loaded) && this.#feature.hasChildNodes()) return;
    this.#loaded = loaded;
    this.#answer = undefined;
    setHidden(this.element, loaded === null);
    const columns = loaded?.columns ?? [];
    const kept = wire.state.feature ?? "";
    const feature = columns.includes(kept) || loaded === null ? kept : columns[0]!;
    wire.save({ feature });
    replaceChildren(
      this.#feature,
      select(
        columns.map((name) => [name, name]),
        feature,
        (name) => wire.save({ feature: name }),
      ),
    );
    setText(this.#about, strings["dependence.about"]);
    this.#chart.panel.waiting = strings["dependence.none"];
    this.redraw();
  }

  /** Other groups, or another theme. */
  redraw(): void {
    const answer = this.#answer;
    if (!answer) {
      this.#chart.update({ feature: "", grid: [], isNumber: true, series: [] });
      this.#chart.panel.waiting = this.context.strings["dependence.none"];
      return;
    }
    const { strings, wire } = this.context;
    const keys = this.table.cells.map(({ key }) => key);
    const [all] = dependenceLines(answer, keys, []);
    const places = wire.state.grouping.map((name) => this.table.attributes.indexOf(name));
    const groups = places.length === 0 ? [] : dependenceLines(answer, keys, places);
    const named = groups
      .map((line) => ({
        ...line,
        name: line.key.map((each) => each ?? strings["nearest.missing"]).join(", "),
      }))
      .sort((a, b) => b.rows - a.rows)
      .slice(0, MAX_LINES)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    this.#series = [
      { name: fill(strings["dependence.everyone"], amount(all!.rows)), values: all!.means, group: null },
      ...named.map(({ name, rows, means }, at) => ({
        name: fill(strings["dependence.group"], name, amount(rows)),
        values: means,
        group: at,
      })),
      ...(answer.point
        ? [
            {
              name: fill(strings["dependence.point"], amount(answer.point.row + 1), answer.point.value),
              values: answer.point.scores,
              group: named.length,
              isSingle: true,
            },
          ]
        : []),
    ];
    const { feature, grid, isNumber } = answer;
    this.#chart.update({ feature, grid, isNumber, series: this.#series });
  }

  #ready(): void {
    const button = kitButton(this.context.strings["dependence.compute"], () => void this.#compute());
    replaceChildren(this.#buttons, button);
  }

  async #compute(): Promise<void> {
    const { asker, strings, wire } = this.context;
    const { feature, row } = wire.state;
    const question = { feature: feature!, most: Number(this.#sample.value), row };
    const said = (part: number) =>
      setText(this.#status, fill(strings["dependence.asking"], Math.floor(100 * part)));
    const asked = asker.ask("dependence", question, said);
    let isCancelled = false;
    const cancel = kitButton(strings["ask.cancel"], () => {
      isCancelled = true;
      asked.cancel();
    });
    replaceChildren(this.#buttons, cancel);
    cancel.focus();
    said(0);
    const loaded = this.#loaded;
    try {
      const answer = await asked.answer;
      if (loaded !== this.#loaded) return;
      this.#answer = answer;
      const { sampled, rows, left } = answer;
      const of =
        sampled === rows
          ? fill(strings["dependence.all"], amount(rows))
          : fill(strings["dependence.done"], amount(sampled), amount(rows));
      setText(this.#status, left === 0 ? of : `${of} ${fill(strings["dependence.left"], amount(left))}`);
      this.redraw();
    } catch (error) {
      setText(this.#status, isCancelled ? strings["ask.cancelled"] : (error as Error).message);
    } finally {
      const hadFocus = this.#buttons.contains(document.activeElement);
      this.#ready();
      if (hadFocus) (this.#buttons.firstElementChild as HTMLElement).focus();
    }
  }

  #label(): string {
    const { strings } = this.context;
    if (!this.#answer) return strings["dependence.none"];
    return fill(strings["dependence.label"], this.#answer.feature, amount(this.#series.length));
  }

  #table(): TableData {
    const { strings } = this.context;
    return {
      caption: strings["dependence.mean"],
      head: [this.#answer?.feature ?? "", ...this.#series.map(({ name }) => name)],
      rows: (this.#answer?.grid ?? []).map((value, at) => [
        value,
        ...this.#series.map(({ values }) => digits(values[at]!)),
      ]),
    };
  }

  #csv(): string {
    const head = [this.#answer?.feature ?? "", ...this.#series.map(({ name }) => name)];
    const rows = (this.#answer?.grid ?? []).map((value, at) => [
      value,
      ...this.#series.map(({ values }) => values[at]!),
    ]);
    return toCsv(head, rows);
  }
}
