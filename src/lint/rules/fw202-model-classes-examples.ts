/** Examples of FW202 in programs without a server of their own, and of networks that are told so where they are used. */

import type { Rule } from "../rule.ts";

export const modelClassExamples: Rule["examples"] = {
  bad: [
    {
      // A service's class, by the name of its file.
      file: "sam_service.py",
      text: 'import torch\nfrom segment_anything import SamPredictor, sam_model_registry\n\nclass Segmenter:\n    def load(self, kind):\n        device = "cuda" if torch.cuda.is_available() else "cpu"\n        sam = sam_model_registry[kind](checkpoint=self.path)\n        sam.to(device=device)\n        self.predictor = SamPredictor(sam)\n\n    def segment_object(self, image):\n        self.predictor.set_image(image)\n        return self.predictor.predict()\n',
      findings: ["sam_model_registry[kind]"],
    },
    {
      // Large encoders, by whichever library.
      file: "app.py",
      text: 'from fastapi import FastAPI\nfrom langchain_huggingface import HuggingFaceEmbeddings\nfrom sentence_transformers import CrossEncoder\n\napp = FastAPI()\nsmall = HuggingFaceEmbeddings(model_name="all-MiniLM-L6-v2")\nfind = HuggingFaceEmbeddings(model_name="BAAI/bge-m3", model_kwargs={"device": "cuda"})\nrank = CrossEncoder("BAAI/bge-reranker-v2-m3")\n',
      findings: ["HuggingFaceEmbeddings", "CrossEncoder"],
    },
    {
      // An accelerator of another maker computes in 16 bits, too.
      file: "app.py",
      text: 'import torch\nfrom fastapi import FastAPI\nfrom transformers import GPT2LMHeadModel\n\napp = FastAPI()\ndevice = "mps" if torch.backends.mps.is_available() else "cpu"\nmodel = GPT2LMHeadModel.from_pretrained("gpt2").to(device)\n',
      findings: ["GPT2LMHeadModel.from_pretrained"],
    },
    {
      // A worker that waits for its next request.
      file: "worker.py",
      text: 'import redis\nfrom transformers import pipeline\n\nqueue = redis.Redis()\nsummarize = pipeline("summarization", model="facebook/bart-large-cnn", device=0)\nwhile True:\n    _, text = queue.blpop("texts")\n    queue.rpush("out", summarize(text.decode())[0]["summary_text"])\n',
      findings: ["pipeline"],
    },
    {
      // SageMaker's container for transformers 4.
      file: "deploy.py",
      text: 'from sagemaker.huggingface import HuggingFaceModel\n\nhub = {"HF_MODEL_ID": "facebook/bart-large-cnn", "HF_TASK": "summarization"}\nmodel = HuggingFaceModel(transformers_version="4.26", pytorch_version="1.13", py_version="py39", env=hub, role=role)\nmodel.deploy(initial_instance_count=1, instance_type="ml.g4dn.xlarge")\n',
      findings: ["HuggingFaceModel"],
    },
    {
      // The device is the environment's; TorchServe's handler may be a function.
      file: "app.py",
      text: 'import os\nfrom fastapi import FastAPI\nfrom transformers import pipeline\n\napp = FastAPI()\npipe = pipeline("summarization", model="facebook/bart-large-cnn", device=os.getenv("DEVICE", "cpu"))\n',
      findings: ["pipeline"],
    },
    {
      file: "handler.py",
      text: "import torch\nfrom torch import nn\nfrom torchvision import models\n\ndef build():\n    return nn.Sequential(*list(models.resnet101(pretrained=True).children())[:-1])\n\ndef handle(data, context):\n    device = torch.device(f\"cuda:{context.system_properties.get('gpu_id')}\")\n    return build().to(device)(data)\n",
      findings: ["models.resnet101"],
    },
    {
      // One of several that a service can take, with a default.
      file: "recognition.py",
      text: 'from transformers import pipeline\n\nclass WhisperASR(ASRInterface):\n    def __init__(self, **options):\n        name = options.get("model_name", "openai/whisper-large-v3")\n        self.recognize = pipeline("automatic-speech-recognition", model=name)\n\n    def transcribe(self, file):\n        return self.recognize(file)["text"]\n',
      findings: ["pipeline"],
    },
    {
      // NeMo's, from a file.
      file: "inference.py",
      text: 'import nemo.collections.asr as nemo_asr\n\ndef model_fn(folder):\n    return nemo_asr.models.ASRModel.restore_from("parakeet.nemo").to("cuda")\n',
      findings: ["nemo_asr.models.ASRModel.restore_from"],
    },
    {
      // A class that loads and answers; what it is for, its name, its place or its words say.
      file: "app/llm.py",
      text: 'from transformers import AutoModelForCausalLM, AutoTokenizer\n\nclass ChatModel:\n    def __init__(self, name="microsoft/phi-2"):\n        self.tokenizer = AutoTokenizer.from_pretrained(name)\n        self.model = AutoModelForCausalLM.from_pretrained(name).to("cuda")\n\n    def generate(self, prompt):\n        return self.model.generate(**self.tokenizer(prompt, return_tensors="pt"))\n',
      findings: ["AutoModelForCausalLM.from_pretrained"],
    },
    {
      file: "celery_worker/ml/model.py",
      text: 'from transformers import pipeline\n\nclass Opinions(Base):\n    def __init__(self):\n        self.pipe = pipeline("summarization", model="facebook/bart-large-cnn")\n\n    def predict(self, text):\n        return self.pipe(text)\n',
      findings: ["pipeline"],
    },
    {
      file: "minutes.py",
      text: 'from transformers import AutoModelForSeq2SeqLM\n\nclass Minutes(Base):\n    """Sums up meetings; one per worker of the queue."""\n\n    def load(self):\n        self.model = AutoModelForSeq2SeqLM.from_pretrained("google/flan-t5-base")\n\n    def summarize(self, text):\n        return self.model.generate(text)\n',
      findings: ["AutoModelForSeq2SeqLM.from_pretrained"],
    },
    {
      // A module of a service.
      file: "api/app/model.py",
      text: 'import torch\nfrom transformers import AutoModelForCausalLM\n\nmodel = AutoModelForCausalLM.from_pretrained("Qwen/Qwen2.5-0.5B-Instruct", torch_dtype=torch.float32)\n\ndef generate_text(prompt):\n    return model.generate(prompt)\n',
      findings: ["AutoModelForCausalLM.from_pretrained"],
    },
    {
      // A module that is imported: it leaves its functions to others.
      file: "captions.py",
      text: 'from transformers import BlipForConditionalGeneration, BlipProcessor\n\nprocessor = BlipProcessor.from_pretrained("Salesforce/blip-image-captioning-large")\nmodel = BlipForConditionalGeneration.from_pretrained("Salesforce/blip-image-captioning-large")\n\ndef generate_caption(image):\n    return model.generate(**processor(image, return_tensors="pt"))\n',
      findings: ["BlipForConditionalGeneration.from_pretrained"],
    },
    {
      // ControlNet by its own code.
      file: "predictor.py",
      text: 'import flask\nfrom cldm.model import create_model, load_state_dict\n\napp = flask.Flask(__name__)\nmodel = create_model("./models/cldm_v15.yaml").cpu()\nmodel.load_state_dict(load_state_dict("control_sd15_hed.pth", location="cuda"))\nmodel = model.cuda()\n\n@app.route("/invocations", methods=["POST"])\ndef run():\n    return paint(model, flask.request.json)\n',
      findings: ["create_model"],
    },
    {
      // XTTS by its own class.
      file: "voice.py",
      text: 'import torch\nfrom TTS.tts.configs.xtts_config import XttsConfig\nfrom TTS.tts.models.xtts import Xtts\n\nclass Vocalizer:\n    def load(self, folder):\n        config = XttsConfig()\n        config.load_json(folder + "/config.json")\n        self.model = Xtts.init_from_config(config)\n        self.model.load_checkpoint(config, checkpoint_dir=folder, eval=True)\n        if torch.cuda.is_available():\n            self.model.cuda()\n',
      findings: ["Xtts.init_from_config"],
    },
    {
      // A module that another file serves.
      file: "voices.py",
      text: 'import torch\nfrom voice.own import LocalXtts\n\ndef load(folder):\n    model = LocalXtts.init_from_config(folder)\n    model.to("cuda")\n    return model\n',
      findings: ["LocalXtts.init_from_config"],
      evidence: { servedBy: { file: "app.py", what: "gradio" } },
    },
    {
      // A worker of a queue; a folder of Azure ML's.
      file: "summaries.py",
      text: 'import pika\nfrom transformers import pipeline\n\nsummarize = pipeline("summarization", model="facebook/bart-large-cnn", device=0)\nchannel = pika.BlockingConnection(pika.ConnectionParameters("rabbit")).channel()\nchannel.basic_consume("in", lambda *message: summarize(message[-1].decode()))\nchannel.start_consuming()\n',
      findings: ["pipeline"],
    },
    {
      file: "score.py",
      text: 'import os\nfrom transformers import pipeline\n\ndef init():\n    global summarize\n    summarize = pipeline("summarization", model=os.path.join(os.environ["AZUREML_MODEL_DIR"], "model"))\n\ndef run(data):\n    return summarize(data)\n',
      findings: ["pipeline"],
    },
    {
      // Networks of other libraries on a GPU.
      file: "app.py",
      text: 'from dia.model import Dia\nfrom flask import Flask\nfrom mmdet.apis import init_detector\n\napp = Flask(__name__)\nspeak = Dia.from_pretrained("nari-labs/Dia-1.6B", device="cuda")\nsee = init_detector("rtmdet.py", "rtmdet.pth", device="cuda:0")\n',
      findings: ["Dia.from_pretrained", "init_detector"],
    },
    {
      // openai-whisper is told to stay in float32 where it transcribes.
      file: "app.py",
      text: 'import whisper\nfrom flask import Flask, request\n\napp = Flask(__name__)\nmodel = whisper.load_model("medium")\n\n@app.post("/transcribe")\ndef transcribe():\n    return model.transcribe(request.json["path"], fp16=False)\n',
      findings: ["whisper.load_model"],
    },
    {
      file: "handler.py",
      text: 'import runpod\nimport whisper\n\nmodel = whisper.load_model("large-v3")\n\ndef run(job):\n    options = whisper.DecodingOptions(language="en", fp16=False)\n    return whisper.decode(model, job["input"]["mel"], options).text\n\nrunpod.serverless.start({"handler": run})\n',
      findings: ["whisper.load_model"],
    },
    {
      // A detector on a platform for models, and one that is moved to the GPU.
      file: "handler.py",
      text: 'import runpod\nfrom ultralytics import YOLO\n\nmodel = YOLO("best.pt")\n\ndef run(job):\n    return model.predict(job["input"]["image"], conf=0.25)[0].tojson()\n\nrunpod.serverless.start({"handler": run})\n',
      findings: ["YOLO"],
    },
    {
      file: "app.py",
      text: 'import torch\nfrom fastapi import FastAPI\nfrom ultralytics import YOLO\n\napp = FastAPI()\ndevice = "cuda" if torch.cuda.is_available() else "cpu"\nmodel = YOLO("yolov8x.pt")\nmodel.to(device)\n\n@app.post("/detect")\ndef detect(path: str):\n    return model(path)[0].tojson()\n',
      findings: ["YOLO"],
    },
    {
      file: "app.py",
      text: 'from accelerate import init_empty_weights, load_checkpoint_and_dispatch\nfrom flask import Flask\nfrom transformers import AutoConfig, AutoModelForCausalLM\n\napp = Flask(__name__)\nwith init_empty_weights():\n    model = AutoModelForCausalLM.from_config(AutoConfig.from_pretrained("facebook/opt-13b"))\nmodel = load_checkpoint_and_dispatch(model, "opt-13b", device_map="auto")\n',
      findings: ["AutoModelForCausalLM.from_config"],
    },
    {
      // What the model gave is kept in 16 bits, not the model.
      file: "app.py",
      text: 'import torch\nfrom fastapi import FastAPI\nfrom transformers import AutoModelForSeq2SeqLM\n\napp = FastAPI()\nmodel = AutoModelForSeq2SeqLM.from_pretrained("google/flan-t5-large").to("cuda")\n\n@app.post("/embed")\ndef embed(x):\n    return model.encoder(x).last_hidden_state.cpu().squeeze().half().tolist()\n',
      findings: ["AutoModelForSeq2SeqLM.from_pretrained"],
    },
    {
      // Lightning's server takes a GPU where there is one.
      file: "server.py",
      text: 'import litserve as ls\nimport torch\nfrom net import SegmentationNet\n\nclass Segments(ls.LitAPI):\n    def setup(self, device):\n        self.model = SegmentationNet()\n        self.model.load_state_dict(torch.load("best.pt"))\n        self.model.to(device).eval()\n\n    def predict(self, x):\n        return self.model(x)\n\nls.LitServer(Segments(), accelerator="gpu").run(port=8000)\n',
      findings: ["self.model.load_state_dict"],
    },
    {
      // No encoder: it generates.
      file: "app.py",
      text: 'import gradio as gr\nfrom transformers import AutoModel, AutoProcessor\n\nprocessor = AutoProcessor.from_pretrained("suno/bark-small")\nmodel = AutoModel.from_pretrained("suno/bark-small")\ngr.Interface(lambda text: model.generate(**processor(text)), "text", "audio").launch()\n',
      findings: ["AutoModel.from_pretrained"],
    },
    {
      // float32 is chosen behind the load, whichever model it is.
      file: "api.py",
      text: 'import sys\nimport uvicorn\nfrom fastapi import FastAPI\nfrom transformers import AutoModel\n\napp = FastAPI()\n\n@app.post("/chat")\ndef chat(query: str):\n    return model.chat(query)\n\nmodel = AutoModel.from_pretrained(sys.argv[1], trust_remote_code=True).float().cuda()\nuvicorn.run(app)\n',
      findings: ["AutoModel.from_pretrained"],
    },
    {
      file: "api.py",
      text: 'import os\nfrom fastapi import FastAPI\nfrom transformers import AutoModel\n\napp = FastAPI()\nmodel = AutoModel.from_pretrained(os.environ["MODEL"], trust_remote_code=True)\nmodel = model.float()\nmodel.cuda()\n',
      findings: ["AutoModel.from_pretrained"],
    },
    {
      // Read on the CPU first.
      file: "app.py",
      text: 'import torch\nimport whisper\nfrom flask import Flask\n\napp = Flask(__name__)\ndevice = "cuda" if torch.cuda.is_available() else "cpu"\nmodel = whisper.load_model("medium", device="cpu")\nmodel = model.to(device)\n\ndef transcribe(path):\n    return model.transcribe(path, fp16=False)\n',
      findings: ["whisper.load_model"],
    },
  ],
  good: [
    {
      // An encoder of sound below half a billion.
      file: "app.py",
      text: 'from fastapi import FastAPI\nfrom transformers import Wav2Vec2ForCTC\n\napp = FastAPI()\nmodel = Wav2Vec2ForCTC.from_pretrained("facebook/wav2vec2-xls-r-300m").to("cuda")\n',
      findings: [],
    },
    {
      // For beginners' digits, and of a few layers that stand here.
      file: "mnist-pytorch/inference.py",
      text: 'import torch\nfrom net import Net\n\ndef model_fn(model_dir):\n    model = Net()\n    model.load_state_dict(torch.load(model_dir + "/model.pth"))\n    return model.to(torch.device("cuda"))\n',
      findings: [],
    },
    {
      file: "inference.py",
      text: 'import torch\nfrom torch import nn\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.conv = nn.Conv2d(3, 10, kernel_size=5)\n        self.out = nn.Linear(50, 10)\n\ndef model_fn(model_dir):\n    model = Net()\n    model.load_state_dict(torch.load(model_dir + "/model.pth"))\n    return model.to(torch.device("cuda"))\n',
      findings: [],
    },
    {
      // The weights are spread over the module in 16 bits.
      file: "app.py",
      text: 'import torch\nfrom accelerate import init_empty_weights, load_checkpoint_and_dispatch\nfrom flask import Flask\nfrom transformers import AutoConfig, AutoModelForCausalLM\n\napp = Flask(__name__)\nwith init_empty_weights():\n    model = AutoModelForCausalLM.from_config(AutoConfig.from_pretrained("facebook/opt-13b"))\nmodel = load_checkpoint_and_dispatch(model, "opt-13b", device_map="auto", dtype=torch.float16)\n',
      findings: [],
    },
    {
      // float32 is what its function gives without a GPU.
      file: "transcription.py",
      text: 'import torch\nfrom fastapi import FastAPI\nfrom transformers import pipeline\n\napp = FastAPI()\n\ndef pick():\n    if torch.cuda.is_available():\n        return 0, torch.float16\n    return -1, torch.float32\n\ndef load():\n    device, dtype = pick()\n    return pipeline("automatic-speech-recognition", model="openai/whisper-medium.en", device=device, dtype=dtype)\n\nmodel = load()\n',
      findings: [],
    },
    {
      file: "deploy.py",
      text: 'from sagemaker.huggingface import HuggingFaceModel\n\nhub = {"HF_MODEL_ID": "facebook/bart-large-cnn", "HF_TASK": "summarization"}\nmodel = HuggingFaceModel(transformers_version="4.26", env=hub, role=role)\nmodel.deploy(initial_instance_count=1, instance_type="ml.m5.xlarge")\nsmall = HuggingFaceModel(transformers_version="4.26", env={"HF_MODEL_ID": "distilbert-base-uncased", "HF_TASK": "text-classification"})\n',
      findings: [],
    },
    {
      // Moved in 16 bits, before its weights are loaded.
      file: "app.py",
      text: 'import torch\nfrom beam import endpoint\nfrom diffusers import UNet2DConditionModel\nfrom safetensors.torch import load_file\n\n@endpoint(gpu="A10G")\ndef paint(prompt):\n    unet = UNet2DConditionModel.from_config("base", subfolder="unet").to("cuda", torch.float16)\n    unet.load_state_dict(load_file("unet.safetensors"))\n    return unet(prompt)\n',
      findings: [],
    },
    {
      // Bound elsewhere in the program, and small.
      file: "serve.py",
      text: 'from ray import serve\nfrom transformers import WhisperForConditionalGeneration\n\n@serve.deployment\nclass Recognition:\n    def __init__(self, model_id: str):\n        self.model = WhisperForConditionalGeneration.from_pretrained(model_id)\n\napp = Recognition.bind(model_id="openai/whisper-tiny")\n',
      findings: [],
    },
    {
      // A class that nothing says a service has; a network's own class; one that measures.
      file: "experiment.py",
      text: 'from transformers import AutoModelForCausalLM\n\nclass Probe:\n    def __init__(self):\n        self.model = AutoModelForCausalLM.from_pretrained("microsoft/phi-2").to("cuda")\n\n    def generate(self, prompt):\n        return self.model.generate(prompt)\n',
      findings: [],
    },
    {
      file: "server/net.py",
      text: 'import torch.nn as nn\nfrom transformers import AutoModelForCausalLM\n\nclass Net(nn.Module):\n    def __init__(self):\n        self.body = AutoModelForCausalLM.from_pretrained("microsoft/phi-2").to("cuda")\n\n    def generate(self, prompt):\n        return self.body.generate(prompt)\n',
      findings: [],
    },
    {
      // A script that runs its own function.
      file: "translate.py",
      text: 'from transformers import AutoModelForSeq2SeqLM\n\nmodel = AutoModelForSeq2SeqLM.from_pretrained("Helsinki-NLP/opus-mt-en-es").to("cuda")\n\ndef translate(text):\n    return model.generate(text)\n\nrows = [translate(line) for line in lines]\n',
      findings: [],
    },
    {
      file: "app.py",
      text: 'from dia.model import Dia\nfrom flask import Flask\n\napp = Flask(__name__)\nspeak = Dia.from_pretrained("nari-labs/Dia-1.6B", compute_dtype="float16", device="cuda")\n',
      findings: [],
    },
    {
      // Own weights for Whisper, which computes in float16 on a GPU.
      file: "handler.py",
      text: 'import torch\nimport whisper\nfrom ts.torch_handler.base_handler import BaseHandler\n\nclass Handler(BaseHandler):\n    def initialize(self, context):\n        self.device = torch.device("cuda")\n        self.model = whisper.load_model("base", device=self.device)\n        self.model.load_state_dict(torch.load("own.pt"))\n        self.model.to(self.device)\n',
      findings: [],
    },
    {
      // The launch beside it turns quantization on for whichever model it names.
      file: "generate.py",
      text: 'import sys\nimport gradio as gr\nfrom transformers import AutoModelForCausalLM\n\nmodel = AutoModelForCausalLM.from_pretrained(sys.argv[1], device_map="auto")\ngr.Interface(model.generate, "text", "text").launch()\n',
      findings: [],
      evidence: {
        precisionDecidedIn: [{ file: "docker-compose.yml", subject: "generate.py", value: "load-8bit" }],
      },
    },
    {
      // Half precision where there is a GPU, a small one, the CPU.
      file: "app.py",
      text: 'import torch\nimport whisper\nfrom flask import Flask\n\napp = Flask(__name__)\nmodel = whisper.load_model("medium")\n\ndef transcribe(path):\n    return model.transcribe(path, fp16=torch.cuda.is_available())\n',
      findings: [],
    },
    {
      file: "app.py",
      text: 'import whisper\nfrom flask import Flask\n\napp = Flask(__name__)\nmodel = whisper.load_model("medium", device="cpu")\n\ndef transcribe(path):\n    return model.transcribe(path, fp16=False)\n',
      findings: [],
    },
    {
      file: "handler.py",
      text: 'import runpod\nfrom ultralytics import YOLO\n\nmodel = YOLO("best.pt")\nquick = YOLO("best.engine")\n\ndef run(job):\n    return model.predict(job["input"]["image"], half=True)[0].tojson()\n\nrunpod.serverless.start({"handler": run})\n',
      findings: [],
    },
    {
      file: "app.py",
      text: 'from flask import Flask\nfrom ultralytics import YOLO\n\napp = Flask(__name__)\nmodel = YOLO("best.pt")\n\n@app.post("/detect")\ndef detect():\n    return model("image.jpg")[0].tojson()\n',
      findings: [],
    },
    {
      // Where there is no GPU, and for the CPU.
      file: "api.py",
      text: 'import sys\nimport torch\nfrom fastapi import FastAPI\nfrom transformers import AutoModel\n\napp = FastAPI()\nif torch.cuda.is_available():\n    model = AutoModel.from_pretrained(sys.argv[1], torch_dtype="auto").cuda()\nelse:\n    model = AutoModel.from_pretrained(sys.argv[1]).float()\nother = AutoModel.from_pretrained(sys.argv[2]).float().to("cpu")\n',
      findings: [],
    },
    {
      file: "api.py",
      text: "import sys\nimport torch\nfrom fastapi import FastAPI\nfrom transformers import AutoModel\n\napp = FastAPI()\nmodel = AutoModel.from_pretrained(sys.argv[1])\nif not torch.cuda.is_available():\n    model = model.float()\n",
      findings: [],
    },
    {
      file: "api.py",
      text: 'from fastapi import FastAPI\nfrom transformers import AutoModel\n\napp = FastAPI()\nencoder = AutoModel.from_pretrained("bert-base-uncased").float().cuda()\n',
      findings: [],
    },
  ],
};
