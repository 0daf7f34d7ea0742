/** Columns as few values: numbers by their quantiles, texts by their most frequent values. */

import { binEdges, binOf } from "../metrics/calibration.ts";
import { type Column, MISSING } from "../table/column.ts";

export interface BinnedColumn {
  name: string;
  /** One per row; a missing value has a bin of its own, the last, where there is one. */
  codes: Int32Array;
  /** What each bin holds, for people: "25 to 32", "A11", "(other)", "(missing)". */
  labels: string[];
}

/** Raw unique values inflate every measure of association: with as many values as rows, each tells everything. */
export const DEFAULT_BINS = 10;

/** At most `wanted` bins for numbers; the `wanted` most frequent texts and one bin for the others. */
export function binColumn(column: Column, wanted = DEFAULT_BINS): BinnedColumn {
  const { codes, labels } =
    column.kind === "number" ? binNumbers(column.values, wanted) : binTexts(column, wanted);
  if (codes.includes(MISSING)) {
    const missing = labels.push("(missing)") - 1;
    return { name: column.name, codes: codes.map((code) => (code === MISSING ? missing : code)), labels };
  }
  return { name: column.name, codes, labels };
}

function binNumbers(values: Float64Array, wanted: number) {
  const present = values.filter((value) => !Number.isNaN(value));
  if (present.length === 0) return { codes: new Int32Array(values.length).fill(MISSING), labels: [] };
  const distinct = [...new Set(present)].sort((a, b) => a - b);
  if (distinct.length <= wanted) {
    const place = new Map(distinct.map((value, at) => [value, at]));
    return {
      codes: Int32Array.from(values, (value) => place.get(value) ?? MISSING),
      labels: distinct.map(String),
    };
  }
  const edges = binEdges(present, wanted);
  return {
    codes: Int32Array.from(values, (value) => (Number.isNaN(value) ? MISSING : binOf(value, edges))),
    labels: edges.slice(0, -1).map((edge, at) => `${short(edge)} to ${short(edges[at + 1]!)}`),
  };
}

function binTexts({ codes, levels }: Extract<Column, { kind: "category" }>, wanted: number) {
  if (levels.length <= wanted) return { codes, labels: [...levels] };
  const counts = new Float64Array(levels.length);
  for (const code of codes) if (code !== MISSING) counts[code]!++;
  const frequent = [...levels.keys()].sort((a, b) => counts[b]! - counts[a]! || a - b).slice(0, wanted);
  const place = new Int32Array(levels.length).fill(wanted);
  for (const [at, code] of frequent.entries()) place[code] = at;
  return {
    codes: codes.map((code) => (code === MISSING ? MISSING : place[code]!)),
    labels: [...frequent.map((code) => levels[code]!), "(other)"],
  };
}

const short = (value: number): string => String(Number(value.toPrecision(4)));
