/** FW210: a server is told to run in float32. */

import { systemNamed } from "../config/systems/index.ts";
import { findingOf, type Rule } from "../rule.ts";
import { explicitFloat32, hardwareOf, quantizationSetting } from "./serving-precision.ts";

export const dtypeFp32Explicit: Rule = {
  code: "FW210",
  name: "dtype-fp32-explicit",
  default: true,
  severity: "warning",
  fix: "unsafe",
  appliesTo: ["config", "python"],
  docs: {
    what: "A model server is told to use float32 weights and arithmetic, or opens an ONNX file whose name says float32.",
    why: "float32 needs twice the memory of 16-bit formats, and GPUs compute faster in those: an A100 does 312 TFLOPS in 16 bits, 156 in TF32 and 19.5 in plain float32. Widening weights that were published in 16 bits adds no information. On a CPU without bfloat16 arithmetic float32 can be the faster choice.",
    silencedBy: ["Another precision, or a server on a CPU."],
    fixSafety: "Outputs change slightly; old GPUs (before Ampere) have float16 but no bfloat16.",
    references: [
      "vLLM documentation, engine arguments: dtype (2026)",
      "NVIDIA A100 data sheet: dense throughput by precision (2021)",
    ],
  },
  examples: {
    bad: [
      {
        file: "serve.sh",
        text: "vllm serve Qwen/Qwen2.5-7B-Instruct --dtype float32\n",
        findings: ["float32"],
      },
      {
        file: "serve.sh",
        text: "python -m vllm.entrypoints.openai.api_server --model Qwen/Qwen2.5-7B --dtype=float\n",
        findings: ["float"],
      },
      {
        file: "app.py",
        text: 'import whisperx\nfrom fastapi import FastAPI\n\napp = FastAPI()\nmodel = whisperx.load_model("large-v2", "cuda", compute_type="float32")\n',
        findings: ['"float32"'],
      },
      {
        // A file whose name says it.
        file: "app.py",
        text: 'import onnxruntime as ort\nfrom fastapi import FastAPI\n\napp = FastAPI()\nsession = ort.InferenceSession("models/detector.fp32.onnx", providers=["CUDAExecutionProvider"])\n',
        findings: ['"models/detector.fp32.onnx"'],
      },
    ],
    good: [
      { file: "serve.sh", text: "vllm serve Qwen/Qwen2.5-7B-Instruct --dtype bfloat16\n", findings: [] },
      {
        file: "app.py",
        text: 'import onnxruntime as ort\nfrom fastapi import FastAPI\n\napp = FastAPI()\nsession = ort.InferenceSession("models/detector.onnx", providers=["CUDAExecutionProvider"])\nother = ort.InferenceSession("detector_fp32.onnx", providers=["CPUExecutionProvider"])\n',
        findings: [],
      },
      { file: "serve.sh", text: "vllm serve Qwen/Qwen2.5-7B-Instruct-AWQ --dtype float16\n", findings: [] },
      {
        file: "serve.sh",
        text: "vllm serve Qwen/Qwen2.5-0.5B-Instruct --device cpu --dtype float32\n",
        findings: [],
      },
    ],
  },
  check({ facts }) {
    return facts.serving.flatMap((fact) => {
      const system = systemNamed(fact.system);
      const found = system && explicitFloat32(fact, system);
      if (
        system === undefined ||
        found === undefined ||
        system.name === "transformers" ||
        quantizationSetting(fact, system) !== undefined
      )
        return [];
      const device = fact.settings.get("device")?.value ?? fact.settings.get("deviceType")?.value ?? "";
      if (
        /cpu/i.test(device) ||
        /vllm-cpu|cpu-env|:cpu|-cpu\b/i.test(facts.text.slice(fact.range.start, fact.range.end + 120))
      )
        return [];
      if (fact.accelerator?.count === 0) return [];
      const name = fact.model?.id ?? "the model";
      const capability = hardwareOf(fact)?.accelerator.capability;
      const written = facts.text.slice(found.range.start, found.range.end).includes(found.value);
      const value = capability !== undefined && capability < 8 ? "float16" : "bfloat16";
      return [
        findingOf(dtypeFp32Explicit, {
          range: found.range,
          message: `${system.title} is told to run ${name} in float32: twice the memory of 16-bit weights.`,
          why: [
            `The setting ${found.key} is ${found.value}, and nothing says that the server runs on a CPU.`,
          ],
          silencedBy: [
            "Another precision (auto, bfloat16, float16), a quantized checkpoint, or a CPU device.",
          ],
          fixes: !written
            ? []
            : [
                {
                  title: `Use ${value}`,
                  safety: "unsafe",
                  edits: [{ range: inner(found.range, found.value, facts.text), newText: value }],
                },
              ],
        }),
      ];
    });
  },
};

/** The value without its quotes. */
function inner(
  range: { start: number; end: number },
  value: string,
  text: string,
): { start: number; end: number } {
  const start = range.start + text.slice(range.start, range.end).indexOf(value);
  return { start, end: start + value.length };
}
