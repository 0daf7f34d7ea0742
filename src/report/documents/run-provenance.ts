/** Where each number of a run comes from, and what stands against it: meters, factors, gaps, what was left out. */

import type { MeterEnergy, RunSummary } from "../../energy/run.ts";
import { formatDuration, formatQuantity, formatRange, formatSignificant, pickScale } from "../../quantity.ts";
import { type Html, html, table } from "../render/html.ts";
import { unmeteredWords } from "../run-words.ts";

export function provenanceOf(run: RunSummary): Html {
  const symbol = pickScale("J", run.energy.value);
  return html`<section><h2>Where each number comes from</h2>
${
  run.meters.length > 0
    ? html`${table(
        "Meters whose energies add up to the run's.",
        [
          { title: "Component" },
          { title: "Energy", align: "right" },
          { title: "Range", align: "right" },
          { title: "Machine", align: "right" },
          { title: "Method" },
          { title: "Read for", align: "right" },
          { title: "The run's part" },
        ],
        run.meters.map((entry) => [
          entry.meter.label,
          formatQuantity(entry.run, symbol),
          formatRange(entry.run, symbol),
          formatQuantity(entry.machine, symbol),
          entry.meter.method,
          formatDuration(entry.seconds),
          entry.share,
        ]),
      )}
${table(
  "Instruments and where their error is from.",
  [
    { title: "Component" },
    { title: "Instrument" },
    { title: "Error", align: "right" },
    { title: "Source of the error, basis" },
  ],
  run.meters.map(instrumentRow),
)}`
    : html`<p>Nothing: ${unmeteredWords(run)}.</p>`
}
${gridOf(run)}</section>`;
}

function instrumentRow({ meter }: MeterEnergy): string[] {
  const error = meter.kind === "model" ? "as the band" : `±${formatSignificant(meter.error * 100, 2)} %`;
  return [meter.label, meter.instrument, error, [meter.errorSource, meter.basis].filter(Boolean).join("; ")];
}

function gridOf(run: RunSummary): Html {
  const { grid, pue } = run;
  const facility = `Facility overhead: PUE ${pue}${pue === 1 ? " (none is counted)" : ""}, as set in the project.`;
  if (!grid) {
    return html`<p>CO2e is not given: nobody had said in which grid zone the machine stands. It can be had from the energy above: CO2e = energy × PUE × intensity of the zone. ${facility}</p>`;
  }
  return html`${table(
    "Factors. CO2e = IT energy × PUE × intensity, location-based.",
    [
      { title: "Factor" },
      { title: "Value", align: "right" },
      { title: "Range", align: "right" },
      { title: "Source" },
    ],
    [
      [
        `Grid intensity, ${grid.name} (${grid.zone})`,
        `${formatSignificant(grid.gramsPerKwh, 3)} g/kWh`,
        `${formatSignificant(grid.low, 3)} to ${formatSignificant(grid.high, 3)}`,
        `${grid.source}, yearly ${grid.year}; zone chosen by ${grid.chosenBy}`,
      ],
      ["PUE", String(pue), "", "as set in the project"],
    ],
  )}`;
}

export function limitsOf(run: RunSummary): Html {
  return html`<section><h2>What stands against these numbers</h2>
<p>Not measured: ${run.notCovered.join(", ") || "nothing that is known"}. Embodied emissions of the hardware are not in these numbers.</p>
${
  run.gaps.length > 0
    ? table(
        "Gaps: stretches of time in which something could not be read or trusted.",
        [{ title: "From" }, { title: "To" }, { title: "What" }, { title: "Why" }],
        run.gaps.map((gap) => [
          formatDuration(gap.from),
          formatDuration(gap.to),
          gap.meter ?? "all meters",
          gap.reason,
        ]),
      )
    : html`<p>There was no gap in the readings.</p>`
}
${
  run.rejected.length > 0
    ? table(
        "Meters that were looked for and not used.",
        [{ title: "Meter" }, { title: "Why" }, { title: "What would make it available" }],
        run.rejected.map((meter) => [meter.label, meter.reason, meter.remedy ?? "nothing is known"]),
      )
    : null
}
${
  run.uncounted.length > 0
    ? table(
        "Recorded beside the sum, never added to it.",
        [{ title: "Meter" }, { title: "Energy", align: "right" }, { title: "Instrument" }, { title: "Why" }],
        run.uncounted.map(({ meter, run: energy }) => [
          meter.label,
          formatQuantity(energy),
          meter.instrument,
          meter.uncountedReason ?? "",
        ]),
      )
    : null
}
${run.notices.length > 0 ? html`<p>To be noted:</p><ul>${run.notices.map((notice) => html`<li>${notice}</li>`)}</ul>` : null}</section>`;
}
