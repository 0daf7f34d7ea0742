/** Many tests at once: p-values adjusted so that chance does not find something in each table. */

/** Holm 1979: controls the chance of any false alarm. In the order given; NaN (a test that could not be made) stays NaN. */
export function holm(p: readonly number[]): number[] {
  return adjust(p, (sorted) => {
    let largest = 0;
    return sorted.map((value, index) => {
      largest = Math.max(largest, Math.min(1, value * (sorted.length - index)));
      return largest;
    });
  });
}

/** Benjamini & Hochberg 1995: controls the expected part of false alarms among the alarms. */
export function benjaminiHochberg(p: readonly number[]): number[] {
  return adjust(p, (sorted) => {
    const adjusted = [...sorted];
    let smallest = 1;
    for (let index = sorted.length - 1; index >= 0; index--) {
      smallest = Math.min(smallest, (sorted[index]! * sorted.length) / (index + 1));
      adjusted[index] = smallest;
    }
    return adjusted;
  });
}

function adjust(p: readonly number[], of: (sorted: number[]) => number[]): number[] {
  const order = [...p.keys()].filter((index) => !Number.isNaN(p[index]!)).sort((a, b) => p[a]! - p[b]!);
  const adjusted = of(order.map((index) => p[index]!));
  const result = p.map(() => Number.NaN);
  for (const [rank, index] of order.entries()) result[index] = adjusted[rank]!;
  return result;
}
