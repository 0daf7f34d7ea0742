/** Points that would lie on each other are spread. Pure. */

/** From -1 to 1, the same for a row every time; `axis` 0 and 1 are independent. */
export function jitterOf(row: number, axis: 0 | 1): number {
  // An integer hash (Wellons 2018, lowbias32): neighbouring rows fall far apart.
  let hash = Math.imul(row, 2) + axis + 1;
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return ((hash ^ (hash >>> 15)) >>> 0) / 0x7fffffff - 1;
}
