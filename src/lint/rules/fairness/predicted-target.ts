/** The column that a program predicts, and what hangs on it. */

import type { PythonFacts } from "../../python/python-facts.ts";
import { labelColumns, type Named } from "./file-columns.ts";
import { isClinicalState } from "./label-states.ts";
import { isPersonsLabel, isPlainTarget, type TargetKind, targetKind } from "./lexicon.ts";
import { predictedFate, predictedGroup } from "./predicted-classes.ts";
import type { TableColumn } from "./table-columns.ts";

export interface PredictedTarget {
  named: Named;
  kind: TargetKind;
}

const LAST_COLUMN = /\.iloc\[\s*:\s*,\s*-1\s*\]|\.columns\[\s*-1\s*\]/;

/**
 * @param columns those that the program names
 * @param inTables those that only the files name that it reads
 */
export function predictedTarget(
  facts: PythonFacts,
  columns: readonly Named[],
  inTables: readonly TableColumn[],
): PredictedTarget | undefined {
  return targetOf(facts, columns) ?? lastColumn(facts, inTables) ?? saidTarget(inTables);
}

/** `y = df.iloc[:, -1]`: what is predicted is the last column of the file. */
function lastColumn(facts: PythonFacts, inTables: readonly TableColumn[]): PredictedTarget | undefined {
  const named = inTables.at(-1);
  if (named === undefined || !LAST_COLUMN.test(facts.text)) return undefined;
  const kind = targetKind(named.name);
  return kind && { named, kind };
}

/** What a constant of the project says to be predicted. */
function saidTarget(inTables: readonly TableColumn[]): PredictedTarget | undefined {
  const named = inTables.find(({ isTarget }) => isTarget);
  const kind = named && targetKind(named.name);
  return named && kind && { named, kind };
}

function targetOf(facts: PythonFacts, columns: readonly Named[]): PredictedTarget | undefined {
  const labels = labelColumns(facts);
  let found: PredictedTarget | undefined;
  for (const named of labels) {
    const kind = targetKind(named.name);
    const isTold =
      kind === "weak" &&
      found?.kind === "weak" &&
      (isPersonsLabel(named.name) || (isPlainTarget(found.named.name) && isClinicalState(named.name)));
    if (kind === "high" || isTold || (kind !== undefined && found === undefined)) found = { named, kind };
  }
  if (found !== undefined && found.kind !== "weak") return found;
  const named = columns.find(({ name }) => targetKind(name) === "high");
  if (named !== undefined) return { named, kind: "high" };
  const group = found === undefined ? predictedGroup(facts) : undefined;
  const listed = group ?? (isPlain(found) ? predictedFate(facts) : undefined);
  return listed === undefined ? found : { named: listed, kind: "high" };
}

const isPlain = (found: { named: Named } | undefined): boolean =>
  found === undefined || isPlainTarget(found.named.name);
