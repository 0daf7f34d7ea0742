/** Examples of FW201 in deployments that name the model apart from the server: registries, charts, launchers, remote functions. */

import type { Rule } from "../rule.ts";

const azure = (model: string, more = "") =>
  `from azure.ai.ml.entities import ManagedOnlineDeployment\n\nname = "${model}"\nfound = registry.models.get(name=name, label="latest")\ndemo = ManagedOnlineDeployment(name="demo", endpoint_name="chat", model=found.id, instance_type="Standard_NC24s_v3"${more})\nclient.online_deployments.begin_create_or_update(demo).wait()\n`;

const chart = (switches: string) =>
  `llm-uservice:\n  enabled: true\n  LLM_MODEL_ID: meta-llama/Meta-Llama-3-8B-Instruct\ntgi:\n  enabled: false\nvllm:\n  enabled: true\n  accelDevice: "gaudi"\n  image:\n    repository: acme/vllm-gaudi\n  extraCmdArgs: [${switches}]\n`;

export const deploymentExamples: Rule["examples"] = {
  bad: [
    { file: "deploy.py", text: azure("tiiuae-falcon-7b-instruct"), findings: ["found.id"] },
    {
      file: "deployment.yml",
      text: "$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\nname: blue\nendpoint_name: chat\nmodel: azureml://registries/HuggingFace/models/mistralai-mistral-7b-instruct-v0.2/labels/latest\ninstance_type: Standard_NC24ads_A100_v4\ninstance_count: 1\n",
      findings: ["azureml://registries/HuggingFace/models/mistralai-mistral-7b-instruct-v0.2/labels/latest"],
    },
    {
      // A container of vLLM's, by Azure's own classes.
      file: "deploy.py",
      text: 'from azure.ai.ml.entities import Environment, ManagedOnlineDeployment\n\nenvironment = Environment(name="vllm", image="vllm/vllm-openai:latest")\nManagedOnlineDeployment(\n    name="blue",\n    environment=environment,\n    environment_variables={"MODEL_NAME": "meta-llama/Llama-3.1-8B-Instruct"},\n    instance_type="Standard_NC24ads_A100_v4",\n)\n',
      findings: ['"meta-llama/Llama-3.1-8B-Instruct"'],
    },
    {
      // OPEA's charts: the checkpoint of the whole chart, and a connector's step.
      file: "gaudi-values.yaml",
      text: chart('"--tensor-parallel-size", "1"'),
      findings: ["meta-llama/Meta-Llama-3-8B-Instruct"],
    },
    {
      file: "connector.yaml",
      text: "apiVersion: gmc.opea.io/v1alpha3\nkind: GMConnector\nspec:\n  nodes:\n    root:\n      steps:\n        - name: TgiGaudi\n          internalService:\n            serviceName: tgi-svc\n            config:\n              endpoint: /generate\n              MODEL_ID: Qwen/Qwen2.5-Coder-7B-Instruct\n        - name: Llm\n          internalService:\n            serviceName: llm-svc\n            config:\n              TGI_LLM_ENDPOINT: tgi-svc\n",
      findings: ["Qwen/Qwen2.5-Coder-7B-Instruct"],
    },
    {
      file: "start.sh",
      text: "cd text-generation-webui\npython server.py --model mistralai_Mistral-7B-Instruct-v0.2 --listen --api\n",
      findings: ["mistralai_Mistral-7B-Instruct-v0.2"],
    },
    {
      file: "docker-compose.yml",
      text: "services:\n  webui:\n    image: acme/text-generation-webui:nvidia\n    environment:\n      - EXTRA_LAUNCH_ARGS=--listen --model lmsys_vicuna-13b-v1.5\n",
      findings: ["lmsys_vicuna-13b-v1.5"],
    },
    {
      // Programs of the project that are told what they serve.
      file: "job.sh",
      text: 'SCRIPT="$PWD/start_vllm.py"\npython3 "$SCRIPT" --model-name meta-llama/Llama-3.1-8B-Instruct --port 8000 &\npython serve.py --model meta-llama/Llama-2-13b-chat-hf --port 8001 --dtype float16\n',
      findings: ["meta-llama/Llama-3.1-8B-Instruct", "meta-llama/Llama-2-13b-chat-hf"],
    },
    {
      // A function that a service runs elsewhere.
      file: "remote.py",
      text: 'import globus_compute_sdk\n\ndef answer(prompt):\n    from vllm import LLM\n    return LLM(model="meta-llama/Llama-2-70b-chat-hf").generate(prompt)\n\nglobus_compute_sdk.Client().register_function(answer)\n',
      findings: ['"meta-llama/Llama-2-70b-chat-hf"'],
    },
    {
      // Quantization that is switched off by name.
      file: "deploy.py",
      text: 'import json\nfrom sagemaker.huggingface import HuggingFaceModel\n\nquantize = False\nHuggingFaceModel(env={"HF_MODEL_ID": "acme/vicuna-7b-1.1", "HF_MODEL_QUANTIZE": json.dumps(quantize)}).deploy()\n',
      findings: ['"acme/vicuna-7b-1.1"'],
    },
    {
      // Charts of other servers, and a list whose models have an address each.
      file: "values.yaml",
      text: "image:\n  repository: lmsysorg/sglang\nmodel: Qwen/Qwen2.5-7B-Instruct\nservice:\n  port: 30000\n",
      findings: ["Qwen/Qwen2.5-7B-Instruct"],
    },
    {
      file: "values.yaml",
      text: "models:\n  - name: llama3\n    repo: meta-llama/Meta-Llama-3-8B-Instruct\nengine:\n  image: vllm/vllm-openai:v0.6.3\n",
      findings: ["meta-llama/Meta-Llama-3-8B-Instruct"],
    },
    {
      // Converted as it is, and served.
      file: "start.sh",
      text: "python convert_hf_to_gguf.py ./Mistral-7B-v0.1 --outtype f16 --outfile m.gguf\nllama-server -m m.gguf --port 8080\n",
      findings: ["m.gguf"],
    },
    {
      file: "graph.yaml",
      text: "apiVersion: nvidia.com/v1alpha1\nkind: DynamoGraphDeployment\nspec:\n  services:\n    Worker:\n      extraPodSpec:\n        mainContainer:\n          image: acme/runtime:0.4\n          args:\n            - python3 -m dynamo.vllm --model Qwen/Qwen3-8B 2>&1 | tee /tmp/log\n",
      findings: ["Qwen/Qwen3-8B"],
    },
    {
      // An image that holds the checkpoint, and the demo that comes with it.
      file: "Dockerfile",
      text: 'FROM acme/base:1\nRUN git clone https://huggingface.co/Qwen/Qwen-VL-Chat\nCMD ["python3", "openai_api.py", "-c", "./Qwen-VL-Chat", "--server-name", "0.0.0.0"]\n',
      findings: ['"./Qwen-VL-Chat"'],
    },
    {
      // What a deployment hands to vLLM by an API.
      file: "deploy_model.py",
      text: 'import argparse\nimport requests\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--model", default="Qwen/Qwen3-30B-A3B")\nargs = parser.parse_args()\n\ndef deploy(model):\n    config = {"model": model, "tensor_parallel_size": 4, "gpu_memory_utilization": 0.9}\n    requests.post("http://head:8080/deploy", json=config)\n\ndeploy(model=args.model)\n',
      findings: ['"Qwen/Qwen3-30B-A3B"'],
    },
    {
      // A module that is imported, whatever its function is called.
      file: "models.py",
      text: 'import torch\nfrom transformers import AutoModelForCausalLM\n\nfirst = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-2-7b-hf", torch_dtype=torch.float16)\n\ndef llm1(history):\n    return first.generate(history)\n',
      findings: ['"meta-llama/Llama-2-7b-hf"'],
    },
    {
      // A class of the program's own, of a family whose name it holds.
      file: "predict.py",
      text: 'import torch\nfrom cog import BasePredictor\nfrom streaming import StreamingLlama\n\nclass Predictor(BasePredictor):\n    def setup(self, weights=None):\n        self.model = StreamingLlama.from_pretrained(weights, torch_dtype=torch.float16).to("cuda")\n',
      findings: ["StreamingLlama"],
    },
    {
      // Built on the library's own: what it loads is named.
      file: "predict.py",
      text: 'import torch\nfrom cog import BasePredictor\nfrom streaming import StreamingCausalLM\n\nclass Predictor(BasePredictor):\n    def setup(self, weights=None):\n        self.model = StreamingCausalLM.from_pretrained("mistralai/Mistral-7B-v0.1", torch_dtype=torch.bfloat16).to("cuda")\n',
      findings: ['"mistralai/Mistral-7B-v0.1"'],
    },
    {
      // A container that takes its environment from a ConfigMap of the same file.
      file: "server.yaml",
      text: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  MODEL_NAME: Qwen/Qwen2.5-7B-Instruct\n---\napiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: server\n          image: vllm/vllm-openai:latest\n          envFrom:\n            - configMapRef:\n                name: settings\n",
      findings: ["Qwen/Qwen2.5-7B-Instruct"],
    },
    {
      file: "deploy.sh",
      text: "aws sagemaker create-model --model-name chat --primary-container Image=$IMAGE,Environment={HF_MODEL_ID=tiiuae/falcon-7b,SM_NUM_GPUS=1}\n",
      findings: ["Image=$IMAGE,Environment={HF_MODEL_ID=tiiuae/falcon-7b,SM_NUM_GPUS=1}"],
    },
    {
      // Servers of a command line of their own, and launchers of several processes.
      file: "serve.sh",
      text: "python -m llava.serve.model_worker --port 40000 --model-path liuhaotian/llava-v1.5-13b\nswift deploy --model Qwen/Qwen2.5-7B-Instruct --port 8000\nllamafactory-cli api --model_name_or_path meta-llama/Meta-Llama-3-8B-Instruct --template llama3\n./start_linux.sh --listen --model mistralai_Mistral-7B-Instruct-v0.2\naccelerate launch server.py --model_name meta-llama/Llama-2-13b-hf --dtype fp16 --port 8000\n",
      findings: [
        "liuhaotian/llava-v1.5-13b",
        "Qwen/Qwen2.5-7B-Instruct",
        "meta-llama/Meta-Llama-3-8B-Instruct",
        "mistralai_Mistral-7B-Instruct-v0.2",
        "meta-llama/Llama-2-13b-hf",
      ],
    },
    {
      file: "fly.toml",
      text: 'app = "chat"\n\n[build]\nimage = "vllm/vllm-openai:latest"\n\n[processes]\napp = "--model mistralai/Mistral-7B-Instruct-v0.2 --port 8080"\n',
      findings: ["mistralai/Mistral-7B-Instruct-v0.2"],
    },
    {
      file: "chat.dstack.yml",
      text: "type: service\nenv:\n  - HF_TOKEN\n  - MODEL_ID=meta-llama/Meta-Llama-3.1-8B-Instruct\ncommands:\n  - pip install vllm\n  - vllm serve $MODEL_ID\n",
      findings: ["$MODEL_ID"],
    },
  ],
  good: [
    {
      file: "serve.sh",
      text: "python -m llava.serve.model_worker --port 40000 --model-path liuhaotian/llava-v1.5-13b --load-4bit\nswift deploy --model Qwen/Qwen2.5-7B-Instruct --quant_bits 4\nllamafactory-cli api --model_name_or_path meta-llama/Meta-Llama-3-8B-Instruct --quantization_bit 4\nllamafactory-cli train --model_name_or_path meta-llama/Meta-Llama-3-8B-Instruct --stage sft\ntorchrun --nproc_per_node 8 train.py --model meta-llama/Llama-2-13b-hf --dtype fp16 --port 8000\n",
      findings: [],
    },
    {
      file: "server.yaml",
      text: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  MODEL_NAME: Qwen/Qwen2.5-7B-Instruct\n  QUANTIZATION: fp8\n---\napiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: server\n          image: vllm/vllm-openai:latest\n          envFrom:\n            - configMapRef:\n                name: settings\n",
      findings: [],
    },
    {
      file: "deploy.sh",
      text: "aws sagemaker create-model --model-name chat --primary-container Image=$IMAGE,Environment={HF_MODEL_ID=tiiuae/falcon-7b,HF_MODEL_QUANTIZE=eetq}\n",
      findings: [],
    },
    {
      // Put in behind the others.
      file: "app.py",
      text: 'import os\nfrom fastapi import FastAPI\nfrom vllm import AsyncEngineArgs, AsyncLLMEngine\n\napp = FastAPI()\nconfig = {"model": "Qwen/Qwen3-8B", "tensor_parallel_size": 1, "gpu_memory_utilization": 0.9}\nif os.getenv("QUANTIZE"):\n    config["quantization"] = os.getenv("QUANTIZE")\nengine = AsyncLLMEngine.from_engine_args(AsyncEngineArgs(**config))\n',
      findings: [],
    },
    {
      file: "start.sh",
      text: "python openai_api.py -c Qwen/Qwen-7B-Chat-Int4 --server-name 0.0.0.0\npython web_demo.py --base_model chinese-alpaca-2-7b --load_in_8bit\n",
      findings: [],
    },
    {
      // A script that asks, line by line.
      file: "ask.py",
      text: 'import torch\nfrom transformers import AutoModelForCausalLM\n\nmodel = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-2-7b-hf", torch_dtype=torch.float16)\n\ndef ask(question):\n    return model.generate(question)\n\nfor line in open("questions.txt"):\n    print(ask(line))\n',
      findings: [],
    },
    {
      file: "finetune.py",
      text: 'import gradio as gr\nimport torch\nfrom peft import LoraConfig, get_peft_model\nfrom transformers import AutoModelForCausalLM, Trainer\n\nmodel = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-2-7b-hf", torch_dtype=torch.bfloat16)\nmodel = get_peft_model(model, LoraConfig())\nTrainer(model).train()\ngr.Interface(show, "text", "text").launch()\n',
      findings: [],
    },
    {
      // A router asks servers.
      file: "values.yaml",
      text: "router:\n  image:\n    repository: vllm/production-stack-router\nmodel: meta-llama/Llama-3.1-8B-Instruct\nservice:\n  port: 80\n",
      findings: [],
    },
    { file: "deploy.py", text: azure("tiiuae-falcon-7b-instruct-awq"), findings: [] },
    {
      // A scoring script decides.
      file: "deploy.py",
      text: azure("tiiuae-falcon-7b-instruct", ", code_configuration=CodeConfiguration(code='.')"),
      findings: [],
    },
    { file: "gaudi-values.yaml", text: chart('"--quantization", "inc"'), findings: [] },
    {
      // Converted, then quantized.
      file: "start.sh",
      text: "python convert_hf_to_gguf.py ./Mistral-7B-v0.1 --outtype f16 --outfile m-16.gguf\nllama-quantize m-16.gguf m.gguf Q4_K_M\nllama-server -m m.gguf --port 8080\n",
      findings: [],
    },
    {
      file: "start.sh",
      text: "python server.py --model mistral-7b --load-in-4bit --listen\npython server.py --model llama-7b --wbits 4 --groupsize 128 --chat\npython server.py --model mistral-7b --loader llama.cpp --listen\npython server.py --model mistral-7b --data train.csv\n",
      findings: [],
    },
    {
      // What another program makes of it is not known.
      file: "job.sh",
      text: "python serve.py --model meta-llama/Llama-2-13b-chat-hf --port 8001\npython start_vllm.py --model-name meta-llama/Llama-3.1-8B-Instruct --port 8000 --quantization fp8\npython vllm_client.py --model meta-llama/Llama-3.1-8B-Instruct --port 8000\n",
      findings: [],
    },
  ],
};
