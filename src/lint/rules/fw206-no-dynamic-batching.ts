/** FW206: a server on a GPU takes requests one by one although it could batch them. */

import type { ServingFact } from "../facts.ts";
import { findingOf, type Rule } from "../rule.ts";

const BATCHES_ITSELF =
  /vllm|tensorrt_?llm|python|ensemble|dali|identity|square|repeat|fastertransformer|bls/i;

export const noDynamicBatching: Rule = {
  code: "FW206",
  name: "no-dynamic-batching",
  default: true,
  severity: "warning",
  fix: "unsafe",
  appliesTo: ["config", "python"],
  docs: {
    what: "A model on a GPU is served request by request: Triton without `dynamic_batching`, TorchServe with a batch size of 1.",
    why: "A GPU that works on one small request at a time is mostly idle and still draws power; batching is the largest lever on energy per request that has been measured (up to two orders of magnitude between the worst and the best request shaping on an H100, for language models). It matters where requests arrive together, not for one caller at a time.",
    silencedBy: [
      "`dynamic_batching` or `sequence_batching`; a batch size above 1.",
      "A backend that batches by itself (vLLM, TensorRT-LLM), decoupled models, Python backends and ensembles.",
      "A server that is not on a GPU.",
    ],
    fixSafety:
      "Batching adds a little latency to single requests, and the model must accept a batch dimension.",
    references: [
      "arXiv:2601.22362 (2026), H100",
      "Triton Inference Server documentation, Dynamic batcher (2026)",
      "TorchServe documentation, Batch inference (2024)",
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
    ],
  },
  check({ facts }) {
    return facts.serving.flatMap((fact) => {
      const key =
        fact.system === "triton"
          ? tritonKey(fact)
          : fact.system === "torchserve"
            ? torchServeKey(fact)
            : undefined;
      if (key === undefined) return [];
      const edit = fact.system === "triton" ? fact.insertSetting?.("dynamic_batching", "") : undefined;
      return [
        findingOf(noDynamicBatching, {
          range: key.range,
          message:
            fact.system === "triton"
              ? `Triton takes requests one by one: max_batch_size is ${key.value} and there is no dynamic_batching.`
              : "TorchServe takes requests one by one: batchSize is 1 on a GPU.",
          why: [
            "The model runs on a GPU, and nothing gathers requests that arrive together.",
            "Batching is the largest measured lever on energy per request, where requests arrive together (arXiv:2601.22362, H100).",
          ],
          silencedBy: [
            "`dynamic_batching`, `sequence_batching` or a batch size above 1; a server that is not on a GPU.",
          ],
          fixes:
            edit !== undefined && key.value !== "0"
              ? [{ title: "Gather requests with dynamic_batching", safety: "unsafe", edits: [edit] }]
              : fact.system === "torchserve"
                ? [
                    {
                      title: "Gather up to 8 requests",
                      safety: "unsafe",
                      edits: [{ range: key.range, newText: "8" }],
                    },
                  ]
                : [],
        }),
      ];
    });
  },
};

function tritonKey(fact: ServingFact): { value: string; range: { start: number; end: number } } | undefined {
  const size = fact.settings.get("max_batch_size");
  const platform = fact.settings.get("platform")?.value ?? fact.settings.get("backend")?.value;
  if (size === undefined || platform === undefined || BATCHES_ITSELF.test(platform)) return undefined;
  if (fact.settings.has("dynamic_batching") || fact.settings.has("sequence_batching")) return undefined;
  if (fact.settings.has("decoupled") || fact.settings.get("instance_kind")?.value !== "KIND_GPU")
    return undefined;
  return Number(size.value) === 1 ? undefined : size;
}

function torchServeKey(
  fact: ServingFact,
): { value: string; range: { start: number; end: number } } | undefined {
  const size = fact.batching.get("batchSize");
  const onGpu = fact.accelerator !== undefined;
  return size !== undefined && Number(size.value) === 1 && onGpu && !fact.settings.has("vllm-engine-config")
    ? size
    : undefined;
}
