/** Models that a platform or a warehouse trains, on data that stay there. */

import type { Call } from "../../python/python-facts.ts";

const JOBS = new Set([
  "create_training_job",
  "create_hyper_parameter_tuning_job",
  "create_auto_ml_job",
  "create_auto_ml_job_v2",
]);

/** A job that trains elsewhere, as a step of a pipeline or by the platform's API: `TrainingStep(name="train", step_args=args)`. */
export function startsJob({ callee, method, args, keywords }: Call): boolean {
  if (JOBS.has(method) || CUSTOM_JOB.test(callee) || TFX_STEP.test(callee)) return true;
  // `experiment.submit(ScriptRunConfig(script="train.py"))`, `ml_client.jobs.create_or_update(command(command="python train.py"))`.
  if (/^(?:submit|create_or_update)$/.test(method)) {
    const settings = (args[0] ?? keywords.get("config"))?.call;
    return settings !== undefined && AZURE_JOB.test(settings.callee) && TRAINS.test(scriptOf(settings));
  }
  return (
    method.endsWith("Step") &&
    /^(?:sagemaker|stepfunctions)\..*\.(?:TrainingStep|TuningStep|AutoMLStep)$/.test(callee) &&
    args.length + keywords.size > 1
  );
}

const CUSTOM_JOB =
  /^google\.cloud\.aiplatform\.(?:\w+\.)*(?:Custom\w*Job|HyperparameterTuningJob)\.(?:run|submit)$/;
/** `Trainer(module_file="trainer.py", examples=rows.outputs["examples"])` */
const TFX_STEP = /^tfx\.(?:\w+\.)*(?:Generic)?Trainer$/;
const AZURE_JOB = /^(?:azureml\.core\.(?:\w+\.)*ScriptRunConfig|azure\.ai\.ml\.command)$/;
const TRAINS = /(?:^|[^a-z])(?:re)?train(?![a-z]*(?:_test|ing_data))/i;

const scriptOf = ({ keywords }: Call): string =>
  [keywords.get("script"), keywords.get("command")].map((value) => value?.text ?? "").join(" ");

const PLATFORMS =
  /^(?:databricks\.automl\.(?:classify|regress)|datarobot\..*\.(?:start|set_target|analyze_and_model)|(?:turicreate|graphlab)\.(?:\w+\.)*(?:\w*(?:classifier|regression|trees))\.create)$/;

/** A platform is told what to predict: `automl.classify(df, target_col="income")`, `tables_client.create_model(dataset=rows, train_budget_milli_node_hours=1000)`. */
export function asksPlatform({ callee, method, keywords }: Call): boolean {
  const names = [...keywords.keys()];
  if (method === "create_model") return names.some((name) => name.startsWith("train_budget"));
  if (/^start_experiment(?:_sync)?$/.test(method)) return keywords.has("target_col");
  if (method === "create" && keywords.has("task")) return keywords.has("target_column");
  return PLATFORMS.test(callee) && names.some((name) => name.startsWith("target"));
}

/** A model that a warehouse trains: `client.query("CREATE MODEL d.census OPTIONS(model_type='logistic_reg') AS SELECT ...")`. */
export function createsModel({ method, args, keywords }: Call): boolean {
  if (!/^(?:query|query_and_wait|execute|sql|read_gbq|collect)$/.test(method)) return false;
  const text = (args[0] ?? keywords.get("query"))?.literal;
  return typeof text === "string" && isModelQuery(text);
}

/** A query that trains a model which predicts a label (BigQuery ML, Redshift ML, MindsDB). */
export function isModelQuery(text: string): boolean {
  return (
    /^(?:\s*(?:#|--)[^\n]*\n)*\s*create\s+(?:or\s+replace\s+)?(?:temp\s+)?(?:model|predictor)\b/i.test(
      text,
    ) &&
    /\bmodel_type\b|\btarget\s|\bpredict\s/i.test(text) &&
    !/kmeans|arima|pca|matrix_factor/i.test(text)
  );
}
