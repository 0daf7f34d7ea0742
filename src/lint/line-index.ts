/** Lines of a text: between offsets (UTF-16 code units) and lines and columns, both from 0. \n, \r\n and \r end a line. */

export interface Position {
  line: number;
  column: number;
}

let last: LineIndex | undefined;

export class LineIndex {
  readonly #starts: number[] = [0];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    if (text.includes("\r")) {
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) this.#starts.push(at + 1);
      }
    } else
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }

  /** The lines of a text; of the last one that was asked for they are kept. */
  static of(text: string): LineIndex {
    if (last === undefined || last.#text !== text) last = new LineIndex(text);
    return last;
  }

  get count(): number {
    return this.#starts.length;
  }

  startOf(line: number): number {
    return this.#starts[Math.min(line, this.#starts.length - 1)]!;
  }

  /** Line of an offset; offsets outside the text count as its first or last. */
  lineOf(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  positionOf(offset: number): Position {
    const line = this.lineOf(offset);
    return { line, column: Math.max(0, offset - this.#starts[line]!) };
  }

  /** A line without its end. */
  text(line: number): string {
    const end = this.#starts[line + 1] ?? this.#text.length;
    return this.#text.slice(this.startOf(line), end).replace(/\r?\n$|\r$/, "");
  }
}
