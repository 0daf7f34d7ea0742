/**
 * vLLM's settings as variables of a program's own: a `.env` file, the environment of an image that wraps vLLM, variables of
 * Terraform, a script that only sets what others read. Source of the names: docs.vllm.ai, "Engine Arguments" (2026).
 */

import type { ServingFact } from "../../facts.ts";
import { modelInfo } from "../../models/model-id.ts";
import { variablesOf } from "../hcl.ts";
import type { ShellScript } from "../shell.ts";
import { type ConfigNode, entriesOf, type MapEntry, type MapNode, maps, scalars } from "../tree.ts";
import type { Word } from "../words.ts";
import type { ServingSystem } from "./system.ts";
import { factOfMap, withoutInsertion } from "./tree-fact.ts";
import { VLLM_QUANTIZATION, vllm } from "./vllm.ts";

const MODEL = /^(?:hf-|llm-|base-|default-)?model(?:-(?:id|name|repo|path|tag))?$/;
/** Of a server alone. */
const OF_SERVER =
  /^(?:gpu-memory-util(?:ization)?|(?:tensor|pipeline|data)-parallel(?:-size)?|max-num-seqs|max-num-batched-tokens|kv-cache-dtype|enforce-eager|swap-space|enable-prefix-caching)$/;
/** Also of programs that ask one. */
const OF_EITHER = /^(?:max-model-len(?:gth)?|dtype|quantization|trust-remote-code)$/;
/** Of what installs and starts one, as a role of Ansible's does. */
const INSTALLS = /^vllm_(?:version|package|image|(?:install|venv|service|container|docker)_\w+)$/i;
const MEASURES = /^(?:test-name|expected|bench|eval|tasks$)|throughput$/;
/** Measuring, training, and working through a file of prompts. */
const OTHER_WORK =
  /(?:^|[_-])(?:evals?|evaluat\w*|train\w*|tasks?|bench\w*|data_?sets?|epochs?|rewards?|rollouts?|judges?|learning|peft|samples|prompts|concurrency|warmup|experiments?|hypothes[ei]s)(?:$|[_-])|^(?:input|output)[_-]?(?:dir|path|file|folder)/i;
const ADDRESS = /(?:^|-)(?:url|uri|endpoint|api-base)$/;

export const vllmVariables: ServingSystem = {
  name: "vllm-variables",
  title: vllm.title,
  servesLanguageModels: true,
  quantizationKeys: VLLM_QUANTIZATION,
  dtypeKeys: vllm.dtypeKeys,
  fromLaunch(launch) {
    return launch.image === undefined ? undefined : factOf(entriesFor(launch.environment), launch.range);
  },
  fromTree(root) {
    const flat = entriesOf(root);
    const isFlat =
      flat.some(({ key }) => INSTALLS.test(key)) ||
      (flat.length > 0 && flat.every(({ value }) => value.kind === "scalar"));
    const fact = factOf(isFlat ? flat : variablesOf(root), root.range);
    return fact === undefined ? sections(root) : [fact];
  },
};

/** A program's own settings, of which a part is what it hands to the server: `model: {model_id: ..., max_model_len: ...}`. */
function sections(root: ConfigNode): ServingFact[] {
  const [, ...parts] = maps(root);
  const asks = entriesOf(root).some(({ key }) => ADDRESS.test(nameOf(key)));
  const worksOtherwise = maps(root).some(({ node }) => node.entries.some(({ key }) => OTHER_WORK.test(key)));
  if (asks || worksOtherwise) return [];
  return parts.flatMap(({ node }) =>
    node.entries.every(({ value }) => value.kind === "scalar")
      ? (factOf(node.entries, node.range) ?? [])
      : [],
  );
}

