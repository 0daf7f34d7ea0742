/** Fixes of FW204 where one argument of the export lowers the precision, and is right wherever the export is. */

import { insertKeyword } from "../config/systems/python-values.ts";
import type { Fix, TextEdit } from "../finding.ts";
import type { Call } from "../python/python-facts.ts";

/** Formats of Ultralytics' export that take `half` on any device; ONNX takes it on a GPU only. */
export const HALF_FORMATS = /^(?:openvino|engine|ncnn|mnn|coreml|tflite)$/;

export function exportFixes(call: Call, text: string): Fix[] {
  const { keywords, callee } = call;
  const format = String(keywords.get("format")?.literal);
  if (/^ultralytics\./.test(callee))
    return HALF_FORMATS.test(format)
      ? fixOf("Export half precision", asking(call, "half", "True", text))
      : [];
  if (keywords.get("compress_to_fp16")?.literal === false)
    return fixOf("Compress the weights to float16", asking(call, "compress_to_fp16", "True", text));
  const precision = keywords.get("compute_precision");
  if (/\.FLOAT32$/.test(precision?.text ?? ""))
    return fixOf("Compute in float16", {
      range: precision!.range,
      newText: precision!.text.replace(/\.FLOAT32$/, ".FLOAT16"),
    });
  return /^ctranslate2\./.test(callee)
    ? fixOf("Quantize to int8", asking(call, "quantization", '"int8"', text))
    : [];
}

function fixOf(title: string, edit: TextEdit | undefined): Fix[] {
  return edit === undefined ? [] : [{ title, safety: "unsafe", edits: [edit] }];
}

/** The argument with this value, also where it stands with another. */
function asking(call: Call, name: string, value: string, text: string): TextEdit | undefined {
  const range = call.keywords.get(name)?.range;
  return range === undefined ? insertKeyword(call, name, value, text) : { range, newText: value };
}
