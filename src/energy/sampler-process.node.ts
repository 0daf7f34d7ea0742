/** Keeps a sampler running beside the command: starts it, hears it, starts it again when it dies. */

import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { createInterface } from "node:readline";
import type { JournalRecord } from "./journal.ts";
import { hostName } from "./process-identity.node.ts";
import type { SamplerOrders, SamplerReport, ToSampler } from "./sampler-protocol.ts";

/** A command that ends before the sampler is up gets this much more patience; then it ends without a figure, ms. */
const START_PATIENCE = 40;
/** A sampler that has samples gets this long to write its last one, ms. */
const FINISH_PATIENCE = 2_000;
const RESTART_DELAYS = [50, 200, 1_000, 5_000];
/** One that had measured is waited for no longer than this: power that nobody reads cannot be made up for, ms. */
const LONGEST_WITHOUT = 1_000;
/** A sampler that lived this long was healthy: the next one starts without delay again, ms. */
const HEALTHY_AFTER = 10_000;
/** How a process ends when native code in it fails; SIGKILL and others come from outside. */
const CRASHES: readonly string[] = ["SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGABRT", "SIGTRAP"];

/**
 * The sampler does little, once a second: without a compiler and its threads Node holds a sixth less memory and needs less
 * CPU for it. The memory reducer would collect garbage whenever nothing happens for a moment, which is each second and
 * costs more than a sample. Electron's Node may not know these flags, and they come and go with V8: Node 24 has no
 * `--expose-wasm`, which before it only keeps a warning out of the log.
 */
const ENGINE_FLAGS = process.versions.electron
  ? []
  : [
      "--jitless",
      ...(Number.parseInt(process.versions.node, 10) < 22 ? ["--no-expose-wasm"] : []),
      "--max-semi-space-size=1",
      "--no-memory-reducer",
      "--v8-pool-size=0",
    ];
/** How Node ends when it does not know a flag. */
const BAD_FLAG = "exit code 9";

interface Hooks {
  onRecord?: (record: JournalRecord, file: string) => void;
  onGap: (from: number, to: number, reason: string) => void;
}

export interface SamplerProcessOptions {
  /** Of the engine; none where this Node refuses one: a heavier sampler measures, none does not. */
  flags?: readonly string[];
  /** How long the first, second, ... sampler that ended is waited with before the next one is started, ms. */
  restartDelays?: readonly number[];
}

export class SamplerProcess {
  private flags: readonly string[];
  private readonly restartDelays: readonly number[];
  onGroupSignal: (signal: NodeJS.Signals) => void = () => undefined;
  private child: ChildProcess | undefined;
  private restarts = 0;
  private restartTimer: NodeJS.Timeout | undefined;
  private finishing = false;
  private lastSampleAt: number | undefined;
  private ready = false;
  private command: number | undefined;
  private interval: number | undefined;
  private crashedBy: string | undefined;
  private log: number | "ignore" | undefined;
  private onEnd: () => void = () => undefined;

  constructor(
    private readonly orders: SamplerOrders,
    private readonly entry: string,
    private readonly hooks: Hooks,
    { flags = ENGINE_FLAGS, restartDelays = RESTART_DELAYS }: SamplerProcessOptions = {},
  ) {
    this.flags = flags;
    this.restartDelays = restartDelays;
    this.interval = orders.interval;
    this.start();
  }

  /** Tells the sampler the command's pid. */
  watch(command: number): void {
    this.command = command;
    this.tell({ type: "command", pid: command });
  }

  /** Tells the sampler how many seconds lie between two samples, where its orders did not. */
  sampleEach(seconds: number): void {
    this.interval = seconds;
    this.tell({ type: "interval", seconds });
  }

  /** Asks for a sample now, beside those at each interval. */
  sample(): void {
    this.tell({ type: "sample" });
  }

