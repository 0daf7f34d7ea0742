/** Reads a table for the commands that audit: with progress where somebody waits, until Ctrl-C. */

import * as fs from "node:fs";
import * as path from "node:path";
import { buildScoredTable } from "../fairness/table/build-scored-table.ts";
import { readTable } from "../fairness/table/read-table.node.ts";
import { type Roles, readPlanOf } from "../fairness/table/roles.ts";
import type { BinaryTable, ScoredTable } from "../fairness/table/scored-table.ts";
import { TableError } from "../fairness/table/table-error.ts";

/** Ctrl-C while a table was read. */
export class Stopped extends Error {}

/** Before this nobody wonders whether anything happens, ms. */
const QUIET = 1000;
const EACH = 200;

/** Throws a TableError where the table cannot be read or audited; Stopped after SIGINT. */
export async function readScored(file: string, roles: Roles & { task: "binary" }): Promise<BinaryTable>;
export async function readScored(file: string, roles: Roles): Promise<ScoredTable>;
export async function readScored(file: string, roles: Roles): Promise<ScoredTable> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  const progress = progressLine(path.basename(file));
  process.once("SIGINT", stop);
  try {
    const { signal } = controller;
    const before = stateOf(file);
    const table = await readTable(file, readPlanOf(roles), { signal, onProgress: progress.show });
    if (stateOf(file) !== before)
      throw new TableError(
        `${path.basename(file)} changed while it was read, so that its rows are of no table there ever was; audit it again when nothing writes to it`,
      );
    return buildScoredTable(table, roles);
  } catch (problem) {
    if (controller.signal.aborted) throw new Stopped();
    const { code, name } = problem as NodeJS.ErrnoException;
    if (code !== undefined && name !== "TableError") throw new TableError(`${file} cannot be read (${code})`);
    throw problem;
  } finally {
    process.off("SIGINT", stop);
    progress.clear();
  }
}

/** Size and time of the last change. */
function stateOf(file: string): string {
  const { size, mtimeMs } = fs.statSync(file);
  return `${size} ${mtimeMs}`;
}

/**
 * One line on standard error, where that is a terminal, once the reading takes longer than a second; lines of their own for
 * a program that asks for them by FAIRWATT_PROGRESS=lines, as the editor does.
 */
function progressLine(name: string) {
  const asLines = process.env.FAIRWATT_PROGRESS === "lines";
  const begun = Date.now();
  let last = begun + QUIET - EACH;
  let shown = false;
  return {
    show: ({ rows, part }: { rows: number; part?: number }) => {
      const now = Date.now();
      if ((!process.stderr.isTTY && !asLines) || now - last < EACH) return;
      last = now;
      const share = part === undefined ? "" : `, ${Math.round(100 * part)} %`;
      const text = `reading ${name}: ${rows.toLocaleString("en")} rows${share}`;
      shown = !asLines;
      process.stderr.write(asLines ? `${text}\n` : `\r\x1b[2K${text}`);
    },
    clear: () => {
      if (shown) process.stderr.write("\r\x1b[2K");
    },
  };
}
