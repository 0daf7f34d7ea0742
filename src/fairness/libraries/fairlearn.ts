/** Fairlearn: MetricFrame and the scalar measures. */

import { FAIRLEARN, FAIRLEARN_METRICS, fairlearnFrame } from "../conventions/fairlearn.ts";
import { libraryJsonOf } from "../conventions/library-value.ts";
import { groupCounts, groupName, hasMissingValue, mergeGroups } from "../metrics/groups.ts";
import type { Library } from "./library.ts";

export const fairlearn: Library = {
  name: "fairlearn",
  title: "Fairlearn",
  conventions: { fairlearn: FAIRLEARN },
  native({ counts, complete }, by) {
    const all = groupCounts(counts, by);
    const known = all.groups.filter((group) => !hasMissingValue(group));
    const frame = fairlearnFrame(complete ? { ...all, groups: known, overall: mergeGroups(known, []) } : all);
    const values: Record<string, number> = { ...frame.scalars };
    for (const metric of FAIRLEARN_METRICS) {
      const aggregates = frame.aggregates[metric];
      values[`${metric} overall`] = frame.overall[metric];
      for (const { group, values: own } of frame.byGroup)
        values[`${metric} by_group[${groupName(group.key)}]`] = own[metric];
      values[`${metric} group_min`] = aggregates.group_min;
      values[`${metric} group_max`] = aggregates.group_max;
      for (const method of ["between_groups", "to_overall"] as const) {
        values[`${metric} difference[${method}]`] = aggregates[`difference.${method}`];
        values[`${metric} ratio[${method}]`] = aggregates[`ratio.${method}`];
      }
    }
    return libraryJsonOf(values);
  },
};
