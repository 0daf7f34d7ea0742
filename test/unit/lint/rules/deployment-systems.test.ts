import { beforeAll, describe, expect, it } from "vitest";
import { createLinter, type Linter } from "../../../../src/lint/engine.ts";
import { applyEdits } from "../../../../src/lint/fix.ts";
import type { ProjectEvidence } from "../../../../src/lint/project/evidence.ts";
import { NO_EVIDENCE } from "../../../../src/lint/project/touched-evidence.ts";
import { createReaders } from "../../../../src/lint/readers.node.ts";

let linter: Linter;
beforeAll(async () => {
  linter = createLinter(await createReaders());
});

function codes(path: string, text: string, evidence?: ProjectEvidence): string[] {
  const result = linter.lint(
    { path, text },
    { select: ["FW2"], ...(evidence === undefined ? {} : { evidence }) },
  );
  expect(result.failures).toEqual([]);
  return result.findings.map(({ rule, severity }) => `${rule} ${severity}`);
}
const SERVER = "from fastapi import FastAPI\napp = FastAPI()\n";

describe("models of notebooks, named in parts", () => {
  const notebook = (...cells: string[]) =>
    JSON.stringify({
      cells: cells.map((source) => ({ cell_type: "code", metadata: {}, source: [source], outputs: [] })),
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    });
  const upload = (more: string) =>
    `def deploy(name, model_id, method=""):\n    args = ["python", "-m", "vllm.entrypoints.api_server", f"--model={model_id}"]\n${more}    aiplatform.Model.upload(display_name=name, serving_container_image_uri=URI, serving_container_args=args)\n\ndeploy(name="a", model_id=model_id)`;
  const settings = "%%writefile serving.properties\nengine=MPI\noption.model_id={{model_id}}\n";
  const deploy = 'import sagemaker\nclient.create_endpoint(EndpointName="llama")';

  it.each([
    [
      "the one language model that it names",
      ['name = "meta-llama/Llama-2-13b-hf"', deploy, settings],
      ["FW201 information"],
    ],
    ["two of them", ['small = "org/llama-7b"', 'large = "org/llama-13b"', deploy, settings], []],
    [
      "weights that are quantized",
      ['name = "org/llama-13b"', deploy, `${settings}option.quantize=awq\n`],
      [],
    ],
    ["nothing is deployed", ['name = "org/llama-13b"', settings], []],
    [
      "an API that a notebook defines and starts elsewhere",
      [
        `${SERVER}from vllm import LLM\nllm = LLM(model="org/llama-7b")\n\n@app.post("/chat")\ndef chat(text: str):\n    return llm.generate(text)\n`,
      ],
      ["FW201 information"],
    ],
    [
      "a parameter that is given a path of constants, in cells that bind them anew",
      [
        'import os\nfrom google.cloud import aiplatform\nBASE = "Llama-3.1-8B"\nmodel_id = os.path.join(BUCKET, BASE)\n' +
          upload(""),
        'BASE = "Llama-3.1-8B"\nmodel_id = os.path.join(OTHER, BASE)\ndeploy(name="b", model_id=model_id)',
      ],
      ["FW201 information"],
    ],
    [
      "cells that bind it to two models",
      [
        `BASE = "Llama-3.1-8B"\nmodel_id = f"gs://bucket/{BASE}"\n${upload("")}`,
        'BASE = "Llama-3.1-70B"\nmodel_id = f"gs://bucket/{BASE}"\ndeploy(name="b", model_id=model_id)',
      ],
      [],
    ],
    [
      "quantization that is put behind the switches",
      [
        `BASE = "Llama-3.1-8B"\nmodel_id = f"gs://bucket/{BASE}"\n${upload('    if method:\n        args.append(f"--quantization={method}")\n')}`,
      ],
      [],
    ],
    [
      "a catalogue's model by the name of its version",
      [
        'from vertexai import model_garden\nversion = "llama-4-scout-17b-16e-instruct"\nNAME = f"meta/llama4@{version}"\nmodel = model_garden.OpenModel(NAME)\nmodel.deploy(accept_eula=True)',
      ],
      ["FW201 information"],
    ],
  ])("%s", (_, cells, expected) => {
    expect(codes("deploy.ipynb", notebook(...cells))).toEqual(expected);
  });
});

