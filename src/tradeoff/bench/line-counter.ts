/** Counts units in lines of text that a command or a server writes. Pure. */

import type { Count } from "./steady-state.ts";

/** A line without an end is cut here: nobody counts by it. */
const LONGEST = 64 * 1024;

/** Throws a RangeError with what is wrong with it. */
export function countPattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    throw new RangeError(`--count is not a regular expression: ${(error as Error).message}`);
  }
}

/** Units that a text tells: group "units", else the first unnamed group, else one for a match; null where nothing matches. */
export function unitsIn(text: string, pattern: RegExp): { units: number; seconds?: number } | null {
  const found = pattern.exec(text);
  if (!found) return null;
  const { units: named, seconds, ms } = found.groups ?? {};
  const told = named ?? (found.groups ? undefined : found[1]);
  const units = told === undefined ? 1 : Number(told);
  if (!Number.isFinite(units) || units <= 0) return null;
  const took = seconds !== undefined ? Number(seconds) : ms !== undefined ? Number(ms) / 1000 : Number.NaN;
  return { units, ...(Number.isFinite(took) && took >= 0 && { seconds: took }) };
}

export class LineCounter {
  readonly counts: Count[] = [];
  lines = 0;
  /** The last line that did not match. */
  unmatched: string | undefined;
  private readonly rests = new Map<string, string>();

  /** Without a pattern, each line is one unit. */
  constructor(private readonly pattern?: RegExp) {}

  /** @param at seconds since the start; `source` keeps the halves of lines of two streams apart */
  push(text: string, at: number, source = ""): void {
    const lines = ((this.rests.get(source) ?? "") + text).split(/\r\n|\n|\r/);
    this.rests.set(source, (lines.pop() ?? "").slice(-LONGEST));
    for (const line of lines) this.take(line, at);
  }

  /** What was written last may have no end of line. */
  end(at: number): void {
    for (const rest of this.rests.values()) this.take(rest, at);
    this.rests.clear();
  }

  private take(line: string, at: number): void {
    if (line.trim() === "") return;
    this.lines++;
    const found = this.pattern ? unitsIn(line, this.pattern) : { units: 1 };
    if (found) this.counts.push({ at, ...found });
    else this.unmatched = line;
  }
}
