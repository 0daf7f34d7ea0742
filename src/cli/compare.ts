/** `fairwatt compare RUN RUN`: what changed between two runs, in words and in a table. */

import { formatQuantity, formatRange, pickScale, type Quantity } from "../quantity.ts";
import { type Change, compareRuns, formatChange, type RunComparison } from "../report/compare-runs.ts";
import { printable } from "./printable.ts";
import { withRuns } from "./runs-find.ts";
import { formatTable, print, printJson, yellow } from "./table.ts";

export function compare(
  before: string,
  after: string,
  options: { json?: boolean; cwd: string },
): Promise<number> {
  return withRuns(options.cwd, [before, after], async ([first, second]) => {
    const comparison = compareRuns(first!.summary, second!.summary);
    if (options.json) await printJson({ v: 1, ...comparison });
    else await print(describeComparison(comparison));
  });
}

export function describeComparison(comparison: RunComparison): string[] {
  const changes = [
    comparison.energy,
    ...comparison.meters,
    comparison.footprint,
    comparison.meanPower,
    comparison.duration,
    ...(comparison.energyPerEpoch ? [comparison.energyPerEpoch] : []),
  ];
  const table = formatTable(
    [
      { title: "" },
      { title: `before (${comparison.before.name})`, align: "right" },
      { title: `after (${comparison.after.name})`, align: "right" },
      { title: "change", align: "right" },
      { title: "range before" },
      { title: "range after" },
    ],
    changes.map((change) => rowOf(change, comparison.meters.includes(change))),
  );
  const cautions = comparison.cautions.map((caution) => yellow(`caution: ${printable(caution)}`));
  return [printable(comparison.sentence), "", ...table, ...(cautions.length > 0 ? ["", ...cautions] : [])];
}

/** Both runs in one unit, that of the larger value. */
function rowOf({ label, before, after, relative }: Change, indented: boolean): string[] {
  const symbol = symbolFor(before, after);
  const shown = (quantity: Quantity | null) => (quantity ? formatQuantity(quantity, symbol) : "not known");
  const rangeOf = (quantity: Quantity | null) =>
    quantity && quantity.unit !== "s" ? formatRange(quantity, symbol) : "";
  return [
    `${indented ? "  " : ""}${label}`,
    shown(before),
    shown(after),
    relative === null ? "" : formatChange(relative),
    rangeOf(before),
    rangeOf(after),
  ];
}

function symbolFor(before: Quantity | null, after: Quantity | null): string | undefined {
  const unit = (before ?? after)?.unit;
  if (unit !== "J" && unit !== "W" && unit !== "gCO2e") return undefined;
  return pickScale(unit, Math.max(before?.value ?? 0, after?.value ?? 0));
}
