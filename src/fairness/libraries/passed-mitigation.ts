/** What of a mitigation may be passed on: the threshold of a handful of people is the score of one of them. Pure. */

import type { BinaryTable } from "../table/scored-table.ts";
import { groupsOf, type MitigationOutcome } from "./mitigation.ts";

type Rules = Pick<MitigationOutcome, "thresholds" | "factors">;

/** Without the thresholds and weights of groups of fewer than `below` rows; `leftOut`: how many groups that are. */
export function passedMitigation<T extends Rules>(
  outcome: T,
  table: BinaryTable,
  below: number,
): { outcome: T; leftOut: number } {
  const sizes = new Map<string, number>();
  for (const group of groupsOf(table)) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const isLarge = ({ group }: { group: string }) => (sizes.get(group) ?? 0) >= below;
  const { thresholds, factors } = outcome;
  return {
    outcome: {
      ...outcome,
      ...(thresholds && { thresholds: thresholds.filter(isLarge) }),
      ...(factors && { factors: factors.filter(isLarge) }),
    },
    leftOut: [...sizes.values()].filter((rows) => rows < below).length,
  };
}
