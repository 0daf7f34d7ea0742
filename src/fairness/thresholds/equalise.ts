/** Of all thresholds whose rates lie within a tolerance of each other, the cheapest: exact, over all distinct scores. */

import type { RateName } from "../metrics/rates.ts";
import type { ScoreGroup } from "./score-cells.ts";
import { costAt, rateAt } from "./strategy.ts";

/** Of sums of rates and costs in floats. */
const ROUNDING = 1e-12;

/** Cuts of a group by ascending rate. */
interface Candidates {
  cuts: Uint32Array;
  rates: Float64Array;
  costs: Float64Array;
}

/**
 * One cut per group. Each pair of rates lies within `tolerance`, or within the smallest gap that any choice has where
 * that is larger; of these the cheapest, of equally cheap ones that of the smallest gap. Needs estimable rates.
 */
export function equalise(
  groups: readonly ScoreGroup[],
  rate: RateName,
  costRatio: number,
  tolerance: number,
): number[] {
  const lists = groups.map((group) => candidatesOf(group, rate, costRatio));
  const starts = sortedRates(lists);
  const width = Math.max(tolerance, smallestGap(lists, starts)) + ROUNDING;
  return cheapestWithin(lists, starts, width).map((at, group) => lists[group]!.cuts[at]!);
}

function candidatesOf(group: ScoreGroup, rate: RateName, costRatio: number): Candidates {
  const size = group.counts.scores.length + 1;
  const byCut = Float64Array.from({ length: size }, (_, cut) => rateAt(rate, group, cut));
  // From the highest threshold on: rates of who is selected only rise, so that the order stands and the sort is one pass.
  const cuts = Uint32Array.from({ length: size }, (_, index) => size - 1 - index);
  const rises = cuts.every((cut, index) => index === 0 || byCut[cuts[index - 1]!]! <= byCut[cut]!);
  if (!rises) cuts.sort((a, b) => byCut[a]! - byCut[b]!);
  return {
    cuts,
    rates: Float64Array.from(cuts, (cut) => byCut[cut]!),
    costs: Float64Array.from(cuts, (cut) => costAt(group, cut, costRatio)),
  };
}

function sortedRates(lists: readonly Candidates[]): Float64Array {
  return Float64Array.from(new Set(lists.flatMap(({ rates }) => Array.from(rates)))).sort();
}

/** The least width of a window of rates that holds one of every group. */
function smallestGap(lists: readonly Candidates[], starts: Float64Array): number {
  const next = lists.map(() => 0);
  let least = Infinity;
  for (const start of starts) {
    let highest = start;
    for (const [group, { rates }] of lists.entries()) {
      while (next[group]! < rates.length && rates[next[group]!]! < start) next[group]!++;
      if (next[group] === rates.length) return least;
      highest = Math.max(highest, rates[next[group]!]!);
    }
    least = Math.min(least, highest - start);
  }
  return least;
}

function cheapestWithin(lists: readonly Candidates[], starts: Float64Array, width: number): number[] {
  const windows = lists.map((list) => new CheapestInWindow(list));
  let best: number[] = [];
  let least = Infinity;
  let gap = Infinity;
  for (const start of starts) {
    let cost = 0;
    for (const window of windows) {
      window.move(start, start + width);
      cost += window.cost;
    }
    if (cost === Infinity || cost > least + ROUNDING * Math.max(1, least)) continue;
    const chosen = windows.map(({ at }) => at);
    const rates = chosen.map((at, group) => lists[group]!.rates[at]!);
    const spread = Math.max(...rates) - Math.min(...rates);
    if (cost < least - ROUNDING * Math.max(1, least) || spread < gap) {
      least = cost;
      gap = spread;
      best = chosen;
    }
  }
  return best;
}

/** The cheapest candidate of a window that only moves up: those behind a cheaper later one are forgotten. */
class CheapestInWindow {
  readonly #queue: Uint32Array;
  #head = 0;
  #tail = 0;
  #next = 0;

  constructor(readonly list: Candidates) {
    this.#queue = new Uint32Array(list.rates.length);
  }

  /** Index among the candidates. */
  get at(): number {
    return this.#queue[this.#head]!;
  }

  /** Infinity where the window is empty. */
  get cost(): number {
    return this.#head < this.#tail ? this.list.costs[this.at]! : Infinity;
  }

  move(low: number, high: number): void {
    const { rates, costs } = this.list;
    for (; this.#next < rates.length && rates[this.#next]! <= high; this.#next++) {
      while (this.#tail > this.#head && costs[this.#queue[this.#tail - 1]!]! >= costs[this.#next]!)
        this.#tail--;
      this.#queue[this.#tail++] = this.#next;
    }
    while (this.#head < this.#tail && rates[this.at]! < low) this.#head++;
  }
}
