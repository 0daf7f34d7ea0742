/** Values as a library reports them, with its own zeros, NaNs, infinities and exceptions. */

/** The number that the library prints, NaN and Infinity included; or the exception that it raises. */
export type LibraryValue = number | { raises: string };

/** How a library defines what it reports; shown beside its numbers. */
export interface Convention {
  /** "Fairlearn 0.14.0" */
  library: string;
  direction: string;
  reference: string;
  zeroDenominators: string;
  missingValues: string;
  weights: string;
  /** Where the library's own numbers need a warning. */
  caution?: string;
}

export const undefinedAsZero = (numerator: number, denominator: number): number =>
  denominator === 0 ? 0 : numerator / denominator;

export const undefinedAsNaN = (numerator: number, denominator: number): number =>
  denominator === 0 ? Number.NaN : numerator / denominator;

/** x/0 is Infinity, 0/0 is NaN: what numpy's division gives. */
export const numpyRatio = (numerator: number, denominator: number): number => numerator / denominator;

/** Python's max(): a NaN in first place stays, one later is passed over. NaN where there is nothing. */
export function pythonMax(values: readonly number[]): number {
  let largest = values[0] ?? Number.NaN;
  for (const value of values) if (value > largest) largest = value;
  return largest;
}

/** Python's min(), as pythonMax. */
export function pythonMin(values: readonly number[]): number {
  let smallest = values[0] ?? Number.NaN;
  for (const value of values) if (value < smallest) smallest = value;
  return smallest;
}

/** Values without NaN, as pandas' min, max and mean take them. */
export const defined = (values: readonly number[]): number[] =>
  values.filter((value) => !Number.isNaN(value));

/** JSON has no NaN: "NaN", "Infinity", "-Infinity", or the exception's text. */
export function libraryJson(value: LibraryValue): number | string {
  if (typeof value !== "number") return value.raises;
  return Number.isFinite(value) ? value : String(value);
}

export const libraryJsonOf = (
  values: Readonly<Record<string, LibraryValue>>,
): Record<string, number | string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, libraryJson(value)]));
