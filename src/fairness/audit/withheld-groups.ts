/**
 * Which groups of a grouping stay out of what others read for good, beside totals that they may know: those with a small
 * count, and as many more, smallest first, that the totals minus the groups that are told give no small count either. Pure.
 */

/** Counts of one group that can be told from its rates and their ranges; `size` decides who is withheld in addition. */
export interface ToldCounts {
  size: number;
  counts: readonly number[];
}

/**
 * Indices of the withheld groups. `isIntersection`: its groups are parts of the groups of single attributes, so sums of
 * those would tell single ones: all of them are told, or none.
 */
export function withheldGroups(
  groups: readonly ToldCounts[],
  below: number,
  isIntersection: boolean,
): Set<number> {
  const isFew = (count: number) => count > 0 && count < below;
  const all = [...groups.keys()];
  const withheld = new Set(all.filter((index) => groups[index]!.counts.some(isFew)));
  if (withheld.size === 0) return withheld;
  if (isIntersection) return new Set(all);
  const next = all
    .filter((index) => !withheld.has(index) && groups[index]!.size > 0)
    .sort((a, b) => groups[a]!.size - groups[b]!.size);
  const sumTells = () =>
    groups[0]!.counts.some((_, at) =>
      isFew([...withheld].reduce((sum, index) => sum + groups[index]!.counts[at]!, 0)),
    );
  while (next.length > 0 && (withheld.size < 2 || sumTells())) withheld.add(next.shift()!);
  return withheld;
}
