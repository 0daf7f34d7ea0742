/** The report of one run, version 1 of its form: a laboratory's report, ready to print. Pure: same input, same text. */

import { accountEpochs, type EpochEnergy, epochLabel } from "../../energy/epochs.ts";
import type { PowerSeries, RunSummary } from "../../energy/run.ts";
import type { RunBody } from "../../ledger/entry.ts";
import {
  formatDuration,
  formatQuantity,
  formatRange,
  pickScale,
  type Quantity,
  scaleQuantity,
} from "../../quantity.ts";
import { epochChart } from "../charts/epoch-chart.ts";
import { powerChart, powerLegend } from "../charts/power-chart.ts";
import { type Html, html, page, raw, table } from "../render/html.ts";
import { DOCUMENT_STYLE } from "../render/style.ts";
import {
  commandWords,
  commitWords,
  coverageWords,
  energyOf,
  footprintOf,
  hardwareWords,
  meanPowerOf,
  outcomeWords,
  unmeteredWords,
} from "../run-words.ts";
import { limitsOf, provenanceOf } from "./run-provenance.ts";
import { lastPage } from "./run-reproduce.ts";

export interface RunReportInput {
  run: RunSummary;
  /** Decimated for drawing. */
  chartSeries: PowerSeries;
  /** Journal files as they are now: name -> SHA-256. */
  journals: Record<string, string>;
  entry?: { hash: string; body: RunBody };
}

const FORM = "Fairwatt run report, form 1";

/** A whole HTML document. */
export function runReport(input: RunReportInput): string {
  const { run } = input;
  const body = html`<main>
${firstPage(input)}
${powerSection(input)}
${epochSection(accountEpochs(run).epochs)}
${provenanceOf(run)}
${limitsOf(run)}
${lastPage(input)}
</main>`;
  return page({ title: `Energy and CO2e of the run ${run.name}`, style: DOCUMENT_STYLE, body });
}

function firstPage({ run, entry }: RunReportInput): Html {
  const from = utc(run.startedAt);
  const period = run.endedAt === null ? `${from}, still running` : `${from} to ${utc(run.endedAt)}`;
  const commit = commitWords(run);
  return html`<header>
<p><span class="status">DRAFT</span> <span class="small">until it is signed on the last page</span></p>
<h1>Energy and CO2e of the run “${run.name}”</h1>
<p>${FORM}. Written with Fairwatt from the run's journals; ${
    entry
      ? "the run is entered in the project's ledger."
      : "the run has no entry in the project's ledger yet."
  }</p>
<dl>
<dt>Run</dt><dd>${run.id}</dd>
<dt>Command</dt><dd><code>${commandWords(run.argv)}</code></dd>
<dt>Version</dt><dd>${
    run.git
      ? html`${commit}${run.git.dirty ? " – with changes that were not committed" : ""}<br><span class="hash">${run.git.commit}</span>`
      : "not in version control"
  }</dd>
<dt>Period</dt><dd>${period}, ${formatDuration(run.duration)}</dd>
<dt>Outcome</dt><dd>${outcomeWords(run)}</dd>
<dt>Machine</dt><dd>${run.host}${run.hardware ? `: ${hardwareWords(run)}` : ""}</dd>
<dt>Run by</dt><dd>${entry?.body.author ?? "not known"}</dd>
<dt>Organisation</dt><dd>[to be completed by the provider]</dd>
</dl>
</header>
${keyNumbers(run)}`;
}

