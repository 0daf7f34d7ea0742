/** Software Carbon Intensity by ISO/IEC 21031:2024 and SCI for AI: ((E x I) + M) per R, each term with its source. */

import type { SciHardware } from "../../config/carbon-settings.ts";
import { formatQuantity, formatRange, formatSignificant, type Quantity } from "../../quantity.ts";
import { type Evidence, energyOfBody, footprintOfBody, type RecordedRun, totalOf } from "../evidence.ts";
import type { Block, FieldRow } from "./blocks.ts";
import type { DocumentBody, Facts, ReportDocument } from "./document.ts";
import { computed, factor, fixed, given, MEASUREMENT, number } from "./fields.ts";
import { factorTable, notCoveredWords, outsideWords } from "./workload-blocks.ts";

export const sciReport: ReportDocument = {
  id: "sci",
  title: "Software Carbon Intensity report (ISO/IEC 21031:2024, SCI for AI)",
  summary: "SCI: grams of CO2e for each functional unit, energy and hardware apart",
  form: 1,
  legalTextAsOf:
    "ISO/IEC 21031:2024 (Green Software Foundation SCI 1.1); SCI for AI, specification of January 2026",
  build,
};

const SECONDS_PER_YEAR = 365 * 24 * 3600;

interface EmbodiedTerm {
  hardware: SciHardware;
  seconds: number;
  grams: number;
}

/** M = TE x TiR/EL x RR/ToR of each machine that the project names. */
function embodiedTerms(runs: readonly RecordedRun[], facts: Facts): EmbodiedTerm[] {
  return (facts.sci?.hardware ?? []).map((hardware) => {
    const seconds = runs
      .filter(({ body }) => hardware.host === undefined || body.host === hardware.host)
      .reduce((sum, { body }) => sum + body.durationSeconds, 0);
    const life = hardware["lifespan-years"] * SECONDS_PER_YEAR;
    return { hardware, seconds, grams: hardware["embodied-kg"] * 1000 * (seconds / life) * hardware.share };
  });
}

function build({ runs }: Evidence, facts: Facts): DocumentBody {
  const total = totalOf(runs);
  const terms = embodiedTerms(runs, facts);
  const embodied = terms.length > 0 ? terms.reduce((sum, { grams }) => sum + grams, 0) : null;
  const complete = runs.length > 0 && total.unmetered === 0 && total.unplaced === 0;
  const score = scoreOf(complete ? total.footprint : null, embodied, facts.sci?.units);
  const factors = factorTable(runs);
  return {
    blocks: [
      ...scoreBlocks(score, runs, facts),
      ...boundaryBlocks(runs, facts),
      ...energyBlocks(runs),
      ...hardwareBlocks(terms, embodied),
      { heading: "Coefficients and limits", level: 2 },
      ...(factors ? [{ table: factors }] : []),
      {
        fields: {
          caption: "Statements.",
          rows: [
            fixed(
              "Exclusions",
              "No market-based factors, certificates, contracts or credits are included.",
              "ISO/IEC 21031 I, exclusions",
            ),
            computed(
              "Components without a meter",
              runs.length > 0 ? notCoveredWords(runs) : null,
              "ISO/IEC 21031 E",
              MEASUREMENT,
            ),
            computed("Sensitivity", sensitivity(score, runs), "good practice", "the score above"),
            given("Baseline by the same method", facts.report?.["sci-boundary"]?.baseline, "comparison"),
          ],
        },
      },
    ],
  };
}

interface Score {
  perUnit: number;
  low: number;
  high: number;
  operational: Quantity<"gCO2e">;
  embodied: number;
  units: number;
}

/** Null while a term is missing: a score without M or R is none. */
function scoreOf(
  operational: Quantity<"gCO2e"> | null,
  embodied: number | null,
  units: number | undefined,
): Score | null {
  if (!operational || embodied === null || units === undefined) return null;
  const per = (grams: number) => (grams + embodied) / units;
  return {
    perUnit: per(operational.value),
    low: per(operational.low),
    high: per(operational.high),
    operational,
    embodied,
    units,
  };
}

