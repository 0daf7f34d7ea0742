/** Results that a program counts by hand for each group: `hits[row["sex"]] += 1`, `errors[row.race].append(y - pred)`. */

import type { TextRange } from "../../finding.ts";
import { columnsWithin } from "../../python/columns-within.ts";
import { isPredictionName } from "../../python/names.ts";
import type { PythonFacts } from "../../python/python-facts.ts";
import { isProtected } from "./lexicon.ts";

/** How far before a count what is counted may stand: `if row["pred"] == row["truth"]:`. */
const BEFORE = 300;

/** The first place where something that a model said is counted under a group of persons. */
export function countsGroups(facts: PythonFacts): TextRange | undefined {
  const { assignments, calls, text } = facts;
  const isGroup = (range: TextRange) => isKeyOfGroup(facts, range);
  const counted = assignments.find(
    ({ target, range: { start } }) =>
      target.endsWith("]") &&
      /^\s*\+=/.test(text.slice(start + target.length, start + target.length + 8)) &&
      isGroup({ start, end: start + target.length }),
  );
  const kept = calls.find(
    ({ method, receiver }) =>
      (method === "append" || method === "add") && receiver?.text.endsWith("]") && isGroup(receiver.range),
  );
  return [counted?.range, kept?.range].find((range) => range !== undefined && looksAtModel(text, range));
}

/** `hits[row["sex"]]`, `hits[test.sex.iloc[i]]`: a key, and not the column itself. */
function isKeyOfGroup(facts: PythonFacts, range: TextRange): boolean {
  const written = facts.text.slice(range.start, range.end);
  const key = written.slice(written.indexOf("[") + 1);
  return columnsWithin(facts, range).some(({ name }) => isProtected(name)) && /[\w\])]\s*[[.]/.test(key);
}

const looksAtModel = (text: string, { start, end }: TextRange): boolean =>
  (text.slice(Math.max(0, start - BEFORE), end).match(/[A-Za-z_]\w*/g) ?? []).some(isPredictionName);
