/**
 * Templates of CloudFormation: `!Ref Name` and `{"Ref": "Name"}` stand for a parameter of the template, whose default is what
 * a stack gets unless it is told otherwise. Source: AWS CloudFormation template reference, Parameters and Ref (2026).
 */

import { at, type ConfigNode, entriesOf, entryOf, type ScalarNode, scalarAt } from "./tree.ts";

/** The key of a reference, also of its short form in YAML. */
export const REFERENCE = "Ref";

/** The template with its references resolved: to the parameter's default, or to what is not known. Other files as they are. */
export function withParameters(root: ConfigNode): ConfigNode {
  const parameters = at(root, "Parameters");
  if (root.kind !== "map" || entryOf(root, "Resources")?.value.kind !== "map") return root;
  const resolved = (node: ConfigNode): ConfigNode => {
    if (node.kind === "list") return { ...node, items: node.items.map(resolved) };
    if (node.kind === "scalar") return node;
    const name = entriesOf(node).length === 1 ? scalarAt(node, REFERENCE) : undefined;
    if (name !== undefined) return referred(name, scalarAt(parameters, name.value, "Default"), node);
    return { ...node, entries: node.entries.map((entry) => ({ ...entry, value: resolved(entry.value) })) };
  };
  return resolved(root);
}

/** The default's value at the reference's place. */
function referred(name: ScalarNode, value: ScalarNode | undefined, node: ConfigNode): ScalarNode {
  return { ...name, value: value?.value ?? "", known: value?.known === true, range: node.range };
}
