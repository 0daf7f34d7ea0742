/** A grouping by one attribute as the three libraries report it. */

import { AEQUITAS, aequitasGroups } from "../conventions/aequitas.ts";
import { groupParities } from "../conventions/aequitas-parity.ts";
import { AIF360, aif360View } from "../conventions/aif360.ts";
import { AIF360_SKLEARN, aif360Sklearn } from "../conventions/aif360-sklearn.ts";
import { FAIRLEARN, fairlearnFrame, fairlearnRaises } from "../conventions/fairlearn.ts";
import { type LibraryValue, libraryJson } from "../conventions/library-value.ts";
import { type Grouping, groupName } from "../metrics/groups.ts";
import type { LibraryReport } from "./audit.ts";

/** `reference`: value of the privileged (reference) group. */
export function libraryReports(grouping: Grouping, reference: string): LibraryReport[] {
  const json = (values: Record<string, LibraryValue>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, libraryJson(value)]));
  const raises = fairlearnRaises(grouping);
  const reports: LibraryReport[] = [
    {
      convention: FAIRLEARN,
      values: {
        ...json(fairlearnFrame(grouping).scalars),
        ...(raises && { "MetricFrame(accuracy_score)": raises }),
      },
    },
  ];
  const view = aif360View(grouping, reference);
  if (view.byGroup.length > 1) {
    reports.push({ convention: AIF360, values: json(view.metric) });
    reports.push({ convention: AIF360_SKLEARN, values: json(aif360Sklearn(grouping, reference)) });
  }
  const aequitas: Record<string, number | string> = {};
  for (const group of aequitasGroups(grouping, { group: reference })) {
    const name = groupName(group.group.key);
    for (const [metric, value] of Object.entries(group.disparities))
      aequitas[`${metric}_disparity[${name}]`] = libraryJson(value);
    for (const [parity, flag] of Object.entries(groupParities(group)))
      aequitas[`${parity}[${name}]`] = flag === null ? "NaN" : String(flag);
  }
  reports.push({ convention: AEQUITAS, values: aequitas });
  return reports;
}
