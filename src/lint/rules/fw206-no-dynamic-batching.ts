/** FW206: a server on a GPU takes requests one by one although it could batch them. */

import type { ServingFact } from "../facts.ts";
import type { Finding, Fix, TextRange } from "../finding.ts";
import { modelInfo } from "../models/model-id.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { type Unbatched, unbatchedEndpoints } from "./python-batching.ts";

const BATCHES_ITSELF =
  /vllm|tensorrt_?llm|python|ensemble|dali|identity|square|repeat|fastertransformer|bls/i;

interface OneByOne {
  range: TextRange;
  message: string;
  why: string;
  silencedBy: string;
  fixes: Fix[];
}

function check({ facts }: RuleContext): Finding[] {
  const found = facts.serving.flatMap((fact) => {
    const read = BY_SYSTEM[fact.system]?.(fact);
    return read === undefined ? [] : [read];
  });
  if (facts.kind === "python") found.push(...unbatchedEndpoints(facts).map(ofEndpoint));
  return found.map(({ range, message, why, silencedBy, fixes }) =>
    findingOf(noDynamicBatching, {
      range,
      message,
      why: [
        why,
        "Where requests arrive together, batching lowers the energy per request (arXiv:2601.22362, language models on H100).",
      ],
      silencedBy: [silencedBy, "A server that is not on a GPU."],
      fixes,
    }),
  );
}

const BY_SYSTEM: Readonly<Record<string, (fact: ServingFact) => OneByOne | undefined>> = {
  triton: ofTriton,
  torchserve: ofTorchServe,
  kserve: ofKServe,
  "kserve-predictor": ofKServe,
};

function ofTriton(fact: ServingFact): OneByOne | undefined {
  const size = fact.settings.get("max_batch_size");
  const platform = fact.settings.get("platform")?.value ?? fact.settings.get("backend")?.value;
  if (size === undefined || platform === undefined || BATCHES_ITSELF.test(platform)) return undefined;
  if (fact.settings.has("dynamic_batching") || fact.settings.has("sequence_batching")) return undefined;
  if (fact.settings.has("decoupled") || fact.settings.get("instance_kind")?.value !== "KIND_GPU")
    return undefined;
  if (Number(size.value) === 1) return undefined;
  const edit = size.value === "0" ? undefined : fact.insertSetting?.("dynamic_batching", "");
  return {
    range: size.range,
    message: `Triton takes requests one by one: max_batch_size is ${size.value} and there is no dynamic_batching.`,
    why: "The model runs on a GPU, and nothing gathers requests that arrive together.",
    silencedBy: "`dynamic_batching` or `sequence_batching`.",
    fixes: fixOf("Gather requests with dynamic_batching", edit),
  };
}

function ofTorchServe(fact: ServingFact): OneByOne | undefined {
  const size = fact.batching.get("batchSize");
  if (size === undefined || Number(size.value) !== 1 || fact.accelerator === undefined) return undefined;
  if (fact.settings.has("vllm-engine-config")) return undefined;
  return {
    range: size.range,
    message: "TorchServe takes requests one by one: batchSize is 1 on a GPU.",
    why: "The model runs on a GPU, and nothing gathers requests that arrive together.",
    silencedBy: "A `batchSize` above 1.",
    fixes: fixOf("Gather up to 8 requests", { range: size.range, newText: "8" }),
  };
}

const ENCODER_TASK = /classification|fill[_-]?mask|embedding|feature|ner$|ranking|rerank|question/i;

/** TensorFlow and PyTorch servers, and encoders of the Hugging Face server; vLLM behind it batches by itself. */
function ofKServe(fact: ServingFact): OneByOne | undefined {
  if (fact.accelerator === undefined || fact.accelerator.count === 0 || fact.batching.has("batcher"))
    return undefined;
  if (fact.system === "kserve" && !isEncoder(fact)) return undefined;
  const edit = fact.system === "kserve-predictor" ? fact.insertSetting?.("batcher", "") : undefined;
  return {
    range: fact.model?.range ?? fact.range,
    message: "KServe hands requests on one by one: the predictor has a GPU and no batcher.",
    why: "The predictor asks for a GPU, and nothing gathers requests that arrive together.",
    silencedBy:
      "`batcher` with `maxBatchSize` and `maxLatency`, or batching arguments of the model's server.",
    fixes: fixOf("Gather up to 32 requests for at most 50 ms", edit),
  };
}

function isEncoder(fact: ServingFact): boolean {
  if (fact.settings.get("backend")?.value === "vllm") return false;
  const task = fact.settings.get("task")?.value;
  if (task !== undefined) return ENCODER_TASK.test(task);
  const kind = fact.model && modelInfo(fact.model.id).kind;
  return kind === "encoder" || kind === "embedding" || kind === "reranker";
}

function ofEndpoint({ system, range, model, edit }: Unbatched): OneByOne {
  const how = system === "BentoML" ? "`@bentoml.api(batchable=True)`" : "`@serve.batch`";
  return {
    range,
    message: `${system} hands requests for ${model} on one by one: the service has a GPU and no ${how}.`,
    why: "The service asks for a GPU, and nothing gathers requests that arrive together.",
    silencedBy: `${how}, or an engine that batches by itself.`,
    fixes: fixOf("Let BentoML gather requests", edit),
  };
}

function fixOf(title: string, edit: Fix["edits"][number] | undefined): Fix[] {
  return edit === undefined ? [] : [{ title, safety: "unsafe", edits: [edit] }];
}

const isvc = (predictor: string) =>
  `apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata:\n  name: flowers\nspec:\n  predictor:\n${predictor}`;
