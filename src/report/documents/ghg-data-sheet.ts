/** Emissions of AI workloads as input to an organisation's inventory: GHG Protocol, data requirements of ISO 14064-1:2018. */

import type { Account } from "../../carbon/accounting/account.ts";
import { formatSignificant, type Quantity, scaleQuantity } from "../../quantity.ts";
import { type Evidence, energyOfBody, footprintOfBody, type RecordedRun, totalOf } from "../evidence.ts";
import { accountOf, orNull } from "./account.ts";
import type { Block, FieldRow } from "./blocks.ts";
import type { DocumentBody, Facts, ReportDocument } from "./document.ts";
import { computed, fixed, given, MEASUREMENT, number } from "./fields.ts";
import { ranged } from "./figures.ts";
import { factorTable, notCoveredWords, outsideWords } from "./workload-blocks.ts";

export const ghgDataSheet: ReportDocument = {
  id: "ghg",
  title: "GHG data sheet for AI workloads – input to the organisation's inventory",
  summary: "GHG Protocol and ISO 14064-1: emissions of the runs, for the inventory",
  form: 1,
  legalTextAsOf:
    "GHG Protocol Corporate Standard, Scope 2 Guidance (2015), Scope 3 Standard (2011); data requirements of ISO 14064-1:2018",
  build,
};

const ZONE = "a grid zone: zone in the project file";
const OWNER = "the sustainability owner";
/** Workloads that are listed one by one: of a project with more, months. */
const LISTED = 40;

function build(evidence: Evidence, facts: Facts): DocumentBody {
  const runs = runsOfPeriod(evidence.runs, facts);
  const account = accountOf(runs, evidence, facts);
  return {
    blocks: [
      {
        text: "Not an inventory and not verified: figures of one project for the organisation that makes its inventory.",
      },
      ...frameBlocks(runs, evidence.runs.length, facts),
      ...emissionBlocks(runs, account, facts),
      ...workloadBlocks(runs),
      ...methodBlocks(runs, account, facts),
    ],
  };
}

/** Runs that began in the reporting period; all while there is none. */
function runsOfPeriod(runs: readonly RecordedRun[], facts: Facts): RecordedRun[] {
  const { from, to } = facts.report?.ghg ?? {};
  return runs.filter(({ body: { startedAt } }) => {
    const day = startedAt.slice(0, 10);
    return (from === undefined || day >= from) && (to === undefined || day <= to);
  });
}

function frameBlocks(runs: readonly RecordedRun[], all: number, facts: Facts): Block[] {
  const { organisation, responsible, ghg = {} } = facts.report ?? {};
  const period = ghg.from && ghg.to ? `${ghg.from} to ${ghg.to}` : undefined;
  const iso = (item: string) => `ISO 14064-1 9.3.1 ${item}`;
  return [
    { heading: "Frame", level: 2 },
    {
      fields: {
        caption: "Organisation, period and boundaries.",
        rows: [
          given("Organisation", organisation, iso("a"), OWNER),
          given("Responsible person", responsible, iso("b"), OWNER),
          given(
            "Reporting period",
            period && [period, `${runs.length} of the ledger's ${all} runs began in it (UTC)`],
            iso("c"),
            OWNER,
          ),
          given(
            "Organisational boundary",
            ghg["boundary-approach"],
            `${iso("d")}; GHG Protocol ch. 3`,
            OWNER,
          ),
          given(
            "Reporting boundary and criteria of significance",
            ghg["reporting-boundary"],
            iso("e"),
            OWNER,
          ),
          given("Base year and recalculation", ghg["base-year"], `${iso("k, l")}`, OWNER),
        ],
      },
    },
  ];
}

