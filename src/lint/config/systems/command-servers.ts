/**
 * Servers that are told everything on their command line: Aphrodite (vLLM's fork), LightLLM, mistral.rs, LLaVA, OpenChat,
 * ms-swift, LLaMA-Factory, LitGPT. They keep the checkpoint's 16 bits unless a switch quantizes. Sources: their README files and command line references (2026).
 */

import { isProgram, type Launch, program, pythonModule } from "../launch.ts";
import type { Word } from "../words.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

interface CommandServer {
  name: string;
  title: string;
  /** A program with the word that has it serve, or a module of Python. */
  program?: { name: RegExp; serves?: RegExp };
  module?: RegExp;
  modelSwitches: readonly string[];
  positional?: true;
  quantizationKeys: readonly string[];
}

const SERVERS: readonly CommandServer[] = [
  {
    name: "aphrodite",
    title: "Aphrodite",
    program: { name: /^aphrodite$/, serves: /^(?:run|serve)$/ },
    module: /^aphrodite\.endpoints\./,
    modelSwitches: ["model"],
    positional: true,
    quantizationKeys: ["quantization", "q", "load-format", "load-in-4bit", "load-in-8bit", "load-in-smooth"],
  },
  {
    name: "lightllm",
    title: "LightLLM",
    module: /^lightllm\.server\.api_server$/,
    modelSwitches: ["model-dir", "model_dir"],
    quantizationKeys: ["quant-type", "quant_type", "quant-cfg", "quant_cfg", "mode"],
  },
  {
    name: "mistralrs",
    title: "mistral.rs",
    // `plain -m MODEL`; `gguf` and `ggml` load quantized files.
    program: { name: /^mistralrs-server$/ },
    modelSwitches: ["m", "model-id"],
    quantizationKeys: ["isq", "quantized-model-id", "quantized-filename", "f"],
  },
  {
    name: "llava",
    title: "LLaVA's worker",
    module: /^(?:llava|mplug_owl\d?|videollava|bunny|vila)\.serve\.(?:model_worker|cli)$/,
    modelSwitches: ["model-path"],
    quantizationKeys: ["load-8bit", "load-4bit"],
  },
  {
    name: "openchat",
    title: "OpenChat's server",
    module: /^ochat\.serving\.openai_api_server$/,
    modelSwitches: ["model"],
    quantizationKeys: ["quantization", "load-format"],
  },
  {
    name: "ms-swift",
    title: "ms-swift",
    program: { name: /^swift$/, serves: /^(?:deploy|app|app-ui)$/ },
    modelSwitches: ["model", "model-id-or-path"],
    quantizationKeys: ["quant-bits", "quant-method", "quantization-bit", "vllm-quantization"],
  },
  {
    name: "llama-factory",
    title: "LLaMA-Factory",
    program: { name: /^llamafactory-cli$/, serves: /^(?:api|webchat)$/ },
    modelSwitches: ["model-name-or-path"],
    quantizationKeys: ["quantization-bit", "quantization-method"],
  },
  {
    name: "litgpt",
    title: "LitGPT",
    program: { name: /^litgpt$/, serves: /^serve$/ },
    modelSwitches: ["checkpoint-dir", "checkpoint_dir"],
    positional: true,
    quantizationKeys: ["quantize"],
  },
];

export const commandServers: readonly ServingSystem[] = SERVERS.map((server) => ({
  name: server.name,
  title: server.title,
  servesLanguageModels: true,
  quantizationKeys: server.quantizationKeys,
  dtypeKeys: ["dtype"],
  fromLaunch(launch) {
    const words = wordsFor(server, launch);
    return (
      words &&
      factOfLaunch({
        system: server.name,
        launch,
        words,
        modelSwitches: server.modelSwitches,
        ...(server.positional ? { positional: true } : {}),
      })
    );
  },
}));

/** The words behind what starts the server; nothing for another launch. */
function wordsFor(server: CommandServer, launch: Launch): readonly Word[] | undefined {
  const words = program(launch.words);
  const module = pythonModule(words);
  if (module !== undefined) return server.module?.test(module.module.value) ? module.rest : undefined;
  const own = server.program;
  if (own === undefined || !isProgram(words[0], own.name)) return undefined;
  if (own.serves === undefined) return words.slice(1);
  return own.serves.test(words[1]?.value ?? "") ? words.slice(2) : undefined;
}
