import { describe, expect, it } from "vitest";
import { buildCells } from "../../../../src/fairness/metrics/cells.ts";
import { rocAuc } from "../../../../src/fairness/metrics/roc-auc.ts";
import type { BinaryTable } from "../../../../src/fairness/table/scored-table.ts";
import { curvesOf, drawnPoints } from "../../../../src/fairness/thresholds/curves.ts";
import { histogramOf, sharedBins } from "../../../../src/fairness/thresholds/histogram.ts";
import { scoreCells, scoreGroups } from "../../../../src/fairness/thresholds/score-cells.ts";
import {
  confusionAtCut,
  cutAt,
  mergeCounts,
  rowsAtCut,
  rowsOf,
} from "../../../../src/fairness/thresholds/score-counts.ts";
import { madeTable } from "./made-tables.ts";

function counted(table: BinaryTable, group: number | null, threshold: number, weighted: boolean) {
  const sum = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (let row = 0; row < table.rows; row++) {
    if (group !== null && table.sensitive[0]!.codes[row] !== group) continue;
    const selected = table.score![row]! >= threshold;
    const outcome = table.label[row] ? (selected ? "tp" : "fn") : selected ? "fp" : "tn";
    sum[outcome] += weighted ? (table.weights?.[row] ?? 1) : 1;
  }
  return sum;
}

const TABLES = [1, 2, 3, 4, 5, 6].map((seed) =>
  madeTable(seed, { rows: 40 * seed, groups: 1 + (seed % 4), scores: 5 * seed, weighted: seed % 2 === 0 }),
);

describe("counts over scores", () => {
  it("agree with a count of the rows at every score, between scores, and outside of them", () => {
    for (const table of TABLES) {
      const groups = scoreGroups(scoreCells(table), [0]);
      expect(groups.map(({ name }) => name)).toEqual(table.sensitive[0]!.levels);
      for (const [index, { counts }] of groups.entries()) {
        const thresholds = [...counts.scores].flatMap((score) => [score, score + 1e-9]);
        for (const threshold of [-1, ...thresholds, 2]) {
          const cut = cutAt(counts, threshold);
          expect(confusionAtCut(counts, cut)).toEqual(counted(table, index, threshold, true));
          expect(rowsAtCut(counts, cut)).toEqual(counted(table, index, threshold, false));
        }
      }
    }
  });

  it("merge to the counts of all rows", () => {
    for (const table of TABLES) {
      const all = mergeCounts(scoreCells(table).map(({ counts }) => counts));
      expect(rowsOf(all)).toBe(table.rows);
      for (const score of all.scores)
        expect(confusionAtCut(all, cutAt(all, score))).toEqual(counted(table, null, score, true));
    }
  });

  it("select fewer the higher the threshold", () => {
    for (const table of TABLES)
      for (const { counts } of scoreCells(table))
        for (let cut = 1; cut <= counts.scores.length; cut++) {
          const [lower, higher] = [confusionAtCut(counts, cut - 1), confusionAtCut(counts, cut)];
          expect(higher.tp + higher.fp).toBeLessThan(lower.tp + lower.fp);
          expect(higher.tp).toBeLessThanOrEqual(lower.tp);
          expect(higher.fp).toBeLessThanOrEqual(lower.fp);
        }
  });

  it("keep a missing value as a group of its own, behind the others", () => {
    const table = madeTable(9, { rows: 60, groups: 2, scores: 9 });
    table.sensitive[0]!.codes[5] = -1;
    const groups = scoreGroups(scoreCells(table), [0]);
    expect(groups.map(({ key, counts }) => [key, rowsOf(counts)]).at(-1)).toEqual([[null], 1]);
    expect(groups.at(-1)!.firstRow).toBe(5);
  });
});

describe("curves", () => {
  it("have the area that ranking all pairs gives", () => {
    for (const table of TABLES) {
      const cells = scoreCells(table);
      const { of, size } = buildCells(table.sensitive, table.rows);
      const areas = rocAuc(table, of, size);
      for (const [index, { counts }] of cells.entries()) {
        const { area } = curvesOf(counts);
        if (areas[index] === null) expect(area).toBeNull();
        else expect(area).toBeCloseTo(areas[index]!, 12);
      }
    }
  });

  it("go from nobody to everyone, and say nothing of precision where nobody is selected", () => {
    const { truePositiveRate, falsePositiveRate, precision, thresholds } = curvesOf(
      scoreCells(TABLES[0]!)[0]!.counts,
    );
    expect([truePositiveRate[0], falsePositiveRate[0], precision[0], thresholds[0]]).toEqual([
      0,
      0,
      Number.NaN,
      Infinity,
    ]);
    expect([truePositiveRate.at(-1), falsePositiveRate.at(-1)]).toEqual([1, 1]);
  });

  it("have no area in a group of one label, and the base rate as the last precision", () => {
    const table = { ...TABLES[0]!, label: new Uint8Array(TABLES[0]!.rows) };
    const { area, averagePrecision } = curvesOf(scoreCells(table)[0]!.counts);
    expect([area, averagePrecision]).toEqual([null, null]);
    // Two rows, the higher one negative: precision 1/2 at full recall.
    const two = curvesOf({
      scores: Float64Array.of(0.2, 0.8),
      positives: Float64Array.of(0, 1, 1),
      negatives: Float64Array.of(0, 0, 1),
      rowPositives: Float64Array.of(0, 1, 1),
      rowNegatives: Float64Array.of(0, 0, 1),
    });
    expect([two.area, two.averagePrecision]).toEqual([0, 0.5]);
  });

  it("are drawn with both ends", () => {
    expect(drawnPoints(4, 10)).toEqual([0, 1, 2, 3]);
    expect(drawnPoints(1001, 5)).toEqual([0, 250, 500, 750, 1000]);
  });
});

describe("histograms", () => {
  it("hold every row once, each in the bin of its score", () => {
    for (const table of TABLES) {
      const groups = scoreGroups(scoreCells(table), [0]);
      const bins = sharedBins(groups, 10);
      expect([bins.low, bins.high]).toEqual([0, 1]);
      for (const { counts } of groups) {
        const { positives, negatives } = histogramOf(counts, bins);
        const sum = [...positives, ...negatives].reduce((a, b) => a + b, 0);
        expect(sum).toBeCloseTo(counts.positives.at(-1)! + counts.negatives.at(-1)!, 9);
      }
    }
  });

  it("range from the lowest to the highest score where these are no probabilities", () => {
    const counts = (scores: number[]) => ({
      counts: { ...scoreCells(TABLES[0]!)[0]!.counts, scores: Float64Array.from(scores) },
    });
    expect(sharedBins([counts([-2, 3]), counts([1, 8])], 5)).toEqual({ low: -2, high: 8, count: 5 });
    expect(sharedBins([counts([4])], 5)).toEqual({ low: 3.5, high: 4.5, count: 5 });
  });
});
