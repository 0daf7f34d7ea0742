/** A notebook's cells as rows: what all executions of each used together. Pure. */

import { type CellRow, fill, type PageStrings, type Shown } from "../../../webview/protocol.ts";
import { type CellExecution, cellExecutions } from "../../energy/cell-energy.ts";
import type { RunSummary } from "../../energy/run.ts";
import { formatDuration, type Quantity, sumQuantities } from "../../quantity.ts";

/** @param show makes an amount readable, with its range */
export function cellRowsOf(
  run: RunSummary,
  strings: PageStrings,
  show: (quantity: Quantity<"J">) => Shown,
): CellRow[] {
  const byCell = new Map<string, CellExecution[]>();
  for (const execution of cellExecutions(run)) {
    byCell.set(execution.cell, [...(byCell.get(execution.cell) ?? []), execution]);
  }
  return [...byCell].map(([cell, executions]) => {
    const known = executions.flatMap(({ energy }) => energy ?? []);
    const energy = known.length > 0 ? { ...sumQuantities("J", known), basis: known[0]!.basis } : null;
    const seconds = executions.reduce((sum, { from, to }) => sum + (to ?? run.duration) - from, 0);
    return {
      cell,
      label: fill(strings["cells.label"], String(executions.at(-1)!.index)),
      executions: executions.length,
      durationText: formatDuration(Math.max(0, seconds)),
      energy: energy && show(energy),
      share: energy && run.energy.value > 0 ? energy.value / run.energy.value : null,
      running: run.state === "running" && executions.some(({ to }) => to === null),
    };
  });
}
