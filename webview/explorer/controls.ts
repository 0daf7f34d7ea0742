/** How rows are grouped and thresholds are chosen. */

import { MEASURE_NAMES, type MeasureName } from "../../src/fairness/metrics/measures.ts";
import { SEARCH_MODES, STRATEGIES } from "../../src/fairness/thresholds/strategy.ts";
import { h, setHidden } from "../ui/dom.ts";
import { kitCheckbox, setChecked } from "../ui/kit.ts";
import type { ExplorerContext } from "./context.ts";
import { labelled, select } from "./fields.ts";
import { groupingsOf } from "./model.ts";
import type { PageState, TableView } from "./protocol.ts";

/** Who chooses what is to be equal wants to see that. */
const MEASURE_OF: Partial<Record<PageState["strategy"], MeasureName>> = {
  demographic_parity: "demographic_parity",
  equal_opportunity: "equal_opportunity",
  equal_accuracy: "accuracy_equality",
};

export interface ControlEvents {
  /** Other groups. */
  regroup(): void;
  /** Other thresholds. */
  choose(): void;
  /** Another measure. */
  measure(): void;
}

export class Controls {
  readonly element: HTMLElement;
  readonly #strategy: HTMLSelectElement;
  readonly #measure: HTMLSelectElement;
  readonly #tolerance: HTMLElement;
  readonly #mode: HTMLElement;

  constructor(
    readonly context: ExplorerContext,
    table: TableView,
    readonly events: ControlEvents,
  ) {
    const { strings, wire } = context;
    const { state } = wire;
    const groupings = groupingsOf(table.attributes);
    const grouping = select(
      groupings.map((names) => [names.join("\n"), names.join(" × ") || strings["groups.everyone"]]),
      state.grouping.join("\n"),
      (value) => {
        wire.save({ grouping: value === "" ? [] : value.split("\n") });
        events.regroup();
      },
    );
    const facet = select(
      [["", strings["control.noFacet"]], ...table.features.map((name): [string, string] => [name, name])],
      state.facet ?? "",
      (value) => {
        wire.save({ facet: value === "" ? null : value });
        events.regroup();
      },
    );
    this.#strategy = select(
      STRATEGIES.map((name) => [name, strings[`strategy.${name}`]]),
      state.strategy,
      (value) => {
        const strategy = value as PageState["strategy"];
        const measure = MEASURE_OF[strategy];
        if (measure !== undefined) this.#measure.value = measure;
        this.#save({ strategy, ...(measure !== undefined && { measure }) });
      },
    );
    const mode = select(
      SEARCH_MODES.map((name) => [name, strings[`control.${name}`]]),
      state.mode,
      (value) => this.#save({ mode: value as PageState["mode"] }),
    );
    this.#measure = select(
      MEASURE_NAMES.map((name) => [name, strings[`measure.${name}`]]),
      state.measure,
      (value) => {
        wire.save({ measure: value });
        events.measure();
      },
    );
    const cost = number(state.costRatio, 0, null, 0.5, (costRatio) => this.#save({ costRatio }));
    const tolerance = number(state.tolerance, 0, 1, 0.01, (value) => this.#save({ tolerance: value }));
    const together = kitCheckbox(strings["control.together"], (checked) => wire.save({ together: checked }));
    setChecked(together, state.together);
    this.#mode = labelled(strings["control.mode"], mode);
    this.#tolerance = labelled(strings["control.tolerance"], tolerance);
    this.element = h(
      "section",
      { class: "controls", "aria-label": strings["control.title"] },
      labelled(strings["control.grouping"], grouping),
      table.features.length > 0 && labelled(strings["control.facet"], facet),
      labelled(strings["control.strategy"], this.#strategy),
      this.#mode,
      this.#tolerance,
      labelled(strings["control.costRatio"], cost, strings["control.costHint"]),
      labelled(strings["control.measure"], this.#measure),
      h(
        "div",
        { class: "together" },
        together,
        h("span", { "aria-hidden": "true" }, strings["control.together"]),
      ),
    );
    this.update();
  }

  /** After the state has changed. */
  update(): void {
    const { strategy, mode } = this.context.wire.state;
    if (this.#strategy.value !== strategy) this.#strategy.value = strategy;
    const equal = strategy !== "custom" && strategy !== "single" && strategy !== "group";
    setHidden(this.#tolerance, !equal || mode === "wit");
    setHidden(this.#mode, strategy === "custom");
  }

  #save(part: Partial<PageState>): void {
    this.context.wire.save(part);
    this.update();
    this.events.choose();
  }
}

/** Hears only numbers within the limits; anything else is put back to what it was. */
function number(
  value: number,
  least: number,
  most: number | null,
  step: number,
  onChange: (value: number) => void,
): HTMLInputElement {
  const element = h("input", { type: "number", min: least, max: most, step: "any", value });
  let last = value;
  const set = (now: number) => {
    last = now;
    onChange(now);
  };
  element.addEventListener("keydown", (event) => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    const next = Math.min(most ?? Infinity, Math.max(least, last + direction * step));
    element.value = String(Number(next.toFixed(6)));
    set(element.valueAsNumber);
  });
  element.addEventListener("change", () => {
    const now = element.valueAsNumber;
    if (now >= least && now <= (most ?? Number.MAX_VALUE)) set(now);
    else element.value = String(last);
  });
  return element;
}
