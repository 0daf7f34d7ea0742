/** Before the first run: one sentence, one button, one link. */

import { h } from "../ui/dom.ts";
import { kitButton, kitLink } from "../ui/kit.ts";
import type { PageContext } from "./context.ts";

export function createEmpty(context: PageContext, canLaunch: boolean): HTMLElement {
  const { strings } = context;
  const run = kitButton(strings["empty.run"], () => context.command("fairwatt.runMeasured", null), true);
  return h(
    "section",
    { class: "empty" },
    h("h1", { class: "visually-hidden" }, strings["page.title"]),
    h(
      "p",
      {},
      canLaunch ? strings["empty.sentence"] : `${strings["empty.sentence"]} ${strings["empty.untrusted"]}`,
    ),
    canLaunch && run,
    kitLink(strings["empty.methods"], () => context.command("fairwatt.showMethods", null)),
  );
}
