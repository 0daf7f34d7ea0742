/** What the parts of the page share: sections, tables, choices. */

import { h } from "../ui/dom.ts";
import type { Fact, PageCommand, PageStrings, Shown, TableView } from "./protocol.ts";
import type { Wire } from "./wire.ts";

export interface PageContext {
  wire: Wire;
  strings: PageStrings;
  command(command: PageCommand): void;
}

/** Fills {0}, {1}, ... of a translated string. */
export function fill(template: string, ...values: (string | number)[]): string {
  return template.replace(/\{(\d)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));
}

export function section(id: string, title: string, ...children: (Node | null)[]): HTMLElement {
  return h("section", { "aria-labelledby": id }, h("h2", { id }, title), ...children);
}

/** A table that scrolls sideways by itself, reachable by keyboard. */
export function tableBlock(name: string, table: HTMLTableElement): HTMLElement {
  return h("div", { class: "scroll-x", role: "group", tabindex: 0, "aria-label": name }, table);
}

/** First column as row headings; `numeric` columns are set right. */
export function plainTable(name: string, view: TableView, numeric: readonly number[] = []): HTMLElement {
  const side = (index: number) => (numeric.includes(index) ? "number" : null);
  const table = h(
    "table",
    {},
    h("caption", { class: "visually-hidden" }, name),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        ...view.head.map((text, index) =>
          text === "" ? h("td", {}) : h("th", { scope: "col", class: side(index) }, text),
        ),
      ),
    ),
    h(
      "tbody",
      {},
      ...view.rows.map((row) =>
        h(
          "tr",
          {},
          ...row.map((text, index) =>
            index === 0 ? h("th", { scope: "row" }, text) : h("td", { class: side(index) }, text),
          ),
        ),
      ),
    ),
  );
  return tableBlock(name, table);
}

export function factList(facts: readonly Fact[], className = "facts"): HTMLElement {
  return h(
    "dl",
    { class: className },
    ...facts.flatMap(([term, text]) => [h("dt", {}, term), h("dd", {}, text)]),
  );
}

/** A value with its range below it, and on hover how both were made. */
export function valueCell(shown: Shown, className = "number"): HTMLElement {
  return h(
    "td",
    { class: className, title: shown.whence || null },
    h("span", {}, shown.text),
    shown.range === "" ? null : h("span", { class: "range" }, shown.range),
  );
}

/** A select with its label; `onChange` hears the chosen value. */
export function choice(
  label: string,
  options: readonly { value: string; text: string }[],
  chosen: string,
  onChange: (value: string) => void,
): HTMLElement {
  const select = h(
    "select",
    {},
    ...options.map(({ value, text }) => h("option", { value, selected: value === chosen }, text)),
  );
  select.addEventListener("change", () => onChange(select.value));
  return h("label", { class: "choice" }, h("span", {}, label), select);
}
