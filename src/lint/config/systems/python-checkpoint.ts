/** The checkpoint that a program serves from a folder or an object: filled from the hub by the program itself. */

import type { ServingFact } from "../../facts.ts";
import { modelInfo } from "../../models/model-id.ts";
import type { PythonFacts } from "../../python/python-facts.ts";

type Found = { model?: ServingFact["model"] };

/** Calls that fetch a checkpoint: the hub's download, and BentoML's store of models. */
const FETCHES = /(?:^|\.)snapshot_download$|^bentoml\.models\.(?:HuggingFaceModel|get|create|import_model)$/;
const NAME = /^(?:\w+_)?(?:MODEL|CHECKPOINT|REPO)(?:_(?:NAME|ID|REPO|PATH|TAG))?$/;

/**
 * `snapshot_download(MODEL_NAME, local_dir=MODEL_DIR)`, `bentoml.models.HuggingFaceModel(MODEL_ID)`: what is served is the
 * one checkpoint that the program names, however it gets to the server.
 */
export function fetched(found: Found, facts: PythonFacts): Found {
  const id = found.model?.id;
  if (id !== undefined && (!/^\.{0,2}\/|^\$/.test(id) || modelInfo(id).billions !== undefined)) return found;
  if (!facts.calls.some(({ callee }) => FETCHES.test(callee))) return found;
  const ids = facts.assignments.filter(
    ({ target, value, inFunction }) =>
      inFunction === undefined &&
      NAME.test(target) &&
      typeof value.literal === "string" &&
      /^[\w.-]+\/[\w.-]+$/.test(value.literal),
  );
  const [only] = ids;
  return ids.length === 1 ? { model: { id: String(only!.value.literal), range: only!.value.range } } : found;
}
