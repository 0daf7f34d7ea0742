/** All that one entry says, below its row. */

import { h } from "../ui/dom.ts";
import { kitButton } from "../ui/kit.ts";
import type { DetailView, EntryCommand, PageStrings } from "./protocol.ts";

export function detailPart(
  strings: PageStrings,
  detail: DetailView,
  command: (command: EntryCommand, hash: string) => void,
): HTMLElement {
  const button = (text: string, name: EntryCommand) => kitButton(text, () => command(name, detail.hash));
  return h(
    "div",
    { class: "detail", role: "group", "aria-label": strings["detail.title"] },
    h(
      "dl",
      { class: "facts" },
      ...detail.facts.flatMap(([term, text]) => [h("dt", {}, term), h("dd", {}, text)]),
    ),
    h(
      "div",
      { class: "actions" },
      button(strings["action.approve"], "approve"),
      button(strings["action.correct"], "correct"),
      button(strings["action.copy"], "copy"),
    ),
    h(
      "details",
      {},
      h("summary", {}, strings["detail.body"]),
      h("pre", { tabindex: 0, "aria-label": strings["detail.body"] }, detail.body),
    ),
  );
}
