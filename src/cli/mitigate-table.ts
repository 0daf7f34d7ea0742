/** Reads a table that is mitigated: it need not have predictions yet. */

import { buildScoredTable } from "../fairness/table/build-scored-table.ts";
import { readTable } from "../fairness/table/read-table.node.ts";
import { type Roles, readPlanOf } from "../fairness/table/roles.ts";
import type { BinaryTable } from "../fairness/table/scored-table.ts";

/** Stands for the predictions of a model that is yet to be trained; no column of a file has such a name. */
const LABEL_AGAIN = "\u0000label";

/** Where the roles name neither prediction nor score, the labels take their place. Throws a TableError. */
export async function readMitigated(file: string, roles: Roles): Promise<BinaryTable> {
  const raw = await readTable(file, readPlanOf(roles));
  if (roles.prediction !== undefined || roles.score !== undefined)
    return buildScoredTable(raw, roles) as BinaryTable;
  const label = raw.columns.get(roles.label);
  if (label) raw.columns.set(LABEL_AGAIN, { ...label, name: LABEL_AGAIN });
  return buildScoredTable(raw, { ...roles, prediction: LABEL_AGAIN }) as BinaryTable;
}
