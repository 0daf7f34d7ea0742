/** What a reader must know beside the numbers: gaps, notices, meters that were not used and how to get them. */

import { fill, type RunDetail } from "../protocol.ts";
import { h, replaceChildren, setHidden } from "../ui/dom.ts";
import { kitButton } from "../ui/kit.ts";
import type { PageContext } from "./context.ts";

export class Notes {
  readonly element: HTMLElement;
  readonly #groups = { notices: new Group(), gaps: new Group(), rejected: new Group() };

  constructor(readonly context: PageContext) {
    const { strings } = context;
    const { notices, gaps, rejected } = this.#groups;
    notices.title = strings["notes.notices"];
    gaps.title = strings["notes.gaps"];
    rejected.title = strings["notes.rejected"];
    rejected.action = kitButton(strings["action.checkMeters"], () =>
      context.command("fairwatt.checkMeters", null),
    );
    this.element = h("div", { class: "notes" }, notices.element, gaps.element, rejected.element);
  }

  update(detail: RunDetail): void {
    const { strings } = this.context;
    const { notices, gaps, rejected } = this.#groups;
    notices.update(detail.notices, (text) => [text]);
    gaps.update(detail.gaps, (gap) => [gap.text]);
    rejected.update(detail.rejected, (meter) => [
      h("strong", {}, meter.label),
      ` ${meter.reason}`,
      meter.remedy !== null && h("span", { class: "remedy" }, fill(strings["notes.remedy"], meter.remedy)),
    ]);
    setHidden(this.element, detail.notices.length + detail.gaps.length + detail.rejected.length === 0);
  }
}

/** A titled list that is rebuilt only when what it lists has changed. */
class Group {
  readonly element = h("section", { class: "note-group" });
  readonly #title = h("h2", {});
  readonly #list = h("ul", {});
  #shown = "";

  constructor() {
    this.element.append(this.#title, this.#list);
  }

  set title(text: string) {
    this.#title.textContent = text;
  }

  set action(button: HTMLElement) {
    this.element.append(button);
  }

  update<T>(items: readonly T[], children: (item: T) => (Node | string | false)[]): void {
    setHidden(this.element, items.length === 0);
    const now = JSON.stringify(items);
    if (now === this.#shown) return;
    this.#shown = now;
    replaceChildren(this.#list, ...items.map((item) => h("li", {}, ...children(item))));
  }
}
