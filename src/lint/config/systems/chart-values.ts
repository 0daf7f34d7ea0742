/** Values of Helm charts that serve one model: the server's image, and the model beside it under a name of the chart's own. */

import type { ServingFact } from "../../facts.ts";
import { modelInfo } from "../../models/model-id.ts";
import { imageName } from "../launch.ts";
import { insertAfter } from "../launch-arguments.ts";
import {
  at,
  type ConfigNode,
  entriesOf,
  itemsOf,
  maps,
  type ScalarNode,
  scalarAt,
  scalars,
  textAt,
} from "../tree.ts";
import { commandWords } from "../tree-commands.ts";
import { isSet, type ReadContext } from "./system.ts";
import { factOfMap } from "./tree-fact.ts";

/** Where charts put the checkpoint's id: `model: {id: ...}`, `modelName`, `hfModelName`. */
const IN_MODEL =
  /^(?:id|name|repo|repository|source|model_?id|(?:hf|hugging_?face)(?:_?(?:id|name|repo|model))?|repo_?(?:id|name)|model_?(?:path|name|repo)|path|uri)$/i;
const MODEL =
  /^(?:(?:hf|hugging_?face)_?)?model(?:_?(?:id|name|repo|repository|reference|path))?$|^(?:hf|hugging_?face)_?repo(?:_?id)?$/i;
/** Maps beside the image that hold the server's settings. */
const HOLDERS = /^(?:configuration|config|server|serving|inference|engine|llm)$/i;
/** Keys of charts: settings of a program that only calls a model have none of them. */
const OF_CHART = /^(?:service|replicas|replicaCount)$/;
/** A server's settings under its name; what asks one has no say in these. */
const OF_SERVER = /^(?:vllm|sglang)(?:_?(?:config|args|server|engine|settings))?$/i;
const TOLD_TO_SERVER =
  /^(?:(?:tensor|data|pipeline)_?parallel(?:_?size)?|gpu_?memory_?utili[sz]ation|max_?model_?len(?:gth)?|max_?num_?seqs|enforce_?eager)$/i;
const HUB_ID = /^[\w.-]+\/[\w.-]+$/;

/** Facts of the system whose image a map of values names. */
export function chartValues(
  root: ConfigNode,
  context: ReadContext,
  system: string,
  image: RegExp,
): ServingFact[] {
  // A manifest is no chart's values, and neither is a file of dstack's or Truss', whose commands start the server.
  if (textAt(root, "kind") !== undefined || at(root, "docker_server") !== undefined) return [];
  if (/^(?:service|task|dev-environment)$/.test(textAt(root, "type") ?? "")) return [];
  const facts: ServingFact[] = [];
  for (const { node } of maps(root)) {
    const own = imageIn(node);
    // The server's own settings beside its image; without one they may be a client's.
    const isListed = itemsOf(at(root, "models")).includes(node);
    const model =
      modelIn(node) ??
      (own === undefined ? undefined : modelIn(node, /^vllm$/i)) ??
      (isListed ? listedModel(node) : undefined);
    if (model === undefined || isOff(node)) continue;
    if (facts.some(({ range }) => range.start === model.at.range.start)) continue;
    const named = own?.value ?? serverIn(node, root) ?? (isListed ? imageIn(root)?.value : undefined);
    if (named === undefined || !image.test(imageName(named))) continue;
    // Whatever quantizes under the chart's own names stands in the same values.
    if (quantizes(root, othersBeside(root, node))) continue;
    const fact = factOfMap({ system, node, model: model.at, root, text: context.text });
    facts.push({ ...fact, ...model.fact, insertSetting: insertionIn(node, context.text) });
  }
  return facts;
}

/** What the chart reads: its own key for it that stands there without a value, or its list of the server's switches. */
function insertionIn(node: ConfigNode, text: string): ServingFact["insertSetting"] {
  const entries = maps(node).flatMap((each) => each.node.entries);
  const own = entries.find(
    ({ key, value }) => /^quanti[sz](?:e|ation)$/i.test(key) && value.kind === "scalar",
  );
  const list = entries.find(
    ({ key, value }) => /^(?:\w+_?)?args$/i.test(key) && value.kind === "list" && value.items.length > 0,
  );
  return (name, value) => {
    if (own !== undefined && own.value.range.end > own.value.range.start)
      return { range: own.value.range, newText: value };
    const last = list && commandWords(list.value, text, new Map()).at(-1);
    return insertAfter(last, name, value, last?.value.includes("=") === true);
  };
}

