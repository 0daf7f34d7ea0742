/** How the scores of groups are distributed: bins that all groups share. */

import type { ScoreCounts } from "./score-counts.ts";
import { cutAt } from "./score-counts.ts";

export interface Bins {
  low: number;
  high: number;
  count: number;
}

export interface Histogram {
  /** Weight per bin of the rows labelled positive; rows where there are no weights. */
  positives: Float64Array;
  negatives: Float64Array;
}

/** From 0 to 1 where every score lies there, else from the lowest to the highest. */
export function sharedBins(groups: readonly { counts: ScoreCounts }[], count = 50): Bins {
  let low = Infinity;
  let high = -Infinity;
  for (const { counts } of groups) {
    low = Math.min(low, counts.scores[0]!);
    high = Math.max(high, counts.scores[counts.scores.length - 1]!);
  }
  if (low >= 0 && high <= 1) return { low: 0, high: 1, count };
  return low === high ? { low: low - 0.5, high: high + 0.5, count } : { low, high, count };
}

/** A bin holds the scores from its lower edge on, below its upper one; the last also those on its upper edge. */
export function histogramOf(counts: ScoreCounts, { low, high, count }: Bins): Histogram {
  const cuts = Array.from({ length: count + 1 }, (_, edge) => {
    if (edge === 0) return 0;
    return edge === count ? counts.scores.length : cutAt(counts, low + ((high - low) * edge) / count);
  });
  const part = (cumulative: Float64Array) =>
    Float64Array.from({ length: count }, (_, bin) => cumulative[cuts[bin + 1]!]! - cumulative[cuts[bin]!]!);
  return { positives: part(counts.positives), negatives: part(counts.negatives) };
}
