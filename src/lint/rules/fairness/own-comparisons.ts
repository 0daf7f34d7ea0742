/** Functions of a project's own that compare groups, by their names and by what they are given. */

import { pattern } from "../../pattern.ts";
import { isPredictingMethod, isPredictionName } from "../../python/names.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import { remembered } from "../../remembered.ts";
import { isArrayOfGroups } from "./compared-groups.ts";
import { isAge, isProtected } from "./lexicon.ts";
import { anyOf, wordsOf } from "./words.ts";

/** Functions named for what they measure, of this project or one of its modules. */
const NAMED = anyOf(`
  disparate_impact adverse_impact impact_ratio four_fifths demographic_parity statistical_parity equal_opportunity equalized_odds
  fairness_metrics fairness_metric fairness_report fairness_audit fairness_check fairness_evaluation evaluate_fairness
  check_fairness compute_fairness fairness_measures? assess_fairness measure_fairness audit_fairness fairness_analysis analyze_fairness test_fairness
  calculate_fairness bias_metrics bias_report bias_audit bias_check evaluate_bias check_bias audit_bias measure_bias detect_bias
  compute_bias analyze_bias bias_analysis bias_evaluation group_metrics metrics_by_group metric_by_group performance_by_group
  by_group_metrics subgroup_metrics subgroup_performance slice_metrics sliced_metrics performance_by_slice
  metrics_by_sex metrics_by_gender metrics_by_race counterfactual_fairness evaluate_slices slice_performance
  compute_slices per_group_metrics group_fairness disparity disparities fairness_penalty fairness_gap fairness_gaps
  proxy_discrimination discrimination_audit fairness_scores fairness_index tpr_diff fpr_diff fnr_diff tpr_gap fpr_gap accuracy_gap error_rate_gap selection_rates
  model_fairness (?:diagnose|compare)_fairness p_rule p_percent_rule (?:gender|sex|race|spouse|gender_race)_consistency
  (?:fairness|bias|metrics?|performance|accuracy|recall|precision|auc|errors?|tpr|fpr|fnr)_by_(?:(?:sub)?groups?|gender|sex|race|ethnicity|age(?:_group)?|demographics?)
  tpr_by_group fpr_by_group accuracy_by_group rates_by_group error_rates_by_group results_by_group`);

/** Functions named for a measurement; with an attribute of persons among what they are given they compare groups. */
const MEASURES = anyOf(`
  stats statistics metric metrics measure measures evaluate evaluation eval score scores report audit assess assessment rate
  rates tpr fpr fnr tnr ppv npv ppr npr tp fp tn fn acc accuracy auc roc confusion performance error errors parity odds bias
  fairness calibration compare comparison results`);

/** Arrays of attributes kept for a comparison: `x_sensitive`, `sensitive_features_test`, `protected_attr`. */
const SENSITIVE = /(?:^|_)(?:sensitive|protected|demographics?)(?:_|$)|^[aA]_idx$/;

/** `fairness_summary(y_test, y_pred, data)`: named for the subject, and given what the model says. */
const SUBJECT = /(?:^|_)(?:fairness|unfairness|bias|disparit(?:y|ies)|parity)(?:_|$)/;

/** Two groups by what they are called: `compare_confusion_matrices(a, b, "white", "black")`. */
const GROUP =
  /^(?:(?:fe)?males?|(?:wo)?m[ae]n|whites?|caucasians?|blacks?|african[ -]americans?|hispanics?|asians?)$/i;

/** Dashboards' cohorts of rows. */
const COHORTS = /(?:^|\.)(?:CohortFilter|Cohort)$/;

/** Libraries whose functions know nothing of groups. */
const GENERAL = pattern()`
  ^(?:sklearn|pandas|numpy|matplotlib|seaborn|plotly|scipy|torch|tensorflow|keras|xgboost|lightgbm|
    catboost|print|len|range|str|list|set|dict|zip|enumerate|isinstance|logging|joblib|pickle|json|mlflow|
    wandb)(?:\.|$)|
  ^plt|^ax\b
`;

