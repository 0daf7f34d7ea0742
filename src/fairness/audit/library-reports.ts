/** A grouping by one attribute as the three libraries report it. */

import { AEQUITAS, aequitasGroups } from "../conventions/aequitas.ts";
import { attributeParities, groupParities, overallParities } from "../conventions/aequitas-parity.ts";
import { AIF360, aif360View } from "../conventions/aif360.ts";
import { AIF360_SKLEARN, aif360Sklearn } from "../conventions/aif360-sklearn.ts";
import { FAIRLEARN, fairlearnControlled, fairlearnFrame, fairlearnRaises } from "../conventions/fairlearn.ts";
import { type GeneralizedCounts, sumScores } from "../conventions/generalized.ts";
import { libraryJson, libraryJsonOf } from "../conventions/library-value.ts";
import { type Group, type Grouping, groupName, hasMissingValue } from "../metrics/groups.ts";
import type { LibraryReport } from "./audit.ts";

/**
 * `reference`: value of the privileged (reference) group. `scoresOf`: sums of a group's scores, where the table has scores,
 * for the generalised rates; otherwise those are of the predictions.
 */
export function libraryReports(
  grouping: Grouping,
  reference: string,
  scoresOf?: (group: Group) => GeneralizedCounts,
): LibraryReport[] {
  const raises = fairlearnRaises(grouping);
  const reports: LibraryReport[] = [
    {
      convention: FAIRLEARN,
      values: {
        ...libraryJsonOf(fairlearnFrame(grouping).scalars),
        ...(raises && { "MetricFrame(accuracy_score)": raises }),
      },
    },
  ];
  const view = aif360View(grouping, reference, scoresOf);
  if (view.byGroup.length > 1) {
    reports.push({ convention: AIF360, values: libraryJsonOf(view.metric) });
    const known = grouping.groups.filter((group) => !hasMissingValue(group));
    const scores = scoresOf && sumScores(known.map(scoresOf));
    reports.push({
      convention: AIF360_SKLEARN,
      values: libraryJsonOf(aif360Sklearn(grouping, reference, scores)),
    });
  }
  const aequitas: Record<string, number | string> = {};
  const groups = aequitasGroups(grouping, { group: reference });
  const shown = (flag: boolean | null) => (flag === null ? "NaN" : String(flag));
  const parities = attributeParities(groups.map((group) => groupParities(group)));
  for (const [parity, flag] of Object.entries({ ...parities, ...overallParities([parities]) }))
    aequitas[parity] = shown(flag);
  for (const group of groups) {
    const name = groupName(group.group.key);
    for (const [metric, value] of Object.entries(group.disparities))
      aequitas[`${metric}_disparity[${name}]`] = libraryJson(value);
    for (const [parity, flag] of Object.entries(groupParities(group)))
      aequitas[`${parity}[${name}]`] = shown(flag);
  }
  reports.push({ convention: AEQUITAS, values: aequitas });
  return reports;
}

/** Values of a control feature for which Fairlearn's frames are listed. */
const MAX_LEVELS = 20;

/** An intersection as Fairlearn reports it with the first attribute as control feature: the others within each of its values. */
export function controlledReports(grouping: Grouping): LibraryReport[] {
  const control = grouping.attributes[0]!;
  return fairlearnControlled(grouping)
    .slice(0, MAX_LEVELS)
    .map(({ level, frame }) => ({
      convention: { ...FAIRLEARN, library: `${FAIRLEARN.library}, control feature ${control} = ${level}` },
      values: libraryJsonOf(frame.scalars),
    }));
}
