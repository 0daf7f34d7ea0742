/** Programs that FW202 reports, and those it does not. */

import type { Rule } from "../rule.ts";
import { modelClassExamples } from "./fw202-model-classes-examples.ts";

export const examples: Rule["examples"] = {
  bad: [
    {
      // A config that the load is not given.
      file: "app.py",
      text: 'from fastapi import FastAPI\nfrom transformers import AutoModelForCausalLM, BitsAndBytesConfig\n\napp = FastAPI()\n# quantization_config=small\nsmall = BitsAndBytesConfig(load_in_4bit=True)\nmodel = AutoModelForCausalLM.from_pretrained("mistralai/Mistral-7B-Instruct-v0.2", device_map="auto")\n',
      findings: ["AutoModelForCausalLM.from_pretrained"],
    },
    ...modelClassExamples.bad,
    {
      // Libraries whose models come in float32.
      file: "worker.py",
      text: 'import nemo.collections.asr as nemo_asr\nimport runpod\nfrom chatterbox.tts import ChatterboxTTS\nfrom sam2.build_sam import build_sam2\n\nlisten = nemo_asr.models.ASRModel.from_pretrained(model_name="nvidia/parakeet-tdt-0.6b-v2")\nspeak = ChatterboxTTS.from_pretrained(device="cuda")\nsee = build_sam2("sam2_hiera_l.yaml", "sam2_hiera_large.pt", device="cuda")\nrunpod.serverless.start({"handler": run})\n',
      findings: ["nemo_asr.models.ASRModel.from_pretrained", "ChatterboxTTS.from_pretrained", "build_sam2"],
    },
    {
      // A network of its own, on a platform for models.
      file: "predict.py",
      text: 'import torch\nfrom cog import BasePredictor, Path\nfrom enhancer.arch import Enhancer\n\nclass Predictor(BasePredictor):\n    def setup(self):\n        self.device = "cuda" if torch.cuda.is_available() else "cpu"\n        self.net = Enhancer(depth=8)\n        self.net.load_state_dict(torch.load("enhancer.pth"))\n        self.net.to(self.device).eval()\n\n    def predict(self, image: Path) -> Path:\n        return self.net(image)\n',
      findings: ["self.net.load_state_dict"],
    },
    {
      // A class that stands for a voice to the rest of the program.
      file: "voice.py",
      text: 'import torch\nfrom TTS.api import TTS\n\nclass VoiceWrapper:\n    def __init__(self):\n        self.device = "cuda" if torch.cuda.is_available() else "cpu"\n        self.model = TTS("tts_models/multilingual/multi-dataset/xtts_v2").to(self.device)\n\n    def speak(self, text):\n        return self.model.tts(text)\n',
      findings: ["TTS"],
    },
    {
      // Translation and captions by classes of their own.
      file: "app.py",
      text: 'from flask import Flask\nfrom transformers import MarianMTModel, VisionEncoderDecoderModel\n\napp = Flask(__name__)\ntranslator = MarianMTModel.from_pretrained("Helsinki-NLP/opus-mt-en-fr")\ncaptioner = VisionEncoderDecoderModel.from_pretrained("nlpconnect/vit-gpt2-image-captioning")\n',
      findings: ["MarianMTModel.from_pretrained", "VisionEncoderDecoderModel.from_pretrained"],
    },
    {
      // Through LangChain, and an embedding model of 0.57 billion parameters.
      file: "app.py",
      text: 'import streamlit as st\nfrom langchain_community.llms import HuggingFacePipeline\nfrom sentence_transformers import SentenceTransformer\n\nllm = HuggingFacePipeline.from_model_id(model_id="google/flan-t5-base", task="text2text-generation", model_kwargs={"temperature": 0})\nembed = SentenceTransformer("BAAI/bge-m3")\n',
      findings: ["HuggingFacePipeline.from_model_id", "SentenceTransformer"],
    },
    {
      // Segment Anything has no keyword for it: its weights are float32.
      file: "app.py",
      text: 'import gradio as gr\nfrom segment_anything import SamPredictor, sam_model_registry\n\nsam = sam_model_registry["vit_l"](checkpoint="sam_vit_l.pth").to("cuda")\npredictor = SamPredictor(sam)\ngr.Interface(lambda image: predictor.set_image(image), "image", "image").launch()\n',
      findings: ['sam_model_registry["vit_l"]'],
    },
    {
      // A whole module that was saved.
      file: "score.py",
      text: 'import os\nimport torch\n\ndef init():\n    global model\n    model = torch.load(os.path.join(os.environ["AZUREML_MODEL_DIR"], "model.pt"))\n    model.to("cuda")\n    model.eval()\n\ndef run(data):\n    return model(torch.tensor(data).cuda()).tolist()\n',
      findings: ["torch.load"],
    },
    {
      // LitServe hands out a GPU where there is one.
      file: "server.py",
      text: "import litserve as ls\nfrom torchvision.models import ResNet50_Weights, resnet50\n\nclass Classifier(ls.LitAPI):\n    def setup(self, device):\n        self.model = resnet50(weights=ResNet50_Weights.DEFAULT).to(device).eval()\n\nls.LitServer(Classifier()).run(port=8000)\n",
      findings: ["resnet50"],
    },
    {
      // The other model of the program is the one in 16 bits.
      file: "talk.py",
      text: 'import torch\nfrom fastapi import FastAPI\nfrom transformers import BlipForConditionalGeneration, SpeechT5ForTextToSpeech\n\napp = FastAPI()\nsee = BlipForConditionalGeneration.from_pretrained("Salesforce/blip-image-captioning-large").half().to("cuda")\nsay = SpeechT5ForTextToSpeech.from_pretrained("microsoft/speecht5_tts").to("cuda")\n',
      findings: ["SpeechT5ForTextToSpeech.from_pretrained"],
    },
    {
      // What a pipeline takes by itself.
      file: "app.py",
      text: 'from flask import Flask\nfrom transformers import pipeline\n\napp = Flask(__name__)\nsummarize = pipeline("summarization")\n',
      findings: ["pipeline"],
    },
    {
      // float32 is asked for, whichever model it is.
      file: "model.py",
      text: 'import torch\nfrom transformers import AutoModel\n\nclass Model:\n    def __init__(self, **kwargs):\n        self.name = kwargs["config"]["model_metadata"]["repo_id"]\n\n    def load(self):\n        self.model = AutoModel.from_pretrained(self.name, torch_dtype=torch.float32).to("cuda")\n\n    def predict(self, request):\n        return self.model(**request)\n',
      findings: ["AutoModel.from_pretrained"],
    },
    {
      // A class of a service: another program answers requests with it.
      file: "captions.py",
      text: 'from transformers import BlipForConditionalGeneration\n\nclass CaptionService:\n    def __init__(self):\n        self.model = BlipForConditionalGeneration.from_pretrained("Salesforce/blip-image-captioning-large").to("cuda")\n\n    def caption(self, image):\n        return self.model.generate(image)\n',
      findings: ["BlipForConditionalGeneration.from_pretrained"],
    },
    {
      file: "tasks.py",
      text: 'from celery import Celery\nfrom transformers import pipeline\n\ncelery = Celery("tasks")\ntranslate = pipeline("translation", model="Helsinki-NLP/opus-mt-en-de")\n\n@celery.task\ndef run(text):\n    return translate(text)\n',
      findings: ["pipeline"],
    },
    {
      // The precision by a name, a class of a library that is built on transformers.
      file: "tts.py",
      text: 'import torch\nfrom flask import Flask\nfrom parler_tts import ParlerTTSForConditionalGeneration\n\napp = Flask(__name__)\nprecision = torch.float32\nmodel = ParlerTTSForConditionalGeneration.from_pretrained("ai4bharat/indic-parler-tts", torch_dtype=precision).to("cuda")\n',
      findings: ["ParlerTTSForConditionalGeneration.from_pretrained"],
    },
    {
      // The class of before the tasks had their own.
      file: "main.py",
      text: 'from flask import Flask\nfrom transformers import AutoModelWithLMHead\n\napp = Flask(__name__)\nmodel = AutoModelWithLMHead.from_pretrained("Helsinki-NLP/opus-mt-zh-en")\n',
      findings: ["AutoModelWithLMHead.from_pretrained"],
    },
    {
      file: "translator.py",
      text: 'from ray import serve\nfrom transformers import pipeline\n\n@serve.deployment(ray_actor_options={"num_gpus": 0.25})\nclass Translator:\n    def __init__(self):\n        self.model = pipeline("translation_en_to_fr", model="t5-small")\n',
      findings: ["pipeline"],
    },
    {
      // The model is the default of an option.
      file: "web_demo.py",
      text: 'import argparse\nimport gradio as gr\nfrom transformers import AutoModelForCausalLM\n\nparser = argparse.ArgumentParser()\nparser.add_argument("-c", "--checkpoint-path", default="Qwen/Qwen-7B-Chat")\nargs = parser.parse_args()\nmodel = AutoModelForCausalLM.from_pretrained(args.checkpoint_path, device_map="auto")\ngr.Interface(lambda text: model.chat(text), "text", "text").launch()\n',
      findings: ["AutoModelForCausalLM.from_pretrained"],
    },
    {
      file: "app.py",
      text: 'import gradio as gr\nfrom transformers import AutoModelForCausalLM\n\nmodel = AutoModelForCausalLM.from_pretrained("microsoft/phi-2").to("cuda")\ngr.Interface(lambda text: model.generate(text), "text", "text").launch()\n',
      findings: ["AutoModelForCausalLM.from_pretrained"],
    },
    {
      file: "api.py",
      text: 'from fastapi import FastAPI\nfrom diffusers import StableDiffusionPipeline\n\napp = FastAPI()\npipe = StableDiffusionPipeline.from_pretrained("runwayml/stable-diffusion-v1-5").to("cuda")\n',
      findings: ["StableDiffusionPipeline.from_pretrained"],
    },
    {
      file: "predict.py",
      text: 'import torch\nfrom cog import BasePredictor\nfrom torchvision import models\n\nclass Predictor(BasePredictor):\n    def setup(self):\n        self.device = torch.device("cuda")\n        self.model = models.resnet50(weights="DEFAULT").to(self.device)\n',
      findings: ["models.resnet50"],
    },
    {
      // The program's precision, in the file that has it run.
      file: "resnet/cog.yaml",
      text: 'build:\n  gpu: true\npredict: "predict.py:Predictor"\n',
      findings: ['"predict.py:Predictor"'],
      evidence: {
        servedPrograms: [
          {
            file: "resnet/predict.py",
            rule: "FW202",
            what: "The model is loaded in float32 to be served.",
          },
        ],
      },
    },
  ],
  good: [
    {
      // Handed on in a dict.
      file: "app.py",
      text: 'from fastapi import FastAPI\nfrom transformers import AutoModelForCausalLM, BitsAndBytesConfig\n\napp = FastAPI()\nsmall = BitsAndBytesConfig(load_in_4bit=True)\noptions = {"quantization_config": small}\nmodel = AutoModelForCausalLM.from_pretrained("mistralai/Mistral-7B-Instruct-v0.2", **options)\n',
      findings: [],
    },
    {
      // Weights are read to the device, the network stays where it was made.
      file: "app.py",
      text: 'import torch\nfrom flask import Flask\nfrom torchvision import models\n\napp = Flask(__name__)\ndevice = "cuda" if torch.cuda.is_available() else "cpu"\nmodel = models.resnet50()\nmodel.load_state_dict(torch.load("best.pth", map_location=device))\nmodel.eval()\n',
      findings: [],
    },
    ...modelClassExamples.good,
    {
      // Cast after the load, and run under autocast.
      file: "worker.py",
      text: 'import nemo.collections.asr as nemo_asr\nimport runpod\nimport torch\n\nlisten = nemo_asr.models.ASRModel.from_pretrained(model_name="nvidia/parakeet-tdt-0.6b-v2")\nlisten.to("cuda").to(torch.bfloat16)\nrunpod.serverless.start({"handler": run})\n',
      findings: [],
    },
    {
      file: "worker.py",
      text: 'import runpod\nimport torch\nfrom sam2.build_sam import build_sam2\n\nsee = build_sam2("sam2_hiera_l.yaml", "sam2_hiera_large.pt", device="cuda")\n\ndef run(job):\n    with torch.autocast("cuda", dtype=torch.bfloat16):\n        return see(job)\n\nrunpod.serverless.start({"handler": run})\n',
      findings: [],
    },
    {
      // Half precision; a network on the CPU; an exercise; small ones behind a web framework alone.
      file: "predict.py",
      text: 'import torch\nfrom cog import BasePredictor, Path\nfrom enhancer.arch import Enhancer\n\nclass Predictor(BasePredictor):\n    def setup(self):\n        self.net = Enhancer(depth=8)\n        self.net.load_state_dict(torch.load("enhancer.pth"))\n        self.net.half().cuda().eval()\n\n    def predict(self, image: Path) -> Path:\n        return self.net(image)\n',
      findings: [],
    },
    {
      file: "predict.py",
      text: 'import torch\nfrom cog import BasePredictor, Path\nfrom enhancer.arch import Enhancer\n\nclass Predictor(BasePredictor):\n    def setup(self):\n        self.net = Enhancer(depth=8)\n        self.net.load_state_dict(torch.load("enhancer.pth", map_location="cpu"))\n        self.net.eval()\n\n    def predict(self, image: Path) -> Path:\n        return self.net(image)\n',
      findings: [],
    },
    {
      file: "handler.py",
      text: 'import torch\nfrom ts.torch_handler.base_handler import BaseHandler\nfrom mnist import Net\n\nclass Handler(BaseHandler):\n    def initialize(self, context):\n        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")\n        self.model = Net()\n        self.model.load_state_dict(torch.load("mnist_cnn.pt"))\n        self.model.to(self.device)\n',
      findings: [],
    },
    {
      file: "app.py",
      text: 'import torch\nfrom flask import Flask\nfrom nets import Classifier\n\napp = Flask(__name__)\ndevice = torch.device("cuda" if torch.cuda.is_available() else "cpu")\nnet = Classifier(16, 8).to(device)\nnet.load_state_dict(torch.load("net.pth"))\n',
      findings: [],
    },
    {
      // A class of a library's family, and one of a program that measures.
      file: "wrapper.py",
      text: 'from transformers import AutoModelForCausalLM\n\nfrom harness import LanguageModel\n\nclass ModelWrapper(LanguageModel):\n    def __init__(self, name):\n        self.model = AutoModelForCausalLM.from_pretrained(name).to("cuda")\n',
      findings: [],
    },
    {
      file: "bench.py",
      text: 'from datasets import load_dataset\nfrom transformers import AutoModelForCausalLM\n\nclass ModelWrapper:\n    def __init__(self, name):\n        self.model = AutoModelForCausalLM.from_pretrained(name).to("cuda")\n\nrows = load_dataset("questions")\n',
      findings: [],
    },
    {
      // Small encoders; a large one in 16 bits.
      file: "app.py",
      text: 'import streamlit as st\nfrom sentence_transformers import SentenceTransformer\n\nsmall = SentenceTransformer("all-MiniLM-L6-v2")\nlarge = SentenceTransformer("BAAI/bge-m3", model_kwargs={"torch_dtype": "float16"})\n',
      findings: [],
    },
    {
      // Tensors and states that are loaded are no modules; the small one of Segment Anything's kin.
      file: "app.py",
      text: 'import torch\nfrom fastapi import FastAPI\nfrom mobile_sam import sam_model_registry\n\napp = FastAPI()\nvoice = torch.load("voice.pt").to("cuda")\nstate = torch.load("net.pt", map_location="cuda")\nsam = sam_model_registry["vit_t"](checkpoint="mobile_sam.pt").to("cuda")\n',
      findings: [],
    },
    {
      // A saved module on the CPU.
      file: "score.py",
      text: 'import os\nimport torch\n\ndef init():\n    global model\n    model = torch.load(os.path.join(os.environ["AZUREML_MODEL_DIR"], "model.pt"), map_location="cpu")\n    model.eval()\n\ndef run(data):\n    return model(torch.tensor(data)).tolist()\n',
      findings: [],
    },
    {
      // The upscaler in half precision; OpenCLIP with one of its own.
      file: "app.py",
      text: 'import open_clip\nfrom fastapi import FastAPI\nfrom realesrgan import RealESRGANer\n\napp = FastAPI()\nlarger = RealESRGANer(scale=4, model_path="x4.pth", half=True, device="cuda")\nclip, _, transform = open_clip.create_model_and_transforms("ViT-H-14", precision="fp16", device="cuda")\n',
      findings: [],
    },
    {
      // Encoders that a pipeline takes by itself are small.
      file: "app.py",
      text: 'from flask import Flask\nfrom transformers import pipeline\n\napp = Flask(__name__)\nclassify = pipeline("sentiment-analysis")\nlisten = pipeline("automatic-speech-recognition", model="facebook/wav2vec2-base-960h")\nlarge = pipeline("automatic-speech-recognition", model="facebook/wav2vec2-large-960h-lv60-self")\n',
      findings: [],
    },
    {
      // A class of this name in a program that trains.
      file: "train.py",
      text: 'from transformers import AutoModelForSeq2SeqLM\n\nclass TrainingService:\n    def run(self):\n        model = AutoModelForSeq2SeqLM.from_pretrained("google-t5/t5-base")\n        model.train()\n',
      findings: [],
    },
    {
      // A library of its own: what it takes without being told is not known.
      file: "tts.py",
      text: 'from flask import Flask\nfrom parler_tts import ParlerTTSForConditionalGeneration\n\napp = Flask(__name__)\nmodel = ParlerTTSForConditionalGeneration.from_pretrained("ai4bharat/indic-parler-tts").to("cuda")\n',
      findings: [],
    },
    {
      // The program is not known, or says nothing.
      file: "cog.yaml",
      text: 'build:\n  gpu: true\npredict: "predict.py:Predictor"\n',
      findings: [],
      evidence: { servedPrograms: [{ file: "other/predict.py", rule: "FW202", what: "The model ..." }] },
    },
    {
      // Fine-tuning on a platform that also serves.
      file: "finetune.py",
      text: 'from beam import function\nfrom peft import get_peft_model\nfrom transformers import AutoModelForCausalLM, Trainer\n\n@function(gpu="A100")\ndef run():\n    model = get_peft_model(AutoModelForCausalLM.from_pretrained("weights", device_map="auto"), config)\n    Trainer(model).train()\n',
      findings: [],
    },
    {
      file: "app.py",
      text: 'from fastapi import FastAPI\nfrom transformers import AutoModelForCausalLM\n\napp = FastAPI()\nmodel = AutoModelForCausalLM.from_pretrained("facebook/opt-125m", device_map="auto")\n',
      findings: [],
    },
    {
      file: "service.py",
      text: 'import bentoml\nimport torch\nfrom diffusers import StableDiffusionXLPipeline\n\nif torch.cuda.is_available():\n    dtype = torch.float16\nelse:\n    dtype = torch.float32\npipe = StableDiffusionXLPipeline.from_pretrained("stabilityai/stable-diffusion-xl-base-1.0", torch_dtype=dtype)\n',
      findings: [],
    },
    {
      file: "chat.py",
      text: 'import gradio as gr\nfrom transformers import AutoModel\n\nmodel = AutoModel.from_pretrained("THUDM/chatglm-6b", trust_remote_code=True).quantize(4).half().cuda()\ngr.Interface(lambda text: model.chat(text), "text", "text").launch()\n',
      findings: [],
    },
    {
      file: "app.py",
      text: 'import gradio as gr\nimport torch\nfrom transformers import AutoModelForCausalLM\n\nmodel = AutoModelForCausalLM.from_pretrained("microsoft/phi-2", torch_dtype=torch.bfloat16).to("cuda")\ngr.Interface(lambda text: model.generate(text), "text", "text").launch()\n',
      findings: [],
    },
    {
      file: "train.py",
      text: 'from transformers import AutoModelForCausalLM, Trainer\n\nmodel = AutoModelForCausalLM.from_pretrained("microsoft/phi-2")\nTrainer(model).train()\n',
      findings: [],
    },
    {
      file: "app.py",
      text: 'from flask import Flask\nfrom transformers import AutoModelForCausalLM\n\napp = Flask(__name__)\nmodel = AutoModelForCausalLM.from_pretrained("microsoft/phi-2", device_map="cpu")\n',
      findings: [],
    },
    {
      file: "app.py",
      text: 'from fastapi import FastAPI\nfrom transformers import pipeline\n\napp = FastAPI()\nclassify = pipeline("sentiment-analysis", model="distilbert-base-uncased-finetuned-sst-2-english", device="cpu")\n',
      findings: [],
    },
    {
      file: "app.py",
      text: 'from fastapi import FastAPI\nfrom transformers import AutoModelForCausalLM\n\napp = FastAPI()\nmodel = AutoModelForCausalLM.from_pretrained("microsoft/phi-2")\n',
      findings: [],
      evidence: { versions: { transformers: { min: "5.0", file: "requirements.txt" } } },
    },
  ],
};
