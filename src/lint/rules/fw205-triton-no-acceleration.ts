/** FW205: a model of Triton runs in float32 on a GPU without an execution accelerator. */

import { findingOf, type Rule } from "../rule.ts";
import { quantizedNear } from "./serving-precision.ts";

const PLATFORM = /^(onnxruntime(_onnx)?|pytorch(_libtorch)?|tensorflow(_graphdef|_savedmodel)?)$/;

/** Parameters of ONNX Runtime's CUDA provider. */
const CUDA_OPTIONS = ["cudnn_conv_algo_search", "gpu_mem_limit", "arena_extend_strategy"];

/** Models that show how a server is set up, and steps around the network. */
const TOYS =
  /mnist|cifar|\biris\b|add_?sub|half_plus|identity|\btoy|dummy|simple_?model|(?:pre|post)[-_]?process/i;

export const tritonNoAcceleration: Rule = {
  code: "FW205",
  name: "triton-no-acceleration",
  default: true,
  severity: "information",
  fix: "unsafe",
  appliesTo: ["config"],
  docs: {
    what: "Triton's config.pbtxt runs an ONNX, PyTorch or TensorFlow model with float32 inputs on a GPU, with no execution accelerator and no lower precision.",
    why: "The backend computes in the precision that the model was saved in; its TensorRT accelerator runs the same model in FP16. How much that brings depends on model and GPU: in the example of Triton's documentation (densenet_onnx) throughput doubles and latency halves. Measure it on yours.",
    silencedBy: [
      "`optimization { execution_accelerators { ... } }`, or inputs and outputs that are not TYPE_FP32; for ONNX, inputs alone.",
      "A CPU instance group; a Python, TensorRT, vLLM or ensemble model, whose precision is decided elsewhere.",
      "A file name or model name that says fp16, int8 or quantized, or that it is a toy or a step before or after the network.",
    ],
    fixSafety:
      "TensorRT builds an engine when the model loads, which takes minutes, and some operators are not supported; FP16 changes outputs slightly.",
    references: [
      "Triton Inference Server documentation, Optimization: ONNX with TensorRT optimization, densenet_onnx (2026)",
    ],
  },
  examples: {
    bad: [
      {
        file: "config.pbtxt",
        text: 'name: "resnet"\nplatform: "onnxruntime_onnx"\nmax_batch_size: 8\ninput [ { name: "x" data_type: TYPE_FP32 dims: [ 3, 224, 224 ] } ]\ninstance_group [ { kind: KIND_GPU } ]\ndynamic_batching { }\n',
        findings: ['"onnxruntime_onnx"'],
      },
      {
        file: "config.pbtxt",
        text: 'name: "detector"\nbackend: "onnxruntime"\nmax_batch_size: 8\ninput [ { name: "x" data_type: TYPE_FP32 dims: [ 3, 64, 64 ] } ]\nparameters { key: "gpu_mem_limit" value: { string_value: "2147483648" } }\ndynamic_batching { }\n',
        findings: ['"onnxruntime"'],
      },
    ],
    good: [
      {
        file: "config.pbtxt",
        text: 'name: "resnet"\nplatform: "onnxruntime_onnx"\nmax_batch_size: 8\ninput [ { name: "x" data_type: TYPE_FP32 dims: [ 3, 224, 224 ] } ]\ninstance_group [ { kind: KIND_GPU } ]\ndynamic_batching { }\noptimization {\n  execution_accelerators {\n    gpu_execution_accelerator : [ {\n      name: "tensorrt"\n      parameters { key: "precision_mode" value: "FP16" }\n    } ]\n  }\n}\n',
        findings: [],
      },
      {
        // Token ids in, vectors out: quantized encoders look the same.
        file: "config.pbtxt",
        text: 'name: "encoder"\nbackend: "onnxruntime"\nmax_batch_size: 8\ninput [ { name: "input_ids" data_type: TYPE_INT64 dims: [ -1 ] } ]\noutput [ { name: "vectors" data_type: TYPE_FP32 dims: [ 768 ] } ]\ninstance_group [ { kind: KIND_GPU } ]\n',
        findings: [],
      },
      {
        file: "models/preprocess/config.pbtxt",
        text: 'platform: "onnxruntime_onnx"\ninput [ { name: "x" data_type: TYPE_FP32 dims: [ 3, 224, 224 ] } ]\ninstance_group [ { kind: KIND_GPU } ]\n',
        findings: [],
      },
      {
        file: "config.pbtxt",
        text: 'name: "mnist"\nplatform: "pytorch_libtorch"\ninput [ { name: "input__0" data_type: TYPE_FP32 dims: [ 28, 28 ] } ]\n',
        findings: [],
      },
      {
        file: "config.pbtxt",
        text: 'name: "resnet"\nplatform: "onnxruntime_onnx"\ninput [ { name: "x" data_type: TYPE_FP32 dims: [ 3 ] } ]\ninstance_group [ { kind: KIND_GPU } ]\noptimization { execution_accelerators { gpu_execution_accelerator : [ { name : "tensorrt" } ] } }\n',
        findings: [],
      },
      {
        file: "config.pbtxt",
        text: 'name: "tokens"\nbackend: "python"\ninput [ { name: "x" data_type: TYPE_FP32 dims: [ 3 ] } ]\ninstance_group [ { kind: KIND_GPU } ]\n',
        findings: [],
      },
    ],
  },
  check({ facts, evidence }) {
    return facts.serving.flatMap((fact) => {
      if (fact.system !== "triton") return [];
      const platform = fact.settings.get("platform") ?? fact.settings.get("backend");
      if (platform === undefined || !PLATFORM.test(platform.value)) return [];
      if (
        fact.settings.get("instance_kind")?.value === "KIND_CPU" ||
        fact.settings.has("execution_accelerator")
      )
        return [];
      const onGpu =
        fact.settings.get("instance_kind")?.value === "KIND_GPU" ||
        platform.value === "pytorch_libtorch" ||
        CUDA_OPTIONS.some((name) => fact.settings.has(name));
      if (!onGpu) return [];
      // An ONNX file of lower precision may well answer in float32; one that takes token ids says nothing of its weights.
      const types = platform.value.startsWith("onnx") ? "input_data_type" : "io_data_type";
      if (fact.settings.get(types)?.value !== "TYPE_FP32") return [];
      const name = `${facts.file} ${fact.settings.get("name")?.value ?? ""} ${fact.settings.get("default_model_filename")?.value ?? ""}`;
      if (
        /fp16|half|int8|quant|trt|bf16/i.test(name) ||
        TOYS.test(name) ||
        quantizedNear(facts.file, evidence)
      )
        return [];
      const edit = fact.insertSetting?.("execution_accelerators", "FP16");
      return [
        findingOf(tritonNoAcceleration, {
          range: platform.range,
          message: `Triton runs this ${platform.value} model on float32 data on a GPU, without an execution accelerator.`,
          why: [
            "The model computes in the precision that it was saved in, and TYPE_FP32 says float32; `optimization` names no accelerator.",
          ],
          silencedBy: [
            "`optimization { execution_accelerators { ... } }`, or a model saved in lower precision with matching inputs.",
          ],
          fixes:
            edit === undefined || platform.value.startsWith("pytorch")
              ? []
              : [{ title: "Run it through TensorRT in FP16", safety: "unsafe", edits: [edit] }],
        }),
      ];
    });
  },
};
