/** Notices new runs in one `.fairwatt/runs` without polling, also before that folder exists. */

import * as fs from "node:fs";
import * as path from "node:path";

/**
 * Watches the nearest existing folder on the way from `root` down to `<root>/<steps...>` and moves down as folders
 * appear. `onChange` is called when names in the last folder change. Where the system cannot watch (limits, network
 * file systems), nothing is called: the window's focus and the refresh command look at the disk again.
 */
export class FolderWatch {
  private watcher: fs.FSWatcher | undefined;
  private watched = "";
  /** Of the watched folder: one that was deleted and made again has another, and its watcher is deaf. */
  private inode = 0;
  private timer: NodeJS.Timeout | undefined;
  private disposed = false;

  constructor(
    private readonly root: string,
    private readonly steps: readonly string[],
    private readonly onChange: () => void,
  ) {
    this.arm();
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
    this.watcher?.close();
  }

  private arm(): void {
    if (this.disposed) return;
    const target = this.nearest();
    const inode = inodeOf(target);
    if (target === this.watched && inode === this.inode && this.watcher) return;
    this.watcher?.close();
    this.watcher = undefined;
    this.watched = target;
    this.inode = inode;
    if (!target) return;
    try {
      this.watcher = fs.watch(target, { persistent: false }, () => this.soon());
      this.watcher.on("error", () => {
        this.watcher?.close();
        this.watcher = undefined;
        this.soon();
      });
    } catch {
      this.watched = "";
    }
  }

  /** A new run makes several events at once; one look is enough. */
  private soon(): void {
    if (this.timer || this.disposed) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      const before = this.watched;
      this.arm();
      const last = path.join(this.root, ...this.steps);
      if (this.watched === last || before === last) this.onChange();
    }, 50);
  }

  private nearest(): string {
    let folder = this.root;
    if (!fs.existsSync(folder)) return "";
    for (const step of this.steps) {
      const below = path.join(folder, step);
      if (!fs.existsSync(below)) break;
      folder = below;
    }
    return folder;
  }
}

function inodeOf(folder: string): number {
  try {
    return fs.statSync(folder).ino;
  } catch {
    return 0;
  }
}
