/** HTML as a string, escaped by construction: only `html` and `raw` make markup, every other value is text. */

export class Html {
  constructor(readonly markup: string) {}
}

type Child = string | number | Html | null | undefined | false | readonly Child[];

/** Markup that is known to be safe: our own style sheet, an SVG made by ../charts. */
export const raw = (markup: string): Html => new Html(markup);

/** Tagged template; what is filled in is escaped unless it is Html itself. */
export function html(strings: TemplateStringsArray, ...children: Child[]): Html {
  let markup = strings[0]!;
  children.forEach((child, index) => {
    markup += renderChild(child) + strings[index + 1]!;
  });
  return new Html(markup);
}

function renderChild(child: Child): string {
  if (child === null || child === undefined || child === false) return "";
  if (child instanceof Html) return child.markup;
  if (typeof child === "string" || typeof child === "number") return escapeHtml(String(child));
  return child.map(renderChild).join("");
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** For text and for quoted attributes; control characters and direction overrides are shown, not obeyed. */
export function escapeHtml(text: string): string {
  return text
    .replace(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    )
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

export interface Column {
  title: string;
  align?: "right";
}

/** Letters of a word that a column is not made wider for. */
const LONG_WORD = 16;

const hasLongWord = (cell: Child): boolean =>
  Array.isArray(cell)
    ? cell.some(hasLongWord)
    : typeof cell === "string" && cell.split(/[\s-]/).some((word) => word.length > LONG_WORD);

/** A real table: caption, column headings, the first cell of a row as its heading. */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Child[])[],
): Html {
  const numeric = (index: number) => (columns[index]?.align === "right" ? raw(' class="n"') : null);
  const kind = (index: number, cell: Child) =>
    numeric(index) ?? (hasLongWord(cell) ? raw(' class="long"') : null);
  return html`<table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column, index) => html`<th scope="col"${numeric(index)}>${column.title}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) => html`
<tr>${row.map((cell, index) =>
      index === 0
        ? html`<th scope="row"${kind(index, cell)}>${cell}</th>`
        : html`<td${kind(index, cell)}>${cell}</td>`,
    )}</tr>`,
  )}
</tbody>
</table>`;
}

/** A whole page that needs nothing else: no script, no outside address; the policy forbids both. */
export function page({ title, style, body }: { title: string; style: string; body: Html }): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
${body}
</body>
</html>
`.markup;
}
