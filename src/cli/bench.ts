/** `fairwatt bench`: what inference needs for a thousand units, measured in its steady state. */

import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { gitAuthor } from "../energy/git-author.node.ts";
import type { JournalRecord } from "../energy/journal.ts";
import { readRun } from "../energy/read-run.node.ts";
import { findProjectFolder } from "../energy/run-folder.node.ts";
import { type RunnerResult, runMeasured } from "../energy/runner.node.ts";
import { closeRun } from "../ledger/close-run.node.ts";
import type { BenchBody } from "../ledger/entries/bench.ts";
import { hashFile } from "../ledger/hash-file.node.ts";
import { modelVersions } from "../ledger/model-versions.ts";
import { pathInProject } from "../ledger/record-audit.node.ts";
import { writeInProject } from "../ledger/write-in-project.node.ts";
import { countPattern, LineCounter } from "../tradeoff/bench/line-counter.ts";
import { failureWords, type LoadPlan, type LoadResult } from "../tradeoff/bench/load.ts";
import { readLoadResult, writeLoadPlan } from "../tradeoff/bench/load-files.node.ts";
import { measuredBench } from "../tradeoff/bench/measured-bench.ts";
import { findModel } from "../tradeoff/find-model.ts";
import { FAIRWATT_VERSION } from "../version.ts";
import { type BenchOptions, checkOptions, loadOf, secondsOf, shownUrl } from "./bench-options.ts";
import { lookAtServer, type Server } from "./bench-server.ts";
import {
  type CountedUnits,
  countedInLines,
  countedInLoad,
  countedInMarks,
  RequestLog,
} from "./bench-sources.ts";
import { describeBench } from "./bench-text.ts";
import { readProjectLedger } from "./ledger/project-ledger.ts";
import { printable } from "./printable.ts";
import { createRunDirectory, type RunPlace, samplerEntry } from "./run-place.ts";
import { runSettings } from "./run-settings.ts";
import { print } from "./table.ts";

/** Programs that are built beside the command line. */
export interface BenchPrograms {
  sampler: string;
  load: string;
}

const DEFAULT_INTERVAL = "500ms";
/** A load whose own process is at work for more of the time than this may be what is slow. */
const LOAD_BUSY = 0.9;

const say = (text: string) => process.stderr.write(`fairwatt: ${printable(text)}\n`);
const mono = () => Number(process.hrtime.bigint()) / 1e9;

function builtPrograms(): BenchPrograms {
  const load = path.join(path.dirname(fileURLToPath(import.meta.url)), "load.mjs");
  return { sampler: samplerEntry(), load };
}

/** 0: measured; 1: no figures, and why; 2: called wrongly, or the server does not answer: nothing was measured. */
export async function bench(
  options: BenchOptions,
  command: readonly string[],
  programs = builtPrograms(),
): Promise<number> {
  const project = findProjectFolder(options.cwd);
  let prepared: Prepared;
  try {
    prepared = await prepare(options, command, project);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    say(error.message);
    return 2;
  }
  for (const warning of prepared.warnings) say(warning);
  const place = createRunDirectory(project);
  if (place.notice) say(place.notice);
  const measured = await measure(place, project, options, command, prepared, programs);
  return conclude(measured, place, project, options, prepared);
}

interface Prepared {
  plan?: LoadPlan;
  server: Server;
  model?: NonNullable<BenchBody["model"]>;
  settings: ReturnType<typeof runSettings>["settings"];
  warnings: string[];
  name: string;
  unit: string;
  warmUp?: number;
}

