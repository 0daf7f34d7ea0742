/** What a checkpoint's id says: size, quantization, kind. Ids of hubs, paths, URIs, and Ollama tags alike. */

import { ENCODERS, FAMILIES, IMAGE_MODELS, NATIVELY_QUANTIZED, SPEECH_MODELS } from "./families.ts";

export type ModelKind = "generative" | "encoder" | "embedding" | "reranker" | "image" | "speech" | "unknown";

export interface ModelInfo {
  /** Last part of the id, as written. */
  name: string;
  family?: string;
  kind: ModelKind;
  /** Billions of parameters, all experts counted; undefined when neither name nor family says. */
  billions?: number;
  /** "AWQ", "FP8", "Q4_K_M", ... when the name says so. */
  quantization?: string;
  /** "FP8" or "MXFP4" for families published so, whose name does not say it. */
  native?: string;
  /** "f16", "bf16", "f32" when the name says that weights are not quantized (Ollama tags, GGUF files). */
  unquantized?: string;
  /** A placeholder or a variable: nothing can be said. */
  placeholder: boolean;
}

const QUANTIZED: readonly RegExp[] = [
  /(?:^|[-_./:])(awq|gptq|exl2|exl3|hqq|aqlm|quip|marlin|eetq|nf4|fp4|mxfp4|nvfp4|mxfp8|autoround|auto-round)(?=$|[-_.:/])/i,
  /(?:^|[-_./:])(w[248]a(?:16|8|4)(?:fp8)?)(?=$|[-_.:/])/i,
  /(?:^|[-_./:])(fp8(?:[-_]?(?:dynamic|kv|block|static))?|float8\w*)(?=$|[-_.:/])/i,
  /(?:^|[-_./:])(int[248]|i?q[2-8](?:_[0-9km](?:_[a-z]{1,3})?)?|[248][-_]?bits?|bnb[-_]?[48]bit|quantized|quant|qat|8bit|4bit|smoothquant|ptq|compressed|sq-?int8|torchao)(?=$|[-_.:/])/i,
  /(?:^|[-_./:])(iq[1-4]_[a-z]+)(?=$|[-_.:/])/i,
  /(?:^|[-_./:])(bitnet|1\.58bit)/i,
  /(?:^|[-_])mlx(?:[-_].*)?[-_]([348]bit)/i,
  /(?:^|[-_./:])(gguf|ggml)(?=$|[-_.:/])/i,
];

