/** A chart's figures as a table and as CSV. */

import { h } from "../ui/dom.ts";

export interface TableData {
  caption: string;
  head: string[];
  rows: string[][];
}

export function buildTable(data: TableData): HTMLTableElement {
  return h(
    "table",
    { class: "figures" },
    h("caption", {}, data.caption),
    h("thead", {}, h("tr", {}, ...data.head.map((text) => h("th", { scope: "col" }, text)))),
    h(
      "tbody",
      {},
      ...data.rows.map((row) =>
        h("tr", {}, ...row.map((text, i) => (i === 0 ? h("th", { scope: "row" }, text) : h("td", {}, text)))),
      ),
    ),
  );
}

/** RFC 4180: quoted where a comma, quote or line break asks for it, CRLF between lines. */
export function toCsv(head: readonly string[], rows: Iterable<readonly (string | number | null)[]>): string {
  const cell = (value: string | number | null) => {
    const text = value === null ? "" : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [head.map(cell).join(",")];
  for (const row of rows) lines.push(row.map(cell).join(","));
  return `${lines.join("\r\n")}\r\n`;
}
