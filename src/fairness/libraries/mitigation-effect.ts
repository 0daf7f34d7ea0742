/** What a mitigation changed: gaps between groups and accuracy on the same rows, before and after. */

import type { Audit, Estimate } from "../audit/audit.ts";
import { auditBinary } from "../audit/audit-binary.ts";
import type { AuditSettings } from "../audit/settings.ts";
import { accuracyOf, countPairs, type PairedAccuracy } from "../causes/gate-pairs.ts";
import { buildCells } from "../metrics/cells.ts";
import type { MeasureName } from "../metrics/measures.ts";
import type { BinaryTable } from "../table/scored-table.ts";

export interface MitigationEffect {
  /** Rows that both were asked about. */
  rows: number;
  /** Of both, with McNemar's test of the difference. */
  accuracy: PairedAccuracy;
  groupings: {
    attributes: string[];
    measures: { name: MeasureName; label: string; before: Estimate; after: Estimate }[];
  }[];
}

/** `rows`: places in `table`; `before`, `after`: predictions for them, 1: positive. */
export function effectOf(
  table: BinaryTable,
  rows: readonly number[],
  before: readonly number[],
  after: readonly number[],
  settings: Partial<AuditSettings>,
): MitigationEffect {
  const present = withPredictions(table, rows, before);
  const mitigated = withPredictions(table, rows, after);
  const [old, fresh] = [auditBinary(present, settings), auditBinary(mitigated, settings)];
  const pairs = countPairs(present, mitigated.prediction, buildCells(present.sensitive, present.rows));
  return {
    rows: rows.length,
    accuracy: accuracyOf(pairs, rows.length),
    groupings: old.groupings.map(({ attributes, measures }, at) => ({
      attributes,
      measures: measures.map(({ name, label, difference }, measure) => ({
        name,
        label,
        before: difference,
        after: measureAt(fresh, at, measure),
      })),
    })),
  };
}

const measureAt = (audit: Audit, grouping: number, measure: number): Estimate =>
  audit.groupings[grouping]!.measures[measure]!.difference;

function withPredictions(
  table: BinaryTable,
  rows: readonly number[],
  prediction: readonly number[],
): BinaryTable {
  const { score: _, threshold: __, weights: ___, ...rest } = table;
  return {
    ...rest,
    rows: rows.length,
    label: Uint8Array.from(rows, (row) => table.label[row]!),
    prediction: Uint8Array.from(prediction),
    sensitive: table.sensitive.map((column) => ({
      ...column,
      codes: Int32Array.from(rows, (row) => column.codes[row]!),
    })),
    features: [],
  };
}
