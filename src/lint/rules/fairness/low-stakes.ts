/** Protected attributes where little hangs on the model: they count as features, not where they are left out. */

import type { TextRange } from "../../finding.ts";
import type { PythonFacts } from "../../python/python-facts.ts";
import type { PersonDataSet } from "./data-sets.ts";
import { isProtected } from "./lexicon.ts";
import type { PersonColumn } from "./person-columns.ts";

/** Of the protected columns those that stay among the features. */
export function protectedFeatures(
  facts: PythonFacts,
  columns: readonly PersonColumn[],
  dataSet: (PersonDataSet & { range: TextRange }) | undefined,
): PersonColumn[] {
  const kept = columns.filter(isKept(facts));
  if (kept.length > 0) return kept;
  const encoded = encodedColumns(facts);
  return encoded.length > 0 || columns.length > 0 ? encoded : columnsOfWhole(facts, dataSet);
}

/** The groups of a known set of which everything but the label is learned: `X = df.drop("Churn", axis=1)`. */
function columnsOfWhole(
  { assignments, calls }: PythonFacts,
  dataSet: (PersonDataSet & { range: TextRange }) | undefined,
): PersonColumn[] {
  if (dataSet?.groups === undefined) return [];
  const isWhole =
    assignments.some(
      ({ target, value }) => /^(?:[xX]|features)(?:_\w+)?$/.test(target) && WHOLE.test(value.text),
    ) || calls.some(({ method, args }) => method === "train_test_split" && WHOLE.test(args[0]?.text ?? ""));
  return isWhole ? dataSet.groups.map((name) => ({ name, range: dataSet.range })) : [];
}

/** All columns but one. */
const WHOLE =
  /\.drop\(\s*(?:(?:columns|labels)\s*=\s*)?\[?\s*(?:["'][\w ?]+["']|[A-Za-z_]\w*)\s*\]?\s*(?:,\s*(?:axis\s*=\s*)?(?:1|["']columns["'])\s*)?\)/;

/** Is a column more than left out, by `drop` or in a list that is named for it? */
function isKept({ columns, assignments }: PythonFacts): (column: PersonColumn) => boolean {
  const left = assignments
    .filter(({ target }) => /drop|remov|exclud/i.test(target))
    .map(({ value }) => value.range);
  const isLeft = ({ start, end }: TextRange) => left.some((each) => each.start <= start && end <= each.end);
  return ({ name }) => {
    const uses = columns.filter((each) => each.name === name);
    return uses.length === 0 || uses.some(({ how, range }) => how !== "drop" && !isLeft(range));
  };
}

/** A column that only a comment names, over code that encodes it by its position: `# Label encoding the "Gender" column`. */
function encodedColumns({ comments, prose, columns }: PythonFacts): PersonColumn[] {
  const named = new Set(columns.map(({ name }) => name));
  for (const { text, range } of [...comments, ...prose]) {
    const words = text.length < LONGEST_REMARK && /encod/i.test(text) ? text.match(/\b[A-Z][a-z]+\b/g) : null;
    const name = words?.find((word) => isProtected(word) && !named.has(word));
    if (name !== undefined) return [{ name, range }];
  }
  return [];
}

const LONGEST_REMARK = 200;
