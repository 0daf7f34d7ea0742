/** The checkpoint that a program serves from a folder or an object: filled from the hub by the program itself. */

import type { ServingFact } from "../../facts.ts";
import { modelInfo } from "../../models/model-id.ts";
import type { PythonFacts, Value } from "../../python/python-facts.ts";
import { modelOf } from "./python-model.ts";

type Found = { model?: ServingFact["model"] };

/** Calls that fetch a checkpoint: the hub's download, and BentoML's store of models. */
const FETCHES = /(?:^|\.)snapshot_download$|^bentoml\.models\.(?:HuggingFaceModel|get|create|import_model)$/;
/** A folder, a variable, or a bare word that is no model of the hub's. */
const LOCAL = /^\.{0,2}\/|^\$|^[\w-]*(?:checkpoint|cache|weight|model)[\w-]*\/?$/i;
const NAME = /^(?:\w+_)?(?:MODEL|CHECKPOINT|REPO)(?:_(?:NAME|ID|REPO|PATH|TAG))?$/;

/**
 * `snapshot_download(MODEL_NAME, local_dir=MODEL_DIR)`, `bentoml.models.HuggingFaceModel(MODEL_ID)`: what is served is the
 * one checkpoint that the program names, however it gets to the server.
 *
 * @param folder what the program loads it from
 */
export function fetched(found: Found, facts: PythonFacts, folder?: Value): Found {
  const id = found.model?.id;
  if (id !== undefined && modelInfo(id).billions !== undefined) return found;
  const model = putInto(folder, facts);
  if (model !== undefined) return { model };
  if (id !== undefined && !LOCAL.test(id)) return found;
  const archive = archiveOf(id, facts);
  if (archive !== undefined) return { model: archive };
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

/** `snapshot_download(MODEL_ID, local_dir=base)`, where the program loads from `base`. */
function putInto(folder: Value | undefined, facts: PythonFacts): ServingFact["model"] | undefined {
  const name = folder?.name;
  if (name === undefined) return undefined;
  const fetch = facts.calls.find(
    ({ callee, keywords }) =>
      /(?:^|\.)snapshot_download$/.test(callee) && keywords.get("local_dir")?.name === name,
  );
  return fetch && modelOf(fetch.keywords.get("repo_id") ?? fetch.args[0], facts).model;
}

/** `MODEL_URL = "https://host/meta-llama/Llama-Guard-3-8B/model.tar"`: the archive that the folder is filled from. */
function archiveOf(id: string | undefined, facts: PythonFacts): ServingFact["model"] | undefined {
  if (id === undefined) return undefined;
  const named = facts.assignments.flatMap(({ target, value, inFunction }) => {
    const { literal } = value;
    if (inFunction !== undefined || !/URL|WEIGHTS/.test(target) || typeof literal !== "string") return [];
    const parts = /^https?:\/\/[^/]+\/(.+)$/.exec(literal)?.[1]?.split("/") ?? [];
    const part = parts.find(
      (one) => modelInfo(one).kind === "generative" && modelInfo(one).billions !== undefined,
    );
    return part === undefined ? [] : [{ id: part, range: value.range }];
  });
  return named.length === 1 ? named[0] : undefined;
}
