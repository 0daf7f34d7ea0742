/** Reads a run from its directory, and follows one that is still being written. */

import { promises as fs } from "node:fs";
import * as path from "node:path";
import { RunFold } from "./fold.ts";
import { isJournalError, type JournalRecord, parseJournalLine } from "./journal.ts";
import { bootId, hostName, processIsSame } from "./process-identity.node.ts";
import type { RunSummary } from "./run.ts";
import { journalFiles, MARKS_FILE } from "./run-folder.node.ts";

export interface ReadRun {
  summary: RunSummary;
  fold: RunFold;
}

export class RunUnreadable extends Error {}

/** Bytes read and parsed between two turns of the event loop: about 3 ms of work. */
const PIECE = 256 * 1024;
/** A host other than ours is believed to be running while it was heard of this recently, s. */
const REMOTE_HEARTBEAT = 60;

/** Folds all journals of a run directory, in pieces between which the event loop runs. Throws RunUnreadable. */
export async function readRun(runDirectory: string, signal?: AbortSignal): Promise<ReadRun> {
  const tail = new RunTail(runDirectory);
  await tail.poll(signal);
  return { summary: tail.summary(), fold: tail.fold };
}

interface Followed {
  offset: number;
  /** Bytes of a line that has not ended yet. */
  rest: Buffer;
}

/** Follows the journals of a run directory by offset; each `poll()` reads only what is new. */
export class RunTail {
  fold = new RunFold();
  private files = new Map<string, Followed>();
  /** When the journals were last read. */
  private alive = true;

  constructor(readonly runDirectory: string) {}

  /** True when something new was read. A journal that shrank was replaced: everything is folded anew. */
  async poll(signal?: AbortSignal): Promise<boolean> {
    let changed = await this.readAll(signal);
    this.alive = this.isAlive();
    // A writer that ended since its journal was read may have written in between; once it is gone nothing follows.
    while (!this.alive && (await this.readAll(signal))) {
      changed = true;
      this.alive = this.isAlive();
    }
    return changed;
  }

  summary(): RunSummary {
    if (!this.fold.started) {
      throw new RunUnreadable(`${this.runDirectory} holds no start record of a run that could be read`);
    }
    return this.fold.summary({ alive: this.alive });
  }

  private async readAll(signal?: AbortSignal): Promise<boolean> {
    const fresh: { record: JournalRecord; file: string }[] = [];
    for (const file of journalFiles(this.runDirectory)) {
      signal?.throwIfAborted();
      if ((await this.readNew(file, fresh)) === "replaced") {
        this.fold = new RunFold();
        this.files = new Map();
        return this.readAll(signal);
      }
    }
    // Samples of several writers are folded in the order of time; start records come first in their file anyway.
    fresh.sort((a, b) => rank(a.record) - rank(b.record) || a.record.mono - b.record.mono);
    let turn = 0;
    for (const { record, file } of fresh) {
      if (++turn % 4096 === 0) await nextTurn();
      this.fold.push(record, file);
    }
    return fresh.length > 0;
  }

  private isAlive(): boolean {
    if (this.fold.ended) return false;
    const recent = Date.now() / 1000 - this.fold.lastHeardAt < REMOTE_HEARTBEAT;
    const here = `${hostName()}/${bootId()}`;
    const remote = this.fold.processes.some((process) => `${process.host}/${process.boot}` !== here);
    if (remote && recent) return true;
    return this.fold.processes.some(
      (process) => `${process.host}/${process.boot}` === here && processIsSame(process.pid, process.pidStart),
    );
  }

  private async readNew(
    file: string,
    fresh: { record: JournalRecord; file: string }[],
  ): Promise<"read" | "replaced"> {
    const name = path.basename(file);
    const followed = this.files.get(name) ?? { offset: 0, rest: Buffer.alloc(0) };
    this.files.set(name, followed);
    let handle: fs.FileHandle | undefined;
    try {
      handle = await fs.open(file, "r");
      const { size } = await handle.stat();
      if (size < followed.offset) return "replaced";
      while (followed.offset < size) {
        const buffer = Buffer.alloc(Math.min(PIECE, size - followed.offset));
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, followed.offset);
        if (bytesRead === 0) break;
        followed.offset += bytesRead;
        this.takeLines(name, followed, buffer.subarray(0, bytesRead), fresh);
      }
    } catch {
      // Unreadable now (deleted, network): what was read stays, the next poll tries again.
    } finally {
      await handle?.close().catch(() => undefined);
    }
    return "read";
  }

  private takeLines(
    name: string,
    followed: Followed,
    bytes: Buffer,
    fresh: { record: JournalRecord; file: string }[],
  ): void {
    const joined = followed.rest.length > 0 ? Buffer.concat([followed.rest, bytes]) : bytes;
    const lastNewline = joined.lastIndexOf(10);
    followed.rest = Buffer.from(joined.subarray(lastNewline + 1));
    if (lastNewline < 0) return;
    let skipped = 0;
    for (const line of joined.toString("utf8", 0, lastNewline).split("\n")) {
      if (line.trim() === "") continue;
      const record = parseJournalLine(line);
      // The command may write marks only: it must not be able to change what the meters said.
      if (isJournalError(record) || (name === MARKS_FILE) !== (record.type === "mark")) skipped++;
      else fresh.push({ record, file: name });
    }
    if (skipped > 0) this.fold.skipLines(skipped, name);
  }
}

function rank(record: JournalRecord): number {
  return record.type === "start" ? (record.role === "runner" ? 0 : 1) : 2;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
