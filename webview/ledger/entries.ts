/** The entries as a table: one row each, whose button opens what the entry says. */

import { h } from "../ui/dom.ts";
import type { EntryView, PageStrings } from "./protocol.ts";

export interface EntriesTable {
  strings: PageStrings;
  entries: readonly EntryView[];
  /** Hash of the open entry; "": none. */
  open: string;
  /** Stands below the open entry's row. */
  detail: HTMLElement | null;
  onToggle(hash: string): void;
}

export function entriesTable({ strings, entries, open, detail, onToggle }: EntriesTable): HTMLElement {
  const name = strings["entries.title"];
  const heads = ["entry.time", "entry.kind", "entry.what", "entry.decisions"] as const;
  const row = (entry: EntryView) => {
    const isOpen = entry.hash === open;
    const button = h(
      "button",
      {
        class: "quiet",
        "aria-expanded": String(isOpen),
        "data-hash": entry.hash,
        title: isOpen ? strings["entry.hide"] : strings["entry.show"],
      },
      entry.time,
    );
    button.addEventListener("click", () => onToggle(entry.hash));
    return h(
      "tr",
      { class: entry.isWrong ? "wrong" : null },
      h("th", { scope: "row" }, button),
      h("td", { class: "kind" }, entry.typeLabel),
      h("td", {}, h("span", { class: "what" }, entry.what), entry.isWrong ? mark(strings) : null),
      h("td", {}, ...entry.decisions.map((decision) => h("div", {}, decision))),
    );
  };
  const rows = entries.flatMap((entry) =>
    entry.hash === open && detail
      ? [row(entry), h("tr", { class: "opened" }, h("td", { colspan: heads.length }, detail))]
      : [row(entry)],
  );
  return h(
    "div",
    { class: "scroll-x entries", role: "group", tabindex: 0, "aria-label": name },
    h(
      "table",
      {},
      h("caption", { class: "visually-hidden" }, name),
      h("thead", {}, h("tr", {}, ...heads.map((key) => h("th", { scope: "col" }, strings[key])))),
      h("tbody", {}, ...rows),
    ),
  );
}

const mark = (strings: PageStrings) => h("span", { class: "mark" }, strings["entries.wrong"]);
