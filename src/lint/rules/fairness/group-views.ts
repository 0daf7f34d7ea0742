/** Groups that are compared without a group operation of the language: in a figure, in a query, by rows that a text chooses. */

import { isPredictingMethod, isPredictionName } from "../../python/names.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import { isProtected } from "./lexicon.ts";

/** Figures with a group for each value of a column. */
const FIGURES =
  /^(?:seaborn\.(?:bar|box|boxen|violin|count|cat|point|strip|swarm|hist|kde|dis)plot|plotly\.express\.(?:box|violin|bar|histogram|strip|ecdf))$/;
/** Of a frame itself: `test.boxplot(column="pred", by="sex")`. */
const OF_FRAME = /^(?:boxplot|hist)$/;

/** `sns.boxplot(data=test, x="race", y="probability")`: what the model says, by group. */
export function drawsGroups(call: Call, facts: PythonFacts): boolean {
  const isGrid = call.callee === "seaborn.FacetGrid";
  const isFigure =
    isGrid || FIGURES.test(call.callee) || (OF_FRAME.test(call.method) && call.keywords.has("by"));
  if (!isFigure) return false;
  const values = [...call.args, ...call.keywords.values()];
  if (!values.some((value) => isGroup(value))) return false;
  const drawn = isGrid ? facts.calls.filter(({ method }) => ON_GRID.test(method)) : [call];
  return drawn.some(({ args, keywords }) =>
    [...args, ...keywords.values()].some((value) => isModelOutput(value, call, facts)),
  );
}

/** What a grid of groups is given to draw: `sns.FacetGrid(test, col="sex").map(sns.histplot, "pred")`. */
const ON_GRID = /^map(?:_dataframe)?$/;

const FORMULA = /^\s*(\w{1,60})\s*~([^~]{1,200})$/;

/** What the model says, explained by a group: `smf.ols("pred ~ sex", data=test)`. */
export function explainsByGroup(call: Call, facts: PythonFacts): boolean {
  const formula = (call.keywords.get("formula") ?? call.args[0])?.literal;
  const parts = typeof formula === "string" ? FORMULA.exec(formula) : null;
  if (parts === null) return false;
  const [, said = "", terms = ""] = parts;
  return (
    (isPredictionName(said) || holdsByNow(said, call, facts)) &&
    wordsIn(terms).some((word) => isProtected(word))
  );
}

