/** Fields of the explorer: a list to choose from, a name above it. */

import { h } from "../ui/dom.ts";

export function select(
  options: readonly (readonly [value: string, text: string])[],
  value: string,
  onChange: (value: string) => void,
): HTMLSelectElement {
  const element = h("select", {}, ...options.map(([each, text]) => h("option", { value: each }, text)));
  element.value = value;
  element.addEventListener("change", () => onChange(element.value));
  return element;
}

export function labelled(text: string, field: HTMLElement, hint?: string): HTMLElement {
  return h(
    "label",
    { class: "field" },
    h("span", { class: "field-name" }, text),
    h("span", { class: "field-value" }, field, hint !== undefined && h("span", { class: "muted" }, hint)),
  );
}
