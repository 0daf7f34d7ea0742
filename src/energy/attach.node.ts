/** Measures a process that somebody else started, with its tree, until it ends or nobody wants to know any more. */

import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Attached, MarkRecord } from "./journal.ts";
import { JournalWriter } from "./journal-writer.node.ts";
import {
  type Kept,
  Measurement,
  type MeasurementOptions,
  moment,
  type RunSettings,
} from "./measurement.node.ts";
import { type ProcessFacts, processFacts } from "./process-facts.node.ts";
import { processIsSame } from "./process-identity.node.ts";
import { MARKS_FILE } from "./run-folder.node.ts";

export interface AttachOptions extends Omit<MeasurementOptions, "command" | "cwd" | "measured" | "attached"> {
  process: ProcessFacts;
  /** Who asked: "fairwatt attach", "debug session", "notebook". */
  by: string;
  settings: RunSettings;
  proc?: string;
}

export interface AttachResult extends Kept {
  /** True when the process goes on and only the measuring ended. */
  detached: boolean;
}

/** How often it is looked whether the process is still there, ms. */
const LOOK_EACH_MS = 200;
/** A debugger says that its session is over just before the process ends: so long it may take, ms. */
const LAST_MOMENT_MS = 500;
const LAST_LOOKS_MS = 20;

/** The measuring of one process. `ended` resolves once everything is written. */
export class Attachment {
  readonly ended: Promise<AttachResult>;
  private readonly measurement: Measurement;
  private readonly marks: JournalWriter;
  private detach: () => void = () => undefined;

  constructor(private readonly options: AttachOptions) {
    const { process: target } = options;
    const cwd = target.cwd ?? options.folder;
    this.marks = new JournalWriter(path.join(options.runDirectory, MARKS_FILE));
    this.measurement = new Measurement({
      ...options,
      command: target.argv,
      cwd,
      measured: target.pid,
      attached: attachedRecord(options),
    });
    const { pid, pidStart } = target;
    this.measurement.begin(options.settings, moment(), { type: "spawned", ...moment(), pid, pidStart });
    this.ended = this.follow();
  }

  /** Ends the measuring; the process is left alone. */
  stop(): void {
    this.detach();
  }

  /** Writes down what happens in the process, with a sample at that moment, so that its energy is known exactly there. */
  mark(mark: Omit<MarkRecord, "type" | "t" | "mono">): void {
    const record: MarkRecord = { type: "mark", ...moment(), ...mark };
    this.measurement.sampler.sample();
    this.marks.append(record);
    this.options.onRecord?.(record, MARKS_FILE);
  }

  private async follow(): Promise<AttachResult> {
    const asked = new Promise<void>((resolve) => {
      this.detach = resolve;
    });
    let looking: NodeJS.Timeout | undefined;
    const gone = new Promise<void>((resolve) => {
      looking = setInterval(() => this.isThere() || resolve(), LOOK_EACH_MS);
    });
    await Promise.race([gone, asked]);
    clearInterval(looking);
    const until = performance.now() + LAST_MOMENT_MS;
    while (this.isThere() && performance.now() < until) await sleep(LAST_LOOKS_MS);
    const detached = this.isThere();
    await this.measurement.sampler.finish();
    this.marks.close();
    const kept = await this.measurement.end({
      exitCode: null,
      signal: null,
      ...(detached ? { stopped: true } : {}),
      reason: detached
        ? "the measuring was ended; the process went on, its energy after that is not known"
        : "its exit code is not known: it was not started by Fairwatt",
    });
    return { detached, ...kept };
  }

  private isThere(): boolean {
    const { pid, pidStart } = this.options.process;
    return processIsSame(pid, pidStart, this.options.proc);
  }
}

export class NotAttachable extends Error {}

/**
 * The process that is meant, or why it cannot be measured.
 * @param pidStart its start time where the caller has seen it before: a pid that was given to another process since then
 *   is not taken for it
 */
export function processToAttach(pid: number, pidStart?: number, proc = "/proc"): ProcessFacts {
  if (process.platform !== "linux") {
    throw new NotAttachable(
      "a running process can be measured on Linux only, where /proc says what its tree uses. Start it with `fairwatt run` instead",
    );
  }
  const facts = processFacts(pid, proc);
  if (!facts) {
    throw new NotAttachable(
      `there is no process ${pid} that can be seen from here. Where it belongs to another user, /proc may hide it (hidepid): call this as that user. Where it is inside a container, call this inside it`,
    );
  }
  if (pidStart !== undefined && facts.pidStart !== pidStart) {
    throw new NotAttachable(`the process that was meant has ended: ${pid} is another one now`);
  }
  if (facts.state === "Z") throw new NotAttachable(`process ${pid} has ended`);
  if (facts.argv.length === 0) {
    throw new NotAttachable(`${pid} is a thread of the kernel: it has no energy of its own`);
  }
  if (pid === process.pid || pid === process.ppid) {
    throw new NotAttachable(`${pid} is what calls this: name the process that is to be measured`);
  }
  return facts;
}

function attachedRecord({ process: { pid, pidStart, age, cwd }, by }: AttachOptions): Attached {
  const notices =
    cwd === undefined
      ? [
          "its working folder and environment may not be read (another user's process): files that it writes are not looked for, and a child whose parent ends within a second can be missed",
        ]
      : [];
  return { pid, pidStart, age, by, ...(notices.length > 0 ? { notices } : {}) };
}
