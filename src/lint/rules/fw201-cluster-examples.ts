/** Examples of FW201 in charts' values, variables of the environment, and scripts that write what they start. */

import type { Rule } from "../rule.ts";

const service =
  'import bentoml\nimport pydantic\n\n\nclass Args(pydantic.BaseModel):\n    port: int = 8000\n    model_id: str = "meta-llama/Meta-Llama-3.1-8B-Instruct"\n\n\nargs = bentoml.use_arguments(Args)\n\n\n@bentoml.service()\nclass LLM:\n    hf = bentoml.models.HuggingFaceModel(args.model_id.lower())\n\n    def __command__(self) -> list[str]:\n        return ["vllm", "serve", self.hf, "--port", str(args.port), *args.more]\n';
const list = (...models: string[]) =>
  `pools:\n${models.map((model) => `  - model:\n      name: ${model}\n      dtype: bfloat16\n    image: registry.example/vllm:v0.13.0\n    replicas: 1\n`).join("")}`;

export const clusterExamples: Rule["examples"] = {
  bad: [
    {
      // What a chart's user adds: the model, and the server's own settings.
      file: "llama-values.yaml",
      text: "model:\n  repoId: meta-llama/Llama-3.1-8B-Instruct\nvllm:\n  tensorParallelSize: 1\n  maxModelLen: 8192\n",
      findings: ["meta-llama/Llama-3.1-8B-Instruct"],
    },
    {
      // The version that is started beside it.
      file: "default.env",
      text: "VLLM_VERSION=0.8.5\nHF_MODEL=meta-llama/Meta-Llama-3-8B-Instruct\nMAX_MODEL_LEN=8192\n",
      findings: ["meta-llama/Meta-Llama-3-8B-Instruct"],
    },
    {
      // All switches in a variable.
      file: "docker-compose.yml",
      text: 'services:\n  vllm:\n    image: vllm/vllm-tpu:latest\n    environment:\n      VLLM_ARGS: "--model google/gemma-3-27b-it --tensor-parallel-size 8"\n',
      findings: ["google/gemma-3-27b-it"],
    },
    {
      // The image is given when the chart is installed.
      file: "values.yaml",
      text: "service:\n  port: 8000\nworkload:\n  model:\n    name: google/gemma-3-27b-it\n  gpus: 4\n  image:\n  framework: vllm\n",
      findings: ["google/gemma-3-27b-it"],
    },
    {
      file: "values.yaml",
      text: "model:\n  name: meta-llama/Llama-3.1-70B-Instruct\njob:\n  image:\n    repository:\nvllm:\n  replicaCount: 1\n  serverArgs:\n    max-model-len: 32768\n",
      findings: ["meta-llama/Llama-3.1-70B-Instruct"],
    },
    {
      // Under names of the chart's own.
      file: "values.yaml",
      text: "serving:\n  service:\n    image:\n      version: vllm/vllm-openai:v0.19.0\n  llm:\n    hfModelName: Qwen/Qwen2.5-1.5B-Instruct\n    args: --dtype auto\n",
      findings: ["Qwen/Qwen2.5-1.5B-Instruct"],
    },
    {
      // The server's own settings beside its image.
      file: "values.yaml",
      text: 'image:\n  repository: vllm/vllm-openai\nvllm:\n  model: Qwen/Qwen3-4B\nmain:\n  args: [serve, "{{ .Values.vllm.model }}"]\n',
      findings: ["Qwen/Qwen3-4B"],
    },
    {
      // What a script's parameter holds until it is given.
      file: "start.ps1",
      text: 'param (\n    [string]$Name = "meta-llama/Llama-3.1-8B-Instruct", # (the checkpoint)\n    [int]$Port = 8000\n)\npython -m vllm.entrypoints.openai.api_server `\n    --model $Name `\n    --port $Port\n',
      findings: ["$Name"],
    },
    {
      file: "start.ps1",
      text: '$Python = Join-Path $Root ".venv\\Scripts\\python.exe"\n$Model = if ($env:VLLM_MODEL) { $env:VLLM_MODEL } else { "meta-llama/Llama-3.1-8B-Instruct" }\n& $Python -m vllm.entrypoints.openai.api_server `\n    --model $Model\n',
      findings: ["$Model"],
    },
    {
      // Variables of a role that installs the server.
      file: "roles/llm/defaults/main.yml",
      text: 'vllm_version: "0.11.0"\nvllm_model: Qwen/Qwen2.5-7B-Instruct\nvllm_port: 8000\nvllm_api_url: "http://{{ vllm_host }}:8000"\nvllm_service_arguments:\n  - "--port"\n',
      findings: ["Qwen/Qwen2.5-7B-Instruct"],
    },
    {
      file: "config.yaml",
      text: "model_name: chat\nmodel_metadata:\n  repo_id: meta-llama/Llama-3.1-8B-Instruct\n  vllm_config:\n    max_model_len: 4096\nrequirements:\n  - vllm==0.6.0\nresources:\n  accelerator: A100\n",
      findings: ["meta-llama/Llama-3.1-8B-Instruct"],
    },
    {
      // Said by the command, not a second time by the metadata.
      file: "config.yaml",
      text: 'base_image:\n  image: openmmlab/lmdeploy:v0.6.4\nmodel_metadata:\n  repo_id: meta-llama/Llama-3.1-70B-Instruct\ndocker_server:\n  start_command: sh -c "python3 -m lmdeploy serve api_server meta-llama/Llama-3.1-70B-Instruct --tp 4"\nresources:\n  accelerator: H100:4\n',
      findings: ["meta-llama/Llama-3.1-70B-Instruct"],
    },
    {
      file: "model-config.yaml",
      text: "minWorkers: 1\nmaxWorkers: 1\nhandler:\n  model_path: models--meta-llama--Llama-2-70b-hf/snapshots/0123456789abcdef0123456789abcdef01234567\n  amp: bf16\n  tp_degree: 24\n",
      findings: ["models--meta-llama--Llama-2-70b-hf/snapshots/0123456789abcdef0123456789abcdef01234567"],
    },
    {
      // Fetched into the folder that is served.
      file: "serve.sh",
      text: "huggingface-cli download --resume-download Qwen/Qwen2.5-7B-Instruct --local-dir ./models/chat\nvllm serve ./models/chat --port 8000\n",
      findings: ["./models/chat"],
    },
    {
      file: "deployment.yaml",
      text: "kind: Deployment\nspec:\n  template:\n    spec:\n      initContainers:\n        - image: python:3.11\n          command: [sh, -c]\n          args:\n            - |\n              pip install huggingface_hub &&\n              hf download Qwen/Qwen2.5-7B-Instruct --local-dir /models/chat\n      containers:\n        - image: vllm/vllm-openai:v0.10.0\n          args: [--model, /models/chat]\n",
      findings: ["/models/chat"],
    },
    {
      file: "config.yaml",
      text: 'base_image:\n  image: vllm/vllm-openai:v0.10.0\nmodel_cache:\n  - repo_id: google/gemma-3-27b-it\n    use_volume: true\n    volume_folder: gemma\ndocker_server:\n  start_command: sh -c "truss-transfer-cli && vllm serve /app/model_cache/gemma --max-num-seqs 8"\nresources:\n  accelerator: H100\n',
      findings: ["/app/model_cache/gemma"],
    },
    {
      file: "inferenceset.yaml",
      text: "apiVersion: kaito.sh/v1alpha1\nkind: InferenceSet\nspec:\n  replicas: 1\n  template:\n    inference:\n      preset:\n        name: mistral-7b-instruct\n",
      findings: ["mistral-7b-instruct"],
    },
    {
      // ModelScope's folders, and a size that the family knows.
      file: "serve.sh",
      text: "vllm serve /data/models/Qwen/Qwen2___5-7B-Instruct\nvllm serve Qwen/Qwen3-Coder-Next --tensor-parallel-size 4\n",
      findings: ["/data/models/Qwen/Qwen2___5-7B-Instruct", "Qwen/Qwen3-Coder-Next"],
    },
    {
      // A command that a method returns, for a checkpoint of the service's arguments.
      file: "qwen3-8b/service.py",
      text: service,
      findings: ["self.hf"],
    },
    {
      // Of several models each for itself.
      file: "models.yaml",
      text: list("Qwen/Qwen3-30B-A3B-FP8", "zai-org/GLM-4.7-Flash"),
      findings: ["zai-org/GLM-4.7-Flash"],
    },
    {
      file: "compose.yaml",
      text: "services:\n  worker:\n    image: runpod/worker-sglang:stable\n    environment:\n      - MODEL_NAME=Qwen/Qwen2.5-7B-Instruct\n      - CONTEXT_LENGTH=4096\n",
      findings: ["Qwen/Qwen2.5-7B-Instruct"],
    },
    {
      file: "vllm.env.example",
      text: "VLLM_MODEL=Qwen/Qwen2.5-7B-Instruct\nVLLM_DTYPE=auto\nMAX_NUM_SEQS=4\n",
      findings: ["Qwen/Qwen2.5-7B-Instruct"],
    },
    {
      file: ".env.example",
      text: "VLLM_MODEL=Qwen/Qwen2.5-7B-Instruct\nVLLM_ARGS=--max-model-len 8192\n",
      findings: ["Qwen/Qwen2.5-7B-Instruct"],
    },
    {
      // A script that writes the one that serves, with its own variables put in.
      file: "setup.sh",
      text: `MODEL="\${MODEL:-Qwen/Qwen2.5-7B-Instruct}"\ncat > run.sh <<EOF\n#!/usr/bin/env bash\nexec '/opt/venv/bin/vllm' serve '\${MODEL}' --port 8000\nEOF\nchmod +x run.sh\n`,
      findings: [`'\${MODEL}'`],
    },
    {
      file: "setup.sh",
      text: "ssh gpu-host <<'EOF'\ndocker run --gpus all vllm/vllm-openai:latest --model Qwen/Qwen2.5-7B-Instruct\nEOF\n",
      findings: ["Qwen/Qwen2.5-7B-Instruct"],
    },
    {
      file: "install.sh",
      text: "cat > /etc/systemd/system/llm.service <<EOF\n[Unit]\nDescription=serves\n[Service]\nExecStart=/opt/venv/bin/vllm serve Qwen/Qwen2.5-7B-Instruct --port 8000\nEOF\n",
      findings: ["Qwen/Qwen2.5-7B-Instruct"],
    },
  ],
  good: [
    {
      file: "docker-compose.yml",
      text: 'services:\n  vllm:\n    image: vllm/vllm-openai\n    environment:\n      VLLM_ARGS: "--model google/gemma-3-27b-it --quantization fp8"\n',
      findings: [],
    },
    {
      // Of a program that asks a server.
      file: "config.yaml",
      text: "model:\n  id: meta-llama/Llama-3.1-8B-Instruct\nvllm:\n  base_url: http://localhost:8000/v1\n  max_tokens: 512\n",
      findings: [],
    },
    {
      // Built for a model that is published quantized.
      file: "gpt-oss-20b/service.py",
      text: service,
      findings: [],
    },
    {
      // Quantized, whatever the folder is called.
      file: "serve.sh",
      text: "git clone https://huggingface.co/Qwen/Qwen2.5-7B-Instruct-AWQ /models/qwen2.5-7b\nvllm serve /models/qwen2.5-7b\n",
      findings: [],
    },
    {
      // Quantized by the engine's settings; another engine's own name says it.
      file: "config.yaml",
      text: "model_name: chat\nmodel_metadata:\n  repo_id: meta-llama/Llama-3.1-8B-Instruct\n  vllm_config:\n    quantization: fp8\nrequirements:\n  - vllm==0.6.0\nresources:\n  accelerator: L4\n",
      findings: [],
    },
    {
      // A program of its own decides.
      file: "config.yaml",
      text: "model_name: chat\nmodel_metadata:\n  repo_id: meta-llama/Llama-3.1-8B-Instruct\nrequirements:\n  - transformers==4.44.0\nresources:\n  accelerator: L4\n",
      findings: [],
    },
    {
      // The handler chooses, or quantizes.
      file: "model-config.yaml",
      text: "minWorkers: 1\nmaxWorkers: 1\ndeviceType: gpu\nhandler:\n  model_path: models/Llama-2-7b-hf\n",
      findings: [],
    },
    {
      file: "model-config.yaml",
      text: "minWorkers: 1\nmaxWorkers: 1\nhandler:\n  model_path: models/Llama-2-70b-hf\n  amp: bf16\n  quantize: true\n",
      findings: [],
    },
    {
      file: "roles/llm/defaults/main.yml",
      text: 'vllm_version: "0.11.0"\nvllm_model: Qwen/Qwen2.5-7B-Instruct\nvllm_service_arguments:\n  - "--quantization"\n  - fp8\n',
      findings: [],
    },
    {
      // A program that asks a server; its name says which.
      file: "deployment.yaml",
      text: "kind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - image: registry.example/chat-rag-vllm-openai:latest\n          env:\n            - name: INFERENCE_SERVER_URL\n              value: https://llm.example/v1\n            - name: MODEL_NAME\n              value: mistralai/Mistral-7B-Instruct-v0.2\n",
      findings: [],
    },
    {
      // A program that calls an engine, not a chart's values.
      file: "experiment.yaml",
      text: "model: meta-llama/Llama-3.1-8B-Instruct\nframework: vllm\ntasks: [gsm8k]\n",
      findings: [],
    },
    {
      // A client's settings.
      file: "values.yaml",
      text: "image:\n  repository: registry.example/chat\nvllm:\n  model: Qwen/Qwen3-4B\n  baseUrl: http://vllm:8000/v1\nservice:\n  port: 80\n",
      findings: [],
    },
    {
      file: "values.yaml",
      text: "vllm:\n  model: Qwen/Qwen3-4B\n  baseUrl: http://vllm:8000/v1\nservice:\n  port: 80\n",
      findings: [],
    },
    {
      // Too small to quantize, and nothing known of what a command gives.
      file: "start.ps1",
      text: 'param([string]$Model = "Qwen/Qwen2.5-0.5B-Instruct", [string]$Other = (Get-Content "model.txt"))\nvllm serve $Model `\n  --port 8000\nvllm serve $Other\n',
      findings: [],
    },
    {
      // Quantized for all of the list.
      file: "models.yaml",
      text: `extraArgs: ["--quantization", "fp8"]\n${list("zai-org/GLM-4.7-Flash")}`,
      findings: [],
    },
    {
      // What the script tells its reader.
      file: "serve.sh",
      text: "usage() {\n  cat <<EOF\nUsage: $0 start\n  vllm serve meta-llama/Llama-3.1-8B-Instruct\nEOF\n}\nusage\n",
      findings: [],
    },
    {
      // Only routes to a server.
      file: "route.yaml",
      text: "apiVersion: inference.networking.x-k8s.io/v1alpha2\nkind: InferenceModel\nspec:\n  modelName: meta-llama/Llama-3.1-8B-Instruct\n  poolRef:\n    name: pool\n",
      findings: [],
    },
  ],
};
