/** What a serving system is to the linter, and how its facts are put together. */

import type { ServingFact, WrittenFile } from "../../facts.ts";
import type { TextRange } from "../../finding.ts";
import { modelInfo } from "../../models/model-id.ts";
import type { ConfigMaps } from "../config-maps.ts";
import type { Downloads } from "../downloads.ts";
import type { Launch } from "../launch.ts";
import { type Argument, type Arguments, insertAfter, readArguments } from "../launch-arguments.ts";
import { mountedModel } from "../mounts.ts";
import type { ConfigNode } from "../tree.ts";
import type { Word } from "../words.ts";

export interface ReadContext {
  file: string;
  text: string;
  /** What the file's commands fetch, filled while they are read. */
  downloads: Downloads;
  /** Of the file's documents. */
  configMaps?: ConfigMaps;
  /** Programs in the file, filled while it is read. */
  written: WrittenFile[];
}

export interface ServingSystem {
  name: string;
  /** As its makers write it. */
  title: string;
  /** True when it serves generative language models from 16-bit weights unless told otherwise (FW201). */
  servesLanguageModels: boolean;
  /** True for a converter that writes float32 weights unless a switch lowers them (FW204). */
  converts?: true;
  /** Settings that quantize weights; any other value than none or empty counts. */
  quantizationKeys: readonly string[];
  /** Settings that choose the precision of weights and arithmetic. */
  dtypeKeys: readonly string[];
  /** The switch that quantizes 16-bit weights when they are loaded, with what the hardware must be able to do. */
  quantize?: { name: string; value: string; capability: number; source: string };
  fromLaunch?(launch: Launch): ServingFact | undefined;
  fromTree?(root: ConfigNode, context: ReadContext): ServingFact[];
  fromText?(context: ReadContext): ServingFact[];
}

type Settings = Map<
  string,
  { value: string; range: { start: number; end: number }; keyRange: { start: number; end: number } }
>;

/** The words of a value, of which a model is a known one. */
export function modelOf(argument: Argument | undefined): ServingFact["model"] {
  if (argument === undefined || argument.value === "") return undefined;
  if (!named(argument)) return undefined;
  return { id: argument.value, range: argument.range };
}

/** The variable of the environment that a word is: `$MODEL`, `${MODEL}`, Kubernetes' `$(MODEL)`. */
function variableOf(
  word: { value: string; range: TextRange } | undefined,
): Pick<ServingFact, "modelVariable"> {
  const name = /^\$(?:([A-Z][A-Z0-9_]*)|\{([A-Z][A-Z0-9_]*)\}|\(([A-Z][A-Z0-9_]*)\))$/.exec(
    word?.value ?? "",
  );
  const found = name?.slice(1).find(Boolean);
  return word === undefined || found === undefined
    ? {}
    : { modelVariable: { name: found, range: word.range } };
}

/** Known, or a path whose last part is: `$MODELS/llama-2-7b`. */
function named(word: { value: string; known: boolean }): boolean {
  return word.known || /\/[^/$`{}()]+$/.test(word.value);
}

/**
 * Of the names of one model that which says most: that it is quantized, or how large it is; the first where none does.
 * `--model=/mnt/models` is mounted from `pvc://claim/Qwen2.5-7B-Instruct`.
 */
export function tellingName<Name extends { value: string }>(names: readonly Name[]): Name | undefined {
  const read = names.map((name) => ({ name, info: modelInfo(name.value) }));
  const told =
    read.find(({ info }) => info.quantization !== undefined || info.native !== undefined) ??
    read.find(({ info }) => info.billions !== undefined && !info.placeholder);
  return told?.name ?? names[0];
}

export interface LaunchFact {
  system: string;
  launch: Launch;
  /** The words after the program. */
  words: readonly Word[];
  /** Switches that name the model, first found counts. */
  modelSwitches: readonly string[];
  /** Environment variables that name it. */
  modelVariables?: readonly string[];
  /** The model may stand free, as in `vllm serve MODEL`. */
  positional?: boolean;
  /** Environment variables that are settings, by pattern. */
  variables?: RegExp;
}

/** A fact of a launched server: its switches and its environment are its settings. */
export function factOfLaunch(options: LaunchFact): ServingFact {
  const { launch } = options;
  const args = readArguments(options.words);
  const settings: Settings = new Map();
  for (const [name, argument] of args.options)
    settings.set(name, { value: argument.value, range: argument.range, keyRange: argument.keyRange });
  let anchor = anchorOf(args, options.modelSwitches);
  let model: ServingFact["model"];
  for (const name of options.modelSwitches) {
    const argument = args.options.get(name);
    if (argument !== undefined) model = modelOf(argument);
    if (argument !== undefined) break;
  }
  const free = args.positional.find(
    (word) => !/^(serve|server|run|start|v2|\.|&&|api_server)$/.test(word.value),
  );
  if (
    options.positional === true &&
    free !== undefined &&
    anchorOf(args, options.modelSwitches) === undefined
  ) {
    if (named(free)) model = { id: free.value, range: free.range };
    anchor = {
      value: free.value,
      range: free.range,
      keyRange: free.range,
      known: free.known,
      withEquals: false,
      word: free,
    };
  }
  const asked = anchor;
  for (const [name, variable] of launch.environment) {
    if (
      options.modelVariables?.includes(name) &&
      model === undefined &&
      variable.known &&
      variable.value !== ""
    )
      model = { id: variable.value, range: variable.range };
    if (options.variables?.test(name))
      settings.set(name, {
        value: variable.known ? variable.value : variable.value || "$",
        range: variable.range,
        keyRange: variable.keyRange,
      });
  }
  if (model !== undefined) model = { ...model, id: mountedModel(model.id, launch.mounts) };
  anchor ??= [...args.options.values()].at(-1);
  const last = anchor;
  const accelerator = launch.accelerator?.();
  const replicas = launch.replicas?.();
  return {
    system: options.system,
    range: launch.range,
    ...(model === undefined ? variableOf(asked) : { model }),
    settings,
    commentedOut: new Map(),
    ...(accelerator === undefined ? {} : { accelerator }),
    ...(replicas === undefined ? {} : { replicas }),
    batching: new Map(),
    insertSetting: (name, value) =>
      args.options.get(name)?.value
        ? // One that stands there with none.
          { range: args.options.get(name)!.range, newText: value }
        : /^[A-Z]/.test(name)
          ? launch.insertVariable?.(name, value)
          : insertAfter(last?.word, name, value, last?.withEquals === true),
  };
}

function anchorOf(args: Arguments, names: readonly string[]): Argument | undefined {
  for (const name of names) {
    const found = args.options.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A setting that is not empty and not "none": what stands in a variable is taken for one. */
export function isSet(value: string | undefined): boolean {
  return value !== undefined && !/^(|none|null|nil|false|no|auto|0|""|'')$/i.test(value.trim());
}
