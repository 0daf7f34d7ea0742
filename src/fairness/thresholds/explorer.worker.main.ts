/** Entry of the explorer's worker thread: one table, read and asked off the editor's thread. */

import { parentPort } from "node:worker_threads";
import { TableError } from "../table/table-error.ts";
import { ExploredTable } from "./explored-table.node.ts";
import type { ScoreCell } from "./score-cells.ts";
import type { Request, Response } from "./worker-protocol.ts";

const port = parentPort;
if (!port) throw new Error("the explorer's worker is started by the editor");

/** Between two messages of progress, ms. */
const PROGRESS_EVERY = 100;

const table = new ExploredTable();

port.on("message", async ({ id, kind, ask }: Request) => {
  try {
    let answer: unknown;
    let cells: ScoreCell[] = [];
    if (kind === "open") {
      let said = 0;
      const opened = await table.open(ask, ({ rows, part }) => {
        const now = performance.now();
        if (now - said < PROGRESS_EVERY) return;
        said = now;
        port.postMessage({ id, rows, ...(part !== undefined && { part }) } satisfies Response);
      });
      ({ cells } = opened);
      answer = opened;
    } else if (kind === "facet") {
      const facet = table.facet(ask);
      ({ cells } = facet);
      answer = facet;
    } else answer = table.nearest(ask);
    port.postMessage({ id, answer } satisfies Response, buffersOf(cells));
  } catch (error) {
    const isTable = error instanceof TableError || error instanceof RangeError;
    const code = (error as NodeJS.ErrnoException).code;
    const text =
      isTable || code !== undefined ? (error as Error).message : ((error as Error).stack ?? String(error));
    port.postMessage({ id, error: text, isTable: isTable || code !== undefined } satisfies Response);
  }
});

/** They are handed over, not copied. */
function buffersOf(cells: readonly ScoreCell[]): ArrayBuffer[] {
  const arrays = cells.flatMap(({ counts }) => Object.values(counts) as Float64Array[]);
  return [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))];
}
