/** Whether a live run is forecast to pass its project's budget: asked now and then, and remembered for the status bar. */

import * as vscode from "vscode";
import type { RunSummary } from "../../energy/run.ts";
import type { RunStore } from "../runs/run-store.ts";

/** Looked at again when the run is half as long again, within these: a long run's forecast changes slowly. */
const SOONEST_MS = 2_000;
const LATEST_MS = 30_000;

export class BudgetWatch implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** Fires when the warning of a run came, went or changed. */
  readonly onDidChange = this.#changed.event;
  readonly #known = new Map<string, { askedAt: number; warning?: string }>();
  readonly #subscription: vscode.Disposable;

  constructor(store: RunStore) {
    this.#subscription = store.onDidChange(({ kind, run }) => {
      if (kind === "removed" || run.state !== "running") this.#known.delete(run.id);
      else void this.#look(run);
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** A sentence, while the live run's project has a budget that it is forecast to pass. */
  warning(run: RunSummary): string | undefined {
    return this.#known.get(run.id)?.warning;
  }

  async #look(run: RunSummary): Promise<void> {
    const before = this.#known.get(run.id);
    const now = Date.now();
    const wait = Math.min(LATEST_MS, Math.max(SOONEST_MS, run.duration * 500));
    if (run.energy.value === 0 || (before && now - before.askedAt < wait)) return;
    const entry = { askedAt: now, warning: before?.warning };
    this.#known.set(run.id, entry);
    let warning: string | undefined;
    try {
      warning = await (await import("./budget.lazy.ts")).budgetWarning(run, now);
    } catch {
      // A ledger that cannot be read is told where it is looked at; the bar has no place for it.
      return;
    }
    // The run ended meanwhile, or a later look was faster.
    if (this.#known.get(run.id) !== entry || warning === entry.warning) return;
    entry.warning = warning;
    this.#changed.fire();
  }
}
