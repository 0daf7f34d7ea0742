/** Which thresholds may be passed on: one that was searched in a handful of rows is the score of one of those persons. Pure. */

import type { Choice } from "./strategy.ts";

/**
 * Per group: its threshold, null for "nobody", undefined where it is left out: of a group that is not large enough, unless a
 * group that is has the same.
 */
export function passedThresholds(
  choices: readonly Choice[],
  isLarge: (group: number) => boolean,
): (number | null | undefined)[] {
  const known = new Set(choices.filter((_, group) => isLarge(group)).map(({ threshold }) => threshold));
  return choices.map(({ threshold }) => {
    if (!known.has(threshold)) return undefined;
    return Number.isFinite(threshold) ? threshold : null;
  });
}
