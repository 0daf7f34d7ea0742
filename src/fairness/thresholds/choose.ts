/** The thresholds of a strategy for a table's groups. */

import { equalise } from "./equalise.ts";
import type { ScoreGroup } from "./score-cells.ts";
import { cutAt, mergeCounts, thresholdAt } from "./score-counts.ts";
import {
  type Choice,
  type ComputedStrategy,
  costAt,
  rateAt,
  STRATEGY_DEFINITIONS,
  STRATEGY_SETTINGS,
  type StrategySettings,
} from "./strategy.ts";
import { chooseAsWit } from "./wit.ts";

/**
 * One choice per group. Exact: of equal costs the largest threshold; a group whose rate is not estimable (no row labelled
 * positive, for equal opportunity) takes its own cheapest. Throws a RangeError for no groups and for a cost ratio or a
 * tolerance that cannot be.
 */
export function chooseThresholds(
  groups: readonly ScoreGroup[],
  strategy: ComputedStrategy,
  settings: Partial<StrategySettings> = {},
): Choice[] {
  const { costRatio, mode, tolerance } = { ...STRATEGY_SETTINGS, ...settings };
  if (groups.length === 0) throw new RangeError("there are no groups to choose thresholds for");
  if (!(costRatio >= 0 && costRatio < Infinity))
    throw new RangeError("the cost ratio is a number of 0 or more");
  if (!(tolerance >= 0 && tolerance <= 1)) throw new RangeError("the tolerance lies between 0 and 1");
  if (mode === "wit") return chooseAsWit(groups, strategy, costRatio);
  const { equal } = STRATEGY_DEFINITIONS[strategy];
  if (strategy === "single") {
    const all = { ...groups[0]!, counts: mergeCounts(groups.map(({ counts }) => counts)) };
    const threshold = thresholdAt(all.counts, cheapestCut(all, costRatio));
    return groups.map(({ counts }) => ({ threshold, cut: cutAt(counts, threshold) }));
  }
  if (equal === undefined) return groups.map((group) => choiceAt(group, cheapestCut(group, costRatio)));
  const compared = groups.filter((group) => !Number.isNaN(rateAt(equal, group, 0)));
  const cuts = equalise(compared, equal, costRatio, tolerance);
  return groups.map((group) => {
    const at = compared.indexOf(group);
    return choiceAt(group, at < 0 ? cheapestCut(group, costRatio) : cuts[at]!);
  });
}

/** The same threshold for everyone, or one by hand. */
export const choiceOf = ({ counts }: ScoreGroup, threshold: number): Choice => ({
  threshold,
  cut: cutAt(counts, threshold),
});

const choiceAt = ({ counts }: ScoreGroup, cut: number): Choice => ({
  threshold: thresholdAt(counts, cut),
  cut,
});

function cheapestCut(group: ScoreGroup, costRatio: number): number {
  let best = 0;
  let least = Infinity;
  for (let cut = 0; cut <= group.counts.scores.length; cut++) {
    const cost = costAt(group, cut, costRatio);
    if (cost <= least) {
      least = cost;
      best = cut;
    }
  }
  return best;
}
