/** Software Carbon Intensity by ISO/IEC 21031:2024 and SCI for AI: ((E x I) + M) per R, each term with its source. */

import type { SciAccount } from "../../carbon/accounting/sci.ts";
import { formatSignificant, type Quantity } from "../../quantity.ts";
import { type Evidence, type RecordedRun, totalOf } from "../evidence.ts";
import { accountOf } from "./account.ts";
import type { Block, BlockTable, FieldRow } from "./blocks.ts";
import type { DocumentBody, Facts, ReportDocument } from "./document.ts";
import { computed, fixed, given, MEASUREMENT, number, numberRecord } from "./fields.ts";
import { figure, ranged, shortly } from "./figures.ts";
import { countedRuns, factorTable, notCoveredWords, outsideWords } from "./workload-blocks.ts";

export const sciReport: ReportDocument = {
  id: "sci",
  title: "Software Carbon Intensity report (ISO/IEC 21031:2024, SCI for AI)",
  summary: "SCI: grams of CO2e for each functional unit, energy and hardware apart",
  form: 1,
  legalTextAsOf:
    "ISO/IEC 21031:2024 (Green Software Foundation SCI 1.1); SCI for AI, specification of January 2026",
  build,
};

function build(evidence: Evidence, facts: Facts): DocumentBody {
  const { runs } = evidence;
  const total = totalOf(runs);
  const account = accountOf(runs, evidence, facts).sci;
  const complete = runs.length > 0 && total.unmetered === 0 && total.unplaced === 0;
  const score = complete && account.embodied ? account.score : undefined;
  const factors = factorTable(runs);
  return {
    blocks: [
      ...scoreBlocks(score, account, runs, facts),
      ...boundaryBlocks(runs, facts),
      ...energyBlocks(runs),
      ...hardwareBlocks(account),
      { heading: "Coefficients and limits", level: 2 },
      { table: coefficients(score, account, runs, facts) },
      ...(factors ? [{ table: factors }] : []),
      {
        fields: {
          caption: "Statements.",
          rows: [
            fixed(
              "Manifest",
              "This document as JSON has every figure with unit, method and range: fairwatt report --document sci --format json",
              "report template",
            ),
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
            computed(
              "Sensitivity",
              sensitivity(score, account),
              "good practice",
              "the provider: what the score above lacks",
            ),
            given("Baseline by the same method", facts.report?.["sci-boundary"]?.baseline, "comparison"),
          ],
        },
      },
    ],
  };
}

/** Each term with how it is known: sourced, measured or modelled. */
function coefficients(
  score: Quantity<"gCO2e"> | undefined,
  { embodied, units }: SciAccount,
  runs: readonly RecordedRun[],
  facts: Facts,
): BlockTable {
  const { energy, footprint } = totalOf(runs);
  const zones = new Set(
    runs.flatMap(({ body: { grid } }) =>
      grid ? [`${formatSignificant(grid.gramsPerKwh, 3)} (${grid.zone}, ${grid.year})`] : [],
    ),
  );
  const unit = facts.sci?.unit ?? "unit";
  const row = (name: string, quantity: Quantity | null | undefined, symbol: string) => [
    name,
    ranged(quantity ?? null, symbol),
    quantity?.method ?? "missing",
  ];
  return {
    caption: "Coefficients, and how each is known.",
    columns: [{ title: "Term" }, { title: "Value, range" }, { title: "Method" }],
    rows: [
      [
        "C per R",
        score ? `${figure(score.value)} gCO2e per ${unit}` : "not known",
        score ? "computed" : "missing",
      ],
      row("O = E x I", footprint, "g"),
      row("M", embodied, "g"),
      row("E", energy, "kWh"),
      [
        "I, location-based average",
        [...zones].sort().join("; ") || "not known",
        zones.size > 0 ? "sourced, g/kWh" : "missing",
      ],
      [
        "R",
        units === undefined ? "not known" : `${units.toLocaleString("en")} ${unit}`,
        units === undefined ? "missing" : "given",
      ],
    ],
  };
}

