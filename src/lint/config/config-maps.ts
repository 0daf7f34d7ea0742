/** Kubernetes' ConfigMaps that stand in the same file as what takes its environment from them. */

import type { Setting } from "./launch.ts";
import { at, type ConfigNode, entriesOf, itemsOf, type MapNode, scalarAt, textAt } from "./tree.ts";

/** The data of each, by its name. */
export type ConfigMaps = ReadonlyMap<string, ConfigNode>;

export function configMapsOf(documents: readonly ConfigNode[]): ConfigMaps {
  const found = new Map<string, ConfigNode>();
  for (const document of documents) {
    const name = textAt(document, "kind") === "ConfigMap" ? textAt(document, "metadata", "name") : undefined;
    const data = at(document, "data");
    if (name !== undefined && data !== undefined) found.set(name, data);
  }
  return found;
}

/** `envFrom: [{configMapRef: {name}}]`, and `env: [{name, valueFrom: {configMapKeyRef: {name, key}}}]`. */
export function fromConfigMaps(node: MapNode, configMaps: ConfigMaps): [string, Setting][] {
  if (configMaps.size === 0) return [];
  const data = (reference: ConfigNode | undefined) =>
    entriesOf(configMaps.get(textAt(reference, "name") ?? "")).flatMap(({ key, keyRange, value }) =>
      value.kind === "scalar"
        ? [
            [key, { value: value.value, range: value.range, keyRange, known: value.known }] as [
              string,
              Setting,
            ],
          ]
        : [],
    );
  const whole = itemsOf(at(node, "envFrom")).flatMap((item) => data(at(item, "configMapRef")));
  const single = itemsOf(at(node, "env")).flatMap((item) => {
    const reference = at(item, "valueFrom", "configMapKeyRef");
    const setting = data(reference).find(([key]) => key === textAt(reference, "key"))?.[1];
    const name = scalarAt(item, "name")?.value;
    return setting === undefined || name === undefined ? [] : [[name, setting] as [string, Setting]];
  });
  return [...whole, ...single];
}
