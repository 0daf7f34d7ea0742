/** Rows drawn by chance, the same on every machine. */

import { createRandom } from "../statistics/random.ts";

/** The one seed of the explorer: the same table shows the same rows every time. */
export const SAMPLE_SEED = 1;

/** At most `most` of `rows`, each at most once, in their order. */
export function sampleRows(rows: Int32Array, most: number, seed = SAMPLE_SEED): Int32Array {
  if (rows.length <= most) return rows;
  const random = createRandom(seed);
  const drawn = rows.slice();
  for (let at = 0; at < most; at++) {
    const other = at + random.index(drawn.length - at);
    [drawn[at], drawn[other]] = [drawn[other]!, drawn[at]!];
  }
  return drawn.slice(0, most).sort();
}
