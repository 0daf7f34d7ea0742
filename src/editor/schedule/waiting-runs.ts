/** Runs that wait for their start, of all projects that are open: who waits is in files, so any window sees it. */

import * as vscode from "vscode";
import { readWaiting, type WaitingRun } from "../../carbon/schedule/waiting-run.node.ts";
import { fairwattFolders } from "../../energy/run-folder.node.ts";
import { FolderWatch } from "../runs/folder-watch.ts";
import type { ProjectFolders } from "../runs/project-folders.ts";

/** While one waits: a runner that was killed takes its file with it no more. */
const LOOK_MS = 5_000;

export class WaitingRuns implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #watches = new Map<string, FolderWatch>();
  #list: readonly WaitingRun[] = [];
  #timer: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(private readonly folders: ProjectFolders) {}

  /** Soonest first. */
  list(): readonly WaitingRun[] {
    return this.#list;
  }

  async refresh(): Promise<void> {
    const projects = this.folders.list();
    for (const project of projects) this.#watch(project);
    const found = await Promise.all(projects.flatMap(fairwattFolders).map(readWaiting));
    if (this.#disposed) return;
    const list = found.flat().sort((a, b) => a.start - b.start);
    const changed = JSON.stringify(list) !== JSON.stringify(this.#list);
    this.#list = list;
    clearTimeout(this.#timer);
    if (list.length > 0) this.#timer = setTimeout(() => void this.refresh(), LOOK_MS);
    if (changed) this.#changed.fire();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    for (const watch of this.#watches.values()) watch.dispose();
    this.#changed.dispose();
  }

  #watch(project: string): void {
    if (this.#watches.has(project)) return;
    const watch = new FolderWatch(project, [".fairwatt", "waiting"], () => void this.refresh());
    this.#watches.set(project, watch);
  }
}
