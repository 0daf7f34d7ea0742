/**
 * The sampler: a process of its own, so that a native call that crashes costs a gap and not a run. Started by the runner
 * with one argument (SamplerOrders as JSON). It appends raw readings to its journal, repeats each line on stdout for the
 * runner, hears on stdin which process to watch and when to finish, and goes on alone if the runner is killed.
 */

import * as path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { gitAuthor } from "./git-author.node.ts";
import { readGitState } from "./git-state.node.ts";
import { gpuShare } from "./gpu-share.ts";
import { readCgroupLimits, readHardware } from "./hardware.node.ts";
import type { JournalRecord, SampleRecord } from "./journal.ts";
import { JournalWriter } from "./journal-writer.node.ts";
import { MachineUse } from "./machine-use.node.ts";
import { defaultRoots, discoverMeters, SOURCES, sourcesWithoutLibraries } from "./meters/index.node.ts";
import { bootId, hostName, processIsSame, processStart } from "./process-identity.node.ts";
import { ProcessTree } from "./process-tree.node.ts";
import type { SamplerOrders, SamplerReport, ToSampler } from "./sampler-protocol.ts";

/** Seconds between samples when the runner was killed before it could tell. */
const DEFAULT_INTERVAL = 1;
/**
 * Where samples come faster, the runner is woken this often all the same, and memory is read this often: waking another
 * process costs more than a sample, and the memory in use is for a power that hardly depends on it. Seconds.
 */
const UNHURRIED = 1;
/** Listing all processes costs as much as all else of a sample; on a busy machine there are new ones at each. Seconds. */
const REST_BETWEEN_LISTS = 0.45;
/** Processes that the command started may end this much after it, s. */
const LAST_MOMENT = 0.2;
/** A timer may fire a little early. */
const SLACK = 0.05;

const orders = JSON.parse(process.argv[2] ?? "{}") as SamplerOrders;
const roots = defaultRoots(process.env);
const hardware = readHardware(roots);
const limits = readCgroupLimits(roots, hardware);
const machine = new MachineUse(roots.proc);
const writer = new JournalWriter(path.join(orders.runDirectory, `${hostName()}.${process.pid}.jsonl`));
const tree = new ProcessTree({
  proc: roots.proc,
  // No process has this number, and none carries the run's id for a tree that was there before the run.
  runner: orders.measured === undefined ? orders.runner : -1,
  command: orders.measured ?? orders.command,
  sampler: process.pid,
  run: orders.measured === undefined ? orders.run : "",
  restBetweenLists: REST_BETWEEN_LISTS,
});

let interval: number | undefined;
let command = orders.command;
let commandStart = command === undefined ? undefined : processStart(command);
let runnerGone = false;
let finished = false;
let gitRead = Promise.resolve();
let timer: NodeJS.Timeout | undefined;
/** Lines that the runner has not been told yet. */
let untold = "";
let toldAt = 0;
let memory: SampleRecord["mem"];
let memoryAt = Number.NEGATIVE_INFINITY;

const mono = () => Number(process.hrtime.bigint()) / 1e9;
const now = () => ({ t: Date.now() / 1000, mono: mono() });

function tell(line: string): void {
  if (runnerGone) return;
  process.stdout.write(untold + line);
  untold = "";
  toldAt = mono();
}

function report(line: SamplerReport): void {
  tell(`${JSON.stringify(line)}\n`);
}

function record(entry: JournalRecord): void {
  tell(writer.append(entry));
}

function takeSample(isTick = false): void {
  // The counters first: what is read later is read late, and their steps are divided by the time between samples.
  const sample: SampleRecord = { type: "sample", ...now(), r: {} };
  for (const meter of meters) {
    if (meter.descriptor.kind !== "model") sample.r[meter.descriptor.id] = meter.read();
  }
  const busy = machine.busySeconds();
  const use = tree.read(isTick && interval !== undefined && interval < UNHURRIED);
  if (busy !== undefined) {
    const slice = limits.sliceCpuSeconds();
    sample.cpu = { busy, tree: use?.cpuSeconds ?? null, ...(slice === null ? {} : { slice }) };
  }
  if (!isTick || sample.mono - memoryAt > UNHURRIED - SLACK) {
    memory = memoryUse(use !== undefined);
    memoryAt = sample.mono;
  }
  if (memory) sample.mem = memory;
  const gpu = gpuShares(use?.pids);
  if (gpu) sample.gpu = gpu;
  const line = writer.append(sample);
  if (!isTick || sample.mono - toldAt > UNHURRIED - SLACK) tell(line);
  else untold += line;
}

function memoryUse(hasTree: boolean): SampleRecord["mem"] {
  const used = machine.memoryInUse();
  if (used === undefined) return undefined;
  const slice = limits.sliceMemoryBytes();
  return { used, tree: hasTree ? tree.memoryBytes() : null, ...(slice === null ? {} : { slice }) };
}

