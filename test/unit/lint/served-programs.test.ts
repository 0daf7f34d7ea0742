import { beforeAll, expect, it } from "vitest";
import { createLinter, type Linter } from "../../../src/lint/engine.ts";
import { fileEvidence } from "../../../src/lint/project/file-evidence.ts";
import { ProjectIndex } from "../../../src/lint/project/project-index.ts";
import { createReaders } from "../../../src/lint/readers.node.ts";

let linter: Linter;
beforeAll(async () => {
  linter = createLinter(await createReaders());
});

/** Rules that speak of a file within a project of these files. */
function codesOf(path: string, files: Record<string, string>): string[] {
  const index = new ProjectIndex();
  for (const [file, text] of Object.entries(files))
    index.set(file, fileEvidence(file, text, linter.lint({ path: file, text }, { select: [] }).facts));
  const evidence = index.evidenceFor(path);
  const result = linter.lint({ path, text: files[path]! }, { select: ["FW2"], evidence });
  expect(result.failures).toEqual([]);
  return result.findings.map(({ rule, related }) => `${rule} ${related[0]?.file ?? ""}`.trim());
}

const torch = `import torch
from cog import BasePredictor
from torchvision import models

class Predictor(BasePredictor):
    def setup(self):
        self.model = models.resnet50(weights="DEFAULT").to("cuda")
`;
const llm = `import torch
from fastapi import FastAPI
from ray import serve
from transformers import AutoModelForCausalLM
app = FastAPI()

@serve.deployment
class Chat:
    def __init__(self):
        self.model = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-2-7b-hf", torch_dtype=torch.float16, device_map="auto")
`;
const phi = `from transformers import AutoModelForCausalLM

class Model:
    def load(self):
        self.model = AutoModelForCausalLM.from_pretrained("microsoft/phi-2", device_map="auto")

import truss
`;

it.each([
  [
    "resnet/cog.yaml",
    'build:\n  gpu: true\npredict: "predict.py:Predictor"\n',
    "resnet/predict.py",
    torch,
    ["FW202"],
  ],
  [
    "resnet/cog.yaml",
    'build:\n  gpu: false\npredict: "predict.py:Predictor"\n',
    "resnet/predict.py",
    torch,
    [],
  ],
  [
    "resnet/cog.yaml",
    'build:\n  gpu: true\npredict: "predict.py:Predictor"\n',
    "resnet/predict.py",
    torch.replace('.to("cuda")', '.to("cuda").half()'),
    [],
  ],
  ["cog.yaml", "build:\n  gpu: true\npredict: predict.py:Predictor\n", "other/predict.py", torch, []],
  [
    "deploy/serve.yaml",
    "applications:\n- name: chat\n  import_path: app.chat:entry\n",
    "app/chat.py",
    llm,
    ["FW201"],
  ],
  ["chat/bentofile.yaml", 'service: "service:Chat"\n', "chat/service.py", llm, ["FW201"]],
  [
    "phi/config.yaml",
    "model_name: Phi\nresources:\n  accelerator: A10G\n  use_gpu: true\n",
    "phi/model/model.py",
    phi,
    ["FW202"],
  ],
])("%s %j with %s", (path, text, program, source, expected) => {
  const found = codesOf(path, { [path]: text, [program]: source });
  expect(found).toEqual(expected.map((code) => `${code} ${program}`));
});

it("knows the version that the project pins, and says nothing of a file alone", () => {
  const config = "model_name: Phi\nresources:\n  accelerator: A10G\n  use_gpu: true\n";
  const files = { "config.yaml": config, "model/model.py": phi };
  expect(codesOf("config.yaml", { ...files, "requirements.txt": "transformers==5.1.0\n" })).toEqual([]);
  expect(codesOf("config.yaml", { ...files, "requirements.txt": "transformers==4.51.0\n" })).toHaveLength(1);
  expect(linter.lint({ path: "config.yaml", text: config }, { select: ["FW2"] }).findings).toEqual([]);
});

