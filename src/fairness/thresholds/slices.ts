/** The table by its sensitive columns and, where that is wanted, by one feature more. */

import { binColumn } from "../causes/binning.ts";
import { buildCells } from "../metrics/cells.ts";
import type { CategoryColumn } from "../table/column.ts";
import type { BinaryTable } from "../table/scored-table.ts";
import { TableError } from "../table/table-error.ts";

/** More groups than a person can look at, and more arrays than a page should be sent. */
const MAX_CELLS = 2000;
/** Slices of a feature. */
const FACET_BINS = 6;

/**
 * The sensitive columns; with `feature` also that one, numbers in bins of about as many rows. Throws a TableError where there
 * are too many combinations, and a RangeError for a feature that is not there.
 */
export function slicedBy(table: BinaryTable, feature?: string): CategoryColumn[] {
  const columns = feature === undefined ? table.sensitive : [...table.sensitive, binned(table, feature)];
  const { size } = buildCells(columns, table.rows);
  if (size > MAX_CELLS)
    throw new TableError(
      `${size.toLocaleString("en")} combinations of ${columns.map(({ name }) => name).join(", ")} are more than can be shown; choose columns of fewer values`,
    );
  return columns;
}

function binned(table: BinaryTable, feature: string): CategoryColumn {
  const column = table.features.find(({ name }) => name === feature);
  if (!column) throw new RangeError(`there is no column "${feature}"`);
  const { codes, labels } = binColumn(column, FACET_BINS);
  return {
    kind: "category",
    name: feature,
    codes,
    levels: labels,
    firstRow: labels.map((_, code) => codes.indexOf(code)),
    firstMissing: -1,
  };
}
