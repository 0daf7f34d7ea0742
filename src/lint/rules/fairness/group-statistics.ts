/** What a model says, set against what groups its rows are of: in a correlation, a sum for each group, a regression, row by row. */

import { columnsWithin } from "../../python/columns-within.ts";
import { isPredictingMethod, isPredictionName } from "../../python/names.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import { remembered } from "../../remembered.ts";
import { isProtected } from "./lexicon.ts";

const isStatistic = remembered((callee) =>
  /^(?:numpy\.(?:corrcoef|cov|bincount)|scipy\.stats\.(?:pearsonr|spearmanr|kendalltau|pointbiserialr)|sklearn\.metrics\.(?:\w+_)?mutual_info_score|statsmodels\.(?:\w+\.)*(?:OLS|WLS|GLM|Logit))$/.test(
    callee,
  ),
);

/** `np.corrcoef(sex, y_pred)`, `np.bincount(group, weights=y_pred)`, `sm.OLS(y_pred, sm.add_constant(sex))`, `test["sex"].corr(y_pred)`. */
export function relatesToGroup(call: Call, facts: PythonFacts): boolean {
  if (call.method === "zip") return walksRowsOfGroup(call, facts);
  const isOfColumn = call.method === "corr" && call.receiver !== undefined && call.args.length > 0;
  if (!isOfColumn && !isStatistic(call.callee)) return false;
  const values = [...call.args, ...call.keywords.values()];
  const { receiver } = call;
  const isOfGroup = receiver !== undefined && isOfColumn && namesGroup(receiver, call, facts);
  const isOfModel = receiver !== undefined && isOfColumn && isPredictionName(receiver.name ?? "");
  return (
    (isOfModel || values.some(isModelOutput)) &&
    (isOfGroup || values.some((value) => !isModelOutput(value) && namesGroup(value, call, facts)))
  );
}

/** Also a column that predictions were put into: `test["y_pred"]`. */
const isModelOutput = ({ name = "", text, call }: Value): boolean =>
  isPredictionName(name) ||
  (call !== undefined && isPredictingMethod(call.method)) ||
  isPredictionName(/^\w+\[["'](\w+)["']\]$/.exec(text)?.[1] ?? "");

/** One column of groups, or a name that holds it: `is_woman = (test["sex"] == "F").astype(int)`. */
function namesGroup({ name, text, range, reads }: Value, { order }: Call, facts: PythonFacts): boolean {
  if (text.length > LONGEST) return false;
  const within = columnsWithin(facts, range);
  if (within.length > 0) return within.length === 1 && isProtected(within[0]!.name);
  return (name === undefined ? reads : [name]).some((each) => {
    if (isProtected(each)) return true;
    const made = facts.assignments.findLast(({ target, order: at }) => target === each && at < order)?.value;
    const columns = made === undefined || made.text.length > LONGEST ? [] : columnsWithin(facts, made.range);
    return columns.length === 1 && isProtected(columns[0]!.name);
  });
}

const LONGEST = 120;

/** `for row, said in zip(test.itertuples(), y_pred): ... row.sex`. */
function walksRowsOfGroup({ args, range }: Call, { text }: PythonFacts): boolean {
  return (
    args.some(({ call }) => ROWS.test(call?.method ?? "")) &&
    args.some(isModelOutput) &&
    [...text.slice(range.end, range.end + BODY).matchAll(FIELD)].some(([, field, key]) =>
      isProtected(field ?? key!),
    )
  );
}

const ROWS = /^(?:itertuples|iterrows|iter_rows|to_dicts?)$/;
/** Not what is only printed of each: `if row.sex == "F":`, `hits[row["sex"]]`. */
const FIELD =
  /(?:\b(?:if|elif)[ (]|\w\[|\.(?:get|setdefault)\()\s*\w+(?:\.(\w+)\b(?!\()|\[["']([\w ]+)["']\])/g;
const BODY = 500;
