/**
 * What the editor and the threshold explorer's page say to each other. Both sides parse every message with these schemas
 * and drop what does not fit. Counts travel as sorted typed arrays: the page computes from them without asking again.
 */

import * as z from "zod/mini";
import { STRATEGIES } from "../../src/fairness/thresholds/strategy.ts";
import { modelView, question } from "./questions.ts";
import type { StringKey } from "./string-keys.ts";

const numbers = z.custom<Float64Array>((value) => value instanceof Float64Array);

/** A cell's counts over scores (src/fairness/thresholds/score-counts.ts). */
const cell = z.object({
  key: z.array(z.nullable(z.string())),
  firstRow: z.number(),
  scores: numbers,
  rowPositives: numbers,
  rowNegatives: numbers,
  /** null where every row counts once. */
  weights: z.nullable(z.object({ positives: numbers, negatives: numbers })),
});

/** The roles of src/fairness/table/roles.ts that thresholds of a score need; others that a caller names are left out. */
export const exploredRoles = z.object({
  label: z.string(),
  /** A table without one is asked for it. */
  score: z.optional(z.string()),
  /** Not used, and not compared: it is the model's answer. */
  prediction: z.optional(z.string()),
  sensitive: z.array(z.string()),
  weight: z.optional(z.string()),
  positive: z.optional(z.string()),
  incomplete: z.optional(z.enum(["refuse", "leave-out"])),
});

/** What the panel has open: kept by the page, so that it comes back after a reload of the window. */
export const explored = z.object({ file: z.string(), roles: exploredRoles });

export const openedTable = z.object({
  name: z.string(),
  rows: z.number(),
  weighted: z.boolean(),
  positive: z.string(),
  negative: z.nullable(z.string()),
  attributes: z.array(z.string()),
  features: z.array(z.string()),
  axes: z.array(z.string()),
  notes: z.array(z.string()),
  cells: z.array(cell),
  /** Of the file that was read. */
  sha256: z.string(),
  bytes: z.number(),
  columns: z.object({
    label: z.string(),
    score: z.string(),
    weight: z.optional(z.string()),
    sensitive: z.array(z.string()),
  }),
  fairwatt: z.string(),
});

const comparedRow = z.object({
  row: z.number(),
  score: z.number(),
  label: z.boolean(),
  selected: z.boolean(),
});

export const nearestAnswer = z.object({
  point: comparedRow,
  nearest: z.nullable(comparedRow),
  distance: z.number(),
  columns: z.array(z.object({ name: z.string(), point: z.string(), nearest: z.string(), part: z.number() })),
});

export const hostMessage = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("hydrate"),
    strings: z.record(z.string(), z.string()),
    explored,
    table: z.nullable(openedTable),
  }),
  /** The table is being read. */
  z.object({ type: z.literal("reading"), rows: z.number(), part: z.nullable(z.number()) }),
  /** It cannot be explored. */
  z.object({ type: z.literal("unusable"), text: z.string() }),
  /** The cells with one more attribute, the last of the keys. */
  z.object({ type: z.literal("facet"), feature: z.string(), cells: z.array(cell) }),
  z.object({
    type: z.literal("nearest"),
    ask: z.number(),
    answer: z.nullable(nearestAnswer),
    problem: z.string(),
  }),
  /** To a question (questions.ts); with a problem there is no answer. */
  z.object({ type: z.literal("answer"), ask: z.number(), answer: z.unknown(), problem: z.string() }),
  /** Of a question that takes time, from 0 to 1. */
  z.object({ type: z.literal("progress"), ask: z.number(), part: z.number() }),
  z.object({ type: z.literal("model"), model: z.nullable(modelView) }),
]);

export const pageMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("facet"), feature: z.string() }),
  z.object({
    type: z.literal("nearest"),
    ask: z.number(),
    row: z.number(),
    distance: z.enum(["l1", "l2"]),
    /** The feature that the cells are sliced by. */
    facet: z.nullable(z.string()),
    /** Of each cell, in the order in which they were sent; Infinity: nobody. */
    thresholds: numbers,
  }),
  z.object({ type: z.literal("ask"), ask: z.number(), question }),
  /** Nobody waits for the answer any more. */
  z.object({ type: z.literal("cancel"), ask: z.number() }),
  z.object({ type: z.literal("model"), action: z.enum(["choose", "load", "cancel"]) }),
  /** A threshold report (src/fairness/thresholds/threshold-report.ts) as JSON, to be saved where the person says. */
  z.object({ type: z.literal("export"), json: z.string() }),
  z.object({ type: z.literal("chooseColumns") }),
  z.object({ type: z.literal("copy"), text: z.string() }),
  z.object({ type: z.literal("saveImage"), name: z.string(), png: z.string() }),
  z.object({ type: z.literal("problem"), text: z.string() }),
]);

const strategy = z.enum(STRATEGIES);

/** A row with what was changed in it and what the model said; rows are counted from 0. */
const edit = z.object({
  row: z.number(),
  changes: z.array(z.tuple([z.string(), z.string()])),
  before: z.number(),
  after: z.number(),
});

/** Who stands apart in the points over two columns. */
export const COLOURINGS = ["group", "outcome", "error"] as const;

/** What the page keeps over hiding and reloads. A state of another version is dropped. */
export const pageState = z.object({
  v: z.literal(1),
  explored: z.nullable(explored),
  /** Attributes that the rows are grouped by; with `facet` crossed. */
  grouping: z.array(z.string()),
  facet: z.nullable(z.string()),
  strategy,
  mode: z.enum(["exact", "wit"]),
  costRatio: z.number(),
  tolerance: z.number(),
  measure: z.string(),
  together: z.boolean(),
  /** Set by hand: name of the group and its threshold; null: nobody. */
  custom: z.array(z.tuple([z.string(), z.nullable(z.number())])),
  hidden: z.array(z.string()),
  open: z.array(z.string()),
  /** The row that is looked at, from 0. */
  row: z._default(z.nullable(z.number()), null),
  edits: z._default(z.array(edit), []),
  scatter: z._default(
    z.nullable(z.object({ x: z.string(), y: z.string(), colour: z.enum(COLOURINGS) })),
    null,
  ),
  /** The feature of the partial dependence. */
  feature: z._default(z.nullable(z.string()), null),
});

export type SentCell = z.infer<typeof cell>;
export type Explored = z.infer<typeof explored>;
export type ExploredRoles = z.infer<typeof exploredRoles>;
export type TableView = z.infer<typeof openedTable>;
export type NearestView = z.infer<typeof nearestAnswer>;
export type HostMessage = z.infer<typeof hostMessage>;
export type PageMessage = z.infer<typeof pageMessage>;
export type Edit = z.infer<typeof edit>;
export type PageState = z.infer<typeof pageState>;
export type ExplorerStrings = Record<StringKey, string>;
