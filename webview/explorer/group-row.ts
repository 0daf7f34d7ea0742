/** One group: its scores with the threshold, the threshold as a number, and what comes of it. */

import { SMALL_GROUP_RULE } from "../../src/fairness/metrics/small-group.ts";
import { rowsOf } from "../../src/fairness/thresholds/score-counts.ts";
import { fill } from "../protocol.ts";
import { h, setHidden, setText } from "../ui/dom.ts";
import type { ExplorerContext } from "./context.ts";
import { amount, thresholdText } from "./numbers.ts";
import { ScoreStrip } from "./score-strip.ts";

export interface GroupEvents {
  move(index: number, threshold: number): void;
  settle(): void;
}

export class GroupRow {
  readonly element: HTMLElement;
  readonly #strip: ScoreStrip;
  readonly #number: HTMLInputElement;
  readonly #nobody: HTMLElement;
  readonly #selected = h("p", { class: "selected-rows" });
  readonly #cells = Array.from({ length: 4 }, () => h("td", { class: "number" }));

  constructor(
    readonly context: ExplorerContext,
    readonly index: number,
    events: GroupEvents,
    names: { positive: string; negative: string },
  ) {
    const { strings, model } = context;
    const { name, counts } = model.groups[index]!;
    const rows = rowsOf(counts);
    this.#strip = new ScoreStrip({
      move: (threshold) => events.move(index, threshold),
      settle: () => events.settle(),
    });
    this.#number = h("input", {
      type: "number",
      step: "any",
      class: "threshold-number",
      "aria-label": fill(strings["groups.thresholdOf"], name),
    });
    this.#number.addEventListener("change", () => {
      const value = this.#number.valueAsNumber;
      if (Number.isFinite(value)) events.move(index, value);
      events.settle();
      this.update();
    });
    this.#nobody = h("span", { class: "nobody" }, strings["groups.nobody"]);
    const small = rows < SMALL_GROUP_RULE.minRows;
    this.element = h(
      "div",
      { class: "group", role: "group", "aria-label": name },
      h(
        "div",
        { class: "group-name" },
        h("h3", {}, h("span", { class: "swatch", "aria-hidden": "true" }), name),
        h("p", { class: "muted" }, fill(strings["groups.rows"], rows.toLocaleString("en"))),
        small && h("p", { class: "muted" }, strings["groups.small"]),
      ),
      this.#strip.element,
      h(
        "div",
        { class: "group-threshold" },
        h("p", { class: "muted", "aria-hidden": "true" }, strings["groups.threshold"]),
        h("div", {}, this.#number, this.#nobody),
        this.#selected,
      ),
      this.#matrix(name, names),
    );
  }

  /** Once, and when the theme has changed. */
  draw(peak: number, colour: string, pattern: number): void {
    const { strings, model } = this.context;
    const group = model.groups[this.index]!;
    const { positives, negatives } = group.counts;
    this.element.style.setProperty("--swatch", colour);
    this.element.querySelector(".swatch")!.setAttribute("data-pattern", String(pattern));
    const label = fill(
      strings["groups.distribution"],
      group.name,
      amount(positives[positives.length - 1]!),
      amount(negatives[negatives.length - 1]!),
    );
    this.#strip.draw(group, model.bins, peak, label);
  }

  /** After every move. */
  update(): void {
    const { strings, model } = this.context;
    const { name } = model.groups[this.index]!;
    const { threshold } = model.choices[this.index]!;
    const text = thresholdText(threshold);
    const { tp, fp, fn, tn } = model.confusion(this.index);
    const said = fill(
      strings["groups.selected"],
      text ?? strings["groups.nobody"],
      amount(tp + fp),
      amount(tp + fp + fn + tn),
    );
    this.#strip.set(threshold, said, fill(strings["groups.thresholdOf"], name));
    if (document.activeElement !== this.#number || this.#number.value === "") this.#number.value = text ?? "";
    setHidden(this.#nobody, text !== undefined);
    setText(this.#selected, `${amount(tp + fp)} / ${amount(tp + fp + fn + tn)}`);
    for (const [at, value] of [tp, fn, fp, tn].entries()) setText(this.#cells[at]!, amount(value));
  }

  #matrix(name: string, names: { positive: string; negative: string }): HTMLElement {
    const { strings } = this.context;
    const [tp, fn, fp, tn] = this.#cells;
    const column = (text: string) => h("th", { scope: "col", class: "number" }, text);
    const row = (text: string, ...cells: (HTMLElement | undefined)[]) =>
      h("tr", {}, h("th", { scope: "row" }, text), ...cells);
    for (const right of [tp, tn]) right!.classList.add("right");
    return h(
      "table",
      { class: "matrix" },
      h("caption", { class: "visually-hidden" }, fill(strings["matrix.caption"], name)),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("td", {}),
          column(fill(strings["matrix.predictedPositive"], names.positive)),
          column(fill(strings["matrix.predictedNegative"], names.negative)),
        ),
      ),
      h(
        "tbody",
        {},
        row(fill(strings["matrix.labelledPositive"], names.positive), tp, fn),
        row(fill(strings["matrix.labelledNegative"], names.negative), fp, tn),
      ),
    );
  }
}
