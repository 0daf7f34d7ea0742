/** The page of one audit: built from what the editor sends, again only where a choice changes it. */

import "./page.css";
import { h, replaceChildren } from "../ui/dom.ts";
import { kitButton, kitRing, registerKit, setDisabled } from "../ui/kit.ts";
import { comparisonSections } from "./comparisons.ts";
import { countsSection, ratesSection } from "./groups.ts";
import { factsSection, header, notesSection } from "./header.ts";
import { limitsSection } from "./limits.ts";
import { measuresSection } from "./measures.ts";
import { overviewSection } from "./overview.ts";
import { choice, factList, fill, type PageContext, plainTable, section } from "./parts.ts";
import type { AuditView, GroupingView, PageStrings } from "./protocol.ts";
import { openWire } from "./wire.ts";

registerKit();
const wire = openWire();
const main = document.querySelector("main")!;
let context: PageContext | undefined;
let view: AuditView | null = null;

/** The parts that the choice of a grouping, a class, a rate or a convention changes. */
const changing = h("div", { class: "changing" });

function showAll(): void {
  if (!context) return;
  if (!view) {
    replaceChildren(main, h("p", { class: "sentence" }, context.strings["page.gone"]));
    return;
  }
  replaceChildren(
    main,
    header(context, view),
    notesSection(context, view),
    limitsSection(context, view),
    groupingChoice(context, view),
    changing,
    view.canSearchCauses ? causesSection(context, view) : null,
    factsSection(context, view),
    section("how-title", context.strings["how.title"], factList(view.how)),
  );
  showGrouping();
}

function showGrouping(): void {
  if (!context || !view) return;
  const shared = context;
  const overview = view.overviews[wire.state.grouping] ?? view.overviews[0];
  const inClass = view.classes[wire.state.class] ?? view.classes[0];
  const groupings = inClass?.groupings ?? view.groupings;
  const grouping = groupings[wire.state.grouping] ?? groupings[0];
  replaceChildren(
    changing,
    ...(overview ? [part("overview-part", overviewSection(shared, overview))] : []),
    ...(inClass ? [classChoice(shared, view, inClass.name)] : []),
    ...(grouping ? twoClasses(shared, view, grouping) : []),
  );
}

/** All that there is of two classes, or of one against the rest. */
function twoClasses(shared: PageContext, shown: AuditView, grouping: GroupingView): HTMLElement[] {
  const { strings } = shared;
  const libraries = grouping.libraries.map(({ name }) => name);
  const convention = libraries.includes(wire.state.convention) ? wire.state.convention : "";
  const rates = choice(
    strings["rates.choice"],
    shown.rates.map(({ name, label }) => ({ value: name, text: label })),
    wire.state.rate,
    (rate) => change({ rate }, ".rates-part select"),
  );
  const conventions = choice(
    strings["measures.choice"],
    [{ value: "", text: strings["measures.own"] }, ...libraries.map((name) => ({ value: name, text: name }))],
    convention,
    (chosen) => change({ convention: chosen }, ".measures-part select"),
  );
  return [
    part("rates-part", ratesSection(shared, shown, grouping, wire.state.rate, rates)),
    part("counts-part", countsSection(shared, shown, grouping)),
    part("measures-part", measuresSection(shared, grouping, convention, conventions)),
    ...comparisonSections(shared, grouping),
  ];
}

function causesSection(shared: PageContext, { causes }: AuditView): HTMLElement {
  const { strings } = shared;
  if (!causes)
    return section(
      "causes-title",
      strings["causes.title"],
      h("p", { class: "hint" }, strings["causes.sentence"]),
      kitButton(strings["action.causes"], () => shared.command("causes")),
    );
  return section(
    "causes-title",
    strings["causes.title"],
    ...causes.sections.map(({ title, text, table }) =>
      h(
        "div",
        { class: "cause" },
        h("h3", {}, title),
        h("p", { class: "hint" }, text),
        table ? plainTable(title, table) : null,
      ),
    ),
  );
}

function groupingChoice({ strings }: PageContext, { groupings, overviews }: AuditView): HTMLElement | null {
  const all = overviews.length > 0 ? overviews : groupings;
  if (all.length < 2) return null;
  const options = all.map(({ title }, index) => ({ value: String(index), text: title }));
  const at = String(Math.min(wire.state.grouping, all.length - 1));
  const select = choice(strings["grouping.choice"], options, at, (value) => {
    wire.save({ grouping: Number(value) });
    showGrouping();
  });
  return h("div", { class: "bar grouping" }, select);
}

function classChoice(
  { strings }: PageContext,
  { classes, moreClasses }: AuditView,
  chosen: string,
): HTMLElement {
  const options = classes.map(({ name }, index) => ({ value: String(index), text: name }));
  const at = String(classes.findIndex(({ name }) => name === chosen));
  const select = choice(strings["class.choice"], options, at, (value) =>
    change({ class: Number(value) }, ".classes select"),
  );
  const more =
    moreClasses > 0 ? h("span", { class: "hint" }, fill(strings["class.more"], moreClasses)) : null;
  return h("div", { class: "bar classes" }, select, more);
}

/** Keeps the choice, draws again, and leaves the focus where it was. */
function change(part: { rate?: string; convention?: string; class?: number }, focused: string): void {
  wire.save(part);
  showGrouping();
  document.querySelector<HTMLElement>(focused)?.focus();
}

function part(className: string, element: HTMLElement): HTMLElement {
  element.classList.add(className);
  return element;
}

function setBusy(busy: boolean): void {
  for (const button of main.querySelectorAll<HTMLElement>("vscode-button")) setDisabled(button, busy);
}

wire.listen((message) => {
  if (message.type === "busy") {
    setBusy(message.busy);
    return;
  }
  context = {
    wire,
    strings: message.strings as PageStrings,
    command: (command) => wire.post({ type: "command", command }),
  };
  view = message.view;
  wire.save({ view: message.view, request: message.request });
  showAll();
});

replaceChildren(main, h("div", { class: "loading" }, kitRing(main.dataset.loading ?? "")));
wire.post({ type: "ready" });
