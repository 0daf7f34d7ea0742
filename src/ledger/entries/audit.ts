/** An audit of a table. */

import * as z from "zod/mini";
import { sha256 } from "./fields.ts";

/** A value of an audit; null is "not estimable", left out (`method` says which), or without a range. */
const estimate = z.object({
  value: z.nullable(z.number()),
  low: z.nullable(z.number()),
  high: z.nullable(z.number()),
  /** How the range was made; that and how the value was made coarser, where it would have told a small count. */
  method: z.string(),
});

/** How good a model is. */
const goodness = {
  value: z.number(),
  low: z.nullable(z.number()),
  high: z.nullable(z.number()),
  method: z.string(),
};

/** Since when the limits stand, against what was audited: limits that are set after the test prove nothing. */
export const limitsSet = z.object({
  by: z.enum(["project file", "command line"]),
  /** Name of the project file. */
  file: z.optional(z.string()),
  state: z.optional(z.enum(["committed", "uncommitted", "not in version control"])),
  /** The commit that last changed them, and when it was made (its committer's clock). */
  commit: z.optional(z.string()),
  time: z.optional(z.string()),
  /** What their time is held against: the start of the run, or the last change of the table's file. */
  tested: z.object({ what: z.enum(["run", "table"]), time: z.string() }),
  /** Whether they were committed before that; never true for limits that were not. */
  before: z.boolean(),
});

/** A count, a rate or a ratio; null is "left out", or not estimable. */
const given = z.nullable(z.number());

/** Tables of NYC Local Law 144, which the law has published: only where the project asks for them, small counts left out. */
const ll144 = z.object({
  measure: z.enum(["selection", "score"]),
  /** Of all scores. */
  median: z.optional(z.number()),
  applicants: z.number(),
  /** Counts of fewer people are left out, and where there were any, `rounded` is true. */
  below: z.number(),
  rounded: z.boolean(),
  tables: z.array(
    z.object({
      by: z.enum(["sex", "race/ethnicity", "intersection"]),
      /** Applicants of unknown category. */
      unknown: given,
      rows: z.array(
        z.object({
          category: z.string(),
          applicants: given,
          selected: given,
          rate: given,
          /** To the highest rate of all, and of the categories that are not small. */
          ratio: given,
          ratioWithoutSmall: given,
          /** Less than 2 % of the data. */
          small: z.boolean(),
        }),
      ),
    }),
  ),
});

/** A group's rate against the reference group's: what the test says, and what it could have seen at all. */
const against = z.object({
  /** Adjusted over the comparisons of the grouping; null where no test could be made. */
  p: given,
  verdict: z.string(),
  /** Gaps below it go unseen at this size more often than the audit's power allows; null where any would. */
  detectable: given,
});

/** Rates of groups. A ledger is shared, and a count of three is three people: what would tell a small count is left out. */
const groups = z.object({
  /** Counts of fewer people are left out, and where there were any, `rounded` is true of what remains. */
  below: z.number(),
  rounded: z.boolean(),
  tables: z.array(
    z.object({
      by: z.array(z.string()),
      /** How the ranges were made. */
      method: z.string(),
      /** The group that the others are held against, where it may be told; with it how the tests were made. */
      reference: z.optional(z.string()),
      tests: z.optional(z.string()),
      groups: z.array(
        z.object({
          group: z.string(),
          rows: z.number(),
          rates: z.array(
            z.object({
              measure: z.string(),
              value: given,
              low: given,
              high: given,
              /** Must not decide anything. */
              small: z.optional(z.literal(true)),
              /** Not "not estimable", but kept from the reader. */
              leftOut: z.optional(z.literal(true)),
              /** Against the reference; absent where it would tell what is left out, and in entries from before it was kept. */
              against: z.optional(against),
            }),
          ),
        }),
      ),
      /** Groups that are small, or would tell how many are in a small one. */
      withheld: z.number(),
      /** Groups beyond what an entry holds. */
      beyond: z.number(),
    }),
  ),
});

/**
 * What an audit found. Counts of groups stay out but for those of `groups` and `ll144`, where no small one can be told; nor
 * can it from `measures`, `quality` and `limits`. Entries from before that was so stay as they are.
 */
export const auditBody = z.object({
  /** Relative to the project's folder, with "/"; the table's own path where it lies outside. */
  file: z.string(),
  /** Run whose artefact the table is, where that is known. */
  run: z.optional(z.string()),
  sha256,
  bytes: z.number(),
  rows: z.number(),
  columns: z.object({
    label: z.string(),
    prediction: z.optional(z.string()),
    score: z.optional(z.string()),
    weight: z.optional(z.string()),
    sensitive: z.array(z.string()),
  }),
  /** Absent in entries of binary audits from before there were others. */
  task: z.optional(z.enum(["binary", "multiclass", "regression"])),
  positive: z.optional(z.string()),
  favourable: z.optional(z.enum(["positive", "negative"])),
  threshold: z.optional(z.number()),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  measures: z.array(
    z.object({
      by: z.array(z.string()),
      measure: z.string(),
      convention: z.string(),
      difference: estimate,
      ratio: estimate,
    }),
  ),
  /** Of all rows, and of the group that it is worst in among those that are not small; not in entries from before it was kept. */
  quality: z.optional(
    z.array(
      z.object({
        measure: z.string(),
        /** Of errors, in the label's unit: less is better. */
        better: z.optional(z.literal("lower")),
        ...goodness,
        worst: z.optional(z.object({ by: z.array(z.string()), group: z.string(), ...goodness })),
        /** There is a worst group, and it would tell a small count. */
        worstLeftOut: z.optional(z.literal(true)),
      }),
    ),
  ),
  /** Of the benefits of all rows of a binary audit; not in entries from before it was kept. */
  inequality: z.optional(z.object({ theil: given, convention: z.string() })),
  /** Not in entries from before it was kept. */
  groups: z.optional(groups),
  /** Limits that were asked for. "broken": false where the data did not suffice to tell. */
  limits: z.array(
    z.object({ limit: z.string(), by: z.array(z.string()), broken: z.boolean(), finding: z.string() }),
  ),
  /** Absent where there were no limits. */
  limitsSet: z.optional(limitsSet),
  /** Where [report.ll144] names the columns, and the table is grouped by them. */
  ll144: z.optional(ll144),
  notices: z.optional(z.array(z.string())),
  author: z.optional(z.string()),
  fairwatt: z.string(),
});

export type AuditBody = z.infer<typeof auditBody>;
export type LimitsSet = z.infer<typeof limitsSet>;
