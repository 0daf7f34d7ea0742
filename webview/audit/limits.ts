/** The verdict on each limit that was set; without any, that nothing is judged. */

import { h } from "../ui/dom.ts";
import { fill, type PageContext, section, tableBlock } from "./parts.ts";
import type { AuditView, LimitView } from "./protocol.ts";

export function limitsSection(context: PageContext, { limits, limitsSet }: AuditView): HTMLElement {
  const { strings } = context;
  const settings = h("button", { type: "button", class: "quiet" }, strings["action.openSettings"]);
  settings.addEventListener("click", () => context.command("openSettings"));
  if (limits.length === 0)
    return section(
      "limits-title",
      strings["limits.title"],
      h("p", { class: "sentence" }, strings["limits.none"]),
      settings,
    );
  const head = [
    strings["limits.verdict"],
    strings["limits.by"],
    strings["limits.limit"],
    strings["limits.finding"],
  ];
  const word = ({ verdict }: LimitView) => strings[`limits.${verdict}`];
  const table = h(
    "table",
    { class: "limits" },
    h("caption", { class: "visually-hidden" }, strings["limits.title"]),
    h("thead", {}, h("tr", {}, ...head.map((text) => h("th", { scope: "col" }, text)))),
    h(
      "tbody",
      {},
      ...limits.map((limit) =>
        h(
          "tr",
          {},
          h("th", { scope: "row", class: `verdict ${limit.verdict}` }, word(limit)),
          h("td", {}, limit.by),
          h("td", { class: "code" }, limit.limit),
          h("td", {}, limit.finding),
        ),
      ),
    ),
  );
  return section(
    "limits-title",
    strings["limits.title"],
    h("p", { class: "sentence" }, summary(context, limits)),
    tableBlock(strings["limits.title"], table),
    limitsSet === null ? null : h("p", { class: "hint" }, limitsSet),
  );
}

function summary({ strings }: PageContext, limits: readonly LimitView[]): string {
  const of = (verdict: LimitView["verdict"]) => limits.filter((limit) => limit.verdict === verdict).length;
  const parts = [
    fill(strings["limits.brokenCount"], of("broken"), limits.length),
    fill(strings["limits.keptCount"], of("kept")),
    ...(of("undecided") > 0 ? [fill(strings["limits.undecidedCount"], of("undecided"))] : []),
  ];
  return `${parts.join(", ")}.`;
}
