/** What people decided, held against the matrix. Pure. */

import type { TradeoffConfig } from "../../config/tradeoff-settings.ts";
import type { Matrix } from "./matrix.ts";

/** Sentences on a decision that names what is not there, or chooses what is not within the limits. */
export function decisionNotices({ rows }: Matrix, { decision }: Pick<TradeoffConfig, "decision">): string[] {
  const notices: string[] = [];
  const names = new Set(rows.map(({ candidate }) => candidate.name));
  const { chosen, rejected = {} } = decision ?? {};
  for (const name of [...(chosen === undefined ? [] : [chosen]), ...Object.keys(rejected)])
    if (!names.has(name)) notices.push(`the decision names ${name}, which is no candidate`);
  const row = rows.find(({ candidate }) => candidate.name === chosen);
  for (const { limit, verdict } of row?.limits ?? [])
    if (verdict !== "met") notices.push(`the chosen candidate is not within ${limit}: ${verdict}`);
  if (row?.pareto.on === false)
    notices.push(
      `the chosen candidate is beaten by ${row.pareto.dominatedBy.join(", ")}: at least as good in everything compared, better in something`,
    );
  return notices;
}
