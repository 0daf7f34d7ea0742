/** The four-fifths rule of a grouping. */

import { fourFifths } from "../metrics/four-fifths.ts";
import { type Group, type Grouping, groupName } from "../metrics/groups.ts";
import { smallGroup } from "../metrics/small-group.ts";
import { ratioInterval } from "../statistics/proportion-intervals.ts";
import type { BinaryTable } from "../table/scored-table.ts";
import type { GroupingReport } from "./audit.ts";
import type { AuditSettings } from "./settings.ts";

/** null where no group is large enough to be the reference. */
export function fourFifthsReport(
  grouping: Grouping,
  table: BinaryTable,
  settings: AuditSettings,
): GroupingReport["fourFifths"] {
  const results = fourFifths(grouping.groups, table.favourable, settings.small.minRows);
  const best = results.find(({ isReference }) => isReference);
  if (!best) return null;
  const proportion = ({ rows }: Group) => {
    const selected = table.favourable === "positive" ? rows.tp + rows.fp : rows.fn + rows.tn;
    return { successes: selected, total: rows.tp + rows.fp + rows.fn + rows.tn };
  };
  return {
    reference: groupName(best.group.key),
    outcome: `predicted ${table.favourable === "positive" ? table.positive : (table.negative ?? `not ${table.positive}`)}`,
    groups: results.map(({ group, favourable, total, ratio, passes, isReference }) => {
      const small = smallGroup("selection_rate", group.rows, settings.small);
      const interval =
        isReference || table.weights
          ? null
          : ratioInterval(proportion(group), proportion(best.group), settings.level);
      return {
        group: groupName(group.key),
        favourable,
        total,
        ratio,
        passes,
        interval,
        ...(small && { small }),
      };
    }),
  };
}
