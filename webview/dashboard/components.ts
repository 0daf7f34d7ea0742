/** Energy by component with its provenance; each line opens to say where its number comes from. */

import { formatPercent } from "../../src/quantity.ts";
import { withName } from "../charts/chart-host.ts";
import { byComponent } from "../charts/series-buffer.ts";
import { type ComponentRow, fill, type RunDetail } from "../protocol.ts";
import { h, KeyedList, replaceChildren, setAttribute, setHidden, setText } from "../ui/dom.ts";
import type { PageContext } from "./context.ts";

const COLUMNS = 7;

export class Components {
  readonly element: HTMLElement;
  readonly #bodies: KeyedList<ComponentRow>;
  readonly #table: HTMLElement;
  readonly #total = {
    row: h("tr", { class: "total" }),
    energy: h("td", { class: "number" }),
    mean: h("td", { class: "number" }),
    method: h("td", {}),
    basis: h("td", {}),
    range: h("td", { class: "number" }),
  };
  readonly #notCovered = h("p", { class: "not-covered" });

  constructor(readonly context: PageContext) {
    const { strings } = context;
    const head = (text: string, numeric = false) =>
      h("th", { scope: "col", class: numeric ? "number" : null }, text);
    this.#table = h(
      "table",
      { class: "components", "aria-labelledby": "components-title" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          head(strings["components.component"]),
          head(strings["components.energy"], true),
          head(strings["components.share"], true),
          head(strings["components.mean"], true),
          head(strings["components.method"]),
          head(strings["components.instrument"]),
          head(strings["components.range"], true),
        ),
      ),
    );
    const { row, energy, mean, method, basis, range } = this.#total;
    const title = h("th", { scope: "row" }, strings["components.total"]);
    row.append(title, energy, h("td", {}), mean, method, basis, range);
    this.#bodies = new KeyedList(
      this.#table,
      (item) => item.id,
      (item) => this.#createBody(item),
      this.#table.firstElementChild!,
    );
    const foot = h("tfoot", {}, row);
    const region = h(
      "div",
      { class: "scroll-x", role: "group", tabindex: 0, "aria-labelledby": "components-title" },
      this.#table,
    );
    this.#table.append(foot);
    this.element = h(
      "section",
      { class: "components-section" },
      h("h2", { id: "components-title" }, strings["components.title"]),
      region,
      this.#notCovered,
    );
  }

  update(detail: RunDetail): void {
    const { strings } = this.context;
    this.#bodies.update([...byComponent(detail.meters), ...byComponent(detail.uncounted)]);
    setText(this.#total.energy, detail.energy.text);
    setText(this.#total.mean, detail.meanPower?.text ?? "");
    setText(this.#total.method, strings[`method.${detail.energy.method}`]);
    setText(this.#total.basis, detail.energy.basis);
    setText(this.#total.range, detail.energy.range);
    setText(this.#notCovered, detail.notCovered ?? "");
    setHidden(this.#notCovered, detail.notCovered === null);
  }

  #createBody(item: ComponentRow) {
    const { strings, wire } = this.context;
    const key = `provenance.${item.id}`;
    const toggle = h("button", { type: "button", class: "disclosure" });
    const cells = {
      energy: h("td", { class: "number" }),
      share: h("td", { class: "number" }),
      mean: h("td", { class: "number" }),
      method: h("td", {}),
      instrument: h("td", {}),
      range: h("td", { class: "number" }),
    };
    const list = h("dl", { class: "provenance" });
    const more = h("tr", { class: "provenance-row" }, h("td", { colspan: COLUMNS }, list));
    const element = h(
      "tbody",
      {},
      h("tr", {}, h("th", { scope: "row" }, toggle), ...Object.values(cells)),
      more,
    );
    let shownProvenance = "";
    const open = () => wire.state.open.includes(key);
    const apply = () => {
      setHidden(more, !open());
      setAttribute(toggle, "aria-expanded", String(open()));
    };
    toggle.addEventListener("click", () => {
      wire.save({ open: withName(wire.state.open, key, !open()) });
      apply();
    });
    return {
      element,
      update: (row: ComponentRow) => {
        setText(toggle, row.label);
        setAttribute(toggle, "title", fill(strings["components.whence"], row.label));
        setText(cells.energy, row.energy.text);
        setText(cells.share, row.share === null ? strings["components.beside"] : formatPercent(row.share));
        setText(cells.mean, row.meanPower.text);
        setText(cells.method, strings[`method.${row.energy.method}`]);
        cells.method.dataset.method = row.energy.method;
        setText(cells.instrument, row.energy.instrument);
        setText(cells.range, row.energy.range);
        element.classList.toggle("beside", row.share === null);
        const provenance = JSON.stringify(row.provenance);
        if (provenance !== shownProvenance) {
          shownProvenance = provenance;
          replaceChildren(
            list,
            ...row.provenance.flatMap(([term, text]) => [h("dt", {}, term), h("dd", {}, text)]),
          );
        }
        apply();
      },
    };
  }
}
