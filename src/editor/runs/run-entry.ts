/** One run directory as the store sees it: read once, followed while it is live, then only its summary is kept. */

import * as fs from "node:fs";
import * as path from "node:path";
import type { RunFold } from "../../energy/fold.ts";
import { RunTail } from "../../energy/read-run.node.ts";
import { RUN_STATES, type RunSummary } from "../../energy/run.ts";
import { journalFiles, SUMMARY_FILE } from "../../energy/run-folder.node.ts";

/** Least time between two looks at a live run, ms. At 1 Hz sampling every sample is read as soon as it is written. */
const LEAST_SPACING = 250;
/** After the end record the sampler may still write its last lines: the run is followed this much longer, ms. */
const SETTLES_AFTER = 1_500;
/** A directory without a readable start is taken for one being made while it is younger than this, ms. */
const BEING_MADE = 60_000;

export class RunEntry {
  summary: RunSummary | undefined;
  private tail: RunTail | undefined;
  private watcher: fs.FSWatcher | undefined;
  private timer: NodeJS.Timeout | undefined;
  private settling: NodeJS.Timeout | undefined;
  private lastLook = 0;
  /** Wall clock of the last look at the journals, ms: what was written later has not been seen. */
  private readUpTo = 0;
  private looking: Promise<void> | undefined;
  private lookAgain = false;
  private disposed = false;

  constructor(
    readonly id: string,
    readonly directory: string,
    private readonly onChange: (entry: RunEntry) => void,
    private readonly onError: (entry: RunEntry, error: unknown) => void,
  ) {}

  /** True while the run is followed: the store keeps its one-second clock for these. */
  get live(): boolean {
    return this.tail !== undefined;
  }

  get fold(): RunFold | undefined {
    return this.tail?.fold;
  }

  /** First look. Uses the cached summary of a closed run where it is newer than every journal. */
  async load(): Promise<void> {
    this.readUpTo = Date.now();
    const cached = await readSummaryCache(this.directory, this.id);
    if (this.disposed) return;
    if (cached) {
      this.summary = cached;
      this.onChange(this);
      return;
    }
    this.follow();
    await this.look();
  }

  /** A run that was closed without an end record may go on (another host, a machine that slept): look once more. */
  async revive(): Promise<void> {
    if (this.live || this.summary?.state !== "interrupted") return;
    if ((await newestJournal(this.directory)) <= this.readUpTo || this.disposed) return;
    this.follow();
    await this.look();
  }

  /** Looks now, or as soon as the spacing allows. */
  look(): Promise<void> {
    if (this.looking) {
      this.lookAgain = true;
      return this.looking;
    }
    const wait = this.lastLook + LEAST_SPACING - Date.now();
    if (wait > 0) {
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        void this.look();
      }, wait);
      return Promise.resolve();
    }
    this.looking = this.readNew().finally(() => {
      this.looking = undefined;
      if (this.lookAgain && this.live) {
        this.lookAgain = false;
        void this.look();
      }
    });
    return this.looking;
  }

  dispose(): void {
    this.disposed = true;
    this.release();
  }

  private follow(): void {
    this.tail = new RunTail(this.directory);
    try {
      this.watcher = fs.watch(this.directory, { persistent: false }, () => void this.look());
      this.watcher.on("error", () => this.watcher?.close());
    } catch {
      // The store's clock looks once a second anyway; the watcher only makes it prompter.
    }
  }

  private async readNew(): Promise<void> {
    const tail = this.tail;
    if (!tail) return;
    this.lastLook = Date.now();
    this.readUpTo = this.lastLook;
    try {
      const changed = await tail.poll();
      if (this.disposed) return;
      const before = this.summary?.state;
      const summary = tail.summary();
      this.summary = summary;
      if (changed || before !== summary.state) this.onChange(this);
      if (summary.state === "running") {
        clearTimeout(this.settling);
        this.settling = undefined;
      } else {
        this.settling ??= setTimeout(() => void this.settle(), before === undefined ? 0 : SETTLES_AFTER);
      }
    } catch (error) {
      if (this.disposed || (await isBeingMade(this.directory))) return;
      this.release();
      this.onError(this, error);
    }
  }

  /** Takes the last lines and lets go of the journals; the summary stays. */
  private async settle(): Promise<void> {
    this.settling = undefined;
    await this.looking;
    await this.readNew();
    if (this.summary && this.summary.state !== "running") this.release();
  }

  private release(): void {
    this.tail = undefined;
    this.watcher?.close();
    this.watcher = undefined;
    clearTimeout(this.timer);
    clearTimeout(this.settling);
    this.timer = undefined;
    this.settling = undefined;
  }
}

async function isBeingMade(directory: string): Promise<boolean> {
  try {
    const { mtimeMs } = await fs.promises.stat(directory);
    return Date.now() - mtimeMs < BEING_MADE;
  } catch {
    return false;
  }
}

/** The cached summary of a closed run; undefined when there is none, it is of another version, or a journal is newer. */
export async function readSummaryCache(directory: string, id: string): Promise<RunSummary | undefined> {
  const file = path.join(directory, SUMMARY_FILE);
  try {
    const [text, stat] = await Promise.all([fs.promises.readFile(file, "utf8"), fs.promises.stat(file)]);
    const value: unknown = JSON.parse(text);
    if (!isClosedSummary(value, id)) return undefined;
    return (await newestJournal(directory)) > stat.mtimeMs ? undefined : value;
  } catch {
    return undefined;
  }
}

/** When a journal of the run was last written to, Unix ms; 0 when there is none. */
async function newestJournal(directory: string): Promise<number> {
  const times = journalFiles(directory).map(async (file) => (await fs.promises.stat(file)).mtimeMs);
  return Math.max(0, ...(await Promise.all(times)));
}

/** Enough of a check to be safe to show: it is our own cache, and what fails here is folded anew from the journals. */
function isClosedSummary(value: unknown, id: string): value is RunSummary {
  if (typeof value !== "object" || value === null) return false;
  const summary = value as Partial<RunSummary>;
  return (
    summary.v === 1 &&
    summary.id === id &&
    typeof summary.name === "string" &&
    typeof summary.startedAt === "number" &&
    summary.state !== undefined &&
    summary.state !== "running" &&
    RUN_STATES.includes(summary.state) &&
    typeof summary.energy?.value === "number" &&
    typeof summary.energy.low === "number" &&
    Array.isArray(summary.meters) &&
    Array.isArray(summary.gaps) &&
    Array.isArray(summary.notCovered)
  );
}
