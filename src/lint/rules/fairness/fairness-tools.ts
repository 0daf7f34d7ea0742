/** Tools and platforms that compare groups themselves once they are told of them. */

import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { isProtected } from "./lexicon.ts";
import { wordsOf } from "./words.ts";

/** Is the call one that opens, configures or starts such a tool? */
export function asksTool(call: Call, facts: PythonFacts): boolean {
  return (
    (opensWhatIfTool(call) && facts.columns.some(({ name }) => isProtected(name))) ||
    intervenes(call) ||
    scoresByFairness(call) ||
    searchesFairModel(call) ||
    monitorsFairness(call) ||
    isSliced(call)
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

/** AutoML that measures each of its models by group: `AutoML(fairness_threshold=0.8)`, `automl.fit(X, y, sensitive_features=sex)`. */
function searchesFairModel({ callee, keywords }: Call): boolean {
  return (
    ["fairness_metric", "fairness_threshold", "fairness_info"].some((name) => keywords.has(name)) ||
    (/^supervised\..*\.fit$/.test(callee) && keywords.has("sensitive_features"))
  );
}

/** A monitor of a platform: `create(monitor_definition_id=client.monitor_definitions.MONITORS.FAIRNESS.ID)`. */
function monitorsFairness({ method, keywords }: Call): boolean {
  return (
    /^create/.test(method) &&
    [...keywords.values()].some(({ text }) => /\bFAIRNESS\b/.test(text.slice(0, 200)))
  );
}

/** TFMA and the like measure groups only where slices are named; `SlicingSpec()` is everybody. */
function isSliced({ callee, args, keywords }: Call): boolean {
  if (!/^tensorflow_model_analysis\.|^tfma\./.test(callee)) return false;
  if (/Slic/.test(callee)) return args.length + keywords.size > 0;
  return [...keywords].some(
    ([name, { items }]) =>
      /slic/.test(name) &&
      (items === undefined ||
        items.some(({ call }) => call === undefined || call.args.length + call.keywords.size > 0)),
  );
}

/** SageMaker Clarify is told of a group and of how predictions are read, for a job that is started elsewhere. */
export function configuresBias({ calls }: PythonFacts): Call | undefined {
  const config = calls.find(({ callee }) => /^sagemaker\..*\bBiasConfig$/.test(callee));
  return config && calls.some(({ method }) => method === "ModelPredictedLabelConfig") ? config : undefined;
}

/** TFMA's settings as text: `slicing_specs { feature_keys: ["sex"] }`. */
export function namesSlices({ strings }: PythonFacts): PythonFacts["strings"][number] | undefined {
  return strings.find(
    ({ value }) =>
      /\bslicing_specs\b/.test(value) &&
      [...value.matchAll(/\bfeature_(?:keys|values)\b[^\n"']*["'](\w+)["']/g)].some(([, name = ""]) =>
        isProtected(wordsOf(name)),
      ),
  );
}
