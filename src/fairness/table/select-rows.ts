/** Tables with some of their rows, columns with their levels in order. */

import { type CategoryColumn, type Column, MISSING, type RawTable } from "./column.ts";

/** The rows at `keep`, in that order; places still name the file's own lines. */
export function keepRows(raw: RawTable, keep: Int32Array): RawTable {
  return {
    ...raw,
    rows: keep.length,
    columns: new Map([...raw.columns].map(([name, column]) => [name, pick(column, keep)])),
    placeOf: (row) => raw.placeOf(keep[row]!),
  };
}

function pick(column: Column, keep: Int32Array): Column {
  if (column.kind === "number") {
    const values = Float64Array.from(keep, (row) => column.values[row]!);
    return { ...column, values, firstMissing: values.findIndex(Number.isNaN) };
  }
  const codes = keep.map((row) => column.codes[row]!);
  return withUsedLevels({ ...column, codes, firstMissing: codes.indexOf(MISSING) });
}

/** Without the levels that no row has any more. */
function withUsedLevels(column: CategoryColumn): CategoryColumn {
  const firstRow = new Int32Array(column.levels.length).fill(-1);
  for (const [row, code] of column.codes.entries())
    if (code !== MISSING && firstRow[code] === -1) firstRow[code] = row;
  const used = [...column.levels.keys()].filter((code) => firstRow[code] !== -1);
  return recode(column, used, (code) => firstRow[code]!);
}

/** The same column with its levels sorted by code point, as the Python libraries order groups. */
export function sortLevels(column: CategoryColumn): CategoryColumn {
  const order = [...column.levels.keys()].sort((a, b) =>
    column.levels[a]! < column.levels[b]! ? -1 : column.levels[a]! > column.levels[b]! ? 1 : 0,
  );
  return recode(column, order, (code) => column.firstRow[code]!);
}

function recode(
  column: CategoryColumn,
  order: readonly number[],
  firstRow: (code: number) => number,
): CategoryColumn {
  const newCode = new Int32Array(column.levels.length);
  for (const [index, code] of order.entries()) newCode[code] = index;
  return {
    ...column,
    codes: column.codes.map((code) => (code === MISSING ? MISSING : newCode[code]!)),
    levels: order.map((code) => column.levels[code]!),
    firstRow: order.map(firstRow),
  };
}