function emissionBlocks(runs: readonly RecordedRun[], account: Account, facts: Facts): Block[] {
  const { placement, withoutEnergy, withoutZone } = account;
  const metered = runs.length - withoutEnergy.length;
  const rows: FieldRow[] = [
    number("IT energy", orNull(account.itEnergy, metered), "kWh", "activity data"),
    number("Facility energy", orNull(account.facilityEnergy, metered), "kWh", "activity data", "C"),
    ...(placement?.scope === 3
      ? []
      : [
          number(
            "The same, as ESRS asks for it",
            orNull(account.facilityEnergy, metered),
            "MWh",
            "ESRS E1-5 (2023 numbering)",
            "C",
          ),
        ]),
    computed(
      "Where it is accounted",
      placement && [
        placement.scope === 2
          ? "Scope 2, location-based and market-based"
          : `Scope 3 category ${placement.category} (${placement.categoryName})`,
        `ISO 14064-1 category ${placement.iso}`,
        `rule: ${placement.rule}`,
      ],
      "GHG Protocol; ISO 14064-1 categories",
      `${OWNER}: [hosting] in the project file`,
    ),
    number(
      "Location-based",
      orNull(account.location.total, metered - withoutZone.length),
      "t",
      "Scope 2 Guidance ch. 7",
      "C",
      ZONE,
    ),
    marketRow(account),
    computed(
      "Lines of ESRS E1",
      placement && [
        placement.scope === 2
          ? "E1-5 (energy, MWh); E1-6 gross scope 2, location-based and market-based"
          : `E1-6 gross scope 3, category ${placement.category}; not E1-5`,
        "2023 numbering; that of the amended standard is to be confirmed",
      ],
      "ESRS E1",
      `${OWNER}: [hosting] in the project file`,
    ),
    computed(
      "Not inside the sums",
      outsideWords({ unmetered: withoutEnergy.length, unplaced: withoutZone.length }) ||
        (runs.length > 0 ? "nothing: every run is inside" : null),
      undefined,
      MEASUREMENT,
    ),
  ];
  const ghg = facts.report?.ghg ?? {};
  return [
    { heading: "Energy and emissions", level: 2 },
    {
      text: "Location-based and market-based totals are two views of the same energy: they are never added.",
    },
    { fields: { caption: "Energy and CO2e of the period.", rows } },
    ...instrumentBlocks(account),
    ...(account.notices.length > 0 ? [{ list: account.notices }] : []),
    {
      fields: {
        caption: "Other lines of an inventory.",
        rows: [
          given(
            "Scope 3 category 2: machines bought in the period",
            ghg["machines-bought"],
            "Scope 3 Standard",
            OWNER,
          ),
          given(
            "Scope 3 category 3: upstream of fuel, transmission losses",
            ghg["upstream-of-energy"],
            "Scope 3 Standard",
            OWNER,
          ),
          given(
            "Scope 3 category 11: use of models that were sold",
            ghg["use-of-sold-products"],
            "Scope 3 Standard",
            OWNER,
          ),
          fixed(
            "Gases",
            "CO2e only: the factors do not split gases; the global warming potentials are those of the factors' publishers",
            "ISO 14064-1 9.3.1 f, t",
          ),
          given("Biogenic CO2 and removals", ghg["biogenic-and-removals"], "ISO 14064-1 9.3.1 g, h", OWNER),
          given(
            "Credits, as a separate memo that is never subtracted",
            ghg["credits-memo"],
            "ESRS E1-7",
            OWNER,
          ),
        ],
      },
    },
  ];
}

function marketRow({ market, marketWhyNot }: Account): FieldRow {
  const clause = "Scope 2 Guidance ch. 7";
  if (market) return number("Market-based", market.total, "t", clause, "C");
  return computed(
    "Market-based",
    marketWhyNot ? `no second figure: ${marketWhyNot}` : null,
    clause,
    `${OWNER}: [instruments] in the project file`,
  );
}

function instrumentBlocks({ market }: Account): Block[] {
  if (!market) return [];
  const rest = `The rest, ${formatSignificant(market.rest.kwh, 3)} kWh, was counted by ${market.rest.basis}.`;
  return [
    ...(market.instruments.length > 0
      ? [
          {
            table: {
              caption: "Contractual instruments.",
              columns: [
                { title: "Instrument" },
                { title: "g/kWh", align: "right" as const },
                { title: "kWh held", align: "right" as const },
                { title: "used here", align: "right" as const },
                { title: "Period" },
                { title: "Tracking, retired, market" },
              ],
              rows: market.instruments.map(({ instrument, usedKwh, missing }) => [
                `${instrument.type}${instrument.id === undefined ? "" : ` ${instrument.id}`}, ${instrument.source}`,
                String(instrument["g-per-kwh"]),
                String(instrument.kwh),
                formatSignificant(usedKwh, 3),
                `${instrument.from} to ${instrument.to}`,
                [
                  instrument["tracking-system"] ?? "",
                  instrument["retired-on"] ?? "",
                  instrument.vintage === undefined ? "" : `vintage ${instrument.vintage}`,
                  instrument.market ?? "",
                  missing.length > 0 ? `not stated: ${missing.join(", ")}` : "",
                ]
                  .filter(Boolean)
                  .join(", "),
              ]),
            },
          },
        ]
      : []),
    { text: rest },
  ];
}

