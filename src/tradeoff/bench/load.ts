/** What a load is, and what came of it: the plan that the load's process reads and the result that it leaves. */

import * as z from "zod/mini";

export const loadPlan = z.object({
  url: z.string(),
  method: z.string(),
  headers: z.record(z.string(), z.string()),
  /** File that each request sends. */
  bodyFile: z.optional(z.string()),
  /** Requests under way at once; or `rate`, requests started per second. */
  concurrency: z.optional(z.number()),
  rate: z.optional(z.number()),
  seconds: z.number(),
  /** An answer that takes longer is none, s. */
  timeout: z.number(),
  /** Counts units in an answer. */
  pattern: z.optional(z.string()),
});

export const loadResult = z.object({
  /** Of each answer that counts: when it was complete (monotonic seconds), how long it took, how many units it holds. */
  at: z.array(z.number()),
  seconds: z.array(z.number()),
  units: z.array(z.number()),
  requests: z.number(),
  /** Why requests failed: "HTTP 503" -> how many. */
  failures: z.record(z.string(), z.number()),
  /** Part of the time in which the load's own process was at work, 0 to 1. */
  busy: z.number(),
});

export type LoadPlan = z.infer<typeof loadPlan>;
export type LoadResult = z.infer<typeof loadResult>;

export const NO_UNITS = "no match for --count in the answer";

/** "HTTP 503 (12), ECONNRESET (3)", the most frequent first. */
export function failureWords({ failures }: Pick<LoadResult, "failures">): string {
  return Object.entries(failures)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 5)
    .map(([why, count]) => `${why} (${count})`)
    .join(", ");
}
