/** `fairwatt run`: measures a command, shows it live, keeps it. */

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { ulid } from "ulid";
import { resolveZone } from "../carbon/resolve-zone.node.ts";
import { ensureFairwattFolder } from "../config/fairwatt-folder.node.ts";
import { parseInterval } from "../config/interval.ts";
import { loadProject } from "../config/load.node.ts";
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

export interface RunOptions {
  interval?: string;
  zone?: string;
  /** The person's own zone, used where neither --zone nor the project names one. */
  defaultZone?: string;
  name?: string;
  json?: string;
  live: boolean;
  /** Wait for a key after the end. */
  hold?: boolean;
}

const say = (text: string) => process.stderr.write(`fairwatt: ${text}\n`);

/** Measures `command`; resolves to its exit code (2: Fairwatt was called wrongly). A signal that ended it ends us too. */
export async function run(options: RunOptions, command: string[]): Promise<number> {
  const folder = findProjectFolder(process.cwd());
  const project = loadProject(folder);
  for (const problem of project.problems) say(`${problem.file}:${problem.line + 1}: ${problem.message}`);
  let interval: number;
  try {
    interval = parseInterval(options.interval ?? project.config.interval);
  } catch (error) {
    say((error as Error).message);
    return 2;
  }
  const zone = resolveZone({
    option: options.zone,
    project: project.config.zone,
    projectFile: project.file && path.basename(project.file),
    personal: options.defaultZone,
  });
  for (const warning of zone.warnings) say(warning);
  if (zone.problem) {
    say(zone.problem);
    if (options.zone) return 2;
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
    interval,
    pue: project.config.pue,
    attribution: project.config.attribution,
    grid: zone.grid,
    fairwatt: FAIRWATT_VERSION,
    samplerEntry: samplerEntry(),
    onRecord: (record, file) => {
      live.push(record, file);
      // While the command works, so that nothing has to be loaded when it has ended.
      if (record.type === "spawned") loadFinish().catch(() => undefined);
    },
  });
  live.close();
  if (result.startFailure) say(result.startFailure);
  if (result.journalFailure) say(`${result.journalFailure}; the figures below are complete, the file is not`);
  await finish(place, live, result, options);
  if (options.hold) await (await import("./hold.ts")).waitForKey();
  return passOn(result);
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

/** Closes the run into the ledger, prints the four lines, writes --json. Nothing here may change the exit code. */
async function finish(
  place: Place,
  live: LiveView,
  result: RunnerResult,
  options: RunOptions,
): Promise<void> {
  try {
    const [{ closeRun, closeInterrupted }, { summaryLines }] = await loadFinish();
    const closed = await closeRun(place.runDirectory, { fairwatt: place.fairwatt });
    const summary = closed.summary ?? live.fold.summary({ alive: false });
    for (const problem of closed.problems) say(problem);
    if (!result.startFailure)
      process.stderr.write(`${summaryLines(summary, process.stderr.columns).join("\n")}\n`);
    if (options.json) {
      const { runRecord } = await import("../report/run-record.ts");
      fs.writeFileSync(options.json, `${JSON.stringify(runRecord(summary, closed.entry), null, 2)}\n`);
    }
    await closeInterrupted([place.fairwatt]);
  } catch (error) {
    say(`the result could not be kept: ${(error as Error).message}. The journal is in ${place.runDirectory}`);
  }
}

/** Ends as the command ended: its exit code, or its signal. */
function passOn(result: RunnerResult): number {
  if (result.signal === null) return result.exitCode ?? 1;
  process.exitCode = 128 + (os.constants.signals[result.signal] ?? 0);
  if (process.platform !== "win32") process.kill(process.pid, result.signal);
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
