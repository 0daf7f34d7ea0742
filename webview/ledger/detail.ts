/** All that one entry says, below its row. */

import { h } from "../ui/dom.ts";
import { kitButton } from "../ui/kit.ts";
import type { DetailTable, DetailView, EntryCommand, PageStrings } from "./protocol.ts";

export function detailPart(
  strings: PageStrings,
  detail: DetailView,
  command: (command: EntryCommand, hash: string) => void,
): HTMLElement {
  const button = (text: string, name: EntryCommand) => kitButton(text, () => command(name, detail.hash));
  return h(
    "div",
    { class: "detail", role: "group", "aria-label": strings["detail.title"] },
    h(
      "dl",
      { class: "facts" },
      ...detail.facts.flatMap(([term, text]) => [h("dt", {}, term), h("dd", {}, text)]),
    ),
    ...detail.parts.flatMap((part, at) =>
      "table" in part ? tablePart(part.table, `said-${at}`) : [h("p", { class: "hint" }, part.text)],
    ),
    h(
      "div",
      { class: "actions" },
      button(strings["action.approve"], "approve"),
      button(strings["action.correct"], "correct"),
      button(strings["action.copy"], "copy"),
    ),
    h(
      "details",
      {},
      h("summary", {}, strings["detail.body"]),
      h("pre", { tabindex: 0, "aria-label": strings["detail.body"] }, detail.body),
    ),
  );
}

/** What it is, and the table, which scrolls by itself where the page is narrow: by keyboard, too. */
function tablePart({ caption, columns, rows }: DetailTable, id: string): HTMLElement[] {
  const kind = (index: number) => (columns[index]?.isNumber ? "number" : null);
  const head = columns.map(({ title }, at) => h("th", { scope: "col", class: kind(at) }, title));
  const cell = (text: string, at: number) =>
    at === 0 ? h("th", { scope: "row" }, text) : h("td", { class: kind(at) }, text);
  return [
    h("p", { class: "hint caption", id }, caption),
    h(
      "div",
      { class: "scroll-x said", role: "group", tabindex: 0, "aria-labelledby": id },
      h(
        "table",
        { "aria-labelledby": id },
        h("thead", {}, h("tr", {}, ...head)),
        h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map(cell)))),
      ),
    ),
  ];
}
