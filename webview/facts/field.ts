/** One fact: its name, what is to be written, who asks for it, and what is wrong with what was written. */

import { h, setAttribute, setText } from "../ui/dom.ts";
import type { FieldView, PageStrings } from "./protocol.ts";

export interface FieldContext {
  strings: PageStrings;
  /** Titles of documents by their ids. */
  titles: ReadonlyMap<string, string>;
  readOnly: boolean;
  onChange(name: string, value: string): void;
}

export interface FactFieldPart {
  element: HTMLElement;
  view: FieldView;
  /** The value as it is in the file now; what is being written is left alone. */
  update(view: FieldView): void;
  /** "" takes the problem away. */
  setProblem(text: string): void;
  /** Says for a moment that it was written. */
  setWritten(): void;
}

type Input = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export function factField(view: FieldView, context: FieldContext): FactFieldPart {
  const { strings, titles, readOnly, onChange } = context;
  const id = `fact-${view.name.replaceAll(".", "-")}`;
  const input = inputOf(view, strings);
  setAttribute(input, "id", id);
  setAttribute(input, "aria-describedby", `${id}-hint ${id}-problem`);
  setAttribute(input, "disabled", readOnly);
  input.value = view.value;
  let told = view.value;
  input.addEventListener("change", () => {
    if (input.value === told) return;
    told = input.value;
    onChange(view.name, input.value);
  });
  const problem = h("div", { id: `${id}-problem`, class: "problem", role: "status" });
  const every = view.documents.includes("*");
  const needed = every
    ? strings["documents.every"]
    : strings["documents.needed"].replace(
        "{0}",
        view.documents.map((document) => titles.get(document) ?? document).join("; "),
      );
  const element = h(
    "div",
    { class: "fact" },
    h("label", { for: id }, view.label, " ", h("code", {}, view.name)),
    input,
    problem,
    h("div", { id: `${id}-hint`, class: "hint" }, `${view.hint}. ${needed}`),
  );
  const part: FactFieldPart = {
    element,
    view,
    update(next) {
      const isSame = next.value === part.view.value;
      part.view = next;
      // What was refused stays to be mended.
      if (isSame && input.hasAttribute("aria-invalid")) return;
      told = next.value;
      // What somebody is writing is theirs until they leave the field.
      if (document.activeElement !== input || input.value === next.value) input.value = next.value;
    },
    setProblem(text) {
      setText(problem, text);
      setAttribute(input, "aria-invalid", text === "" ? null : "true");
      problem.classList.toggle("wrong", text !== "");
      if (text !== "") told = "\u0000";
    },
    setWritten() {
      part.setProblem("");
      setText(problem, strings["field.written"]);
    },
  };
  return part;
}

function inputOf({ kind, choices }: FieldView, strings: PageStrings): Input {
  switch (kind) {
    case "choice":
    case "flag": {
      const options =
        kind === "flag"
          ? [
              ["true", strings["field.yes"]],
              ["false", strings["field.no"]],
            ]
          : choices.map((choice) => [choice, choice]);
      return h(
        "select",
        {},
        h("option", { value: "" }, strings["field.none"]),
        ...options.map(([value, text]) => h("option", { value }, text)),
      );
    }
    case "day":
      return h("input", { type: "date" });
    case "number":
      return h("input", { type: "text", inputmode: "decimal", spellcheck: "false" });
    case "texts":
    case "choices":
    case "named":
      return h("textarea", { rows: 3 });
    default:
      return h("textarea", { rows: 1 });
  }
}
