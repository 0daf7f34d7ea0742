/**
 * The component kit, and the only file that imports it. It is archived upstream, so only what it does well is used;
 * tables, selects and plain text buttons inside tables are native elements. So is the badge: the kit's has a style
 * attribute in its template, which a strict content security policy blocks.
 */

import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeLink,
  vsCodeProgressRing,
  vsCodeTextField,
} from "@vscode/webview-ui-toolkit";
import { h } from "./dom.ts";

/** Defines the elements; call once per page, before building any. */
export function registerKit(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeLink(),
    vsCodeProgressRing(),
    vsCodeTextField(),
  );
}

/** A button with a text; `primary` at most once on a page. */
export function kitButton(text: string, onClick: () => void, primary = false): HTMLElement {
  const button = h("vscode-button", { appearance: primary ? "primary" : "secondary" }, text);
  button.addEventListener("click", onClick);
  return button;
}

/** Enables or disables a kit element; the attribute is what its styles and the accessibility tree read. */
export function setDisabled(element: HTMLElement, disabled: boolean): void {
  element.toggleAttribute("disabled", disabled);
}

/** A link that does something here rather than lead away; reachable by keyboard as a link is. */
export function kitLink(text: string, onClick: () => void): HTMLElement {
  const link = h("vscode-link", { href: "#" }, text);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    onClick();
  });
  return link;
}

/** A checkbox named by `label` for those who hear the page; it shows no text itself. */
export function kitCheckbox(label: string, onChange: (checked: boolean) => void): HTMLElement {
  // The kit takes the name from the text inside and calls a box without any "Checkbox", whatever its aria-label says.
  const box = h("vscode-checkbox", {}, h("span", { class: "visually-hidden" }, label));
  box.addEventListener("change", () => onChange((box as HTMLElement & { checked: boolean }).checked));
  return box;
}

/** Ticks or unticks a kit checkbox without an event. */
export function setChecked(box: HTMLElement, checked: boolean): void {
  const element = box as HTMLElement & { checked: boolean };
  if (element.checked !== checked) element.checked = checked;
}

/** A one-line text field; `onInput` hears every change. */
export function kitTextField(label: string, value: string, onInput: (text: string) => void): HTMLElement {
  const field = h("vscode-text-field", { placeholder: label, "aria-label": label, value });
  field.addEventListener("input", () => onInput((field as HTMLElement & { value: string }).value));
  return field;
}

export function kitRing(label: string): HTMLElement {
  return h("vscode-progress-ring", { "aria-label": label });
}

/** A small count or word. */
export function badge(text: string): HTMLElement {
  return h("span", { class: "badge" }, text);
}
