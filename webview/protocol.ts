/**
 * What the editor and its pages say to each other. Both sides parse every message with these schemas and drop what does
 * not fit. Numbers travel twice: raw (base units of src/quantity.ts) for charts and sorting, as text for reading.
 */

import * as z from "zod/mini";
import { formatSignificant } from "../src/quantity.ts";
import type { StringKey } from "./string-keys.ts";

const method = z.enum(["measured", "modelled", "estimated", "sourced"]);
const runState = z.enum(["running", "finished", "failed", "stopped", "interrupted"]);
const component = z.enum(["cpu", "dram", "gpu", "platform"]);

/** A `Quantity` made ready to read: "13.2 Wh", "13.0 to 13.4 Wh", and where it comes from. */
export const shown = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  /** Unit symbol of `text`. */
  symbol: z.string(),
  text: z.string(),
  range: z.string(),
  method,
  instrument: z.string(),
  basis: z.string(),
});

/** Against the run before of the same name; `flags` are sentences on why the two are not alike. */
export const change = z.object({
  fraction: z.number(),
  text: z.string(),
  sentence: z.string(),
  flags: z.array(z.string()),
});

/** One line of the runs table. */
export const runRow = z.object({
  id: z.string(),
  name: z.string(),
  state: runState,
  outcome: z.string(),
  /** Unix milliseconds. */
  startedAt: z.number(),
  when: z.string(),
  commit: z.string(),
  /** Seconds. */
  duration: z.number(),
  durationText: z.string(),
  energy: shown,
  footprint: z.nullable(shown),
  change: z.nullable(change),
  /** The last value of the first metric that the run reported. */
  metric: z.nullable(z.object({ name: z.string(), value: z.number(), text: z.string() })),
  sparkline: z.array(z.number()),
  /** Hash of the run's ledger entry; null while there is none. */
  ledger: z.nullable(z.string()),
});

/** One meter's part of a run. */
export const componentRow = z.object({
  id: z.string(),
  label: z.string(),
  component,
  energy: shown,
  /** Part of the run's energy, 0 to 1; null for what is recorded beside the sum. */
  share: z.nullable(z.number()),
  meanPower: shown,
  power: z.nullable(z.number()),
  /** Term and text pairs: where this number comes from. */
  provenance: z.array(z.tuple([z.string(), z.string()])),
});

export const gap = z.object({
  from: z.number(),
  to: z.number(),
  /** Absent when nothing at all was read. */
  meter: z.optional(z.string()),
  text: z.string(),
  reason: z.string(),
});

export const mark = z.object({
  at: z.number(),
  kind: z.enum(["epoch", "step", "phase", "metric", "cell"]),
  cell: z.optional(z.string()),
  edge: z.optional(z.enum(["start", "end"])),
  energy: z.optional(z.number()),
  index: z.optional(z.number()),
  total: z.optional(z.number()),
  name: z.optional(z.string()),
  metrics: z.optional(z.record(z.string(), z.number())),
});

export const epochView = z.object({
  index: z.number(),
  /** "7"; "5 to 8" where they were told together; "2.7" of the second training. */
  label: z.string(),
  /** Seconds since the start of the run. */
  from: z.number(),
  to: z.number(),
  joules: z.number(),
  /** Energy by 1,000 rows that it trained on, where their number is known. */
  perThousand: z.nullable(z.string()),
  metrics: z.record(z.string(), z.number()),
});

/** The whole run while it trains, or why that is not known. */
export const forecastView = z.union([
  z.object({
    text: z.string(),
    range: z.string(),
    /** Unix milliseconds. */
    finishAt: z.object({ value: z.number(), low: z.number(), high: z.number() }),
    note: z.string(),
    basis: z.string(),
  }),
  z.object({ why: z.string() }),
]);

/** A cell of a notebook, all its executions in this run. */
export const cellRow = z.object({
  cell: z.string(),
  label: z.string(),
  executions: z.number(),
  durationText: z.string(),
  energy: z.nullable(shown),
  /** Part of the run's energy. */
  share: z.nullable(z.number()),
  running: z.boolean(),
});

/** One run in full. */
export const runDetail = z.object({
  id: z.string(),
  name: z.string(),
  command: z.string(),
  where: z.string(),
  state: runState,
  stateText: z.string(),
  stateReason: z.nullable(z.string()),
  startedAt: z.number(),
  /** Seconds. */
  duration: z.number(),
  elapsed: z.string(),
  epoch: z.nullable(z.object({ index: z.number(), total: z.nullable(z.number()) })),
  energy: shown,
  machineEnergy: shown,
  power: z.nullable(shown),
  /** Over the time that was metered; null where none was. */
  meanPower: z.nullable(shown),
  /** Absent: the zone is not set. */
  footprint: z.nullable(shown),
  /** Grams CO2e per joule of IT energy, PUE included. */
  gramsPerJoule: z.nullable(z.number()),
  zone: z.nullable(z.string()),
  meters: z.array(componentRow),
  uncounted: z.array(componentRow),
  notCovered: z.nullable(z.string()),
  gaps: z.array(gap),
  notices: z.array(z.string()),
  rejected: z.array(z.object({ label: z.string(), reason: z.string(), remedy: z.nullable(z.string()) })),
  /** All but what tells epochs. */
  marks: z.array(mark),
  epochs: z.array(epochView),
  forecast: z.nullable(forecastView),
  /** Of a notebook whose kernel was measured; else empty. */
  cells: z.array(cellRow),
});

