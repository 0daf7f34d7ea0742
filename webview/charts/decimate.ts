/**
 * Fewer points for as many pixels. Chart.js can thin a dataset too, but each one by itself: stacked areas need the same
 * moments in all of them, so the moments are chosen once, by the total.
 */

/**
 * Indexes to draw, ascending: of each of about `most / 2` equal pieces the lowest and the highest total, so that a
 * spike of one second stays visible in ten hours; and both sides of every gap (a total of null).
 */
export function pickPoints(totals: readonly (number | null)[], most: number): number[] {
  const count = totals.length;
  if (count <= most) return totals.map((_, index) => index);
  const pieces = Math.max(1, Math.floor(most / 2) - 1);
  const keep = new Set<number>([0, count - 1]);
  for (let piece = 0; piece < pieces; piece++) {
    const from = Math.floor((piece * count) / pieces);
    const to = Math.floor(((piece + 1) * count) / pieces);
    let lowest = -1;
    let highest = -1;
    let nulls = 0;
    for (let i = from; i < to; i++) {
      const total = totals[i]!;
      if (total === null) {
        if (nulls++ === 0) keep.add(i);
        continue;
      }
      if (lowest < 0 || total < totals[lowest]!) lowest = i;
      if (highest < 0 || total > totals[highest]!) highest = i;
    }
    if (lowest >= 0) keep.add(lowest).add(highest);
  }
  return [...keep].sort((a, b) => a - b);
}

/** Total at each moment; null where nothing was read. */
export function totalsOf(rows: readonly { values: readonly (number | null)[] }[], count: number) {
  const totals = new Array<number | null>(count).fill(null);
  for (const row of rows) {
    for (let i = 0; i < count; i++) {
      const value = row.values[i];
      if (value !== null && value !== undefined) totals[i] = (totals[i] ?? 0) + value;
    }
  }
  return totals;
}
