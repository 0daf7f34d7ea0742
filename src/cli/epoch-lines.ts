/** A run's epochs as a table in the terminal. */

import { accountEpochs, epochLabel, metricNames } from "../energy/epochs.ts";
import type { RunSummary } from "../energy/run.ts";
import { formatDuration, formatQuantity, formatRange, pickScale, scaleQuantity } from "../quantity.ts";
import { energyOf } from "../report/run-words.ts";
import { printable } from "./printable.ts";
import { bold, dim, formatTable } from "./table.ts";

/** Of a long training the first and the last so many are shown. */
const ENDS = 6;
const METRICS = 3;

export function epochLines(run: RunSummary): string[] {
  const { epochs, outside } = accountEpochs(run);
  if (epochs.length === 0 || energyOf(run) === null) return [];
  const metrics = metricNames(epochs).slice(0, METRICS);
  const hasSamples = epochs.some(({ samples }) => samples !== undefined);
  const symbol = pickScale("J", Math.max(...epochs.map(({ energy }) => energy.value)));
  const shown = epochs.length <= 2 * ENDS ? epochs : [...epochs.slice(0, ENDS), ...epochs.slice(-ENDS)];
  const lines = formatTable(
    [
      { title: "epoch", align: "right" },
      { title: "took", align: "right" },
      { title: "energy", align: "right" },
      { title: "range" },
      ...(hasSamples ? [{ title: "per 1,000 rows", align: "right" as const }] : []),
      ...metrics.map((name) => ({ title: printable(name), align: "right" as const })),
    ],
    shown.map((epoch) => [
      epochLabel(epoch, epochs),
      formatDuration(epoch.to - epoch.from),
      formatQuantity(epoch.energy, symbol),
      formatRange(epoch.energy, symbol),
      ...(hasSamples
        ? [epoch.samples ? formatQuantity(scaleQuantity(epoch.energy, 1_000 / epoch.samples, "J", "")) : ""]
        : []),
      ...metrics.map((name) => {
        const value = epoch.metrics[name];
        return value === undefined ? "" : String(Number(value.toPrecision(4)));
      }),
    ]),
  );
  const left = epochs.length - shown.length;
  const note = [
    ...(left > 0 ? [`the ${left} between them: fairwatt show --json`] : []),
    `outside of epochs: ${formatQuantity(outside)}`,
  ];
  return ["", bold("energy per epoch"), ...lines, dim(note.join("; "))];
}