/** Points of the charts from index `from` on; `from` 0 replaces what was there. null in `values`: not read. */
export const seriesPiece = z.object({
  run: z.string(),
  from: z.number(),
  /** True with the last piece of a history. */
  complete: z.boolean(),
  /** Seconds since the run's start. */
  t: z.array(z.number()),
  /** Joules since the run's start. */
  energy: z.array(z.number()),
  rows: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      component,
      method,
      /** Energy low/value and high/value of this meter, for the band. */
      low: z.number(),
      high: z.number(),
      values: z.array(z.nullable(z.number())),
    }),
  ),
});

/** Two runs side by side: `a` is the older one. */
export const comparison = z.object({
  a: z.string(),
  b: z.string(),
  aName: z.string(),
  bName: z.string(),
  sentence: z.string(),
  flags: z.array(z.string()),
  rows: z.array(z.object({ term: z.string(), a: z.string(), b: z.string(), difference: z.string() })),
});

/** What is used of the project's budget; times are Unix milliseconds. */
export const budgetView = z.object({
  title: z.string(),
  time: z.string(),
  from: z.number(),
  to: z.number(),
  now: z.number(),
  notices: z.array(z.string()),
  lines: z.array(
    z.object({
      what: z.enum(["CO2e", "energy"]),
      title: z.string(),
      /** Of `limit` and `points`. */
      symbol: z.string(),
      limit: z.number(),
      points: z.array(z.object({ at: z.number(), left: z.number() })),
      used: z.string(),
      left: z.string(),
      state: z.string(),
      /** The figure itself is above the limit. */
      over: z.boolean(),
      basis: z.string(),
      table: z.object({ caption: z.string(), head: z.array(z.string()), rows: z.array(z.array(z.string())) }),
      even: z.string(),
      label: z.string(),
    }),
  ),
});

const strings = z.record(z.string(), z.string());

export const hostMessage = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("hydrate"),
    strings,
    runs: z.array(runRow),
    /** Runs that exist; the rest of them follow as `runs`. */
    total: z.number(),
    detail: z.nullable(runDetail),
    comparison: z.nullable(comparison),
    canLaunch: z.boolean(),
  }),
  z.object({ type: z.literal("runs"), upsert: z.array(runRow), removed: z.array(z.string()) }),
  z.object({ type: z.literal("detail"), detail: z.nullable(runDetail) }),
  z.object({ type: z.literal("series"), piece: seriesPiece }),
  z.object({ type: z.literal("comparison"), comparison: z.nullable(comparison) }),
  z.object({ type: z.literal("budget"), budget: z.nullable(budgetView) }),
]);

/** Commands of the editor that the page may ask for; anything else is dropped by the host. */
export const PAGE_COMMANDS = [
  "fairwatt.runMeasured",
  "fairwatt.stopRun",
  "fairwatt.rerun",
  "fairwatt.openRunReport",
  "fairwatt.checkMeters",
  "fairwatt.chooseZone",
  "fairwatt.showMethods",
] as const;

export const pageMessage = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("ready"),
    selected: z.nullable(z.string()),
    compared: z.nullable(z.tuple([z.string(), z.string()])),
  }),
  z.object({ type: z.literal("select"), run: z.string() }),
  z.object({ type: z.literal("compare"), runs: z.nullable(z.tuple([z.string(), z.string()])) }),
  z.object({ type: z.literal("command"), command: z.enum(PAGE_COMMANDS), run: z.nullable(z.string()) }),
  z.object({ type: z.literal("copy"), text: z.string() }),
  z.object({ type: z.literal("saveImage"), name: z.string(), png: z.string() }),
  z.object({ type: z.literal("problem"), text: z.string() }),
]);

/** What the page keeps over hiding and reloads. A state of another version is dropped. */
export const pageState = z.object({
  v: z.literal(1),
  selected: z.nullable(z.string()),
  compared: z.nullable(z.tuple([z.string(), z.string()])),
  sort: z.object({ column: z.string(), descending: z.boolean() }),
  filter: z.string(),
  hidden: z.array(z.string()),
  open: z.array(z.string()),
});

export type Shown = z.infer<typeof shown>;
export type Change = z.infer<typeof change>;
export type RunRow = z.infer<typeof runRow>;
export type ComponentRow = z.infer<typeof componentRow>;
export type GapView = z.infer<typeof gap>;
export type EpochView = z.infer<typeof epochView>;
export type ForecastView = z.infer<typeof forecastView>;
export type CellRow = z.infer<typeof cellRow>;
export type RunDetail = z.infer<typeof runDetail>;
export type SeriesPiece = z.infer<typeof seriesPiece>;
export type Comparison = z.infer<typeof comparison>;
export type BudgetView = z.infer<typeof budgetView>;
export type HostMessage = z.infer<typeof hostMessage>;
export type PageMessage = z.infer<typeof pageMessage>;
export type PageCommand = (typeof PAGE_COMMANDS)[number];
export type PageState = z.infer<typeof pageState>;
export type PageStrings = Record<StringKey, string>;

/** A metric in four digits, trailing zeros kept so that a column lines up; tiny and huge ones with an exponent. */
export function formatMetric(value: number): string {
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(3);
  return formatSignificant(value, 4);
}

/** Fills {0}, {1}, ... of a translated string. */
export function fill(template: string, ...values: (string | number)[]): string {
  return template.replace(/\{(\d)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));
}
