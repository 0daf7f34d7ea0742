// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of shells and manifests are written so.
import { describe, expect, it } from "vitest";
import { acceleratorNamed, instanceAccelerator } from "../../../../src/lint/models/accelerators.ts";
import { modelInfo } from "../../../../src/lint/models/model-id.ts";

describe("size of a model", () => {
  it.each([
    ["meta-llama/Llama-3.1-8B-Instruct", 8],
    ["mistralai/Mixtral-8x7B-Instruct-v0.1", 46.5],
    ["Qwen/Qwen3-30B-A3B", 30],
    ["facebook/opt-125m", 0.125],
    ["facebook/opt-6.7b", 6.7],
    ["microsoft/phi-2", 2.7],
    ["gpt2", 0.124],
    ["gpt2-xl", 1.5],
    ["google/flan-t5-xxl", 11],
    ["/models/gemma-7b", 7],
    ["hf://google/gemma-2-9b-it", 9],
    ["gs://bucket/weights/falcon-7b/1", 7],
    ["meta-llama/Llama-4-Scout-17B-16E-Instruct", 109],
    ["TinyLlama/TinyLlama-1.1B-Chat-v1.0", 1.1],
    ["bigscience/bloom", 176],
    ["WizardLM/WizardCoder-Python-34B-V1.0", 34],
    ["deepseek-ai/DeepSeek-R1-Distill-Llama-8B", 8],
  ])("%s has %d billion parameters", (id, billions) => {
    expect(modelInfo(id).billions).toBeCloseTo(billions, 0);
  });

  it.each(["my-own-finetune", "/opt/ml/model", "org/assistant-v2"])("%s does not say it", (id) => {
    expect(modelInfo(id).billions).toBeUndefined();
  });
});

describe("quantization in a name", () => {
  it.each([
    ["TheBloke/Mistral-7B-Instruct-v0.2-AWQ", "AWQ"],
    ["TheBloke/Llama-2-13B-chat-GPTQ", "GPTQ"],
    ["neuralmagic/Meta-Llama-3.1-8B-Instruct-FP8", "FP8"],
    ["RedHatAI/Llama-3.2-1B-Instruct-quantized.w8a8", "W8A8"],
    ["RedHatAI/gemma-3-12b-it-FP8-dynamic", "FP8-DYNAMIC"],
    ["unsloth/llama-3-8b-bnb-4bit", "BNB-4BIT"],
    ["llama-2-7b-chat.Q4_K_M.gguf", "Q4_K_M"],
    ["ggml-org/Qwen2.5-Coder-3B-Q8_0-GGUF", "Q8_0"],
    ["hugging-quants/Meta-Llama-3.1-70B-Instruct-AWQ-INT4", "AWQ"],
    ["mlx-community/Mistral-7B-4bit", "4BIT"],
    ["nvidia/Llama-3.1-405B-Instruct-NVFP4", "NVFP4"],
  ])("%s: %s", (id, quantization) => {
    expect(modelInfo(id).quantization).toBe(quantization);
  });

  it.each([
    "meta-llama/Llama-3.1-8B-Instruct",
    "bigcode/starcoder2-15b",
    "Qwen/Qwen2-7B",
    "google/gemma-7b-it",
  ])("%s says none", (id) => expect(modelInfo(id).quantization).toBeUndefined());

  it.each([
    ["deepseek-ai/DeepSeek-V3", "FP8"],
    ["deepseek-ai/DeepSeek-R1-0528", "FP8"],
    ["/models/DeepSeek-R1", "FP8"],
    ["openai/gpt-oss-120b", "MXFP4"],
    ["moonshotai/Kimi-K2-Instruct", "FP8"],
  ])("%s is published in %s", (id, format) => expect(modelInfo(id).native).toBe(format));

  it.each([
    "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B",
    "unsloth/DeepSeek-V3-bf16",
    "deepseek-ai/deepseek-coder-33b",
  ])("%s is not published quantized", (id) => expect(modelInfo(id).native).toBeUndefined());

  it("knows 16 bits in tags and files", () => {
    expect(modelInfo("llama3.1:8b-instruct-fp16").unquantized).toBe("fp16");
    expect(modelInfo("./mistral-7b.f16.gguf").unquantized).toBe("f16");
    expect(modelInfo("llama3.1:8b").unquantized).toBeUndefined();
  });
});

describe("kind of a model", () => {
  it.each([
    ["sentence-transformers/all-MiniLM-L6-v2", "embedding"],
    ["BAAI/bge-large-en-v1.5", "embedding"],
    ["BAAI/bge-reranker-v2-m3", "reranker"],
    ["distilbert-base-uncased-finetuned-sst-2-english", "encoder"],
    ["openai/whisper-large-v3", "speech"],
    ["stabilityai/stable-diffusion-xl-base-1.0", "image"],
    ["tiiuae/falcon-7b-instruct", "generative"],
    ["intfloat/e5-mistral-7b-instruct", "embedding"],
  ])("%s: %s", (id, kind) => expect(modelInfo(id).kind).toBe(kind));

  it.each(["", "$MODEL", "${MODEL_ID}", "your-model-name", "<model>", "/path/to/model"])(
    "%j is a placeholder",
    (id) => expect(modelInfo(id).placeholder).toBe(true),
  );

  it("is no placeholder for a bucket's name", () => {
    expect(modelInfo("s3://<your-bucket>/Llama-3.1-8B").placeholder).toBe(false);
    expect(modelInfo("s3://<your-bucket>/<model>").placeholder).toBe(true);
  });

  it("takes hostile text", () => {
    for (const id of [
      "/".repeat(5000),
      "8x".repeat(3000),
      "-".repeat(9000),
      "a".repeat(9000),
      "1b".repeat(4000),
    ])
      expect(() => modelInfo(id)).not.toThrow();
  });
});

describe("accelerators", () => {
  it.each([
    ["nvidia-l4", 24, 8.9],
    ["NVIDIA-H100-80GB-HBM3", 80, 9],
    ["nvidia-tesla-t4", 16, 7.5],
    ["nvidia-a100-80gb", 80, 8],
    ["nvidia-tesla-a100", 40, 8],
    ["A10G", 24, 8.6],
    ["nvidia-gpu-gh200", 96, 9],
  ])("%s has %d GB and compute capability %d", (name, memory, capability) => {
    expect(acceleratorNamed(name)).toMatchObject({ memory, capability });
  });

  it.each([
    ["ml.g5.2xlarge", "A10G", 1],
    ["ml.g5.12xlarge", "A10G", 4],
    ["p4d.24xlarge", "A100 40GB", 8],
    ["ml.p5.48xlarge", "H100", 8],
    ["a2-highgpu-4g", "A100 40GB", 4],
    ["g2-standard-24", "L4", 2],
    ["Standard_NC24ads_A100_v4", "A100 80GB", 1],
  ])("%s: %s x %d", (type, name, count) => {
    const found = instanceAccelerator(type);
    expect([found?.accelerator.name, found?.count]).toEqual([name, count]);
  });

  it("knows nothing of CPU instances", () => expect(instanceAccelerator("m5.large")).toBeUndefined());
});
