/** From columns and their roles to a scored table; what cannot be audited is refused with the place. */

import { nearest } from "../../config/nearest.ts";
import { className, codeClasses, obviousPositive } from "./classes.ts";
import {
  asNumbers,
  type CategoryColumn,
  type Column,
  MISSING,
  type NumberColumn,
  type RawTable,
} from "./column.ts";
import { quote } from "./read-plan.ts";
import { type Roles, rolesProblem } from "./roles.ts";
import type { BinaryTable, ScoredTable } from "./scored-table.ts";
import { keepRows, sortLevels } from "./select-rows.ts";
import { TableError } from "./table-error.ts";

/**
 * Throws a TableError for roles that cannot be, rows without label, prediction or score (unless they are to be left out), a
 * negative or missing weight, a binary label with more than two classes, a positive class that is not in the table.
 */
export function buildScoredTable(raw: RawTable, roles: Roles): ScoredTable {
  const problem = rolesProblem(roles);
  if (problem) throw new TableError(problem);
  const notes: string[] = [];
  const needed = [roles.label, roles.prediction, roles.score].filter((name) => name !== undefined);
  const table = withoutIncomplete(raw, needed, roles, notes);
  const common = {
    source: table.source,
    rows: table.rows,
    sensitive: roles.sensitive.map((name) => sortLevels(category(table, name))),
    weights: roles.weight === undefined ? undefined : weightsOf(table, roles.weight),
    features: featuresOf(table, roles),
    notes,
  };
  if (roles.task === "regression")
    return {
      task: "regression",
      ...common,
      label: number(table, roles.label).values,
      prediction: number(table, roles.prediction!).values,
    };
  if (roles.task === "multiclass") {
    const columns = [category(table, roles.label), category(table, roles.prediction!)];
    const { classes, codes } = codeClasses(columns);
    return { task: "multiclass", ...common, classes, label: codes[0]!, prediction: codes[1]! };
  }
  return { task: "binary", ...common, ...binaryOutcome(table, roles, notes) };
}

function binaryOutcome(table: RawTable, roles: Roles, notes: string[]) {
  const columns = [category(table, roles.label)];
  if (roles.prediction !== undefined) columns.push(category(table, roles.prediction));
  const { classes, codes } = codeClasses(columns);
  const positive = positiveClass(classes, columns, roles, table, notes);
  const code = classes.indexOf(positive);
  const isPositive = (values: Int32Array) => Uint8Array.from(values, (value) => (value === code ? 1 : 0));
  const score = roles.score === undefined ? undefined : number(table, roles.score).values;
  const outcome: Pick<
    BinaryTable,
    "label" | "prediction" | "score" | "threshold" | "positive" | "negative" | "favourable"
  > = {
    label: isPositive(codes[0]!),
    prediction: codes[1]
      ? isPositive(codes[1])
      : Uint8Array.from(score!, (value) => (value >= roles.threshold! ? 1 : 0)),
    positive,
    negative: classes.find((name) => name !== positive),
    favourable: roles.favourable ?? "positive",
  };
  if (score) outcome.score = score;
  if (roles.threshold !== undefined) outcome.threshold = roles.threshold;
  return outcome;
}

