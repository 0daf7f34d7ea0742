/** The page of a project's ledger: whether it is as it was written, and what it holds. */

import "./page.css";
import { h, replaceChildren } from "../ui/dom.ts";
import { kitButton, kitRing, registerKit, setDisabled } from "../ui/kit.ts";
import { detailPart } from "./detail.ts";
import { entriesTable } from "./entries.ts";
import type { DetailView, EntryCommand, LedgerView, PageCommand, PageStrings } from "./protocol.ts";
import { openWire } from "./wire.ts";

registerKit();
const wire = openWire();
const main = document.querySelector("main")!;
const list = h("section", { "aria-labelledby": "entries-title" });
let strings: PageStrings | undefined;
let view: LedgerView | null = null;
/** Of the open entry. */
let detail: DetailView | null = null;
/** The open entry was asked for and cannot be read. */
let isGone = false;

const command = (name: PageCommand) => wire.post({ type: "command", command: name });
const onEntry = (name: EntryCommand, hash: string) => wire.post({ type: "entry", command: name, hash });

function showAll(): void {
  if (!strings) return;
  if (!view) {
    replaceChildren(main, h("p", { class: "sentence" }, strings["page.gone"]));
    return;
  }
  const words = strings;
  replaceChildren(
    main,
    h(
      "header",
      { class: "page-header" },
      h("h1", {}, view.title),
      h(
        "div",
        { class: "actions" },
        kitButton(words["action.refresh"], () => command("refresh")),
        kitButton(words["action.export"], () => command("export")),
      ),
    ),
    h("p", { class: `verdict ${view.verdict.state}`, role: "status" }, view.verdict.sentence),
    sentences("problems-title", words["problems.title"], view.problems),
    list,
    sentences("notices-title", words["notices.title"], view.notices),
  );
  showEntries();
}

function sentences(id: string, title: string, texts: readonly string[]): HTMLElement | null {
  if (texts.length === 0) return null;
  const items = texts.map((text) => h("li", {}, text));
  return h(
    "section",
    { "aria-labelledby": id },
    h("h2", { id }, title),
    h("ul", { class: "notes" }, ...items),
  );
}

function showEntries(): void {
  if (!strings || !view) return;
  const words = strings;
  const { type, open } = wire.state;
  const shown = view.entries.filter((entry) => type === "" || entry.type === type);
  const nothing = view.entries.length === 0 ? words["entries.none"] : words["entries.noneOfType"];
  const gone = isGone ? h("p", { class: "hint", role: "status" }, words["detail.gone"]) : null;
  const opened = detail?.hash === open ? detailPart(words, detail, onEntry) : gone;
  replaceChildren(
    list,
    h("h2", { id: "entries-title" }, words["entries.title"]),
    typeChoice(words, view),
    shown.length === 0
      ? h("p", { class: "hint" }, nothing)
      : entriesTable({ strings: words, entries: shown, open, detail: opened, onToggle: toggle }),
    view.more > 0 ? h("p", { class: "hint" }, words["entries.more"].replace("{0}", String(view.more))) : null,
  );
}

function typeChoice(words: PageStrings, { entries }: LedgerView): HTMLElement | null {
  const types = new Map(entries.map(({ type, typeLabel }) => [type, typeLabel]));
  if (types.size < 2) return null;
  const options = [["", words["entries.all"]] as const, ...types];
  const select = h(
    "select",
    {},
    ...options.map(([value, text]) => h("option", { value, selected: value === wire.state.type }, text)),
  );
  select.addEventListener("change", () => {
    wire.save({ type: select.value });
    showEntries();
    document.querySelector<HTMLElement>(".choice select")?.focus();
  });
  return h(
    "div",
    { class: "bar" },
    h("label", { class: "choice" }, h("span", {}, words["entries.type"]), select),
  );
}

/** Opens or closes what an entry says; the focus stays on its button. */
function toggle(hash: string): void {
  const open = wire.state.open === hash ? "" : hash;
  wire.save({ open });
  isGone = false;
  if (open && detail?.hash !== open) onEntry("show", open);
  showEntries();
  document.querySelector<HTMLElement>(`[data-hash="${CSS.escape(hash)}"]`)?.focus();
}

wire.listen((message) => {
  switch (message.type) {
    case "hydrate":
      strings = message.strings as PageStrings;
      view = message.view;
      detail = null;
      isGone = false;
      if (view) wire.save({ project: view.project });
      showAll();
      if (wire.state.open) onEntry("show", wire.state.open);
      return;
    case "busy":
      for (const button of main.querySelectorAll<HTMLElement>("vscode-button"))
        setDisabled(button, message.busy);
      return;
    case "detail": {
      detail = message.detail;
      isGone = detail === null;
      const { activeElement } = document;
      const focused = activeElement instanceof HTMLElement ? activeElement.dataset.hash : undefined;
      showEntries();
      if (focused) document.querySelector<HTMLElement>(`[data-hash="${CSS.escape(focused)}"]`)?.focus();
    }
  }
});

replaceChildren(main, h("div", { class: "loading" }, kitRing(main.dataset.loading ?? "")));
wire.post({ type: "ready" });
