import { beforeAll, describe, expect, it } from "vitest";
import { createLinter, type Linter } from "../../../../src/lint/engine.ts";
import { applyEdits } from "../../../../src/lint/fix.ts";
import { createReaders } from "../../../../src/lint/readers.node.ts";

let linter: Linter;
beforeAll(async () => {
  linter = createLinter(await createReaders());
});

const first = (path: string, text: string, rule: string) =>
  linter.lint({ path, text }, { select: [rule] }).findings[0];
const fixed = (path: string, text: string, rule: string) => {
  const fix = first(path, text, rule)?.fixes[0];
  return fix && applyEdits(text, fix.edits);
};

describe("a deployment fix writes what the system reads", () => {
  it("adds to the message that stands in config.pbtxt, which may stand once", () => {
    const text =
      'name: "a"\nplatform: "onnxruntime_onnx"\nmax_batch_size: 8\ninput [{ name: "x" data_type: TYPE_FP32 dims: [3] }]\ninstance_group [{ kind: KIND_GPU }]\ndynamic_batching { }\noptimization {\n  graph : { level : 1 }\n}\n';
    const after = fixed("config.pbtxt", text, "FW205") ?? "";
    expect(after.match(/^optimization/gm)).toHaveLength(1);
    expect(after).toMatch(/^optimization \{\s*execution_accelerators \{[\s\S]*precision_mode[\s\S]*graph/m);
    expect(first("config.pbtxt", after, "FW205")).toBeUndefined();
  });

  it.each([
    [
      "a chart's own key without a value",
      'image: vllm/vllm-openai:v0.6\nmodelName: org/llama-7b\nquantization: ""\n',
      /^quantization: fp8$/m,
    ],
    [
      "a chart's list of switches",
      'image: vllm/vllm-openai:v0.6\nmodelName: org/llama-7b\nextraArgs:\n  - "--max-model-len=4096"\n',
      /^ {2}- --quantization=fp8$/m,
    ],
  ])("%s", (_, text, expected) => {
    const after = fixed("values.yaml", text, "FW201") ?? "";
    expect(after).toMatch(expected);
    expect(first("values.yaml", after, "FW201")).toBeUndefined();
  });

  it.each([
    ["values.yaml", "image: vllm/vllm-openai:v0.6\nmodelName: org/llama-7b\nport: 8000\n"],
    [
      "rayservice.yaml",
      "applications:\n  - name: llm\n    import_path: serve:model\n    runtime_env:\n      env_vars:\n        MODEL_ID: org/llama-7b\n",
    ],
  ])("none where the program's own names are not known: %s", (path, text) => {
    expect(first(path, text, "FW201")?.fixes).toEqual([]);
  });

  it("replaces a switch that stands there with none", () =>
    expect(fixed("run.sh", "vllm serve org/llama-7b --quantization none --port 1\n", "FW201")).toBe(
      "vllm serve org/llama-7b --quantization fp8 --port 1\n",
    ));

  it("leaves a command alone that a variable holds, and stands where it is used", () => {
    const text =
      'MODEL="org/llama-7b"\nCMD="\n  vllm serve \\\n    $MODEL \\\n    --port 8000 --max-model-len 16384 --gpu-memory-utilization 0.95\n"\nbash -c "$CMD" &\nsleep 1\n';
    const finding = first("start.sh", text, "FW201");
    expect(text.slice(finding?.range.start, finding?.range.end)).toBe('"$CMD"');
    expect(finding?.fixes).toEqual([]);
  });

  it.each([
    ["WhisperForConditionalGeneration", "openai/whisper-large-v3", "display"],
    ["AutoModelForCausalLM", "org/llama-7b", "unsafe"],
  ])("%s: 16 bits by itself only for models that are given tokens", (name, id, safety) => {
    const text = `import torch\nfrom fastapi import FastAPI\nfrom transformers import ${name}\napp = FastAPI()\nmodel = ${name}.from_pretrained("${id}").to("cuda")\n`;
    const fix = first("app.py", text, "FW202")?.fixes[0];
    expect([fix?.safety, /cast/.test(fix?.title ?? "")]).toEqual([safety, safety === "display"]);
  });

  it("says that the published precision is taken, which may be float32", () => {
    const text =
      'from flask import Flask\nfrom transformers import AutoModelForCausalLM\napp = Flask(__name__)\nmodel = AutoModelForCausalLM.from_pretrained("gpt2")\n';
    expect(first("app.py", text, "FW202")?.fixes[0]?.title).toContain("published");
  });

  it.each([
    [
      "export.py",
      'from ultralytics import YOLO\n\nYOLO("best.pt").export(format="openvino")\n',
      'YOLO("best.pt").export(format="openvino", half=True)',
    ],
    [
      "export.py",
      'from ultralytics import YOLO\n\nmodel = YOLO("best.pt")\nmodel.export(format="engine")\n',
      'model.export(format="engine", half=True)',
    ],
    ["export.sh", "yolo export model=best.pt format=ncnn\n", "format=ncnn half=True\n"],
    [
      "convert.py",
      'import openvino as ov\n\nov.save_model(ov.convert_model("a.onnx"), "a.xml", compress_to_fp16=False)\n',
      '"a.xml", compress_to_fp16=True)',
    ],
    ["convert.sh", "ovc a.onnx --compress_to_fp16=False\n", "ovc a.onnx --compress_to_fp16=True\n"],
    [
      "convert.sh",
      "mo --input_model a.onnx --data_type FP32\n",
      "mo --input_model a.onnx --data_type FP16\n",
    ],
    [
      "convert.sh",
      "ct2-transformers-converter --model facebook/m2m100_418M --output_dir m2m\n",
      "--quantization int8",
    ],
    [
      "convert.py",
      'import coremltools as ct\nimport torch\n\nnet = torch.load("net.pt")\nct.convert(net, compute_precision=ct.precision.FLOAT32).save("net.mlpackage")\n',
      "compute_precision=ct.precision.FLOAT16)",
    ],
  ])("one argument of an export: %s", (path, text, expected) => {
    const after = fixed(path, text, "FW204") ?? "";
    expect(after).toContain(expected);
    expect(first(path, after, "FW204")).toBeUndefined();
  });

  it("none for ONNX, which takes half on a GPU only", () =>
    expect(
      first("export.py", 'from ultralytics import YOLO\n\nYOLO("best.pt").export(format="onnx")\n', "FW204")
        ?.fixes,
    ).toEqual([]));

  it("adds the engine's arguments to a config of Ray that has none", () =>
    expect(
      fixed(
        "serve.py",
        'from ray.serve.llm import LLMConfig\n\nLLMConfig(model_loading_config=dict(model_id="a", model_source="org/llama-7b"), accelerator_type="L4")\n',
        "FW201",
      ),
    ).toContain('accelerator_type="L4", engine_kwargs={"quantization": "fp8"})'));
});
