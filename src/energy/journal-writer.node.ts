/**
 * Appends records to one journal file. Never throws and never blocks the run: while the disk is full or the folder is
 * gone, lines wait in memory and are tried again with the next; when too many wait, samples in the middle are dropped,
 * which costs resolution and no energy, because counters are cumulative.
 */

import * as fs from "node:fs";
import type { JournalRecord } from "./journal.ts";

const MAX_WAITING = 20_000;

export class JournalWriter {
  private fd: number | undefined;
  private waiting: string[] = [];
  /** A write stopped inside a line: the next one begins on a fresh line so that only the torn one is lost. */
  private torn = false;
  private failedSince: number | undefined;
  lastError: NodeJS.ErrnoException | undefined;

  constructor(readonly file: string) {}

  /** Returns the line as it is written. */
  append(record: JournalRecord): string {
    const line = `${JSON.stringify(record)}\n`;
    this.waiting.push(line);
    this.flush();
    return line;
  }

  /** True when everything is on disk. */
  flush(): boolean {
    if (this.waiting.length === 0) return true;
    try {
      this.fd ??= fs.openSync(this.file, "a");
      const text = (this.torn ? "\n" : "") + this.waiting.join("");
      const bytes = Buffer.from(text);
      const written = fs.writeSync(this.fd, bytes);
      if (written < bytes.length) {
        this.keepFrom(bytes, written);
        throw Object.assign(new Error("only a part could be written"), { code: "ENOSPC" });
      }
      this.waiting = [];
      this.torn = false;
      this.recovered();
      return true;
    } catch (error) {
      this.failed(error as NodeJS.ErrnoException);
      return false;
    }
  }

  close(): boolean {
    const complete = this.flush();
    if (this.fd !== undefined) {
      try {
        fs.closeSync(this.fd);
      } catch {
        // What could be written is written.
      }
      this.fd = undefined;
    }
    return complete;
  }

  /** After a short write: whole lines that went out are done, a torn one is written again. */
  private keepFrom(bytes: Buffer, written: number): void {
    const lastNewline = bytes.subarray(0, written).lastIndexOf(10);
    this.torn = lastNewline + 1 < written || this.torn;
    this.waiting = bytes
      .subarray(lastNewline + 1)
      .toString("utf8")
      .split(/(?<=\n)/)
      .filter((line) => line.trim() !== "");
  }

  private failed(error: NodeJS.ErrnoException): void {
    this.lastError = error;
    this.failedSince ??= Date.now();
    if (this.fd !== undefined && error.code !== "ENOSPC") {
      try {
        fs.closeSync(this.fd);
      } catch {
        // Opened anew at the next try.
      }
      this.fd = undefined;
    }
    if (this.waiting.length > MAX_WAITING) {
      const half = MAX_WAITING / 2;
      this.waiting = [...this.waiting.slice(0, half / 10), ...this.waiting.slice(-half)];
    }
  }

  private recovered(): void {
    this.failedSince = undefined;
    this.lastError = undefined;
  }
}
