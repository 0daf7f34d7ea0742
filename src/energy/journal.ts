/**
 * The journal, version 1: JSON lines, one writer per file, append only. A run directory holds one file per writer:
 *   <host>.<pid>.jsonl   the runner's (role "runner") and each sampler's (role "sampler")
 *   marks.jsonl          what the measured command itself reports (epochs, phases), role "marks"
 * Times: `t` wall clock in Unix seconds, `mono` the host's monotonic clock in seconds (one scale for all processes of a
 * boot). Everything shown is folded from these records; nothing is computed before it is written.
 */

import * as z from "zod/mini";

export const JOURNAL_VERSION = 1;

const when = { t: z.number(), mono: z.number() };

const curve = z.readonly(z.array(z.readonly(z.tuple([z.number(), z.number()]))));

export const meterDescriptor = z.object({
  id: z.string(),
  component: z.enum(["cpu", "dram", "gpu", "platform"]),
  parts: z.optional(z.readonly(z.array(z.string()))),
  label: z.string(),
  kind: z.enum(["counter", "power", "model"]),
  method: z.enum(["measured", "modelled", "estimated", "sourced"]),
  instrument: z.string(),
  unit: z.number(),
  wrapsAt: z.optional(z.number()),
  maxPower: z.number(),
  error: z.number(),
  errorSource: z.string(),
  idle: z.optional(z.object({ watts: z.number(), at: z.string() })),
  attribution: z.enum(["cpu-time", "resident-memory", "gpu-process", "whole"]),
  counted: z.boolean(),
  uncountedReason: z.optional(z.string()),
  intermittent: z.optional(z.boolean()),
  insteadOf: z.optional(z.readonly(z.array(z.string()))),
  model: z.optional(
    z.object({
      kind: z.enum(["cpu-load", "constant"]),
      cpus: z.number(),
      low: curve,
      mid: curve,
      high: curve,
    }),
  ),
  crossCheck: z.optional(z.string()),
  basis: z.optional(z.string()),
});

export const rejectedMeter = z.object({
  id: z.string(),
  component: z.enum(["cpu", "dram", "gpu", "platform"]),
  label: z.string(),
  reason: z.string(),
  remedy: z.optional(z.string()),
  fix: z.optional(z.enum(["rapl-group", "rapl-module", "sensor-group"])),
});

export const gitState = z.object({
  commit: z.string(),
  branch: z.optional(z.string()),
  /** True when tracked files differ from the commit or new files are not ignored. */
  dirty: z.boolean(),
});

export const hardware = z.object({
  cpu: z.string(),
  logicalCpus: z.number(),
  memoryBytes: z.number(),
  os: z.string(),
  /** "docker", "kubernetes", ...; absent on the bare host. */
  container: z.optional(z.string()),
  /** Name of the hypervisor when the machine is virtual. */
  virtualization: z.optional(z.string()),
});

/** The zone whose grid intensity is used, resolved before the run; absent when nobody has said where the machine is. */
export const gridBasis = z.object({
  zone: z.string(),
  name: z.string(),
  gramsPerKwh: z.number(),
  low: z.number(),
  high: z.number(),
  year: z.number(),
  source: z.string(),
  /** Where the zone came from: "--zone", "fairwatt.toml", "setting fairwatt.zone". */
  chosenBy: z.string(),
});

/** The processes were there before: only what came after is measured. */
export const attached = z.object({
  pid: z.number(),
  /** Start time of the process in clock ticks since boot. */
  pidStart: z.number(),
  /** Seconds that it had run before. */
  age: z.number(),
  /** Who asked: "fairwatt attach", "debug session", "notebook". */
  by: z.string(),
  /** What of it could not be read, in words. */
  notices: z.optional(z.array(z.string())),
});

export const runnerStart = z.object({
  type: z.literal("start"),
  role: z.literal("runner"),
  v: z.literal(JOURNAL_VERSION),
  ...when,
  run: z.string(),
  name: z.string(),
  argv: z.array(z.string()),
  cwd: z.string(),
  folder: z.string(),
  host: z.string(),
  boot: z.string(),
  pid: z.number(),
  /** Start time of the runner in clock ticks since boot (Linux); with the pid it names one process for ever. */
  pidStart: z.optional(z.number()),
  fairwatt: z.string(),
  interval: z.number(),
  pue: z.number(),
  attribution: z.enum(["process", "machine"]),
  grid: z.optional(gridBasis),
  attached: z.optional(attached),
  /** This runner measures for all ranks of a launch on this host. `size`: ranks on all hosts. */
  launch: z.optional(z.object({ launcher: z.string(), size: z.number() })),
});

export const samplerStart = z.object({
  type: z.literal("start"),
  role: z.literal("sampler"),
  v: z.literal(JOURNAL_VERSION),
  ...when,
  run: z.string(),
  host: z.string(),
  boot: z.string(),
  pid: z.number(),
  pidStart: z.optional(z.number()),
  /** Pid of the runner that started it: samplers of one runner continue each other. */
  runner: z.number(),
  interval: z.number(),
  hardware,
  meters: z.array(meterDescriptor),
  rejected: z.array(rejectedMeter),
});

