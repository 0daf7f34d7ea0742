/** Two runs of one project: what changed, in numbers and in words a person can check. Pure. */

import { gridSentence } from "../carbon/footprint.ts";
import type { RunSummary } from "../energy/run.ts";
import { formatDuration, formatQuantity, pickScale, type Quantity } from "../quantity.ts";
import {
  commandWords,
  commitWords,
  coverageWords,
  energyOf,
  epochsOf,
  footprintOf,
  hardwareWords,
  meanPowerOf,
  outcomeWords,
} from "./run-words.ts";

export interface Change {
  label: string;
  before: Quantity | null;
  after: Quantity | null;
  /** after / before - 1; null where one is missing or the first is 0. */
  relative: number | null;
}

export interface RunComparison {
  before: { id: string; name: string };
  after: { id: string; name: string };
  energy: Change;
  footprint: Change;
  meanPower: Change;
  duration: Change;
  energyPerEpoch: Change | null;
  /** Counted meters by label, those of either run. */
  meters: Change[];
  epochs: { before: number; after: number };
  /** What is the same and what is not, e.g. ["same commit", "3 epochs fewer"]. */
  remarks: string[];
  /** Why the numbers are not on one basis, or prove no difference; empty when nothing stands against the comparison. */
  cautions: string[];
  /** "-18 % energy against the run before (0.0161 to 0.0132 kWh), same commit, 3 epochs fewer" */
  sentence: string;
}

export interface CompareOptions {
  /** How the sentence names the first run; by default its name, or "the run before" where both have the same. */
  beforeAs?: string;
}

export function compareRuns(
  before: RunSummary,
  after: RunSummary,
  options: CompareOptions = {},
): RunComparison {
  const epochs = { before: epochsOf(before), after: epochsOf(after) };
  const remarks = remarksOn(before, after, epochs);
  const energy = change("energy", energyOf(before), energyOf(after));
  const perEpoch = (run: RunSummary, count: number) => {
    const energy = energyOf(run);
    return energy && count > 0 ? dividedBy(energy, count) : null;
  };
  const labels = [...new Set([...before.meters, ...after.meters].map(({ meter }) => meter.label))];
  const meterOf = (run: RunSummary, label: string) =>
    run.meters.find(({ meter }) => meter.label === label)?.run ?? null;
  return {
    before: { id: before.id, name: before.name },
    after: { id: after.id, name: after.name },
    energy,
    footprint: change("CO2e", footprintOf(before), footprintOf(after)),
    meanPower: change("mean power", meanPowerOf(before), meanPowerOf(after)),
    duration: change("duration", durationOf(before), durationOf(after)),
    energyPerEpoch:
      epochs.before > 0 && epochs.after > 0
        ? change("energy per epoch", perEpoch(before, epochs.before), perEpoch(after, epochs.after))
        : null,
    meters: labels.map((label) => change(label, meterOf(before, label), meterOf(after, label))),
    epochs,
    remarks,
    cautions: cautionsOn(before, after),
    sentence: [
      headline(
        energy,
        options.beforeAs ?? (before.name === after.name ? "the run before" : `"${before.name}"`),
      ),
      ...remarks,
    ].join(", "),
  };
}

/** "-18 %", "+0.4 %", "+210 %"; "no change" within 0.05 %. */
export function formatChange(relative: number): string {
  const percent = relative * 100;
  if (Math.abs(percent) < 0.05) return "no change";
  const size = Math.abs(percent);
  return `${percent < 0 ? "-" : "+"}${size < 9.95 ? size.toFixed(1) : size.toFixed(0)} %`;
}

/** Both values in the unit of the larger one: "0.0161 to 0.0132 kWh". */
export function formatChangeValues({ before, after }: Change): string {
  if (!before || !after) {
    return `${before ? formatQuantity(before) : "not known"} to ${after ? formatQuantity(after) : "not known"}`;
  }
  const unit = before.unit;
  if (unit === "s") return `${formatDuration(before.value)} to ${formatDuration(after.value)}`;
  if (unit !== "J" && unit !== "W" && unit !== "gCO2e")
    return `${formatQuantity(before)} to ${formatQuantity(after)}`;
  const symbol = pickScale(unit, Math.max(before.value, after.value));
  const bare = formatQuantity(before, symbol).replace(` ${symbol}`, "");
  return `${bare} to ${formatQuantity(after, symbol)}`;
}

