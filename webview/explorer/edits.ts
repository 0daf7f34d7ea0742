/** What the model said to each edited row, against the thresholds of now, as a table. */

import { toCsv } from "../charts/table.ts";
import { fill } from "../protocol.ts";
import { h, replaceChildren, setHidden } from "../ui/dom.ts";
import { kitButton } from "../ui/kit.ts";
import type { ExplorerContext } from "./context.ts";
import { amount, thresholdText } from "./numbers.ts";
import type { Edit } from "./protocol.ts";

/** Edits that are kept; the latest. */
const MOST = 100;

export class Edits {
  readonly #table = h("table", { class: "edits", "aria-labelledby": "edits-title" });
  readonly element: HTMLElement;
  /** Per edit: cells of the row as it is and as it was edited; null where no row of the table is in such a group. */
  #cells: (readonly [before: number | null, after: number | null])[] = [];

  #shown = "";

  constructor(readonly context: ExplorerContext) {
    const { strings, charts } = context;
    this.element = h(
      "div",
      {},
      h("h3", { id: "edits-title" }, strings["edits.title"]),
      h(
        "div",
        { class: "scroll-x", role: "group", tabindex: 0, "aria-labelledby": "edits-title" },
        this.#table,
      ),
      h(
        "div",
        { class: "buttons" },
        kitButton(strings["chart.copyCsv"], () => charts.copyText(toCsv(this.#head(), this.#rows()))),
        kitButton(strings["edits.forget"], () => {
          context.wire.save({ edits: [] });
          this.update();
        }),
      ),
    );
    this.update();
  }

  add(edit: Edit): Promise<void> {
    const { wire } = this.context;
    wire.save({ edits: [...wire.state.edits, edit].slice(-MOST) });
    return this.place();
  }

  /** Asks which groups the rows are in; after an edit, and when the groups are others. */
  async place(): Promise<void> {
    const { asker, wire } = this.context;
    const { edits, facet } = wire.state;
    const points = edits.flatMap(({ row, changes }) => [
      { row, changes: [] },
      { row, changes },
    ]);
    if (points.length > 0) {
      const { cells } = await asker.ask("place", { points, facet }).answer;
      // Meanwhile there may be other edits, or other groups.
      if (wire.state.edits !== edits || wire.state.facet !== facet) return;
      this.#cells = edits.map((_, at) => [cells[2 * at]!, cells[2 * at + 1]!]);
    }
    this.update();
  }

  /** After every move of a threshold. */
  update(): void {
    const rows = this.#rows();
    // Most moves change no decision.
    const now = JSON.stringify(rows);
    if (now === this.#shown) return;
    this.#shown = now;
    setHidden(this.element, rows.length === 0);
    replaceChildren(
      this.#table,
      h("thead", {}, h("tr", {}, ...this.#head().map((text) => h("th", { scope: "col" }, text)))),
      h(
        "tbody",
        {},
        ...rows.map((cells) =>
          h(
            "tr",
            {},
            ...cells.map((text, at) => (at === 0 ? h("th", { scope: "row" }, text) : h("td", {}, text))),
          ),
        ),
      ),
    );
  }

  /** "row 12: 0.612 before, 0.431 now ..."; of the latest edit. */
  get sentence(): string {
    const { strings, wire } = this.context;
    const edit = wire.state.edits.at(-1);
    const cells = this.#cells.at(-1);
    if (!edit || !cells) return "";
    const said = (cell: number | null, score: number) => {
      const { decision, group, threshold } = this.#decided(cell, score);
      return cell === null ? decision : fill(strings["edits.decided"], decision, group, threshold);
    };
    return fill(
      strings["edits.sentence"],
      amount(edit.row + 1),
      scoreText(edit.before),
      said(cells[0], edit.before),
      scoreText(edit.after),
      said(cells[1], edit.after),
    );
  }

  #head(): string[] {
    const { strings } = this.context;
    const keys = [
      "row",
      "changes",
      "before",
      "wasPredicted",
      "after",
      "predicted",
      "group",
      "flips",
    ] as const;
    return keys.map((key) => strings[`edits.${key}`]);
  }

  #rows(): string[][] {
    const { strings, wire } = this.context;
    return wire.state.edits.flatMap(({ row, changes, before, after }, at) => {
      const cells = this.#cells[at];
      if (!cells) return [];
      const [was, is] = [this.#decided(cells[0], before), this.#decided(cells[1], after)];
      const change = ([name, text]: readonly [string, string]) =>
        `${name}: ${text === "" ? strings["nearest.missing"] : text}`;
      return [
        [
          amount(row + 1),
          changes.length === 0 ? strings["edits.asItIs"] : changes.map(change).join("; "),
          scoreText(before),
          was.decision,
          scoreText(after),
          is.decision,
          is.group === "" ? "" : `${is.group}, ${is.threshold}`,
          scoreText(after),
        ],
      ];
    });
  }

  #decided(cell: number | null, score: number): { decision: string; group: string; threshold: string } {
    const { strings, model } = this.context;
    const group = cell === null ? undefined : model.groupOf(cell);
    if (group === undefined) return { decision: strings["edits.noGroup"], group: "", threshold: "" };
    const { threshold } = model.choices[group]!;
    return {
      decision: strings[score >= threshold ? "nearest.positive" : "nearest.negative"],
      group: model.groups[group]!.name,
      threshold: thresholdText(threshold) ?? strings["groups.nobody"],
    };
  }
}

export const scoreText = (score: number): string => thresholdText(score) ?? String(score);
