/** Energy of a notebook's cells: what lies between the two marks of an execution. Pure. */

import type { Quantity } from "../quantity.ts";
import type { RunSummary } from "./run.ts";

export interface CellExecution {
  /** As in the marks: names the cell within its notebook. */
  cell: string;
  /** Place in the notebook when it was executed, from 1. */
  index: number;
  /** Seconds since the run's start; `to` is null while it goes on. */
  from: number;
  to: number | null;
  /** Null where the samples do not reach that far. */
  energy: Quantity<"J"> | null;
}

/** In the order of their starts. An execution whose end nobody told lasts until the cell is executed again, or the run ends. */
export function cellExecutions(run: RunSummary): CellExecution[] {
  const executions: CellExecution[] = [];
  const open = new Map<string, { execution: CellExecution; before: number | undefined }>();
  const close = (cell: string, at: number, energy: number | undefined) => {
    const started = open.get(cell);
    if (!started) return;
    open.delete(cell);
    started.execution.to = at;
    started.execution.energy = between(run, started.before, energy);
  };
  for (const { kind, cell, edge, index = 0, at, energy } of run.marks) {
    if (kind !== "cell" || cell === undefined) continue;
    close(cell, at, energy);
    if (edge !== "start") continue;
    const execution: CellExecution = { cell, index, from: at, to: null, energy: null };
    executions.push(execution);
    open.set(cell, { execution, before: energy });
  }
  for (const [cell, { execution, before }] of open) {
    if (run.state === "running") execution.energy = between(run, before, run.energy.value);
    else close(cell, run.duration, run.energy.value);
  }
  return executions;
}

/** The range of a part is, in proportion, the range of the whole. */
function between(
  run: RunSummary,
  before: number | undefined,
  after: number | undefined,
): Quantity<"J"> | null {
  const { energy } = run;
  // Nothing up to its end: it had ended before the first sample, and what it used is not known.
  if (before === undefined || after === undefined || after === 0 || energy.value <= 0) return null;
  const part = Math.max(0, after - before) / energy.value;
  return {
    ...energy,
    value: energy.value * part,
    low: energy.low * part,
    high: energy.high * part,
    basis: `between start and end of the cell's execution; ${energy.basis}`,
  };
}
