/** Ollama: Modelfile, `ollama run|pull NAME:TAG`. Tags without a precision are 4-bit; `-fp16`, `-bf16` are unquantized. */

import type { ServingFact } from "../../facts.ts";
import { imageName, isProgram, program } from "../launch.ts";
import { readModelfile } from "../modelfile.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

/** Setting of a Modelfile whose checkpoint is a folder of the Hugging Face format. */
export const OLLAMA_IMPORT = "import";
/** A path without a file's ending: `FROM ./Meta-Llama-3-8B-merged`. Ollama keeps its 16 bits unless `create` is told to quantize. */
const IMPORTED = /^(?:\.{0,2}|~)\/(?!.*\.(?:gguf|bin|sha256\S*)$)/;

export const ollama: ServingSystem = {
  name: "ollama",
  title: "Ollama",
  servesLanguageModels: false,
  quantizationKeys: ["quantize", "q"],
  dtypeKeys: [],
  fromLaunch(launch) {
    const words = program(launch.words);
    if (isProgram(words[0], /^ollama(\.exe)?$/) && /^(run|pull|create)$/.test(words[1]?.value ?? ""))
      return factOfLaunch({
        system: "ollama",
        launch,
        words: words.slice(2),
        modelSwitches: ["model"],
        positional: true,
      });
    const image = launch.image === undefined ? "" : imageName(launch.image.name);
    if (!/(^|\/)ollama$/.test(image)) return undefined;
    return factOfLaunch({
      system: "ollama",
      launch,
      words: /^(run|pull)$/.test(words[0]?.value ?? "") ? words.slice(1) : [],
      modelSwitches: ["model"],
      modelVariables: ["OLLAMA_MODEL", "MODEL"],
      positional: /^(run|pull)$/.test(words[0]?.value ?? ""),
      variables: /^OLLAMA_/,
    });
  },
  fromText({ text }): ServingFact[] {
    const instructions = readModelfile(text);
    const from = instructions.find((one) => one.name === "FROM");
    if (from === undefined) return [];
    const settings = new Map(
      instructions
        .filter((one) => one.name === "PARAMETER")
        .map((one) => {
          const [name = "", ...value] = one.value.split(/\s+/);
          return [name, { value: value.join(" "), range: one.range, keyRange: one.nameRange }] as const;
        }),
    );
    if (IMPORTED.test(from.value))
      settings.set(OLLAMA_IMPORT, { value: "", range: from.range, keyRange: from.nameRange });
    return [
      {
        system: "ollama",
        range: { start: from.nameRange.start, end: from.range.end },
        model: { id: from.value, range: from.range },
        settings,
        commentedOut: new Map(),
        batching: new Map(),
      },
    ];
  },
};
