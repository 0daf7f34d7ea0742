/** Two runs as the dashboard sets them side by side. What differs and why is said by report/compare-runs.ts, as in the terminal. */

import type { Comparison, PageStrings, Change as RowChange } from "../../../webview/protocol.ts";
import { gridSentence } from "../../carbon/footprint.ts";
import type { RunSummary } from "../../energy/run.ts";
import { formatDuration, formatQuantity, formatRange, pickScale, type Quantity } from "../../quantity.ts";
import { type Change, compareRuns, formatChange } from "../../report/compare-runs.ts";
import { commandWords, coverageWords, hardwareWords } from "../../report/run-words.ts";
import { commitText, outcomeText } from "./run-words.ts";

/** How `run` differs from the run `before` it; null where there is nothing to divide by. */
export function changeAgainst(before: RunSummary, run: RunSummary, strings: PageStrings): RowChange | null {
  const { energy, sentence, cautions } = compareRuns(before, run, { beforeAs: strings["compare.runBefore"] });
  if (energy.relative === null) return null;
  return { fraction: energy.relative, text: formatChange(energy.relative), sentence, flags: cautions };
}

/** Side by side; the older run is always `a`. */
export function compareForPage(one: RunSummary, other: RunSummary, strings: PageStrings): Comparison {
  const [a, b] = one.startedAt <= other.startedAt ? [one, other] : [other, one];
  const found = compareRuns(a, b, { beforeAs: a.name === b.name ? strings["compare.earlierRun"] : a.name });
  const missing = strings["compare.notKnown"];
  const amounts = (term: string, change: Change | null, none = missing) =>
    change && (change.before || change.after) ? [amountRow(term, change, none)] : [];
  const words = (term: string, x: string | null, y: string | null) => ({
    term,
    a: x || missing,
    b: y || missing,
    difference: strings[x === y ? "compare.same" : "compare.different"],
  });
  const symbol = pickScale("J", Math.max(a.energy.value, b.energy.value));
  const grid = (run: RunSummary) => (run.grid ? gridSentence(run.grid, run.pue) : null);
  const machine = (run: RunSummary) => [run.host, hardwareWords(run)].filter(Boolean).join(": ");
  const epochs = found.epochs.after - found.epochs.before;
  const rows: Comparison["rows"] = [
    ...amounts(strings["compare.energy"], found.energy),
    {
      term: strings["compare.energyRange"],
      a: formatRange(a.energy, symbol),
      b: formatRange(b.energy, symbol),
      difference: "",
    },
    ...found.meters.flatMap((change) => amounts(change.label, change, strings["compare.notMetered"])),
    ...amounts(strings["compare.footprint"], found.footprint),
    ...amounts(strings["compare.duration"], found.duration),
    ...amounts(strings["compare.meanPower"], found.meanPower),
    ...(found.epochs.before + found.epochs.after > 0
      ? [
          {
            term: strings["compare.epochs"],
            a: String(found.epochs.before),
            b: String(found.epochs.after),
            difference: epochs === 0 ? strings["compare.same"] : `${epochs > 0 ? "+" : ""}${epochs}`,
          },
        ]
      : []),
    ...amounts(strings["compare.energyPerEpoch"], found.energyPerEpoch),
    words(
      strings["compare.methodTerm"],
      strings[`method.${a.energy.method}`],
      strings[`method.${b.energy.method}`],
    ),
    words(strings["compare.coverageTerm"], coverageWords(a.coverage), coverageWords(b.coverage)),
    words(strings["compare.zoneTerm"], grid(a), grid(b)),
    words(strings["compare.commit"], commitText(a), commitText(b)),
    words(strings["compare.command"], commandWords(a.argv), commandWords(b.argv)),
    words(strings["compare.machine"], machine(a), machine(b)),
    words(strings["compare.outcome"], outcomeText(a, strings), outcomeText(b, strings)),
  ];
  return {
    a: a.id,
    b: b.id,
    aName: a.name,
    bName: b.name,
    sentence: found.sentence,
    flags: found.cautions,
    rows,
  };
}

/** Both in the unit of the larger one. */
function amountRow(term: string, change: Change, missing: string): Comparison["rows"][number] {
  const { before, after, relative } = change;
  const unit = (before ?? after)!.unit;
  const text = (quantity: Quantity | null) => {
    if (!quantity) return missing;
    if (unit === "s") return formatDuration(quantity.value);
    if (unit !== "J" && unit !== "W" && unit !== "gCO2e") return formatQuantity(quantity);
    return formatQuantity(quantity, pickScale(unit, Math.max(before?.value ?? 0, after?.value ?? 0)));
  };
  return {
    term,
    a: text(before),
    b: text(after),
    difference: relative === null ? "" : formatChange(relative),
  };
}
