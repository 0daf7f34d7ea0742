/** What other extensions, and our own suites, may ask of Fairwatt. Grows by new members; `version` changes when one goes. */

import type * as vscode from "vscode";
import type { RunSummary } from "../energy/run.ts";
import type { RunChange, RunStore } from "./runs/run-store.ts";
import type { StatusBar } from "./status/register.ts";

export interface FairwattApi {
  readonly version: 1;
  /** Milliseconds that activation took; the benchmark and a suite hold it against its goal. */
  readonly activatedIn: number;
  /** Newest first, over all workspace folders. */
  runs(): readonly RunSummary[];
  readonly onDidChangeRuns: vscode.Event<RunChange>;
  /** Looks at the disk now; resolves when all runs found are loaded. */
  refresh(): Promise<void>;
  /** What the status bar says; undefined while there is nothing to say. */
  status(): { text: string; accessible: string } | undefined;
}

export function createApi(store: RunStore, status: StatusBar, activatedIn: number): FairwattApi {
  return {
    version: 1,
    activatedIn,
    runs: () => store.runs(),
    onDidChangeRuns: store.onDidChange,
    refresh: () => store.refresh(),
    status: () => status.shown && { text: status.shown.text, accessible: status.shown.accessible },
  };
}