function scoreBlocks(score: Score | null, runs: readonly RecordedRun[], facts: Facts): Block[] {
  const unit = facts.sci?.unit ?? "unit";
  const row: FieldRow = score
    ? {
        label: "SCI score",
        source: "C",
        clause: "SCI = ((E x I) + M) per R",
        value: [
          `${formatSignificant(score.perUnit, 3)} gCO2e per ${unit} (${formatSignificant(score.low, 3)} to ${formatSignificant(score.high, 3)})`,
          `O = E x I: ${formatQuantity(score.operational, "g")}; M: ${formatSignificant(score.embodied, 3)} g; R: ${score.units} ${unit}`,
        ],
        number: {
          value: score.perUnit,
          unit: `gCO2e per ${unit}`,
          method: score.operational.method,
          instrument: score.operational.instrument,
          covers: score.operational.covers,
          low: score.low,
          high: score.high,
          basis:
            "(energy of the runs x PUE x intensity of the zone + M) / R; the range is that of energy and intensity",
        },
      }
    : computed("SCI score", null, "SCI = ((E x I) + M) per R", missingTerms(runs, facts));
  return [
    { heading: "Score", level: 2 },
    { fields: { caption: "Score and functional unit.", rows: [row, ...unitRows(facts)] } },
    ...(score
      ? [
          {
            bars: {
              title: "Parts of C",
              unit: "g CO2e",
              bars: [
                {
                  label: "operation (O = E x I)",
                  value: score.operational.value,
                  low: score.operational.low,
                  high: score.operational.high,
                  text: formatQuantity(score.operational, "g"),
                },
                {
                  label: "hardware (M)",
                  value: score.embodied,
                  low: score.embodied,
                  high: score.embodied,
                  text: `${formatSignificant(score.embodied, 3)} g`,
                },
              ],
            },
          },
        ]
      : []),
  ];
}

/** What stands between the records and a score. */
function missingTerms(runs: readonly RecordedRun[], facts: Facts): string {
  const { unmetered, unplaced } = totalOf(runs);
  const terms = [
    runs.length === 0 ? "E: a measured run" : "",
    unmetered > 0 ? `E: ${unmetered} runs have no energy` : "",
    unplaced > 0 ? `I: the grid zone of ${unplaced} runs` : "",
    facts.sci?.hardware?.length ? "" : "M: [[sci.hardware]]",
    facts.sci?.units === undefined ? "R: units in [sci]" : "",
  ];
  return `the provider: ${terms.filter(Boolean).join("; ")}`;
}

function unitRows(facts: Facts): FieldRow[] {
  const { sci } = facts;
  const boundary = facts.report?.["sci-boundary"] ?? {};
  return [
    given("Functional unit R", sci?.unit, "SCI-AI R"),
    given("Why this unit", sci?.rationale, "SCI-AI R"),
    given("Units of the period", sci?.units === undefined ? undefined : String(sci.units), "SCI-AI R"),
    given("Gross or effective units", boundary["units-counted"], "SCI-AI R"),
    given("Persona", sci?.persona, "SCI-AI boundary"),
    given("Life-cycle stages inside", boundary.stages, "SCI-AI boundary"),
  ];
}

function boundaryBlocks(runs: readonly RecordedRun[], facts: Facts): Block[] {
  const { report } = facts;
  const boundary = report?.["sci-boundary"] ?? {};
  const [first, last] = [runs[0]?.body.startedAt, runs.at(-1)?.body.startedAt];
  return [
    { heading: "Boundary", level: 2 },
    {
      fields: {
        caption: "What is inside.",
        rows: [
          given("Inside the software boundary", boundary.included, "ISO/IEC 21031 Bound"),
          given("Left out, with reasons", boundary["left-out"], "ISO/IEC 21031 Bound"),
          computed(
            "Time span",
            first && last
              ? `${first.slice(0, 10)} to ${last.slice(0, 10)}, ${runs.length} runs, those that did not finish included`
              : null,
            "report template",
            MEASUREMENT,
          ),
          given(
            "Application and address",
            report?.system && [report.system, boundary.url ?? "no address stated"],
            "report template",
          ),
          given("Accountable person", report?.responsible, "report template"),
        ],
      },
    },
  ];
}

