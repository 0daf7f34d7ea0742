/** The nearest counterfactual of a row: asked of the panel, shown column by column. */

import { fill } from "../protocol.ts";
import { h, replaceChildren, setText } from "../ui/dom.ts";
import { kitButton } from "../ui/kit.ts";
import type { ExplorerContext } from "./context.ts";
import { amount, digits, thresholdText } from "./numbers.ts";
import type { HostMessage, NearestView } from "./protocol.ts";

export class Nearest {
  readonly element: HTMLElement;
  readonly #row: HTMLInputElement;
  readonly #distance: HTMLSelectElement;
  readonly #sentence = h("p", { "aria-live": "polite" });
  readonly #table = h("table", { class: "nearest", "aria-labelledby": "nearest-title" });
  readonly #scroll = h(
    "div",
    { class: "scroll-x", role: "group", tabindex: 0, "aria-labelledby": "nearest-title", hidden: true },
    this.#table,
  );
  #ask = 0;

  constructor(
    readonly context: ExplorerContext,
    readonly rows: number,
    row: number,
    readonly onPick: (row: number) => void,
  ) {
    const { strings } = context;
    this.#row = h("input", { type: "number", min: 1, max: rows, step: 1, value: row + 1 });
    this.#distance = h("select", {}, h("option", { value: "l1" }, "L1"), h("option", { value: "l2" }, "L2"));
    const field = (text: string, input: HTMLElement) =>
      h("label", { class: "field" }, h("span", { class: "field-name" }, text), input);
    this.element = h(
      "section",
      { class: "nearest-section", "aria-labelledby": "nearest-title" },
      h("h2", { id: "nearest-title" }, strings["nearest.title"]),
      h("p", { class: "muted" }, strings["nearest.about"]),
      h(
        "div",
        { class: "controls" },
        field(strings["nearest.row"], this.#row),
        field(strings["nearest.distance"], this.#distance),
        h(
          "div",
          { class: "buttons" },
          kitButton(strings["nearest.find"], () => this.#find()),
          kitButton(strings["nearest.random"], () => this.pick(Math.floor(Math.random() * rows))),
        ),
      ),
      this.#sentence,
      this.#scroll,
    );
    this.#row.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.#find();
    });
  }

  /** From 0. */
  pick(row: number): void {
    this.#row.value = String(row + 1);
    this.#find();
  }

  answer({ ask, answer, problem }: Extract<HostMessage, { type: "nearest" }>): void {
    if (ask !== this.#ask) return;
    const { strings } = this.context;
    this.#scroll.hidden = !answer?.nearest;
    if (!answer) setText(this.#sentence, problem);
    else if (!answer.nearest) setText(this.#sentence, strings["nearest.none"]);
    else this.#show(answer, answer.nearest);
  }

  #find(): void {
    const row = this.#row.valueAsNumber;
    if (Number.isInteger(row) && row >= 1 && row <= this.rows) this.onPick(row - 1);
    this.context.wire.post({
      type: "nearest",
      ask: ++this.#ask,
      row: Number.isFinite(row) ? row - 1 : -1,
      distance: this.#distance.value as "l1" | "l2",
      facet: this.context.wire.state.facet,
      thresholds: this.context.model.cellThresholds(),
    });
  }

  #show({ point, columns, distance }: NearestView, nearest: NonNullable<NearestView["nearest"]>): void {
    const { strings } = this.context;
    const word = (positive: boolean) => strings[positive ? "nearest.positive" : "nearest.negative"];
    setText(
      this.#sentence,
      fill(
        strings["nearest.sentence"],
        amount(point.row + 1),
        word(point.selected),
        amount(nearest.row + 1),
        word(nearest.selected),
        digits(distance),
      ),
    );
    const line = (name: string, a: string, b: string, part: string) =>
      h(
        "tr",
        { class: a === b ? "same" : null },
        h("th", { scope: "row" }, name),
        h("td", {}, a),
        h("td", {}, b),
        h("td", { class: "number" }, part),
      );
    const value = (text: string) => (text === "" ? strings["nearest.missing"] : text);
    const head = [
      strings["nearest.column"],
      fill(strings["nearest.this"], amount(point.row + 1)),
      fill(strings["nearest.other"], amount(nearest.row + 1)),
      strings["nearest.part"],
    ];
    const score = (of: number) => thresholdText(of) ?? String(of);
    replaceChildren(
      this.#table,
      h("thead", {}, h("tr", {}, ...head.map((text) => h("th", { scope: "col" }, text)))),
      h(
        "tbody",
        {},
        line(strings["nearest.decision"], word(point.selected), word(nearest.selected), ""),
        line(strings["nearest.score"], score(point.score), score(nearest.score), ""),
        line(strings["nearest.outcome"], word(point.label), word(nearest.label), ""),
        ...[...columns]
          .sort((a, b) => b.part - a.part)
          .map((column) =>
            line(
              column.name,
              value(column.point),
              value(column.nearest),
              column.part === 0 ? "" : digits(column.part),
            ),
          ),
      ),
    );
  }
}
