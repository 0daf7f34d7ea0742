/** What was audited, and what can be done next. */

import { h } from "../ui/dom.ts";
import { kitButton } from "../ui/kit.ts";
import { factList, type PageContext, section } from "./parts.ts";
import type { AuditView } from "./protocol.ts";

export function header(context: PageContext, view: AuditView): HTMLElement {
  const { strings, command } = context;
  const actions = h(
    "div",
    { class: "actions" },
    ...(view.canExplore ? [kitButton(strings["action.explore"], () => command("explore"), true)] : []),
    kitButton(strings["action.report"], () => command("report")),
    kitButton(strings["action.export"], () => command("export")),
    kitButton(strings["action.columns"], () => command("columns")),
    kitButton(strings["action.again"], () => command("again")),
  );
  return h(
    "header",
    { class: "page-header" },
    h("div", { class: "audit-title" }, h("h1", {}, view.title), h("p", { class: "subtitle" }, view.subtitle)),
    actions,
  );
}

export function factsSection(context: PageContext, view: AuditView): HTMLElement {
  const { strings } = context;
  const open = h("button", { type: "button", class: "quiet" }, strings["action.openTable"]);
  open.addEventListener("click", () => context.command("openTable"));
  return section("facts-title", strings["facts.title"], factList(view.facts), open);
}

export function notesSection({ strings }: PageContext, { notes }: AuditView): HTMLElement | null {
  if (notes.length === 0) return null;
  return section(
    "notes-title",
    strings["notes.title"],
    h("ul", { class: "notes" }, ...notes.map((note) => h("li", {}, note))),
  );
}
