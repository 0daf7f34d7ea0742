/** Group operations over predictions: which of them compare persons. */

import type { GroupOperation, PythonFacts } from "../../python/python-facts.ts";
import { isAge, isProtected } from "./lexicon.ts";

/** In a mask, `df[column] == value`: names of one column that changes, or that say it is about groups. */
const CHANGING_COLUMN =
  /^(?:feature|col|column|category|attribute|attr|group|slice|segment|subgroup)(?:_?(?:name|col|column|value|id))?$/i;
const OF_PERSONS = /^dems?$|sensitive|protected|demograph|gender|race|ethnic|cat_features|categorical/i;
const NO_GROUP =
  /(?:^|\.)(?:feature_importances?_?|feature_names?|columns?|n_features|max_features)$|embed|_idx$|_index$|_inputs?$/i;
/** Arrays of group membership kept aside: `A_test`, `sensitive_features`. */
const ASIDE =
  /^(?:A|[AaSsZz]_(?:train|test|val|valid)|(?:sens|protected|sensitive|groups?|demographic)_?(?:train|test|val|valid|attr\w*|feature\w*|col\w*|group\w*)?)$/;
const LISTED_GROUPS =
  /cat(?:egor|_)|feature|column|attr|group|slice|sensitive|protected|demograph|segment|subpop|gender|race|ethnic/i;

const OF_GROUPS = /group|slice|sensitive|protected|demograph|segment|subpop|gender|race|ethnic/i;

const MOST_COLUMNS = 8;

/** `A_test`, `sensitive_features`: an array of what group each row is of. */
export const isArrayOfGroups = (name: string): boolean => ASIDE.test(name);

/** Are results compared between groups of persons by it? */
export function comparesPersons(operation: GroupOperation, facts: PythonFacts): boolean {
  return operation.consumesPrediction && isOverPersons(operation, facts) && !isOverBatches(operation, facts);
}

/** A loop over batches of everybody, in which a model is trained or measured. */
function isOverBatches({ how, range }: GroupOperation, { text }: PythonFacts): boolean {
  if (how !== "loop") return false;
  const body = text.slice(range.start, range.end);
  const [header = ""] = body.split("\n", 1);
  if (/\.(?:backward|zero_grad)\(/.test(body)) return true;
  // Rows by their positions, so many at a time: `range(0, len(texts), size)`.
  if (/\brange\([^\n]+,[^\n]+,[^\n]+\)/.test(header)) return true;
  // Batches, or one text of a person after the other.
  return (
    /\bin\b.*(?:(?:loader|batches)\b|(?:\b|_)(?:texts?|sentences|prompts)(?:\b|_))/i.test(header) &&
    !/male|group|race|sex|gender|slice/i.test(header)
  );
}

/** Groups of persons: protected columns, or every one of a list of categorical columns. */
function isOverPersons(operation: GroupOperation, { text, columns }: PythonFacts): boolean {
  // A list of features that is filtered: nobody groups by so many columns at once.
  if ((operation.how === "mask" || operation.how === "loop") && operation.over.length > MOST_COLUMNS)
    return false;
  return operation.over.some((name) => {
    if (isProtected(name) || isAge(name)) return true;
    if (ASIDE.test(name)) return true;
    return operation.how === "mask"
      ? OF_PERSONS.test(name) ||
          (CHANGING_COLUMN.test(name) && (OF_GROUPS.test(name) || !isColumn(name, columns)))
      : operation.how === "loop" &&
          LISTED_GROUPS.test(name) &&
          // One column, of categories of something else: "numbedscategory".
          (OF_GROUPS.test(name) || !isColumn(name, columns)) &&
          !NO_GROUP.test(name) &&
          // Lists that only the data behind it were chosen by are no groups of this loop.
          text.slice(operation.range.start, operation.range.end).includes(name);
  });
}

const isColumn = (name: string, columns: PythonFacts["columns"]): boolean =>
  columns.some((column) => column.name === name);
