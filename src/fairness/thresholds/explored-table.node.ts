/** The table that the explorer has open: read once, then asked. Runs in a worker thread. */

import { binColumn } from "../causes/binning.ts";
import { isPredictionName } from "../guess/names.ts";
import { buildCells } from "../metrics/cells.ts";
import { buildScoredTable } from "../table/build-scored-table.ts";
import type { CategoryColumn } from "../table/column.ts";
import type { ReadProgress } from "../table/read-plan.ts";
import { readTable } from "../table/read-table.node.ts";
import { readPlanOf } from "../table/roles.ts";
import type { BinaryTable } from "../table/scored-table.ts";
import { TableError } from "../table/table-error.ts";
import { type NearestAnswer, nearestCounterfactual } from "./counterfactual.ts";
import { type ScoreCell, scoreCells } from "./score-cells.ts";
import type { NearestAsk, OpenAsk, OpenedTable } from "./worker-protocol.ts";

/** More groups than a person can look at, and more arrays than a page should be sent. */
const MAX_CELLS = 2000;
/** Slices of a feature. */
const FACET_BINS = 6;

export class ExploredTable {
  #table: BinaryTable | undefined;

  /** Throws a TableError for a table or columns that cannot be explored, and the system's error. */
  async open({ file, roles }: OpenAsk, onProgress?: (progress: ReadProgress) => void): Promise<OpenedTable> {
    if (roles.score === undefined)
      throw new TableError(
        "thresholds need a column with scores: name it, or audit the table's predictions instead",
      );
    // What was decided is not asked here; a table needs some decision to be built.
    const { prediction: _prediction, ...others } = roles;
    const scored = { ...others, task: "binary" as const, threshold: 0.5, features: "all" as const };
    const raw = await readTable(file, readPlanOf(scored), { onProgress });
    const built = buildScoredTable(raw, scored);
    if (built.task !== "binary") throw new TypeError(`${built.task} is no binary table`);
    // A model's output is no property of a person, by which rows could be alike.
    const isOutput = (name: string) => name === roles.prediction || isPredictionName(name.toLowerCase());
    const table = { ...built, features: built.features.filter(({ name }) => !isOutput(name)) };
    const { size } = buildCells(table.sensitive, table.rows);
    if (size > MAX_CELLS) throw tooMany(size, table.sensitive);
    this.#table = table;
    return {
      rows: table.rows,
      attributes: table.sensitive.map(({ name }) => name),
      cells: scoreCells(table),
      weighted: table.weights !== undefined,
      positive: table.positive,
      negative: table.negative ?? null,
      features: table.features
        .filter((feature) => feature.kind === "number" || feature.levels.length > 1)
        .map(({ name }) => name),
      notes: table.notes,
    };
  }

  /** Throws a TableError where there are too many combinations. */
  facet({ feature }: { feature: string }): { cells: ScoreCell[] } {
    return { cells: scoreCells({ ...this.#opened(), sensitive: this.#slicedBy(feature) }) };
  }

  nearest({ row, distance, facet, thresholds }: NearestAsk): NearestAnswer {
    const table = this.#opened();
    const { of } = buildCells(facet === undefined ? table.sensitive : this.#slicedBy(facet), table.rows);
    const selected = new Uint8Array(table.rows);
    for (let at = 0; at < table.rows; at++) selected[at] = table.score![at]! >= thresholds[of[at]!]! ? 1 : 0;
    return nearestCounterfactual(table, selected, row, distance);
  }

  /** The sensitive columns, and the feature in bins. */
  #slicedBy(feature: string): CategoryColumn[] {
    const table = this.#opened();
    const column = table.features.find(({ name }) => name === feature);
    if (!column) throw new RangeError(`there is no column "${feature}"`);
    const { codes, labels } = binColumn(column, FACET_BINS);
    const facet: CategoryColumn = {
      kind: "category",
      name: feature,
      codes,
      levels: labels,
      firstRow: labels.map((_, code) => codes.indexOf(code)),
      firstMissing: -1,
    };
    const columns = [...table.sensitive, facet];
    const { size } = buildCells(columns, table.rows);
    if (size > MAX_CELLS) throw tooMany(size, columns);
    return columns;
  }

  #opened(): BinaryTable {
    if (!this.#table) throw new Error("no table is open");
    return this.#table;
  }
}

const tooMany = (size: number, columns: readonly CategoryColumn[]): TableError =>
  new TableError(
    `${size.toLocaleString("en")} combinations of ${columns.map(({ name }) => name).join(", ")} are more than can be shown; choose columns of fewer values`,
  );
