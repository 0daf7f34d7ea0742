/** Text Embeddings Inference: embeddings and rerankers; float16 on GPUs by default, so only an explicit float32 counts. */

import { imageName, isProgram, program } from "../launch.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

export const tei: ServingSystem = {
  name: "tei",
  title: "Text Embeddings Inference",
  servesLanguageModels: false,
  quantizationKeys: [],
  dtypeKeys: ["dtype", "DTYPE"],
  fromLaunch(launch) {
    const words = program(launch.words);
    const byName = isProgram(words[0], /^text-embeddings-router$/);
    const image = launch.image === undefined ? "" : imageName(launch.image.name);
    if (!byName && !/text-embeddings-inference|\/tei/.test(image)) return undefined;
    return factOfLaunch({
      system: "tei",
      launch,
      words: byName ? words.slice(1) : words,
      modelSwitches: ["model-id"],
      modelVariables: ["MODEL_ID"],
      variables: /^DTYPE$/,
    });
  },
};
