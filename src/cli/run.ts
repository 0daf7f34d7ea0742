/** `fairwatt run`: measures a command, shows it live, keeps it. */

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { ulid } from "ulid";
import { ensureFairwattFolder } from "../config/fairwatt-folder.node.ts";
import { RunFold } from "../energy/fold.ts";
import type { JournalRecord } from "../energy/journal.ts";
import type { RunSummary } from "../energy/run.ts";
import {
  fairwattFolder,
  fallbackFairwattFolder,
  findProjectFolder,
  runsFolder,
} from "../energy/run-folder.node.ts";
import { type RunnerResult, runMeasured } from "../energy/runner.node.ts";
import { FAIRWATT_VERSION } from "../version.ts";
import type { SettingsOptions } from "./run-settings.ts";

export interface RunOptions extends SettingsOptions {
  name?: string;
  json?: string;
  live: boolean;
  /** Wait for a key after the end. */
  hold?: boolean;
  /** Start within the deadline when it emits least, by the source under [grid]. */
  lowestCarbon?: boolean;
  deadline?: string;
  duration?: string;
  gridProvider?: string;
  gridPlace?: string;
  gridFile?: string;
}

/** A run that lasts this long closes others that were killed, ms. */
const OTHERS_AFTER_MS = 2_000;

const say = (text: string) => process.stderr.write(`fairwatt: ${text}\n`);

/** Measures `command`; resolves to its exit code (2: Fairwatt was called wrongly). A signal that ended it ends us too. */
export async function run(options: RunOptions, command: string[]): Promise<number> {
  const folder = findProjectFolder(process.cwd());
  const settings = async () => (await import("./run-settings.ts")).runSettings(folder, options);
  const asked = options.interval !== undefined || options.zone !== undefined;
  // A wrong option runs nothing; what only the project says is read while the command already works.
  const known = asked ? await settings() : undefined;
  if (known?.fault) {
    for (const sentence of [...known.warnings, known.fault]) say(sentence);
    return 2;
  }

  if (options.lowestCarbon) {
    const waited = await waitFor(options, options.name ?? defaultName(command));
    if (waited !== undefined) return waited;
  }

  const place = createRunDirectory(folder);
  if (place.notice) say(place.notice);
  const live = new LiveView(options.live);
  const result = await runMeasured({
    run: place.run,
    runDirectory: place.runDirectory,
    folder,
    command,
    cwd: process.cwd(),
    name: options.name ?? defaultName(command),
    fairwatt: FAIRWATT_VERSION,
    settings: async () => {
      try {
        const found = known ?? (await settings());
        for (const warning of found.warnings) say(warning);
        if (found.hasBudget) void sayBudget(folder, options.name ?? defaultName(command));
        return found.settings;
      } catch (error) {
        // The command is running by now: it is measured with what can be had.
        say(`the settings cannot be read (${(error as Error).message}); the run has no grid zone`);
        return { interval: 1, pue: 1, attribution: "process" };
      }
    },
    samplerEntry: samplerEntry(),
    onRecord: (record, file) => {
      live.push(record, file);
      if (record.type === "spawned") prepareFinish(place);
    },
  });
  live.close();
  if (result.startFailure) say(result.startFailure);
  if (result.journalFailure) say(`${result.journalFailure}; the figures below are complete, the file is not`);
  await finish(place, live, result, options);
  if (options.hold) await (await import("./hold.ts")).waitForKey();
  return passOn(result);
}

/** Says that the run is forecast to pass the budget, while it can still be stopped. It goes on whatever comes of it. */
async function sayBudget(folder: string, name: string): Promise<void> {
  try {
    const { budgetWarnings } = await import("./commands/budget.ts");
    for (const warning of await budgetWarnings(folder, name)) say(warning);
  } catch (error) {
    say(`the budget could not be looked at: ${(error as Error).message}`);
  }
}

/** Undefined when the run is to start; else the exit code, and nothing was run. */
async function waitFor(options: RunOptions, name: string): Promise<number | undefined> {
  const { deadline, duration, gridProvider: provider, gridPlace: place, gridFile: file } = options;
  const waited = await (await import("./commands/wait.ts")).waitInTerminal(
    { deadline, duration, provider, place, file, name },
    process.cwd(),
  );
  if ("start" in waited) return undefined;
  if ("signal" in waited) return endBy(waited.signal);
  say(`${waited.fault}; nothing was run`);
  return 2;
}

interface Place {
  run: string;
  fairwatt: string;
  runDirectory: string;
  notice?: string;
}