const gpu = '      resources:\n        limits:\n          nvidia.com/gpu: "1"\n';
const pytorch = `    model:\n      modelFormat:\n        name: pytorch\n      storageUri: gs://bucket/classifier\n${gpu}`;
const bento = (decorator: string, type = "list[str]") => `import bentoml
from sentence_transformers import SentenceTransformer

@bentoml.service(resources={"gpu": 1})
class Embed:
    def __init__(self):
        self.model = SentenceTransformer("BAAI/bge-large-en-v1.5", device="cuda")

    ${decorator}
    def encode(self, texts: ${type}) -> list:
        return self.model.encode(texts)
`;
const ray = (method: string) => `from ray import serve
from transformers import pipeline

@serve.deployment(ray_actor_options={"num_gpus": 1})
class Sentiment:
    def __init__(self):
        self.classify = pipeline("sentiment-analysis", device=0)

${method}        return self.classify(texts)
`;

export const noDynamicBatching: Rule = {
  code: "FW206",
  name: "no-dynamic-batching",
  default: true,
  severity: "warning",
  fix: "unsafe",
  appliesTo: ["config", "python"],
  docs: {
    what: "A model on a GPU is served request by request: Triton without `dynamic_batching`, TorchServe with a batch size of 1, a TensorFlow, PyTorch or encoder predictor of KServe without `batcher`, an encoder in BentoML without `batchable=True` or in Ray Serve without `@serve.batch`.",
    why: "A GPU that works on one small request at a time is mostly idle and still draws power. On H100 GPUs batching lowered the energy of language models per request, and shaping when requests arrive did so by up to 100 times. In Triton's own example the dynamic batcher raises an image classifier's throughput from 73 to 272 inferences per second. It matters where requests arrive together, not for one caller at a time.",
    silencedBy: [
      "The setting of the server that gathers requests, or a batch size above 1.",
      "A backend that batches by itself (vLLM, TensorRT-LLM), decoupled models, Python backends and ensembles.",
      "A server that is not on a GPU, or whose file does not say so.",
    ],
    fixSafety:
      "Batching adds a little latency to single requests, and the model must accept a batch dimension.",
    references: [
      "Delavande, Pierrard, Luccioni, Understanding Efficiency, arXiv:2601.22362 (2026), H100",
      "Triton Inference Server documentation, Optimization: dynamic batcher, inception_onnx (2026)",
      "TorchServe documentation, Batch inference (2024)",
      "KServe documentation, Inference batcher (2026)",
      "BentoML documentation, Adaptive batching: disabled by default (2026)",
      "Ray Serve documentation, Dynamic request batching (2026)",
    ],
  },
  examples: {
    bad: [
      {
        file: "config.pbtxt",
        text: 'name: "resnet"\nplatform: "onnxruntime_onnx"\nmax_batch_size: 8\ninput [ { name: "x" data_type: TYPE_FP16 dims: [ 3, 224, 224 ] } ]\ninstance_group [ { kind: KIND_GPU } ]\n',
        findings: ["8"],
      },
      {
        file: "model-config.yaml",
        text: "minWorkers: 1\nmaxWorkers: 1\nbatchSize: 1\nmaxBatchDelay: 100\ndeviceType: gpu\n",
        findings: ["1"],
      },
      { file: "isvc.yaml", text: isvc(pytorch), findings: ["pytorch"] },
      {
        file: "encoder.yaml",
        text: isvc(
          `    model:\n      modelFormat:\n        name: huggingface\n      args:\n      - --model_id=google-bert/bert-base-uncased\n      - --task=fill_mask\n${gpu}`,
        ),
        findings: ["google-bert/bert-base-uncased"],
      },
      { file: "service.py", text: bento("@bentoml.api"), findings: ["encode"] },
      { file: "single.py", text: bento('@bentoml.api(route="/e")', "str"), findings: ["bentoml.api"] },
      {
        file: "serve.py",
        text: ray("    async def __call__(self, request):\n        texts = await request.json()\n"),
        findings: ["serve.deployment"],
      },
    ],
    good: [
      {
        file: "config.pbtxt",
        text: 'name: "resnet"\nplatform: "onnxruntime_onnx"\nmax_batch_size: 8\ninput [ { name: "x" data_type: TYPE_FP16 dims: [ 3 ] } ]\ninstance_group [ { kind: KIND_GPU } ]\ndynamic_batching { }\n',
        findings: [],
      },
      {
        file: "config.pbtxt",
        text: 'name: "llm"\nbackend: "vllm"\nmax_batch_size: 0\ninstance_group [ { kind: KIND_GPU } ]\n',
        findings: [],
      },
      {
        file: "isvc.yaml",
        text: isvc(`    batcher:\n      maxBatchSize: 32\n      maxLatency: 500\n${pytorch}`),
        findings: [],
      },
      {
        file: "v2.yaml",
        text: isvc(pytorch.replace("      storageUri", "      protocolVersion: v2\n      storageUri")),
        findings: [],
      },
      { file: "cpu.yaml", text: isvc(pytorch.replace(gpu, "")), findings: [] },
      {
        file: "llm.yaml",
        text: isvc(
          `    model:\n      modelFormat:\n        name: huggingface\n      args:\n      - --model_id=Qwen/Qwen2.5-7B-Instruct-AWQ\n${gpu}`,
        ),
        findings: [],
      },
      { file: "service.py", text: bento("@bentoml.api(batchable=True)"), findings: [] },
      { file: "cpu.py", text: bento("@bentoml.api").replace('{"gpu": 1}', '{"cpu": "4"}'), findings: [] },
      {
        file: "serve.py",
        text: ray("    @serve.batch(max_batch_size=16)\n    async def batch(self, texts):\n"),
        findings: [],
      },
    ],
  },
  check,
};