const launch = "vllm serve Qwen/Qwen2.5-7B-Instruct --config vllm/config.yaml\n";
it.each([
  ["a settings file that quantizes", { "vllm/config.yaml": "quantization: fp8\nmax-model-len: 8192\n" }, []],
  ["one that does not", { "vllm/config.yaml": "dtype: auto\nmax-model-len: 8192\n" }, ["FW201"]],
  ["one of another folder", { "other/config.yaml": "quantization: fp8\nmax-model-len: 8192\n" }, ["FW201"]],
])("a launch with %s", (_, files, expected) =>
  expect(codesOf("run.sh", { "run.sh": launch, ...files })).toEqual(expected),
);

it("a launch that quantizes what its settings file names", () => {
  const config = "model: Qwen/Qwen2.5-7B-Instruct\nmax-model-len: 8192\n";
  const run = (more: string) => ({
    "vllm/config.yaml": config,
    "scripts/run.sh": `vllm serve --config vllm/config.yaml${more}\n`,
  });
  expect(codesOf("vllm/config.yaml", run(""))).toEqual(["FW201"]);
  expect(codesOf("vllm/config.yaml", run(" --quantization fp8"))).toEqual([]);
});

it("a launch whose settings file is not known", () => {
  expect(linter.lint({ path: "run.sh", text: launch }, { select: ["FW201"] }).findings).toEqual([]);
});

const loader = `import torch
from transformers import LlavaForConditionalGeneration

class Inference:
    def __init__(self, name="llava-hf/llava-1.5-7b-hf"):
        self.model = LlavaForConditionalGeneration.from_pretrained(name, torch_dtype=torch.bfloat16)
`;
const api = (imports: string) => `from fastapi import FastAPI\n${imports}\n\napp = FastAPI()\n`;
it.each([
  ["by its module", { "src/api.py": api("from src.core.inference import Inference") }, ["FW201 src/api.py"]],
  ["by its package", { "src/main.py": api("from core import inference") }, ["FW201 src/main.py"]],
  ["relatively", { "src/core/app.py": api("from .inference import Inference") }, ["FW201 src/core/app.py"]],
  [
    "from above",
    { "src/api/app.py": api("from ..core.inference import Inference") },
    ["FW201 src/api/app.py"],
  ],
  ["by a program that serves nothing", { "src/run.py": "from src.core.inference import Inference\n" }, []],
  ["by a test", { "tests/test_api.py": api("from src.core.inference import Inference") }, []],
  ["under another name", { "src/api.py": api("from src.other.inference import Inference") }, []],
])("a model that is imported %s", (_, files, expected) =>
  expect(codesOf("src/core/inference.py", { "src/core/inference.py": loader, ...files })).toEqual(expected),
);

it("a module that trains is not served, whoever imports it", () => {
  const files = { "train.py": `${loader}\nInference().model.train()\n`, "app.py": api("import train") };
  expect(codesOf("train.py", files)).toEqual([]);
});

it("a module of float32 that another file serves", () => {
  const text = loader.replace(", torch_dtype=torch.bfloat16", "");
  expect(codesOf("inference.py", { "inference.py": text, "app.py": api("import inference") })).toEqual([
    "FW202 app.py",
  ]);
});

const compose = (switches = "") => `services:
  llm:
    image: vllm/vllm-openai:latest
    command: --model \${MODEL} --max-model-len 8192${switches}
`;
it.each([
  ["a model", {}, "MODEL=Qwen/Qwen2.5-7B-Instruct\n", ["FW201 .env.example"]],
  ["a quantized one", {}, "MODEL=Qwen/Qwen2.5-7B-Instruct-AWQ\n", []],
  ["another variable", {}, "OTHER_MODEL=Qwen/Qwen2.5-7B-Instruct\n", []],
  [
    "one of two models",
    { "b/.env": "MODEL=Qwen/Qwen2.5-14B-Instruct-AWQ\n" },
    "MODEL=Qwen/Qwen2.5-7B-Instruct\n",
    [],
  ],
])("a compose file to which a file beside it gives %s", (_, more, env, expected) => {
  const files = { "compose.yaml": compose(), ".env.example": env, ...more };
  expect(codesOf("compose.yaml", files)).toEqual(expected);
  const quantized = { ...files, "compose.yaml": compose(" --quantization fp8") };
  expect(codesOf("compose.yaml", quantized)).toEqual([]);
});
