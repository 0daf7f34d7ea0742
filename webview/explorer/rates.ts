/** Rates by group as a table, with the differences between groups and the chosen measure. */

import { MEASURES, type MeasureName } from "../../src/fairness/metrics/measures.ts";
import { rowsOf } from "../../src/fairness/thresholds/score-counts.ts";
import { h, replaceChildren, setHidden, setText, svg } from "../ui/dom.ts";
import type { ExplorerContext } from "./context.ts";
import { digits, thresholdText } from "./numbers.ts";

const SHOWN = [
  "selection_rate",
  "true_positive_rate",
  "false_positive_rate",
  "precision",
  "accuracy",
] as const;

interface Cell {
  text: HTMLElement;
  bar: SVGElement;
}

export class Rates {
  readonly element: HTMLElement;
  readonly #table = h("table", { class: "rates", "aria-labelledby": "rates-title" });
  readonly #few: HTMLElement;
  #thresholds: HTMLElement[] = [];
  #cells: Cell[][] = [];
  #differences: HTMLElement[] = [];
  #ratios: HTMLElement[] = [];
  #heads: HTMLElement[] = [];

  constructor(readonly context: ExplorerContext) {
    const { strings } = context;
    this.#few = h("p", { class: "muted" }, strings["rates.few"]);
    this.element = h(
      "section",
      { class: "rates-section", "aria-labelledby": "rates-title" },
      h("h2", { id: "rates-title" }, strings["rates.title"]),
      h(
        "div",
        { class: "scroll-x", role: "group", tabindex: 0, "aria-labelledby": "rates-title" },
        this.#table,
      ),
      this.#few,
    );
  }

  /** Other groups. */
  rebuild(): void {
    const { strings, model } = this.context;
    this.#heads = SHOWN.map((rate) => h("th", { scope: "col", class: "number" }, strings[`rate.${rate}`]));
    this.#thresholds = model.groups.map(() => h("td", { class: "number" }));
    this.#cells = model.groups.map(() =>
      SHOWN.map(() => ({
        text: h("span", {}),
        bar: svg("rect", { class: "rate-bar", x: 0, y: 0, width: 0, height: 4 }),
      })),
    );
    this.#differences = SHOWN.map(() => h("td", { class: "number" }));
    this.#ratios = SHOWN.map(() => h("td", { class: "number" }));
    const foot = (text: string, cells: HTMLElement[]) =>
      h("tr", {}, h("th", { scope: "row" }, text), h("td", {}), h("td", {}), ...cells);
    const column = (text: string, number = true) =>
      h("th", { scope: "col", class: number ? "number" : null }, text);
    replaceChildren(
      this.#table,
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          column(strings["rates.group"], false),
          column(strings["rates.rows"]),
          column(strings["groups.threshold"]),
          ...this.#heads,
        ),
      ),
      h(
        "tbody",
        {},
        ...model.groups.map(({ name, counts }, index) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, name),
            h("td", { class: "number" }, rowsOf(counts).toLocaleString("en")),
            this.#thresholds[index],
            ...this.#cells[index]!.map(({ text, bar }) =>
              h(
                "td",
                { class: "number" },
                text,
                svg("svg", { class: "rate-track", width: 60, height: 4, "aria-hidden": "true" }, bar),
              ),
            ),
          ),
        ),
      ),
      h(
        "tfoot",
        {},
        foot(strings["rates.gap"], this.#differences),
        foot(strings["rates.ratio"], this.#ratios),
      ),
    );
    this.update();
  }

  /** After every move. */
  update(): void {
    const { strings, model, wire } = this.context;
    const chosen: readonly string[] = MEASURES[wire.state.measure as MeasureName].rates;
    let few = false;
    for (const index of model.groups.keys()) {
      const threshold = thresholdText(model.choices[index]!.threshold);
      setText(this.#thresholds[index]!, threshold ?? strings["groups.nobody"]);
      for (const [at, rate] of SHOWN.entries()) {
        const { value, small } = model.rate(index, rate);
        const { text, bar } = this.#cells[index]![at]!;
        few ||= small !== undefined;
        const mark = small === undefined ? "" : " *";
        setText(text, `${value === null ? strings["rates.notEstimable"] : digits(value)}${mark}`);
        bar.setAttribute("width", String(Math.round(60 * (value ?? 0))));
      }
    }
    for (const [at, rate] of SHOWN.entries()) {
      const gap = model.gap(rate);
      const isChosen = chosen.includes(rate);
      this.#heads[at]!.classList.toggle("chosen", isChosen);
      this.#differences[at]!.classList.toggle("chosen", isChosen);
      setText(this.#differences[at]!, gap ? digits(gap.difference) : "–");
      setText(this.#ratios[at]!, gap && gap.ratio !== null ? digits(gap.ratio) : "–");
    }
    setHidden(this.#few, !few);
  }
}
