/** Rows to Markdown, one table for each group. */

import type { Row } from "./row.ts";

const HEAD = ["", "Fairwatt", "peer", "ratio", "goal", "met"];

export function markdownTables(rows: readonly Row[]): string {
  const groups = [...new Set(rows.map((row) => row.group))];
  return groups
    .map((group) => {
      const lines = rows.filter((row) => row.group === group).map(cells);
      return `## ${group}\n\n${table([HEAD, ...lines])}\n`;
    })
    .join("\n");
}

function cells(row: Row): string[] {
  const met = row.met === undefined ? "" : row.met ? "yes" : "**no**";
  return [row.what, row.ours, row.peer ?? "", row.ratio ?? "", row.goal ?? "", met];
}

function table(rows: string[][]): string {
  const widths = HEAD.map((_, column) => Math.max(3, ...rows.map((row) => row[column]!.length)));
  const line = (row: string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(" | ")} |`;
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  return [line(rows[0]!), rule, ...rows.slice(1).map(line)].join("\n");
}
