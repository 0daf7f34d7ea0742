/** Building and updating elements. Text is always set as text; there is no innerHTML. */

export type Child = Node | string | null | undefined | false;

/** An element with attributes and children: h("td", { class: "number" }, "13.2 Wh"). `true` sets an empty attribute. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes?: Record<string, string | number | boolean | null | undefined>,
  ...children: Child[]
): HTMLElementTagNameMap[K];
export function h(
  tag: string,
  attributes?: Record<string, string | number | boolean | null | undefined>,
  ...children: Child[]
): HTMLElement;
export function h(
  tag: string,
  attributes: Record<string, string | number | boolean | null | undefined> = {},
  ...children: Child[]
): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  append(element, children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(
  tag: string,
  attributes: Record<string, string | number>,
  ...children: Node[]
): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

function append(parent: Element, children: Child[]): void {
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) parent.append(child);
  }
}

/** Sets, changes or removes an attribute, touching the element only when something differs. */
export function setAttribute(
  element: Element,
  name: string,
  value: string | number | boolean | null | undefined,
): void {
  if (value === null || value === undefined || value === false) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
    return;
  }
  const text = value === true ? "" : String(value);
  if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

/** Sets the text of an element only when it differs, so that selections and screen readers are left alone. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function setHidden(element: HTMLElement, hidden: boolean): void {
  if (element.hidden !== hidden) element.hidden = hidden;
}

export function replaceChildren(parent: Element, ...children: Child[]): void {
  parent.replaceChildren();
  append(parent, children);
}

export interface Keyed<T> {
  element: HTMLElement;
  update(item: T): void;
}

/**
 * Keeps the children of `parent` in step with a list: one element per key, made once, updated in place, moved only
 * when the order changes. Focus and opened details survive.
 */
export class KeyedList<T> {
  readonly #rows = new Map<string, Keyed<T>>();

  constructor(
    readonly parent: HTMLElement,
    readonly keyOf: (item: T) => string,
    readonly create: (item: T) => Keyed<T>,
    /** A child of `parent` that stays before the list; what follows the list stays behind it. */
    readonly after?: Element,
  ) {}

  update(items: readonly T[]): void {
    const wanted = new Set(items.map(this.keyOf));
    for (const [key, row] of this.#rows) {
      if (wanted.has(key)) continue;
      row.element.remove();
      this.#rows.delete(key);
    }
    let next = this.after ? this.after.nextElementSibling : this.parent.firstElementChild;
    for (const item of items) {
      const key = this.keyOf(item);
      let row = this.#rows.get(key);
      if (!row) {
        row = this.create(item);
        this.#rows.set(key, row);
      }
      row.update(item);
      if (row.element === next) next = next.nextElementSibling;
      else this.parent.insertBefore(row.element, next);
    }
  }
}
