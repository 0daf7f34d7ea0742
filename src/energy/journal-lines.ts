/** Lines of one journal that are not on disk yet, whatever becomes of a write. Pure. */

const MAX_WAITING = 20_000;
const NEWLINE = 10;

export class JournalLines {
  private waiting: string[] = [];
  /** A write stopped inside a line: the next one begins on a fresh line so that only the torn one is lost. */
  private torn = false;
  private taken = 0;

  get empty(): boolean {
    return this.waiting.length === 0;
  }

  add(line: string): void {
    this.waiting.push(line);
  }

  /** What is to be written now. Lines may be added meanwhile. */
  text(): string {
    this.taken = this.waiting.length;
    return (this.torn ? "\n" : "") + this.waiting.join("");
  }

  /** The first `written` bytes of `text` went out: whole lines of them are done, a torn one is written again. True if all did. */
  wrote(text: string, written: number): boolean {
    const bytes = Buffer.byteLength(text);
    if (written === bytes) {
      this.torn = false;
      this.waiting.splice(0, this.taken);
      return true;
    }
    if (written > 0) this.wrotePart(Buffer.from(text), written);
    return false;
  }

  private wrotePart(bytes: Buffer, written: number): void {
    const out = bytes.subarray(0, written);
    const whole = out.lastIndexOf(NEWLINE) + 1;
    this.torn = whole < written;
    // Where the line's end alone is missing, the next write begins with it.
    this.waiting.splice(0, linesIn(bytes[written] === NEWLINE ? out : out.subarray(0, whole)));
  }

  /** When too many wait, those in the middle go: that costs resolution and no energy, because counters are cumulative. */
  dropSome(): void {
    if (this.waiting.length <= MAX_WAITING) return;
    const half = MAX_WAITING / 2;
    this.waiting = [...this.waiting.slice(0, half / 10), ...this.waiting.slice(-half)];
  }
}

function linesIn(bytes: Buffer): number {
  return bytes
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "").length;
}
