/** Ultralytics' command: `yolo export model=best.pt format=onnx`, float32 without `half` or `int8`. Source: Ultralytics documentation, "Export" (2026). */

import { isProgram, program } from "../launch.ts";
import type { ServingSystem } from "./system.ts";

export const ultralytics: ServingSystem = {
  name: "ultralytics",
  title: "Ultralytics' export",
  servesLanguageModels: false,
  converts: true,
  quantizationKeys: ["half", "int8"],
  dtypeKeys: [],
  quantize: {
    name: "half",
    value: "True",
    capability: 0,
    source: "Ultralytics documentation, Export arguments (2026)",
  },
  fromLaunch(launch) {
    const words = program(launch.words);
    if (!isProgram(words[0], /^yolo$/) || !words.some(({ value }) => value === "export")) return undefined;
    const settings = new Map(
      words.slice(1).flatMap(({ value, range }) => {
        const [, name, given] = /^(\w+)=(.*)$/.exec(value) ?? [];
        return name === undefined ? [] : [[name, { value: given ?? "", range, keyRange: range }] as const];
      }),
    );
    // Other formats, and a variable's, are not known to keep float32.
    if (
      !/^(?:onnx|torchscript|openvino|engine|ncnn|mnn|tflite|coreml|saved_model|tfjs)$/.test(
        settings.get("format")?.value ?? "",
      )
    )
      return undefined;
    const format = settings.get("format")?.value ?? "";
    const last = words.at(-1);
    return {
      system: "ultralytics",
      range: launch.range,
      settings,
      commentedOut: new Map(),
      batching: new Map(),
      // ONNX takes it on a GPU only.
      ...(format === "onnx" || settings.has("half")
        ? {}
        : { insertSetting: (name, value) => last?.after?.([`${name}=${value}`]) }),
    };
  },
};
