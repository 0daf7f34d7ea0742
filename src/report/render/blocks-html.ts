/** Parts of a document as HTML. */

import type { Block } from "../documents/blocks.ts";
import { type Html, html, table } from "./html.ts";

export function blockHtml(block: Block): Html {
  if ("heading" in block)
    return block.level === 2 ? html`<h2>${block.heading}</h2>` : html`<h3>${block.heading}</h3>`;
  if ("text" in block) return html`<p>${block.text}</p>`;
  if ("list" in block) return html`<ul>${block.list.map((item) => html`<li>${item}</li>`)}</ul>`;
  if ("facts" in block)
    return html`<dl>${block.facts.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`;
  if ("code" in block) return html`<pre><code>${block.code}</code></pre>`;
  const { caption, columns, rows } = block.table;
  return table(caption, columns, rows);
}
