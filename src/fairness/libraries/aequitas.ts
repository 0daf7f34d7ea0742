/** Aequitas: Group, Bias and Fairness. */

import { AEQUITAS, aequitasGroups } from "../conventions/aequitas.ts";
import { attributeParities, groupParities } from "../conventions/aequitas-parity.ts";
import { libraryJson } from "../conventions/library-value.ts";
import { groupCounts, groupName } from "../metrics/groups.ts";
import type { Library } from "./library.ts";

export const aequitas: Library = {
  name: "aequitas",
  title: "Aequitas",
  conventions: { aequitas: AEQUITAS },
  native({ counts, reference }, by) {
    const [attribute] = by;
    if (attribute === undefined || by.length > 1) return undefined;
    const groups = aequitasGroups(groupCounts(counts, by), { group: reference[attribute]! });
    const flags = groups.map((group) => groupParities(group));
    const values: Record<string, number | string> = {};
    for (const [parity, flag] of Object.entries(attributeParities(flags))) values[parity] = flagOf(flag);
    for (const [index, { group, metrics, disparities }] of groups.entries()) {
      const name = groupName(group.key);
      for (const [metric, value] of Object.entries(metrics))
        values[`${metric}[${name}]`] = libraryJson(value);
      for (const [metric, value] of Object.entries(disparities))
        values[`${metric}_disparity[${name}]`] = libraryJson(value);
      for (const [parity, flag] of Object.entries(flags[index]!)) values[`${parity}[${name}]`] = flagOf(flag);
    }
    return values;
  },
};

/** A flag in the adapter's words. */
const flagOf = (flag: boolean | null): string => (flag === null ? "NaN" : String(flag));