  /** Asks for the last sample and waits for it; a sampler that does not answer is killed. */
  async finish(): Promise<void> {
    this.finishing = true;
    clearTimeout(this.restartTimer);
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const closed = new Promise<void>((resolve) => {
      child.once("close", () => resolve());
      // Its journal is complete then; nobody has to wait for the process to be taken down.
      this.onEnd = resolve;
    });
    this.tell({ type: "finish" });
    const started = Date.now();
    const give = () => {
      const patience = this.ready ? FINISH_PATIENCE : START_PATIENCE;
      if (Date.now() - started < patience) timer = setTimeout(give, 20);
      else this.abandon(child);
    };
    let timer = setTimeout(give, 20);
    await closed;
    clearTimeout(timer);
  }

  /** Kills it, and does not wait for it: a process that hardly gets to run hardly gets to end, too. */
  private abandon(child: ChildProcess): void {
    child.kill("SIGKILL");
    child.unref();
    child.stdin?.destroy();
    child.stdout?.destroy();
    this.onEnd();
  }

  private start(): void {
    const startedMono = monotonic();
    const log = this.errorLog();
    const child = spawn(process.execPath, [...this.flags, this.entry, JSON.stringify(this.currentOrders())], {
      stdio: ["pipe", "pipe", log],
      env: samplerEnvironment(),
      windowsHide: true,
    });
    this.child = child;
    const journal = `${hostName()}.${child.pid}.jsonl`;
    child.stdin?.on("error", () => undefined);
    child.once("error", (error) => this.ended(startedMono, error.message));
    child.once("exit", (code, signal) => this.ended(startedMono, signal ?? `exit code ${code}`));
    if (child.stdout) {
      createInterface({ input: child.stdout }).on("line", (line) => this.hear(line, journal));
    }
  }

  private currentOrders(): SamplerOrders {
    return { ...this.orders, interval: this.interval, command: this.command, crashedBy: this.crashedBy };
  }

  private hear(line: string, journal: string): void {
    let report: SamplerReport;
    try {
      report = JSON.parse(line) as SamplerReport;
    } catch {
      return;
    }
    if (report.type === "group-signal") {
      this.onGroupSignal(report.signal);
      return;
    }
    this.ready = true;
    if (report.type === "sample") this.lastSampleAt = report.mono;
    this.hooks.onRecord?.(report, journal);
    if (report.type === "end") this.onEnd();
  }

  private ended(startedMono: number, how: string): void {
    if (this.finishing || this.restartTimer) return;
    if (CRASHES.includes(how)) this.crashedBy = how;
    if (how === BAD_FLAG && !this.ready) this.flags = [];
    const mono = monotonic();
    this.hooks.onGap(this.lastSampleAt ?? mono, mono, `the sampler ended (${how}) and was started again`);
    if ((mono - startedMono) * 1000 > HEALTHY_AFTER) this.restarts = 0;
    const delays = this.restartDelays;
    const delay = delays[Math.min(this.restarts++, delays.length - 1)]!;
    const hadMeasured = this.lastSampleAt !== undefined && this.lastSampleAt > startedMono;
    this.restartTimer = setTimeout(
      () => {
        this.restartTimer = undefined;
        this.start();
      },
      hadMeasured ? Math.min(delay, LONGEST_WITHOUT) : delay,
    );
  }

  private tell(message: ToSampler): void {
    this.child?.stdin?.write(`${JSON.stringify(message)}\n`);
  }

  /**
   * What a crashing sampler says goes beside its journal; where that cannot be opened, nowhere. Opened once: the disk may
   * stall later, and the runner must not wait for it.
   */
  private errorLog(): number | "ignore" {
    try {
      this.log ??= fs.openSync(path.join(this.orders.runDirectory, "sampler.log"), "a");
    } catch {
      this.log = "ignore";
    }
    return this.log;
  }
}

const monotonic = () => Number(process.hrtime.bigint()) / 1e9;

/** Options meant for the user's Node programs (inspectors, loaders) must not reach the sampler. */
function samplerEnvironment(): NodeJS.ProcessEnv {
  const environment = { ...process.env };
  delete environment.NODE_OPTIONS;
  // Node reads these certificates at each start, for some 80 ms; the sampler speaks to nobody.
  delete environment.NODE_EXTRA_CA_CERTS;
  if (process.versions.electron) environment.ELECTRON_RUN_AS_NODE = "1";
  return environment;
}
