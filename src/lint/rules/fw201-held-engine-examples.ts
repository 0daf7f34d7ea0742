/** Examples of FW201 in modules that hold an engine for requests which something else brings them. */

import type { Rule } from "../rule.ts";

export const heldEngineExamples: Rule["examples"] = {
  bad: [
    {
      // The folder holds what was put into it.
      file: "service.py",
      text: 'import os\nimport modal\nfrom huggingface_hub import snapshot_download\nfrom vllm import LLM\n\napp = modal.App("answers")\nBASE = "microsoft/Phi-3-mini-4k-instruct"\nADAPTER = "acme/answers-lora"\n\n@app.cls(gpu="A10G")\nclass Service:\n    @modal.enter()\n    def load(self):\n        folder = os.path.join("/models", "base")\n        snapshot_download(repo_id=BASE, local_dir=folder)\n        snapshot_download(repo_id=ADAPTER, local_dir=os.path.join("/models", "adapter"))\n        self.llm = LLM(model=folder, enable_lora=True, dtype="float16")\n',
      findings: ["BASE"],
    },
    {
      // A module that a platform calls.
      file: "main.py",
      text: 'from pydantic import BaseModel\nfrom vllm import LLM, SamplingParams\n\nclass Item(BaseModel):\n    prompt: str\n\nllm = LLM(model="meta-llama/Llama-3.1-8B-Instruct")\n\ndef ask(item):\n    return llm.generate([Item(**item).prompt], SamplingParams())\n',
      findings: ['"meta-llama/Llama-3.1-8B-Instruct"'],
    },
    {
      file: "main.py",
      text: 'import sglang as sgl\n\nruntime = sgl.Runtime(model_path="lmsys/vicuna-7b-v1.5")\nsgl.set_default_backend(runtime)\n\ndef run(question: str):\n    return {"text": answer.run(question=question)["text"]}\n',
      findings: ['"lmsys/vicuna-7b-v1.5"'],
    },
    {
      // A distilled one has 16-bit weights, though R1 itself has not.
      file: "worker.py",
      text: 'from vllm import LLM\n\nclass ChatWorker:\n    def __init__(self):\n        self.llm = LLM("deepseek-ai/DeepSeek-R1-Distill-Qwen-14B")\n\n    def ask(self, prompt):\n        return self.llm.chat([{"role": "user", "content": prompt}])\n',
      findings: ['"deepseek-ai/DeepSeek-R1-Distill-Qwen-14B"'],
    },
    {
      // Whichever of several is asked for; other tasks, by a language model.
      file: "app.py",
      text: 'import gradio as gr\nimport torch\nfrom transformers import AutoModelForCausalLM, pipeline\n\nMODELS = {"7b": "Qwen/Qwen2.5-7B-Instruct", "3b": "Qwen/Qwen2.5-3B-Instruct"}\n\ndef load(size):\n    return AutoModelForCausalLM.from_pretrained(MODELS[size], torch_dtype=torch.float16)\n\ncaption = pipeline("image-to-text", model="Salesforce/blip2-opt-2.7b", torch_dtype=torch.float16)\ngr.Interface(load, "text", "text").launch()\n',
      findings: ['"Qwen/Qwen2.5-7B-Instruct"', '"Salesforce/blip2-opt-2.7b"'],
    },
    {
      // Containers and commands, by the libraries that start them.
      file: "start.py",
      text: 'import subprocess\nimport docker\nfrom sglang.utils import launch_server_cmd\n\nMODEL = "Qwen/Qwen2.5-7B-Instruct"\ndocker.from_env().containers.run("vllm/vllm-openai:latest", command=["--model", "Qwen/Qwen2.5-14B-Instruct"], detach=True)\nsubprocess.run(["docker", "run", "--gpus", "all", "ghcr.io/huggingface/text-generation-inference:2.0", "--model-id", "mistralai/Mistral-7B-v0.1"])\nsubprocess.Popen(f"vllm serve {MODEL} --port 8000".split())\nlaunch_server_cmd("python3 -m sglang.launch_server --model-path Qwen/Qwen2.5-32B-Instruct")\n',
      findings: [
        '"Qwen/Qwen2.5-14B-Instruct"',
        '"mistralai/Mistral-7B-v0.1"',
        'f"vllm serve',
        "Qwen/Qwen2.5-32B-Instruct",
      ],
    },
    {
      file: "serve.py",
      text: 'from ray import serve\nfrom ray.serve.llm import build_openai_app\n\nserve.run(build_openai_app({"llm_configs": [{"model_loading_config": {"model_id": "chat", "model_source": "Qwen/Qwen2.5-7B-Instruct"}}]}))\n',
      findings: ['"Qwen/Qwen2.5-7B-Instruct"'],
    },
    {
      // Meta's loader; a model that gets an endpoint of Databricks'.
      file: "app.py",
      text: 'from fastapi import FastAPI\nfrom llama import Llama\n\napp = FastAPI()\ngenerator = Llama.build(ckpt_dir="llama-2-7b-chat/", tokenizer_path="tokenizer.model", max_seq_len=512, max_batch_size=4)\n',
      findings: ['"llama-2-7b-chat/"'],
    },
    {
      file: "deploy.py",
      text: 'import mlflow\nimport torch\nfrom databricks.sdk import WorkspaceClient\nfrom transformers import AutoModelForCausalLM\n\nmodel = AutoModelForCausalLM.from_pretrained("mosaicml/mpt-7b-instruct", torch_dtype=torch.bfloat16)\nmlflow.transformers.log_model({"model": model}, "model", registered_model_name="mpt")\nclient = WorkspaceClient()\nclient.serving_endpoints.create(name="mpt", config=config)\n',
      findings: ['"mosaicml/mpt-7b-instruct"'],
    },
    {
      // Neuron's own models are in 16 bits, too.
      file: "serve.py",
      text: 'from ray import serve\nfrom transformers_neuronx.llama.model import LlamaForSampling\n\n@serve.deployment\nclass Chat:\n    def __init__(self):\n        self.model = LlamaForSampling.from_pretrained("llama-2-13b-split", tp_degree=24, amp="f16")\n',
      findings: ['"llama-2-13b-split"'],
    },
    {
      // What it writes is an answer of a chat API.
      file: "chat.py",
      text: 'import json\nimport torch\nfrom transformers import AutoModelForCausalLM\n\ndef load():\n    return AutoModelForCausalLM.from_pretrained("Qwen/Qwen2.5-7B-Instruct", torch_dtype=torch.bfloat16)\n\ndef parts(words):\n    for word in words:\n        yield "data: " + json.dumps({"object": "chat.completion.chunk", "choices": [word]})\n',
      findings: ['"Qwen/Qwen2.5-7B-Instruct"'],
    },
  ],
  good: [
    {
      file: "service.py",
      text: 'import os\nimport modal\nfrom huggingface_hub import snapshot_download\nfrom vllm import LLM\n\napp = modal.App("answers")\nBASE = "TheBloke/Mistral-7B-Instruct-v0.2-AWQ"\nADAPTER = "acme/answers-lora"\n\n@app.cls(gpu="A10G")\nclass Service:\n    @modal.enter()\n    def load(self):\n        folder = os.path.join("/models", "base")\n        snapshot_download(repo_id=BASE, local_dir=folder)\n        snapshot_download(repo_id=ADAPTER, local_dir=os.path.join("/models", "adapter"))\n        self.llm = LLM(model=folder, enable_lora=True, dtype="float16")\n',
      findings: [],
    },
    {
      file: "serve.py",
      text: 'from ray import serve\nfrom transformers_neuronx.config import NeuronConfig, QuantizationConfig\nfrom transformers_neuronx.llama.model import LlamaForSampling\n\nconfig = NeuronConfig(quant=QuantizationConfig(quant_dtype="s8"))\n\n@serve.deployment\nclass Chat:\n    def __init__(self):\n        self.model = LlamaForSampling.from_pretrained("llama-2-13b-split", neuron_config=config, amp="f16")\n',
      findings: [],
    },
    {
      // One of several is quantized.
      file: "app.py",
      text: 'import gradio as gr\nimport torch\nfrom transformers import AutoModelForCausalLM\n\nMODELS = {"7b": "Qwen/Qwen2.5-7B-Instruct", "3b": "Qwen/Qwen2.5-3B-Instruct-AWQ"}\n\ndef load(size):\n    return AutoModelForCausalLM.from_pretrained(MODELS[size], torch_dtype=torch.float16)\n\ngr.Interface(load, "text", "text").launch()\n',
      findings: [],
    },
    {
      file: "serve.py",
      text: 'from ray import serve\nfrom ray.serve.llm import build_openai_app\n\nserve.run(build_openai_app({"llm_configs": [{"model_loading_config": {"model_source": "Qwen/Qwen2.5-7B-Instruct"}, "engine_kwargs": {"quantization": "fp8"}}]}))\n',
      findings: [],
    },
    {
      // A script, a measurement, an experiment's class.
      file: "generate.py",
      text: 'from vllm import LLM\n\nllm = LLM(model="meta-llama/Llama-3.1-8B-Instruct")\n\ndef generate(prompt):\n    return llm.generate(prompt)\n\nprint(generate("Hello"))\n',
      findings: [],
    },
    {
      file: "evaluation.py",
      text: 'from datasets import load_dataset\nfrom vllm import LLM\n\nllm = LLM(model="meta-llama/Llama-3.1-8B-Instruct")\n\ndef run(split):\n    return llm.generate(load_dataset("gsm8k")[split]["question"])\n',
      findings: [],
    },
    {
      file: "models.py",
      text: 'from vllm import LLM\n\nclass Generator:\n    def __init__(self):\n        self.llm = LLM(model="meta-llama/Llama-3.1-8B-Instruct")\n',
      findings: [],
    },
  ],
};
