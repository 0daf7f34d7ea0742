/** Contributions of features to applicants' scores: what reasons for adverse actions are taken from. Pure. */

import { asNumbers, type Column, MISSING, type RawTable } from "../table/column.ts";
import { TableError } from "../table/table-error.ts";

/** What a higher score, and so a higher contribution to it, stands for. */
export const HIGHER_MEANS = ["approval", "denial"] as const;
export type HigherMeans = (typeof HIGHER_MEANS)[number];

/** One entry per applicant in every array. */
export interface Attributions {
  /** As the creditor's own files name them: "row 12" where the table has no such column. */
  applicants: readonly string[];
  features: readonly string[];
  /** Per feature, in the unit of the score. */
  contributions: readonly Float64Array[];
  higherMeans: HigherMeans;
  /** Against whom the action was taken. */
  adverse: readonly boolean[];
  /** Of the model, where the table has them. */
  scores?: Float64Array;
  /** Per feature, in the order of `features`: the applicant's own value; absent where it is not known. */
  values?: readonly (Column | undefined)[];
  /** Days on which applications were complete. */
  completed?: readonly (string | null)[];
}

/** Columns of a table of contributions, one row per applicant. */
export interface AttributionRoles {
  id?: string;
  /** Columns with contributions; all other columns of numbers where absent. */
  features?: readonly string[];
  score?: string;
  completed?: string;
  decision?: { column: string; denied: string };
  /** Of the score: on its wrong side the action was adverse. */
  threshold?: number;
  higherMeans: HigherMeans;
}

/** Every column as texts: numbers are made of those that hold nothing else. */
export const READ_ALL = { columns: new Map<string, "category" | "number">(), others: "read" as const };

/** Throws a TableError where a column is missing, a contribution is, or two applicants have one name. */
export function attributionsOf(table: RawTable, roles: AttributionRoles): Attributions {
  const named = [roles.id, roles.score, roles.completed, roles.decision?.column];
  const features =
    roles.features ?? table.names.filter((name) => !named.includes(name) && isNumeric(table, name));
  if (features.length === 0)
    throw new TableError(
      `${table.source} has no columns of numbers that could be contributions; name them with --features`,
    );
  const scores = roles.score === undefined ? undefined : numbers(table, roles.score);
  return {
    applicants: applicantsOf(table, roles.id),
    features,
    contributions: features.map((name) => numbers(table, name)),
    higherMeans: roles.higherMeans,
    adverse: adverseOf(table, roles, scores),
    ...(scores && { scores }),
    ...(roles.completed !== undefined && { completed: texts(table, roles.completed) }),
  };
}

/** "row 12" without a column. Throws a TableError for a row without a name and a name that two rows have. */
export function applicantsOf(table: RawTable, id: string | undefined): string[] {
  if (id === undefined) return Array.from({ length: table.rows }, (_, row) => `row ${row + 1}`);
  const seen = new Map<string, number>();
  return texts(table, id).map((name, row) => {
    if (name === null) throw new TableError(`${table.source}, ${table.placeOf(row)}: ${id} is empty`);
    const before = seen.get(name);
    if (before !== undefined)
      throw new TableError(
        `${table.source}: ${table.placeOf(before)} and ${table.placeOf(row)} have the same ${id}; reasons are of one application each`,
      );
    seen.set(name, row);
    return name;
  });
}

/** Against whom the action was taken: those whom the decision names, or whose score says so; else all. */
export function adverseOf(
  table: RawTable,
  { decision, threshold, higherMeans }: AttributionRoles,
  scores: Float64Array | undefined,
): boolean[] {
  if (decision) {
    const cells = texts(table, decision.column);
    if (!cells.includes(decision.denied))
      throw new TableError(
        `no ${decision.column} of ${table.source} is ${JSON.stringify(decision.denied)}; there are: ${[...new Set(cells)].slice(0, 10).join(", ")}`,
      );
    return cells.map((cell) => cell === decision.denied);
  }
  if (threshold !== undefined && scores)
    return Array.from(scores, (score) =>
      higherMeans === "approval" ? score < threshold : score >= threshold,
    );
  return Array.from({ length: table.rows }, () => true);
}

/** Values of the features from a table whose rows are named by `id`, too, put into the order of the applicants. */
export function valuesOf(
  table: RawTable,
  id: string,
  { applicants, features }: Pick<Attributions, "applicants" | "features">,
): (Column | undefined)[] {
  const rowOf = new Map(applicantsOf(table, id).map((name, row) => [name, row]));
  const rows = applicants.map((name) => {
    const row = rowOf.get(name);
    if (row === undefined) throw new TableError(`${table.source} has no row for ${JSON.stringify(name)}`);
    return row;
  });
  return features.map((name) => {
    const column = table.columns.get(name);
    return column && taken(asNumbers(column) ?? column, rows);
  });
}

function taken(column: Column, rows: readonly number[]): Column {
  return column.kind === "number"
    ? { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) }
    : { ...column, codes: Int32Array.from(rows, (row) => column.codes[row]!) };
}

const isNumeric = (table: RawTable, name: string): boolean => {
  const column = table.columns.get(name);
  return column !== undefined && asNumbers(column) !== undefined;
};

function numbers(table: RawTable, name: string): Float64Array {
  const column = asNumbers(columnOf(table, name));
  if (!column) throw new TableError(`${table.source}: ${name} holds texts; contributions are numbers`);
  if (column.firstMissing >= 0)
    throw new TableError(
      `${table.source}, ${table.placeOf(column.firstMissing)}: ${name} is empty; a contribution that is not known is not 0`,
    );
  return column.values;
}

function texts(table: RawTable, name: string): (string | null)[] {
  const column = columnOf(table, name);
  if (column.kind === "number")
    return Array.from(column.values, (value) => (Number.isNaN(value) ? null : String(value)));
  return Array.from(column.codes, (code) => (code === MISSING ? null : column.levels[code]!));
}

function columnOf(table: RawTable, name: string): Column {
  const column = table.columns.get(name);
  if (column) return column;
  throw new TableError(
    `${table.source} has no column "${name}" (its columns: ${table.names.slice(0, 30).join(", ")})`,
  );
}