const COLUMN = /\[\s*(["'])([^"'\]]+)\1\s*\]$/;

function isGroup({ literal, text, name = "" }: Value): boolean {
  if (typeof literal === "string") return isProtected(literal);
  const column = COLUMN.exec(text)?.[2] ?? name.slice(name.lastIndexOf(".") + 1);
  return column !== "" && isProtected(column);
}

function isModelOutput({ literal, name, text, call }: Value, drawn: Call, facts: PythonFacts): boolean {
  if (call !== undefined && isPredictingMethod(call.method)) return true;
  const said = typeof literal === "string" ? literal : (COLUMN.exec(text)?.[2] ?? name);
  return said !== undefined && (isPredictionName(said) || holdsByNow(said, drawn, facts));
}

const columnsOfModels = new WeakMap<PythonFacts, ReadonlyMap<string, number>>();

/** Columns that predictions were put into, and from where on: `test["risk"] = clf.predict(X)`, `test.assign(risk=scores)`. */
function modelColumns(facts: PythonFacts): ReadonlyMap<string, number> {
  const known = columnsOfModels.get(facts);
  if (known !== undefined) return known;
  const predictions = new Set(facts.predictions.map(({ name }) => name));
  const holds = ({ name, call, reads, text }: Value) =>
    isPredictionName(name ?? "") ||
    PREDICTS.test(text) ||
    (call !== undefined && isPredictingMethod(call.method)) ||
    reads.some((each) => predictions.has(each));
  const found = new Map<string, number>();
  const add = (column: string, order: number) =>
    found.set(column, Math.min(order, found.get(column) ?? order));
  for (const { column, value, order } of facts.assignments)
    if (column !== undefined && holds(value)) add(column, order);
  for (const { method, keywords, order } of facts.calls)
    if (method === "assign") for (const [name, value] of keywords) if (holds(value)) add(name, order);
  columnsOfModels.set(facts, found);
  return found;
}

const PREDICTS = /\.(?:predict(?:_proba)?|decision_function)\(/;

/** The label's own column may be filled with predictions for a submission, long after it was drawn. A function may run later than it stands. */
function holdsByNow(column: string, { order, inFunction }: Call, facts: PythonFacts): boolean {
  const since = modelColumns(facts).get(column);
  return since !== undefined && (since < order || inFunction !== undefined);
}

const CHOSEN_COLUMNS = /\[\s*\[([^[\]]{1,200})\]\s*\]$/;

/** How often the model says what of whom: `test[["sex", "pred"]].value_counts()`. */
export function countsOutput(call: Call, facts: PythonFacts): boolean {
  if (call.method !== "value_counts") return false;
  const chosen = CHOSEN_COLUMNS.exec(call.receiver?.text ?? "")?.[1] ?? call.args[0]?.text ?? "";
  const columns = wordsIn(chosen);
  return (
    columns.some((column) => isProtected(column)) &&
    columns.some((column) => isPredictionName(column) || holdsByNow(column, call, facts))
  );
}

/** Rows of a table of predictions: `predictions.filter(col("sex") == "F")`. */
export function choosesGroup({ method, receiver, args }: Call): boolean {
  return (
    /^(?:filter|where)$/.test(method) &&
    isPredictionName(receiver?.name ?? "") &&
    args.some(({ text }) => wordsIn(text).some((word) => isProtected(word)))
  );
}

/** A page where a group is chosen whose results are shown: `st.radio("Filter by sex", options)`. */
export function asksForGroup({ callee, args }: Call): boolean {
  const label = /^streamlit\.(?:\w+\.)*(?:radio|selectbox|multiselect)$/.test(callee) ? args[0]?.literal : "";
  return (
    typeof label === "string" &&
    /\b(?:filter|compare|slice|split|subset)\b/i.test(label) &&
    wordsIn(label).some((word) => isProtected(word))
  );
}

const wordsIn = (text: string): string[] => text.slice(0, 200).match(/[A-Za-z_]\w*/g) ?? [];

const GROUPS = /\bgroup\s+by\b([^;)]{1,200})/i;

/** `SELECT sex, AVG(predicted_label) FROM ML.PREDICT(...) GROUP BY sex`. */
export function queriesGroups(facts: PythonFacts): PythonFacts["strings"][number] | undefined {
  return facts.strings.find(({ value }) => {
    if (value.length > LONGEST) return false;
    const grouped = GROUPS.exec(value)?.[1];
    return (
      grouped !== undefined &&
      wordsIn(grouped).some((word) => isProtected(word)) &&
      (value.match(/[A-Za-z_]\w*/g) ?? []).some(
        (word) => isPredictionName(word) || modelColumns(facts).has(word),
      )
    );
  });
}

const LONGEST = 5_000;

/** A copy of the examples in which everybody is of the other group, or of one: `flipped["sex"] = 1 - flipped["sex"]`. */
export function changesGroup({ assignments, calls }: PythonFacts): Call | undefined {
  const changed = assignments.filter(
    ({ target, column, value }) =>
      column !== undefined && isProtected(column) && isChange(value, target.replace(/\[.*$/s, "")),
  );
  if (changed.length === 0) return calls.find((call) => asksOfChanged(call, assignments));
  return calls.find(
    (call) =>
      isPredictingMethod(call.method) &&
      changed.some(({ target, order }) => {
        const frame = target.replace(/\[.*$/s, "");
        return (
          order < call.order &&
          call.args.some(({ name }) => name === frame) &&
          isCopy(frame, assignments, order)
        );
      }),
  );
}

/** `model.predict(X_test.assign(sex=0))`, or of a name that such a frame was given. */
function asksOfChanged(
  { method, args: [asked], order }: Call,
  assignments: PythonFacts["assignments"],
): boolean {
  if (!isPredictingMethod(method) || asked === undefined) return false;
  const made =
    asked.call ??
    assignments.findLast((each) => each.order < order && each.target === asked.name)?.value.call;
  return (
    made?.method === "assign" &&
    /(?:^|_)(?:X|x|df|data|test|val|valid\w*|features|frame)(?:_|\d|$)/.test(made.receiver?.name ?? "") &&
    [...made.keywords].some(([name, { literal }]) => isProtected(name) && literal !== undefined)
  );
}

/** `1 - x["sex"]`, a flip by a table, or one constant for all. */
function isChange({ literal, text }: Value, frame: string): boolean {
  if (literal !== undefined && literal !== null) return true;
  return (
    text.includes(frame) && (/^\(?\s*1\s*-/.test(text) || /\{\s*0\s*:\s*1\s*,\s*1\s*:\s*0\s*\}/.test(text))
  );
}

const isCopy = (frame: string, assignments: PythonFacts["assignments"], before: number): boolean =>
  assignments.some(
    ({ target, value, order }) =>
      target === frame &&
      order < before &&
      (value.call?.method === "copy" || value.call?.method === "deepcopy"),
  );
