/** The audit of a model with several classes: right or wrong per group, and each class against the rest. Pure. */

import { buildCells } from "../metrics/cells.ts";
import { groupCells, groupName } from "../metrics/groups.ts";
import { multiclassGroups } from "../metrics/multiclass.ts";
import { newcombe, type Proportion, wilson } from "../statistics/proportion-intervals.ts";
import type { BinaryTable, MulticlassTable } from "../table/scored-table.ts";
import type { Audit, Estimate } from "./audit.ts";
import { auditBinary } from "./audit-binary.ts";
import { extremesOf } from "./extremes.ts";
import { AUDIT_SETTINGS, type AuditSettings, groupedAttributes } from "./settings.ts";
import { checkReferences, notesOn } from "./table-notes.ts";

export interface MulticlassGroupReport {
  name: string;
  rows: number;
  /** Part predicted right. */
  accuracy: Estimate;
  small?: string;
}

export interface MulticlassGroupingReport {
  attributes: string[];
  groups: MulticlassGroupReport[];
  /** Largest minus smallest accuracy among the groups that are not small. */
  accuracyGap: Estimate;
}

export interface MulticlassAudit {
  schema: "fairwatt.audit.multiclass/1";
  task: "multiclass";
  source: string;
  rows: number;
  weighted: boolean;
  settings: AuditSettings;
  classes: string[];
  groupings: MulticlassGroupingReport[];
  /** One binary audit per class, that class being positive; tests are adjusted within each. */
  byClass: { class: string; audit: Audit }[];
  notes: string[];
}

/** Beyond this many classes the tables are too thin and too many to read. */
export const MAX_CLASSES = 50;

/** Throws a RangeError for more than 50 classes; otherwise as auditBinary. */
export function auditMulticlass(
  table: MulticlassTable,
  partial: Partial<AuditSettings> = {},
  signal?: AbortSignal,
): MulticlassAudit {
  if (table.classes.length > MAX_CLASSES)
    throw new RangeError(
      `the label has ${table.classes.length} classes, more than ${MAX_CLASSES}; join the rare ones, or audit it as a regression`,
    );
  const settings = { ...AUDIT_SETTINGS, ...partial };
  checkReferences(table, settings);
  const cells = buildCells(table.sensitive, table.rows);
  const attributes = groupedAttributes(table.sensitive, settings);
  const weighted = table.weights !== undefined;
  return {
    schema: "fairwatt.audit.multiclass/1",
    task: "multiclass",
    source: table.source,
    rows: table.rows,
    weighted,
    settings,
    classes: table.classes,
    groupings: attributes.map((names): MulticlassGroupingReport => {
      const { keys, of } = groupCells(cells, names);
      const rowGroup = cells.of.map((cell) => of[cell]!);
      const { minRows } = settings.small;
      const groups = multiclassGroups(table, rowGroup, keys.length).map(
        ({ rows, accuracy }, index): MulticlassGroupReport => ({
          name: groupName(keys[index]!),
          rows,
          accuracy: accuracyEstimate(accuracy, rows, weighted, settings.level),
          ...(rows < minRows && { small: `${rows} rows, fewer than ${minRows}` }),
        }),
      );
      return { attributes: names, groups, accuracyGap: accuracyGapOf(groups, weighted, settings.level) };
    }),
    byClass: table.classes.map((name, code) => ({
      class: name,
      audit: auditBinary(oneAgainstRest(table, name, code), settings, signal),
    })),
    notes: notesOn(table),
  };
}

/** The table in which one class is positive and all others are negative. */
export function oneAgainstRest(table: MulticlassTable, name: string, code: number): BinaryTable {
  const is = (codes: Int32Array) => Uint8Array.from(codes, (each) => (each === code ? 1 : 0));
  const { task: _, classes: _classes, label, prediction, ...common } = table;
  return {
    ...common,
    task: "binary",
    label: is(label),
    prediction: is(prediction),
    positive: name,
    negative: `not ${name}`,
    favourable: "positive",
  };
}

function accuracyEstimate(value: number | null, rows: number, weighted: boolean, level: number): Estimate {
  if (value === null) return { value, interval: null, remark: "not estimable: no rows" };
  if (weighted) return { value, interval: null, remark: "no range: the rows are weighted" };
  return { value, interval: wilson({ successes: Math.round(value * rows), total: rows }, level) };
}

function accuracyGapOf(groups: readonly MulticlassGroupReport[], weighted: boolean, level: number): Estimate {
  const judged = groups.filter(({ small, accuracy }) => small === undefined && accuracy.value !== null);
  if (judged.length < 2)
    return {
      value: null,
      interval: null,
      remark: "nothing to compare: fewer than two groups are large enough",
    };
  const [lowest, highest] = extremesOf(judged, ({ accuracy }) => accuracy.value!);
  const value = highest.accuracy.value! - lowest.accuracy.value!;
  if (weighted) return { value, interval: null, remark: "no range: the rows are weighted" };
  const right = ({ rows, accuracy }: MulticlassGroupReport): Proportion => ({
    successes: Math.round(accuracy.value! * rows),
    total: rows,
  });
  return { value, interval: newcombe(right(highest), right(lowest), level) };
}
