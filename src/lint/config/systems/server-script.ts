/**
 * A program of the project that serves the language model it is told of: `python start_vllm.py --model-name org/model-7b --port 8000`.
 * Its other switches decide the precision; one that is told 16 bits, or is called after its engine, keeps the checkpoint's.
 */

import { modelInfo } from "../../models/model-id.ts";
import { isProgram, program } from "../launch.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

const MODEL = [
  "model",
  "model-name",
  "model-path",
  "model-id",
  "model-name-or-path",
  "base-model",
  "checkpoint-path",
  "c",
];
const SERVES =
  /(?:^|[/_-])(?:\w*serve[r]?|serving|api|web_?demo|webui|gradio|demo|app|chat|worker|deploy)\w*\.py$/i;
const ENGINE = /vllm|sglang|tgi|llm_?server|llm_?serve/i;
/** What starts a program of Python. */
const LAUNCHERS = /^(?:python[\d.]*|accelerate|torchrun|deepspeed)$/;
/** Demos that come with Qwen, ChatGLM and others: 16 bits unless a switch asks for less. */
const DEMOS = /^(?:openai_api|web_demo|api_demo)\w*\.py$/;
const LISTENS = ["port", "host", "server-port", "server-name", "listen", "share", "controller-address"];
const BITS16 = /^(?:torch\.)?(?:b?f(?:loat|p)?16|half)$/i;
const QUANTIZES = /quant|[48]bits?$|^bits$|wbits|int[48]|fp8|awq|gptq|gguf|load-format|precision/i;

export const serverScript: ServingSystem = {
  name: "server-script",
  title: "The server's program",
  servesLanguageModels: true,
  quantizationKeys: [],
  dtypeKeys: ["dtype", "torch-dtype"],
  fromLaunch(launch) {
    const words = program(launch.words);
    const at = words.findIndex(({ value }) => /\.py$/.test(value));
    if (at < 0 || (at > 0 && !isProgram(words[0], LAUNCHERS))) return undefined;
    const path = words[at]!.value;
    const name = path.slice(path.lastIndexOf("/") + 1);
    const isDemo = DEMOS.test(name);
    const keeps16Bits = isDemo || ENGINE.test(name);
    if (!(keeps16Bits || SERVES.test(path)) || /bench|test|client|eval/i.test(path)) return undefined;
    const fact = factOfLaunch({
      system: "server-script",
      launch,
      words: words.slice(at + 1),
      modelSwitches: MODEL,
    });
    const { settings, model } = fact;
    if (model === undefined || [...settings.keys()].some((name) => QUANTIZES.test(name))) return undefined;
    const dtype = settings.get("dtype") ?? settings.get("torch-dtype");
    if (!isDemo && !LISTENS.some((name) => settings.has(name))) return undefined;
    if (modelInfo(model.id).kind !== "generative") return undefined;
    return BITS16.test(dtype?.value ?? "") || (keeps16Bits && dtype === undefined) ? fact : undefined;
  },
};
