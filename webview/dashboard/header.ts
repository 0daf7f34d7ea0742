/** The run's name, where it is from, its state, and what can be done with it. */

import { fill, type RunDetail } from "../protocol.ts";
import { h, setAttribute, setHidden, setText } from "../ui/dom.ts";
import { badge, kitButton } from "../ui/kit.ts";
import type { PageContext } from "./context.ts";
import { createGlyph } from "./glyph.ts";

export class Header {
  readonly element: HTMLElement;
  readonly #name = h("h1", {});
  readonly #where = h("span", { class: "where" });
  readonly #glyph = createGlyph();
  readonly #state = h("span", { "aria-live": "polite" });
  readonly #elapsed = h("span", { class: "elapsed" });
  readonly #epoch = badge("");
  readonly #reason = h("p", { class: "reason" });
  readonly #stop: HTMLElement;
  readonly #rerun: HTMLElement;
  readonly #report: HTMLElement;
  #run: string | null = null;

  constructor(readonly context: PageContext) {
    const { strings } = context;
    this.#stop = kitButton(strings["action.stop"], () => context.command("fairwatt.stopRun", this.#run));
    this.#rerun = kitButton(strings["action.rerun"], () => context.command("fairwatt.rerun", this.#run));
    this.#report = kitButton(strings["action.report"], () =>
      context.command("fairwatt.openRunReport", this.#run),
    );
    this.element = h(
      "header",
      { class: "page-header" },
      h(
        "div",
        { class: "run-title" },
        this.#name,
        h(
          "div",
          { class: "run-line" },
          this.#where,
          this.#glyph.element,
          this.#state,
          this.#elapsed,
          this.#epoch,
        ),
        this.#reason,
      ),
      h("div", { class: "run-actions" }, this.#stop, this.#rerun, this.#report),
    );
  }

  update(detail: RunDetail): void {
    const { strings } = this.context;
    this.#run = detail.id;
    setText(this.#name, detail.name);
    setAttribute(this.#name, "title", detail.command);
    setText(this.#where, detail.where);
    setHidden(this.#where, detail.where === "");
    this.#glyph.update(detail.state);
    setText(this.#state, detail.stateText);
    setText(this.#elapsed, detail.elapsed);
    const { epoch } = detail;
    setHidden(this.#epoch, epoch === null);
    if (epoch) {
      const text =
        epoch.total === null
          ? fill(strings["state.epoch"], epoch.index)
          : fill(strings["state.epochOf"], epoch.index, epoch.total);
      setText(this.#epoch, text);
    }
    setText(this.#reason, detail.stateReason ?? "");
    setHidden(this.#reason, detail.stateReason === null);
    const running = detail.state === "running";
    setHidden(this.#stop, !running);
    setHidden(this.#rerun, running);
  }
}
