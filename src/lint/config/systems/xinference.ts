/**
 * Xinference: `xinference launch --model-name NAME --size-in-billions N --model-format pytorch --quantization none`. Weights
 * as they are published are the format pytorch without quantization; without both the server chooses. Source: Xinference
 * documentation, "Models" and the command line's reference (2026).
 */

import { isProgram, program } from "../launch.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

export const xinference: ServingSystem = {
  name: "xinference",
  title: "Xinference",
  servesLanguageModels: true,
  quantizationKeys: ["quantization", "model-format"],
  dtypeKeys: [],
  fromLaunch(launch) {
    const words = program(launch.words);
    if (!isProgram(words[0], /^xinference$/) || words[1]?.value !== "launch") return undefined;
    const fact = factOfLaunch({
      system: "xinference",
      launch,
      words: words.slice(2),
      modelSwitches: ["model-name", "n"],
    });
    const { model, ...rest } = fact;
    const value = (name: string, short: string) =>
      (fact.settings.get(name) ?? fact.settings.get(short))?.value;
    const format = value("model-format", "f");
    const settings = new Map(fact.settings);
    if (format === "pytorch") settings.delete("model-format");
    const quantization = fact.settings.get("q");
    if (quantization !== undefined) settings.set("quantization", quantization);
    const size = value("size-in-billions", "s");
    const isPublished =
      format === "pytorch" || (format === undefined && /^none$/i.test(value("quantization", "q") ?? ""));
    // What is served is two settings: a family and its size.
    return model === undefined || !isPublished || size === undefined || !/^[\d_.]+$/.test(size)
      ? { ...rest, settings }
      : { ...rest, settings, model: { id: `${model.id}-${size}b`, range: model.range } };
  },
};
