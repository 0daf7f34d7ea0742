/** Tables and marks for the terminal: aligned by what a terminal shows, plain where nobody looks. */

import stringWidth from "fast-string-width";
import { printable } from "./printable.ts";

export interface Column {
  title: string;
  align?: "left" | "right";
}

/** Rows under a dim heading, two spaces between columns; the last column is not padded. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const titles = columns.map(({ title }) => printable(title));
  const cells = rows.map((row) => columns.map((_, index) => printable(row[index] ?? "")));
  const widths = titles.map((title, index) =>
    Math.max(stringWidth(title), ...cells.map((row) => stringWidth(row[index]!))),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => {
        const space = " ".repeat(widths[index]! - stringWidth(cell));
        if (columns[index]!.align === "right") return space + cell;
        return index === row.length - 1 ? cell : cell + space;
      })
      .join("  ")
      .trimEnd();
  return [dim(line(titles)), ...cells.map(line)];
}

/** Whether standard output takes colours: NO_COLOR and FORCE_COLOR first, then whether it is a terminal. */
export function hasColour(env = process.env, isTty = process.stdout.isTTY): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR && env.FORCE_COLOR !== "0") return true;
  return Boolean(isTty) && env.TERM !== "dumb";
}

const sgr = (code: number, off: number) => (text: string) =>
  hasColour() && text !== "" ? `\x1b[${code}m${text}\x1b[${off}m` : text;

export const bold = sgr(1, 22);
export const dim = sgr(2, 22);
export const red = sgr(31, 39);
export const yellow = sgr(33, 39);

/** Writes lines to standard output and waits until a pipe has taken them, or its reader has left (`src/cli.ts`). */
export function print(lines: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(`${lines.join("\n")}\n`, () => resolve());
  });
}

export const printJson = (value: unknown): Promise<void> => print([JSON.stringify(value, null, 2)]);
