/** Where a program gives a model out of its hands: published to a hub or a registry, or saved to be used. */

import { pattern } from "../../pattern.ts";
import type { Call, PythonFacts } from "../../python/python-facts.ts";

export interface Release {
  call: Call;
  /** "published": others can get it; "saved": a file that can be loaded. */
  kind: "published" | "saved";
  /** How a message names it: "model.push_to_hub". */
  text: string;
  /** What it does with the model. */
  verb: "publishes" | "saves";
  /** What publishes it writes a card with the run's settings and results itself. */
  ownCard: boolean;
}

const PUBLISHES = pattern()`
  ^(?:
    mlflow\.register_model|mlflow\..*\.register_model|mlflow\..*\.create_model_version|
    huggingface_hub\.(?:HfApi\.)?(?:upload_folder|upload_file|upload_large_folder)|
    google\.cloud\.aiplatform\.Model\.upload|azureml\.core\.(?:model\.)?Model\.register|
    kagglehub\.model_upload|wandb\.(?:log_model|link_model)|wandb\..*\.link_model|modelscope\..*\.push_model
  )$
`;
const PUBLISHING_METHODS = /^(?:push_to_hub|push_to_hub_merged|push_to_hub_gguf|create_model_package)$/;
const SAVES = pattern()`
  ^(?:joblib\.dump|pickle\.dump|cloudpickle\.dump|dill\.dump|skops\.io\.dump|torch\.save|
    keras\.models\.save_model|tensorflow\.keras\.models\.save_model|tensorflow\.saved_model\.save|
    mlflow\.\w+\.(?:log_model|save_model)|bentoml\.\w+\.save_model)$|
  \.(?:save_model|save_pretrained)$
`;

/** Parts of a model's package that are no model. */
const NO_MODEL = pattern("i")`
  tokeniz|^tok$|data_?set|^ds$|processor|feature_?extract|model_?card|^card$|scheduler|config|^df|scaler|
  encoder$|^le$|^ohe$|vectori[sz]er|imputer|columns|features?$|labels?$|metrics|history|preds|threshold
`;
const A_MODEL =
  /model|clf|classif|regress|pipe|forest|tree|xgb|lgb|cat_?boost|^cb|net\b|network|estimator|best|grid|search|svm|svc|knn|^rf|^lr$|logreg|booster|learner|ensemble|artifact|bundle/i;

/** Releases in order of execution. */
export function releasesOf(facts: PythonFacts): Release[] {
  const fitted = new Set(
    facts.calls.flatMap(({ method, receiver, targets }) =>
      method === "fit" || method === "train" ? [receiver?.name, ...targets] : [],
    ),
  );
  return facts.calls.flatMap((call) => {
    const kind = publishes(call) ? "published" : saves(call, fitted) ? "saved" : undefined;
    if (kind === undefined) return [];
    const owner = call.receiver?.name;
    const text = owner === undefined ? call.method : `${owner}.${call.method}`;
    const ownCard = /Trainer\.push_to_hub$/.test(call.callee) || /trainer$/i.test(owner ?? "");
    return [{ call, kind, text, verb: kind === "published" ? "publishes" : "saves", ownCard }];
  });
}

/** The one that a finding stands at: the first publication, else the last that is saved. */
export function mainRelease(facts: PythonFacts): Release | undefined {
  const releases = releasesOf(facts);
  return releases.find(({ kind }) => kind === "published") ?? releases.at(-1);
}

function publishes(call: Call): boolean {
  if (PUBLISHES.test(call.callee)) {
    const repository = call.keywords.get("repo_type");
    return repository === undefined || repository.literal === "model" || repository.literal === null;
  }
  if (PUBLISHING_METHODS.test(call.method))
    return (
      !NO_MODEL.test(call.receiver?.name?.split(".").at(-1) ?? "") &&
      !/(?:^|\.)datasets\.|Tokenizer|Processor|Dataset|Config\b|FeatureExtractor|ModelCard|Scheduler/.test(
        call.callee,
      )
    );
  const registered = call.keywords.get("registered_model_name");
  return (
    /^(?:log_model|save_model)$/.test(call.method) && registered !== undefined && registered.literal !== null
  );
}

function saves(call: Call, fitted: ReadonlySet<string | undefined>): boolean {
  const value = call.args[0] ?? call.keywords.get("obj") ?? call.keywords.get("sk_model");
  const isMethod = /\.(?:save_model|save_pretrained)$/.test(call.callee) || call.method === "save";
  if (isMethod && call.callee.startsWith("?")) return isModelName(call.receiver?.name, fitted);
  if (call.method === "save" && /(?:keras|Sequential|Model)\b.*\.save$/.test(call.callee)) return true;
  if (!SAVES.test(call.callee)) return false;
  if (isMethod) return isModelName(call.receiver?.name, fitted) || !isNoModel(call.receiver?.name);
  return (value?.reads ?? []).some((name) => isModelName(name, fitted));
}

function isNoModel(name: string | undefined): boolean {
  return NO_MODEL.test(name?.split(".").at(-1) ?? "");
}

function isModelName(name: string | undefined, fitted: ReadonlySet<string | undefined>): boolean {
  const last = name?.split(".").at(-1);
  if (last === undefined || isNoModel(name)) return false;
  return A_MODEL.test(last) || fitted.has(name);
}

const CARD_WRITERS = pattern()`
  (?:^|\.)(?:ModelCard|ModelCardData|RepoCard|ModelCardToolkit|create_model_?card|generate_model_?card|
    write_model_?card|save_model_?card|export_model_?card|render_model_?card|metadata_update)(?:\.|$)|
  ^skops\.card\.
`;

/** Does the program write a model card itself? */
export function writesModelCard(facts: PythonFacts): boolean {
  return (
    facts.calls.some(({ callee, method }) => CARD_WRITERS.test(callee) || CARD_WRITERS.test(method)) ||
    facts.strings.some(({ value }) => value.length < 200 && /(?:model[-_]?card|readme)\S*\.md$/i.test(value))
  );
}
