/**
 * Appends records to one journal file without ever waiting for the disk: a network file system that stalls holds a thread of
 * the pool and not the runner, which has a command to end with. What a full disk or a folder that is gone refuses waits in
 * memory and is tried again with the next record.
 */

import { promises as fs } from "node:fs";
import type { JournalRecord } from "./journal.ts";
import { JournalLines } from "./journal-lines.ts";

export class BackgroundJournal {
  private readonly lines = new JournalLines();
  private handle: fs.FileHandle | undefined;
  private writing: Promise<void> | undefined;
  private lastError: NodeJS.ErrnoException | undefined;

  constructor(readonly file: string) {}

  append(record: JournalRecord): void {
    this.lines.add(`${JSON.stringify(record)}\n`);
    this.writing ??= this.write();
  }

  /**
   * Waits until everything is on disk, for `patience` ms at most.
   * @returns why it is not; "stalled": a write is still under way and may be for ever
   */
  async close(patience: number): Promise<NodeJS.ErrnoException | "stalled" | undefined> {
    const closed = this.finish().then(() => this.lastError);
    let timer: NodeJS.Timeout | undefined;
    const stalled = new Promise<"stalled">((resolve) => {
      timer = setTimeout(() => resolve("stalled"), patience);
    });
    const outcome = await Promise.race([closed, stalled]);
    clearTimeout(timer);
    return outcome;
  }

  private async finish(): Promise<void> {
    await this.writing;
    if (!this.lines.empty) await this.write();
    await this.handle?.close().catch(() => undefined);
  }

  /** Never throws. */
  private async write(): Promise<void> {
    try {
      while (!this.lines.empty) {
        this.handle ??= await fs.open(this.file, "a");
        const text = this.lines.text();
        const { bytesWritten } = await this.handle.write(text);
        this.lines.wrote(text, bytesWritten);
        // The next try of what is left says why it was cut short.
      }
      this.lastError = undefined;
    } catch (error) {
      this.lastError = error as NodeJS.ErrnoException;
      this.lines.dropSome();
      if (this.lastError.code !== "ENOSPC") await this.reopenNextTime();
    } finally {
      this.writing = undefined;
    }
  }

  private async reopenNextTime(): Promise<void> {
    const { handle } = this;
    this.handle = undefined;
    await handle?.close().catch(() => undefined);
  }
}
