/** The page of one audit: built from what the editor sends, again only where a choice changes it. */

import "./page.css";
import { h, replaceChildren } from "../ui/dom.ts";
import { kitButton, kitRing, registerKit, setDisabled } from "../ui/kit.ts";
import { countsSection, ratesSection } from "./groups.ts";
import { factsSection, header, notesSection } from "./header.ts";
import { limitsSection } from "./limits.ts";
import { measuresSection } from "./measures.ts";
import { choice, factList, type PageContext, plainTable, section } from "./parts.ts";
import type { AuditView, GroupingView, PageStrings } from "./protocol.ts";
import { openWire } from "./wire.ts";

registerKit();
const wire = openWire();
const main = document.querySelector("main")!;
let context: PageContext | undefined;
let view: AuditView | null = null;

/** The parts that the choice of a grouping, a rate or a convention changes. */
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
    view.groupings.length > 1 ? groupingChoice(context, view) : null,
    changing,
    causesSection(context, view),
    factsSection(context, view),
    section("how-title", context.strings["how.title"], factList(view.how)),
  );
  showGrouping();
}

function showGrouping(): void {
  const grouping = view?.groupings[wire.state.grouping] ?? view?.groupings[0];
  if (!context || !view || !grouping) return;
  const libraries = grouping.libraries.map(({ name }) => name);
  const { strings } = context;
  const convention = libraries.includes(wire.state.convention) ? wire.state.convention : "";
  const rates = choice(
    strings["rates.choice"],
    view.rates.map(({ name, label }) => ({ value: name, text: label })),
    wire.state.rate,
    (rate) => change({ rate }, ".rates-part select"),
  );
  const conventions = choice(
    strings["measures.choice"],
    [{ value: "", text: strings["measures.own"] }, ...libraries.map((name) => ({ value: name, text: name }))],
    convention,
    (chosen) => change({ convention: chosen }, ".measures-part select"),
  );
  replaceChildren(
    changing,
    part("rates-part", ratesSection(context, view, grouping, wire.state.rate, rates)),
    part("counts-part", countsSection(context, view, grouping)),
    part("measures-part", measuresSection(context, grouping, convention, conventions)),
    ...restOf(context, grouping),
  );
}

function restOf(shared: PageContext, grouping: GroupingView): HTMLElement[] {
  const { strings } = shared;
  const { fourFifths, comparisons, scores } = grouping;
  const parts: HTMLElement[] = [];
  if (fourFifths)
    parts.push(
      section(
        "four-fifths-title",
        strings["fourFifths.title"],
        h("p", { class: "hint" }, fourFifths.sentence),
        plainTable(strings["fourFifths.title"], fourFifths.table, [2]),
      ),
    );
  parts.push(
    section(
      "comparisons-title",
      strings["comparisons.title"],
      comparisons.rows.length === 0
        ? h("p", {}, strings["comparisons.none"])
        : plainTable(strings["comparisons.title"], comparisons, [2, 3, 6, 7]),
    ),
  );
  if (scores)
    parts.push(
      section(
        "scores-title",
        strings["scores.title"],
        plainTable(strings["scores.title"], scores, [1, 2, 3, 4]),
      ),
    );
  return parts;
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

function groupingChoice({ strings }: PageContext, { groupings }: AuditView): HTMLElement {
  const options = groupings.map(({ title }, index) => ({ value: String(index), text: title }));
  const at = String(Math.min(wire.state.grouping, groupings.length - 1));
  const select = choice(strings["grouping.choice"], options, at, (value) => {
    wire.save({ grouping: Number(value) });
    showGrouping();
  });
  return h("div", { class: "bar grouping" }, select);
}

/** Keeps the choice, draws again, and leaves the focus where it was. */
function change(part: { rate?: string; convention?: string }, focused: string): void {
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
