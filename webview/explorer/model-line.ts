/** Which model predicts again: its name and its Python, what there is to know, and how to load or change it. */

import { fill } from "../protocol.ts";
import { h, replaceChildren } from "../ui/dom.ts";
import { kitButton, kitRing } from "../ui/kit.ts";
import type { ExplorerContext } from "./context.ts";
import { amount, digits } from "./numbers.ts";
import type { LoadedView, ModelView } from "./questions.ts";

/** Scores that are nearer than what is written into files are the same. */
const SAME = 5e-6;

export class ModelLine {
  readonly element = h("div", { class: "model-line" });

  constructor(readonly context: ExplorerContext) {}

  show(model: ModelView | null): void {
    const { strings, wire } = this.context;
    const act = (action: "choose" | "load" | "cancel") => () => wire.post({ type: "model", action });
    const buttons = (...of: HTMLElement[]) => h("div", { class: "buttons" }, ...of);
    if (!model) {
      replaceChildren(
        this.element,
        h("p", {}, strings["model.none"]),
        buttons(kitButton(strings["model.choose"], act("choose"))),
      );
      return;
    }
    const name = h("p", {}, fill(strings["model.named"], model.name, model.from));
    const other = kitButton(strings["model.other"], act("choose"));
    if (model.isLoading)
      replaceChildren(
        this.element,
        h("p", { class: "busy", role: "status" }, kitRing(""), fill(strings["model.loading"], model.name)),
        buttons(kitButton(strings["ask.cancel"], act("cancel"))),
      );
    else if (model.loaded)
      replaceChildren(
        this.element,
        name,
        h("p", { class: "muted" }, this.#what(model.loaded)),
        h("p", { class: this.#isSame(model.loaded) ? "muted" : null }, this.#agreement(model.loaded)),
        ...model.loaded.notes.map((note) => h("p", { class: "muted" }, note)),
        buttons(other),
      );
    else
      replaceChildren(
        this.element,
        name,
        model.problem !== "" && h("p", { role: "alert" }, model.problem),
        buttons(kitButton(strings["model.load"], act("load")), other),
      );
  }

  #what({ what, method, positive, python, executable, source }: LoadedView): string {
    const { strings } = this.context;
    const means = method === "call" ? what : `${what}.${method}`;
    const scores = positive === null ? means : fill(strings["model.scoresOf"], means, positive);
    return fill(strings["model.python"], scores, python, executable, source);
  }

  #isSame = ({ agreement }: LoadedView): boolean => agreement.largest <= SAME;

  #agreement(loaded: LoadedView): string {
    const { strings } = this.context;
    const { rows, median, largest } = loaded.agreement;
    return this.#isSame(loaded)
      ? fill(strings["model.agrees"], amount(rows))
      : fill(strings["model.differs"], amount(rows), digits(largest), digits(median));
  }
}