function change(label: string, before: Quantity | null, after: Quantity | null): Change {
  const relative = before && after && before.value > 0 ? after.value / before.value - 1 : null;
  return { label, before, after, relative };
}

function headline(energy: Change, beforeAs: string): string {
  const values = formatChangeValues(energy);
  if (energy.relative === null) return `energy not comparable with ${beforeAs} (${values})`;
  const words = formatChange(energy.relative);
  return words === "no change"
    ? `the same energy as ${beforeAs} (${values})`
    : `${words} energy against ${beforeAs} (${values})`;
}

function remarksOn(before: RunSummary, after: RunSummary, epochs: RunComparison["epochs"]): string[] {
  const remarks: string[] = [];
  if (before.git && after.git) {
    const same = before.git.commit === after.git.commit;
    if (!same) remarks.push(`another commit (${commitWords(before)} to ${commitWords(after)})`);
    else if (before.git.dirty || after.git.dirty) remarks.push("same commit with changes not committed");
    else remarks.push("same commit");
  }
  remarks.push(
    commandWords(before.argv) === commandWords(after.argv) && before.cwd === after.cwd
      ? "same command"
      : "another command",
  );
  const more = epochs.after - epochs.before;
  if (more !== 0)
    remarks.push(
      `${Math.abs(more)} ${Math.abs(more) === 1 ? "epoch" : "epochs"} ${more > 0 ? "more" : "fewer"}`,
    );
  else if (epochs.after > 0) remarks.push(`${epochs.after} epochs each`);
  return remarks;
}

function cautionsOn(before: RunSummary, after: RunSummary): string[] {
  const cautions: string[] = [];
  const differ = (what: string, a: string, b: string) => {
    if (a !== b) cautions.push(`${what}: ${a} before, ${b} after`);
  };
  for (const [run, which] of [
    [before, "the first run"],
    [after, "the second run"],
  ] as const) {
    if (run.state !== "finished") cautions.push(`${which} did not finish: ${outcomeWords(run)}`);
  }
  if (!energyOf(before) || !energyOf(after)) return [...cautions, "a run was not metered"];
  differ("different methods", before.energy.method, after.energy.method);
  differ("different parts were metered", partsOf(before), partsOf(after));
  differ("different instruments", before.energy.instrument, after.energy.instrument);
  differ("different hosts", before.host, after.host);
  differ("different hardware", hardwareWords(before) ?? "not known", hardwareWords(after) ?? "not known");
  if (Math.abs(before.coverage - after.coverage) > 0.02) {
    differ(
      "different parts of the time were metered",
      coverageWords(before.coverage),
      coverageWords(after.coverage),
    );
  }
  differ("different CO2e bases", gridWords(before), gridWords(after));
  if (rangesOverlap(before.energy, after.energy) && before.energy.value !== after.energy.value) {
    cautions.push(
      "the ranges of the two energies overlap: the difference may lie within the error of the instruments",
    );
  }
  return cautions;
}

const partsOf = (run: RunSummary): string =>
  run.meters
    .map(({ meter }) => meter.label)
    .sort()
    .join(", ") || "none";

const gridWords = (run: RunSummary): string =>
  run.grid ? gridSentence(run.grid, run.pue) : "zone not known";

const rangesOverlap = (a: Quantity, b: Quantity): boolean => a.low <= b.high && b.low <= a.high;

const dividedBy = (energy: Quantity<"J">, count: number): Quantity<"J"> => ({
  ...energy,
  value: energy.value / count,
  low: energy.low / count,
  high: energy.high / count,
  basis: `energy of the run over ${count} epochs`,
});

const durationOf = (run: RunSummary): Quantity<"s"> => ({
  value: run.duration,
  unit: "s",
  method: "measured",
  instrument: "monotonic clock",
  covers: ["run"],
  low: run.duration,
  high: run.duration,
  basis: "from the start of the command to its end",
});
