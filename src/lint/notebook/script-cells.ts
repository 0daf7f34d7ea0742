/** Scripts that are notebooks: `# %%` markers, and marimo's functions. */

import type { PythonSource } from "../python/reader.ts";

const MARKER = /^[ \t]*#[ \t]*(?:%%|In\[[\d ]*\]:|<codecell>|COMMAND -{5,})(.*)$/gm;
const MARIMO = /^[ \t]*(?:import marimo|app[ \t]*=[ \t]*marimo\.App)\b/m;
const MARIMO_CELL =
  /^@app\.cell\b[^\n]*\n(?:async[ \t]+)?def[ \t]+\w+[ \t]*\((?:[^()]|\([^()]*\))*\)[^:\n]*:/gm;

/** A script as a program: with its cells where it has some. A byte order mark is blanked. */
export function programOfScript(path: string, original: string): PythonSource {
  const text = original.charCodeAt(0) === 0xfeff ? ` ${original.slice(1)}` : original;
  if (MARIMO.test(text)) return programOfMarimo(path, text);
  const marks = [...text.matchAll(MARKER)];
  if (marks.length === 0) return { path, text };
  const starts = [...(marks[0]!.index > 0 ? [0] : []), ...marks.map((mark) => mark.index)];
  const cells = starts.map((start, index) => ({
    index,
    range: { start, end: starts[index + 1] ?? text.length },
  }));
  const prose = marks.flatMap((mark) => {
    if (!/\[(?:markdown|md)\]/.test(mark[1] ?? "")) return [];
    const end = cells.find((cell) => cell.range.start === mark.index)?.range.end ?? text.length;
    const lines = text.slice(mark.index, end).split("\n").slice(1);
    return [
      {
        text: lines.map((line) => line.replace(/^\s*#\s?/, "")).join("\n"),
        range: { start: mark.index, end },
      },
    ];
  });
  return { path, text, cells, prose, isNotebook: false, written: [] };
}

/**
 * marimo's cells are functions that take and return the names they share. Their heads are written over with `if 1:`, of
 * equal length, so that their bodies are one module.
 */
function programOfMarimo(path: string, original: string): PythonSource {
  const starts: number[] = [];
  const text = original.replace(MARIMO_CELL, (head, offset: number) => {
    starts.push(offset);
    return `if 1:${head.slice(5).replace(/[^\r\n]/g, " ")}`;
  });
  const cells = starts.map((start, index) => ({
    index,
    range: { start, end: starts[index + 1] ?? text.length },
  }));
  const prose = [...text.matchAll(/\bmo\.md\(\s*[rRfF]*("""|''')([\s\S]*?)\1/g)].map((match) => ({
    text: match[2] ?? "",
    range: { start: match.index, end: match.index + match[0].length },
  }));
  if (cells.length === 0) return { path, text: original };
  return { path, text, cells, prose, isNotebook: true, written: [] };
}
