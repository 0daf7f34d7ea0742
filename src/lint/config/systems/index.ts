/** Every serving system that is read. Adding one is adding a file and its line here. */

import { azure } from "./azure.ts";
import { commandServers } from "./command-servers.ts";
import { converters } from "./converters.ts";
import { customResource } from "./custom-resource.ts";
import { fastchat } from "./fastchat.ts";
import { jetstream } from "./jetstream.ts";
import { kserve, kservePredictor, kubeai } from "./kserve.ts";
import { llamaCpp } from "./llama-cpp.ts";
import { lmdeploy } from "./lmdeploy.ts";
import { localai } from "./localai.ts";
import { mlx } from "./mlx.ts";
import { modelGarden } from "./model-garden.ts";
import { nim } from "./nim.ts";
import { ollama } from "./ollama.ts";
import { onnxSession } from "./onnx-session.ts";
import { opea } from "./opea.ts";
import { openllm } from "./openllm.ts";
import { openvino } from "./openvino.ts";
import { optimum } from "./optimum.ts";
import { bento, productionStack } from "./production-stack.ts";
import { programs } from "./programs.ts";
import { ctranslate2, fasterWhisper, tflite, transformers } from "./python-systems.ts";
import { ray } from "./ray.ts";
import { djl, jumpstart, sagemaker } from "./sagemaker.ts";
import { sagemakerCommand } from "./sagemaker-command.ts";
import { script } from "./script.ts";
import { serverScript } from "./server-script.ts";
import { sglang } from "./sglang.ts";
import type { ServingSystem } from "./system.ts";
import { tei } from "./tei.ts";
import { textGenerationWebui } from "./text-generation-webui.ts";
import { tgi } from "./tgi.ts";
import { torchserve } from "./torchserve.ts";
import { triton } from "./triton.ts";
import { trtexec } from "./trtexec.ts";
import { trtllm } from "./trtllm.ts";
import { truss } from "./truss.ts";
import { ultralytics } from "./ultralytics.ts";
import { vllm } from "./vllm.ts";
import { vllmVariables } from "./vllm-variables.ts";
import { webServer } from "./web-server.ts";
import { xinference } from "./xinference.ts";

export const SYSTEMS: readonly ServingSystem[] = [
  azure,
  bento,
  ctranslate2,
  customResource,
  djl,
  fastchat,
  fasterWhisper,
  jetstream,
  jumpstart,
  kserve,
  kservePredictor,
  kubeai,
  llamaCpp,
  lmdeploy,
  localai,
  mlx,
  modelGarden,
  nim,
  ollama,
  onnxSession,
  opea,
  openllm,
  openvino,
  optimum,
  productionStack,
  programs,
  ray,
  sagemaker,
  sagemakerCommand,
  sglang,
  tei,
  tgi,
  textGenerationWebui,
  tflite,
  torchserve,
  transformers,
  triton,
  trtexec,
  trtllm,
  truss,
  ultralytics,
  vllm,
  webServer,
  xinference,
  ...commandServers,
  ...converters,
  // Last: any program with such an option or such variables, which the systems above know better.
  serverScript,
  script,
  vllmVariables,
];

export function systemNamed(name: string): ServingSystem | undefined {
  return SYSTEMS.find((system) => system.name === name);
}
