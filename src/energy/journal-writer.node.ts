/**
 * Appends records to one journal file, at once, so that a process which crashes in the next moment has written them. Never
 * throws: while the disk is full or the folder is gone, lines wait in memory and are tried again with the next. What must
 * not wait for a disk that stalls uses background-journal.node.ts.
 */

import * as fs from "node:fs";
import type { JournalRecord } from "./journal.ts";
import { JournalLines } from "./journal-lines.ts";

export class JournalWriter {
  private fd: number | undefined;
  private readonly lines = new JournalLines();
  lastError: NodeJS.ErrnoException | undefined;

  constructor(readonly file: string) {}

  /** Returns the line as it is written. */
  append(record: JournalRecord): string {
    const line = `${JSON.stringify(record)}\n`;
    this.lines.add(line);
    this.flush();
    return line;
  }

  /** True when everything is on disk. */
  flush(): boolean {
    if (this.lines.empty) return true;
    try {
      this.fd ??= fs.openSync(this.file, "a");
      const text = this.lines.text();
      if (!this.lines.wrote(text, fs.writeSync(this.fd, text))) {
        throw Object.assign(new Error("only a part could be written"), { code: "ENOSPC" });
      }
      this.lastError = undefined;
      return true;
    } catch (error) {
      this.failed(error as NodeJS.ErrnoException);
      return false;
    }
  }

  close(): boolean {
    const complete = this.flush();
    this.closeFile();
    return complete;
  }

  private failed(error: NodeJS.ErrnoException): void {
    this.lastError = error;
    // Opened anew at the next try.
    if (error.code !== "ENOSPC") this.closeFile();
    this.lines.dropSome();
  }

  private closeFile(): void {
    if (this.fd === undefined) return;
    try {
      fs.closeSync(this.fd);
    } catch {
      // What could be written is written.
    }
    this.fd = undefined;
  }
}