function isOff(node: ConfigNode): boolean {
  return textAt(node, "enabled") === "false" || textAt(node, "model", "enabled") === "false";
}

/** The image of this map, or of the runtime or the container within it. */
function imageIn(node: ConfigNode): ScalarNode | undefined {
  const images = maps(node).map(
    (each) =>
      scalarAt(each.node, "image", "repository") ??
      scalarAt(each.node, "image", "version") ??
      scalarAt(each.node, "image"),
  );
  return images.find((each) => each !== undefined && each.value !== "");
}

/** What a chart runs whose image is given when it is installed: `framework: vllm`, or the server's own settings, `vllm: {...}`. */
function serverIn(node: ConfigNode, root: ConfigNode): string | undefined {
  const own = entriesOf(node).find(({ key, value }) => OF_SERVER.test(key) && value.kind === "map");
  // Values that a chart's user adds may hold nothing else of the chart.
  if (entriesOf(own?.value).some(({ key }) => TOLD_TO_SERVER.test(key))) return own?.key;
  if (!maps(root).some((each) => each.node.entries.some(({ key }) => OF_CHART.test(key)))) return undefined;
  return ["framework", "engine", "backend"].map((key) => textAt(node, key)).find(Boolean) ?? own?.key;
}

/** The other models of a list in which this one stands. */
function othersBeside(root: ConfigNode, one: ConfigNode): ConfigNode[] {
  const lists = maps(root).flatMap((each) => each.node.entries.map(({ value }) => itemsOf(value)));
  const list = lists.find((items) => items.some((item) => contains(item, one))) ?? [];
  return list.filter((item) => !contains(item, one));
}

function contains(outer: ConfigNode, { range }: ConfigNode): boolean {
  return outer.range.start <= range.start && range.end <= outer.range.end;
}

function modelIn(
  node: ConfigNode,
  within = HOLDERS,
): { at: ScalarNode; fact: Pick<ServingFact, "model"> } | undefined {
  const holders = entriesOf(node).filter(({ key }) => within.test(key));
  for (const holder of [node, ...holders.map(({ value }) => value)])
    for (const { value } of [
      ...entriesOf(at(holder, "model")).filter(({ key }) => IN_MODEL.test(key)),
      ...entriesOf(holder).filter(({ key }) => MODEL.test(key)),
    ])
      if (value.kind === "scalar" && value.known && (HUB_ID.test(value.value) || isSizedFolder(value.value)))
        return { at: value, fact: {} };
  // In two parts: whose it is, and what it is called.
  const model = at(node, "model");
  const name = scalarAt(model, "id") ?? scalarAt(model, "name");
  const owner = ["root", "org", "organization", "owner"]
    .map((key) => scalarAt(model, key))
    .find((each) => each?.known);
  if (!name?.known || owner === undefined || !HUB_ID.test(`${owner.value}/${name.value}`)) return undefined;
  return { at: name, fact: { model: { id: `${owner.value}/${name.value}`, range: name.range } } };
}

/** `models: [{name: org/model}]` beside the image that serves each of them. */
function listedModel(node: ConfigNode): { at: ScalarNode; fact: Pick<ServingFact, "model"> } | undefined {
  const named = entriesOf(node).find(
    ({ key, value }) =>
      IN_MODEL.test(key) && value.kind === "scalar" && value.known && HUB_ID.test(value.value),
  )?.value;
  return named?.kind === "scalar" ? { at: named, fact: {} } : undefined;
}

/** A folder on a volume whose name says which model it holds. */
function isSizedFolder(path: string): boolean {
  if (!/^\/[\w./-]+$/.test(path)) return false;
  const { kind, billions } = modelInfo(path);
  return kind === "generative" && billions !== undefined;
}

const QUANTIZES = /quanti[sz]|\b(?:awq|gptq|fp8|int[48]|bitsandbytes|gguf)\b|load[-_]?in[-_]?[48]/i;

/** A key that quantizes with a value, or a value that says so; comments and the cache's precision say nothing. */
function quantizes(root: ConfigNode, others: readonly ConfigNode[]): boolean {
  return scalars(root).some(({ node, path }) => {
    if (others.some((other) => contains(other, node))) return false;
    const key = path.at(-1) ?? "";
    if (/kv[-_]?cache/i.test(key)) return false;
    if (/quanti[sz]|load[-_]?(?:format|in[-_]?[48])/i.test(key)) return !node.known || isSet(node.value);
    return QUANTIZES.test(node.value.replace(/kv[-_]?cache[-_]?dtype[\s=]+\S+/gi, ""));
  });
}
