/** Two runs side by side, the difference in words first, and what forbids a conclusion. */

import type { Comparison } from "../protocol.ts";
import { h, replaceChildren, setHidden, setText } from "../ui/dom.ts";
import { kitButton } from "../ui/kit.ts";
import type { PageContext } from "./context.ts";

export class ComparePanel {
  readonly element: HTMLElement;
  readonly #title: HTMLElement;
  readonly #sentence = h("p", { class: "sentence" });
  readonly #flags = h("ul", { class: "flags" });
  readonly #flagsTitle: HTMLElement;
  readonly #table = h("table", { class: "compare", "aria-labelledby": "compare-title" });

  constructor(context: PageContext, onClose: () => void) {
    const { strings } = context;
    this.#title = h("h2", { id: "compare-title", tabindex: -1 }, strings["compare.title"]);
    this.#flagsTitle = h("h3", {}, strings["compare.flags"]);
    const close = kitButton(strings["action.closeCompare"], onClose);
    this.element = h(
      "section",
      { class: "compare-section", "aria-labelledby": "compare-title" },
      h("div", { class: "runs-bar" }, this.#title, h("div", { class: "spacer" }), close),
      this.#sentence,
      this.#flagsTitle,
      this.#flags,
      h(
        "div",
        { class: "scroll-x", role: "group", tabindex: 0, "aria-labelledby": "compare-title" },
        this.#table,
      ),
    );
    this.strings = strings;
    this.update(null);
  }

  private readonly strings: PageContext["strings"];

  /** Moves to the comparison; called when the user asked for it, not when it is refreshed. */
  focus(): void {
    this.#title.focus();
    this.element.scrollIntoView({ block: "nearest" });
  }

  update(comparison: Comparison | null): void {
    setHidden(this.element, comparison === null);
    if (!comparison) return;
    setText(this.#sentence, comparison.sentence);
    setHidden(this.#flagsTitle, comparison.flags.length === 0);
    setHidden(this.#flags, comparison.flags.length === 0);
    replaceChildren(this.#flags, ...comparison.flags.map((flag) => h("li", {}, flag)));
    const column = (text: string) => h("th", { scope: "col" }, text);
    replaceChildren(
      this.#table,
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("td", {}),
          column(comparison.aName),
          column(comparison.bName),
          column(this.strings["compare.difference"]),
        ),
      ),
      h(
        "tbody",
        {},
        ...comparison.rows.map((row) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, row.term),
            h("td", {}, row.a),
            h("td", {}, row.b),
            h("td", { class: "difference" }, row.difference),
          ),
        ),
      ),
    );
  }
}
