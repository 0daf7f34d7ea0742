/** Rated power of processors by name (data/cpu-power.csv). The rule never guesses: unknown unless the name is found. */

export interface RatedPower {
  /** Name in the table. */
  name: string;
  watts: number;
  /** Where sources disagree: the least and the most that any of them says. */
  low: number;
  high: number;
}

/** "11th Gen Intel(R) Core(TM) i7-1165G7 @ 2.80GHz" -> "core i7-1165g7". The table's names went through the same. */
export function normaliseCpuName(name: string): string {
  return name
    .toLowerCase()
    .replace(/\((r|tm)\)|[®™]/g, " ")
    .replace(/\s@.*$/, "")
    .replace(/\b(with|w\/) radeon.*$/, "")
    .replace(/\([^)]*\)/g, " ")
    .replace(/\b\d+(st|nd|rd|th) gen\b/, " ")
    .replace(/\b(\d+|dual|quad|six|eight|twelve|sixteen)-core\b/, " ")
    .replace(/\b(cpu|processor)\b/g, " ")
    .replace(/[,\s]+/g, " ")
    .trim()
    .replace(/^(intel|amd) /, "");
}

/**
 * Looks a processor up: first its exact name, then rows that differ only in words beside the model number. Several such
 * rows must agree on the watts. Undefined when unknown.
 */
export function findRatedPower(table: string, cpuName: string): RatedPower | undefined {
  const wanted = normaliseCpuName(cpuName);
  const start = wanted === "" ? -1 : table.indexOf(`\n${wanted},`);
  if (start >= 0) return parseRow(table.slice(start + 1, lineEnd(table, start + 1)));
  const model = wanted.split(" ").filter((word) => /\d/.test(word));
  if (model.length === 0) return undefined;
  const words = new Set(wanted.split(" "));
  const found = table
    .split("\n")
    .slice(1)
    .filter((line) => model.every((word) => line.includes(word)))
    .map(parseRow)
    .filter((row) => row !== undefined && isSameModel(row.name.split(" "), words, model));
  const watts = new Set(found.map((row) => row?.watts));
  return watts.size === 1 ? found[0] : undefined;
}

/** One name's words contain the other's, and every word with a digit is in both. */
function isSameModel(row: readonly string[], words: ReadonlySet<string>, model: readonly string[]): boolean {
  const rowWithin = row.every((word) => words.has(word));
  const withinRow = [...words].every((word) => row.includes(word));
  const rowModel = row.filter((word) => /\d/.test(word));
  return (
    (rowWithin || withinRow) && rowModel.length === model.length && model.every((word) => row.includes(word))
  );
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

function parseRow(line: string): RatedPower | undefined {
  const [name, watts, low, high] = line.trimEnd().split(",");
  if (!name || !watts) return undefined;
  return { name, watts: Number(watts), low: Number(low || watts), high: Number(high || watts) };
}
