/** A Python program that is started with an option for quantization: what the program leaves open is decided here. */

import { program, pythonModule } from "../launch.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

const OPTIONS = /^(load-(in-)?[48]bit|quantize|quantization|bits)$/;

export const script: ServingSystem = {
  name: "script",
  title: "The program",
  servesLanguageModels: false,
  quantizationKeys: [
    "load-8bit",
    "load-in-8bit",
    "load-4bit",
    "load-in-4bit",
    "quantize",
    "quantization",
    "bits",
  ],
  dtypeKeys: [],
  fromLaunch(launch) {
    const words = program(launch.words);
    const module = pythonModule(words);
    const path = module?.module ?? words[0];
    if (path === undefined || !/^[\w./-]+\.py$/.test(path.value)) return undefined;
    const fact = factOfLaunch({
      system: "script",
      launch,
      words: module?.rest ?? words.slice(1),
      modelSwitches: [],
    });
    if (![...fact.settings.keys()].some((name) => OPTIONS.test(name))) return undefined;
    return { ...fact, model: { id: path.value.slice(path.value.lastIndexOf("/") + 1), range: path.range } };
  },
};
