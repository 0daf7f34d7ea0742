/** How much one column tells of another: mutual information, uncertainty coefficient, Cramer's V. */

/** Counts of pairs of codes; pairs with a missing (negative) code are left out. */
export interface Contingency {
  /** levels x classes. */
  counts: Float64Array;
  levels: number;
  classes: number;
  total: number;
}

export function contingency(a: Int32Array, levels: number, b: Int32Array, classes: number): Contingency {
  const counts = new Float64Array(levels * classes);
  let total = 0;
  for (let row = 0; row < a.length; row++) {
    if (a[row]! < 0 || b[row]! < 0) continue;
    counts[a[row]! * classes + b[row]!]!++;
    total++;
  }
  return { counts, levels, classes, total };
}

export interface Association {
  /** In nats, 0: nothing. */
  mutualInformation: number;
  /** Of b, in nats. */
  entropy: number;
  /** U(b|a) = I / H(b): the part of b's uncertainty that a takes away, 0 to 1 (Theil 1970); null where b has one value. */
  uncertainty: number | null;
  /** 0 to 1; null where a or b has one value. */
  cramersV: number | null;
  /** With Bergsma's 2013 correction of the bias for small samples; null as above. */
  correctedV: number | null;
}

export function associationOf({ counts, levels, classes, total }: Contingency): Association {
  const rows = new Float64Array(levels);
  const columns = new Float64Array(classes);
  for (let level = 0; level < levels; level++)
    for (let each = 0; each < classes; each++) {
      rows[level]! += counts[level * classes + each]!;
      columns[each]! += counts[level * classes + each]!;
    }
  let information = 0;
  let chiSquare = 0;
  for (let level = 0; level < levels; level++)
    for (let each = 0; each < classes; each++) {
      const count = counts[level * classes + each]!;
      const expected = (rows[level]! * columns[each]!) / total;
      if (expected > 0) chiSquare += (count - expected) ** 2 / expected;
      if (count > 0) information += (count / total) * Math.log(count / expected);
    }
  const entropy = columns.reduce(
    (sum, count) => (count > 0 ? sum - (count / total) * Math.log(count / total) : sum),
    0,
  );
  const used = (sums: Float64Array) => sums.filter((count) => count > 0).length;
  const r = used(rows);
  const k = used(columns);
  const width = Math.min(r, k) - 1;
  return {
    mutualInformation: Math.max(0, information),
    entropy,
    uncertainty: entropy > 0 ? Math.min(1, Math.max(0, information / entropy)) : null,
    cramersV: width > 0 ? Math.sqrt(chiSquare / total / width) : null,
    correctedV: width > 0 ? correctedV(chiSquare, total, r, k) : null,
  };
}

function correctedV(chiSquare: number, n: number, r: number, k: number): number {
  const phi = Math.max(0, chiSquare / n - ((r - 1) * (k - 1)) / (n - 1));
  const rows = r - (r - 1) ** 2 / (n - 1);
  const columns = k - (k - 1) ** 2 / (n - 1);
  const width = Math.min(rows, columns) - 1;
  return width > 0 ? Math.min(1, Math.sqrt(phi / width)) : 0;
}