/** What a script sets for others to read: one that starts anything has its own use of it. */
const SETS = /^(?:export|declare|local|readonly|set|shopt|echo|printf|exit|return|:|\[\[?|test|source|\.)$/;
export function ofSettingsScript({ commands, variables }: ShellScript): ServingFact[] {
  // `case NAME in` and its labels are no commands either.
  const isLabel = (words: readonly Word[]) => words.length === 1 || words[1]?.value === "in";
  if (!commands.every(({ words }) => SETS.test(words[0]?.value ?? "") || isLabel(words))) return [];
  const entries = entriesFor(variables);
  const [first] = entries;
  const fact = first && factOf(entries, first.keyRange);
  return fact === undefined ? [] : [fact];
}

/** Variables as the entries of a map. */
function entriesFor(variables: ReadonlyMap<string, Pick<Word, "value" | "range" | "known">>): MapEntry[] {
  return [...variables].map(([key, { value, range, known }]) => ({
    key,
    keyRange: range,
    value: {
      kind: "scalar",
      value,
      range,
      known,
      content: { text: value, start: range.start },
      style: "plain",
    },
  }));
}

/** `VLLM_MAX_MODEL_LEN` and `max_model_len` are `max-model-len`. */
const nameOf = (key: string): string =>
  key
    .toLowerCase()
    .replaceAll("_", "-")
    .replace(/^vllm-/, "");

function factOf(entries: readonly MapEntry[], range: ServingFact["range"]): ServingFact | undefined {
  const own = entries.filter(({ key }) => OF_SERVER.test(nameOf(key)) || OF_EITHER.test(nameOf(key)));
  // Its switches in one variable: `VLLM_ARGS=--max-model-len 8192`.
  const hasSwitches = entries.some(
    ({ key, value }) =>
      /^vllm_\w*args$/i.test(key) && value.kind === "scalar" && value.value.startsWith("--"),
  );
  const installs = entries.some(({ key }) => INSTALLS.test(key));
  if (own.length === 0 && !hasSwitches && !installs) return undefined;
  const isOfServer = own.some(({ key }) => OF_SERVER.test(nameOf(key)));
  const addresses = entries.filter(({ key }) => ADDRESS.test(nameOf(key)));
  const asks = addresses.length > 0;
  // Another one's server, whatever else is told of it.
  if (
    addresses.some(
      ({ key, value }) => /^vllm_/i.test(key) && value.kind === "scalar" && /^https:/.test(value.value),
    )
  )
    return undefined;
  const model = modelIn(entries);
  // Measures a server, and says what is expected of it.
  const measures = entries.some(({ key }) => MEASURES.test(nameOf(key)));
  if (model === undefined || measures) return undefined;
  const isOfVllm = /^vllm_/i.test(model.key);
  const isToldEnough = (isOfServer && own.length > 1) || (installs && own.length > 0);
  if (isOfVllm ? asks && !isOfServer && !installs : !isToldEnough) return undefined;
  const settings: MapNode = { kind: "map", entries: own, range, flow: false };
  const made = factOfMap({
    system: "vllm-variables",
    node: settings,
    model: model.value.kind === "scalar" ? model.value : undefined,
    text: "",
    rename: nameOf,
    range,
  });
  // Switches in a variable, or in a list of them: `VLLM_EXTRA_ARGS="--quantization fp8"`.
  const switches = entries.find(({ key, value }) =>
    scalars(value).some(
      ({ node }) =>
        /--(?:quantization|load-format)(?:[= ]|$)/.test(node.value) ||
        (value.kind === "scalar" && /args|flags|options/i.test(key) && !node.known),
    ),
  );
  if (switches !== undefined)
    (made.settings as Map<string, unknown>).set("quantization", {
      value: "$",
      range: switches.value.range,
      keyRange: switches.keyRange,
    });
  return withoutInsertion(made);
}

/** The variable that names the checkpoint: of several the one with its owner. */
function modelIn(entries: readonly MapEntry[]): MapEntry | undefined {
  const named = entries.filter(
    ({ key, value }) =>
      MODEL.test(nameOf(key)) &&
      value.kind === "scalar" &&
      value.known &&
      !modelInfo(value.value).placeholder &&
      modelInfo(value.value).billions !== undefined,
  );
  return named.find(({ value }) => value.kind === "scalar" && value.value.includes("/")) ?? named[0];
}
