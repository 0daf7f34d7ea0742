/** Examples of FW201 in programs that another file holds, and in commands whose parts stand apart. */

import type { Rule } from "../rule.ts";

const block = (program: string) =>
  program
    .split("\n")
    .map((line) => (line === "" ? "" : `    ${line}`))
    .join("\n");

const serve = (more = "") =>
  `"""Ray's deployment of the cluster's model."""\nimport os\nfrom ray import serve\nfrom vllm import AsyncEngineArgs, AsyncLLMEngine\n\n@serve.deployment\nclass Chat:\n    def __init__(self, model: str):\n        self.engine = AsyncLLMEngine.from_engine_args(AsyncEngineArgs(model=model${more}))\n\napp = Chat.bind(model=os.environ.get("MODEL_ID", "Qwen/Qwen3-4B"))\n`;

const configMap = (program: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: program\ndata:\n  serve.py: |\n${block(program)}`;

const compose = (model: string) =>
  `services:\n  chat:\n    image: acme/vllm:1\n    entrypoint: ["/bin/bash", "-lc"]\n    command:\n      - exec vllm serve \${MODEL:-${model}} --port 8000\n`;

export const innerProgramExamples: Rule["examples"] = {
  bad: [
    { file: "program.yaml", text: configMap(serve()), findings: ["os.environ.get"] },
    {
      // Written by the script that sets a machine up.
      file: "setup.sh",
      text: `#!/bin/bash\npip install ray vllm\ncat > serve.py <<'EOF'\n${serve()}EOF\nserve run serve:app\n`,
      findings: ["os.environ.get"],
    },
    {
      // The shell is the entry point, its script the command.
      file: "docker-compose.yml",
      text: compose("Qwen/Qwen3-4B"),
      findings: ["$"],
    },
    {
      // A script of the image starts what it is given.
      file: "docker-compose.yml",
      text: "services:\n  chat:\n    image: acme/chat:1\n    command: [vllm, serve, Qwen/Qwen3-4B]\n    entrypoint: [/bin/bash, /workspace/patch.sh]\n",
      findings: ["Qwen/Qwen3-4B"],
    },
    {
      // The bucket is the region's.
      file: "deploy.py",
      text: 'import boto3\n\nlocation = f"s3://models-{region}/hub/flan-t5-xxl/"\nboto3.client("sagemaker").create_model(\n    ModelName="t5",\n    PrimaryContainer={"Image": image, "Environment": {"OPTION_MODEL_ID": location, "OPTION_ROLLING_BATCH": "auto"}},\n)\n',
      findings: ["location"],
    },
    {
      // Serialized weights for a module that is made of the checkpoint's configuration.
      file: "predict.py",
      text: 'from cog import BasePredictor\nfrom tensorizer import TensorDeserializer\nfrom transformers import AutoConfig, AutoModelForCausalLM\n\nMODEL = "mistralai/Mistral-7B-v0.1"\n\nclass Predictor(BasePredictor):\n    def setup(self):\n        config = AutoConfig.from_pretrained(MODEL)\n        self.model = AutoModelForCausalLM.from_config(config)\n        TensorDeserializer("weights.tensors").load_into_module(self.model)\n',
      findings: ["MODEL"],
    },
    {
      // So with a class of the program's own.
      file: "predict.py",
      text: 'from cog import BasePredictor\nfrom streaming import StreamingCausalLM\nfrom tensorizer import TensorDeserializer\nfrom tensorizer.utils import no_init_or_tensor\nfrom transformers import AutoConfig\n\nBASE = "org/chat-13b"\n\nclass Predictor(BasePredictor):\n    def setup(self, weights=None):\n        if weights:\n            self.model = StreamingCausalLM.from_pretrained(weights).to("cuda")\n        else:\n            config = AutoConfig.from_pretrained(BASE)\n            self.model = no_init_or_tensor(lambda: StreamingCausalLM.from_pretrained(None, config=config, state_dict={}))\n            TensorDeserializer("model.tensors").load_into_module(self.model)\n',
      findings: ["BASE"],
    },
    {
      // A folder, in 16 bits wherever there is a GPU.
      file: "app.py",
      text: 'import torch\nfrom flask import Flask\nfrom transformers import AutoModelForCausalLM\n\napp = Flask(__name__)\ndtype = torch.float16 if torch.cuda.is_available() else torch.float32\nmodel = AutoModelForCausalLM.from_pretrained("/app/model", torch_dtype=dtype)\n',
      findings: ["AutoModelForCausalLM.from_pretrained"],
    },
    {
      // A function of the script, for what its first call gives it; a loop, for the first of several.
      file: "serve.sh",
      text: 'start() {\n  local model=$1\n  vllm serve "$model" --port 8000 &\n}\nstart "Qwen/Qwen3-4B"\nfor other in "meta-llama/Llama-3.1-8B-Instruct" "Qwen/Qwen3-8B"; do\n  vllm serve $other --port 8001 &\ndone\n',
      findings: ['"$model"', "$other"],
    },
    {
      // A container's unit, as Podman reads it.
      file: "vllm.container",
      text: "[Unit]\nDescription=Chat\n[Container]\nImage=docker.io/vllm/vllm-openai:latest\nExec=--model Qwen/Qwen3-4B --port 8000\n",
      findings: ["Qwen/Qwen3-4B"],
    },
    {
      // By an option of click's; of a table of several; on an adapter's base; by FastChat's own loader.
      file: "app.py",
      text: 'import click\nimport torch\nfrom fastapi import FastAPI\nfrom fastchat.model import load_model\nfrom peft import AutoPeftModelForCausalLM\nfrom transformers import AutoModelForCausalLM\n\napp = FastAPI()\nTABLE = {"small": {"id": "Qwen/Qwen3-4B", "context": 8192}, "large": {"id": "Qwen/Qwen3-8B", "context": 8192}}\n\n@click.command()\n@click.option("--model", default="mistralai/Mistral-7B-v0.1")\ndef main(model):\n    return AutoModelForCausalLM.from_pretrained(model, torch_dtype=torch.float16)\n\ndef load(size):\n    return AutoModelForCausalLM.from_pretrained(TABLE[size]["id"], torch_dtype=torch.float16)\n\ntuned = AutoPeftModelForCausalLM.from_pretrained("./llama-2-7b-notes", torch_dtype=torch.float16)\nchat, tokenizer = load_model("lmsys/vicuna-7b-v1.5", device="cuda", num_gpus=1)\n',
      findings: [
        '"Qwen/Qwen3-4B"',
        '"mistralai/Mistral-7B-v0.1"',
        '"./llama-2-7b-notes"',
        '"lmsys/vicuna-7b-v1.5"',
      ],
    },
    {
      file: "serve.py",
      text: 'import mii\n\nmii.deploy(task="text-generation", model="bigscience/bloom-7b1", deployment_name="bloom", mii_config={"dtype": "fp16"})\n',
      findings: ['"bigscience/bloom-7b1"'],
    },
    {
      // A folder of the host's by default; one whose name says nothing, under the checkpoint's name for clients.
      file: "docker-compose.yml",
      text: "services:\n  a:\n    image: nvcr.io/nvidia/vllm:26.02-py3\n    command: vllm serve /model --port 8000\n    volumes:\n      - ${FOLDER:-/models/Qwen3-8B}:/model\n  b:\n    image: nvcr.io/nvidia/vllm:26.02-py3\n    command: vllm serve /data/ --served-model-name Qwen3-4B --port 8000\n",
      findings: ["/model", "Qwen3-4B"],
    },
    {
      // The folder is joined as a path; the program's shell starts the server.
      file: "app.py",
      text: 'from pathlib import Path\nimport torch\nfrom fastapi import FastAPI\nfrom transformers import AutoModelForCausalLM\n\napp = FastAPI()\nFOLDER = Path(__file__).parent / "models" / "vicuna-7b-v1.5"\nmodel = AutoModelForCausalLM.from_pretrained(FOLDER, torch_dtype=torch.float16)\n',
      findings: ["FOLDER"],
    },
    {
      file: "start.py",
      text: 'from IPython import get_ipython\n\nget_ipython().system_raw("python -m vllm.entrypoints.openai.api_server --model Qwen/Qwen3-4B &")\n',
      findings: ["Qwen/Qwen3-4B"],
    },
    {
      // Asked for by a switch that is off by default.
      file: "app.py",
      text: 'import torch\nfrom fastapi import FastAPI\nfrom transformers import AutoModelForCausalLM\n\napp = FastAPI()\n\ndef load(load_8bit=False):\n    options = {"torch_dtype": torch.float16}\n    if load_8bit:\n        options["load_in_8bit"] = True\n    return AutoModelForCausalLM.from_pretrained("lmsys/vicuna-13b-v1.5", **options)\n',
      findings: ['"lmsys/vicuna-13b-v1.5"'],
    },
    {
      file: "handler.py",
      text: 'import os\nimport runpod\nimport torch\nfrom transformers import AutoModelForCausalLM, BitsAndBytesConfig\n\nis_small = os.environ.get("SMALL", "false").lower() == "true"\nconfig = None\nif is_small and torch.cuda.is_available():\n    config = BitsAndBytesConfig(load_in_4bit=True)\noptions = {"torch_dtype": torch.float16}\nif config:\n    options["quantization_config"] = config\nmodel = AutoModelForCausalLM.from_pretrained("lmsys/vicuna-7b-v1.5", **options)\nrunpod.serverless.start({"handler": run})\n',
      findings: ['"lmsys/vicuna-7b-v1.5"'],
    },
    {
      // Values of a chart: the switches without their program.
      file: "values.yaml",
      text: 'backend:\n  replicas: 1\n  vllmArgs:\n    - "--model=Qwen/Qwen3-4B"\n    - "--max-model-len=4096"\n',
      findings: ["Qwen/Qwen3-4B"],
    },
  ],
  good: [
    {
      // What is loaded where the quantized load fails.
      file: "handler.py",
      text: 'import runpod\nimport torch\nfrom transformers import AutoModelForCausalLM\n\ntry:\n    model = AutoModelForCausalLM.from_pretrained("lmsys/vicuna-7b-v1.5", load_in_8bit=True)\nexcept ImportError:\n    model = AutoModelForCausalLM.from_pretrained("lmsys/vicuna-7b-v1.5", torch_dtype=torch.float16)\nrunpod.serverless.start({"handler": run})\n',
      findings: [],
    },
    {
      // Quantized behind the load, or by what is put into its settings.
      file: "app.py",
      text: 'import torch\nfrom fastapi import FastAPI\nfrom torchao.quantization import int8_weight_only, quantize_\nfrom transformers import AutoModelForCausalLM\n\napp = FastAPI()\nmodel = AutoModelForCausalLM.from_pretrained("lmsys/vicuna-7b-v1.5", torch_dtype=torch.float16)\nquantize_(model, int8_weight_only())\noptions = {"torch_dtype": torch.float16}\nif small:\n    options["load_in_8bit"] = True\nother = AutoModelForCausalLM.from_pretrained("lmsys/vicuna-13b-v1.5", **options)\n',
      findings: [],
    },
    {
      file: "server.py",
      text: 'from fastapi import FastAPI\nfrom vllm import AsyncEngineArgs, AsyncLLMEngine\n\napp = FastAPI()\narguments = AsyncEngineArgs(model="Qwen/Qwen3-4B")\narguments.quantization = "fp8"\nengine = AsyncLLMEngine.from_engine_args(arguments)\n',
      findings: [],
    },
    {
      file: "deploy.py",
      text: 'from sagemaker.huggingface import HuggingFaceModel\n\nhub = {"HF_MODEL_ID": "lmsys/vicuna-13b-v1.5", "SM_NUM_GPUS": "1"}\nhub["HF_MODEL_QUANTIZE"] = "bitsandbytes"\nHuggingFaceModel(role=role, image_uri=image, env=hub).deploy(instance_type="ml.g5.2xlarge")\n',
      findings: [],
    },
    {
      // Another program's; a quantization beside them.
      file: "values.yaml",
      text: 'a:\n  extraArgs:\n    - "--model=Qwen/Qwen3-4B"\n    - "--port=80"\n  benchArgs: ["--model=Qwen/Qwen3-4B", "--max-model-len=4096", "--num-prompts=100"]\nb:\n  quantization: awq\n  vllmArgs:\n    - "--model=Qwen/Qwen3-4B"\n    - "--max-model-len=4096"\n',
      findings: [],
    },
    {
      file: "program.yaml",
      text: configMap(serve(', quantization="fp8"')),
      findings: [],
    },
    {
      // No program that serves.
      file: "setup.sh",
      text: '#!/bin/bash\npython3 - <<\'EOF\'\nimport json\nprint(json.dumps({"model": "Qwen/Qwen3-4B", "engine": "vllm"}))\nEOF\n',
      findings: [],
    },
    { file: "docker-compose.yml", text: compose("Qwen/Qwen3-4B-AWQ"), findings: [] },
    {
      // What the function is given; behind it `$1` is the script's own again.
      file: "serve.sh",
      text: 'start() {\n  vllm serve "$1" --port 8000 &\n}\nstart "Qwen/Qwen3-4B-AWQ"\nvllm serve $1 --port 8001\n',
      findings: [],
    },
    {
      file: "app.py",
      text: 'from fastapi import FastAPI\nfrom fastchat.model import load_model\n\napp = FastAPI()\nchat, tokenizer = load_model("lmsys/vicuna-7b-v1.5", load_8bit=options.load_8bit)\n',
      findings: [],
    },
    {
      // What a platform mounts may be quantized under the same name.
      file: "docker-compose.yml",
      text: "services:\n  a:\n    image: vllm/vllm-openai:latest\n    command: --model /mnt/models --served-model-name Qwen3-8B\n  b:\n    image: vllm/vllm-openai:latest\n    command: --model /model --served-model-name Qwen3-8B-FP8\n",
      findings: [],
    },
    {
      // A small one, as the folder's name says.
      file: "app.py",
      text: 'import torch\nfrom flask import Flask\nfrom transformers import AutoModelForCausalLM\n\napp = Flask(__name__)\ndtype = torch.float16 if torch.cuda.is_available() else torch.float32\nmodel = AutoModelForCausalLM.from_pretrained("./models/gpt2-small-poems", torch_dtype=dtype)\n',
      findings: [],
    },
  ],
};