/** The run's part of each GPU whose driver tells which process used it. */
function gpuShares(pids: ReadonlySet<number> | undefined): Record<string, number> | undefined {
  const shares: Record<string, number> = {};
  for (const meter of meters) {
    const processes = meter.processes?.();
    if (!processes || !pids) continue;
    const share = gpuShare(processes, pids, hardware.container !== undefined);
    if (share !== undefined) shares[meter.descriptor.id] = share;
  }
  return Object.keys(shares).length > 0 ? shares : undefined;
}

/** Ticks fall on whole intervals of the monotonic clock, so that two runs on one machine divide the same stretches of time. */
function schedule(seconds: number): void {
  const current = mono();
  const next = (Math.floor(current / seconds) + 1) * seconds;
  timer = setTimeout(() => tick(seconds), Math.max(1, (next - current) * 1000));
}

function tick(seconds: number): void {
  takeSample(true);
  if (runnerGone && !isRunGoing()) {
    finish(
      "the runner was killed; the run was measured until its last process ended, its exit code is not known",
    );
    return;
  }
  schedule(seconds);
}

function isRunGoing(): boolean {
  if (command !== undefined && processIsSame(command, commandStart, roots.proc)) return true;
  return orders.measured === undefined && (tree.read()?.pids.size ?? 0) > 0;
}

/** Gives what the command started a moment to end with it; else says that it goes on. */
async function othersEnded(): Promise<string | undefined> {
  if (orders.measured !== undefined) return undefined;
  for (const until = mono() + LAST_MOMENT; ; await sleep(20)) {
    const left = [...(tree.read()?.pids ?? [])].filter((pid) =>
      processIsSame(pid, undefined, roots.proc),
    ).length;
    if (left === 0) return undefined;
    if (mono() < until) continue;
    return left === 1
      ? "1 process that it started went on when it ended: its energy after that is not known"
      : `${left} processes that it started went on when it ended: their energy after that is not known`;
  }
}

/** A sampler that follows another one finds git as the run has changed it: the first one's word counts. */
async function readGit(): Promise<void> {
  const [git, author] = await gitFound;
  if ((git || author) && !finished) record({ type: "git", ...now(), git, author });
}

function finish(reason?: string): void {
  if (finished) return;
  finished = true;
  clearTimeout(timer);
  for (const meter of meters) meter.close?.();
  record({ type: "end", role: "sampler", ...now(), ...(reason ? { reason } : {}) });
  writer.close();
  process.exitCode = 0;
  process.stdin.destroy();
  if (process.stdout.writableLength > 0) process.stdout.once("drain", () => process.exit());
  else process.exit();
}

function listen(): void {
  const lines = createInterface({ input: process.stdin });
  lines.on("line", (line) => {
    const message = JSON.parse(line) as ToSampler;
    if (message.type === "command") {
      command = message.pid;
      commandStart = processStart(message.pid);
      if (orders.measured === undefined) tree.setCommand(message.pid);
    } else if (message.type === "interval") {
      begin(message.seconds);
    } else if (message.type === "sample") {
      if (interval !== undefined) takeSample();
    } else if (message.type === "finish") {
      void Promise.all([othersEnded(), gitRead]).then(([others]) => {
        takeSample();
        finish(others);
      });
    }
  });
  lines.on("close", () => {
    runnerGone = true;
    begin(DEFAULT_INTERVAL);
    if (finished) return;
    // A process that was there before may be there for ever; nobody is left who would end the measurement.
    const measured = orders.measured !== undefined;
    if (!measured && isRunGoing()) return;
    takeSample();
    finish(
      measured
        ? "what measured the process was killed; the process may have gone on"
        : "the runner was killed and its command with it",
    );
  });
  process.stdout.on("error", () => {
    runnerGone = true;
  });
  // The terminal's signals are for the command. Being in the same process group, the sampler tells the runner that a
  // signal went to the whole group, so that the runner does not pass it on a second time.
  for (const signal of ["SIGINT", "SIGHUP", "SIGTERM", "SIGQUIT", "SIGUSR1", "SIGUSR2"] as const) {
    process.on(signal, () => report({ type: "group-signal", signal }));
  }
  process.on("SIGTSTP", () => undefined);
}

/** Writes down what is measured and takes the first sample; the others follow. Once. */
function begin(seconds: number): void {
  if (interval !== undefined) return;
  interval = seconds;
  record({
    type: "start",
    role: "sampler",
    v: 1,
    ...now(),
    run: orders.run,
    host: hostName(),
    boot: bootId(),
    pid: process.pid,
    pidStart: processStart(process.pid),
    runner: orders.runner,
    interval: seconds,
    hardware,
    meters: meters.map((meter) => meter.descriptor),
    rejected,
  });
  takeSample();
  schedule(seconds);
  gitRead = readGit();
}

const gitFound =
  orders.command === undefined
    ? Promise.all([readGitState(orders.cwd), gitAuthor(orders.cwd)])
    : Promise.resolve([undefined, undefined] as const);
const { accepted: meters, rejected } = discoverMeters(
  roots,
  orders.crashedBy
    ? sourcesWithoutLibraries(
        `Reading it crashed the sampler (${orders.crashedBy}), so it was left alone from then on.`,
      )
    : SOURCES,
);
listen();
if (orders.interval !== undefined) begin(orders.interval);
