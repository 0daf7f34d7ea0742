/** A run in one line while it runs, and in four when it has ended. */

import { wrapAnsi } from "fast-wrap-ansi";
import type { RunSummary } from "../energy/run.ts";
import { formatDuration, formatQuantity, formatRange, type Quantity } from "../quantity.ts";
import { energyOf, footprintOf, outcomeWords, unmeteredWords } from "../report/run-words.ts";
import { printable } from "./printable.ts";

/** "fairwatt  0:41  ≈85 W  ≈0.9 Wh  ≈0.3 g CO2e (Germany 2024)" */
export function liveText(run: RunSummary): string {
  const footprint = footprintOf(run);
  const parts = ["fairwatt", clock(run.duration)];
  if (run.power) parts.push(inSteadyUnit(run.power));
  if (energyOf(run) === null) parts.push("waiting for the meters");
  else parts.push(inSteadyUnit(run.energy));
  if (footprint) parts.push(`${inSteadyUnit(footprint)} CO2e (${run.grid!.name} ${run.grid!.year})`);
  else if (!run.grid) parts.push("CO2e: no grid zone");
  return printable(parts.join("  "));
}

/** Columns of what stands before each line of the summary. */
const INDENT = 10;
/** Narrower terminals break the lines themselves: an indent would leave a column of single words. */
const NARROWEST = 40;

/**
 * What standard error shows at the end of a run: energy, CO2e, its parts, where to look further. Four lines, broken
 * between words where a terminal has fewer `columns`.
 */
export function summaryLines(run: RunSummary, columns = Number.POSITIVE_INFINITY): string[] {
  const footprint = footprintOf(run);
  const metered = energyOf(run) !== null;
  const energy = metered
    ? `${formatQuantity(run.energy)} (${formatRange(run.energy)}), ${run.energy.method}`
    : unmeteredWords(run);
  const carbon = footprint
    ? `${formatQuantity(footprint)} (${formatRange(footprint)}); ${footprint.basis}`
    : run.grid
      ? "not known"
      : 'not known: no grid zone. Set zone = "..." in fairwatt.toml or give --zone';
  const parts = (metered ? run.meters : []).map(
    ({ meter, run: part }) => `${meter.label} ${formatQuantity(part)} ${part.method}`,
  );
  const missing = run.notCovered.length > 0 ? `; not measured: ${run.notCovered.join(", ")}` : "";
  const gaps = run.gaps.length > 0 ? `, ${run.gaps.length} ${run.gaps.length === 1 ? "gap" : "gaps"}` : "";
  return [
    `fairwatt  ${energy}, in ${formatDuration(run.duration)}, ${outcomeWords(run)}${gaps}`,
    `CO2e      ${carbon}`,
    `parts     ${parts.join(", ") || "none"}${missing}`,
    `run       ${run.name} ${run.id}; more with: fairwatt show ${run.id}`,
  ]
    .map(printable)
    .flatMap((line) => hangingWrap(line, columns));
}

function hangingWrap(line: string, columns: number): string[] {
  if (columns < NARROWEST || line.length <= columns) return [line];
  const text = wrapAnsi(line.slice(INDENT), columns - INDENT).split("\n");
  return text.map((part, index) => (index === 0 ? line.slice(0, INDENT) : " ".repeat(INDENT)) + part);
}

/** Seconds as "0:41" or "3:05:09": the width stays while it counts. */
function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Wh, g and W until they are four digits long, so that the text does not jump while it grows from nothing. */
function inSteadyUnit(quantity: Quantity): string {
  const { unit, value } = quantity;
  if (unit === "J") return formatQuantity(quantity, value < 36_000_000 ? "Wh" : "kWh");
  if (unit === "gCO2e") return formatQuantity(quantity, value < 10_000 ? "g" : "kg");
  return formatQuantity(quantity, value < 10_000 ? "W" : "kW");
}
