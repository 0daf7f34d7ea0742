/** What a project asks of a change before it may go on: `[gate]`. */

import * as z from "zod/mini";

const yesNo = (key: string, meaning: string) =>
  z.boolean({ error: `${key} must be true or false: ${meaning}` });
const days = "max-age-days must be a number above 0: days after which an audit is too old";

export const gateConfig = z.strictObject(
  {
    /** Every model that a run wrote must have an audit. */
    audit: z._default(yesNo("audit", "whether every model needs an audit"), true),
    /** Days after which an audit no longer counts. */
    "max-age-days": z._default(z.number({ error: days }).check(z.gt(0, { error: days })), 180),
    /** Findings of lint from this severity on stop the gate. */
    lint: z._default(
      z.enum(["error", "warning", "off"], { error: 'lint must be "error", "warning" or "off"' }),
      "error",
    ),
    /** A budget that is used up stops the gate. */
    budget: z._default(yesNo("budget", "whether a budget that is used up stops the gate"), true),
  },
  { error: "gate must be a table of settings" },
);

export type GateConfig = z.infer<typeof gateConfig>;

/** Of a project that says nothing. */
export const DEFAULT_GATE: GateConfig = gateConfig.parse({});
