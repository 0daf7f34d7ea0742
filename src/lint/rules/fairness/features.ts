/** Columns that a model learns from: those that the program names, and those that only its tables name where it takes all the rest. */

import type { PythonFacts, Value } from "../../python/python-facts.ts";
import { droppedColumns } from "./case.ts";
import { interfaceColumns } from "./interface-columns.ts";
import type { PersonColumn } from "./person-columns.ts";
import type { TrainingEvent } from "./training-event.ts";
import { wordsOf } from "./words.ts";

/** Of `columns` those that are among the features, as far as the file says; what is dropped, or only asked for, is none. */
export function featuresAmong<Column extends PersonColumn>(
  facts: PythonFacts,
  event: TrainingEvent,
  columns: readonly Column[],
): Column[] {
  const { call } = event;
  const dropped = droppedColumns(facts);
  const isAsked = interfaceColumns(facts, event);
  const unnamed = ({ table, shown }: PersonColumn) => table !== undefined || shown === true;
  const takesRest = columns.some(unnamed) && isRest(facts, call.args[0] ?? call.keywords.get("X"), 4);
  return columns.filter((column) => {
    if (dropped.has(column.name)) return false;
    return unnamed(column) ? takesRest : isAsked?.(column.name) !== true;
  });
}

/** All columns but the last, or but those that are dropped. */
const REST = /\.drop\(|\.iloc\[\s*:\s*,\s*(?:0\s*)?:\s*-1\s*\]|get_dummies\(/;
/** Columns that are chosen one by one. */
const CHOICE =
  /\[\s*\[|\.loc\[|\.filter\(|\.select(?:_dtypes)?\(|usecols|\[\s*\w*(?:col|feat|var|attr|select)\w*\s*\]/i;
/** Steps that keep every column: `scaler.fit_transform(X)`, `X.values`. */
const STEPS =
  /^(?:fit_transform|transform|fillna|dropna|copy|sample|resample|fit_resample|to_numpy|astype|array)$/;

/** Does the value hold what a table has but for columns that are left out, and was nothing chosen from it on the way? */
function isRest(facts: PythonFacts, value: Value | undefined, steps: number): boolean {
  if (value === undefined || steps === 0 || CHOICE.test(value.text)) return false;
  if (REST.test(value.text)) return !isChosen(facts, /^\w+/.exec(value.text)?.[0]);
  const { call, name } = value;
  if (call !== undefined && STEPS.test(call.method))
    return isRest(facts, call.args[0] ?? call.receiver, steps - 1);
  if (name === undefined) return false;
  const split = facts.calls.find(
    ({ method, targets }) => method === "train_test_split" && targets.includes(name),
  );
  if (split !== undefined) return isRest(facts, split.args[0], steps - 1);
  const bound = facts.assignments.filter(({ target }) => target === name);
  return (
    bound.length > 0 && bound.every((one) => one.value.name === name || isRest(facts, one.value, steps - 1))
  );
}

/** A frame that was cut down to some of its columns before. */
function isChosen(facts: PythonFacts, frame: string | undefined): boolean {
  return facts.assignments.some(({ target, value }) => target === frame && CHOICE.test(value.text));
}

/** "race", or "race (adult.csv)" where only the table names it. */
export function columnName({ name, table }: PersonColumn): string {
  return table === undefined ? name : `${name} (${table.slice(table.lastIndexOf("/") + 1)})`;
}

/** Values of an attribute ("Male") are no attribute of their own. */
export const isGroupValue = (name: string): boolean => /(?:^|_)(?:fe)?male$/.test(wordsOf(name));

/** Each attribute once, however it is written ("Gender", "gender"), and none of its values where it stands there itself. */
export function attributesOf<Column extends PersonColumn>(columns: readonly Column[]): Column[] {
  const own = columns.filter(({ name }) => !isGroupValue(name));
  const seen = new Set<string>();
  return (own.length > 0 ? own : columns).filter(({ name }) => {
    const words = wordsOf(name);
    return !seen.has(words) && seen.add(words);
  });
}
