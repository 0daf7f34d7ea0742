/** Examples of FW201 on platforms: templates, requests and launchers that name the model by a parameter or an address. */

import type { Rule } from "../rule.ts";

const template = (value: string) =>
  `Parameters:\n  Model:\n    Type: String\n    Default: ${value}\nResources:\n  Served:\n    Type: AWS::SageMaker::Model\n    Properties:\n      PrimaryContainer:\n        Environment:\n          HF_MODEL_ID: !Ref Model\n          OPTION_ROLLING_BATCH: vllm\n`;

export const platformExamples: Rule["examples"] = {
  bad: [
    {
      // KServe's runtime that starts its server with a checkpoint, and a predictor whose arguments name it.
      file: "runtime.yaml",
      text: "apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\nmetadata:\n  name: chat\nspec:\n  containers:\n    - name: kserve-container\n      image: vllm/vllm-openai\n      args:\n        - --model\n        - meta-llama/Meta-Llama-3-8B\n",
      findings: ["meta-llama/Meta-Llama-3-8B"],
    },
    {
      file: "service.yaml",
      text: "apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata:\n  name: chat\nspec:\n  predictor:\n    model:\n      modelFormat:\n        name: huggingface\n      args:\n        - --model\n        - /mnt/models/meta-llama/Meta-Llama-3-8B-Instruct\n      storageUri: pvc://models\n",
      findings: ["/mnt/models/meta-llama/Meta-Llama-3-8B-Instruct"],
    },
    {
      // A platform's file that holds the command as a list.
      file: "cerebrium.toml",
      text: '[cerebrium.deployment]\nname = "chat"\n\n[cerebrium.runtime.custom]\nentrypoint = ["vllm", "serve", "meta-llama/Llama-3.1-8B-Instruct", "--port", "8000"]\nport = 8000\n',
      findings: ['"meta-llama/Llama-3.1-8B-Instruct"'],
    },
    {
      // Servers of a command line of their own.
      file: "serve.sh",
      text: "aphrodite run meta-llama/Llama-3.1-8B-Instruct\npython -m lightllm.server.api_server --model_dir /models/llama-2-7b-chat --tp 1\nmistralrs-server --port 1234 plain -m mistralai/Mistral-7B-Instruct-v0.3\nlitgpt serve checkpoints/meta-llama/Llama-3.1-8B-Instruct\n",
      findings: [
        "meta-llama/Llama-3.1-8B-Instruct",
        "/models/llama-2-7b-chat",
        "mistralai/Mistral-7B-Instruct-v0.3",
        "checkpoints/meta-llama/Llama-3.1-8B-Instruct",
      ],
    },
    {
      // Libraries that take the checkpoint as it is.
      file: "server.py",
      text: 'from fastapi import FastAPI\nfrom mlx_lm import generate, load\n\napp = FastAPI()\nmodel, tokenizer = load("meta-llama/Llama-3.1-8B-Instruct")\n',
      findings: ['"meta-llama/Llama-3.1-8B-Instruct"'],
    },
    {
      file: "app.py",
      text: 'import gradio as gr\nfrom unsloth import FastLanguageModel\n\nmodel, tokenizer = FastLanguageModel.from_pretrained(model_name="unsloth/llama-3-8b", load_in_4bit=False)\ngr.ChatInterface(answer).launch()\n',
      findings: ['"unsloth/llama-3-8b"'],
    },
    {
      // LLaVA's own loader, without its switches.
      file: "handler.py",
      text: 'import runpod\nfrom llava.model.builder import load_pretrained_model\n\nLOAD_8BIT = False\ntokenizer, model, images, length = load_pretrained_model("liuhaotian/llava-v1.6-mistral-7b", None, "llava-v1.6-mistral-7b", LOAD_8BIT, False, device="cuda")\nrunpod.serverless.start({"handler": run})\n',
      findings: ['"liuhaotian/llava-v1.6-mistral-7b"'],
    },
    {
      // Quantization is a switch that is off by default.
      file: "server.py",
      text: 'import argparse\nimport torch\nfrom fastapi import FastAPI\nfrom transformers import AutoModelForCausalLM, BitsAndBytesConfig\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--load-4bit", action="store_true")\nargs = parser.parse_args()\napp = FastAPI()\nconfig = None\nif args.load_4bit:\n    config = BitsAndBytesConfig(load_in_4bit=True)\nmodel = AutoModelForCausalLM.from_pretrained("mistralai/Mistral-7B-Instruct-v0.2", quantization_config=config, torch_dtype=torch.bfloat16)\n',
      findings: ['"mistralai/Mistral-7B-Instruct-v0.2"'],
    },
    {
      // A folder of the Hugging Face format is imported in the 16 bits that it has.
      file: "Modelfile",
      text: "FROM ./Meta-Llama-3-8B-Instruct-merged\nPARAMETER temperature 0.7\n",
      findings: ["./Meta-Llama-3-8B-Instruct-merged"],
    },
    {
      // Layers from disk one after the other, in 16 bits.
      file: "app.py",
      text: 'import gradio as gr\nfrom airllm import AutoModel\n\nmodel = AutoModel.from_pretrained("meta-llama/Llama-2-70b-hf")\ngr.Interface(lambda text: model.generate(text), "text", "text").launch()\n',
      findings: ['"meta-llama/Llama-2-70b-hf"'],
    },
    {
      // A path that is put together says what it ends with.
      file: "inference.py",
      text: 'import modal\nfrom vllm.engine.arg_utils import AsyncEngineArgs\n\nMODELS = "/models"\nNAME = "org/llama-8b-instruct"\napp = modal.App("chat")\n\n@app.function(gpu="H100")\n@modal.asgi_app()\ndef serve():\n    return start(AsyncEngineArgs(model=MODELS + "/" + NAME))\n',
      findings: ['MODELS + "/" + NAME'],
    },
    {
      // The default of a template's parameter.
      file: "stack.yaml",
      text: template("Qwen/Qwen2.5-7B-Instruct"),
      findings: ["Model"],
    },
    {
      // A command over several lines; what the platform registers beside it is a name for clients.
      file: "vllm.dstack.yml",
      text: "type: service\ncommands:\n  - pip install vllm\n  - python -m vllm.entrypoints.openai.api_server\n    --model mistralai/Mixtral-8X7B-Instruct-v0.1\n    --tensor-parallel-size 2 # one for each GPU\nport: 8000\nmodel:\n  type: chat\n  name: TheBloke/Mixtral-8x7B-Instruct-v0.1-GPTQ\n",
      findings: ["mistralai/Mixtral-8X7B-Instruct-v0.1"],
    },
    {
      // Said once, although the platform is told the model's name as well.
      file: "tgi.dstack.yml",
      text: "type: service\nimage: ghcr.io/huggingface/text-generation-inference:latest\nenv:\n  - MODEL_ID=mistralai/Mistral-7B-Instruct-v0.1\ncommands:\n  - text-generation-launcher --port 80\nmodel:\n  format: tgi\n  name: mistralai/Mistral-7B-Instruct-v0.1\n",
      findings: ["mistralai/Mistral-7B-Instruct-v0.1"],
    },
    {
      // A launcher of an image that is built on vLLM; the bucket is not known, the model's folder is.
      file: "serve.yaml",
      text: 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: server\n          image: registry.example/team/vllm-server:0.1\n          command: ["python3", "/srv/launcher.py", "--tensor_parallel_size=2", "--model_gcs_uri=$(MODEL_URI)"]\n          env:\n            - name: MODEL_URI\n              value: gs://$BUCKET/llama-2-7b-chat-hf\n',
      findings: ['"--model_gcs_uri=$(MODEL_URI)"'],
    },
    {
      // The body of a request to Vertex AI.
      file: "deploy.py",
      text: 'import os\nimport requests\nfrom google.cloud import aiplatform\n\nBUCKET = "gs://bucket"\nIMAGE = "example.pkg.dev/team/llmserve/vllm-runtime:1.0"\nname = "llama2-7b-hf"\nmodel = os.path.join(BUCKET, name)\ncontainer = {\n    "imageUri": IMAGE,\n    "args": ["--host=0.0.0.0", f"--model={model}", "--tensor-parallel-size=2", "--swap-space=16"],\n}\nrequests.post(URL, json={"containerSpec": container})\n',
      findings: ['f"--model={model}"'],
    },
    {
      // An image that nobody knows, with variables of TGI's launcher.
      file: "deploy.py",
      text: 'import os\nfrom google.cloud import aiplatform\n\nmodel = aiplatform.Model.upload(\n    display_name="chat",\n    serving_container_image_uri=os.environ["IMAGE"],\n    serving_container_environment_variables={"MODEL_ID": "meta-llama/Llama-3.1-8B-Instruct", "NUM_SHARD": "2", "MAX_INPUT_TOKENS": "512"},\n)\nmodel.deploy(machine_type="g2-standard-24")\n',
      findings: ['"meta-llama/Llama-3.1-8B-Instruct"'],
    },
    {
      // What the engine loads is a variable; the container is told the base model.
      file: "deploy.py",
      text: 'import os\nfrom google.cloud import aiplatform\n\ndef deploy(model_id, base_model_id):\n    args = ["python", "-m", "vllm.entrypoints.api_server", f"--model={model_id}", "--dtype=bfloat16"]\n    variables = {"MODEL_ID": base_model_id}\n    return aiplatform.Model.upload(serving_container_image_uri=VLLM_DOCKER_URI, serving_container_args=args, serving_container_environment_variables=variables)\n\ndeploy(model_id=os.environ["TUNED"], base_model_id="google/gemma-7b")\n',
      findings: ["base_model_id"],
    },
    {
      file: "deploy.py",
      text: 'from sagemaker import model_uris\nfrom sagemaker.model import Model\n\nuri = model_uris.retrieve(model_id="huggingface-text2text-flan-t5-xxl", model_version="*", model_scope="inference")\nModel(image_uri=IMAGE, model_data=uri, role=ROLE).deploy(initial_instance_count=1, instance_type="ml.g5.12xlarge")\n',
      findings: ['"huggingface-text2text-flan-t5-xxl"'],
    },
    {
      // Downloaded, packed and deployed, beside the encoder of the search.
      file: "deploy.py",
      text: 'import sagemaker\nfrom huggingface_hub import snapshot_download\n\nsnapshot_download(repo_id="baichuan-inc/Baichuan-13B-Chat", cache_dir="model")\nsnapshot_download(repo_id="moka-ai/m3e-base", cache_dir="encoder")\nsagemaker.model.Model(image_uri=IMAGE, model_data=PACKED).deploy(initial_instance_count=1, instance_type="ml.g5.12xlarge")\n',
      findings: ['"baichuan-inc/Baichuan-13B-Chat"'],
    },
    {
      // Mounted from a volume: the folder there says what it is.
      file: "service.yaml",
      text: "apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata:\n  name: chat\nspec:\n  predictor:\n    model:\n      modelFormat:\n        name: vllm\n      storageUri: pvc://weights/Qwen--Qwen2.5-7B-Instruct\n      args:\n        - --model=/mnt/models/merged\n        - --max-model-len=4096\n",
      findings: ["pvc://weights/Qwen--Qwen2.5-7B-Instruct"],
    },
    {
      file: "service.yaml",
      text: "apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata:\n  name: chat\nspec:\n  predictor:\n    model:\n      modelFormat:\n        name: vLLM\n      storageUri: s3://bucket/prod/v3\n      args:\n        - --served-model-name=granite-3.1-8b-instruct\n",
      findings: ["granite-3.1-8b-instruct"],
    },
    {
      file: "service.yaml",
      text: "apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata:\n  name: mistral-7b-instruct\nspec:\n  predictor:\n    model:\n      modelFormat:\n        name: vLLM\n      storageUri: pvc://weights/chat\n      args:\n        - --dtype=float16\n",
      findings: ["mistral-7b-instruct"],
    },
    {
      file: "service.yaml",
      text: 'apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nspec:\n  predictor:\n    containers:\n      - name: kserve-container\n        image: vllm/vllm-openai:v0.10.0\n        args: [--model, /mnt/models, --port, "8080"]\n        env:\n          - name: STORAGE_URI\n            value: pvc://weights/mistral-7b-instruct-v0.3\n',
      findings: ["/mnt/models"],
    },
    {
      // Under a name of the resource's own, or of the catalogue's.
      file: "endpoint.yaml",
      text: "apiVersion: inference.sagemaker.aws.amazon.com/v1alpha1\nkind: InferenceEndpointConfig\nmetadata:\n  name: endpoint\nspec:\n  modelName: qwen2-5-7b-tuned\n  modelSourceConfig:\n    modelSourceType: fsx\n    modelLocation: runs/last/model\n  worker:\n    image: registry.example/vllm:server-cuda\n    args: [--model, /opt/ml/model, --dtype, bfloat16]\n",
      findings: ["qwen2-5-7b-tuned"],
    },
    {
      file: "endpoint.yaml",
      text: "apiVersion: inference.sagemaker.aws.amazon.com/v1alpha1\nkind: JumpStartModel\nmetadata:\n  name: endpoint\nspec:\n  model:\n    modelHubName: SageMakerPublicHub\n    modelId: huggingface-llm-mistral-7b-instruct\n  server:\n    instanceType: ml.g5.8xlarge\n",
      findings: ["huggingface-llm-mistral-7b-instruct"],
    },
    {
      // What an application's builder is handed, or a deployment of it.
      file: "service.yaml",
      text: "apiVersion: ray.io/v1\nkind: RayService\nmetadata:\n  name: chat\nspec:\n  serveConfigV2: |\n    applications:\n      - name: chat\n        import_path: app:build\n        args:\n          model: mistralai/Mistral-7B-Instruct-v0.2\n          dtype: float16\n",
      findings: ["mistralai/Mistral-7B-Instruct-v0.2"],
    },
    {
      file: "serve.yaml",
      text: "import_path: app:chat\ndeployments:\n  - name: Chat\n    user_config:\n      model_id: meta-llama/Llama-2-7b-chat-hf\n",
      findings: ["meta-llama/Llama-2-7b-chat-hf"],
    },
    {
      // A program's own settings, which it hands to vLLM.
      file: "settings.yaml",
      text: "model:\n  model_id: mistralai/Mistral-7B-Instruct-v0.2\n  gpu_memory_utilization: 0.9\n  max_model_len: 8192\nsampling:\n  temperature: 0.7\n",
      findings: ["mistralai/Mistral-7B-Instruct-v0.2"],
    },
  ],
  good: [
    {
      // Quantized by one of its names; named by none of them.
      file: "service.yaml",
      text: "apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata:\n  name: qwen-7b\nspec:\n  predictor:\n    model:\n      modelFormat:\n        name: vllm\n      storageUri: pvc://weights/Qwen2.5-7B-Instruct-AWQ\n      args:\n        - --model=/mnt/models/qwen-7b\n        - --dtype=float16\n",
      findings: [],
    },
    {
      file: "service.yaml",
      text: "apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata:\n  name: chat-7b\nspec:\n  predictor:\n    model:\n      modelFormat:\n        name: vLLM\n      storageUri: pvc://weights/chat\n",
      findings: [],
    },
    {
      file: "endpoint.yaml",
      text: "apiVersion: inference.sagemaker.aws.amazon.com/v1alpha1\nkind: InferenceEndpointConfig\nmetadata:\n  name: endpoint\nspec:\n  modelName: llama-3-8b\n  modelSourceConfig:\n    modelLocation: weights/chat\n  worker:\n    image: registry.example/djl-inference:0.32.0-lmi\n    environmentVariables:\n      - name: OPTION_QUANTIZE\n        value: fp8\n",
      findings: [],
    },
    {
      file: "service.yaml",
      text: "apiVersion: ray.io/v1\nkind: RayService\nmetadata:\n  name: chat\nspec:\n  serveConfigV2: |\n    applications:\n      - name: chat\n        import_path: app:build\n        args:\n          engine:\n            model: mistralai/Mistral-7B-Instruct-v0.2\n            quantization: fp8\n",
      findings: [],
    },
    {
      // An application that asks a server.
      file: "service.yaml",
      text: "apiVersion: ray.io/v1\nkind: RayService\nmetadata:\n  name: chat\nspec:\n  serveConfigV2: |\n    applications:\n      - name: chat\n        import_path: app:build\n        args:\n          model: mistralai/Mistral-7B-Instruct-v0.2\n          base_url: http://llm:8000/v1\n",
      findings: [],
    },
    {
      // A measurement.
      file: "settings.yaml",
      text: "model_name: meta-llama/Llama-3.1-8B-Instruct\ntasks: mmlu\ntensor_parallel_size: 1\ngpu_memory_utilization: 0.9\noutput_path: results\n",
      findings: [],
    },
    {
      // Training, which samples with such a server.
      file: "settings.yaml",
      text: "sampler:\n  model_name: meta-llama/Llama-3.1-8B-Instruct\n  tensor_parallel_size: 1\n  gpu_memory_utilization: 0.9\ntraining:\n  epochs: 2\n",
      findings: [],
    },
    {
      // A server's settings, as an experiment with it records them.
      file: "settings.yaml",
      text: "name: baseline\nurl: http://localhost:8000/chat\nconcurrency: [1, 4]\nenvironment:\n  model: Qwen2.5-7B-Instruct\n  vllm_max_model_len: 2048\n  vllm_gpu_memory_utilization: 0.65\n",
      findings: [],
    },
    {
      file: "serve.sh",
      text: "aphrodite run meta-llama/Llama-3.1-8B-Instruct -q fp8\npython -m lightllm.server.api_server --model_dir /models/llama-2-7b-chat --mode triton_int8weight\nmistralrs-server --isq Q4K plain -m mistralai/Mistral-7B-Instruct-v0.3\nlitgpt serve checkpoints/meta-llama/Llama-3.1-8B-Instruct --quantize bnb.nf4\nlitgpt finetune meta-llama/Llama-3.1-8B-Instruct\n",
      findings: [],
    },
    {
      // 4 bits: by name, and by default.
      file: "server.py",
      text: 'from fastapi import FastAPI\nfrom mlx_lm import load\nfrom unsloth import FastLanguageModel\n\napp = FastAPI()\nmodel, tokenizer = load("mlx-community/Llama-3.1-8B-Instruct-4bit")\nother, _ = FastLanguageModel.from_pretrained("unsloth/llama-3-8b")\n',
      findings: [],
    },
    {
      // A template for whichever model; LLaVA in 4 bits.
      file: "runtime.yaml",
      text: "apiVersion: serving.kserve.io/v1alpha1\nkind: ClusterServingRuntime\nmetadata:\n  name: vllm\nspec:\n  containers:\n    - name: kserve-container\n      image: vllm/vllm-openai\n      args:\n        - --model=/mnt/models\n        - --served-model-name=meta-llama/Meta-Llama-3-8B\n",
      findings: [],
    },
    {
      file: "handler.py",
      text: 'import runpod\nfrom llava.model.builder import load_pretrained_model\n\ntokenizer, model, images, length = load_pretrained_model("liuhaotian/llava-v1.6-mistral-7b", None, "llava-v1.6-mistral-7b", load_4bit=True, device="cuda")\nrunpod.serverless.start({"handler": run})\n',
      findings: [],
    },
    {
      // The switch is on unless it is turned off; a configuration in either case.
      file: "server.py",
      text: 'import torch\nfrom fastapi import FastAPI\nfrom transformers import AutoModelForCausalLM, BitsAndBytesConfig\n\napp = FastAPI()\nQUANTIZE = True\nconfig = None\nif QUANTIZE:\n    config = BitsAndBytesConfig(load_in_4bit=True)\nmodel = AutoModelForCausalLM.from_pretrained("mistralai/Mistral-7B-Instruct-v0.2", quantization_config=config, torch_dtype=torch.bfloat16)\n',
      findings: [],
    },
    {
      // A file of llama.cpp's, a tag of the library.
      file: "Modelfile",
      text: "FROM ./llama-3-8b-merged.gguf\n",
      findings: [],
    },
    { file: "Modelfile", text: "FROM llama3.1:8b\n", findings: [] },
    {
      file: "app.py",
      text: 'import gradio as gr\nfrom airllm import AutoModel\n\nmodel = AutoModel.from_pretrained("meta-llama/Llama-2-70b-hf", compression="4bit")\ngr.Interface(lambda text: model.generate(text), "text", "text").launch()\n',
      findings: [],
    },
    {
      file: "stack.yaml",
      text: template("Qwen/Qwen2.5-7B-Instruct-AWQ"),
      findings: [],
    },
    {
      // No default: whoever makes the stack decides.
      file: "stack.json",
      text: '{"Parameters": {"Model": {"Type": "String"}}, "Resources": {"Served": {"Type": "AWS::SageMaker::Model", "Properties": {"PrimaryContainer": {"Environment": {"HF_MODEL_ID": {"Ref": "Model"}}}}}}}',
      findings: [],
    },
    {
      // The training script's address.
      file: "train.py",
      text: 'from sagemaker import model_uris\nfrom sagemaker.estimator import Estimator\n\nuri = model_uris.retrieve(model_id="huggingface-text2text-flan-t5-xxl", model_version="*", model_scope="training")\npredictor = Estimator(model_uri=uri).deploy(initial_instance_count=1, instance_type="ml.g5.12xlarge")\n',
      findings: [],
    },
    {
      // A launcher of an image of its own.
      file: "serve.yaml",
      text: 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: server\n          image: registry.example/team/vllm-server:0.1\n          command: ["python3", "/srv/launcher.py", "--tensor_parallel_size=2", "--quantization=fp8", "--model_path=/models/llama-2-7b"]\n',
      findings: [],
    },
    {
      // Of an image that nobody knows: quantized later, or a server that may be any.
      file: "deploy.py",
      text: 'import os\nfrom google.cloud import aiplatform\n\nvariables = {"MODEL_ID": "meta-llama/Llama-3.1-8B-Instruct", "NUM_SHARD": "2", "MAX_INPUT_TOKENS": "512"}\nvariables["QUANTIZE"] = "eetq"\nmodel = aiplatform.Model.upload(\n    display_name="chat",\n    serving_container_image_uri=os.environ["IMAGE"],\n    serving_container_environment_variables=variables,\n)\nmodel.deploy(machine_type="g2-standard-24")\nmodel = aiplatform.Model.upload(\n    display_name="chat",\n    serving_container_image_uri=os.environ["IMAGE"],\n    serving_container_environment_variables={"MODEL_ID": "meta-llama/Llama-3.1-8B-Instruct", "PORT": "8080"},\n)\nmodel.deploy(machine_type="g2-standard-24")\n',
      findings: [],
    },
    {
      // Asks a server, whose limits it knows.
      file: "docker-compose.yml",
      text: "services:\n  chat:\n    image: registry.example/team/chat-ui:1.4\n    environment:\n      MODEL_ID: meta-llama/Llama-3.1-8B-Instruct\n      MAX_INPUT_TOKENS: 2048\n      MAX_TOTAL_TOKENS: 4096\n      LLM_URL: http://gpu-host:8080\n",
      findings: [],
    },
  ],
};