/** No measurement, though it is named for the subject: what mitigates, and figures of it. */
const NO_MEASUREMENT =
  /\.mitigation\.|\.algorithms\.|^fairlearn\.(?:reductions|postprocessing\.(?!plot_))|Remover$|(?:post|pre)_?process|mitigat|reweigh|^(?:plt|ax|print)/i;

/** `evaluate_slice`, `slice_data_evaluate`, `performance_on_slices`: rows of one category, measured. */
const measuresSlices = remembered((name) => {
  const words = wordsOf(name);
  return (
    /(?:^|_)slices?(?:_|$)/.test(words) &&
    (MEASURES.test(words) ||
      /(?:^|_)(?:compute|check|run|validat\w+|analy[sz]\w+|data|model|categor\w+)(?:_|$)/.test(words))
  );
});

const isGeneral = remembered((callee) => GENERAL.test(callee));

const isNamedForIt = remembered((name) => NAMED.test(wordsOf(name)));

const measures = remembered((name) => MEASURES.test(wordsOf(name)));

const namesSubject = remembered((name) => SUBJECT.test(wordsOf(name)));

/** `evaluate_by_gender`, `slice_metrics`: a function that is named for the comparison. */
export const isNamedForComparison = (name: string): boolean => isNamedForIt(name) || measuresSlices(name);

/** Does a call of the project's own compare groups? */
export function comparesByOwn(call: Call): boolean {
  return (
    (isNamedForIt(call.method) && !NO_MEASUREMENT.test(call.callee)) ||
    (measuresSlices(call.method) && !isGeneral(call.callee)) ||
    asksForFairness(call) ||
    readsFairness(call) ||
    namesFairness(call) ||
    measuresGroups(call) ||
    isGivenGroups(call) ||
    namesTwoGroups(call) ||
    (COHORTS.test(call.callee) && namesGroup(call))
  );
}

/** `evaluation.model_metrics(model, X_test, y_test, mask=women, fair_metrics=True)`. */
function asksForFairness({ callee, method, keywords }: Call): boolean {
  if (isGeneral(callee) || !measures(method)) return false;
  return [...keywords].some(
    ([name, { literal }]) => /^(?:fair|fairness|bias)_/.test(name) && literal !== false && literal !== null,
  );
}

/** A result that another part of the project measured: `metrics.get("demographic_parity_ratio")`. */
function readsFairness({ method, args }: Call): boolean {
  const key = method === "get" ? args[0]?.literal : undefined;
  return typeof key === "string" && RESULT.test(key);
}

const RESULT =
  /(?:demographic_parity|equali[sz]ed_odds|equal_opportunity|statistical_parity|disparate_impact|average_odds)_(?:ratio|diff(?:erence)?|gap)$/;

function namesFairness(call: Call): boolean {
  return (
    namesSubject(call.method) &&
    !/mitigat|reweigh|remov|process|correct/i.test(call.method) &&
    valuesOf(call).some((value) => isPrediction(value))
  );
}

/** `group_fpr(X, "race", y, clf.predict(X))`, `print_stats(y, x_sensitive, scores)`: a function of the project's own. */
function measuresGroups(call: Call): boolean {
  if (isGeneral(call.callee) || !measures(call.method) || /^_?log/i.test(call.receiver?.name ?? ""))
    return false;
  const values = valuesOf(call);
  if (values.some(({ name, text }) => SENSITIVE.test(wordsOf(name ?? text.slice(0, 40))))) return true;
  if (values.some(({ name = "" }) => /_/.test(name) && isArrayOfGroups(name))) return true;
  if (asksByGroup(call) || values.some(isPlaceOfGroup)) return true;
  return namesGroup(call) && values.some((value) => isPrediction(value));
}

