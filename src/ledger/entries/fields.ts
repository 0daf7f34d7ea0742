/** What the bodies of several entries hold. */

import * as z from "zod/mini";

export const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** A Quantity as it is written down. */
export const quantityRecord = z.object({
  value: z.number(),
  unit: z.string(),
  method: z.enum(["measured", "modelled", "estimated", "sourced"]),
  instrument: z.string(),
  covers: z.array(z.string()),
  low: z.number(),
  high: z.number(),
  basis: z.string(),
});
