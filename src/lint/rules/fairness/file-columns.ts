/** Columns that a program names, and those of them that it predicts. */

import type { TextRange } from "../../finding.ts";
import { pattern } from "../../pattern.ts";
import { columnsWithin } from "../../python/columns-within.ts";
import type { PythonFacts, Value } from "../../python/python-facts.ts";
import { remembered } from "../../remembered.ts";
import { isStateOfPerson } from "./label-states.ts";
import { isAge, isOfLoan, isOfOtherSubject, isProtected, targetKind } from "./lexicon.ts";
import { isModelQuery } from "./remote-training.ts";
import { wordsOf } from "./words.ts";

export interface Named {
  name: string;
  range: TextRange;
}

/** Columns of the file, each name once, at its first use. */
export function columnsOf(facts: PythonFacts): Named[] {
  const found = new Map<string, Named>();
  const add = (name: string, range: TextRange) => {
    if (name.length <= 60 && !found.has(name)) found.set(name, { name, range });
  };
  for (const { name, range } of facts.columns) add(name, range);
  // Keys of renames, maps and dtypes, columns in formulas: only names that can be nothing else count.
  for (const { value, range } of facts.strings)
    if (/^[A-Za-z][\w .-]{1,40}$/.test(value) && isColumnLike(value)) {
      if (!isOfPlatform(value, facts.text)) add(value, range);
    } else if (namesColumns(value))
      for (const [name] of value.slice(0, MAX_QUERY).matchAll(/[A-Za-z_]\w+/g))
        if (isProtected(name) || isAge(name) || isOfLoan(name) || targetKind(name) === "high")
          add(name, range);
  for (const { name, range } of headerColumns(facts)) if (isColumnLike(name)) add(name, range);
  return [...found.values()];
}

/** Models are approved, too, in a registry of models; a cloud's networks have defaults. */
function isOfPlatform(value: string, text: string): boolean {
  if (/^approv/i.test(value))
    return /PendingManualApproval|(?:Model|model_)[aA]pproval_?[sS]tatus|\bapproval_status=/.test(text);
  return value === "isDefault" && /\bdescribe_(?:vpcs|subnets)\b/.test(text);
}

