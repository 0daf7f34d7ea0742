/** Lines of the runs table, with what a run's own summary does not tell: the run before it, and its ledger entry. */

import type { RunRow } from "../../../webview/protocol.ts";
import type { RunSummary } from "../../energy/run.ts";
import { readSummary } from "../../ledger/summary-file.node.ts";
import type { RunStore } from "../runs/run-store.ts";
import { runBefore, runRowOf, type ViewOptions } from "./dashboard-view.ts";

export class RunRows {
  /** Run -> hash of its entry, once it is known: an entry is never changed. */
  readonly #entries = new Map<string, string>();

  constructor(
    readonly store: RunStore,
    readonly options: ViewOptions,
  ) {}

  of(run: RunSummary): RunRow {
    return runRowOf(run, runBefore(run, this.store.runs()), this.#entryOf(run), this.options);
  }

  /** Lines of later runs of the same name: their run before was, or now is, this one. */
  after(run: RunSummary): RunRow[] {
    return this.store
      .runs()
      .filter((one) => one.name === run.name && one.folder === run.folder && one.startedAt > run.startedAt)
      .map((one) => this.of(one));
  }

  inLedger(id: string): boolean {
    return this.#entries.has(id);
  }

  forget(id: string): void {
    this.#entries.delete(id);
  }

  /** The closed run's cached summary names its entry. */
  #entryOf(run: RunSummary): string | null {
    if (run.state === "running") return null;
    const known = this.#entries.get(run.id);
    if (known) return known;
    const directory = this.store.directory(run.id);
    const entry = directory ? readSummary(directory)?.entry : undefined;
    if (entry) this.#entries.set(run.id, entry);
    return entry ?? null;
  }
}
