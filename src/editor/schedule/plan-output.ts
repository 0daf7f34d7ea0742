/** What `fairwatt when --json` prints, as far as the editor asks. Pure. */

import * as z from "zod/mini";

const range = z.object({ value: z.number(), low: z.number(), high: z.number() });
const moment = z.pipe(
  z.string(),
  z.transform((text) => Date.parse(text)),
);

export const foundPlan = z.object({
  deadline: moment,
  start: moment,
  parts: z.array(z.object({ from: moment, to: moment })),
  durationSeconds: z.number(),
  durationFrom: z.string(),
  saving: range,
  planned: range,
  ifNow: range,
  recommended: z.boolean(),
  why: z.string(),
  basis: z.enum(["average", "marginal"]),
  typical: z.boolean(),
  notices: z.array(z.string()),
  source: z.object({
    place: z.string(),
    fetchedAt: moment,
    error: z.object({ relative: z.number(), how: z.string() }),
    problem: z.optional(z.string()),
  }),
});

export type FoundPlan = z.infer<typeof foundPlan>;
