/** A person's word on an entry: approved, or not. */

import * as z from "zod/mini";
import { sha256 } from "./fields.ts";

export const approvalBody = z.object({
  /** The entry that is meant. Its hash holds all that it cites, too. */
  subject: sha256,
  decision: z.enum(["approved", "rejected"]),
  /** Who decides, and in which function ("head of credit risk"). */
  name: z.string().check(z.minLength(1)),
  role: z.string().check(z.minLength(1)),
  place: z.optional(z.string()),
  /** Conditions, or why not. */
  remark: z.optional(z.string()),
  /** Made by `ssh-keygen -Y sign` over the canonical JSON of the body without it. */
  signature: z.optional(z.object({ scheme: z.literal("ssh"), value: z.string() })),
  author: z.optional(z.string()),
  fairwatt: z.string(),
});

export type ApprovalBody = z.infer<typeof approvalBody>;
