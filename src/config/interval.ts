/** Sampling intervals as a person writes them. */

export const SHORTEST_INTERVAL = 0.1;
export const LONGEST_INTERVAL = 60;

const FORM = /^\s*(\d+(?:\.\d*)?|\.\d+)\s*(ms|s|sec|seconds?|m|min|minutes?)?\s*$/i;

/**
 * "1s", "500ms", "2 s", "0.5", 2 -> seconds, between 0.1 and 60. A bare number is seconds.
 * Throws a RangeError whose message says what is allowed.
 */
export function parseInterval(text: string | number): number {
  const found = typeof text === "number" ? null : FORM.exec(text);
  const unit = found?.[2]?.toLowerCase() ?? "s";
  const size = unit === "ms" ? 0.001 : unit.startsWith("m") ? 60 : 1;
  const seconds = typeof text === "number" ? text : found ? Number(found[1]) * size : Number.NaN;
  if (!Number.isFinite(seconds)) {
    throw new RangeError(`"${text}" is not an interval; write "1s", "500ms" or a number of seconds`);
  }
  if (seconds < SHORTEST_INTERVAL || seconds > LONGEST_INTERVAL) {
    throw new RangeError(`the interval must be between 100 ms and 60 s; "${text}" is ${seconds} s`);
  }
  return seconds;
}
