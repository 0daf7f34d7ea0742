/** The one place in the editor that knows runs. Status bar, tree, dashboard and lenses read it; journals feed it. */

import type * as vscode from "vscode";
import type { PowerSeries, RunSummary } from "../../energy/run.ts";

export interface RunChange {
  kind: "added" | "updated" | "removed";
  run: RunSummary;
}

export interface RunStore extends vscode.Disposable {
  /** Fires at most four times per run and second while runs are live; at 1 Hz sampling, once. */
  readonly onDidChange: vscode.Event<RunChange>;
  /** Newest first, over all workspace folders. Cheap: no file is read. */
  runs(): readonly RunSummary[];
  get(id: string): RunSummary | undefined;
  /** The chart's points, folded from the journals in pieces that leave the host responsive. */
  series(id: string): Promise<PowerSeries>;
  /** The directory that holds the run's journals; undefined for an unknown run. */
  directory(id: string): string | undefined;
  /** Looks at the disk again (a run was just launched, the user pressed refresh). */
  refresh(): Promise<void>;
}
