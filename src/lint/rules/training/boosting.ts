/** XGBoost and LightGBM trainings of many rounds that are given validation data. */

import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import { numberOf } from "./epochs.ts";

export interface Boosting {
  /** The call that trains. */
  call: Call;
  /** The call that makes the estimator, for the scikit-learn interface. */
  made?: Call;
  library: "XGBoost" | "LightGBM";
  rounds: number;
}

const MANY_ROUNDS = 1_000;
const ESTIMATOR = /^(xgboost|lightgbm)\.(?:sklearn\.)?(?:XGB|LGBM)\w+$/;

export function boostings(facts: PythonFacts): Boosting[] {
  return facts.calls.flatMap((call): Boosting[] => {
    if (call.hasUnknownArguments) return [];
    const native = /^(xgboost|lightgbm)\.train$/.exec(call.callee)?.[1];
    if (native !== undefined) return nativeTraining(facts, call, native);
    if (call.method !== "fit" || !call.keywords.has("eval_set")) return [];
    const made = estimatorOf(facts, call);
    if (made === undefined || made.hasUnknownArguments || saysStopping(call) || saysStopping(made)) return [];
    const rounds = numberOf(facts, made.keywords.get("n_estimators"));
    if (rounds === undefined || rounds.from !== "written" || rounds.value < MANY_ROUNDS) return [];
    return [{ call, made, library: libraryOf(made.callee), rounds: rounds.value }];
  });
}

function nativeTraining(facts: PythonFacts, call: Call, native: string): Boosting[] {
  const validation = call.keywords.get(native === "xgboost" ? "evals" : "valid_sets");
  const rounds = numberOf(facts, call.keywords.get("num_boost_round") ?? call.args[2]);
  if (validation === undefined || rounds?.from !== "written" || rounds.value < MANY_ROUNDS) return [];
  // Parameters that are not listed here may say it.
  const parameters = call.args[0] ?? call.keywords.get("params");
  if (parameters?.entries === undefined || saysStopping(call) || entriesSay(parameters)) return [];
  return [{ call, library: libraryOf(call.callee), rounds: rounds.value }];
}

function estimatorOf(facts: PythonFacts, call: Call): Call | undefined {
  const direct = call.receiver?.call;
  if (direct !== undefined && ESTIMATOR.test(direct.callee)) return direct;
  const name = call.receiver?.name;
  return name === undefined
    ? undefined
    : facts.calls.filter(({ callee, targets }) => ESTIMATOR.test(callee) && targets.includes(name)).at(-1);
}

function saysStopping({ keywords }: Call): boolean {
  return [...keywords.keys()].some((name) => /^(?:early_stopping\w*|callbacks)$/.test(name));
}

function entriesSay(parameters: Value): boolean {
  return (parameters.entries ?? []).some(({ key }) =>
    /early_stopping|stopping_round/.test(String(key.literal)),
  );
}

const libraryOf = (callee: string) => (callee.startsWith("xgboost") ? "XGBoost" : "LightGBM");
