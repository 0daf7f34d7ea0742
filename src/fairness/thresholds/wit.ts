/**
 * The What-If Tool's own search (PAIR-code/what-if-tool at a410765), bug for bug: thresholds t = 0 to 100 of a hundred, a
 * row is positive unless t > score * 100 in floats (so 0.29 is negative at t = 29), of equal costs the largest t wins, and
 * what is to be equal is matched greedily to the first group. Made for scores from 0 to 1. It knew no weights; here they count.
 */

import type { RateName } from "../metrics/rates.ts";
import type { ScoreGroup } from "./score-cells.ts";
import { firstWhere, mergeCounts } from "./score-counts.ts";
import { type Choice, type ComputedStrategy, costAt, rateAt, STRATEGY_DEFINITIONS } from "./strategy.ts";

const STEPS = 100;

/** The choice of step t (0 to 100) in a group. */
function witChoice({ counts: { scores } }: ScoreGroup, t: number): Choice {
  return { threshold: t / STEPS, cut: firstWhere(scores.length, (index) => !(t > scores[index]! * STEPS)) };
}

/** One choice per group, in the order of `groups`. */
export function chooseAsWit(
  groups: readonly ScoreGroup[],
  strategy: ComputedStrategy,
  costRatio: number,
): Choice[] {
  const { equal } = STRATEGY_DEFINITIONS[strategy];
  if (strategy === "single") {
    const all = { ...groups[0]!, counts: mergeCounts(groups.map(({ counts }) => counts)) };
    const step = cheapestStep(all, costRatio);
    return groups.map((group) => witChoice(group, step));
  }
  if (equal === undefined) return groups.map((group) => witChoice(group, cheapestStep(group, costRatio)));
  const ordered = asKeysOfAnObject(groups);
  const steps = greedySteps(
    ordered.map(({ group }) => group),
    equal,
    costRatio,
  );
  const byPlace = new Map(ordered.map(({ place }, index) => [place, steps[index]!]));
  return groups.map((group, place) => witChoice(group, byPlace.get(place)!));
}

function cheapestStep(group: ScoreGroup, costRatio: number): number {
  let best = 0;
  let least = Infinity;
  for (let t = 0; t <= STEPS; t++) {
    const cost = costAt(group, witChoice(group, t).cut, costRatio);
    if (cost <= least) {
      least = cost;
      best = t;
    }
  }
  return best;
}

/** For each step of the first group every other takes the one whose rate is closest; the cheapest of these hundred and one. */
function greedySteps(groups: readonly ScoreGroup[], rate: RateName, costRatio: number): number[] {
  const tables = groups.map((group) =>
    Array.from({ length: STEPS + 1 }, (_, t) => {
      const { cut } = witChoice(group, t);
      return { rate: rateAt(rate, group, cut), cost: costAt(group, cut, costRatio) };
    }),
  );
  let best: number[] = groups.map(() => 0);
  let least = Infinity;
  for (let first = 0; first <= STEPS; first++) {
    const wanted = tables[0]![first]!.rate;
    const steps = tables.map((table, index) => (index === 0 ? first : closestStep(table, wanted)));
    const cost = steps.reduce((sum, t, index) => sum + tables[index]![t]!.cost, 0);
    if (cost <= least) {
      least = cost;
      best = steps;
    }
  }
  return best;
}

/** Where a rate is not estimable nothing is ever closer, and the step stays 0: everyone is positive. */
function closestStep(table: readonly { rate: number }[], wanted: number): number {
  let best = 0;
  let least = Infinity;
  for (const [t, { rate }] of table.entries()) {
    const distance = Math.abs(rate - wanted);
    if (distance <= least) {
      least = distance;
      best = t;
    }
  }
  return best;
}

/** The tool walks its groups as keys of an object: whole numbers first, ascending, then as the table names them first. */
function asKeysOfAnObject(groups: readonly ScoreGroup[]): { group: ScoreGroup; place: number }[] {
  const found = groups
    .map((group, place) => ({ group, place }))
    .sort((a, b) => a.group.firstRow - b.group.firstRow);
  const name = ({ key }: ScoreGroup) => (key.length === 1 && key[0] !== null ? key[0]! : JSON.stringify(key));
  return Object.values(Object.fromEntries(found.map((each) => [name(each.group), each])));
}
