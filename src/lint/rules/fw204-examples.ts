/** Examples of FW204 beyond ONNX: TorchScript, other runtimes' formats, converters' commands. They are its tests. */

import type { Rule } from "../rule.ts";

export const examples: Rule["examples"] = {
  bad: [
    {
      file: "export.sh",
      text: "python3 tools/pytorch2onnx.py configs/detector.py best.pth --output-file net.onnx --shape 800 1344\n",
      findings: [
        "python3 tools/pytorch2onnx.py configs/detector.py best.pth --output-file net.onnx --shape 800 1344",
      ],
    },
    {
      file: "export.py",
      text: 'from ultralytics import YOLO\n\nYOLO("best.pt").export(format="torchscript")\n',
      findings: ['YOLO("best.pt").export'],
    },
    {
      // Files of Core ML's neural networks.
      file: "convert.py",
      text: 'import coremltools as ct\nfrom tensorflow.keras.models import load_model\n\nmodel = ct.convert(load_model("best.h5"))\nmodel.save("best.mlmodel")\n',
      findings: ["ct.convert"],
    },
    {
      file: "convert.py",
      text: 'from onnx_coreml import convert\n\nconvert(model="net.onnx", minimum_ios_deployment_target="13").save("net.mlmodel")\n',
      findings: ["convert"],
    },
    {
      // A converter that the program starts.
      file: "convert.py",
      text: 'import subprocess\nimport sys\nimport tensorflow as tf\n\ntf.keras.models.load_model("best.keras").export("saved")\nsubprocess.run([sys.executable, "-m", "tf2onnx.convert", "--saved-model", "saved", "--output", "net.onnx"])\n',
      findings: [
        '[sys.executable, "-m", "tf2onnx.convert", "--saved-model", "saved", "--output", "net.onnx"]',
      ],
    },
    {
      // Keras' own export, and a helper that is named for what it does.
      file: "convert.py",
      text: 'import keras\n\nmodel = keras.models.load_model("best.keras")\nmodel.export("model.onnx", format="onnx")\n',
      findings: ["model.export"],
    },
    {
      file: "convert.py",
      text: 'from mmdeploy.apis import torch2onnx\n\ntorch2onnx("demo.jpg", "work", "end2end.onnx", "deploy.py", "detector.py", "detector.pth", "cuda:0")\n',
      findings: ["torch2onnx"],
    },
    {
      // YOLO's loader; a constructor that is given weights.
      file: "convert.py",
      text: 'import torch\nfrom models.experimental import attempt_load\n\nmodel = attempt_load("best.pt", map_location="cpu")\ntorch.onnx.export(model, torch.zeros(1, 3, 640, 640), "best.onnx")\n',
      findings: ["torch.onnx.export"],
    },
    {
      file: "convert.py",
      text: 'import torch\nfrom detect import Detector\n\ndetector = Detector(pretrained_path=args.weights)\ntorch.onnx.export(detector.net, torch.zeros(1, 3, 512, 512), "net.onnx")\n',
      findings: ["torch.onnx.export"],
    },
    {
      file: "Dockerfile",
      text: "FROM pytorch/torchserve\nRUN python yolov5/models/export.py --weights weights.pt --img 640 --batch 1\n",
      findings: ["python yolov5/models/export.py --weights weights.pt --img 640 --batch 1"],
    },
    {
      // Detectron2's tracer, on what its checkpointer loaded.
      file: "convert.py",
      text: 'import onnx\nfrom detectron2.checkpoint import DetectionCheckpointer\nfrom detectron2.export import Caffe2Tracer\nfrom detectron2.modeling import build_model\n\nmodel = build_model(cfg)\nDetectionCheckpointer(model).resume_or_load("model_final.pth")\nonnx.save(Caffe2Tracer(cfg, model, inputs).export_onnx(), "model.onnx")\n',
      findings: ["Caffe2Tracer(cfg, model, inputs).export_onnx"],
    },
    {
      // Networks that write themselves: NeMo's, Lightning's.
      file: "convert.py",
      text: 'from nemo.collections.asr.models import ASRModel\n\nmodel = ASRModel.restore_from("parakeet.nemo")\nmodel.export(f"{OUT}/parakeet.onnx")\n',
      findings: ["model.export"],
    },
    {
      file: "convert.py",
      text: 'import torch\nfrom model import Segmenter\n\nmodel = Segmenter.load_from_checkpoint("best.ckpt")\nmodel.to_onnx("model.onnx", torch.randn(1, 3, 512, 512))\n',
      findings: ["model.to_onnx"],
    },
    {
      file: "convert.sh",
      text: "optimum-cli export openvino --model bert-base-uncased --weight-format fp32 ir\n",
      findings: ["optimum-cli export openvino --model bert-base-uncased --weight-format fp32 ir"],
    },
    {
      // The exporter loads what it is named.
      file: "convert.py",
      text: 'from optimum.exporters.onnx import main_export\n\nmain_export("distilbert-base-uncased-finetuned-sst-2-english", output="onnx")\n',
      findings: ["main_export"],
    },
    {
      // OpenVINO's converter, told to leave float32.
      file: "convert.py",
      text: 'import openvino as ov\n\nmodel = ov.convert_model("model.onnx")\nov.save_model(model, "model.xml", compress_to_fp16=False)\n',
      findings: ["ov.save_model"],
    },
    {
      file: "convert.sh",
      text: "ovc model.onnx --output_model model.xml --compress_to_fp16=False\npython3 mo.py --input_model frozen.pb --data_type FP32 --output_dir ir\n",
      findings: [
        "ovc model.onnx --output_model model.xml --compress_to_fp16=False",
        "python3 mo.py --input_model frozen.pb --data_type FP32 --output_dir ir",
      ],
    },
    {
      // A script of its own that is given weights and writes ONNX.
      file: "export.sh",
      text: "python tools/export_onnx.py --output-name checkpoints/net.onnx -f exps/net.py -c best_ckpt.pth --dynamic\n",
      findings: [
        "python tools/export_onnx.py --output-name checkpoints/net.onnx -f exps/net.py -c best_ckpt.pth --dynamic",
      ],
    },
    {
      // Fused, in the precision it has.
      file: "convert.py",
      text: 'import torch\nfrom onnxruntime.transformers import optimizer\nfrom transformers import AutoModel\n\nmodel = AutoModel.from_pretrained("BAAI/bge-m3")\ntorch.onnx.export(model, args, "model.onnx")\noptimizer.optimize_model("model.onnx", model_type="bert").save_model_to_file("model.onnx")\n',
      findings: ["torch.onnx.export"],
    },
    {
      // For a phone.
      file: "to_mobile.py",
      text: 'import torch\nimport torchvision\nfrom torch.utils.mobile_optimizer import optimize_for_mobile\n\nnet = torchvision.models.resnet18(weights="DEFAULT").eval()\nscripted = optimize_for_mobile(torch.jit.script(net))\nscripted._save_for_lite_interpreter("net.ptl")\n',
      findings: ["scripted._save_for_lite_interpreter"],
    },
    {
      // For a server.
      file: "trace.py",
      text: 'import torch\nfrom net import Net\n\nmodel = Net()\nmodel.load_state_dict(torch.load("best.pth"))\nmodel = torch.jit.trace(model.eval(), torch.rand(1, 3, 224, 224))\nmodel.save("model.pt")\n',
      findings: ["model.save"],
    },
    {
      file: "trace.py",
      text: 'import torch\nfrom torchvision import models\n\nnet = models.resnet50(weights="DEFAULT").eval().to("cuda")\ntorch.jit.save(torch.jit.trace(net, torch.rand(1, 3, 224, 224).to("cuda")), "model.pt")\n',
      findings: ["torch.jit.save"],
    },
    {
      file: "to_pte.py",
      text: 'import torch\nfrom executorch.exir import to_edge\nfrom transformers import AutoModelForImageClassification\n\nmodel = AutoModelForImageClassification.from_pretrained("google/vit-base-patch16-224")\nprogram = to_edge(torch.export.export(model, (torch.rand(1, 3, 224, 224),))).to_executorch()\n',
      findings: ["to_edge"],
    },
    {
      // A builder that is given the weights' file.
      file: "to_onnx.py",
      text: 'import torch\nfrom segmenter import build_segmenter\n\nmodel = build_segmenter("base.yaml", checkpoint="base.pt")\ntorch.onnx.export(model, torch.rand(1, 3, 1024, 1024), "segmenter.onnx")\n',
      findings: ["torch.onnx.export"],
    },
    {
      // As large as for any other data set.
      file: "to_onnx.py",
      text: 'import torch\nfrom torchvision import models\n\nmodel = models.resnet50(num_classes=100)\nmodel.load_state_dict(torch.load("resnet50_cifar100.pth"))\ntorch.onnx.export(model, torch.rand(1, 3, 224, 224), "resnet50.onnx")\n',
      findings: ["torch.onnx.export"],
    },
    {
      file: "build.py",
      text: 'import tensorrt as trt\n\nlogger = trt.Logger(trt.Logger.WARNING)\nbuilder = trt.Builder(logger)\nnetwork = builder.create_network(1)\nparser = trt.OnnxParser(network, logger)\nparser.parse_from_file("net.onnx")\nconfig = builder.create_builder_config()\n# config.set_flag(trt.BuilderFlag.FP16)\nopen("net.engine", "wb").write(builder.build_serialized_network(network, config))\n',
      findings: ["builder.build_serialized_network"],
    },
    {
      // A switch that nothing turns on.
      file: "build.py",
      text: 'import sys\nimport tensorrt as trt\n\ndef build(path, fp16=False):\n    logger = trt.Logger(trt.Logger.WARNING)\n    builder = trt.Builder(logger)\n    network = builder.create_network(1)\n    trt.OnnxParser(network, logger).parse_from_file(path)\n    config = builder.create_builder_config()\n    if fp16:\n        config.set_flag(trt.BuilderFlag.FP16)\n    return builder.build_serialized_network(network, config)\n\nopen("net.engine", "wb").write(build(sys.argv[1], fp16=False))\n',
      findings: ["builder.build_serialized_network"],
    },
    {
      file: "jetson.py",
      text: 'import torch\nfrom net import net\nfrom torch2trt import torch2trt\n\nfast = torch2trt(net.cuda().eval(), [torch.rand(1, 3, 224, 224).cuda()])\ntorch.save(fast.state_dict(), "net_trt.pth")\n',
      findings: ["torch2trt"],
    },
    {
      file: "to_phone.py",
      text: 'import ai_edge_torch\nimport torch\nimport torchvision\n\nnet = torchvision.models.resnet18(weights="DEFAULT").eval()\nai_edge_torch.convert(net, (torch.rand(1, 3, 224, 224),)).export("net.tflite")\n',
      findings: ["ai_edge_torch.convert"],
    },
    {
      // A frozen graph by tf2onnx's own functions.
      file: "to_onnx.py",
      text: 'import tensorflow as tf\nimport tf2onnx\nfrom tensorflow.keras.applications import VGG16\n\nnet = VGG16(weights="imagenet")\nwith tf.Graph().as_default() as graph:\n    tf.import_graph_def(freeze(net))\n    made = tf2onnx.tfonnx.process_tf_graph(graph, input_names=["x:0"], output_names=["y:0"], opset=13)\nopen("net.onnx", "wb").write(made.make_model("net").SerializeToString())\n',
      findings: ["tf2onnx.tfonnx.process_tf_graph"],
    },
    {
      file: "to_coreml.py",
      text: 'import coremltools as ct\nimport torch\n\nmodel = torch.jit.load("net.pt")\nct.convert(model, inputs=[ct.TensorType(shape=(1, 3, 224, 224))], compute_precision=ct.precision.FLOAT32).save("net.mlpackage")\n',
      findings: ["ct.convert"],
    },
    {
      file: "to_web.py",
      text: 'import tensorflow as tf\nimport tensorflowjs as tfjs\n\ntfjs.converters.save_keras_model(tf.keras.models.load_model("net.keras"), "web")\n',
      findings: ["tfjs.converters.save_keras_model"],
    },
    {
      file: "convert.py",
      text: 'from ctranslate2.converters import TransformersConverter\n\nTransformersConverter("facebook/nllb-200-distilled-600M").convert("nllb")\n',
      findings: ['TransformersConverter("facebook/nllb-200-distilled-600M").convert'],
    },
    {
      file: "convert.sh",
      text: "python -m tf2onnx.convert --saved-model exported --opset 17 --output models/detector/1/model.onnx\n",
      findings: ["python -m tf2onnx.convert"],
    },
    {
      file: "Makefile",
      text: "model.tflite:\n\ttflite_convert --saved_model_dir=exported --output_file=model.tflite\n",
      findings: ["tflite_convert"],
    },
    {
      file: "convert.sh",
      text: "ct2-transformers-converter --model openai/whisper-large-v3 --output_dir whisper\n",
      findings: ["ct2-transformers-converter"],
    },
    {
      file: "build.sh",
      text: "python tools/build_engine.py --onnx detector.onnx --precision fp32 --output detector.plan\n",
      findings: ["python tools/build_engine.py"],
    },
    {
      file: "export.sh",
      text: "python yolov5/export.py --weights runs/train/exp/weights/best.pt --include onnx --img 640\n",
      findings: ["python yolov5/export.py"],
    },
    {
      // ONNX Runtime's own helper; a switch that is false, and a conversion that is commented out.
      file: "to_onnx.py",
      text: 'from onnxruntime.transformers.models.gpt2.gpt2_helper import Gpt2Helper, MyGPT2LMHeadModel\nfrom onnxruntime.transformers.optimizer import optimize_model\n\nmodel = MyGPT2LMHeadModel.from_pretrained("gpt2-xl")\nGpt2Helper.export_onnx(model, "cpu", "gpt2-xl.onnx", use_external_data_format=True)\nfused = optimize_model("gpt2-xl.onnx", model_type="gpt2")\n# fused.convert_float_to_float16()\nfused.save_model_to_file("gpt2-xl.onnx")\nbuffers = Gpt2Helper.get_output_buffers(shapes, "cuda", is_float16=False)\n',
      findings: ["Gpt2Helper.export_onnx"],
    },
    {
      file: "to_onnx.sh",
      text: "python -m onnxruntime.transformers.models.gpt2.convert_to_onnx -m gpt2-large --output gpt2-large.onnx -p fp32\n",
      findings: ["python"],
    },
    {
      // By the network's own method, which is told ONNX' version; of a class that an option chooses.
      file: "to_onnx.py",
      text: 'import argparse\nfrom rfdetr import RFDETRBase, RFDETRLarge\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--weights")\nparser.add_argument("--size", default="base")\nargs = parser.parse_args()\nkind = {"base": RFDETRBase, "large": RFDETRLarge}[args.size]\nmodel = kind(pretrain_weights=args.weights)\nmodel.export(output_dir="out", simplify=True, opset_version=17)\n',
      findings: ["model.export"],
    },
  ],
  good: [
    {
      // A forest, whatever its options are called.
      file: "to_onnx.py",
      text: 'from lightgbm import LGBMRegressor\nfrom skl2onnx import to_onnx\n\nmodel = LGBMRegressor().fit(x, y)\nto_onnx(model, x, target_opset={"": 14, "ai.onnx.ml": 2})\n',
      findings: [],
    },
    {
      // On its way to TensorFlow Lite, which quantizes it.
      file: "convert.py",
      text: 'import onnx\nimport tensorflow as tf\nimport torch\n\nmodel = Net()\nmodel.load_state_dict(torch.load("best.pth"))\ntorch.onnx.export(model, torch.randn(1, 3, 224, 224), "net.onnx")\nconverter = tf.lite.TFLiteConverter.from_saved_model("net")\nconverter.optimizations = [tf.lite.Optimize.DEFAULT]\n',
      findings: [],
    },
    {
      file: "check.sh",
      text: "python tools/test_onnx.py best.pth net.onnx\n",
      findings: [],
    },
    {
      // A program of Core ML is float16.
      file: "convert.py",
      text: 'import coremltools as ct\nfrom tensorflow.keras.models import load_model\n\nmodel = ct.convert(load_model("best.h5"))\nmodel.save("best.mlpackage")\n',
      findings: [],
    },
    {
      file: "build.py",
      text: 'import subprocess\nimport tensorrt\n\nsubprocess.run(["trtexec", "--onnx=net.onnx", "--saveEngine=net.plan", "--fp16"])\n',
      findings: [],
    },
    {
      // Steps before and after a network that is an ONNX file already.
      file: "augment.py",
      text: 'import onnx\nfrom onnxruntime_extensions import pnp\n\nwhole = pnp.SequentialProcessingModule(pnp.PreMobileNet(224), onnx.load_model("net.onnx"))\npnp.export(whole, image, output_path="net-whole.onnx")\n',
      findings: [],
    },
    {
      file: "convert.sh",
      text: "optimum-cli export openvino --model bert-base-uncased ir\noptimum-cli export openvino --model bert-base-uncased --weight-format int8 ir\n",
      findings: [],
    },
    {
      file: "convert.py",
      text: 'import openvino as ov\n\nmodel = ov.convert_model("model.onnx")\nov.save_model(model, "model.xml")\n',
      findings: [],
    },
    {
      file: "convert.sh",
      text: "ovc model.onnx --output_model model.xml\nmo --input_model frozen.pb --data_type FP16 --output_dir ir\n",
      findings: [],
    },
    {
      // A few layers for a demonstration.
      file: "flowers.py",
      text: 'import tensorflow as tf\nimport tensorflowjs as tfjs\n\nmodel = tf.keras.Sequential([tf.keras.layers.Dense(10), tf.keras.layers.Dense(3)])\nmodel.fit(x, y, epochs=40)\ntfjs.converters.save_keras_model(model, "web")\n',
      findings: [],
    },
    {
      // A switch of the command line.
      file: "build.py",
      text: 'import argparse\nimport tensorrt as trt\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--fp16", action="store_true")\nargs = parser.parse_args()\n\ndef build(path, fp16=False):\n    logger = trt.Logger(trt.Logger.WARNING)\n    builder = trt.Builder(logger)\n    network = builder.create_network(1)\n    trt.OnnxParser(network, logger).parse_from_file(path)\n    config = builder.create_builder_config()\n    if fp16:\n        config.set_flag(trt.BuilderFlag.FP16)\n    return builder.build_serialized_network(network, config)\n\nopen("net.engine", "wb").write(build("net.onnx", fp16=args.fp16))\n',
      findings: [],
    },
    {
      // Compressed to float16 on the way.
      file: "to_ir.py",
      text: 'import subprocess\nimport torch\nfrom transformers import AutoModelForSequenceClassification\n\nmodel = AutoModelForSequenceClassification.from_pretrained("roberta-base")\ntorch.onnx.export(model, torch.ones([1, 32], dtype=torch.long), "model.onnx")\nsubprocess.run(["ovc", "model.onnx"])\n',
      findings: [],
    },
    {
      // A backend that may compute in lower precision.
      file: "to_phone.py",
      text: 'import torch\nimport torchvision\nfrom torch.backends._coreml.preprocess import CompileSpec\n\nnet = torch.jit.trace(torchvision.models.mobilenet_v2(weights="DEFAULT").eval(), torch.rand(1, 3, 224, 224))\nspec = {"forward": CompileSpec(inputs=(), outputs=(), allow_low_precision=True)}\ntorch._C._jit_to_backend("coreml", net, spec)._save_for_lite_interpreter("net.ptl")\n',
      findings: [],
    },
    {
      file: "build.py",
      text: 'import tensorrt as trt\n\nlogger = trt.Logger(trt.Logger.WARNING)\nbuilder = trt.Builder(logger)\nnetwork = builder.create_network(1)\nparser = trt.OnnxParser(network, logger)\nparser.parse_from_file("net.onnx")\nconfig = builder.create_builder_config()\nconfig.set_flag(trt.BuilderFlag.FP16)\nopen("net.engine", "wb").write(builder.build_serialized_network(network, config))\n',
      findings: [],
    },
    {
      file: "jetson.py",
      text: 'import torch\nfrom net import net\nfrom torch2trt import torch2trt\n\nfast = torch2trt(net.cuda().eval(), [torch.rand(1, 3, 224, 224).cuda()], fp16_mode=True)\ntorch.save(fast.state_dict(), "net_trt.pth")\n',
      findings: [],
    },
    {
      file: "export.sh",
      text: "python tools/export_onnx.py --output-name net.onnx -c best_ckpt.pth --half\npython tools/export_report.py --ckpt best_ckpt.pth\n",
      findings: [],
    },
    {
      file: "convert.py",
      text: 'import torch\nfrom onnxruntime.transformers import optimizer\nfrom transformers import AutoModel\n\nmodel = AutoModel.from_pretrained("BAAI/bge-m3")\ntorch.onnx.export(model, args, "model.onnx")\nfused = optimizer.optimize_model("model.onnx", model_type="bert")\nfused.convert_float_to_float16()\nfused.save_model_to_file("model.onnx")\n',
      findings: [],
    },
    {
      file: "to_mobile.py",
      text: 'import torch\nfrom torch.utils.mobile_optimizer import optimize_for_mobile\nfrom transformers import DistilBertModel\n\nmodel = DistilBertModel.from_pretrained("distilbert-base-uncased")\nmodel = torch.quantization.quantize_dynamic(model, {torch.nn.Linear}, dtype=torch.qint8)\noptimize_for_mobile(torch.jit.script(model))._save_for_lite_interpreter("model.ptl")\n',
      findings: [],
    },
    {
      // A checkpoint of training.
      file: "train.py",
      text: 'import torch\n\nfor x, y in data:\n    loss = criterion(model(x), y)\n    loss.backward()\n    optimizer.step()\ntorch.jit.script(model).save("last.pt")\n',
      findings: [],
    },
    {
      // A state dict is no export.
      file: "save.py",
      text: 'import torch\nfrom net import Net\n\nmodel = Net()\nmodel.load_state_dict(torch.load("best.pth"))\ntorch.save(model.state_dict(), "model.pt")\n',
      findings: [],
    },
    {
      // Programs of Core ML are float16 by default.
      file: "to_coreml.py",
      text: 'import coremltools as ct\nimport torch\n\nmodel = torch.jit.load("net.pt")\nct.convert(model, inputs=[ct.TensorType(shape=(1, 3, 224, 224))], convert_to="mlprogram").save("net.mlpackage")\n',
      findings: [],
    },
    {
      file: "convert.py",
      text: 'from ctranslate2.converters import TransformersConverter\n\nTransformersConverter("facebook/nllb-200-distilled-600M").convert("nllb", quantization="int8")\n',
      findings: [],
    },
    {
      file: "convert.sh",
      text: "ct2-transformers-converter --model openai/whisper-large-v3 --output_dir whisper --quantization float16\npython export.py --weights best.pt --include engine --half\npython -m tf2onnx.convert --tflite model.tflite --output model.onnx\npython -m tf2onnx.convert --saved-model mnist --output mnist.onnx\ntensorflowjs_converter --input_format=tfjs_layers_model --output_format=keras web/model.json model.h5\npython export.py --format csv\npython -m onnxruntime.transformers.models.gpt2.convert_to_onnx -m gpt2-large --output gpt2-large.onnx -o -p fp16\n",
      findings: [],
    },
  ],
};
