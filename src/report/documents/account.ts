/** The project's account of a period, from the runs of the ledger. Pure. */

import { type Account, makeAccount } from "../../carbon/accounting/account.ts";
import { activityOf } from "../../ledger/run-activity.ts";
import type { Quantity } from "../../quantity.ts";
import type { Evidence, RecordedRun } from "../evidence.ts";
import type { Facts } from "./document.ts";

/** Of these runs, however long ago: the caller has chosen them. */
export function accountOf(runs: readonly RecordedRun[], { embodied }: Evidence, facts: Facts): Account {
  const activities = runs.map(({ hash, body }) => activityOf(body, hash));
  const period = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  return makeAccount(activities, period, {
    ...(facts.hosting && { hosting: facts.hosting }),
    ...(facts.instruments && { instruments: facts.instruments }),
    ...(facts.sci && { sci: facts.sci }),
    embodied,
  });
}

/** A sum of nothing is not known, and no zero. */
export const orNull = <Q extends Quantity>(quantity: Q, parts: number): Q | null =>
  parts > 0 ? quantity : null;
