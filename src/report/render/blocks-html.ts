/** Parts of a document as HTML. */

import { barChart } from "../charts/bar-chart.ts";
import { type Block, type FieldTable, missingText, sourceWords } from "../documents/blocks.ts";
import { type Html, html, raw, table } from "./html.ts";

export function blockHtml(block: Block): Html {
  if ("heading" in block)
    return block.level === 2 ? html`<h2>${block.heading}</h2>` : html`<h3>${block.heading}</h3>`;
  if ("text" in block) return html`<p>${block.text}</p>`;
  if ("list" in block) return html`<ul>${block.list.map((item) => html`<li>${item}</li>`)}</ul>`;
  if ("facts" in block)
    return html`<dl>${block.facts.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`;
  if ("code" in block) return html`<pre><code>${block.code}</code></pre>`;
  if ("fields" in block) return fieldsHtml(block.fields);
  if ("bars" in block) {
    return html`<figure>${raw(barChart(block.bars))}<figcaption>${block.bars.title}, ${block.bars.unit}. Thin lines: range.</figcaption></figure>`;
  }
  const { caption, columns, rows } = block.table;
  return table(caption, columns, rows);
}

function fieldsHtml({ caption, rows }: FieldTable): Html {
  return table(
    caption,
    [{ title: "Field" }, { title: "Clause" }, { title: "Value" }, { title: "Source" }],
    rows.map((row) => [
      row.label,
      row.clause ?? "",
      row.value
        ? row.value.map((part, index) => (index === 0 ? part : [raw("<br>"), part]))
        : html`<mark>${missingText(row)}</mark>`,
      sourceWords(row),
    ]),
  );
}
