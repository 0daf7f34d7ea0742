/** Two runs against each other, in words a person can check. Pure. */

import { type Change, type Comparison, fill, type PageStrings } from "../../../webview/protocol.ts";
import { gridSentence, locationBasedFootprint } from "../../carbon/footprint.ts";
import type { RunSummary } from "../../energy/run.ts";
import {
  formatDuration,
  formatPercent,
  formatQuantity,
  formatRange,
  pickScale,
  type Quantity,
  scaleQuantity,
} from "../../quantity.ts";
import { commitText, outcomeText } from "./run-words.ts";

/** Time covered may differ by this part of the run before it is worth a sentence. */
const COVERAGE_TOLERANCE = 0.02;

/** "-18 %" or "+4.2 %": one more digit below ten per cent; a real minus sign. */
export function signedPercent(fraction: number): string {
  const percent = fraction * 100;
  const digits = Math.abs(percent) < 9.95 ? 1 : 0;
  const text = Math.abs(percent).toFixed(digits);
  if (Number(text) === 0) return "±0 %";
  return `${percent < 0 ? "−" : "+"}${text} %`;
}

/** How `run` differs from the run `before` it; null where there is nothing to divide by. */
export function changeAgainst(before: RunSummary, run: RunSummary, strings: PageStrings): Change | null {
  if (before.energy.value <= 0) return null;
  const fraction = run.energy.value / before.energy.value - 1;
  return {
    fraction,
    text: signedPercent(fraction),
    sentence: comparisonSentence(before, run, strings["compare.runBefore"], strings),
    flags: differencesOfBasis(before, run, strings),
  };
}

/** "-18 % energy against the run before (0.0161 to 0.0132 kWh), same command, 3 epochs fewer". */
export function comparisonSentence(
  a: RunSummary,
  b: RunSummary,
  nameOfA: string,
  strings: PageStrings,
): string {
  const symbol = pickScale("J", Math.max(a.energy.value, b.energy.value));
  const energies = [numberOf(a.energy, symbol), formatQuantity(b.energy, symbol)];
  const change = a.energy.value > 0 ? signedPercent(b.energy.value / a.energy.value - 1) : "";
  const parts =
    change === "±0 %"
      ? [fill(strings["compare.sameEnergy"], nameOfA, energies[1]!)]
      : [fill(strings["compare.energySentence"], change, nameOfA, energies[0]!, energies[1]!)];
  parts.push(strings[sameCommand(a, b) ? "compare.sameCommand" : "compare.otherCommand"]);
  if (a.git && b.git) {
    parts.push(strings[commitText(a) === commitText(b) ? "compare.sameCommit" : "compare.otherCommit"]);
  }
  const epochs = epochCount(b) - epochCount(a);
  if (epochs === 1) parts.push(strings["compare.oneEpochMore"]);
  else if (epochs === -1) parts.push(strings["compare.oneEpochFewer"]);
  else if (epochs > 0) parts.push(fill(strings["compare.epochsMore"], epochs));
  else if (epochs < 0) parts.push(fill(strings["compare.epochsFewer"], -epochs));
  return parts.join(", ");
}

const numberOf = (energy: Quantity<"J">, symbol: string): string =>
  formatQuantity(energy, symbol).replace(` ${symbol}`, "");

const sameCommand = (a: RunSummary, b: RunSummary): boolean =>
  a.argv.length === b.argv.length && a.argv.every((part, index) => part === b.argv[index]);

export const epochCount = (run: RunSummary): number =>
  run.marks.filter((mark) => mark.kind === "epoch").length;

const componentsOf = (run: RunSummary): string =>
  [...new Set(run.meters.map(({ meter }) => meter.label))].sort().join(", ");

/** Why two runs are not on one basis; empty when they are. */
export function differencesOfBasis(a: RunSummary, b: RunSummary, strings: PageStrings): string[] {
  const flags: string[] = [];
  for (const run of [a, b]) {
    if (run.state !== "finished") flags.push(fill(strings["compare.unfinished"], run.name));
  }
  if (a.energy.method !== b.energy.method) {
    flags.push(
      fill(
        strings["compare.method"],
        strings[`method.${a.energy.method}`],
        strings[`method.${b.energy.method}`],
      ),
    );
  }
  if (a.energy.low <= b.energy.high && b.energy.low <= a.energy.high) flags.push(strings["compare.overlap"]);
  if (Boolean(a.grid) !== Boolean(b.grid)) flags.push(strings["compare.noZone"]);
  else if (a.grid && b.grid && gridSentence(a.grid, 1) !== gridSentence(b.grid, 1)) {
    flags.push(fill(strings["compare.zone"], gridSentence(a.grid, a.pue), gridSentence(b.grid, b.pue)));
  }
  if (a.pue !== b.pue) flags.push(fill(strings["compare.pue"], a.pue, b.pue));
  if (Math.abs(a.coverage - b.coverage) > COVERAGE_TOLERANCE) {
    flags.push(fill(strings["compare.coverage"], formatPercent(a.coverage), formatPercent(b.coverage)));
  }
  if (componentsOf(a) !== componentsOf(b)) {
    flags.push(fill(strings["compare.components"], componentsOf(a), componentsOf(b)));
  }
  if (a.host !== b.host) flags.push(fill(strings["compare.host"], a.host, b.host));
  return [...new Set(flags)];
}

