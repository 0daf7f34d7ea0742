/** One run in the terminal, with where each number comes from: what the dashboard shows in the editor. */

import type { RunSummary } from "../energy/run.ts";
import {
  formatDuration,
  formatPercent,
  formatQuantity,
  formatRange,
  pickScale,
  scaleQuantity,
} from "../quantity.ts";
import { forecastWords } from "../report/forecast-words.ts";
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
  quantityWords,
  unmeteredWords,
} from "../report/run-words.ts";
import { epochLines } from "./epoch-lines.ts";
import { printable } from "./printable.ts";
import { bold, dim, formatTable, red, yellow } from "./table.ts";

export interface RunPlace {
  directory: string;
  /** Name of the ledger entry's file, where one was written. */
  ledgerEntry?: string;
  artefacts?: readonly { path: string; bytes: number; sha256?: string }[];
}

export function describeRun(run: RunSummary, place: RunPlace): string[] {
  return [
    ...headOf(run),
    "",
    ...numbersOf(run),
    "",
    ...metersOf(run),
    ...epochLines(run),
    ...beside(run),
    ...listOf(
      "gaps",
      run.gaps.map(
        (gap) =>
          `${formatDuration(gap.from)} to ${formatDuration(gap.to)}${gap.meter ? `, ${gap.meter}` : ""}: ${gap.reason}`,
      ),
    ),
    ...listOf(
      "rejected meters",
      run.rejected.map(
        (meter) => `${meter.label}: ${meter.reason}${meter.remedy ? `\n    ${meter.remedy}` : ""}`,
      ),
    ),
    ...listOf("notices", run.notices).map(yellow),
    ...listOf(
      "files that it wrote",
      (place.artefacts ?? []).map(
        (file) =>
          `${file.path}  ${file.bytes} bytes  ${file.sha256 ? `sha256 ${file.sha256.slice(0, 16)}…` : "not hashed"}`,
      ),
    ),
    "",
    dim(`journals  ${printable(place.directory)}`),
    dim(`ledger    ${place.ledgerEntry ?? "no entry yet"}`),
  ];
}

function headOf(run: RunSummary): string[] {
  const outcome = printable(outcomeWords(run));
  const troubled = run.state === "failed" || run.state === "interrupted";
  const commit = commitWords(run);
  const hardware = hardwareWords(run);
  return [
    `${bold(printable(run.name))}  ${run.id}  ${troubled ? red(outcome) : outcome}`,
    printable(commandWords(run.argv)),
    `in ${printable(run.cwd)}${commit ? `, ${printable(commit)}${run.git?.dirty ? " (with changes not committed)" : ""}` : ""}`,
    `${new Date(run.startedAt).toISOString().slice(0, 19).replace("T", " ")} UTC, took ${formatDuration(run.duration)}, on ${printable(run.host)}${hardware ? ` (${printable(hardware)})` : ""}`,
  ];
}

function numbersOf(run: RunSummary): string[] {
  const energy = energyOf(run);
  const footprint = footprintOf(run);
  const power = meanPowerOf(run);
  const epochs = epochsOf(run);
  const lines: [string, string][] = [
    ["energy", energy ? `${quantityWords(energy)}; ${energy.basis}` : unmeteredWords(run)],
  ];
  lines.push(
    footprint
      ? [
          "CO2e",
          `${formatQuantity(footprint)} (${formatRange(footprint)}); ${footprint.basis}; zone from ${run.grid?.chosenBy}`,
        ]
      : run.grid
        ? ["CO2e", "not known"]
        : ["CO2e", 'not known: no grid zone. Set zone = "..." in fairwatt.toml or give --zone'],
  );
  if (power) lines.push(["power", `${formatQuantity(power)} on average`]);
  if (epochs > 0 && energy) {
    const each = scaleQuantity(energy, 1 / epochs, "J", "");
    lines.push(["epochs", `${epochs}, ${formatQuantity(each)} each on average`]);
  }
  const forecast = forecastWords(run, (at) => `${new Date(at).toISOString().slice(11, 16)} UTC`);
  if (forecast) lines.push(["forecast", forecast]);
  if (energy) {
    lines.push(["machine", `${quantityWords(run.machineEnergy)}, everything on it in the same time`]);
  }
  lines.push([
    "coverage",
    `${coverageWords(run.coverage)} of the time, read every ${formatDuration(run.interval)}`,
  ]);
  lines.push(["not measured", run.notCovered.join(", ") || "nothing was left out"]);
  return lines.map(([term, text]) => `${bold(term.padEnd(12))}  ${printable(text)}`);
}

function metersOf(run: RunSummary): string[] {
  if (energyOf(run) === null) return [red(unmeteredWords(run))];
  const symbol = pickScale("J", run.energy.value);
  return formatTable(
    [
      { title: "component" },
      { title: "energy", align: "right" },
      { title: "share", align: "right" },
      { title: "mean", align: "right" },
      { title: "method" },
      { title: "instrument" },
      { title: "range" },
      { title: "run's part" },
    ],
    run.meters.map(({ meter, run: energy, seconds, share }) => [
      meter.label,
      formatQuantity(energy, symbol),
      run.energy.value > 0 ? formatPercent(energy.value / run.energy.value) : "",
      seconds > 0 ? formatQuantity(scaleQuantity(energy, 1 / seconds, "W", "")) : "",
      energy.method,
      energy.instrument,
      formatRange(energy, symbol),
      share,
    ]),
  );
}

function beside(run: RunSummary): string[] {
  return listOf(
    "recorded beside the sum, never added",
    run.uncounted.map(
      ({ meter, run: energy }) =>
        `${meter.label}: ${quantityWords(energy)}${meter.uncountedReason ? `; ${meter.uncountedReason}` : ""}`,
    ),
  );
}

/** Line breaks in an item are ours (a remedy on its own line); anything else is shown as it is. */
function listOf(title: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  return [
    "",
    bold(title),
    ...items.flatMap((item) => item.split("\n").map(printable)).map((item) => `  ${item}`),
  ];
}
