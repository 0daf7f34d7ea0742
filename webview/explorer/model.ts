/** What the explorer shows, as numbers: groups with their thresholds, and all that follows from them. Pure. */

import type { Confusion } from "../../src/fairness/metrics/confusion.ts";
import {
  combineGaps,
  type Gap,
  gapOf,
  MEASURES,
  type MeasureName,
} from "../../src/fairness/metrics/measures.ts";
import { type RateName, rateOf } from "../../src/fairness/metrics/rates.ts";
import { smallGroup } from "../../src/fairness/metrics/small-group.ts";
import { choiceOf, chooseThresholds } from "../../src/fairness/thresholds/choose.ts";
import { type Bins, sharedBins } from "../../src/fairness/thresholds/histogram.ts";
import { type ScoreCell, type ScoreGroup, scoreGroups } from "../../src/fairness/thresholds/score-cells.ts";
import { confusionAtCut, rowsAtCut, rowsOf } from "../../src/fairness/thresholds/score-counts.ts";
import {
  type Choice,
  costOf,
  type Strategy,
  type StrategySettings,
} from "../../src/fairness/thresholds/strategy.ts";
import type { SentCell } from "./protocol.ts";

/** A cell as it was before it was sent. */
export function cellOf({ key, firstRow, scores, rowPositives, rowNegatives, weights }: SentCell): ScoreCell {
  return {
    key,
    firstRow,
    counts: {
      scores,
      rowPositives,
      rowNegatives,
      positives: weights ? weights.positives : rowPositives,
      negatives: weights ? weights.negatives : rowNegatives,
    },
  };
}

/** Each attribute by itself, all together, and everyone as one group. */
export function groupingsOf(attributes: readonly string[]): string[][] {
  const single = attributes.map((name) => [name]);
  return [...single, ...(single.length > 1 ? [single.flat()] : []), []];
}

/** A group's rate; `small`: why it must not decide anything. */
export interface RateView {
  value: number | null;
  small: string | undefined;
}

export interface MeasureView {
  difference: number | null;
  ratio: number | null;
  /** One per rate of the measure. */
  gaps: readonly (Gap | null)[];
}

export class Model {
  groups: readonly ScoreGroup[] = [];
  choices: readonly Choice[] = [];
  bins: Bins = { low: 0, high: 1, count: 1 };
  #cells: readonly ScoreCell[] = [];
  /** Group of each cell. */
  #groupOf: readonly number[] = [];

  /** `everyone`: what a single group of all rows is called. `attributes`: places in the cells' keys. */
  regroup(cells: readonly ScoreCell[], attributes: readonly number[], everyone: string): void {
    this.#cells = cells;
    this.groups = scoreGroups(cells, attributes).map((group) =>
      attributes.length === 0 ? { ...group, name: everyone } : group,
    );
    const places = new Map(this.groups.map(({ key }, index) => [JSON.stringify(key), index]));
    this.#groupOf = cells.map(({ key }) => places.get(JSON.stringify(attributes.map((at) => key[at])))!);
    this.bins = sharedBins(this.groups);
    this.choices = this.groups.map((group) => choiceOf(group, (this.bins.low + this.bins.high) / 2));
  }

  /** "custom" takes the thresholds of the groups named in `custom`, and leaves the others where they are. */
  choose(strategy: Strategy, settings: StrategySettings, custom: ReadonlyMap<string, number>): void {
    if (strategy !== "custom") this.choices = chooseThresholds(this.groups, strategy, settings);
    else
      this.choices = this.groups.map((group, index) => {
        const threshold = custom.get(group.name);
        return threshold === undefined ? this.choices[index]! : choiceOf(group, threshold);
      });
  }

  /** Moves the threshold of a group, or of all of them. */
  move(index: number, threshold: number, together: boolean): void {
    this.choices = this.choices.map((choice, at) =>
      together || at === index ? choiceOf(this.groups[at]!, threshold) : choice,
    );
  }

  /** Weighted, where there are weights. */
  confusion(index: number): Confusion {
    return confusionAtCut(this.groups[index]!.counts, this.choices[index]!.cut);
  }

  rows(index: number): Confusion {
    return rowsAtCut(this.groups[index]!.counts, this.choices[index]!.cut);
  }

  rate(index: number, rate: RateName): RateView {
    return {
      value: rateOf(rate, this.confusion(index)).value,
      small: smallGroup(rate, this.rows(index)),
    };
  }

  /** Among the groups that are not small. */
  gap(rate: RateName): Gap | null {
    return gapOf(
      rate,
      this.groups.map((_, index) => {
        const { value, small } = this.rate(index, rate);
        return small === undefined ? value : null;
      }),
    );
  }

  measure(name: MeasureName): MeasureView {
    const gaps = MEASURES[name].rates.map((rate) => this.gap(rate));
    return { ...combineGaps(MEASURES[name], gaps), gaps };
  }

  /** Cost of all errors, and how many there are (or how much they weigh). */
  cost(costRatio: number): { cost: number; fp: number; fn: number } {
    let [cost, fp, fn] = [0, 0, 0];
    for (const index of this.groups.keys()) {
      const confusion = this.confusion(index);
      cost += costOf(confusion, costRatio);
      fp += confusion.fp;
      fn += confusion.fn;
    }
    return { cost, fp, fn };
  }

  /** Threshold of each cell, in their order. */
  cellThresholds(): Float64Array<ArrayBuffer> {
    return Float64Array.from(this.#cells, (_, cell) => this.choices[this.#groupOf[cell]!]!.threshold);
  }

  /** Index of the group that a cell is in. */
  groupOf(cell: number): number {
    return this.#groupOf[cell]!;
  }

  /** Indexes of the groups to draw: the largest `most`, in their order. */
  drawn(most: number): number[] {
    const indexes = [...this.groups.keys()];
    if (indexes.length <= most) return indexes;
    return indexes
      .sort((a, b) => rowsOf(this.groups[b]!.counts) - rowsOf(this.groups[a]!.counts))
      .slice(0, most)
      .sort((a, b) => a - b);
  }
}
