/** What a cell's status bar item says. Pure. */

import { locationBasedFootprint } from "../../carbon/footprint.ts";
import type { CellExecution } from "../../energy/cell-energy.ts";
import type { RunSummary } from "../../energy/run.ts";
import { formatQuantity } from "../../quantity.ts";
import { energyWithRange } from "../runs/run-text.ts";
import type { Translate } from "../words.ts";

export interface CellText {
  text: string;
  tooltip: string;
}

/** @param late seconds at the beginning of the execution that were not measured */
export function cellText(
  execution: CellExecution,
  run: RunSummary,
  late: number,
  t: Translate,
): CellText | undefined {
  const { energy, to } = execution;
  if (!energy) return undefined;
  const carbon = run.grid ? locationBasedFootprint(energy, run.grid, run.pue) : undefined;
  const amounts = [formatQuantity(energy), ...(carbon ? [formatQuantity(carbon)] : [])].join(" · ");
  const lines = [
    energyWithRange(energy, t),
    carbon
      ? t("CO2e {0}, {1}, location-based", formatQuantity(carbon), run.grid!.name)
      : t("no CO2e: the grid zone is not known"),
    t("of the kernel's process and what it starts, between start and end of the execution"),
    ...(late >= 0.1
      ? [t("the first {0} s are not in it: the measuring began with this cell", late.toFixed(1))]
      : []),
  ];
  return { text: `$(${to === null ? "pulse" : "zap"}) ${amounts}`, tooltip: lines.join("\n") };
}