describe("models that Python serves", () => {
  it.each([
    [
      "vLLM's engine with the default of a variable",
      `import os\nfrom vllm.engine.arg_utils import AsyncEngineArgs\nAsyncEngineArgs(model=os.getenv("M", "org/llama-7b"), dtype="auto")\n`,
      ["FW201 information"],
    ],
    [
      "a checkpoint that only the environment names",
      `import os\nfrom vllm.engine.arg_utils import AsyncEngineArgs\nAsyncEngineArgs(model=os.environ["M"])\n`,
      [],
    ],
    ["offline sampling", `from vllm import LLM\nLLM("org/llama-7b").generate("a")\n`, []],
    [
      "LLM in a server",
      `${SERVER}from vllm import LLM\nllm = LLM(model="org/llama-7b")\n`,
      ["FW201 information"],
    ],
    [
      "a quantization that a variable holds",
      `${SERVER}from vllm import LLM\nllm = LLM(model="org/llama-7b", quantization=q)\n`,
      [],
    ],
    [
      "keywords from elsewhere",
      `${SERVER}from vllm import LLM\nllm = LLM(model="org/llama-7b", **options)\n`,
      [],
    ],
    [
      "a command line in a list",
      `import subprocess, vllm\nsubprocess.Popen(["vllm", "serve", "org/llama-7b", "--port", "80"])\n`,
      ["FW201 information"],
    ],
    [
      "a command line in a string",
      `import os, vllm\nos.system("python -m vllm.entrypoints.api_server --model org/llama-7b --quantization awq")\n`,
      [],
    ],
    [
      "SageMaker on a small GPU",
      `from sagemaker.huggingface import HuggingFaceModel\nHuggingFaceModel(env={"HF_MODEL_ID": "org/llama-34b"}).deploy(instance_type="ml.g5.2xlarge")\n`,
      ["FW201 warning", "FW211 warning"],
    ],
    [
      "Ray's LLMConfig",
      `from ray.serve.llm import LLMConfig\nLLMConfig(model_loading_config={"model_id": "a", "model_source": "org/llama-7b"}, accelerator_type="L4", engine_kwargs={"dtype": "auto"})\n`,
      ["FW201 warning"],
    ],
    [
      "16 bits in transformers",
      `${SERVER}import torch\nfrom transformers import AutoModelForCausalLM\nm = AutoModelForCausalLM.from_pretrained("microsoft/phi-2", torch_dtype=torch.float16)\n`,
      ["FW201 hint"],
    ],
    [
      "a small encoder",
      `${SERVER}from sentence_transformers import SentenceTransformer\nm = SentenceTransformer("all-MiniLM-L6-v2")\n`,
      [],
    ],
    [
      "TensorFlow Lite with a switch in a comment",
      `import tensorflow as tf\nc = tf.lite.TFLiteConverter.from_saved_model("m")\n# c.optimizations = [tf.lite.Optimize.DEFAULT]\nopen("f", "wb").write(c.convert())\n`,
      ["FW203 warning", "FW209 hint"],
    ],
    [
      "an untrained network of a tutorial",
      `import torch\ntorch.onnx.export(torch.nn.Linear(1, 1), torch.ones(1), "m.onnx")\n`,
      [],
    ],
  ])("%s", (_, text, expected) => expect(codes("app.py", text)).toEqual(expected));
});

describe("what the project says", () => {
  const app = `${SERVER}from transformers import AutoModelForCausalLM\nm = AutoModelForCausalLM.from_pretrained("microsoft/phi-2", device_map="auto")\n`;
  it.each([
    [{ min: "4.40", below: "5.0", file: "r.txt" }, ["FW202 warning"]],
    [{ exact: "5.1.0", file: "r.txt" }, []],
  ])("the pinned transformers: %j", (version, expected) => {
    expect(codes("app.py", app, { ...NO_EVIDENCE, versions: { transformers: version } })).toEqual(expected);
  });

  it("a file beside it that quantizes the model, but not one elsewhere", () => {
    const text = "vllm serve org/llama-7b\n";
    const decided = (file: string, value: string) => ({
      ...NO_EVIDENCE,
      precisionDecidedIn: [{ subject: "org/llama-7b", file, value }],
    });
    expect(codes("a/run.sh", text, decided("a/engine.py", "quantization fp8"))).toEqual([]);
    expect(codes("a/run.sh", text, decided("b/engine.py", "quantization fp8"))).toEqual([
      "FW201 information",
    ]);
    expect(codes("a/run.sh", text, decided("a/engine.py", "dtype auto"))).toEqual(["FW201 information"]);
  });
});

describe("hardware", () => {
  const pod = (gpu: string) =>
    `kind: Pod\nspec:\n  nodeSelector:\n    cloud.google.com/gke-accelerator: ${gpu}\n  containers:\n  - image: vllm/vllm-openai\n    args: [--model, org/llama-7b]\n    resources:\n      limits:\n        nvidia.com/gpu: 1\n`;
  it.each([
    ["nvidia-l4", "unsafe"],
    ["nvidia-tesla-a100", "display"],
    ["nvidia-tesla-v100", undefined],
  ])("FP8 on %s: %s", (gpu, safety) => {
    const text = pod(gpu);
    const [finding] = linter.lint({ path: "pod.yaml", text }, { select: ["FW201"] }).findings;
    expect(finding?.fixes[0]?.safety).toBe(safety);
    if (safety === "unsafe")
      expect(codes("pod.yaml", applyEdits(text, finding?.fixes[0]?.edits ?? []))).toEqual([]);
  });

  it("never offers bitsandbytes", () => {
    const { findings } = linter.lint({ path: "pod.yaml", text: pod("nvidia-l4") }, { select: ["FW2"] });
    expect(JSON.stringify(findings.map(({ fixes }) => fixes))).not.toMatch(/bitsandbytes|load_in/);
  });
});

it("SageMaker's switch has the name of its container", () => {
  const text = '{"Environment": {"HF_MODEL_ID": "org/llama-7b", "OPTION_DTYPE": "fp16"}}';
  const [finding] = linter.lint({ path: "endpoint.json", text }, { select: ["FW201"] }).findings;
  expect(finding?.fixes[0]?.edits[0]?.newText).toContain("OPTION_QUANTIZE");
});
