/** Which file is the model, among those that runs wrote. Pure. */

import type { Artefact } from "../../ledger/entry.ts";
import type { Evidence, RecordedRun } from "../evidence.ts";
import type { Facts } from "./document.ts";

const MODEL_FILE =
  /\.(?:pkl|pickle|joblib|onnx|pt|pth|safetensors|h5|keras|pb|tflite|gguf|bin|ubj|cbm|mlmodel)$/i;

export interface ModelArtefact {
  artefact: Artefact;
  run: RecordedRun;
}

/**
 * The newest one of the name that the project gives; without a name the only file with a model's ending that the newest
 * run with such files wrote. Undefined where several could be meant.
 */
export function modelArtefact({ runs }: Evidence, facts: Facts): ModelArtefact | undefined {
  const named = facts.report?.["model-card"]?.artefact;
  for (const run of [...runs].reverse()) {
    const fitting = run.body.artefacts.filter(({ path }) =>
      named === undefined ? MODEL_FILE.test(path) : path === named,
    );
    if (fitting.length > 0) return fitting.length === 1 ? { artefact: fitting[0]!, run } : undefined;
  }
  return undefined;
}
