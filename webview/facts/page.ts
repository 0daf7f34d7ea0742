/** The page of what only people know: the facts of [report] in the project file, each a field. */

import "./page.css";
import { h, replaceChildren, setHidden, setText } from "../ui/dom.ts";
import { kitLink, kitRing, registerKit } from "../ui/kit.ts";
import { type FactFieldPart, factField } from "./field.ts";
import type { FactsView, PageStrings } from "./protocol.ts";
import { openWire } from "./wire.ts";

registerKit();
const wire = openWire();
const main = document.querySelector("main")!;
let strings: PageStrings | undefined;
let view: FactsView | null = null;
let fields = new Map<string, FactFieldPart>();
let problems = h("section");
const sections = new Map<string, { element: HTMLDetailsElement; count: HTMLElement }>();

function build(words: PageStrings, { title, file, readOnly, documents, sections: all }: FactsView): void {
  fields = new Map();
  sections.clear();
  problems = h("section", { "aria-labelledby": "problems-title" });
  const titles = new Map(documents.map((document) => [document.id, document.title]));
  const context = {
    strings: words,
    titles,
    readOnly: readOnly !== "",
    onChange: (name: string, value: string) => wire.post({ type: "set", name, value }),
  };
  const parts = all.map((section) => {
    const count = h("span", { class: "count" });
    const own = section.fields.map((field) => {
      const part = factField(field, context);
      fields.set(field.name, part);
      return part.element;
    });
    const element = h(
      "details",
      { open: wire.state.open.includes(section.id) },
      h("summary", {}, h("h2", {}, section.title), count),
      ...own,
    );
    element.addEventListener("toggle", () => {
      const others = wire.state.open.filter((id) => id !== section.id);
      wire.save({ open: element.open ? [...others, section.id] : others });
    });
    sections.set(section.id, { element, count });
    return element;
  });
  replaceChildren(
    main,
    h(
      "header",
      {},
      h("h1", {}, title),
      h("p", { class: "sentence" }, words["page.sentence"]),
      h(
        "p",
        {},
        kitLink(words["action.open"].replace("{0}", file), () => wire.post({ type: "open" })),
      ),
      readOnly === "" ? null : h("p", { class: "read-only", role: "status" }, readOnly),
    ),
    problems,
    documentChoice(words, documents),
    ...parts,
  );
}

function documentChoice(words: PageStrings, documents: FactsView["documents"]): HTMLElement {
  const options = [["", words["documents.all"]], ...documents.map(({ id, title }) => [id, title])];
  const select = h(
    "select",
    { id: "document" },
    ...options.map(([value, text]) => h("option", { value, selected: value === wire.state.document }, text)),
  );
  select.addEventListener("change", () => {
    wire.save({ document: select.value });
    showAsked();
    // What was asked for is to be seen.
    if (select.value !== "")
      for (const { element } of sections.values()) if (!element.hidden) element.open = true;
  });
  return h("div", { class: "bar" }, h("label", { for: "document" }, words["documents.label"]), select);
}

/** Fields of the chosen document, and how many of them are filled. */
function showAsked(): void {
  if (!view || !strings) return;
  const { document: chosen } = wire.state;
  for (const section of view.sections) {
    let shown = 0;
    let filled = 0;
    for (const { name } of section.fields) {
      const part = fields.get(name)!;
      const isAsked =
        chosen === "" || part.view.documents.includes("*") || part.view.documents.includes(chosen);
      setHidden(part.element, !isAsked);
      if (isAsked) shown++;
      if (isAsked && part.view.value !== "") filled++;
    }
    const { element, count } = sections.get(section.id)!;
    setHidden(element, shown === 0);
    setText(count, strings["section.filled"].replace("{0}", String(filled)).replace("{1}", String(shown)));
  }
}

function showProblems(words: PageStrings, texts: readonly string[]): void {
  replaceChildren(
    problems,
    ...(texts.length === 0
      ? []
      : [
          h("h2", { id: "problems-title" }, words["problems.title"]),
          h("ul", { class: "notes" }, ...texts.map((text) => h("li", {}, text))),
        ]),
  );
  setHidden(problems, texts.length === 0);
}

wire.listen((message) => {
  if (message.type === "written") {
    const part = fields.get(message.name);
    if (message.problem === "") part?.setWritten();
    else part?.setProblem(message.problem);
    return;
  }
  strings = message.strings as PageStrings;
  const before = view;
  view = message.view;
  if (!view) {
    replaceChildren(main, h("p", { class: "sentence" }, strings["page.gone"]));
    return;
  }
  wire.save({ project: view.project });
  // Built once: the focus, and what is being written, stay over what is read anew.
  if (!before || before.file !== view.file || before.readOnly !== view.readOnly) build(strings, view);
  for (const field of view.sections.flatMap((section) => section.fields))
    fields.get(field.name)?.update(field);
  showProblems(strings, view.problems);
  showAsked();
});

replaceChildren(main, h("div", { class: "loading" }, kitRing(main.dataset.loading ?? "")));
wire.post({ type: "ready" });
