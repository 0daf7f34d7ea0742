/** The run store over the disk: finds run directories, loads them in the background, follows the live ones. */

import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import type { RunFold } from "../../energy/fold.ts";
import { readRun } from "../../energy/read-run.node.ts";
import type { PowerSeries, RunSummary } from "../../energy/run.ts";
import { fairwattFolders, runsFolder } from "../../energy/run-folder.node.ts";
import { FolderWatch } from "./folder-watch.ts";
import type { ProjectFolders } from "./project-folders.ts";
import { RunEntry } from "./run-entry.ts";
import type { RunChange, RunStore } from "./run-store.ts";

/** Run directories that are read at the same time. */
const AT_ONCE = 4;
/** Points that a chart gets at most. */
const MOST_POINTS = 4_000;
const RUN_ID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

export class FileRunStore implements RunStore {
  private readonly changed = new vscode.EventEmitter<RunChange>();
  readonly onDidChange = this.changed.event;
  private readonly entries = new Map<string, RunEntry>();
  private readonly watches = new Map<string, FolderWatch>();
  private sorted: RunSummary[] | undefined;
  private clock: NodeJS.Timeout | undefined;
  private refreshing: Promise<void> | undefined;
  private refreshAgain = false;
  /** Fold of the closed run whose chart was asked for last: opening a tab twice reads once. */
  private lastFold: { id: string; fold: RunFold } | undefined;
  private disposed = false;

  constructor(
    private readonly folders: ProjectFolders,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  runs(): readonly RunSummary[] {
    this.sorted ??= [...this.entries.values()]
      .map((entry) => entry.summary)
      .filter((summary) => summary !== undefined)
      .sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1));
    return this.sorted;
  }

  get(id: string): RunSummary | undefined {
    return this.entries.get(id)?.summary;
  }

  directory(id: string): string | undefined {
    return this.entries.get(id)?.directory;
  }

  async series(id: string): Promise<PowerSeries> {
    const entry = this.entries.get(id);
    if (!entry) return { t: [], watts: [], energy: [] };
    if (entry.fold) return entry.fold.series({ maxPoints: MOST_POINTS });
    if (this.lastFold?.id !== id) {
      const { fold } = await readRun(entry.directory);
      this.lastFold = { id, fold };
    }
    return this.lastFold.fold.series({ maxPoints: MOST_POINTS });
  }

  /** Only one look at the disk runs at a time; one more is queued behind it at most. */
  refresh(): Promise<void> {
    if (this.refreshing) {
      this.refreshAgain = true;
      return this.refreshing;
    }
    this.refreshing = this.scan().finally(() => {
      this.refreshing = undefined;
      if (this.refreshAgain && !this.disposed) {
        this.refreshAgain = false;
        void this.refresh();
      }
    });
    return this.refreshing;
  }

  dispose(): void {
    this.disposed = true;
    clearInterval(this.clock);
    for (const entry of this.entries.values()) entry.dispose();
    for (const watch of this.watches.values()) watch.dispose();
    this.changed.dispose();
  }

  private async scan(): Promise<void> {
    const found = new Map<string, string>();
    const looked = new Set<string>();
    for (const project of this.folders.list()) {
      for (const fairwatt of fairwattFolders(project)) {
        this.watch(project, fairwatt, looked);
        for (const name of await listNames(runsFolder(fairwatt))) {
          if (RUN_ID.test(name) && !found.has(name)) found.set(name, path.join(runsFolder(fairwatt), name));
        }
      }
    }
    for (const [root, watch] of this.watches) if (!looked.has(root)) this.unwatch(root, watch);
    this.forgetMissing(found);
    await this.loadNew(found);
    await Promise.all([...this.entries.values()].map((entry) => entry.revive()));
    this.keepClock();
  }

  private watch(project: string, fairwatt: string, looked: Set<string>): void {
    looked.add(fairwatt);
    if (this.watches.has(fairwatt)) return;
    const own = path.dirname(fairwatt) === project;
    const root = own ? project : fairwatt;
    // The stand-in folder of a writable project never comes to be: it is watched once it is there.
    if (!own && !fs.existsSync(fairwatt)) return;
    const steps = own ? [path.basename(fairwatt), "runs"] : ["runs"];
    this.watches.set(fairwatt, new FolderWatch(root, steps, () => void this.refresh()));
  }

  private unwatch(root: string, watch: FolderWatch): void {
    watch.dispose();
    this.watches.delete(root);
  }

  private forgetMissing(found: ReadonlyMap<string, string>): void {
    for (const [id, entry] of this.entries) {
      if (found.has(id)) continue;
      this.entries.delete(id);
      entry.dispose();
      this.sorted = undefined;
      if (entry.summary) this.changed.fire({ kind: "removed", run: entry.summary });
    }
  }

  /** Newest first, a few at a time; the host gets its turn between them. */
  private async loadNew(found: ReadonlyMap<string, string>): Promise<void> {
    const waiting = [...found.keys()].filter((id) => !this.entries.has(id)).sort();
    const worker = async () => {
      for (let id = waiting.pop(); id !== undefined && !this.disposed; id = waiting.pop()) {
        const entry = new RunEntry(id, found.get(id)!, this.entryChanged, this.entryFailed);
        this.entries.set(id, entry);
        await entry.load();
        this.keepClock();
        await new Promise(setImmediate);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  private readonly known = new WeakSet<RunEntry>();

  private readonly entryChanged = (entry: RunEntry): void => {
    if (this.disposed || !entry.summary) return;
    const kind = this.known.has(entry) ? "updated" : "added";
    this.known.add(entry);
    this.sorted = undefined;
    if (this.lastFold?.id === entry.id) this.lastFold = undefined;
    this.changed.fire({ kind, run: entry.summary });
  };

  private readonly entryFailed = (entry: RunEntry, error: unknown): void => {
    this.log.warn(
      `${entry.directory} was left out: ${error instanceof Error ? error.message : String(error)}`,
    );
    // Forgotten, so that the next look at the disk tries again.
    if (!entry.summary) this.entries.delete(entry.id);
  };

  /** One second, only while a run is live: what a watcher misses, and runners that die without a word. */
  private keepClock(): void {
    const live = [...this.entries.values()].some((entry) => entry.live);
    if (live && !this.disposed) {
      this.clock ??= setInterval(() => {
        for (const entry of this.entries.values()) if (entry.live) void entry.look();
        this.keepClock();
      }, 1_000);
    } else {
      clearInterval(this.clock);
      this.clock = undefined;
    }
  }
}

async function listNames(folder: string): Promise<string[]> {
  try {
    return await fs.promises.readdir(folder);
  } catch {
    return [];
  }
}