const MAX_QUERY = 4_000;
const FORMULA = /^\s*(?:(?:np\.)?(?:log|log1p|C|Q)\(\s*)?([A-Za-z_]\w*)\s*\)?\s*~\s*[A-Za-z_(]/;

/** A query that reads columns or trains a warehouse's model on them, a formula: "wage ~ education + female". */
function namesColumns(text: string): boolean {
  return (
    isModelQuery(text) || /^\s*select\s[\s\S]+?\sfrom\s/i.test(text.slice(0, MAX_QUERY)) || FORMULA.test(text)
  );
}

/** The first line of a table, as a program writes it out: "age,workclass,fnlwgt,education". */
export function* headerColumns({ strings }: PythonFacts): Generator<Named> {
  for (const { value, range } of strings) {
    if (value.length > MAX_QUERY || !value.includes(",")) continue;
    const names = value.trim().split(",");
    if (names.length >= FEWEST_COLUMNS && names.every((name) => /^[A-Za-z_][\w.-]*$/.test(name)))
      for (const name of names) yield { name, range };
  }
}

const FEWEST_COLUMNS = 4;

/** What is said where the column to predict is missing: "Target column 'Attrition' not found". */
const MESSAGE = /\b(?:target|label)(?:[ _](?:column|variable))?:? ['"`]([A-Za-z]\w{1,40})['"`]/i;

/** What stands before the name of the column to predict: `target_col: str = `, `"target": `, `typer.Option(`, `getenv("TARGET", `. */
const TARGET_NAMING = pattern("i")`
  (?:^|[^A-Za-z])(?:target|
  (?:label|outcome)_?(?:col(?:umn)?|name|var(?:iable)?))(?:_?(?:col(?:umn)?|name|var(?:iable)?|
    feature))?["']?(?:\s*:\s*[\w.[\]]+)?(?:\s*[:=]\s*(?:[\w.]+\(\s*(?:default\s*=\s*)?)?|
  ,\s*)$
`;
const LONGEST_NAMING = 60;
const isTarget = remembered((text) => /^[A-Za-z][\w .-]{1,40}$/.test(text) && targetKind(text) !== undefined);

/** Columns that a setting, an option or a default names as what is predicted. */
function* setTargets({ strings, text }: PythonFacts): Generator<Named> {
  for (const { value, range } of strings)
    if (
      isTarget(value) &&
      TARGET_NAMING.test(text.slice(Math.max(0, range.start - LONGEST_NAMING), range.start))
    )
      yield { name: value, range };
}

const isColumnLike = remembered((text) => {
  const words = wordsOf(text);
  return (
    words.split("_").length <= 4 &&
    (/[_A-Z]/.test(text) || /^[a-z]+$/.test(text)) &&
    (isProtected(text) ||
      isAge(text) ||
      targetKind(text) === "high" ||
      isOfLoan(text) ||
      isOfOtherSubject(text))
  );
});

const LABEL_KEYWORDS = [
  "target",
  "label",
  "labelCol",
  "label_col",
  "target_column",
  "label_column_name",
  "target_column_name",
  "target_name",
  "target_attribute",
  "label_column",
  "predicted_column",
  "outcome",
  "outcome_col",
  "outcome_column",
  "y_col",
  "y_column",
  "response_column",
  "dependent_variable",
  "event_col",
];

/** `add_argument("--target-col", default="mortality")` */
const TARGET_OPTION = /^--?(?:target|label)(?:[-_](?:col|column|name|var|variable))?$/;

/** Calls that are given labels behind the examples. */
const LABELLED_SECOND = /^(?:train_test_split|fit|DMatrix|QuantileDMatrix|Pool|Dataset)$/;
/** Behind the model and its data. */
const LABELLED_THIRD =
  /^(?:cross_val(?:_score|_predict|idate)|learning_curve|validation_curve|permutation_test_score)$/;

const LABEL_FILE = /(?:^|[/\\])(\w{2,50})\.(?:npy|csv|pkl|parquet|feather|txt)$/;

const holdsLabels = remembered((name) =>
  /^(?:y|Y|target|labels?|y_\w+|target_col\w*|label_col\w*|TARGET\w*|LABEL\w*|_y)$/.test(name),
);
const isLabelName = remembered((name) => /^(?:[yY]|[yY]_\w+|\w+_[yY]|target|labels?)$/.test(name));

/** Columns that are bound to a name for labels: `y = df["loan_status"]`. */
export function assignedLabels(facts: PythonFacts): Named[] {
  return facts.assignments
    .filter(({ target }) => holdsLabels(target))
    .flatMap(({ value }) => columnsWithin(facts, value.range));
}

/** Columns that `y` is made of: dropped from the features, or assigned to a name for labels. */
export function labelColumns(facts: PythonFacts): Named[] {
  const found: Named[] = [];
  for (const { name, how, range } of facts.columns)
    if (how === "drop" || how === "label") found.push({ name, range });
  found.push(...assignedLabels(facts));
  for (const { target, value } of facts.assignments) {
    if (!holdsLabels(target)) continue;
    if (typeof value.literal === "string") found.push({ name: value.literal, range: value.range });
    // `y = np.load("needs_ventilation.npy")`: the file of the labels is called by what they are.
    const file = value.call?.args[0]?.literal;
    const [, name] = typeof file === "string" ? (LABEL_FILE.exec(file) ?? []) : [];
    if (name !== undefined && isStateOfPerson(name)) found.push({ name, range: value.range });
  }
  for (const call of facts.calls) {
    const label =
      call.keywords.size === 0
        ? undefined
        : LABEL_KEYWORDS.map((name) => call.keywords.get(name)).find((value) => value !== undefined);
    if (typeof label?.literal === "string" && !/^(?:plt|ax|matplotlib)/.test(call.callee))
      found.push({ name: label.literal, range: label.range });
    const preset = call.method === "add_argument" ? call.keywords.get("default") : undefined;
    if (typeof preset?.literal === "string" && TARGET_OPTION.test(String(call.args[0]?.literal)))
      found.push({ name: preset.literal, range: preset.range });
    const labels = LABELLED_SECOND.test(call.method)
      ? (call.args[1] ?? call.keywords.get("label"))
      : LABELLED_THIRD.test(call.method)
        ? call.args[2]
        : call.method === "from_arrays" && /(?:^|\.)Surv\.from_arrays$/.test(call.callee)
          ? (call.args[0] ?? call.keywords.get("event"))
          : undefined;
    if (labels !== undefined) found.push(...columnsWithin(facts, labels.range));
  }
  found.push(...setTargets(facts));
  for (const { value, range } of facts.strings) {
    const label = (FORMULA.exec(value) ?? (value.length < 200 ? MESSAGE.exec(value) : undefined))?.[1];
    if (label !== undefined) found.push({ name: label, range });
  }
  return found;
}

/** Is the label a column that a constant of another module names? `y = df[TARGET_COL]`, `train_test_split(X, df[TARGET])` */
export function predictsConstant({ assignments, calls, imports }: PythonFacts): boolean {
  const named = new Set(imports.flatMap(({ name }) => (name && TARGET_CONSTANT.test(name) ? [name] : [])));
  if (named.size === 0) return false;
  const isOne = (value: Value | undefined) => value?.reads.some((name) => named.has(name)) === true;
  return (
    assignments.some(({ target, value }) => isLabelName(target) && isOne(value)) ||
    calls.some(
      ({ method, args, keywords }) =>
        LABEL_KEYWORDS.some((name) => isOne(keywords.get(name))) ||
        (LABELLED_SECOND.test(method) && isOne(args[1])),
    )
  );
}

const TARGET_CONSTANT = /^(?:TARGET|LABEL|OUTCOME)(?:_[A-Z]+)*$/;

/** Adversarial validation: `y = df["is_test"]` asks of which part of the data a row is, and of nothing about it. */
export function tellsParts(facts: PythonFacts): boolean {
  const labels = facts.assignments.flatMap(({ target, value }) =>
    isLabelName(target) ? columnsWithin(facts, value.range) : [],
  );
  return labels.length > 0 && labels.every(({ name }) => /^is_?(?:test|train)(?:_set)?$/i.test(name));
}