function scoreBlocks(
  score: Quantity<"gCO2e"> | undefined,
  account: SciAccount,
  runs: readonly RecordedRun[],
  facts: Facts,
): Block[] {
  const unit = facts.sci?.unit ?? "unit";
  const { operational, embodied } = account;
  const clause = "SCI = ((E x I) + M) per R";
  const row: FieldRow =
    score && embodied
      ? {
          label: "SCI score",
          source: "C",
          clause,
          value: [
            `${figure(score.value)} gCO2e per ${unit} (${figure(score.low)} to ${figure(score.high)})`,
            `O = E x I: ${shortly(operational, "g")}; M: ${shortly(embodied, "g")}; R: ${account.units} ${unit}`,
          ],
          number: { ...numberRecord(score, "g"), unit: `gCO2e per ${unit}` },
        }
      : computed("SCI score", null, clause, missingTerms(account, runs, facts));
  const bar = (label: string, quantity: Quantity<"gCO2e">) => ({
    label,
    value: quantity.value,
    low: quantity.low,
    high: quantity.high,
    text: shortly(quantity, "g"),
  });
  return [
    { heading: "Score", level: 2 },
    { fields: { caption: "Score and functional unit.", rows: [row, ...unitRows(facts)] } },
    ...(score && embodied
      ? [
          {
            bars: {
              title: "Parts of C",
              unit: "g CO2e",
              bars: [bar("operation (O = E x I)", operational), bar("hardware (M)", embodied)],
            },
          },
        ]
      : []),
    ...(runs.length > 0 && account.notices.length > 0 ? [{ list: account.notices }] : []),
  ];
}

/** What stands between the records and a score. */
function missingTerms(account: SciAccount, runs: readonly RecordedRun[], facts: Facts): string {
  const { unmetered, unplaced } = totalOf(runs);
  const terms = [
    runs.length === 0 ? "E: a measured run" : "",
    unmetered > 0 ? `E: ${unmetered} runs have no energy` : "",
    unplaced > 0 ? `I: the grid zone of ${unplaced} runs` : "",
    account.embodied ? "" : "M: [[sci.hardware]]",
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
              ? `${first.slice(0, 10)} to ${last.slice(0, 10)}, ${countedRuns(runs.length)}, those that did not finish included`
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
                    energy ? `${ranged(energy, "kWh")}, ${energy.method}` : "not known",
                    footprint ? shortly(footprint, "g") : "not known",
                  ];
                }),
            },
          },
        ]
      : []),
  ];
}

function hardwareBlocks({ terms, embodied }: SciAccount): Block[] {
  return [
    { heading: "Hardware", level: 2 },
    {
      fields: {
        caption: "M = TE x TiR/EL x RR/ToR.",
        rows: [
          number(
            "M, share of the hardware's making",
            embodied ?? null,
            "g",
            "ISO/IEC 21031 M",
            "F",
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
                { title: "Hardware" },
                { title: "TE, kg", align: "right" as const },
                { title: "TiR, h", align: "right" as const },
                { title: "EL, h", align: "right" as const },
                { title: "RR/ToR", align: "right" as const },
                { title: "M, g", align: "right" as const },
                { title: "Source" },
              ],
              rows: terms.map(({ name, totalGrams, reservedHours, lifespanHours, share, value }) => [
                name,
                formatSignificant(totalGrams / 1000, 3),
                figure(reservedHours),
                String(Math.round(lifespanHours)),
                String(share),
                figure(value.value, 2),
                value.basis,
              ]),
            },
          },
        ]
      : []),
  ];
}

/** What a tenth more of each factor would make of the score. */
function sensitivity(score: Quantity<"gCO2e"> | undefined, account: SciAccount): string[] | null {
  const { operational, embodied, units } = account;
  if (!score || !embodied || units === undefined) return null;
  const tenth = (grams: number) => figure(grams / 10 / units, 2);
  return [
    `10 % more intensity, PUE or energy: ${tenth(operational.value)} gCO2e more per unit`,
    `10 % more of TE, or about 10 % less life: ${tenth(embodied.value)} gCO2e more per unit`,
  ];
}
