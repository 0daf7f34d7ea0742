/** Slice finder: parts of the table in which the model does worse than in the rest (Chung et al. 2019, ICDE, arXiv 1807.06068). */

import { benjaminiHochberg } from "../statistics/multiple-tests.ts";
import type { Column } from "../table/column.ts";
import { binColumn } from "./binning.ts";
import { type Moments, pOfPart, type SliceStatistics, testerOf } from "./slice-test.ts";

/** "checking_status = A11" */
export interface Condition {
  feature: string;
  value: string;
}

export interface Slice extends SliceStatistics {
  conditions: Condition[];
  /** After Benjamini & Hochberg over all slices that were tested, also those that are not listed. */
  adjusted: number;
}

export interface SliceSettings {
  /** Conditions joined at most; 1 to 3. */
  depth: 1 | 2 | 3;
  /** Rows that a slice must have. */
  minRows: number;
  /** Effect that a slice must have to be listed. */
  minEffect: number;
  /** A slice must exceed the effect of each slice that it lies in by this. */
  margin: number;
  alpha: number;
  /** Bins per feature. */
  bins: number;
  /** Slices that are listed. */
  limit: number;
}

export const SLICE_SETTINGS: SliceSettings = {
  depth: 3,
  minRows: 50,
  minEffect: 0.2,
  margin: 0.05,
  alpha: 0.05,
  bins: 6,
  limit: 50,
};

export interface SliceSearch {
  /** The largest effect first. */
  slices: Slice[];
  tested: number;
  /** Whether the search ended before all combinations were looked at. */
  complete: boolean;
}

/** Slices tested at most: beyond them a search would take minutes and its correction leave nothing. */
const MAX_TESTED = 200_000;

interface Candidate {
  conditions: readonly number[];
  rows: Uint32Array;
  moments: Moments;
  slice: SliceStatistics;
}

interface Item {
  feature: number;
  condition: Condition;
  rows: Uint32Array;
}

/**
 * `loss`: one per row, larger is worse (0/1 error, log loss, absolute error). Only slices that do worse than the rest are
 * looked at. A combination is searched while it has `minRows` rows, and listed when it is worse than its parts by `margin`.
 */
export function findSlices(
  features: readonly Column[],
  loss: Float64Array,
  partial: Partial<SliceSettings> = {},
  signal?: AbortSignal,
): SliceSearch {
  const settings = { ...SLICE_SETTINGS, ...partial };
  const items = itemsOf(features, settings);
  const test = testerOf(loss);
  let complete = true;
  let level = items.map(({ rows }, at): Candidate => ({ conditions: [at], rows, ...test(rows) }));
  const tested = [...level];
  const known = new Map(level.map((each) => [each.conditions.join(), each]));
  const partsOf = (conditions: readonly number[]) =>
    conditions
      .map((_, skip) => known.get(conditions.filter((_each, at) => at !== skip).join()))
      .filter((part) => part !== undefined);
  for (let depth = 2; depth <= settings.depth && complete; depth++) {
    const next: Candidate[] = [];
    search: for (const parent of level) {
      signal?.throwIfAborted();
      for (let at = parent.conditions.at(-1)! + 1; at < items.length; at++) {
        const item = items[at]!;
        if (parent.conditions.some((each) => items[each]!.feature === item.feature)) continue;
        const rows = intersect(parent.rows, item.rows);
        if (rows.length < settings.minRows) continue;
        const conditions = [...parent.conditions, at];
        const { moments, slice } = test(rows);
        // Worse than the rest is easy to be for a part of a bad slice: it must be worse than what is left of each, too.
        const p = Math.max(slice.p, ...partsOf(conditions).map((part) => pOfPart(moments, part.moments)));
        const candidate = { conditions, rows, moments, slice: { ...slice, p } };
        known.set(conditions.join(), candidate);
        next.push(candidate);
        if (tested.length + next.length >= MAX_TESTED) {
          complete = false;
          break search;
        }
      }
    }
    tested.push(...next);
    level = next;
  }
  const adjusted = benjaminiHochberg(tested.map(({ slice }) => slice.p));
  const slices = tested
    .map(({ conditions, slice }, at) => ({ codes: conditions, slice, adjusted: adjusted[at]! }))
    .filter(
      ({ codes, slice, adjusted: p }) =>
        p < settings.alpha && slice.effect >= settings.minEffect && beatsParts(codes, slice.effect),
    )
    .sort((a, b) => b.slice.effect - a.slice.effect)
    .slice(0, settings.limit)
    .map(
      ({ codes, slice, adjusted: p }): Slice => ({
        conditions: codes.map((code) => items[code]!.condition),
        ...slice,
        adjusted: p,
      }),
    );
  function beatsParts(codes: readonly number[], effect: number): boolean {
    return (
      codes.length === 1 || partsOf(codes).every((part) => effect >= part.slice.effect + settings.margin)
    );
  }
  return { slices, tested: tested.length, complete };
}

function itemsOf(features: readonly Column[], settings: SliceSettings): Item[] {
  return features.flatMap((column, feature) => {
    const { codes, labels } = binColumn(column, settings.bins);
    const lists: number[][] = labels.map(() => []);
    for (const [row, code] of codes.entries()) lists[code]!.push(row);
    return lists.flatMap((rows, code) =>
      rows.length < settings.minRows || rows.length === codes.length
        ? []
        : [
            {
              feature,
              condition: { feature: column.name, value: labels[code]! },
              rows: Uint32Array.from(rows),
            },
          ],
    );
  });
}

/** Rows that are in both; each list ascends. */
function intersect(a: Uint32Array, b: Uint32Array): Uint32Array {
  const both = new Uint32Array(Math.min(a.length, b.length));
  let count = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const x = a[i]!;
    const y = b[j]!;
    if (x === y) {
      both[count++] = x;
      i++;
      j++;
    } else if (x < y) i++;
    else j++;
  }
  return both.slice(0, count);
}