/** The runner started the command. */
export const spawned = z.object({
  type: z.literal("spawned"),
  ...when,
  pid: z.number(),
  pidStart: z.optional(z.number()),
});
/** What git said when the run began: the commit, and who works here. */
export const git = z.object({
  type: z.literal("git"),
  ...when,
  git: z.optional(gitState),
  /** "Ada Lovelace <ada@example.org>" */
  author: z.optional(z.string()),
});

export const sample = z.object({
  type: z.literal("sample"),
  ...when,
  /** Raw readings by meter id; null: unreadable. */
  r: z.record(z.string(), z.nullable(z.number())),
  /**
   * CPU seconds since boot: `busy` of the whole machine, `tree` of the run's processes (dead ones included),
   * `slice` of the container where it has its own account.
   */
  cpu: z.optional(
    z.object({ busy: z.number(), tree: z.nullable(z.number()), slice: z.optional(z.number()) }),
  ),
  /** Bytes in use on the machine, by the run's processes, and in the container where it has its own account. */
  mem: z.optional(
    z.object({ used: z.number(), tree: z.nullable(z.number()), slice: z.optional(z.number()) }),
  ),
  /** By GPU meter id, the run's share of the device's use since the last sample, 0 to 1; absent: the driver does not tell. */
  gpu: z.optional(z.record(z.string(), z.number())),
});

/** Something that the readings alone do not show. `from`..`to` on the monotonic clock. */
export const gap = z.object({
  type: z.literal("gap"),
  ...when,
  from: z.number(),
  to: z.number(),
  reason: z.string(),
});

export const mark = z.object({
  type: z.literal("mark"),
  ...when,
  kind: z.enum(["epoch", "step", "phase", "metric", "cell"]),
  /** Which cell of a notebook, and whether its execution begins or ends here. */
  cell: z.optional(z.string()),
  edge: z.optional(z.enum(["start", "end"])),
  index: z.optional(z.number()),
  total: z.optional(z.number()),
  name: z.optional(z.string()),
  metrics: z.optional(z.record(z.string(), z.number())),
  /** What told it where the command did not itself: "keras", "xgboost", "tqdm", ... (src/python/hooks). */
  source: z.optional(z.string()),
  /** Rows that one epoch trains on. */
  samples: z.optional(z.number()),
  /** Where the training was begun: an absolute path and a line from 1. */
  file: z.optional(z.string()),
  line: z.optional(z.number()),
});

export const end = z.object({
  type: z.literal("end"),
  role: z.enum(["runner", "sampler"]),
  ...when,
  /** Runner only: exit code of the command, null when a signal ended it. */
  exitCode: z.optional(z.nullable(z.number())),
  signal: z.optional(z.nullable(z.string())),
  /** True when the user asked for it (Stop, Ctrl-C, SIGTERM, SIGHUP). */
  stopped: z.optional(z.boolean()),
  reason: z.optional(z.string()),
});

/** The runner stopped the command for a time in which the grid emits more, or let it go on. */
export const pause = z.object({ type: z.literal("pause"), ...when, paused: z.boolean() });

export const journalRecord = z.union([
  sample,
  runnerStart,
  samplerStart,
  spawned,
  git,
  gap,
  pause,
  mark,
  end,
]);

export type GitState = z.infer<typeof gitState>;
export type Hardware = z.infer<typeof hardware>;
export type GridBasis = z.infer<typeof gridBasis>;
export type Attached = z.infer<typeof attached>;
export type RunnerStart = z.infer<typeof runnerStart>;
export type SamplerStart = z.infer<typeof samplerStart>;
export type SampleRecord = z.infer<typeof sample>;
export type SpawnedRecord = z.infer<typeof spawned>;
export type GapRecord = z.infer<typeof gap>;
export type PauseRecord = z.infer<typeof pause>;
export type MarkRecord = z.infer<typeof mark>;
export type EndRecord = z.infer<typeof end>;
export type JournalRecord = z.infer<typeof journalRecord>;

const schemas: Record<string, z.ZodMiniType<JournalRecord>> = {
  sample,
  spawned,
  git,
  gap,
  pause,
  mark,
  end,
};

/** One line of a journal, or a sentence on why it is not one. A torn or foreign line costs itself only. */
export function parseJournalLine(line: string): JournalRecord | { error: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { error: "not JSON" };
  }
  if (typeof value !== "object" || value === null) return { error: "not an object" };
  const { type, role } = value as { type?: unknown; role?: unknown };
  const schema = type === "start" ? (role === "runner" ? runnerStart : samplerStart) : schemas[String(type)];
  if (!schema) return { error: `unknown record "${String(type)}"` };
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : { error: z.prettifyError(parsed.error) };
}

export function isJournalError(result: JournalRecord | { error: string }): result is { error: string } {
  return "error" in result;
}