function positiveClass(
  classes: readonly string[],
  columns: readonly CategoryColumn[],
  roles: Roles,
  table: RawTable,
  notes: string[],
): string {
  const shown = classes.slice(0, 8).map(quote).join(", ") + (classes.length > 8 ? ", ..." : "");
  if (classes.length > 2) {
    const third = columns.flatMap((column) =>
      classes.slice(2).flatMap((name) => {
        const at = column.levels.findIndex((level) => className(level) === name);
        return at < 0
          ? []
          : [`${quote(name)} first in column ${column.name}, ${table.placeOf(column.firstRow[at]!)}`];
      }),
    )[0];
    throw new TableError(
      `${table.source}: label and prediction together have ${classes.length} classes (${shown}; ${third}). A binary audit has two: write both columns with the same two classes, or ask for the task multiclass`,
      { column: roles.label },
    );
  }
  const named = roles.positive === undefined ? obviousPositive(classes) : className(roles.positive);
  if (named === undefined)
    throw new TableError(`say which class is the positive one: the classes are ${shown}`, {
      column: roles.label,
    });
  // A table whose people all have one class may name the other as the positive one, if two are not there already.
  if (!classes.includes(named) && classes.length === 2) {
    const [close] = nearest(named, classes);
    throw new TableError(
      `no row has the class ${quote(roles.positive!)}${close ? `; is it ${quote(close)}?` : ""} (the classes are ${shown})`,
      { column: roles.label },
    );
  }
  if (roles.positive === undefined)
    notes.push(`the positive class was not named; ${quote(named)} of ${shown} was taken`);
  if (!classes.includes(named)) notes.push(`no row has the positive class ${quote(named)}`);
  return named;
}

function withoutIncomplete(raw: RawTable, names: readonly string[], roles: Roles, notes: string[]): RawTable {
  const incomplete = names.map((name) => columnOf(raw, name)).filter(({ firstMissing }) => firstMissing >= 0);
  if (incomplete.length === 0) return raw;
  const keep: number[] = [];
  for (let row = 0; row < raw.rows; row++) {
    const whole = incomplete.every((column) =>
      column.kind === "category" ? column.codes[row] !== MISSING : !Number.isNaN(column.values[row]!),
    );
    if (whole) keep.push(row);
  }
  const [first] = incomplete;
  const left = raw.rows - keep.length;
  const which = incomplete.map(({ name }) => name).join(", ");
  if (roles.incomplete !== "leave-out")
    throw new TableError(
      `${raw.source}: ${left} of ${raw.rows} rows have no value in ${which} (the first: ${raw.placeOf(first!.firstMissing)}). Complete them, or ask to leave them out`,
      { column: first!.name },
    );
  if (keep.length === 0) throw new TableError(`${raw.source}: no row has a value in all of ${which}`);
  notes.push(`${left} of ${raw.rows} rows have no value in ${which} and were left out`);
  return keepRows(raw, Int32Array.from(keep));
}

function weightsOf(table: RawTable, name: string): Float64Array {
  const { values, firstMissing } = number(table, name);
  const wrong = values.findIndex((value) => !(value >= 0));
  if (wrong >= 0)
    throw new TableError(
      `${table.source}, ${table.placeOf(wrong)}: the weight in ${name} is ${firstMissing === wrong ? "missing" : values[wrong]}; weights are 0 or more`,
      { column: name },
    );
  if (values.every((value) => value === 0))
    throw new TableError(`every weight in ${name} is 0`, { column: name });
  return values;
}

function featuresOf(table: RawTable, roles: Roles): Column[] {
  const roleNames = [roles.label, roles.prediction, roles.score, roles.weight, ...roles.sensitive];
  if (roles.features === undefined) return [];
  // In the order that was asked for: a model that was trained elsewhere takes no other.
  const columns =
    roles.features === "all"
      ? [...table.columns.values()]
      : [...new Set(roles.features)].map((name) => columnOf(table, name));
  return columns.filter(({ name }) => !roleNames.includes(name)).map((column) => asNumbers(column) ?? column);
}

function columnOf(table: RawTable, name: string): Column {
  const column = table.columns.get(name);
  if (!column) throw new TableError(`${table.source} has no column "${name}"`, { column: name });
  return column;
}

function category(table: RawTable, name: string): CategoryColumn {
  const column = columnOf(table, name);
  if (column.kind === "number") throw new TypeError(`column ${name} was read as numbers`);
  return column;
}

function number(table: RawTable, name: string): NumberColumn {
  const column = columnOf(table, name);
  if (column.kind === "category") throw new TypeError(`column ${name} was read as texts`);
  return column;
}