/** `get_all_metrics(y_true=y, y_pred=p, sensitive_features=bias)`, `show_proportions(X, sensitive_features, model.predict(X))`. */
function isGivenGroups(call: Call): boolean {
  if (isGeneral(call.callee)) return false;
  const isTold = valuesOf(call).some((value) => isPrediction(value));
  if ([...call.keywords.keys()].some((name) => GROUP_KEYWORD.test(name)))
    return isTold || measures(call.method);
  return (
    isTold &&
    !NO_MEASUREMENT.test(call.callee) &&
    !CHANGES.test(wordsOf(call.method)) &&
    call.args.some(({ name = "" }) => /^[a-z]{2,}_/i.test(name) && isArrayOfGroups(name))
  );
}

const CHANGES = /(?:^|_)(?:fit|train|loss|criterion|adjust\w*|split|save|dump|step|update|adversary)(?:_|$)/;

const GROUP_KEYWORD =
  /^(?:sensitive|protected)_(?:features?|attr(?:ibute)?s?|groups?|col(?:umn)?s?)$|^(?:sensitive|protected)$/;

/** Where a protected column stands: `index = names.index("sex")`. */
const isPlaceOfGroup = ({ call }: Value): boolean =>
  (call?.method === "index" || call?.method === "get_loc") &&
  call.args.some(({ literal }) => typeof literal === "string" && isProtected(literal));

function namesTwoGroups(call: Call): boolean {
  if (isGeneral(call.callee) || !measures(call.method)) return false;
  const named = valuesOf(call).filter(({ literal }) => typeof literal === "string" && GROUP.test(literal));
  return named.length >= 2;
}

function namesGroup(call: Call): boolean {
  return valuesOf(call)
    .flatMap((value) => value.items ?? [value])
    .some(({ literal }) => typeof literal === "string" && (isProtected(literal) || isAge(literal)));
}

function isPrediction({ name, call, text }: Value): boolean {
  return (
    (name !== undefined && isPredictionName(name)) ||
    isPredictionName(COLUMN.exec(text)?.[1] ?? "") ||
    (call !== undefined && isPredictingMethod(call.method))
  );
}

const valuesOf = ({ args, keywords }: Call): Value[] => [...args, ...keywords.values()];

/** `confusion_matrix_of(scored, "default", "p_default", by="sex", level="female")` */
function asksByGroup({ method, keywords }: Call): boolean {
  return (
    MODEL_MEASURES.test(wordsOf(method)) &&
    ASKED.some((name) => {
      const { literal, text = "" } = keywords.get(name) ?? {};
      return isProtected(typeof literal === "string" ? literal : (COLUMN.exec(text)?.[1] ?? ""));
    })
  );
}

const ASKED = ["by", "group_by", "group_col", "group_column", "slice_by", "group", "groups"];
/** `X_test["race"]`, `X_test.race` */
const COLUMN = /^\w+(?:\.|\[["'])(\w+)(?:["']\])?$/;

/** Of a model's answers, and of no table alone. */
const MODEL_MEASURES =
  /(?:^|_)(?:confusion|metrics?|errors?|accuracy|auc|roc|performance|calibration|fairness|bias|[tf][pn]r|prroc|evaluate)(?:_|$)/;

/** What a trainer of another module measured, read from its results: `results["demographic_parity_difference"]`. */
export function readsComparison({ strings, text }: PythonFacts): PythonFacts["strings"][number] | undefined {
  const told = strings.find(({ value }) => IS_MEASURED.test(value));
  return told !== undefined && READS_RESULTS.test(text) ? told : undefined;
}

const IS_MEASURED =
  /^(?:\w{1,20}_)?(?:demographic_parity|equalized_odds|equal_opportunity|statistical_parity)_(?:ratio|difference|diff|gap)$|^disparate_impact_ratio$/;
const READS_RESULTS =
  /(?:metrics|results?|report|scores)(?:\.get\(|\[)\s*["']\w*(?:parity|odds|opportunity|impact)_/;
