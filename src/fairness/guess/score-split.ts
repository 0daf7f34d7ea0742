/** How a column of scores goes with a column of two classes. Pure. */

import { className } from "../table/classes.ts";
import { asNumbers, type CategoryColumn, MISSING } from "../table/column.ts";

export interface ScoreSplit {
  /** The class whose mean score is higher. */
  higher: string;
  lower: string;
  /** Mean score of each. */
  higherMean: number;
  lowerMean: number;
  /** The lowest score of `higher` where no score of `lower` reaches it: the prediction was made by a threshold below it. */
  from: number | null;
  /** The highest score of `lower`. */
  upTo: number;
}

/** undefined where the scores are no numbers, or where there are not exactly two classes with scores. */
export function splitByClass(scores: CategoryColumn, classes: CategoryColumn): ScoreSplit | undefined {
  const numbers = asNumbers(scores);
  if (!numbers) return undefined;
  const names = classes.levels.map(className);
  const found = new Map<string, { sum: number; rows: number; low: number; high: number }>();
  for (const [row, code] of classes.codes.entries()) {
    const score = numbers.values[row]!;
    if (code === MISSING || Number.isNaN(score)) continue;
    const seen = found.get(names[code]!) ?? { sum: 0, rows: 0, low: score, high: score };
    seen.sum += score;
    seen.rows++;
    seen.low = Math.min(seen.low, score);
    seen.high = Math.max(seen.high, score);
    found.set(names[code]!, seen);
  }
  const pair = [...found].sort(([, a], [, b]) => b.sum / b.rows - a.sum / a.rows);
  const [top, bottom] = pair;
  if (pair.length !== 2 || !top || !bottom) return undefined;
  const mean = ({ sum, rows }: { sum: number; rows: number }) => sum / rows;
  if (mean(top[1]) === mean(bottom[1])) return undefined;
  return {
    higher: top[0],
    lower: bottom[0],
    higherMean: mean(top[1]),
    lowerMean: mean(bottom[1]),
    from: top[1].low > bottom[1].high ? top[1].low : null,
    upTo: bottom[1].high,
  };
}
