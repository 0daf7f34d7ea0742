/** Examples of FW201: what it must say, and where it must be silent. They are its tests. */

import type { Rule } from "../rule.ts";
import { clusterExamples } from "./fw201-cluster-examples.ts";
import { deploymentExamples } from "./fw201-deployments-examples.ts";
import { heldEngineExamples } from "./fw201-held-engine-examples.ts";
import { innerProgramExamples } from "./fw201-inner-programs-examples.ts";
import { platformExamples } from "./fw201-platform-examples.ts";

export const examples: Rule["examples"] = {
  bad: [
    ...clusterExamples.bad,
    ...deploymentExamples.bad,
    ...heldEngineExamples.bad,
    ...innerProgramExamples.bad,
    ...platformExamples.bad,
    {
      // The container's path is a folder of the host, whose name says what it is.
      file: "start.sh",
      text: "model=$(pwd)/code-llama-7b-text-to-sql\ndocker run -d --gpus all -p 8080:80 -e MODEL_ID=/workspace -v $model:/workspace ghcr.io/huggingface/text-generation-inference:latest\n",
      findings: ["/workspace"],
    },
    {
      file: "docker-compose.yml",
      text: "services:\n  llm:\n    image: vllm/vllm-openai:latest\n    command: --model /model --max-model-len 8192\n    volumes:\n      - ./Qwen2.5-7B-Instruct:/model:ro\n",
      findings: ["/model"],
    },
    {
      // The folder is not known, the last part of the path is.
      file: "serve.sh",
      text: "MODEL_PATH=$HOME/models/Qwen2.5-7B-Instruct\npython -m sglang.launch_server --model-path $MODEL_PATH --port 6011\n",
      findings: ["$MODEL_PATH"],
    },
    {
      file: "start-mlx.sh",
      text: "python3 -m mlx_lm server --model mlx-community/Llama-3.2-3B-Instruct --port 8080\n",
      findings: ["mlx-community/Llama-3.2-3B-Instruct"],
    },
    {
      file: "launch.sh",
      text: "xinference launch --model-name llama-2-chat --size-in-billions 13 --model-format pytorch --quantization none --n-gpu 1\n",
      findings: ["llama-2-chat"],
    },
    {
      file: "model.py",
      text: 'import torch\nfrom djl_python import Input, Output\nfrom transformers import AutoModelForCausalLM\n\ndef get_model(properties):\n    return AutoModelForCausalLM.from_pretrained("nlpai-lab/kullm-polyglot-12.8b-v2", torch_dtype=torch.float16)\n',
      findings: ['"nlpai-lab/kullm-polyglot-12.8b-v2"'],
    },
    {
      // A container that a platform starts.
      file: "deploy.sh",
      text: "kubectl run vllm --image=vllm/vllm-openai:latest -- --model google/gemma-2-9b-it --max-model-len 4096\n",
      findings: ["google/gemma-2-9b-it"],
    },
    {
      // An option may name another; this is the default.
      file: "start.sh",
      text: '#!/bin/bash\nMODEL="Qwen/Qwen2.5-7B-Instruct"\nwhile getopts "m:p:" opt; do\n  case $opt in\n    m) MODEL=$OPTARG ;;\n    p) PORT="$OPTARG" ;;\n  esac\ndone\nvllm serve "$MODEL" --port 8000\n',
      findings: ['"$MODEL"'],
    },
    {
      // The id is a field of the settings.
      file: "main.py",
      text: 'from fastapi import FastAPI\nfrom pydantic_settings import BaseSettings\nimport torch\nfrom transformers import AutoModelForCausalLM\nclass Settings(BaseSettings):\n    model_id: str = "mistralai/Mistral-7B-Instruct-v0.3"\nsettings = Settings()\napp = FastAPI()\nmodel = AutoModelForCausalLM.from_pretrained(settings.model_id, torch_dtype=torch.bfloat16).to("cuda")\n@app.post("/g")\ndef g(p: str):\n    return model.generate(p)\n',
      findings: ['"mistralai/Mistral-7B-Instruct-v0.3"'],
    },
    {
      file: "service.py",
      text: 'import bentoml\nfrom bentoml.models import HuggingFaceModel\n@bentoml.service(resources={"gpu": 1})\nclass LLM:\n    hf_model = HuggingFaceModel("meta-llama/Meta-Llama-3.1-8B-Instruct")\n    def __init__(self):\n        from vllm import AsyncEngineArgs, AsyncLLMEngine\n        self.engine = AsyncLLMEngine.from_engine_args(AsyncEngineArgs(model=self.hf_model))\n',
      findings: ['"meta-llama/Meta-Llama-3.1-8B-Instruct"'],
    },
    {
      // An endpoint of the hub.
      file: "endpoint.py",
      text: 'from huggingface_hub import create_inference_endpoint\nendpoint = create_inference_endpoint("x", repository="mistralai/Mistral-7B-Instruct-v0.2", framework="pytorch", task="text-generation", accelerator="gpu", vendor="aws", region="us-east-1", type="protected", instance_size="x1", instance_type="nvidia-a10g",\n  custom_image={"health_route": "/health", "env": {"MAX_INPUT_LENGTH": "1024", "MODEL_ID": "/repository"}, "url": "ghcr.io/huggingface/text-generation-inference:1.1.0"})\n',
      findings: ['"mistralai/Mistral-7B-Instruct-v0.2"'],
    },
    {
      // A container of Vertex AI.
      file: "vertex.py",
      text: 'from google.cloud import aiplatform\ndef deploy():\n    model = aiplatform.Model.upload(display_name="llama", serving_container_image_uri="us-docker.pkg.dev/vertex-ai/vertex-vision-model-garden-dockers/pytorch-vllm-serve:20240222_0916_RC00",\n      serving_container_args=["--model=meta-llama/Llama-2-7b-chat-hf", "--tensor-parallel-size=1", "--swap-space=16", "--gpu-memory-utilization=0.9"], serving_container_ports=[7080])\n    model.deploy(machine_type="g2-standard-12", accelerator_type="NVIDIA_L4", accelerator_count=1)\n',
      findings: ["meta-llama/Llama-2-7b-chat-hf"],
    },
    {
      file: "vertex_tgi.py",
      text: 'from google.cloud import aiplatform\nmodel = aiplatform.Model.upload(display_name="g", serving_container_image_uri="us-docker.pkg.dev/deeplearning-platform-release/gcr.io/huggingface-text-generation-inference-cu121.2-2.ubuntu2204.py310",\n  serving_container_environment_variables={"MODEL_ID": "google/gemma-7b-it", "NUM_SHARD": "1", "MAX_INPUT_TOKENS": "512"}, serving_container_ports=[8080])\nmodel.deploy(machine_type="g2-standard-4")\n',
      findings: ['"google/gemma-7b-it"'],
    },
    {
      // The manifest stands in the program.
      file: "gke.py",
      text: 'K8S = """\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: tgi\nspec:\n  template:\n    spec:\n      containers:\n      - name: tgi\n        image: ghcr.io/huggingface/text-generation-inference:2.0\n        args:\n        - --model-id=meta-llama/Llama-3.1-8B\n        resources:\n          limits:\n            nvidia.com/gpu: 1\n"""\nimport torch\nwith open("d.yaml", "w") as f:\n    f.write(K8S)\n',
      findings: ["meta-llama/Llama-3.1-8B"],
    },
    {
      file: "main.tf",
      text: 'module "sagemaker_endpoint" {\n  source               = "../.."\n  endpoint_name_prefix = "llama3"\n  hf_model_id          = "meta-llama/Meta-Llama-3-8B-Instruct"\n  instance_type        = "ml.g5.2xlarge"\n}\n',
      findings: ['"meta-llama/Meta-Llama-3-8B-Instruct"'],
    },
    {
      file: "sagemaker.tf",
      text: 'resource "aws_sagemaker_model" "llm" {\n  name = "x"\n  primary_container {\n    image = "763104351884.dkr.ecr.us-east-1.amazonaws.com/huggingface-pytorch-tgi-inference:2.0-gpu"\n    environment = {\n      HF_MODEL_ID = "mistralai/Mistral-7B-Instruct-v0.1"\n      SM_NUM_GPUS = "1"\n    }\n  }\n}\n',
      findings: ['"mistralai/Mistral-7B-Instruct-v0.1"'],
    },
    {
      // A variable with its default.
      file: "k8s.tf",
      text: 'variable "model" {\n  default = "Qwen/Qwen2.5-7B-Instruct"\n}\nresource "kubernetes_deployment" "vllm" {\n  spec {\n    template {\n      spec {\n        container {\n          image = "vllm/vllm-openai:v0.6.0"\n          args  = ["--model", var.model, "--max-model-len", "8192"]\n        }\n      }\n    }\n  }\n}\n',
      findings: ['"Qwen/Qwen2.5-7B-Instruct"'],
    },
    {
      file: "api.py",
      text: 'from fastapi import FastAPI\nfrom tensorrt_llm import LLM, SamplingParams\napp = FastAPI()\nllm = LLM(model="meta-llama/Llama-3.1-8B-Instruct")\n@app.post("/g")\ndef g(p: str):\n    return llm.generate(p)\n',
      findings: ['"meta-llama/Llama-3.1-8B-Instruct"'],
    },
    {
      file: "llama.py",
      text: 'from fastapi import FastAPI\nfrom llama_cpp import Llama\napp = FastAPI()\nllm = Llama.from_pretrained(repo_id="bartowski/Meta-Llama-3.1-8B-Instruct-GGUF", filename="Meta-Llama-3.1-8B-Instruct-f16.gguf")\n@app.post("/g")\ndef g(p: str):\n    return llm(p)\n',
      findings: ['"Meta-Llama-3.1-8B-Instruct-f16.gguf"'],
    },
    {
      file: "deployment.yml",
      text: '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\nname: vllm\nendpoint_name: llm\nenvironment:\n  image: vllm/vllm-openai:latest\nenvironment_variables:\n  MODEL_NAME: meta-llama/Meta-Llama-3-8B-Instruct\n  VLLM_ARGS: "--max-num-seqs 16"\ninstance_type: Standard_NC24ads_A100_v4\ninstance_count: 1\n',
      findings: ["meta-llama/Meta-Llama-3-8B-Instruct"],
    },
    {
      file: "start.sh",
      text: "openllm start mistralai/Mistral-7B-Instruct-v0.1 --backend vllm\n",
      findings: ["mistralai/Mistral-7B-Instruct-v0.1"],
    },
    {
      file: "Procfile",
      text: "web: python -m vllm.entrypoints.openai.api_server --model Qwen/Qwen2.5-7B-Instruct\n",
      findings: ["Qwen/Qwen2.5-7B-Instruct"],
    },
    {
      file: "vllm.service",
      text: "[Service]\nExecStart=/opt/venv/bin/vllm serve Qwen/Qwen2.5-7B-Instruct \\\n  --port 8000\n",
      findings: ["Qwen/Qwen2.5-7B-Instruct"],
    },
    {
      file: "app.py",
      text: 'import streamlit as st, torch\nfrom langchain_huggingface import HuggingFacePipeline\nllm = HuggingFacePipeline.from_model_id(model_id="meta-llama/Llama-3.2-3B-Instruct", task="text-generation", model_kwargs={"torch_dtype": torch.float16})\nst.write(llm.invoke(st.text_input("q")))\n',
      findings: ['"meta-llama/Llama-3.2-3B-Instruct"'],
    },
    {
      file: "serve.sh",
      text: "vllm serve meta-llama/Llama-3.1-8B-Instruct --max-model-len 8192\n",
      findings: ["meta-llama/Llama-3.1-8B-Instruct"],
    },
    {
      file: "deployment.yaml",
      text: [
        "apiVersion: apps/v1",
        "kind: Deployment",
        "spec:",
        "  template:",
        "    spec:",
        "      nodeSelector:",
        "        cloud.google.com/gke-accelerator: nvidia-l4",
        "      containers:",
        "        - name: vllm",
        "          image: vllm/vllm-openai:v0.10.0",
        "          args:",
        "            - --model",
        "            - mistralai/Mistral-7B-Instruct-v0.3",
        "          resources:",
        "            limits:",
        "              nvidia.com/gpu: 1",
        "",
      ].join("\n"),
      findings: ["mistralai/Mistral-7B-Instruct-v0.3"],
    },
    {
      file: "docker-compose.yml",
      text: [
        "services:",
        "  llm:",
        "    image: ghcr.io/huggingface/text-generation-inference:3.0",
        '    command: ["--model-id", "Qwen/Qwen2.5-14B-Instruct", "--num-shard", "2"]',
        "",
      ].join("\n"),
      findings: ['"Qwen/Qwen2.5-14B-Instruct"'],
    },
    {
      // The class says nothing; the id and the precision behind the load do.
      file: "web_demo.py",
      text: 'import streamlit as st\nfrom transformers import AutoModel\n\nmodel = AutoModel.from_pretrained("THUDM/chatglm-6b", trust_remote_code=True).half().cuda()\n',
      findings: ['"THUDM/chatglm-6b"'],
    },
    {
      // vLLM's settings within the settings of another program.
      file: "serving.yaml",
      text: "server:\n  port: 8000\nvllm:\n  model: Qwen/Qwen2.5-14B-Instruct\n  max_model_len: 4096\n  gpu_memory_utilization: 0.9\n",
      findings: ["Qwen/Qwen2.5-14B-Instruct"],
    },
    {
      // The program fills the folder that it serves from.
      file: "app.py",
      text: 'import modal\nfrom huggingface_hub import snapshot_download\nfrom vllm import AsyncEngineArgs\n\nMODEL_DIR = "/model"\nMODEL_NAME = "mistralai/Mixtral-8x7B-Instruct-v0.1"\n\ndef download(model_name):\n    snapshot_download(model_name, local_dir=MODEL_DIR)\n\nargs = AsyncEngineArgs(model=MODEL_DIR, gpu_memory_utilization=0.9)\n',
      findings: ['"mistralai/Mixtral-8x7B-Instruct-v0.1"'],
    },
    {
      // Truss: the engine's arguments, with vLLM among the requirements.
      file: "config.yaml",
      text: "model_metadata:\n  engine_args:\n    model: mistralai/Mistral-7B-Instruct-v0.1\nmodel_name: Mistral 7B\nrequirements:\n- vllm==0.2.1.post1\nresources:\n  accelerator: A10G\n",
      findings: ["mistralai/Mistral-7B-Instruct-v0.1"],
    },
    {
      file: "model.py",
      text: 'import torch\nfrom transformers import AutoModelForCausalLM\n\nclass Model:\n    def __init__(self, **kwargs):\n        self.token = kwargs["secrets"]["hf_access_token"]\n\n    def load(self):\n        self.model = AutoModelForCausalLM.from_pretrained("mistralai/Mistral-7B-v0.1", torch_dtype=torch.float16)\n\n    def predict(self, request):\n        return self.model.generate(request)\n',
      findings: ['"mistralai/Mistral-7B-v0.1"'],
    },
    {
      // Typed into a terminal of its own.
      file: "workers.sh",
      text: 'MODEL_PATH="lmsys/vicuna-7b-v1.5"\nscreen -DRRS worker -X stuff "python3 -m fastchat.serve.model_worker --model-path $MODEL_PATH --port 21002 \\r"\n',
      findings: ['"python3 -m fastchat.serve.model_worker'],
    },
    {
      file: "launch.sh",
      text: "MODEL_NAME=huggyllama/llama-7b \\\nDTYPE=fp16 \\\ngunicorn -b 0.0.0.0:5000 inference_server.server:app\n",
      findings: ["huggyllama/llama-7b"],
    },
    {
      file: "models.py",
      text: 'from beam.integrations import VLLM, VLLMArgs\n\nYI = "01-ai/Yi-Coder-9B-Chat"\nyi = VLLM(name="yi", gpu="A100-40", vllm_args=VLLMArgs(model=YI, max_model_len=8096))\nqwen = VLLM(name="qwen", vllm_args=VLLMArgs(model="OpenGVLab/InternVL3-8B-AWQ", quantization="awq"))\n',
      findings: ["YI"],
    },
    {
      // One application, two models.
      file: "ray-service.yaml",
      text: 'apiVersion: ray.io/v1\nkind: RayService\nspec:\n  serveConfigV2: |\n    applications:\n    - name: llm\n      import_path: serve:multi_model\n      runtime_env:\n        env_vars:\n          ASSIST_MODEL_ID: "meta-llama/Meta-Llama-3-8B-Instruct"\n          SUMMARIZER_MODEL_ID: "google/gemma-7b-it"\n',
      findings: ['"meta-llama/Meta-Llama-3-8B-Instruct"', '"google/gemma-7b-it"'],
    },
    {
      // A chart's own name for the model, beside the server's image.
      file: "values.yaml",
      text: "replicaCount: 1\nimage:\n  repository: vllm/vllm-openai\n  tag: v0.19.1\nmodel:\n  id: google/gemma-7b-it\n",
      findings: ["google/gemma-7b-it"],
    },
    {
      // A container that a platform starts.
      file: "app.py",
      text: 'from beam import Image, Pod\n\nserver = Pod(\n    image=Image(),\n    gpu="A100-80",\n    entrypoint=["python", "-m", "sglang.launch_server", "--model-path", "Qwen/Qwen2.5-7B-Instruct", "--port", "8080"],\n)\n',
      findings: ['"Qwen/Qwen2.5-7B-Instruct"'],
    },
    {
      // Triton's Python backend: the model is the default of a parameter.
      file: "model.py",
      text: 'import torch\nimport transformers\nimport triton_python_backend_utils as pb_utils\n\nclass TritonPythonModel:\n    def initialize(self, args):\n        name = self.params.get("model", "meta-llama/Llama-2-7b-hf")\n        self.pipeline = transformers.pipeline("text-generation", model=name, torch_dtype=torch.float16, device_map="auto")\n',
      findings: ['"meta-llama/Llama-2-7b-hf"'],
    },
    {
      // A chart's list of switches.
      file: "values.yaml",
      text: "deployment:\n  image:\n    repository: ghcr.io/predibase/lorax\n    tag: latest\n  args:\n    - name: --model-id\n      value: mistralai/Mistral-7B-Instruct-v0.1\n",
      findings: ["mistralai/Mistral-7B-Instruct-v0.1"],
    },
    {
      // A vendor's build of vLLM: the switches tell.
      file: "deployment.yaml",
      text: 'kind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: server\n          image: registry.example.com/ai/llm-server:1.20\n          args: ["--model=mistralai/Mistral-7B-Instruct-v0.3", "--max-model-len", "8192"]\n',
      findings: ["mistralai/Mistral-7B-Instruct-v0.3"],
    },
    {
      // The chart has the setting, and leaves it empty.
      file: "values.yaml",
      text: 'model: mistralai/Mistral-7B-Instruct-v0.1\nquantization: ""\n# quantization: awq\nimage:\n  repository: example/vllm\n',
      findings: ["mistralai/Mistral-7B-Instruct-v0.1"],
    },
    {
      // Whose model it is stands apart from what it is called, the image in the runtime.
      file: "values.yaml",
      text: "model:\n  root: mistralai\n  id: Mistral-7B-Instruct-v0.2\n  runtime:\n    image: quay.io/example/vllm:0.6\n",
      findings: ["Mistral-7B-Instruct-v0.2"],
    },
    {
      // An operator's resource.
      file: "model.yaml",
      text: "apiVersion: llmaz.io/v1alpha1\nkind: OpenModel\nmetadata:\n  name: opt-6--7b\nspec:\n  familyName: opt\n  source:\n    modelHub:\n      modelID: facebook/opt-6.7b\n",
      findings: ["facebook/opt-6.7b"],
    },
    {
      // The same, from a bucket.
      file: "model.yaml",
      text: "apiVersion: llmaz.io/v1alpha1\nkind: OpenModel\nmetadata:\n  name: qwen\nspec:\n  familyName: qwen\n  source:\n    uri: s3://weights/Qwen2.5-7B-Instruct\n",
      findings: ["s3://weights/Qwen2.5-7B-Instruct"],
    },
    {
      file: "service.py",
      text: 'import bentoml\nfrom lmdeploy.messages import TurbomindEngineConfig\nfrom lmdeploy.serve.async_engine import AsyncEngine\n\nMODEL_ID = "meta-llama/Meta-Llama-3.1-8B-Instruct"\n\n@bentoml.service\nclass Service:\n    hf_model = bentoml.models.HuggingFaceModel(MODEL_ID)\n\n    def __init__(self):\n        config = TurbomindEngineConfig(model_format="hf")\n        self.engine = AsyncEngine(self.hf_model, backend_config=config)\n',
      findings: ['"meta-llama/Meta-Llama-3.1-8B-Instruct"'],
    },
    {
      // A command that is put together.
      file: "service.py",
      text: 'import subprocess\nimport bentoml\n\nMODEL_ID = "meta-llama/Meta-Llama-3-8B-Instruct"\n\n@bentoml.service\nclass Service:\n    model = bentoml.models.get(MODEL_ID.lower())\n\n    def __init__(self):\n        path = self.model.path\n        command = f"text-generation-launcher --model-id {path} -p 8080"\n        subprocess.Popen(command, shell=True)\n',
      findings: ['"meta-llama/Meta-Llama-3-8B-Instruct"'],
    },
    {
      file: "deploy.py",
      text: 'from sagemaker.jumpstart.model import JumpStartModel\n\nmodel = JumpStartModel(model_id="huggingface-llm-mistral-7b-instruct", instance_type="ml.g5.2xlarge")\npredictor = model.deploy(accept_eula=True)\n',
      findings: ['"huggingface-llm-mistral-7b-instruct"'],
    },
    {
      // A script that writes the server's settings beside the checkpoint.
      file: "upload.sh",
      text: 'python3 -c "from huggingface_hub import snapshot_download; snapshot_download(repo_id=\'dicta-il/dictalm2.0-7b-instruct\', local_dir=\'/data/model\')"\necho "option.rolling_batch=vllm" >> /data/model/serving.properties\necho "option.dtype=bf16" >> /data/model/serving.properties\n',
      findings: ["dicta-il/dictalm2.0-7b-instruct"],
    },
    {
      file: "build.sh",
      text: "python3 convert_checkpoint.py --model_dir ./Meta-Llama-3-70B --output_dir ./checkpoint --dtype float16 --tp_size 8\ntrtllm-build --checkpoint_dir ./checkpoint --gemm_plugin float16\n",
      findings: ["./Meta-Llama-3-70B"],
    },
    {
      // The folder of a connection's bucket.
      file: "service.yaml",
      text: "apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nspec:\n  predictor:\n    model:\n      modelFormat:\n        name: vLLM\n      runtime: vllm\n      storage:\n        key: models\n        path: ibm-granite/granite-8b-code-instruct-128k/\n",
      findings: ["ibm-granite/granite-8b-code-instruct-128k/"],
    },
    {
      // A service that is configured by its environment.
      file: "models.py",
      text: 'import os\nimport torch\nfrom transformers import pipeline\n\nclass Chat:\n    model = None\n\n    @classmethod\n    def get_model(cls):\n        if cls.model is None:\n            cls.model = pipeline(model=os.getenv("MODEL_ID", "tiiuae/falcon-7b-instruct"), torch_dtype=torch.bfloat16)\n        return cls.model\n',
      findings: ['os.getenv("MODEL_ID", "tiiuae/falcon-7b-instruct")'],
    },
    {
      // What a deployment is bound with.
      file: "serve.py",
      text: 'from ray import serve\nfrom vllm import AsyncEngineArgs, AsyncLLMEngine\n\n@serve.deployment\nclass Chat:\n    def __init__(self, model: str):\n        self.engine = AsyncLLMEngine.from_engine_args(AsyncEngineArgs(model=model))\n\napp = Chat.bind(model="Qwen/Qwen2.5-7B-Instruct")\n',
      findings: ['"Qwen/Qwen2.5-7B-Instruct"'],
    },
    {
      // A parameter's default.
      file: "deploy.py",
      text: 'from sagemaker.jumpstart.model import JumpStartModel\n\nDEFAULT = "huggingface-llm-mistral-7b-v3"\n\ndef deploy(model_id=DEFAULT, wait=False):\n    return JumpStartModel(model_id=model_id).deploy(wait=wait)\n',
      findings: ['"huggingface-llm-mistral-7b-v3"'],
    },
    {
      // A copy on the disk, or the hub.
      file: "handler.py",
      text: 'import os\nimport runpod\nfrom transformers import AutoModelForCausalLM\n\nMODEL_ID = os.environ.get("MODEL_ID", "Qwen/Qwen2.5-1.5B-Instruct")\ncached = find_snapshot(MODEL_ID)\nsource = cached or MODEL_ID\nmodel = AutoModelForCausalLM.from_pretrained(source, dtype="auto")\nrunpod.serverless.start({"handler": lambda job: model})\n',
      findings: ['os.environ.get("MODEL_ID", "Qwen/Qwen2.5-1.5B-Instruct")'],
    },
    {
      // The settings of a program behind Ray Serve.
      file: "starcoder.yaml",
      text: "port: 8000\nroute_prefix: /starcoder\nvllm:\n  enabled: true\n  precision: bf16\nmodel_description:\n  model_id_or_path: bigcode/starcoder\n",
      findings: ["bigcode/starcoder"],
    },
    {
      // Ray's settings in calls of dict().
      file: "serve_llama.py",
      text: 'from ray.serve.llm import LLMConfig, build_openai_app\n\nconfig = LLMConfig(\n    model_loading_config=dict(model_id="llama", model_source="meta-llama/Llama-3.1-70B-Instruct"),\n    accelerator_type="L40S",\n    engine_kwargs=dict(max_model_len=32768, tensor_parallel_size=8),\n)\napp = build_openai_app({"llm_configs": [config]})\n',
      findings: ['"meta-llama/Llama-3.1-70B-Instruct"'],
    },
    {
      // An option of the command line that a class is given.
      file: "server.py",
      text: 'import argparse\nfrom fastapi import FastAPI\nfrom vllm import LLM\n\napp = FastAPI()\n\nclass Engine:\n    def __init__(self, model_name: str):\n        self.llm = LLM(model=model_name, dtype="bfloat16")\n\nif __name__ == "__main__":\n    parser = argparse.ArgumentParser()\n    parser.add_argument("--model", default="Qwen/Qwen3-VL-8B-Instruct")\n    args = parser.parse_args()\n    engine = Engine(model_name=args.model)\n',
      findings: ['"Qwen/Qwen3-VL-8B-Instruct"'],
    },
    {
      // The folder is filled from an archive whose address names the model.
      file: "predict.py",
      text: 'import torch\nfrom cog import BasePredictor\nfrom transformers import AutoModelForCausalLM\n\nCACHE = "checkpoints"\nMODEL_URL = "https://weights.example.com/default/meta-llama/Llama-Guard-3-8B/model.tar"\n\nclass Predictor(BasePredictor):\n    def setup(self):\n        download(MODEL_URL, CACHE)\n        self.model = AutoModelForCausalLM.from_pretrained(CACHE, torch_dtype=torch.bfloat16)\n',
      findings: ['"https://weights.example.com/default/meta-llama/Llama-Guard-3-8B/model.tar"'],
    },
    {
      // Weights that are staged on a volume.
      file: "values-airgap.yaml",
      text: 'inference:\n  image:\n    repository: vllm-openai\n    tag: v0.10.0\n  model:\n    name: ""\n    modelPath: /models/llama-3.1-8b-instruct\n',
      findings: ["/models/llama-3.1-8b-instruct"],
    },
    {
      // The server's image, built with its checkpoint.
      file: "Dockerfile",
      text: 'FROM vllm/vllm-openai:v0.19.1\nARG MODEL_REPO=Qwen/Qwen2.5-7B-Instruct\nRUN hf download "$MODEL_REPO" --local-dir /models/qwen\n',
      findings: ["$MODEL_REPO"],
    },
    {
      // A program that starts the server's container itself.
      file: "docker-compose.yml",
      text: "services:\n  api:\n    build: .\n    environment:\n      - VLLM_IMAGE=vllm/vllm-openai:latest\n      - VLLM_MODEL=mistralai/Mistral-7B-Instruct-v0.3\n",
      findings: ["mistralai/Mistral-7B-Instruct-v0.3"],
    },
    {
      // A container's arguments, apart from its command.
      file: "deploy_vertex.py",
      text: 'from google.cloud import aiplatform\nimport torch\n\nMODEL = "google/gemma-7b-it"\ncommand = ["python3", "-m", "vllm.entrypoints.api_server"]\nserving_args = [f"--model={MODEL}", "--max-model-len=4096"]\naiplatform.Model.upload(serving_container_command=command, serving_container_args=serving_args)\n',
      findings: ['f"--model={MODEL}"'],
    },
    {
      // Downloaded, packed and deployed.
      file: "deploy.py",
      text: 'import boto3\nfrom huggingface_hub import snapshot_download\n\nMODEL = "databricks/dolly-v2-12b"\nsnapshot_download(repo_id=MODEL, cache_dir="model")\nclient = boto3.client("sagemaker")\nclient.create_model(ModelName="dolly", PrimaryContainer={"Image": image, "ModelDataUrl": url})\nclient.create_endpoint_config(EndpointConfigName="dolly", ProductionVariants=variants)\nclient.create_endpoint(EndpointName="dolly", EndpointConfigName="dolly")\n',
      findings: ["MODEL"],
    },
    {
      // A parameter that the program gives by its place.
      file: "app.py",
      text: 'import argparse\nimport gradio as gr\nfrom transformers import AutoModelForCausalLM\n\nCHECKPOINT = "Qwen/Qwen2.5-7B-Instruct"\n\ndef load(path):\n    return AutoModelForCausalLM.from_pretrained(path, torch_dtype="auto")\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--checkpoint-path", default=CHECKPOINT)\nargs = parser.parse_args()\nmodel = load(args.checkpoint_path)\ngr.ChatInterface(lambda text, history: model.generate(text)).launch()\n',
      findings: ["CHECKPOINT"],
    },
    {
      // Bound twice, at the top level.
      file: "serve.py",
      text: 'import subprocess\nimport sys\nimport torch\n\nMODEL = "TinyLlama/TinyLlama-1.1B-Chat-v1.0"\nMODEL = "microsoft/Phi-3-mini-4k-instruct"\ncommand = [sys.executable, "-m", "vllm.entrypoints.openai.api_server", "--model", MODEL, "--dtype", "float16"]\nsubprocess.Popen(command)\n',
      findings: ["MODEL"],
    },
    {
      // Make's variables, of which one is the program.
      file: "Makefile",
      text: 'VENV ?= .venv\nVLLM := $(VENV)/bin/vllm\nMODEL ?= meta-llama/Llama-3.1-8B-Instruct # may be another\n\nserve:\n\t@mkdir -p logs\n\t@CUDA_VISIBLE_DEVICES=0 $(VLLM) serve "$(MODEL)" \\\n\t  --max-model-len 8192\n',
      findings: ['"$(MODEL)"'],
    },
    {
      // Variables that a program of its own hands to vLLM.
      file: "run.sh",
      text: "docker run --gpus all -e VLLM_MODEL=google/gemma-3-4b-it -e VLLM_MAX_MODEL_LEN=2048 example/chat:latest python launcher.py\n",
      findings: ["google/gemma-3-4b-it"],
    },
    {
      file: ".env.example",
      text: "VLLM_MODEL=mistralai/Mistral-7B-Instruct-v0.3\nVLLM_MAX_MODEL_LEN=8192\nVLLM_GPU_MEMORY_UTIL=0.90\n# VLLM_QUANTIZATION=\n",
      findings: ["mistralai/Mistral-7B-Instruct-v0.3"],
    },
    {
      file: "variables.tf",
      text: 'variable "model_id" {\n  type    = string\n  default = "Qwen/Qwen3-32B"\n}\nvariable "max_model_len" {\n  default = 8192\n}\nvariable "gpu_memory_utilization" {\n  default = 0.9\n}\n',
      findings: ['"Qwen/Qwen3-32B"'],
    },
    {
      file: "config.sh",
      text: 'case "$SIZE" in\n  large) export MODEL_REPO="Qwen/Qwen3-32B" ;;\nesac\nexport MAX_MODEL_LEN=65536\nexport GPU_MEMORY_UTILIZATION=0.8\n',
      findings: ["Qwen/Qwen3-32B"],
    },
    {
      file: "justfile",
      text: 'model := "meta-llama/Llama-3.1-8B-Instruct"\n\nserve port="8000":\n    @vllm serve {{ model }} --port {{port}}\n',
      findings: ["{{ model }}"],
    },
    {
      file: "graph.yaml",
      text: 'apiVersion: nvidia.com/v1alpha1\nkind: DynamoGraphDeployment\nspec:\n  services:\n    Frontend:\n      extraPodSpec:\n        mainContainer:\n          image: nvcr.io/nvidia/ai-dynamo/vllm-runtime:0.5.0\n    Worker:\n      extraPodSpec:\n        mainContainer:\n          image: nvcr.io/nvidia/ai-dynamo/vllm-runtime:0.5.0\n          command: ["python3", "-m", "dynamo.vllm"]\n          args: ["--model", "Qwen/Qwen3-8B"]\n',
      findings: ['"Qwen/Qwen3-8B"'],
    },
    {
      file: "workspace.yaml",
      text: "apiVersion: kaito.sh/v1beta1\nkind: Workspace\nresource:\n  instanceType: Standard_NC24ads_A100_v4\ninference:\n  preset:\n    name: phi-4\n",
      findings: ["phi-4"],
    },
    {
      file: "deploy.sh",
      text: "gcloud ai model-garden models deploy --model=google/gemma3@gemma-3-27b-it --machine-type=a3-highgpu-1g\n",
      findings: ["google/gemma3@gemma-3-27b-it"],
    },
    {
      file: "deploy.py",
      text: 'from vertexai import model_garden\n\nmodel = model_garden.OpenModel("google/gemma3@gemma-3-12b-it")\nendpoint = model.deploy(machine_type="g2-standard-48", accelerator_type="NVIDIA_L4")\n',
      findings: ['"google/gemma3@gemma-3-12b-it"'],
    },
    {
      file: "config.yaml",
      text: "model_name: chat\ntrt_llm:\n  build:\n    base_model: llama\n    checkpoint_repository:\n      repo: meta-llama/Llama-3.1-8B-Instruct\n      source: HF\n    quantization_type: no_quant\n",
      findings: ["meta-llama/Llama-3.1-8B-Instruct"],
    },
    {
      // The option's default, within the command's text and among its words.
      file: "launch.py",
      text: 'import argparse\nimport subprocess\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--model", default="Qwen/Qwen2.5-32B-Instruct")\nargs = parser.parse_args()\ncommand = f"python -m sglang.launch_server --model-path {args.model} --port 30000"\nsubprocess.Popen(command, shell=True)\n',
      findings: ["command"],
    },
    {
      file: "launch.py",
      text: 'import subprocess\n\ndef start(model="Qwen/Qwen2.5-32B-Instruct", port=8000):\n    return subprocess.Popen(["vllm", "serve", model, "--port", str(port)])\n',
      findings: ["model"],
    },
    {
      file: "model.env",
      text: "MODEL_NAME=hermes\nMODEL_ID=NousResearch/Hermes-2-Pro-Llama-3-8B\nMAX_TOTAL_TOKENS=4096\nMAX_INPUT_LENGTH=2048\n",
      findings: ["NousResearch/Hermes-2-Pro-Llama-3-8B"],
    },
    {
      file: "values.yaml",
      text: "image:\n  repository: example/vllm-cuda\nconfiguration:\n  modelReference: ibm-granite/granite-3.3-2b-instruct\n  extraArgs: []\n",
      findings: ["ibm-granite/granite-3.3-2b-instruct"],
    },
    {
      // Handed on by two functions.
      file: "app.py",
      text: 'import gradio as gr\nfrom vllm.engine.arg_utils import EngineArgs\n\nclass Chat:\n    def __init__(self, model: str, quantization=None):\n        self.args = EngineArgs(model=model, quantization=quantization)\n\ndef make(model):\n    return Chat(model=model)\n\nchat = make("meta-llama/Llama-3.1-8B-Instruct")\ngr.ChatInterface(chat).launch()\n',
      findings: ["model"],
    },
  ],
  good: [
    ...clusterExamples.good,
    ...deploymentExamples.good,
    ...heldEngineExamples.good,
    ...innerProgramExamples.good,
    ...platformExamples.good,
    {
      // Loaded in float32 before, which is another rule's: the pipeline's dtype does not reach it.
      file: "serve.py",
      text: 'import modal\nimport torch\nfrom transformers import AutoModelForCausalLM, pipeline\n\nmodel = AutoModelForCausalLM.from_pretrained("NousResearch/Meta-Llama-3-8B")\npipe = pipeline("text-generation", model=model, model_kwargs={"torch_dtype": torch.bfloat16})\n',
      findings: [],
    },
    {
      // The compiler's configuration quantizes.
      file: "neuron.yaml",
      text: 'containers:\n  - name: vllm\n    image: public.ecr.aws/neuron/pytorch-inference-vllm-neuronx:0.9.1\n    command: ["vllm", "serve"]\n    args:\n      - --model=deepseek-ai/DeepSeek-R1-Distill-Llama-8B\n      - \'--override-neuron-config={"quantized": true, "quantization_dtype": "int8"}\'\n',
      findings: [],
    },
    {
      file: "start.sh",
      text: "python -m mlx_lm.server --model mlx-community/Qwen2.5-7B-Instruct-4bit --port 8080\n",
      findings: [],
    },
    {
      // Quantized, and left to the server.
      file: "launch.sh",
      text: "xinference launch --model-name qwen2.5-instruct --size-in-billions 7 --model-format gptq --quantization Int4\nxinference launch --model-name qwen2.5-instruct --size-in-billions 7\n",
      findings: [],
    },
    {
      file: "docker-compose.yml",
      text: "services:\n  llm:\n    image: vllm/vllm-openai:latest\n    command: --model /model\n    volumes:\n      - ./Qwen2.5-7B-Instruct-AWQ:/model:ro\n",
      findings: [],
    },
    {
      file: "start.sh",
      text: '#!/bin/bash\nMODEL_NAME="$1"\npython -m vllm.entrypoints.openai.api_server --model "$MODEL_NAME"\n',
      findings: [],
    },
    {
      file: "deploy.sh",
      text: 'gcloud run deploy svc --image=vllm/vllm-openai --args="--model,google/gemma-2-9b-it,--quantization,fp8"\n',
      findings: [],
    },
    {
      file: "main.py",
      text: 'from fastapi import FastAPI\nfrom pydantic_settings import BaseSettings\nimport torch\nfrom transformers import AutoModelForCausalLM\nclass Settings(BaseSettings):\n    model_id: str = "mistralai/Mistral-7B-Instruct-v0.3"\nsettings = Settings()\napp = FastAPI()\nmodel = AutoModelForCausalLM.from_pretrained(settings.model_id, quantization_config=quantization).to("cuda")\n@app.post("/g")\ndef g(p: str):\n    return model.generate(p)\n',
      findings: [],
    },
    {
      file: "endpoint.py",
      text: 'from huggingface_hub import create_inference_endpoint\nendpoint = create_inference_endpoint("x", repository="mistralai/Mistral-7B-Instruct-v0.2", framework="pytorch", task="text-generation", accelerator="gpu", vendor="aws", region="us-east-1", type="protected", instance_size="x1", instance_type="nvidia-a10g",\n  custom_image={"health_route": "/health", "env": {"MAX_INPUT_LENGTH": "1024", "MODEL_ID": "/repository", "QUANTIZE": "eetq"}, "url": "ghcr.io/huggingface/text-generation-inference:1.1.0"})\n',
      findings: [],
    },
    {
      file: "vertex.py",
      text: 'from google.cloud import aiplatform\ndef deploy():\n    model = aiplatform.Model.upload(display_name="llama", serving_container_image_uri="us-docker.pkg.dev/vertex-ai/vertex-vision-model-garden-dockers/pytorch-vllm-serve:20240222_0916_RC00",\n      serving_container_args=["--model=meta-llama/Llama-2-7b-chat-hf", "--tensor-parallel-size=1", "--quantization=fp8", "--gpu-memory-utilization=0.9"], serving_container_ports=[7080])\n    model.deploy(machine_type="g2-standard-12", accelerator_type="NVIDIA_L4", accelerator_count=1)\n',
      findings: [],
    },
    {
      // Arguments that are put together elsewhere.
      file: "vertex_args.py",
      text: 'from google.cloud import aiplatform\ndef deploy():\n    model = aiplatform.Model.upload(display_name="llama", serving_container_image_uri="us-docker.pkg.dev/vertex-ai/vertex-vision-model-garden-dockers/pytorch-vllm-serve:20240222_0916_RC00",\n      serving_container_args=vllm_args(model), serving_container_ports=[7080])\n    model.deploy(machine_type="g2-standard-12", accelerator_type="NVIDIA_L4", accelerator_count=1)\n',
      findings: [],
    },
    {
      file: "main.tf",
      text: 'module "endpoint" {\n  hf_model_id   = var.model\n  instance_type = "ml.g5.2xlarge"\n}\n\nmodule "classifier" {\n  hf_model_id   = "distilbert-base-uncased-finetuned-sst-2-english"\n  instance_type = "ml.g4dn.xlarge"\n}\n',
      findings: [],
    },
    {
      file: "k8s.tf",
      text: 'resource "kubernetes_deployment" "vllm" {\n  spec {\n    template {\n      spec {\n        container {\n          name  = "vllm"\n          image = "vllm/vllm-openai:v0.6.0"\n          args  = ["--model", "Qwen/Qwen2.5-7B-Instruct", "--quantization", "fp8"]\n        }\n      }\n    }\n  }\n}\n',
      findings: [],
    },
    {
      file: "llama.py",
      text: 'from fastapi import FastAPI\nfrom llama_cpp import Llama\napp = FastAPI()\nllm = Llama.from_pretrained(repo_id="bartowski/Meta-Llama-3.1-8B-Instruct-GGUF", filename="Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf")\n@app.post("/g")\ndef g(p: str):\n    return llm(p)\n',
      findings: [],
    },
    {
      file: "deployment.yml",
      text: '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\nname: vllm\nendpoint_name: llm\nenvironment:\n  image: vllm/vllm-openai:latest\nenvironment_variables:\n  MODEL_NAME: meta-llama/Meta-Llama-3-8B-Instruct\n  VLLM_ARGS: "--quantization fp8"\ninstance_type: Standard_NC24ads_A100_v4\ninstance_count: 1\n',
      findings: [],
    },
    {
      file: "start.sh",
      text: "openllm serve llama3.1:8b-4bit\n",
      findings: [],
    },
    {
      file: "app.py",
      text: 'import streamlit as st, torch\nfrom langchain_huggingface import HuggingFacePipeline\nllm = HuggingFacePipeline.from_model_id(model_id="meta-llama/Llama-3.2-3B-Instruct", task="text-generation", model_kwargs={"quantization_config": config})\nst.write(llm.invoke(st.text_input("q")))\n',
      findings: [],
    },
    {
      // Which one is bound a branch decides.
      file: "serve.py",
      text: 'import subprocess\nimport torch\n\nif torch.cuda.is_available():\n    MODEL = "Qwen/Qwen2.5-7B-Instruct-AWQ"\nelse:\n    MODEL = "Qwen/Qwen2.5-7B-Instruct"\nsubprocess.Popen(["vllm", "serve", MODEL])\n',
      findings: [],
    },
    {
      file: "serve_llama.py",
      text: 'from ray.serve.llm import LLMConfig\n\nconfig = LLMConfig(\n    model_loading_config=dict(model_source="meta-llama/Llama-3.1-70B-Instruct"),\n    engine_kwargs=dict(max_model_len=32768, quantization="fp8"),\n)\nother = LLMConfig(model_loading_config=dict(model_source="Qwen/Qwen3-32B"), engine_kwargs=dict(**options))\n',
      findings: [],
    },
    {
      // Asks a server that runs elsewhere.
      file: "docker-compose.yml",
      text: "services:\n  app:\n    build: .\n    environment:\n      VLLM_BASE_URL: http://vllm:8000/v1\n      VLLM_MODEL: mistralai/Mistral-7B-Instruct-v0.3\n",
      findings: [],
    },
    {
      file: "Dockerfile",
      text: "FROM vllm/vllm-openai:v0.19.1\nRUN hf download Qwen/Qwen2.5-7B-Instruct-AWQ --local-dir /models/qwen\n",
      findings: [],
    },
    {
      file: "deploy.py",
      text: 'import boto3\nfrom huggingface_hub import snapshot_download\n\nsnapshot_download(repo_id="databricks/dolly-v2-12b")\nsettings = "option.quantize=smoothquant"\nboto3.client("sagemaker").create_endpoint(EndpointName="dolly", EndpointConfigName="dolly")\n',
      findings: [],
    },
    {
      file: "values.yaml",
      text: "image:\n  repository: vllm/vllm-openai\nmodel:\n  id: google/gemma-7b-it\nextra:\n  quantization: fp8\n",
      findings: [],
    },
    {
      file: "app.py",
      text: 'import gradio as gr\nimport torch\nfrom transformers import pipeline\n\npipe = pipeline("text-generation", model="meta-llama/Llama-2-7b-hf", torch_dtype=torch.float16, model_kwargs={"load_in_4bit": True})\ngr.Interface(pipe, "text", "text").launch()\n',
      findings: [],
    },
    {
      file: "launch.sh",
      text: "MODEL_NAME=bigscience/bloom DTYPE=int8 gunicorn inference_server.server:app\nMODEL_NAME=huggyllama/llama-7b DTYPE=fp16 LOAD_IN_8BIT=1 uvicorn app:app\nMODEL_NAME=huggyllama/llama-7b DTYPE=fp16 python train.py\n",
      findings: [],
    },
    {
      file: "app.py",
      text: 'import gradio as gr\nfrom transformers import AutoModel\n\nmodel = AutoModel.from_pretrained("THUDM/chatglm-6b", trust_remote_code=True).half().quantize(4).cuda()\nencoder = AutoModel.from_pretrained("google-bert/bert-base-uncased").half()\ngr.Interface(lambda text: model.chat(text), "text", "text").launch()\n',
      findings: [],
    },
    {
      file: "serve.sh",
      text: "vllm serve meta-llama/Llama-3.1-8B-Instruct --quantization fp8\nvllm serve Qwen/Qwen2.5-7B-Instruct-AWQ\n",
      findings: [],
    },
    {
      file: "serve.sh",
      text: "vllm serve deepseek-ai/DeepSeek-V3 --tensor-parallel-size 8\nvllm serve openai/gpt-oss-120b\nvllm serve $MODEL\nvllm serve facebook/opt-125m\n",
      findings: [],
    },
    { file: "Modelfile", text: "FROM llama3.1:8b\nPARAMETER temperature 0\n", findings: [] },
    {
      file: "values.yaml",
      text: "model: mistralai/Mistral-7B-Instruct-v0.1\nextraArgs: --quantization fp8\nimage:\n  repository: example/vllm\n",
      findings: [],
    },
    {
      file: "values.yaml",
      text: "model:\n  enabled: false\n  name: mistralai/Mistral-7B-Instruct-v0.1\n  image: vllm/vllm-openai\n",
      findings: [],
    },
    {
      // Trains, routes, and is quantized.
      file: "resources.yaml",
      text: 'apiVersion: example.ai/v1\nkind: ModelTraining\nspec:\n  model:\n    id: meta-llama/Llama-3.1-8B\n---\napiVersion: example.ai/v1\nkind: InferencePool\nspec:\n  model:\n    id: meta-llama/Llama-3.1-8B\n---\napiVersion: llm.example.ai/v1\nkind: LLMModel\nspec:\n  model:\n    name: meta-llama/Llama-3.1-8B\n  serving:\n    vllmArgs: ["--quantization", "fp8"]\n',
      findings: [],
    },
    {
      file: "app.py",
      text: 'import gradio as gr\nfrom lmdeploy import TurbomindEngineConfig, pipeline\n\nconfig = TurbomindEngineConfig(cache_max_entry_count=0.2, model_format="awq")\npipe = pipeline("internlm/internlm2-chat-7b", backend_config=config)\ngr.ChatInterface(lambda text, history: pipe(text).text).launch()\n',
      findings: [],
    },
    {
      file: "deploy.py",
      text: 'from sagemaker.djl_inference import DJLModel\n\nmodel = DJLModel(model_id="meta-llama/Meta-Llama-3.1-8B-Instruct", role=role, env={"OPTION_QUANTIZE": "fp8"})\nmodel.deploy(instance_type="ml.g6.2xlarge")\n',
      findings: [],
    },
    {
      file: "build.sh",
      text: "python3 convert_checkpoint.py --model_dir ./Meta-Llama-3-70B --output_dir ./checkpoint --dtype float16 --use_weight_only --weight_only_precision int8\n",
      findings: [],
    },
    {
      file: "deploy.py",
      text: 'from sagemaker.serve.builder.model_builder import ModelBuilder\n\nbuilder = ModelBuilder(model="meta-textgeneration-llama-3-70b")\nmodel = builder.optimize(quantization_config={"OverrideEnvironment": {"OPTION_QUANTIZE": "awq"}})\nmodel.deploy(accept_eula=True)\n',
      findings: [],
    },
    {
      // Trains; reads its model from the environment as well.
      file: "run.py",
      text: 'import os\nimport torch\nfrom transformers import AutoModelForCausalLM, Trainer\n\nclass Run:\n    def load(self):\n        name = os.getenv("MODEL_ID", "tiiuae/falcon-7b")\n        return AutoModelForCausalLM.from_pretrained(name, torch_dtype=torch.bfloat16)\n\nTrainer(model=Run().load()).train()\n',
      findings: [],
    },
    {
      file: "llama.yaml",
      text: "port: 8000\nroute_prefix: /llama\nmodel_description:\n  model_id_or_path: meta-llama/Llama-2-7b-chat-hf\n  quantization_type: int8\n",
      findings: [],
    },
    {
      file: "Makefile",
      text: "MODEL = meta-llama/Llama-3.1-8B-Instruct\nifdef SMALL\nMODEL = Qwen/Qwen2.5-7B-Instruct-AWQ\nendif\nARGS := --quantization fp8\n\nserve:\n\tvllm serve $(MODEL)\n\nfast:\n\tvllm serve meta-llama/Llama-3.1-8B-Instruct $(ARGS)\n",
      findings: [],
    },
    {
      file: "run.sh",
      text: "docker run --gpus all -e MODEL_NAME=meta-llama/Llama-3.1-8B-Instruct -e QUANTIZATION=fp8 runpod/worker-v1-vllm:stable\n",
      findings: [],
    },
    {
      // A program that asks a server.
      file: ".env",
      text: "VLLM_BASE_URL=http://localhost:8000/v1\nVLLM_MODEL=mistralai/Mistral-7B-Instruct-v0.3\nVLLM_MAX_MODEL_LEN=8192\n",
      findings: [],
    },
    {
      file: ".env",
      text: "VLLM_MODEL=mistralai/Mistral-7B-Instruct-v0.3\nVLLM_GPU_MEMORY_UTILIZATION=0.9\nVLLM_QUANTIZATION=bitsandbytes\n",
      findings: [],
    },
    {
      file: ".env",
      text: 'VLLM_MODEL=mistralai/Mistral-7B-Instruct-v0.3\nVLLM_GPU_MEMORY_UTILIZATION=0.9\nVLLM_EXTRA_ARGS="--quantization fp8"\n',
      findings: [],
    },
    {
      // The launch that reads it quantizes.
      file: ".env",
      text: "VLLM_MODEL=mistralai/Mistral-7B-Instruct-v0.3\nVLLM_GPU_MEMORY_UTILIZATION=0.9\n",
      findings: [],
      evidence: {
        precisionDecidedIn: [{ subject: "vllm", file: "compose.yaml", value: "quantization fp8" }],
      },
    },
    {
      // Measures, with the engine inside the program.
      file: "evaluate.sh",
      text: "MODEL=meta-llama/Llama-3.1-8B-Instruct\nMAX_MODEL_LEN=4096\nGPU_MEMORY_UTILIZATION=0.8\nlm_eval --model vllm --model_args pretrained=$MODEL,max_model_len=$MAX_MODEL_LEN --tasks gsm8k\n",
      findings: [],
    },
    {
      // The engine's settings quantize, or are not known.
      file: "workspaces.yaml",
      text: "apiVersion: kaito.sh/v1beta1\nkind: Workspace\ninference:\n  preset:\n    name: phi-4\n  config: engine\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: engine\ndata:\n  inference_config.yaml: |\n    vllm:\n      quantization: fp8\n",
      findings: [],
    },
    {
      file: "workspace.yaml",
      text: "apiVersion: kaito.sh/v1beta1\nkind: Workspace\ninference:\n  preset:\n    name: phi-4\n  config: engine\n",
      findings: [],
    },
    {
      file: "deploy.sh",
      text: "gcloud ai model-garden models deploy --model=google/gemma3@gemma-3-27b-it --container-args=--quantization=fp8\ngcloud ai model-garden models list --model-filter=gemma\n",
      findings: [],
    },
    {
      file: "deploy.py",
      text: 'from vertexai import model_garden\n\nmodel = model_garden.OpenModel("google/gemma3@gemma-3-12b-it")\nprint(model.list_deploy_options())\n',
      findings: [],
    },
    {
      file: "config.yaml",
      text: "model_name: chat\ntrt_llm:\n  build:\n    checkpoint_repository:\n      repo: meta-llama/Llama-3.1-8B-Instruct\n      source: HF\n    quantization_type: fp8_kv\n",
      findings: [],
    },
    {
      // A template's own name.
      file: "serve.sh",
      text: "vllm serve {{ model }} --port 8000\n",
      findings: [],
    },
    {
      // Measures a server, and NVIDIA's containers choose a profile of their own.
      file: "config.env",
      text: "TEST_NAME=llama8b\nMODEL=meta-llama/Llama-3.1-8B-Instruct\nMAX_NUM_SEQS=256\nMAX_MODEL_LEN=2048\nEXPECTED_THROUGHPUT=8.0\n",
      findings: [],
    },
    {
      file: "deploy.py",
      text: 'from vertexai import model_garden\n\nmodel = model_garden.OpenModel("nvidia/llama-nemotron-super@49b")\nendpoint = model.deploy(accept_eula=True)\n',
      findings: [],
    },
    {
      // Quantized, and a program that asks the server beside it.
      file: "compose.yaml",
      text: "services:\n  llm:\n    image: vllm/vllm-openai:latest\n    command: --model hugging-quants/Meta-Llama-3.1-8B-Instruct-AWQ-INT4\n  agent:\n    image: example-agent-vllm:latest\n    environment:\n      - VLLM_BASE_URL=http://llm:8000/v1\n      - VLLM_MODEL=meta-llama/Llama-3.2-3B-Instruct\n",
      findings: [],
    },
    {
      file: ".env",
      text: "VLLM_BASE_URL=https://example.com/v1\nVLLM_MODEL=meta-llama/Llama-3.3-70B-Instruct\nVLLM_TENSOR_PARALLEL=2\n",
      findings: [],
    },
    {
      file: "tgi.env",
      text: "MODEL_ID=NousResearch/Hermes-2-Pro-Llama-3-8B\nMAX_TOTAL_TOKENS=4096\nMAX_INPUT_LENGTH=2048\nQUANTIZE=eetq\n",
      findings: [],
    },
  ],
};