function energyBlocks(runs: readonly RecordedRun[]): Block[] {
  const total = totalOf(runs);
  const hosts = new Map<string, RecordedRun[]>();
  for (const run of runs) hosts.set(run.body.host, [...(hosts.get(run.body.host) ?? []), run]);
  return [
    { heading: "Energy and intensity", level: 2 },
    {
      fields: {
        caption: "E and O.",
        rows: [
          number("E, of the computers", total.energy, "kWh", "ISO/IEC 21031 E"),
          number(
            "O = E x PUE x I",
            total.footprint,
            "g",
            "ISO/IEC 21031 O",
            "C",
            "a grid zone: zone in the project file",
          ),
          computed(
            "Not inside the sums",
            outsideWords(total) || (runs.length > 0 ? "nothing: every run is inside" : null),
            undefined,
            MEASUREMENT,
          ),
          fixed("Intensity", "Location-based, yearly average of the grid zone", "ISO/IEC 21031 I"),
        ],
      },
    },
    ...(hosts.size > 0
      ? [
          {
            table: {
              caption: "By machine.",
              columns: [
                { title: "Machine" },
                { title: "Runs", align: "right" as const },
                { title: "E, range" },
                { title: "O" },
              ],
              rows: [...hosts.entries()]
                .sort(([a], [b]) => (a < b ? -1 : 1))
                .map(([host, group]) => {
                  const { energy, footprint } = totalOf(group);
                  return [
                    host,
                    String(group.length),
                    energy
                      ? `${formatQuantity(energy, "kWh")} (${formatRange(energy, "kWh")}), ${energy.method}`
                      : "not known",
                    footprint ? formatQuantity(footprint, "g") : "not known",
                  ];
                }),
            },
          },
        ]
      : []),
  ];
}

function hardwareBlocks(terms: readonly EmbodiedTerm[], embodied: number | null): Block[] {
  return [
    { heading: "Hardware", level: 2 },
    {
      fields: {
        caption: "M = TE x TiR/EL x RR/ToR.",
        rows: [
          factor(
            "M, share of the hardware's making",
            embodied === null ? null : `${formatSignificant(embodied, 3)} gCO2e`,
            "ISO/IEC 21031 M",
            "the provider: [[sci.hardware]] in the project file",
          ),
        ],
      },
    },
    ...(terms.length > 0
      ? [
          {
            table: {
              caption: "Terms of M.",
              columns: [
                { title: "Machine" },
                { title: "TE, kg", align: "right" as const },
                { title: "TiR", align: "right" as const },
                { title: "EL, years", align: "right" as const },
                { title: "RR/ToR", align: "right" as const },
                { title: "M, g", align: "right" as const },
                { title: "Source of TE" },
              ],
              rows: terms.map(({ hardware, seconds, grams }) => [
                hardware.host ? `${hardware.name} (${hardware.host})` : hardware.name,
                String(hardware["embodied-kg"]),
                `${formatSignificant(seconds / 3600, 3)} h`,
                String(hardware["lifespan-years"]),
                String(hardware.share),
                formatSignificant(grams, 3),
                hardware.source,
              ]),
            },
          },
        ]
      : []),
  ];
}

/** What a tenth more of each factor would make of the score. */
function sensitivity(score: Score | null, runs: readonly RecordedRun[]): string[] | null {
  if (!score) return null;
  const tenth = (grams: number) => formatSignificant(grams / 10 / score.units, 2);
  const intensities = runs.filter(({ body }) => energyOfBody(body) && footprintOfBody(body)).length;
  return [
    `10 % more intensity, PUE or energy: ${tenth(score.operational.value)} gCO2e more per unit (${intensities} runs)`,
    `10 % more of TE, or 10 % less life: about ${tenth(score.embodied)} gCO2e more per unit`,
  ];
}
