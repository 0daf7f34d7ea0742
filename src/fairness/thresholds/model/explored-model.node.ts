/** The model that the explorer has loaded, asked about rows of the table that is open. Runs in a worker thread. */

import { buildCells } from "../../metrics/cells.ts";
import { quantile } from "../../statistics/quantile.ts";
import type { Column } from "../../table/column.ts";
import type { BinaryTable } from "../../table/scored-table.ts";
import { sampleRows } from "../sample-rows.ts";
import type { Agreement, DependenceAsk, LoadAnswer, PredictAnswer, PredictAsk } from "../worker-protocol.ts";
import { dependenceOf, gridOf } from "./dependence.ts";
import type { Dependence } from "./dependence-lines.ts";
import { editedRow, type ModelColumn, modelColumn, sentRows, sentValue } from "./model-columns.ts";
import { ModelError } from "./model-error.ts";
import type { ModelStart } from "./model-spec.ts";
import { WarmModel } from "./warm-model.node.ts";

/** Rows whose scores are held against the table's when a model is loaded. */
const COMPARED = 200;

export class ExploredModel {
  #warm: WarmModel | undefined;
  #columns: ModelColumn[] = [];

  constructor(
    readonly source: { opened: BinaryTable; columns: readonly Column[]; properties: readonly Column[] },
    readonly onProcess: (pid: number | undefined) => void,
  ) {}

  /** Rejects with a ModelError, also where the model cannot predict rows of this table. */
  async load(start: ModelStart, signal?: AbortSignal): Promise<LoadAnswer> {
    void this.dispose();
    const { opened: table, columns } = this.source;
    const { positive, negative } = table;
    const names = columns.map(({ name }) => name);
    const warm = new WarmModel(start, { columns: names, positive, negative }, this.onProcess);
    this.#warm = warm;
    try {
      const model = await warm.load(signal);
      const named = model.columns?.map((name) => columns.find((column) => column.name === name)!);
      const given = named ?? this.source.properties;
      this.#columns = given.map(modelColumn);
      const rows = sampleRows(
        Int32Array.from({ length: table.rows }, (_, row) => row),
        COMPARED,
      );
      const scores = await warm.predict(sentRows(this.#columns, rows), signal);
      const agreement = agreementOf(scores, rows, table.score!);
      return { model, given: given.map(({ name }) => name), agreement };
    } catch (error) {
      if (this.#warm === warm) void this.dispose();
      throw error;
    }
  }

  /** Throws a TableError for a value that its column cannot have. */
  async predict({ row, changes }: PredictAsk, signal?: AbortSignal): Promise<PredictAnswer> {
    const warm = this.#loaded();
    const [before, after] = [editedRow(this.#columns, row, []), editedRow(this.#columns, row, changes)];
    const [was] = await warm.predict(before, signal);
    const [is] = changes.length === 0 ? [was] : await warm.predict(after, signal);
    return { before: was!, after: is! };
  }

  async dependence(
    { feature, most, row }: DependenceAsk,
    onProgress: (done: number, of: number) => void,
    signal?: AbortSignal,
  ): Promise<Dependence> {
    const warm = this.#loaded();
    const column = this.#columns.find((each) => each.column.name === feature);
    if (!column) throw new ModelError(`the model does not take ${feature}: nothing depends on it`);
    const { opened: table } = this.source;
    const sample = sampleRows(
      Int32Array.from({ length: table.rows }, (_, at) => at),
      most,
    );
    const rows = sentRows(this.#columns, row === null ? sample : [...sample, row]);
    const { of, size } = buildCells(table.sensitive, table.rows);
    const grid = gridOf(column);
    return dependenceOf({
      ...{ column, grid, sample, cellOf: of, cells: size, weights: table.weights, point: row },
      rows: table.rows,
      scoresWith: (value) => warm.predictWith(rows, sentValue(column, value), signal),
      onProgress: (done) => onProgress(done, grid.length),
    });
  }

  /** Resolves when its process is no more. */
  async dispose(): Promise<void> {
    const warm = this.#warm;
    this.#warm = undefined;
    await warm?.dispose();
  }

  #loaded(): WarmModel {
    if (!this.#warm) throw new ModelError("no model is loaded");
    return this.#warm;
  }
}

function agreementOf(scores: readonly number[], rows: Int32Array, table: Float64Array): Agreement {
  const apart = Float64Array.from(rows, (row, at) => Math.abs(scores[at]! - table[row]!)).sort();
  return { rows: rows.length, median: quantile(apart, 0.5), largest: apart.at(-1)! };
}
