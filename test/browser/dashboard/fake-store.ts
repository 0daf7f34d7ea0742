/** A run store that holds what a test puts into it. */

import type { RunChange, RunStore } from "../../../src/editor/runs/run-store.ts";
import type { PowerSeries, RunSummary } from "../../../src/energy/run.ts";
import { Emitter } from "../page/fake-editor.ts";
import type { MadeRun } from "./runs.ts";

export class FakeStore implements RunStore {
  readonly changed = new Emitter<RunChange>();
  readonly onDidChange = this.changed.event as RunStore["onDidChange"];
  readonly made = new Map<string, MadeRun>();
  /** Times that a series was read: what a hidden page must not cause. */
  seriesReads = 0;

  constructor(runs: readonly MadeRun[] = []) {
    for (const run of runs) this.made.set(run.summary.id, run);
  }

  runs(): readonly RunSummary[] {
    return [...this.made.values()].map((run) => run.summary).sort((a, b) => b.startedAt - a.startedAt);
  }

  get(id: string): RunSummary | undefined {
    return this.made.get(id)?.summary;
  }

  async series(id: string): Promise<PowerSeries> {
    this.seriesReads++;
    return this.made.get(id)?.series ?? { t: [], watts: [], energy: [] };
  }

  directory(): string | undefined {
    return undefined;
  }

  async refresh(): Promise<void> {}

  dispose(): void {}

  /** Adds or changes a run and tells about it. */
  put(run: MadeRun): void {
    const kind = this.made.has(run.summary.id) ? "updated" : "added";
    this.made.set(run.summary.id, run);
    this.changed.fire({ kind, run: run.summary });
  }

  remove(id: string): void {
    const run = this.made.get(id)!;
    this.made.delete(id);
    this.changed.fire({ kind: "removed", run: run.summary });
  }
}
