/** A run on the terminal's last row while it is measured. */

import { RunFold } from "../energy/fold.ts";
import type { JournalRecord } from "../energy/journal.ts";
import type { RunSummary } from "../energy/run.ts";

/** Folds what a runner hears, and shows it once a second where standard error is a terminal. */
export class LiveView {
  readonly fold = new RunFold();
  private line: { update(text: string): void; close(): void } | undefined;
  private liveText: ((summary: RunSummary) => string) | undefined;
  private closed = false;

  constructor(wanted: boolean) {
    if (wanted && process.stderr.isTTY) void this.open();
  }

  push(record: JournalRecord, file: string): void {
    this.fold.push(record, file);
    if (record.type === "sample") this.show();
  }

  close(): void {
    this.closed = true;
    this.line?.close();
    this.line = undefined;
  }

  private async open(): Promise<void> {
    const [{ createLiveLine }, { liveText }] = await Promise.all([
      import("./live-line.ts"),
      import("./describe-run-line.ts"),
    ]);
    if (this.closed) return;
    this.liveText = liveText;
    this.line = createLiveLine(process.stderr);
    this.show();
  }

  private show(): void {
    if (this.line && this.liveText && this.fold.started) {
      this.line.update(this.liveText(this.fold.summary({ alive: true })));
    }
  }
}
