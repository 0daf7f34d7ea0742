/** Groups of an attribute or of an intersection of attributes, gathered from cells. */

import { MISSING } from "../table/column.ts";
import type { CellCounts, Cells } from "./cells.ts";
import { addConfusion, type Confusion, confusionAt, OUTCOMES, total } from "./confusion.ts";

/** Value of each attribute of a grouping; null where it is missing. */
export type GroupKey = readonly (string | null)[];

export interface Group {
  key: GroupKey;
  /** Weighted confusion counts; the row counts where there are no weights. */
  counts: Confusion;
  /** Numbers of rows by outcome. */
  rows: Confusion;
}

export interface Grouping {
  attributes: readonly string[];
  /** Sorted by their values, missing values last. */
  groups: Group[];
  /** All rows, also those with a missing value. */
  overall: Group;
}

export const MISSING_VALUE = "(missing)";

/** Combinations beyond this number are listed only where they occur. */
const MAX_EMPTY_COMBINATIONS = 1000;

/** How the cells fall into groups of some of the attributes. */
export interface CellGroups {
  attributes: readonly string[];
  keys: GroupKey[];
  /** Group of each cell. */
  of: Int32Array;
}

/**
 * Groups by `attributes`, sorted by value. An intersection also lists the combinations of values that no row has, while
 * there are at most 1,000 combinations: that nobody is there is a finding. Throws a RangeError for an attribute that the
 * cells do not have.
 */
export function groupCells(cells: Cells, attributes: readonly string[]): CellGroups {
  const at = attributes.map((name) => {
    const index = cells.attributes.indexOf(name);
    if (index < 0) throw new RangeError(`no sensitive column "${name}"`);
    return index;
  });
  const width = cells.attributes.length;
  const codeOf = (cell: number, attribute: number) => {
    const code = cells.codes[cell * width + attribute]!;
    return code === MISSING ? cells.levels[attribute]!.length : code;
  };
  const found = new Map<string, number[]>();
  for (let cell = 0; cell < cells.size; cell++) {
    const codes = at.map((attribute) => codeOf(cell, attribute));
    found.set(codes.join(), codes);
  }
  const all = [...found.values()];
  if (attributes.length > 1) for (const codes of emptyCombinations(cells, at, found)) all.push(codes);
  all.sort((a, b) => {
    for (const [index, code] of a.entries()) if (code !== b[index]) return code - b[index]!;
    return 0;
  });
  const indexOf = new Map(all.map((codes, index) => [codes.join(), index]));
  const of = new Int32Array(cells.size);
  for (let cell = 0; cell < cells.size; cell++)
    of[cell] = indexOf.get(at.map((attribute) => codeOf(cell, attribute)).join())!;
  const keys = all.map((codes) => codes.map((code, index) => cells.levels[at[index]!]![code] ?? null));
  return { attributes, keys, of };
}

/** Confusion counts per group. */
export function groupCounts(counts: CellCounts, attributes: readonly string[]): Grouping {
  const { keys, of } = groupCells(counts.cells, attributes);
  const weights = gather(counts.weights, of, keys.length);
  const rows = counts.rows === counts.weights ? weights : gather(counts.rows, of, keys.length);
  const groups = keys.map((key, index) => ({
    key,
    counts: confusionAt(weights, index),
    rows: confusionAt(rows, index),
  }));
  return { attributes, groups, overall: mergeGroups(groups, []) };
}

/** size x 4 outcome counts of cells, added up to `groups` x 4. `into`: where to, instead of a new array. */
export function gather(
  counts: ArrayLike<number>,
  of: Int32Array,
  groups: number,
  into = new Float64Array(groups * OUTCOMES),
): Float64Array {
  into.fill(0);
  for (let cell = 0; cell < of.length; cell++) {
    const from = cell * OUTCOMES;
    const to = of[cell]! * OUTCOMES;
    for (let outcome = 0; outcome < OUTCOMES; outcome++) into[to + outcome]! += counts[from + outcome]!;
  }
  return into;
}

/** Several groups as one. */
export function mergeGroups(groups: readonly Group[], key: GroupKey): Group {
  return {
    key,
    counts: addConfusion(groups.map(({ counts }) => counts)),
    rows: addConfusion(groups.map(({ rows }) => rows)),
  };
}

/** Rows in the group. */
export const groupRows = ({ rows }: Group): number => total(rows);

export const hasMissingValue = ({ key }: Pick<Group, "key">): boolean => key.includes(null);

/** "female, 25-44"; "(missing)" for a missing value. */
export const groupName = (key: GroupKey): string => key.map((value) => value ?? MISSING_VALUE).join(", ");

function* emptyCombinations(
  cells: Cells,
  at: readonly number[],
  found: ReadonlyMap<string, unknown>,
): Generator<number[]> {
  const sizes = at.map((attribute) => cells.levels[attribute]!.length);
  const combinations = sizes.reduce((product, size) => product * size, 1);
  if (combinations > MAX_EMPTY_COMBINATIONS) return;
  for (let index = 0; index < combinations; index++) {
    const codes: number[] = [];
    let rest = index;
    for (const size of [...sizes].reverse()) {
      codes.unshift(rest % size);
      rest = Math.floor(rest / size);
    }
    if (!found.has(codes.join())) yield codes;
  }
}