/** Reads an id. Never throws. */
export function modelInfo(id: string): ModelInfo {
  const written = id.trim().replace(/^["']|["']$/g, "");
  const path = written
    .slice(0, 400)
    .replace(
      /^(hf|huggingface|ollama|s3|gs|gcs|https?|pvc|oci|models|modelscope|docker|file|azureml|abfs|hdfs):\/\/+/i,
      "",
    )
    .replace(/[?#@].*$/, "")
    // ModelScope's folders write a dot so.
    .replace(/(\d)___(?=\d)/g, "$1.")
    .replace(/\/+$/, "");
  const parts = path.split("/").filter((part) => part !== "");
  // A snapshot or version folder says less than what holds it: ".../falcon-7b/snapshots/<hash>", "models/llama-2-7b/1".
  while (
    parts.length > 1 &&
    /^(\d+|v\d+|[0-9a-f]{32,}|snapshots|main|latest|model|models|checkpoint[-_]?\d*|final|weights|merged|hf|base|instruct|[\w-]*\.(safetensors|bin|pt|pth|tar\.gz))$/i.test(
      parts.at(-1)!,
    )
  )
    parts.pop();
  const last = (parts.at(-1) ?? "").replace(/^models--/, "").replace(/--/g, "/");
  const name = last
    .slice(last.lastIndexOf("/") + 1)
    .replace(/\.(gguf|safetensors|bin|pt|onnx|mar|plan)$/i, "");
  const text = `${parts.at(-2) ?? ""}/${last}`.toLowerCase();
  const bare = last.toLowerCase();
  const placeholder =
    written === "" ||
    /[$<>{}]/.test(last) ||
    // Where a model is mounted, whichever it is: `/mnt/models`, `/opt/ml/model`.
    /^\/(?:(?:mnt|opt|ml|app|data|workspace|repository|src|srv|home|root|storage|volume|models?)(?:\/|$))+$/i.test(
      written,
    ) ||
    // Compiled for Neuron cores, in a precision that its name does not say.
    /^aws-neuron\//.test(written) ||
    /^(your|my|path|none|null|model|model[-_]?(id|name|path)|default|todo|changeme|xxx+|_+)$/i.test(
      written,
    ) ||
    /(^|\/)your[-_ ]|path[-_/]to|<.*>|(?<!\d)_{3,}|_{3,}(?!\d)/i.test(withoutBucket(written));
  const unquantized = /(?:^|[-_.:/])(fp16|f16|bf16|fp32|f32|float16|float32)(?=$|[-_.:/])/i
    .exec(bare)?.[1]
    ?.toLowerCase();
  const quantization = placeholder ? undefined : quantizationIn(bare, last);
  const family = FAMILIES.find((one) => one.pattern.test(text) || one.pattern.test(bare));
  const native = NATIVELY_QUANTIZED.find(
    (one) => one.pattern.test(text) && !(one.unless?.test(text) ?? false),
  );
  const billions =
    family?.experts?.find(([pattern]) => pattern.test(bare))?.[1] ??
    sizeIn(bare) ??
    family?.sizes?.find(([pattern]) => pattern.test(bare))?.[1] ??
    family?.billions;
  return {
    name,
    kind: kindOf(text, bare, family !== undefined, billions),
    placeholder,
    ...(family === undefined ? {} : { family: family.name }),
    ...(billions === undefined ? {} : { billions }),
    ...(quantization === undefined ? {} : { quantization }),
    ...(native === undefined || (unquantized !== undefined && /16/.test(unquantized))
      ? {}
      : { native: native.format }),
    ...(unquantized === undefined || (quantization !== undefined && !/^(gguf|ggml)$/i.test(quantization))
      ? {}
      : { unquantized }),
  };
}

/** Whose bucket it is says nothing of the model: `s3://<your bucket>/Llama-3.1-8B`. */
function withoutBucket(id: string): string {
  return id.replace(/^(?:s3|gs|gcs|oss|az|abfss?|pvc|oci):\/\/[^/]*\//i, "");
}

function quantizationIn(bare: string, written: string): string | undefined {
  for (const pattern of QUANTIZED) {
    const match = pattern.exec(bare);
    if (match !== null) return match[1]!.toUpperCase();
  }
  return /\.gguf$/i.test(written) && !/(?:^|[-_.])(b?f16|f32|fp16)(?=[-_.])/i.test(written)
    ? "GGUF"
    : undefined;
}

/** Billions of parameters that a name says: "7b", "8x7B", "0.5b", "125m", "1_3b". */
function sizeIn(name: string): number | undefined {
  const experts = /(?:^|[^a-z0-9.])(\d{1,3})x(\d+(?:\.\d+)?)b(?![a-z0-9])/.exec(name);
  // Attention and embeddings are shared: Mixtral 8x7B has 46.7 and 8x22B 141 billion, about 0.83 of the product.
  if (experts !== null) return Math.round(Number(experts[1]) * Number(experts[2]) * 8.3) / 10;
  const billions = /(?:^|[^a-z0-9.]|[a-z](?=\d+b))(\d{1,4}(?:[._]\d{1,2})?)b(?:illion)?(?![a-z0-9]|it)/.exec(
    name,
  );
  if (billions !== null) return Number(billions[1]!.replace("_", "."));
  const millions = /(?:^|[^a-z0-9.])(\d{2,4}(?:\.\d)?)m(?![a-z0-9])/.exec(name);
  return millions === null ? undefined : Number(millions[1]) / 1000;
}

function kindOf(text: string, bare: string, generative: boolean, billions: number | undefined): ModelKind {
  if (/rerank/.test(text)) return "reranker";
  if (SPEECH_MODELS.test(text)) return "speech";
  if (IMAGE_MODELS.test(text)) return "image";
  if (
    /(^|[-_/])(text-?embedding|bge|gte|e5|m3e|embed\w*|embedding|sentence-t5|minilm|mpnet|sfr-embedding|stella|arctic-embed|jina-embeddings?|instructor|sentence-transformers|colbert|uae)([-_/]|$)/.test(
      text,
    )
  )
    return "embedding";
  if (ENCODERS.test(bare) || (ENCODERS.test(text) && !generative)) return "encoder";
  if (generative) return "generative";
  if (/(instruct|chat|causal|-it$|coder|llm|gpt|dpo|sft|rlhf)/.test(bare) && billions !== undefined)
    return "generative";
  return billions !== undefined && billions >= 1 ? "generative" : "unknown";
}