function keyNumbers(run: RunSummary): Html {
  const energy = energyOf(run);
  const footprint = footprintOf(run);
  const facility: Quantity<"J"> | null =
    run.pue === 1 || !energy
      ? null
      : scaleQuantity(energy, run.pue, "J", `energy of the run times PUE ${run.pue}`);
  const power = meanPowerOf(run);
  const row = (term: string, quantity: Quantity) => [
    term,
    formatQuantity(quantity),
    formatRange(quantity),
    quantity.method,
    quantity.basis,
  ];
  const rows = [
    energy
      ? row("IT energy of the run", energy)
      : ["IT energy of the run", "not known", "", "", unmeteredWords(run)],
    ...(facility ? [row("With the facility's overhead", facility)] : []),
    footprint
      ? row("CO2e, location-based", footprint)
      : [
          "CO2e",
          "not known",
          "",
          "",
          run.grid ? "no energy" : "the grid zone of the machine was not known at the start of the run",
        ],
    ...(power ? [row("Mean power of the run", power)] : []),
    ...(energy ? [row("The whole machine's energy in that time", run.machineEnergy)] : []),
  ];
  return html`<section><h2>Result</h2>
${table(
  "The run's numbers. ≈: modelled or estimated; range: the least and the most that the instruments and factors allow.",
  [
    { title: "Quantity" },
    { title: "Value", align: "right" },
    { title: "Range", align: "right" },
    { title: "Method" },
    { title: "Basis" },
  ],
  rows,
)}
<p>Coverage: meters were read during ${coverageWords(run.coverage)} of the run. Inside the numbers: ${
    run.energy.covers.join(", ") || "nothing"
  }. Not measured and not inside: ${run.notCovered.join(", ") || "nothing that is known"}.</p></section>`;
}

function powerSection({ run, chartSeries }: RunReportInput): Html {
  const chart = powerChart(run, chartSeries, "power");
  if (!chart)
    return html`<section><h2>Power over time</h2><p>No interval of this run was metered.</p></section>`;
  const legend = powerLegend(chartSeries).map(
    ({ label, colour, opacity, method }) =>
      html`<li><span class="swatch" style="background:${colour};opacity:${opacity}"></span>${label}, ${method}</li>`,
  );
  return html`<section><h2>Power over time</h2>
<figure>${raw(chart)}
<figcaption>Power of the run by component, stacked from below in this order; dashed: range of the sum; pale: not measured but modelled or estimated; hatched in black: gap; ticks on the base: ends of epochs.</figcaption>
<ul class="legend">${legend}</ul></figure></section>`;
}

/** Of a long run the table holds the first and the last epochs. */
const TABLE_ENDS = 20;

function epochSection(epochs: readonly EpochEnergy[]): Html | null {
  const chart = epochChart(epochs, "epochs");
  if (!chart) return null;
  const all = epochs.length <= 2 * TABLE_ENDS;
  const shown = all ? epochs : [...epochs.slice(0, TABLE_ENDS), ...epochs.slice(-TABLE_ENDS)];
  const symbol = pickScale("J", Math.max(...epochs.map(({ energy }) => energy.value)));
  const metrics = [...new Set(epochs.flatMap((epoch) => Object.keys(epoch.metrics)))].slice(0, 4);
  return html`<section><h2>Energy per epoch</h2>
<figure>${raw(chart)}
<figcaption>Energy of each epoch, thin lines: range; hatched: a gap lies in it. Epochs and metrics are what the command reported.</figcaption></figure>
${table(
  all ? "Energy per epoch." : `Energy per epoch: the first and the last ${TABLE_ENDS} of ${epochs.length}.`,
  [
    { title: "Epoch" },
    { title: "Duration", align: "right" },
    { title: "Energy", align: "right" },
    { title: "Range", align: "right" },
    ...metrics.map((title) => ({ title, align: "right" as const })),
  ],
  shown.map(({ from, to, energy, metrics: values, hasGap, ...epoch }) => [
    `${epochLabel(epoch, epochs)}${hasGap ? " (gap)" : ""}`,
    formatDuration(to - from),
    formatQuantity(energy, symbol),
    formatRange(energy, symbol),
    ...metrics.map((name) => values[name] ?? ""),
  ]),
)}</section>`;
}

/** "2024-11-21 18:05:00 UTC" */
export function utc(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
