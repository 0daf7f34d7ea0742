/** A row of the table with other values, and what the model says to it. */

import { h, replaceChildren, setHidden, setText } from "../ui/dom.ts";
import { kitButton } from "../ui/kit.ts";
import type { ExplorerContext } from "./context.ts";
import { Edits } from "./edits.ts";
import { ModelLine } from "./model-line.ts";
import { PointForm } from "./point-form.ts";
import type { TableView } from "./protocol.ts";
import type { AnswerTo, LoadedView, ModelView } from "./questions.ts";

export class WhatIf {
  readonly element: HTMLElement;
  readonly #line: ModelLine;
  readonly #form: PointForm;
  readonly #edits: Edits;
  readonly #sentence = h("p", { role: "status" });
  readonly #work: HTMLElement;
  readonly #buttons = h("div", { class: "buttons" });
  #loaded: LoadedView | null = null;
  #row: AnswerTo<"row"> | undefined;
  #shown = "";

  constructor(
    readonly context: ExplorerContext,
    readonly table: TableView,
  ) {
    const { strings } = context;
    this.#line = new ModelLine(context);
    this.#form = new PointForm(context, () => void this.#predict());
    this.#edits = new Edits(context);
    this.#work = h("div", { class: "what-if" }, this.#form.element, this.#buttons);
    this.element = h(
      "section",
      { class: "what-if-section", "aria-labelledby": "what-if-title" },
      h("h2", { id: "what-if-title" }, strings["whatIf.title"]),
      h("p", { class: "muted" }, strings["whatIf.about"]),
      this.#line.element,
      this.#work,
      this.#sentence,
      this.#edits.element,
    );
    this.#ready();
    this.model(null);
  }

  model(model: ModelView | null): void {
    this.#line.show(model);
    this.#loaded = model?.loaded ?? null;
    setHidden(this.#work, this.#loaded === null);
    this.#show();
  }

  async pick(row: number): Promise<void> {
    try {
      this.#row = await this.context.asker.ask("row", { row }).answer;
      this.#show();
    } catch (error) {
      setText(this.#sentence, (error as Error).message);
    }
  }

  /** Other groups. */
  regroup(): void {
    void this.#edits.place();
  }

  /** Other thresholds. */
  update(): void {
    this.#edits.update();
  }

  /** What a person has written stays when the same is shown again. */
  #show(): void {
    const now = JSON.stringify([this.#row?.row, this.#loaded?.columns]);
    if (!this.#row || !this.#loaded || now === this.#shown) return;
    this.#shown = now;
    this.#form.show(this.#row, this.#loaded.columns, this.table.attributes);
  }

  #ready(): void {
    const { strings } = this.context;
    replaceChildren(
      this.#buttons,
      kitButton(strings["whatIf.predict"], () => void this.#predict()),
      kitButton(strings["whatIf.reset"], () => this.#form.reset()),
    );
  }

  async #predict(): Promise<void> {
    const { asker, strings } = this.context;
    if (!this.#row || this.#buttons.dataset.busy !== undefined) return;
    const { row } = this.#row;
    const { changes } = this.#form;
    const asked = asker.ask("predict", { row, changes });
    let isCancelled = false;
    this.#buttons.dataset.busy = "";
    const cancel = kitButton(strings["ask.cancel"], () => {
      isCancelled = true;
      asked.cancel();
    });
    // Most answers are there before a person could press it.
    const slow = setTimeout(() => replaceChildren(this.#buttons, cancel), 400);
    setText(this.#sentence, strings["whatIf.asking"]);
    try {
      const { before, after } = await asked.answer;
      await this.#edits.add({ row, changes, before, after });
      setText(this.#sentence, this.#edits.sentence);
    } catch (error) {
      setText(this.#sentence, isCancelled ? strings["ask.cancelled"] : (error as Error).message);
    } finally {
      clearTimeout(slow);
      delete this.#buttons.dataset.busy;
      const hadFocus = this.#buttons.contains(document.activeElement);
      if (cancel.isConnected) this.#ready();
      if (hadFocus) (this.#buttons.firstElementChild as HTMLElement).focus();
    }
  }
}
