/** What the thresholds come to, in sentences: cost, and the chosen measure's gap. */

import { MEASURES, type MeasureName } from "../../src/fairness/metrics/measures.ts";
import { strategyGap } from "../../src/fairness/thresholds/threshold-report.ts";
import { fill } from "../protocol.ts";
import { h, setHidden, setText } from "../ui/dom.ts";
import type { ExplorerContext } from "./context.ts";
import { amount, digits } from "./numbers.ts";

export class Summary {
  readonly #gap = h("p", { class: "sentence" });
  readonly #cost = h("p", {});
  readonly #beyond = h("p", {});
  readonly #unequal = h("p", { class: "muted" });
  readonly element = h("section", { class: "summary" }, this.#gap, this.#cost, this.#beyond, this.#unequal);

  constructor(readonly context: ExplorerContext) {
    setText(this.#unequal, context.strings["summary.unequalThresholds"]);
  }

  update(): void {
    const { strings, model, wire } = this.context;
    const { costRatio, tolerance, mode, strategy } = wire.state;
    const name = wire.state.measure as MeasureName;
    const { difference, gaps } = model.measure(name);
    const widest = gaps.reduce(
      (most, gap) => (gap && (!most || gap.difference > most.difference) ? gap : most),
      null,
    );
    const label = strings[`measure.${name}`];
    setText(
      this.#gap,
      difference === null || !widest
        ? fill(strings["summary.noGap"], label)
        : fill(
            strings["summary.gap"],
            label,
            digits(difference),
            model.groups[widest.highest]!.name,
            model.groups[widest.lowest]!.name,
          ),
    );
    const { cost, fp, fn } = model.cost(costRatio);
    setText(this.#cost, fill(strings["summary.cost"], amount(cost), amount(fp), amount(fn)));
    const { groups, choices } = model;
    const reached = strategyGap({ strategy, groups, choices, settings: { costRatio, tolerance, mode } });
    const beyond = mode === "exact" && reached && reached.difference > tolerance + 1e-9;
    setHidden(this.#beyond, !beyond);
    if (beyond) setText(this.#beyond, fill(strings["summary.beyond"], tolerance, digits(reached.difference)));
    setHidden(this.#unequal, new Set(choices.map(({ threshold }) => threshold)).size < 2);
  }
}

export const isMeasure = (name: string): name is MeasureName => name in MEASURES;
