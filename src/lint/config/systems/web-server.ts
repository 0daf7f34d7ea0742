/**
 * A web server that is told by its environment which model to load and in which precision:
 * `MODEL_NAME=org/model-7b DTYPE=fp16 gunicorn server:app`.
 */

import { isProgram, program, pythonModule } from "../launch.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

const MODEL = ["MODEL_NAME", "MODEL_ID", "MODEL", "MODEL_PATH", "HF_MODEL_ID", "HF_MODEL", "BASE_MODEL"];
const DTYPE = ["DTYPE", "TORCH_DTYPE", "MODEL_DTYPE", "PRECISION"];
const QUANTIZATION = ["QUANTIZE", "QUANTIZATION", "LOAD_IN_8BIT", "LOAD_IN_4BIT", "LOAD_8BIT", "BITS"];
const SETTING = new RegExp(`^(?:${[...DTYPE, ...QUANTIZATION].join("|")})$`);

export const webServer: ServingSystem = {
  name: "web-server",
  title: "The server",
  servesLanguageModels: true,
  quantizationKeys: QUANTIZATION,
  dtypeKeys: DTYPE,
  fromLaunch(launch) {
    const words = program(launch.words);
    const module = pythonModule(words)?.module.value ?? "";
    if (
      !isProgram(words[0], /^(gunicorn|uvicorn|hypercorn|daphne)$/) &&
      !/serv(?:e|er)\b|uvicorn/.test(module)
    )
      return undefined;
    // Without a precision that is said here the program may load the model in any.
    const dtype = DTYPE.map((name) => launch.environment.get(name)).find((value) => value !== undefined);
    if (dtype === undefined || !/^(?:torch\.)?(?:b?f(?:loat|p)?(?:16|32)|half)$/i.test(dtype.value))
      return undefined;
    const fact = factOfLaunch({
      system: "web-server",
      launch,
      words: words.slice(1),
      modelSwitches: [],
      modelVariables: MODEL,
      variables: SETTING,
    });
    return fact.model === undefined ? undefined : fact;
  },
};