function workloadBlocks(runs: readonly RecordedRun[]): Block[] {
  if (runs.length === 0) return [];
  const columns = [
    { title: "Runs" },
    { title: "Site" },
    { title: "IT energy, range" },
    { title: "PUE", align: "right" as const },
    { title: "Facility energy, range" },
    { title: "CO2e, range" },
  ];
  if (runs.length <= LISTED) {
    return [
      { heading: "Workloads", level: 2 },
      {
        table: {
          caption: "Runs of the period.",
          columns,
          rows: runs.map(({ body }) => [
            `${body.run} ${body.name}`,
            siteOf(body),
            ranged(energyOfBody(body), "kWh"),
            String(body.pue),
            ranged(facilityOf(energyOfBody(body), body.pue), "kWh"),
            ranged(footprintOfBody(body), "kg"),
          ]),
        },
      },
    ];
  }
  const groups = new Map<string, RecordedRun[]>();
  for (const run of runs) {
    const key = JSON.stringify([run.body.startedAt.slice(0, 7), siteOf(run.body), run.body.pue]);
    const group = groups.get(key);
    if (group) group.push(run);
    else groups.set(key, [run]);
  }
  return [
    { heading: "Workloads", level: 2 },
    {
      table: {
        caption: "Runs of the period by month, site and PUE.",
        columns,
        rows: [...groups.entries()].map(([key, group]) => {
          const [month, site, pue] = JSON.parse(key) as [string, string, number];
          const total = totalOf(group);
          return [
            `${month}: ${group.length}`,
            site,
            ranged(total.energy, "kWh"),
            String(pue),
            ranged(facilityOf(total.energy, pue), "kWh"),
            ranged(total.footprint, "kg"),
          ];
        }),
      },
    },
  ];
}

const facilityOf = (energy: Quantity<"J"> | null, pue: number): Quantity<"J"> | null =>
  energy && scaleQuantity(energy, pue, "J", "");

const siteOf = ({ host, grid }: RecordedRun["body"]): string =>
  `${host}, ${grid ? `${grid.name} (${grid.zone})` : "zone not known"}`;

function methodBlocks(runs: readonly RecordedRun[], account: Account, facts: Facts): Block[] {
  const ghg = facts.report?.ghg ?? {};
  const factors = factorTable(runs);
  return [
    { heading: "Methods, factors, uncertainty", level: 2 },
    ...(factors ? [{ table: factors }] : []),
    {
      code: "E_fac = E_IT x PUE\nlocation-based = sum of E_fac x CI_location\nmarket-based = (E_fac - E_instruments) x CI_residual + E_instruments x CI_instruments\nu = sqrt(u_activity^2 + u_factor^2)",
    },
    {
      fields: {
        caption: "Methods.",
        rows: [
          computed(
            "Exclusions",
            runs.length > 0 ? `not metered: ${notCoveredWords(runs)}` : null,
            "ISO 14064-1 9.3.1 i",
            MEASUREMENT,
          ),
          given("Other exclusions, with reasons", ghg.exclusions, "ISO 14064-1 9.3.1 i", OWNER),
          given("Changes of method", ghg["method-changes"], "ISO 14064-1 9.3.1 n", OWNER),
          computed("Uncertainty", uncertaintyWords(account), "ISO 14064-1 8.3, 9.3.1 p, q", MEASUREMENT),
          fixed(
            "Statement",
            "Prepared with reference to the GHG Protocol and the data requirements of ISO 14064-1:2018; not a complete ISO 14064-1 GHG report.",
            "ISO 14064-1 9.3.1 r",
          ),
          given("Verification", ghg.verification, "ISO 14064-1 9.3.1 s; ISO 14064-3", OWNER),
        ],
      },
    },
  ];
}

/** Activity and factor apart, and together by root-sum-square; half-widths, in per cent. */
function uncertaintyWords({ location }: Account): string[] | null {
  if (location.total.value === 0) return null;
  const percent = (part: number) => `±${formatSignificant(100 * part, 2)} %`;
  const { activity, factor, combined } = location.uncertainty;
  return [
    `activity (energy): ${percent(activity)}, ranges of the instruments added up, as if all erred alike`,
    `factor (grid intensity): ${percent(factor)}, weighted by emissions`,
    `combined: ${percent(combined)}, root-sum-square; the range beside the total is the wider one of both together`,
  ];
}
