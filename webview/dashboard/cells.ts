/** Energy by cell of a notebook; not there for other runs. */

import { formatPercent } from "../../src/quantity.ts";
import { type CellRow, fill, type RunDetail } from "../protocol.ts";
import { h, KeyedList, setHidden, setText } from "../ui/dom.ts";
import type { PageContext } from "./context.ts";

export class Cells {
  readonly element: HTMLElement;
  readonly #rows: KeyedList<CellRow>;

  constructor(readonly context: PageContext) {
    const { strings } = context;
    const head = (text: string, numeric = true) =>
      h("th", { scope: "col", class: numeric ? "number" : null }, text);
    const body = h("tbody", {});
    const table = h(
      "table",
      { class: "components", "aria-labelledby": "cells-title" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          head(strings["cells.cell"], false),
          head(strings["cells.executions"]),
          head(strings["cells.duration"]),
          head(strings["components.energy"]),
          head(strings["components.share"]),
          head(strings["components.method"], false),
          head(strings["components.range"]),
        ),
      ),
      body,
    );
    this.#rows = new KeyedList(
      body,
      (row) => row.cell,
      () => this.#createRow(),
    );
    const region = h(
      "div",
      { class: "scroll-x", role: "group", tabindex: 0, "aria-labelledby": "cells-title" },
      table,
    );
    this.element = h(
      "section",
      { class: "components-section" },
      h("h2", { id: "cells-title" }, strings["cells.title"]),
      region,
    );
    setHidden(this.element, true);
  }

  update({ cells }: RunDetail): void {
    setHidden(this.element, cells.length === 0);
    this.#rows.update(cells);
  }

  #createRow() {
    const { strings } = this.context;
    const label = h("th", { scope: "row" });
    const number = () => h("td", { class: "number" });
    const [executions, duration, energy, share, range] = [number(), number(), number(), number(), number()];
    const method = h("td", {});
    const element = h("tr", {}, label, executions!, duration!, energy!, share!, method, range!);
    return {
      element,
      update: (row: CellRow) => {
        setText(label, row.running ? fill(strings["cells.running"], row.label) : row.label);
        setText(executions!, String(row.executions));
        setText(duration!, row.durationText);
        setText(energy!, row.energy?.text ?? "");
        setText(share!, row.share === null ? "" : formatPercent(row.share));
        setText(method, row.energy ? strings[`method.${row.energy.method}`] : "");
        if (row.energy) method.dataset.method = row.energy.method;
        setText(range!, row.energy?.range ?? "");
      },
    };
  }
}