/** The run's own directory: in the project, else in the user's state folder, else in a temporary one. */
function createRunDirectory(folder: string): Place {
  const wanted = process.env.FAIRWATT_NEW_RUN_ID;
  const run = wanted && /^[0-9A-HJKMNP-TV-Z]{26}$/.test(wanted) ? wanted : ulid();
  let why = "";
  for (const fairwatt of [fairwattFolder(folder), fallbackFairwattFolder(folder)]) {
    try {
      ensureFairwattFolder(fairwatt);
      const runDirectory = path.join(runsFolder(fairwatt), run);
      fs.mkdirSync(runDirectory, { recursive: true });
      const notice = why ? `${why}; this run is kept in ${fairwatt} instead` : undefined;
      return { run, fairwatt, runDirectory, notice };
    } catch (error) {
      why ||= `${fairwatt} cannot be written (${(error as NodeJS.ErrnoException).code})`;
    }
  }
  const fairwatt = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-"));
  const runDirectory = path.join(runsFolder(fairwatt), run);
  fs.mkdirSync(runDirectory, { recursive: true });
  return { run, fairwatt, runDirectory, notice: `${why}; this run is kept in ${fairwatt} only` };
}

/** Folds what the runner hears, and shows it once a second where standard error is a terminal. */
class LiveView {
  readonly fold = new RunFold();
  private line: { update(text: string): void; close(): void } | undefined;
  private liveText: ((summary: RunSummary) => string) | undefined;
  private closed = false;

  constructor(wanted: boolean) {
    if (wanted && process.stderr.isTTY) void this.open();
  }

  push(record: JournalRecord, file: string): void {
    this.fold.push(record, file);
    if (record.type === "sample") this.show();
  }

  close(): void {
    this.closed = true;
    this.line?.close();
    this.line = undefined;
  }

  private async open(): Promise<void> {
    const [{ createLiveLine }, { liveText }] = await Promise.all([
      import("./live-line.ts"),
      import("./describe-run-line.ts"),
    ]);
    if (this.closed) return;
    this.liveText = liveText;
    this.line = createLiveLine(process.stderr);
    this.show();
  }

  private show(): void {
    if (this.line && this.liveText && this.fold.started) {
      this.line.update(this.liveText(this.fold.summary({ alive: true })));
    }
  }
}

const loadFinish = () =>
  Promise.all([import("../ledger/close-run.node.ts"), import("./describe-run-line.ts")]);

/**
 * What need not wait for the end: the code for it is loaded, and runs that were killed before are closed, unless this one
 * is too short to have time for them.
 */
function prepareFinish(place: Place): void {
  const loaded = loadFinish();
  loaded.catch(() => undefined); // told at the end
  setTimeout(() => {
    loaded.then(([{ closeInterrupted }]) => closeInterrupted([place.fairwatt])).catch(() => undefined);
  }, OTHERS_AFTER_MS).unref();
}

/** Closes the run into the ledger, prints the four lines, writes --json. Nothing here may change the exit code. */
async function finish(
  place: Place,
  live: LiveView,
  result: RunnerResult,
  options: RunOptions,
): Promise<void> {
  try {
    const [{ closeRun }, { summaryLines }] = await loadFinish();
    const closed = await closeRun(place.runDirectory, { fairwatt: place.fairwatt });
    const summary = closed.summary ?? live.fold.summary({ alive: false });
    for (const problem of closed.problems) say(problem);
    if (!result.startFailure)
      process.stderr.write(`${summaryLines(summary, process.stderr.columns).join("\n")}\n`);
    if (options.json) {
      const { runRecord } = await import("../report/run-record.ts");
      fs.writeFileSync(options.json, `${JSON.stringify(runRecord(summary, closed.entry), null, 2)}\n`);
    }
  } catch (error) {
    say(`the result could not be kept: ${(error as Error).message}. The journal is in ${place.runDirectory}`);
  }
}

/** Ends as the command ended: its exit code, or its signal. */
function passOn(result: RunnerResult): number {
  return result.signal === null ? (result.exitCode ?? 1) : endBy(result.signal);
}

/** Ends by the signal where the system has them, so that a shell that waits sees it; the code says the same elsewhere. */
function endBy(signal: NodeJS.Signals): number {
  process.exitCode = 128 + (os.constants.signals[signal] ?? 0);
  if (process.platform !== "win32") process.kill(process.pid, signal);
  return process.exitCode;
}

/** The first argument that looks like a script, without its folder; else the program. */
function defaultName(command: readonly string[]): string {
  const script = command.slice(1).find((argument) => /\.(py|ipynb|sh|js|R|jl)$/.test(argument));
  return path.basename(script ?? command[0] ?? "command");
}

function samplerEntry(): string {
  return path.join(path.dirname(fileURLToPath(import.meta.url)), "sampler.mjs");
}
