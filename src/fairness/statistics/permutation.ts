/** Whether the gap between the extreme groups is more than chance makes among so many groups. */

import type { Proportion } from "./proportion-intervals.ts";
import type { TestResult } from "./proportion-tests.ts";
import type { Random } from "./random.ts";

export interface PermutationResult extends TestResult {
  /** Largest minus smallest rate as it is. */
  gap: number;
  /** The gap that chance alone exceeds in 5 of 100 shuffles. */
  nullHigh: number;
}

/** Draws that a test may take; with more groups there are fewer shuffles, and the result says how many. */
const MAX_DRAWS = 1_000_000;
const MIN_SHUFFLES = 100;

/**
 * Shuffles the successes among the groups, sizes kept, and compares the largest gap between two groups. The p-value counts
 * the table itself as one shuffle (Phipson & Smyth 2010), so that it is never 0. null for fewer than two groups with rows.
 */
export function permutationGap(
  groups: readonly Proportion[],
  random: Random,
  wanted = 1000,
): PermutationResult | null {
  const present = groups.filter(({ total }) => total > 0);
  if (present.length < 2) return null;
  const shuffles = Math.min(wanted, Math.max(MIN_SHUFFLES, Math.floor(MAX_DRAWS / present.length)));
  const total = present.reduce((sum, group) => sum + group.total, 0);
  const successes = present.reduce((sum, group) => sum + group.successes, 0);
  const gap = gapOf(present.map((group) => group.successes / group.total));
  const gaps = new Float64Array(shuffles);
  let reached = 0;
  for (let shuffle = 0; shuffle < shuffles; shuffle++) {
    gaps[shuffle] = gapOf(shuffledRates(present, total, successes, random));
    // Rates that are equal in whole numbers may differ in the last bit.
    if (gaps[shuffle]! >= gap - 1e-12) reached++;
  }
  gaps.sort();
  return {
    gap,
    nullHigh: gaps[Math.min(shuffles - 1, Math.ceil(0.95 * shuffles))]!,
    p: (reached + 1) / (shuffles + 1),
    method: `permutation of the largest gap, ${shuffles.toLocaleString("en")} shuffles`,
  };
}

/** Shuffling rows among groups gives each a hypergeometric number of the successes that are left. */
function shuffledRates(
  groups: readonly Proportion[],
  total: number,
  successes: number,
  random: Random,
): number[] {
  let left = total;
  let good = successes;
  return groups.map((group) => {
    const drawn = random.hypergeometric(left, good, group.total);
    left -= group.total;
    good -= drawn;
    return drawn / group.total;
  });
}

function gapOf(rates: readonly number[]): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const rate of rates) {
    if (rate < low) low = rate;
    if (rate > high) high = rate;
  }
  return high - low;
}
