/**
 * What the editor and the audit's page say to each other. Both sides parse every message with these schemas and drop what
 * does not fit. Numbers are texts made by the editor; raw ones travel only where the chart draws them.
 */

import * as z from "zod/mini";
import type { StringKey } from "./string-keys.ts";

/** A term and its text. */
const fact = z.tuple([z.string(), z.string()]);

/** A value with its range: "0.312", "0.284 to 0.341"; `whence` says how both were made, or why one is missing. */
const shown = z.object({ text: z.string(), range: z.string(), whence: z.string() });

const rate = z.object({
  name: z.string(),
  /** 0 to 1; null: not estimable. */
  value: z.nullable(z.number()),
  low: z.nullable(z.number()),
  high: z.nullable(z.number()),
  shown,
  /** "89 of 96 rows" */
  counted: z.string(),
  /** Why the rate must not decide anything; null where it may. */
  small: z.nullable(z.string()),
});

const group = z.object({
  name: z.string(),
  rows: z.string(),
  isReference: z.boolean(),
  /** Holds rows without a value of a sensitive column. */
  isMissing: z.boolean(),
  /** Labelled and predicted positive, predicted only, labelled only, neither. */
  outcomes: z.tuple([z.string(), z.string(), z.string(), z.string()]),
  rates: z.array(rate),
});

const measure = z.object({
  label: z.string(),
  difference: shown,
  ratio: shown,
  extremes: z.string(),
  chance: z.string(),
  excluded: z.array(z.string()),
});

const table = z.object({ head: z.array(z.string()), rows: z.array(z.array(z.string())) });

/** One way to define the measures: our own, or a library's. */
const convention = z.object({
  /** "Fairlearn 0.14.0" */
  name: z.string(),
  about: z.array(fact),
  caution: z.nullable(z.string()),
  values: z.array(fact),
});

const grouping = z.object({
  title: z.string(),
  groups: z.array(group),
  /** Groups beyond those that are listed. */
  more: z.number(),
  overall: group,
  measures: z.array(measure),
  /** What all measures here are, in words. */
  convention: z.string(),
  libraries: z.array(convention),
  /** null where the rule does not apply. */
  fourFifths: z.nullable(z.object({ sentence: z.string(), table })),
  comparisons: table,
  scores: z.nullable(table),
});

/** How the groups of one grouping do, where there are not just two classes: the part predicted right, or errors. */
const overview = z.object({
  title: z.string(),
  /** What the groups differ by. */
  sentence: z.string(),
  drawn: z.object({
    label: z.string(),
    /** Of all rows; null where there is no such value. */
    overall: z.nullable(z.number()),
    /** Whether the axis is that of a rate, from 0 to 1. */
    isRate: z.boolean(),
    points: z.array(
      z.object({
        name: z.string(),
        isReference: z.boolean(),
        value: z.nullable(z.number()),
        low: z.nullable(z.number()),
        high: z.nullable(z.number()),
        small: z.nullable(z.string()),
        text: z.string(),
      }),
    ),
  }),
  table,
  /** Columns of the table that are set right. */
  numeric: z.array(z.number()),
  /** Groups beyond those that are listed. */
  more: z.number(),
});

const limit = z.object({
  verdict: z.enum(["broken", "kept", "undecided"]),
  by: z.string(),
  limit: z.string(),
  finding: z.string(),
});

const causes = z.object({
  sections: z.array(z.object({ title: z.string(), text: z.string(), table: z.nullable(table) })),
});

export const auditView = z.object({
  title: z.string(),
  subtitle: z.string(),
  facts: z.array(fact),
  notes: z.array(z.string()),
  limits: z.array(limit),
  /** Since when they stand, against what was audited. */
  limitsSet: z.nullable(z.string()),
  /** Rates that every group has, in their order: name and label. */
  rates: z.array(z.object({ name: z.string(), label: z.string(), among: z.string() })),
  /** Of two classes. */
  groupings: z.array(grouping),
  /** Of several classes and of numbers: one for each grouping. */
  overviews: z.array(overview),
  /** Of several classes: each against the rest. */
  classes: z.array(z.object({ name: z.string(), groupings: z.array(grouping) })),
  /** Classes beyond those that are listed. */
  moreClasses: z.number(),
  how: z.array(fact),
  causes: z.nullable(causes),
  canExplore: z.boolean(),
  canSearchCauses: z.boolean(),
});

/** What the editor needs to audit again after a reload of the window. */
export const auditRequest = z.object({
  file: z.string(),
  run: z.nullable(z.string()),
  /** Hash of the ledger entry. */
  entry: z.nullable(z.string()),
  /** Roles of the columns, as src/editor/audit/roles.ts parses them. */
  roles: z.record(z.string(), z.unknown()),
});

const strings = z.record(z.string(), z.string());

export const hostMessage = z.discriminatedUnion("type", [
  /** `view` null: there is nothing to show, as after a reload that kept nothing. */
  z.object({
    type: z.literal("hydrate"),
    strings,
    view: z.nullable(auditView),
    request: z.nullable(auditRequest),
  }),
  /** While a command of the page is carried out, its buttons rest. */
  z.object({ type: z.literal("busy"), busy: z.boolean() }),
]);

export const PAGE_COMMANDS = [
  "again",
  "columns",
  "causes",
  "explore",
  "openTable",
  "openSettings",
  "export",
  "report",
] as const;

export const pageMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("command"), command: z.enum(PAGE_COMMANDS) }),
  z.object({ type: z.literal("problem"), text: z.string() }),
]);

/** What the page keeps over hiding and reloads: all that it shows, so that nothing is computed again for it. */
export const pageState = z.object({
  v: z.literal(1),
  view: z.nullable(auditView),
  request: z.nullable(auditRequest),
  grouping: z.number(),
  class: z.number(),
  rate: z.string(),
  convention: z.string(),
});

export type Fact = z.infer<typeof fact>;
export type Shown = z.infer<typeof shown>;
export type RateView = z.infer<typeof rate>;
export type GroupView = z.infer<typeof group>;
export type MeasureView = z.infer<typeof measure>;
export type TableView = z.infer<typeof table>;
export type ConventionView = z.infer<typeof convention>;
export type GroupingView = z.infer<typeof grouping>;
export type OverviewView = z.infer<typeof overview>;
export type ChartPoint = OverviewView["drawn"]["points"][number];
export type LimitView = z.infer<typeof limit>;
export type CausesView = z.infer<typeof causes>;
export type AuditView = z.infer<typeof auditView>;
export type AuditRequestView = z.infer<typeof auditRequest>;
export type HostMessage = z.infer<typeof hostMessage>;
export type PageMessage = z.infer<typeof pageMessage>;
export type PageCommand = (typeof PAGE_COMMANDS)[number];
export type PageState = z.infer<typeof pageState>;
export type PageStrings = Record<StringKey, string>;
