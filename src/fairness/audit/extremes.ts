/** The items with the smallest and the largest value, the first of equals. At least one item. */
export function extremesOf<T>(items: readonly T[], numberOf: (item: T) => number): [T, T] {
  let lowest = items[0] as T;
  let highest = lowest;
  for (const item of items) {
    if (numberOf(item) < numberOf(lowest)) lowest = item;
    if (numberOf(item) > numberOf(highest)) highest = item;
  }
  return [lowest, highest];
}
