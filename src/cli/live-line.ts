/**
 * One line on the terminal's last row while a command runs above it. The rows above become the scroll region
 * (DECSTBM, VT100), as in apt's progress bar, so the command's output, its bars and its colours pass unharmed.
 */

import * as fs from "node:fs";
import fitted from "fast-string-truncated-width";

export interface LiveLine {
  /** Shows this text from now on; at most one write a second, the newest text wins. */
  update(text: string): void;
  /** Gives the last row back. Safe to call twice; also done at process exit. */
  close(): void;
}

/** What is used of `process.stderr`. */
interface LiveStream {
  readonly fd: number;
  readonly columns?: number;
  readonly rows?: number;
  on(event: "resize", listener: () => void): unknown;
  off(event: "resize", listener: () => void): unknown;
}

const MIN_ROWS = 4;
const MIN_COLUMNS = 20;
const WRITE_EVERY_MS = 1000;

const SAVE_CURSOR = "\x1b7";
const RESTORE_CURSOR = "\x1b8";
const FULL_REGION = "\x1b[r";
const goToRow = (row: number) => `\x1b[${row};1H`;
const ERASE_LINE = "\x1b[2K";
const ERASE_BELOW = "\x1b[J";
/** Index, then up: where the cursor is on the last row, its line moves up by one; elsewhere nothing moves, nor the column. */
const LEAVE_LAST_ROW = "\x1bD\x1b[A";

/**
 * Everything goes out in one write per update, past the stream's own buffer: a torn sequence would end up in the
 * command's output. Where the terminal is too small or dumb, nothing is written at all.
 */
export function createLiveLine(
  stream: LiveStream,
  write: (bytes: string) => void = (bytes) => writeAtOnce(stream.fd, bytes),
): LiveLine {
  let text = "";
  let lastWrite = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  /** Rows of the terminal for which the region is set; 0: it is not. */
  let regionRows = 0;
  let resized = false;
  let closed = false;

  const usable = () =>
    (stream.rows ?? 0) >= MIN_ROWS && (stream.columns ?? 0) >= MIN_COLUMNS && process.env.TERM !== "dumb";

  const draw = () => {
    timer = undefined;
    if (closed) return;
    if (!usable()) {
      release();
      return;
    }
    const rows = stream.rows ?? 0;
    const columns = stream.columns ?? 0;
    let bytes = "";
    if (regionRows !== rows) {
      bytes += SAVE_CURSOR + FULL_REGION + RESTORE_CURSOR + LEAVE_LAST_ROW;
      // The old line is now somewhere below the command's cursor: whether rows were added above or below, only the terminal knows.
      if (resized) bytes += ERASE_BELOW;
      resized = false;
      bytes += `${SAVE_CURSOR}\x1b[1;${rows - 1}r${RESTORE_CURSOR}`;
      regionRows = rows;
    }
    // The last column stays empty: a character there would leave some terminals about to wrap.
    const line = `\x1b[0;2m${truncateToWidth(text, columns - 1)}\x1b[0m`;
    write(`${bytes}${SAVE_CURSOR}${goToRow(rows)}${ERASE_LINE}${line}${RESTORE_CURSOR}`);
    lastWrite = performance.now();
  };

  const release = () => {
    if (regionRows === 0) return;
    const lastRow = stream.rows ?? regionRows;
    regionRows = 0;
    write(`${SAVE_CURSOR}${FULL_REGION}${goToRow(lastRow)}${ERASE_LINE}${RESTORE_CURSOR}`);
  };

  const onResize = () => {
    // Terminals drop the region when their size changes; the command may scroll over the last row until it is set again.
    resized ||= regionRows > 0;
    regionRows = 0;
    if (timer) clearTimeout(timer);
    if (text !== "") draw();
  };

  const close = () => {
    if (closed) return;
    closed = true;
    if (timer) clearTimeout(timer);
    stream.off("resize", onResize);
    process.off("exit", close);
    release();
  };

  stream.on("resize", onResize);
  process.on("exit", close);

  return {
    update(next) {
      text = next;
      if (closed || timer) return;
      const wait = lastWrite + WRITE_EVERY_MS - performance.now();
      if (wait <= 0) draw();
      else timer = setTimeout(draw, wait).unref();
    },
    close,
  };
}

/** Cuts at `width` terminal columns, with an ellipsis, never inside a character. */
export function truncateToWidth(text: string, width: number): string {
  const { truncated, ellipsed, index } = fitted(text, { limit: width, ellipsis: "…" });
  return truncated ? text.slice(0, index) + (ellipsed ? "…" : "") : text;
}

function writeAtOnce(fd: number, bytes: string): void {
  try {
    fs.writeSync(fd, bytes);
  } catch {
    // The terminal is gone or full (EIO, EPIPE, EAGAIN): the line is skipped, the run goes on.
  }
}
