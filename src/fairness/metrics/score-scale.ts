/** The scores of a table in order: sorted once, used for every grouping. */

export interface ScoreScale {
  /** Ascending. */
  sorted: Float64Array;
  /** Rows by ascending score; rows of one score by their number. */
  order: Uint32Array;
}

/** `score`: numbers, one per row. */
export function scaleOf(score: Float64Array): ScoreScale {
  // Numbers are sorted fast, rows by a function of theirs are not: each row is put at the place of its score.
  const sorted = score.slice().sort();
  const taken = new Uint32Array(score.length);
  const order = new Uint32Array(score.length);
  for (let row = 0; row < score.length; row++) {
    const first = placeOf(score[row]!, sorted);
    order[first + taken[first]!++] = row;
  }
  return { sorted, order };
}

/** First place of a value that is in the sorted list. */
function placeOf(value: number, sorted: Float64Array): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
