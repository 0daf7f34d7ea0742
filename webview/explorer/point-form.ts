/** The values of a row in fields that can be changed. */

import { fill } from "../protocol.ts";
import { h, replaceChildren } from "../ui/dom.ts";
import type { ExplorerContext } from "./context.ts";
import type { AnswerTo } from "./questions.ts";

type Row = AnswerTo<"row">;
type Field = HTMLInputElement | HTMLSelectElement;

export class PointForm {
  readonly element = h("fieldset", { class: "point-fields" });
  #fields: { name: string; value: string; field: Field }[] = [];

  constructor(
    readonly context: ExplorerContext,
    /** Enter in a field. */
    readonly onEnter: () => void,
  ) {}

  /** `columns`: those that the model is given. Sensitive ones stay: they say whose threshold counts. */
  show(row: Row, columns: readonly string[], sensitive: readonly string[]): void {
    const { strings } = this.context;
    const shown = row.fields.filter(({ name }) => columns.includes(name) || sensitive.includes(name));
    this.#fields = shown.map((each) => ({ name: each.name, value: each.value, field: this.#field(each) }));
    replaceChildren(
      this.element,
      h("legend", {}, fill(strings["point.row"], (row.row + 1).toLocaleString("en"))),
      ...this.#fields.map(({ name, field }) => {
        const isUnused = !columns.includes(name);
        return h(
          "label",
          { class: "field" },
          h("span", { class: "field-name" }, isUnused ? fill(strings["point.notUsed"], name) : name),
          field,
        );
      }),
    );
    this.#mark();
  }

  /** What differs from the row: columns and what is written in them. */
  get changes(): [string, string][] {
    return this.#fields
      .filter(({ value, field }) => field.value.trim() !== value)
      .map(({ name, field }): [string, string] => [name, field.value.trim()]);
  }

  reset(): void {
    for (const { value, field } of this.#fields) field.value = value;
    this.#mark();
  }

  #field({ name, value, levels }: Row["fields"][number]): Field {
    const { strings } = this.context;
    const field = levels
      ? h(
          "select",
          { "data-column": name },
          ...[...new Set([...levels, value, ""])].map((level) =>
            h("option", { value: level }, level === "" ? strings["nearest.missing"] : level),
          ),
        )
      : h("input", { type: "text", "data-column": name, autocomplete: "off", spellcheck: "false" });
    field.value = value;
    field.addEventListener("input", () => this.#mark());
    field.addEventListener("keydown", (event) => {
      if ((event as KeyboardEvent).key === "Enter") this.onEnter();
    });
    return field;
  }

  #mark(): void {
    for (const { value, field } of this.#fields)
      field.closest(".field")?.classList.toggle("changed", field.value.trim() !== value);
  }
}
