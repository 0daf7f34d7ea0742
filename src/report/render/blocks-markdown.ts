/** Parts of a document as Markdown (GitHub's, for its tables). */

import type { BarFigure, Block, BlockTable } from "../documents/blocks.ts";
import { fieldsAsTable } from "./common-blocks.ts";

export function blockMarkdown(block: Block): string {
  if ("heading" in block) return `${"#".repeat(block.level)} ${escapeMarkdown(block.heading)}`;
  if ("text" in block) return escapeMarkdown(block.text);
  if ("list" in block) return block.list.map((item) => `- ${escapeMarkdown(item)}`).join("\n");
  if ("facts" in block)
    return block.facts
      .map(([term, value]) => `- **${escapeMarkdown(term)}:** ${escapeMarkdown(value)}`)
      .join("\n");
  if ("code" in block) return `\`\`\`\n${visible(block.code).replaceAll("```", "'''")}\n\`\`\``;
  if ("fields" in block) return tableMarkdown(fieldsAsTable(block.fields));
  if ("bars" in block) return tableMarkdown(barsAsTable(block.bars));
  return tableMarkdown(block.table);
}

/** Markdown has no figures of its own: the numbers that would be drawn. */
function barsAsTable({ title, unit, bars }: BarFigure): BlockTable {
  return {
    caption: `${title}, ${unit}.`,
    columns: [{ title: "What" }, { title: "Value", align: "right" }],
    rows: bars.map(({ label, text }) => [label, text]),
  };
}

function tableMarkdown({ caption, columns, rows }: BlockTable): string {
  const row = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(" | ")} |`;
  return [
    `*${escapeMarkdown(caption)}*`,
    "",
    row(columns.map(({ title }) => title)),
    `|${columns.map(({ align }) => (align === "right" ? " ---: " : " --- ")).join("|")}|`,
    ...rows.map(row),
  ].join("\n");
}

/** Text as itself: no markup, no line of its own. */
export function escapeMarkdown(text: string): string {
  return visible(text.replace(/\s*\r?\n\s*/g, " "))
    .replace(/[\\`*_[\]<>|~]/g, "\\$&")
    .replace(/^(\s*)([#+=-]|\d+[.)])(?=\s|$)/, "$1\\$2")
    .replaceAll("&", "&amp;");
}

/** Control characters and direction overrides are shown, not obeyed. */
function visible(text: string): string {
  return text.replace(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
