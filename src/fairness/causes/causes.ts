/** Where a gap may come from: who is in the table, what stands in for the attributes, where the model errs. */

import { buildCells, countOutcomes } from "../metrics/cells.ts";
import { type Consistency, consistency } from "../metrics/consistency.ts";
import { groupCounts } from "../metrics/groups.ts";
import { createRandom } from "../statistics/random.ts";
import type { BinaryTable } from "../table/scored-table.ts";
import { type Imbalance, imbalance } from "./imbalance.ts";
import { type ProxyScan, scanProxies } from "./proxies.ts";
import { findSlices, type SliceSearch } from "./slices.ts";

export interface Causes {
  imbalance: ({ attribute: string } & Imbalance)[];
  proxies: ProxyScan[];
  /** Of wrong predictions, by features and sensitive columns. */
  slices: SliceSearch;
  /** Whether rows with like features are predicted alike; null for a table without other columns. */
  consistency: Consistency | null;
}

/** Works on the table's `features`; without any, only the sensitive columns are searched for slices. */
export function findCauses(table: BinaryTable, seed = 1, signal?: AbortSignal): Causes {
  const counts = countOutcomes(table, buildCells(table.sensitive, table.rows));
  const loss = Float64Array.from(table.label, (label, row) => (label === table.prediction[row] ? 0 : 1));
  return {
    imbalance: table.sensitive.map(({ name }) => ({
      attribute: name,
      ...imbalance(groupCounts(counts, [name]).groups),
    })),
    proxies: table.sensitive.map((attribute) => scanProxies(attribute, table.features, createRandom(seed))),
    slices: findSlices([...table.sensitive, ...table.features], loss, {}, signal),
    consistency: consistency(table, createRandom(seed)),
  };
}
