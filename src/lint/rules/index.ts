/** Every rule, by code. Adding one is adding a file and its line here. */

import type { Rule } from "../rule.ts";
import { missingFairnessCheck } from "./fw101-missing-fairness-check.ts";
import { protectedAttributeAsFeature } from "./fw102-protected-attribute-as-feature.ts";
import { proxyFeature } from "./fw103-proxy-feature.ts";
import { unawarenessOnly } from "./fw104-unawareness-only.ts";
import { noEvaluation } from "./fw105-no-evaluation.ts";
import { accuracyOnly } from "./fw106-accuracy-only.ts";
import { checkWithoutThreshold } from "./fw107-check-without-threshold.ts";
import { singleGroupMetric } from "./fw108-single-group-metric.ts";
import { biasedSliceCode } from "./fw109-biased-slice-code.ts";
import { serveDecisionWithoutCheck } from "./fw111-serve-decision-without-check.ts";
import { sensitiveOutputModel } from "./fw112-sensitive-output-model.ts";
import { llmUnquantizedServing } from "./fw201-llm-unquantized-serving.ts";
import { fp32ModelLoadInServing } from "./fw202-fp32-model-load-in-serving.ts";
import { tfliteNoOptimizations } from "./fw203-tflite-no-optimizations.ts";
import { onnxExportNeverQuantized } from "./fw204-onnx-export-never-quantized.ts";
import { tritonNoAcceleration } from "./fw205-triton-no-acceleration.ts";
import { noDynamicBatching } from "./fw206-no-dynamic-batching.ts";
import { gpuForSmallModel } from "./fw207-gpu-for-small-model.ts";
import { alwaysOnReplicas } from "./fw208-always-on-replicas.ts";
import { quantizationCommentedOut } from "./fw209-quantization-commented-out.ts";
import { dtypeFp32Explicit } from "./fw210-dtype-fp32-explicit.ts";
import { modelDoesNotFit } from "./fw211-model-does-not-fit.ts";
import { batchInferenceOneByOne } from "./fw212-batch-inference-one-by-one.ts";
import { noMixedPrecision } from "./fw301-no-mixed-precision.ts";
import { noEarlyStopping } from "./fw302-no-early-stopping.ts";
import { seedSearch } from "./fw303-seed-search.ts";
import { exhaustiveGrid } from "./fw304-exhaustive-grid.ts";
import { missingNoGradInEval } from "./fw305-missing-no-grad-in-eval.ts";
import { dataloaderStarved } from "./fw306-dataloader-starved.ts";
import { dataParallel } from "./fw307-dataparallel.ts";
import { float64Training } from "./fw308-float64-training.ts";
import { noCheckpointLongRun } from "./fw309-no-checkpoint-long-run.ts";
import { fullFinetuneLargeLlm } from "./fw310-full-finetune-large-llm.ts";
import { noEnergyTracking } from "./fw311-no-energy-tracking.ts";
import { retrainEveryRun } from "./fw312-retrain-every-run.ts";
import { noModelCard } from "./fw401-no-model-card.ts";
import { noDatasetDoc } from "./fw402-no-dataset-doc.ts";
import { intendedUseMissing } from "./fw403-intended-use-missing.ts";
import { noHumanOversightNote } from "./fw404-no-human-oversight-note.ts";
import { noDecisionLogging } from "./fw405-no-decision-logging.ts";
import { noEnergyRecord } from "./fw406-no-energy-record.ts";
import { unpinnedModelRevision } from "./fw407-unpinned-model-revision.ts";
import { seedAndVersionRecord } from "./fw408-seed-and-version-record.ts";

export const RULES: readonly Rule[] = [
  missingFairnessCheck,
  protectedAttributeAsFeature,
  proxyFeature,
  unawarenessOnly,
  noEvaluation,
  accuracyOnly,
  checkWithoutThreshold,
  singleGroupMetric,
  biasedSliceCode,
  serveDecisionWithoutCheck,
  sensitiveOutputModel,
  llmUnquantizedServing,
  fp32ModelLoadInServing,
  tfliteNoOptimizations,
  onnxExportNeverQuantized,
  tritonNoAcceleration,
  noDynamicBatching,
  gpuForSmallModel,
  alwaysOnReplicas,
  quantizationCommentedOut,
  dtypeFp32Explicit,
  modelDoesNotFit,
  batchInferenceOneByOne,
  noMixedPrecision,
  noEarlyStopping,
  seedSearch,
  exhaustiveGrid,
  missingNoGradInEval,
  dataloaderStarved,
  dataParallel,
  float64Training,
  noCheckpointLongRun,
  fullFinetuneLargeLlm,
  noEnergyTracking,
  retrainEveryRun,
  noModelCard,
  noDatasetDoc,
  intendedUseMissing,
  noHumanOversightNote,
  noDecisionLogging,
  noEnergyRecord,
  unpinnedModelRevision,
  seedAndVersionRecord,
];