/** Side by side; the older run is always `a`. */
export function compareRuns(one: RunSummary, other: RunSummary, strings: PageStrings): Comparison {
  const [a, b] = one.startedAt <= other.startedAt ? [one, other] : [other, one];
  const sameName = a.name === b.name;
  const rows: Comparison["rows"] = [];
  const missing = strings["compare.notKnown"];

  const amounts = (term: string, x: Quantity | null, y: Quantity | null) => {
    const unit = (x ?? y)?.unit as "J" | "W" | "gCO2e" | undefined;
    if (!unit) return;
    const symbol = pickScale(unit, Math.max(x?.value ?? 0, y?.value ?? 0));
    const ratio = x && y && x.value > 0 ? signedPercent(y.value / x.value - 1) : "";
    const text = (quantity: Quantity | null) => (quantity ? formatQuantity(quantity, symbol) : missing);
    rows.push({ term, a: text(x), b: text(y), difference: ratio });
  };
  const words = (term: string, x: string, y: string) =>
    rows.push({
      term,
      a: x || missing,
      b: y || missing,
      difference: strings[x === y ? "compare.same" : "compare.different"],
    });

  amounts(strings["compare.energy"], a.energy, b.energy);
  const symbol = pickScale("J", Math.max(a.energy.value, b.energy.value));
  rows.push({
    term: strings["compare.energyRange"],
    a: formatRange(a.energy, symbol),
    b: formatRange(b.energy, symbol),
    difference: "",
  });
  amounts(strings["compare.footprint"], footprint(a), footprint(b));
  const durationChange = a.duration > 0 ? signedPercent(b.duration / a.duration - 1) : "";
  rows.push({
    term: strings["compare.duration"],
    a: formatDuration(a.duration),
    b: formatDuration(b.duration),
    difference: durationChange,
  });
  amounts(strings["compare.meanPower"], meanPower(a), meanPower(b));
  const [epochsA, epochsB] = [epochCount(a), epochCount(b)];
  if (epochsA > 0 || epochsB > 0) {
    const difference = epochsB - epochsA;
    rows.push({
      term: strings["compare.epochs"],
      a: String(epochsA),
      b: String(epochsB),
      difference:
        difference === 0 ? strings["compare.same"] : `${difference > 0 ? "+" : "−"}${Math.abs(difference)}`,
    });
    amounts(strings["compare.energyPerEpoch"], perEpoch(a), perEpoch(b));
  }
  words(
    strings["compare.methodTerm"],
    strings[`method.${a.energy.method}`],
    strings[`method.${b.energy.method}`],
  );
  words(strings["compare.coverageTerm"], formatPercent(a.coverage), formatPercent(b.coverage));
  words(
    strings["compare.zoneTerm"],
    a.grid ? gridSentence(a.grid, a.pue) : "",
    b.grid ? gridSentence(b.grid, b.pue) : "",
  );
  words(strings["compare.commit"], commitText(a), commitText(b));
  words(strings["compare.command"], a.argv.join(" "), b.argv.join(" "));
  words(strings["compare.machine"], machine(a), machine(b));
  words(strings["compare.outcome"], outcomeText(a, strings), outcomeText(b, strings));
  return {
    a: a.id,
    b: b.id,
    aName: a.name,
    bName: b.name,
    sentence: comparisonSentence(a, b, sameName ? strings["compare.earlierRun"] : a.name, strings),
    flags: differencesOfBasis(a, b, strings),
    rows,
  };
}

const footprint = (run: RunSummary): Quantity | null =>
  run.grid ? locationBasedFootprint(run.energy, run.grid, run.pue) : null;

const meanPower = (run: RunSummary): Quantity | null =>
  run.duration > 0 ? scaleQuantity(run.energy, 1 / run.duration, "W", run.energy.basis) : null;

const perEpoch = (run: RunSummary): Quantity | null =>
  epochCount(run) > 0 ? scaleQuantity(run.energy, 1 / epochCount(run), "J", run.energy.basis) : null;

const machine = (run: RunSummary): string => (run.hardware ? `${run.host}, ${run.hardware.cpu}` : run.host);
