/** `fairwatt compare RUN RUN`: what changed between two runs, in words and in a table. */

import { formatDuration, formatQuantity, formatRange, type Quantity } from "../quantity.ts";
import { type Change, compareRuns, formatChange, type RunComparison } from "../report/compare-runs.ts";
import { withRuns } from "./runs-find.ts";
import { formatTable, print, printable, printJson, yellow } from "./table.ts";

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

function rowOf({ label, before, after, relative }: Change, indented: boolean): string[] {
  return [
    `${indented ? "  " : ""}${label}`,
    shown(before),
    shown(after),
    relative === null ? "" : formatChange(relative),
    rangeOf(before),
    rangeOf(after),
  ];
}

const shown = (quantity: Quantity | null): string => {
  if (!quantity) return "not known";
  return quantity.unit === "s" ? formatDuration(quantity.value) : formatQuantity(quantity);
};

const rangeOf = (quantity: Quantity | null): string =>
  quantity && quantity.unit !== "s" ? formatRange(quantity) : "";
