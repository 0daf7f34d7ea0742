/** The views of single rows: points over two columns, the nearest counterfactual, predicting again, partial dependence. */

import type { ExplorerContext } from "./context.ts";
import { DependenceView } from "./dependence.ts";
import { Nearest } from "./nearest.ts";
import type { HostMessage, TableView } from "./protocol.ts";
import type { ModelView } from "./questions.ts";
import { ScatterView } from "./scatter.ts";
import { WhatIf } from "./what-if.ts";

export class PointViews {
  readonly elements: readonly HTMLElement[];
  readonly #scatter: ScatterView;
  readonly #nearest: Nearest;
  readonly #whatIf: WhatIf;
  readonly #dependence: DependenceView;

  constructor(
    readonly context: ExplorerContext,
    table: TableView,
  ) {
    const { wire } = context;
    const kept = wire.state.row ?? 0;
    const row = kept < table.rows ? kept : 0;
    this.#scatter = new ScatterView(context, table, (picked) => this.#nearest.pick(picked));
    this.#nearest = new Nearest(context, table.rows, row, (picked) => this.#pick(picked));
    this.#whatIf = new WhatIf(context, table);
    this.#dependence = new DependenceView(context, table);
    this.elements = [this.#scatter, this.#nearest, this.#whatIf, this.#dependence].map(
      ({ element }) => element,
    );
    this.#pick(row);
  }

  nearest(message: Extract<HostMessage, { type: "nearest" }>): void {
    this.#nearest.answer(message);
  }

  model(model: ModelView | null): void {
    this.#whatIf.model(model);
    this.#dependence.model(model);
  }

  /** Other groups. */
  regroup(): void {
    void this.#scatter.load();
    this.#whatIf.regroup();
    this.#dependence.redraw();
  }

  /** Other thresholds. */
  update(): void {
    this.#scatter.update();
    this.#whatIf.update();
  }

  redraw(): void {
    this.#scatter.draw();
    this.#dependence.redraw();
  }

  #pick(row: number): void {
    this.context.wire.save({ row });
    this.#scatter.pick(row);
    void this.#whatIf.pick(row);
  }
}