async function prepare(
  options: BenchOptions,
  command: readonly string[],
  project: string,
): Promise<Prepared> {
  checkOptions(options, command);
  const { url, warmUp } = options;
  const plan = url === undefined ? undefined : loadOf({ ...options, url });
  const model = options.model === undefined ? undefined : await modelOf(options.model, options.cwd, project);
  const found = runSettings(project, { ...options, interval: options.interval ?? DEFAULT_INTERVAL });
  if (found.fault) throw new RangeError(found.fault);
  const server = plan ? await lookAtServer(plan, options) : {};
  const subject = plan ? shownUrl(plan.url) : path.basename(command[0] ?? "");
  return {
    ...(plan && { plan }),
    server,
    ...(model && { model }),
    settings: { ...found.settings, ...(options.machine && { attribution: "machine" as const }) },
    warnings: found.warnings,
    name: options.name ?? (model ? path.basename(model.path) : subject),
    unit: options.unit ?? (plan && plan.pattern === undefined ? "requests" : "units"),
    ...(warmUp !== undefined && { warmUp: secondsOf("--warm-up", warmUp) }),
  };
}

/** A file, or a model of the ledger. Throws a RangeError. */
async function modelOf(
  reference: string,
  cwd: string,
  project: string,
): Promise<NonNullable<BenchBody["model"]>> {
  const file = path.resolve(cwd, reference);
  if (fs.statSync(file, { throwIfNoEntry: false })?.isFile())
    return { artefact: (await hashFile(file)).sha256, path: pathInProject(project, file) };
  const { items } = await readProjectLedger(project);
  const model = findModel(modelVersions(items), reference);
  if (!model)
    throw new RangeError(
      `--model ${reference} is neither a file nor a model of the ledger; list those with: fairwatt models`,
    );
  return { artefact: model.artefact, path: model.path };
}

interface Measured {
  result: RunnerResult;
  /** When the run began, on the monotonic clock. */
  start: number;
  memory: number[];
  lines?: LineCounter;
  log?: RequestLog;
}

async function measure(
  place: RunPlace,
  project: string,
  options: BenchOptions,
  command: readonly string[],
  { plan, server, settings, name }: Prepared,
  programs: BenchPrograms,
): Promise<Measured> {
  const { count, cwd, requestLog } = options;
  const lines =
    !plan && count !== undefined && requestLog === undefined
      ? new LineCounter(countPattern(count))
      : undefined;
  const log = requestLog === undefined ? undefined : new RequestLog(path.resolve(cwd, requestLog), count);
  const memory: number[] = [];
  let start = mono();
  // Of a load on another machine, or with the whole of this one, the run's own processes are not the model.
  const isTheModel = !plan || server.measured !== undefined;
  const result = await runMeasured({
    run: place.run,
    runDirectory: place.runDirectory,
    folder: project,
    command: plan ? [process.execPath, programs.load, writeLoadPlan(place.runDirectory, plan)] : command,
    ...(plan && { argv: ["fairwatt", "bench", "--url", shownUrl(plan.url)] }),
    cwd,
    name: `bench of ${name}`,
    fairwatt: FAIRWATT_VERSION,
    settings: () => settings,
    samplerEntry: programs.sampler,
    ...(server.measured !== undefined && { measured: server.measured }),
    ...(lines && {
      onOutput: (piece: Buffer, from: string) => lines.push(piece.toString("utf8"), mono(), from),
    }),
    onRecord: (record: JournalRecord) => {
      if (record.type === "start" && record.role === "runner") start = record.mono;
      if (record.type === "sample" && isTheModel && record.mem?.tree) memory.push(record.mem.tree);
    },
  });
  lines?.end(mono());
  log?.close();
  return { result, start, memory, ...(lines && { lines }), ...(log && { log }) };
}

