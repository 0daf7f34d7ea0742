/** Answers what the explorer asks, of one table and one model. Runs in a worker thread. */

import type { ReadProgress } from "../table/read-plan.ts";
import { ExploredTable } from "./explored-table.node.ts";
import { ExploredModel } from "./model/explored-model.node.ts";
import type { Answers, Kind } from "./worker-protocol.ts";

type Questions = { [K in Kind]: { kind: K; ask: Answers[K]["ask"] } }[Kind];

export class ExplorerAnswers {
  readonly #table = new ExploredTable();
  readonly #model: ExploredModel;

  /** @param onProcess hears the pid of the Python that has the model, and undefined when it is no more */
  constructor(onProcess: (pid: number | undefined) => void) {
    this.#model = new ExploredModel(this.#table, onProcess);
  }

  /** Rejects with a TableError, a ModelError or a RangeError for what a person can mend. */
  async answer(
    { kind, ask }: Questions,
    onProgress: (progress: ReadProgress) => void,
    signal?: AbortSignal,
  ): Promise<Answers[Kind]["answer"]> {
    switch (kind) {
      case "open":
        return this.#table.open(ask, onProgress);
      case "facet":
        return this.#table.facet(ask);
      case "nearest":
        return this.#table.nearest(ask);
      case "row":
        return this.#table.row(ask);
      case "place":
        return this.#table.place(ask);
      case "scatter":
        return this.#table.scatter(ask);
      case "load":
        return this.#model.load(ask, signal);
      case "predict":
        return this.#model.predict(ask, signal);
      case "dependence":
        return this.#model.dependence(ask, (done, of) => onProgress({ rows: done, part: done / of }), signal);
    }
  }

  /** Resolves when the Python is no more. */
  dispose(): Promise<void> {
    return this.#model.dispose();
  }
}
