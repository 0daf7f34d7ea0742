/** The table that the explorer has open: read once, then asked. Runs in a worker thread. */

import { isPredictionName } from "../guess/names.ts";
import { buildCells } from "../metrics/cells.ts";
import { buildScoredTable } from "../table/build-scored-table.ts";
import { asNumbers, type Column } from "../table/column.ts";
import type { ReadProgress } from "../table/read-plan.ts";
import { readTable } from "../table/read-table.node.ts";
import { readPlanOf } from "../table/roles.ts";
import type { BinaryTable } from "../table/scored-table.ts";
import { TableError } from "../table/table-error.ts";
import { type NearestAnswer, nearestCounterfactual } from "./counterfactual.ts";
import { cellOfPoint, type PickedRow, pickedRow } from "./picked-row.ts";
import { type Scatter, scatterColumns, scatterOf } from "./scatter.ts";
import { type ScoreCell, scoreCells } from "./score-cells.ts";
import { slicedBy } from "./slices.ts";
import type { NearestAsk, OpenAsk, OpenedTable, PlaceAsk, ScatterAsk } from "./worker-protocol.ts";

export class ExploredTable {
  #table: BinaryTable | undefined;
  #columns: Column[] = [];

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
    slicedBy(table);
    this.#table = table;
    this.#columns = [...built.sensitive, ...built.features].map((column) => asNumbers(column) ?? column);
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
      axes: scatterColumns(table, roles.score),
      notes: table.notes,
    };
  }

  /** Throws a TableError where there are too many combinations. */
  facet({ feature }: { feature: string }): { cells: ScoreCell[] } {
    const table = this.opened;
    return { cells: scoreCells({ ...table, sensitive: slicedBy(table, feature) }) };
  }

  nearest({ row, distance, facet, thresholds }: NearestAsk): NearestAnswer {
    const table = this.opened;
    const { of } = buildCells(slicedBy(table, facet), table.rows);
    const selected = new Uint8Array(table.rows);
    for (let at = 0; at < table.rows; at++) selected[at] = table.score![at]! >= thresholds[of[at]!]! ? 1 : 0;
    return nearestCounterfactual(table, selected, row, distance);
  }

  row({ row }: { row: number }): PickedRow {
    return pickedRow(this.opened, this.#columns, row);
  }

  /** Cells of edited rows. */
  place({ points, facet }: PlaceAsk): { cells: (number | null)[] } {
    const table = this.opened;
    const columns = slicedBy(table, facet);
    const cells = buildCells(columns, table.rows);
    return { cells: points.map((point) => cellOfPoint(table, columns, cells, point)) };
  }

  scatter({ x, y, facet }: ScatterAsk): Scatter {
    const table = this.opened;
    return scatterOf(table, buildCells(slicedBy(table, facet), table.rows).of, x, y);
  }

  /** Throws an Error before there is one. */
  get opened(): BinaryTable {
    if (!this.#table) throw new Error("no table is open");
    return this.#table;
  }

  /** All columns but the roles' own, a model's output among them: what a model may ask for by name. */
  get columns(): readonly Column[] {
    return this.#columns;
  }

  /** Those that are properties of a person: what a model is given that names none. */
  get properties(): readonly Column[] {
    const names = new Set([...this.opened.sensitive, ...this.opened.features].map(({ name }) => name));
    return this.#columns.filter(({ name }) => names.has(name));
  }
}