async function conclude(
  { result, start, memory, lines, log }: Measured,
  place: RunPlace,
  project: string,
  options: BenchOptions,
  { plan, server, model, name, unit, warmUp }: Prepared,
): Promise<number> {
  const refuse = (problem: string) => {
    say(problem);
    if (options.json) writeJson(options, { problem });
    return 1;
  };
  const { fold, summary } = await readRun(place.runDirectory);
  const closed = await closeRun(place.runDirectory, { fairwatt: place.fairwatt });
  for (const problem of closed.problems) say(problem);
  if (result.startFailure) return refuse(result.startFailure);
  if (summary.state === "stopped") return refuse("it was stopped: there are no figures of a part");
  const load = plan && readLoadResult(place.runDirectory);
  if (plan && !load) return refuse("the load could not be made: its process ended without a result");
  if (result.exitCode !== 0)
    return refuse(
      `the command failed (${result.signal ?? `exit code ${result.exitCode}`}): nothing is said about its inference`,
    );
  const units: CountedUnits = load
    ? countedInLoad(load, start, plan?.rate)
    : log
      ? countedInLines(log.counter, start, options.requestLog ?? "", options.count)
      : lines
        ? countedInLines(lines, start, "the command's output", options.count)
        : countedInMarks(summary);
  if (units.counts.length === 0) return refuse(units.none);
  const { energyElsewhere } = server;
  const figures = measuredBench({
    summary: energyElsewhere === undefined ? summary : { ...summary, hardware: undefined },
    series: fold.series(),
    counts: units.counts,
    unit,
    ...(warmUp !== undefined && { warmUp }),
    memory,
    latencyBy: units.latencyBy,
    ...(energyElsewhere !== undefined && { unmetered: energyElsewhere }),
  });
  if ("problem" in figures) return refuse(figures.problem);
  if (closed.entry === undefined) return refuse("the run has no ledger entry that the figures could rest on");
  const author = await gitAuthor(project);
  const { notices, ...measured } = figures;
  const body: BenchBody = {
    run: place.run,
    entry: closed.entry,
    name,
    unit,
    counted: countedBy(plan, options, project),
    ...(model && { model }),
    ...(plan && load && { load: loadRecord(plan, load) }),
    ...measured,
    notices: [...notices, ...(load ? loadNotices(load) : [])],
    ...(author !== undefined && { author }),
    fairwatt: FAIRWATT_VERSION,
  };
  let entry: string | null = null;
  if (options.ledger !== false)
    entry = await writeInProject(project, { type: "bench", time: new Date().toISOString(), body });
  if (options.json) writeJson(options, { ...body, ledger: entry });
  await print(describeBench(body, entry));
  return 0;
}

function writeJson({ cwd, json = "" }: BenchOptions, result: object): void {
  const text = JSON.stringify({ schema: "fairwatt.bench/1", ...result }, null, 2);
  fs.writeFileSync(path.resolve(cwd, json), `${text}\n`);
}

function countedBy(plan: LoadPlan | undefined, options: BenchOptions, project: string): BenchBody["counted"] {
  const { count, requestLog, cwd } = options;
  const pattern = count === undefined ? {} : { pattern: count };
  if (plan) return { by: "load", ...pattern };
  if (requestLog !== undefined)
    return { by: "request log", ...pattern, file: pathInProject(project, path.resolve(cwd, requestLog)) };
  return count === undefined ? { by: "marks" } : { by: "output", ...pattern };
}

function loadRecord(plan: LoadPlan, load: LoadResult): NonNullable<BenchBody["load"]> {
  const { method, concurrency, rate, seconds, bodyFile } = plan;
  const body = bodyFile === undefined ? undefined : fs.readFileSync(bodyFile);
  return {
    url: shownUrl(plan.url),
    method,
    ...(concurrency !== undefined && { concurrency }),
    ...(rate !== undefined && { rate }),
    seconds,
    ...(body && {
      body: { bytes: body.length, sha256: createHash("sha256").update(body).digest("hex") },
    }),
    requests: load.requests,
    failed: load.requests - load.at.length,
  };
}

function loadNotices(load: LoadResult): string[] {
  const failed = load.requests - load.at.length;
  return [
    ...(failed > 0
      ? [
          `${failed} of ${load.requests} requests failed: ${failureWords(load)}. They are no units; the energy that they took is inside`,
        ]
      : []),
    ...(load.busy > LOAD_BUSY
      ? [
          `the load's own process was at work for ${Math.round(100 * load.busy)} % of the time: the server may be faster than it`,
        ]
      : []),
  ];
}
