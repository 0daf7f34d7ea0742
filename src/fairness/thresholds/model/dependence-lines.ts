/** Partial dependence by group, from what was summed by cell. Pure. */

/** Sums over the rows of a sample, by cell; a group's line is the sum of its cells' sums over that of their weights. */
export interface Dependence {
  feature: string;
  isNumber: boolean;
  grid: string[];
  /** Values of the column that are not in the grid: texts beyond the most frequent. */
  left: number;
  /** Rows of the sample, and of the table. */
  sampled: number;
  rows: number;
  /** Per cell: rows of the sample, and their weight. */
  cellRows: Float64Array;
  cellWeights: Float64Array;
  /** Per value of the grid: per cell the sum of score times weight. */
  sums: Float64Array[];
  /** The picked row, from 0, what it has in the column, and its score at each value of the grid. */
  point: { row: number; value: string; scores: number[] } | null;
}

export interface DependenceLine {
  key: readonly (string | null)[];
  /** Rows of the sample that it is the mean of. */
  rows: number;
  /** One per value of the grid. */
  means: number[];
}

/** One line per group of the attributes at these places of the cells' keys; groups without a row in the sample have none. */
export function dependenceLines(
  { cellRows, cellWeights, sums }: Pick<Dependence, "cellRows" | "cellWeights" | "sums">,
  keys: readonly (readonly (string | null)[])[],
  attributes: readonly number[],
): DependenceLine[] {
  const groups = new Map<string, number[]>();
  for (const [cell, key] of keys.entries()) {
    if (!(cellWeights[cell]! > 0)) continue;
    const id = JSON.stringify(attributes.map((at) => key[at]));
    groups.set(id, [...(groups.get(id) ?? []), cell]);
  }
  const total = (of: Float64Array, cells: readonly number[]) =>
    cells.reduce((sum, cell) => sum + of[cell]!, 0);
  return [...groups.values()].map((cells) => ({
    key: attributes.map((at) => keys[cells[0]!]![at]!),
    rows: total(cellRows, cells),
    means: sums.map((sum) => total(sum, cells) / total(cellWeights, cells)),
  }));
}
