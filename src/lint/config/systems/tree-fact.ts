/** A serving fact of a map of settings: each scalar is a setting, by its own name. */

import type { ServingFact } from "../../facts.ts";
import { acceleratorIn } from "../hardware.ts";
import type { Setting } from "../launch.ts";
import { replicasIn } from "../replicas.ts";
import { type ConfigNode, entriesOf, type MapEntry, type ScalarNode } from "../tree.ts";
import { insertEntry } from "../tree-environment.ts";

export interface MapFact {
  system: string;
  /** The map that holds the settings. */
  node: ConfigNode;
  /** Keys of the model in it, or the node of it. */
  modelKeys?: readonly string[];
  model?: ScalarNode | undefined;
  text: string;
  /** Where hardware and replicas are looked for; the map itself when not given. */
  root?: ConfigNode;
  /** Renames keys: `option.quantize` is `quantize`. */
  rename?(key: string): string;
  /** More settings, from an environment. */
  environment?: ReadonlyMap<string, Setting>;
  /** The entry after which settings are added; the model's by default. */
  anchor?: MapEntry;
  range?: ServingFact["range"];
}

/** A fact of settings whose names are the program's own: what it would read is not known. */
export function withoutInsertion({ insertSetting: _, ...fact }: ServingFact): ServingFact {
  return fact;
}

export function factOfMap(options: MapFact): ServingFact {
  const settings = new Map<
    string,
    { value: string; range: { start: number; end: number }; keyRange: { start: number; end: number } }
  >();
  const entries = entriesOf(options.node);
  const rename = options.rename ?? ((key: string) => key.replaceAll("_", "-"));
  for (const entry of entries)
    if (entry.value.kind === "scalar")
      settings.set(rename(entry.key), {
        value: entry.value.known ? entry.value.value : entry.value.value || "$",
        range: entry.value.range,
        keyRange: entry.keyRange,
      });
    else settings.set(rename(entry.key), { value: "{}", range: entry.value.range, keyRange: entry.keyRange });
  for (const [name, setting] of options.environment ?? [])
    settings.set(name, {
      value: setting.known ? setting.value : "$",
      range: setting.range,
      keyRange: setting.keyRange,
    });
  const named = entries.find(
    (entry) => options.modelKeys?.includes(entry.key) && entry.value.kind === "scalar",
  );
  const scalar = options.model ?? (named?.value.kind === "scalar" ? named.value : undefined);
  const anchor = options.anchor ?? named ?? entries.filter((entry) => entry.value.kind === "scalar").at(-1);
  const root = options.root ?? options.node;
  const accelerator = acceleratorIn(root, undefined);
  const replicas = replicasIn(root);
  const flow = options.node.kind === "map" && options.node.flow;
  return {
    system: options.system,
    range: options.range ?? scalar?.range ?? options.node.range,
    ...(scalar?.known && scalar.value !== "" ? { model: { id: scalar.value, range: scalar.range } } : {}),
    settings,
    commentedOut: new Map(),
    ...(accelerator === undefined ? {} : { accelerator }),
    ...(replicas === undefined ? {} : { replicas }),
    batching: new Map(),
    insertSetting: (name, value) => {
      // A key that stands there without a value (`quantization: null`) gets one: twice it would be no YAML.
      const own = entries.find((entry) => rename(entry.key) === name);
      if (own !== undefined) return { range: own.value.range, newText: value };
      if (anchor === undefined) return undefined;
      const underscores = entries.some((entry) => entry.key.includes("_"));
      const key = underscores ? name.replaceAll("-", "_") : name;
      return insertEntry(anchor.keyRange, anchor.value.range, key, value, flow, options.text);
    },
  };
}
