/** A project's carbon budget: how it follows from the company's target, what is used of it, what is left. */

import type { Activity } from "../../carbon/accounting/activity.ts";
import { placementOf } from "../../carbon/accounting/hosting.ts";
import { type BudgetLine, type BudgetState, budgetState } from "../../carbon/budget/budget.ts";
import { amount, usedWords } from "../../carbon/budget/budget-words.ts";
import { expectedRun, forecastBudget } from "../../carbon/budget/forecast.ts";
import { periodsPerYear } from "../../carbon/budget/period.ts";
import { activityOf } from "../../ledger/run-activity.ts";
import { formatQuantity, formatRange, formatSignificant } from "../../quantity.ts";
import { type Evidence, newestTime } from "../evidence.ts";
import type { Block, FieldRow } from "./blocks.ts";
import type { DocumentBody, Facts, ReportDocument } from "./document.ts";
import { computed, fixed, given, MEASUREMENT, number } from "./fields.ts";

export const budgetSheet: ReportDocument = {
  id: "budget-sheet",
  title: "Project carbon budget derived from the company's target",
  summary: "the project's budget: its derivation, what is used, burn rate and forecast",
  form: 1,
  legalTextAsOf:
    "near-term criteria and Corporate Net-Zero Standard of the Science Based Targets initiative, for organisations; the derivation for projects is Fairwatt's own",
  build,
};

const OWNER = "the sustainability owner";
const BUDGET = "the project file: [budget]";
/** Years that the table of the envelope goes on. */
const YEARS = 5;
/** Days that a burn rate is told for. */
const BURN_DAYS = 30;
/** Linear reduction of the base year's emissions for scope 3; larger rates are those of scopes 1 and 2. */
const SCOPE_3_RATE = 0.025;

function build(evidence: Evidence, facts: Facts): DocumentBody {
  const sheet = facts.report?.["budget-sheet"] ?? {};
  const { budget } = facts;
  const now = newestTime(evidence);
  const activities = evidence.runs.map(({ hash, body }) => activityOf(body, hash));
  const settings = budget && { budget, ...(facts.instruments && { instruments: facts.instruments }) };
  const state = settings && now !== null ? budgetState(activities, settings, Date.parse(now)) : undefined;
  return {
    blocks: [
      { heading: "1. The company's target", level: 2 },
      {
        fields: {
          caption: "As the organisation published it; entered by people, not checked by this tool.",
          rows: [
            given("Target as published", sheet.target, undefined, OWNER),
            given("Scopes of the target", sheet.scopes, undefined, OWNER),
            given("Status of the target, with date", sheet["target-status"], undefined, OWNER),
            given("Version of the criteria", sheet.criteria, undefined, OWNER),
            computed("Method of the budget", budget?.method, "GHG Protocol Scope 2", BUDGET),
          ],
        },
      },
      { heading: "2. From the target to the project", level: 2 },
      {
        code: "E_t(y) = E_base x (1 - r x (y - y0)), at least 0\nB_p(y) = E_t(y) x share for AI x share of the project\nB_p(period) = B_p(y) / periods of a year",
      },
      {
        fields: {
          caption: "The shares, and who approved them.",
          rows: [...envelopeRows(facts), ...guardRows(facts)],
        },
      },
      ...yearsBlocks(facts, now),
      { heading: "3. What is used", level: 2 },
      {
        fields: {
          caption:
            now === null
              ? "No run is in the ledger yet."
              : `As of ${now.slice(0, 10)}, the newest entry of the ledger.`,
          rows: state
            ? usedRows(state, activities, facts, Date.parse(now!))
            : [computed("Used of the budget", null, undefined, budget ? MEASUREMENT : BUDGET)],
        },
      },
      ...(state?.notices ?? []).map((text) => ({ text: `${text}.` })),
      { heading: "4. What does not count", level: 2 },
      {
        fields: {
          caption: "Statements.",
          rows: [
            fixed(
              "Memo items",
              "Certificates where the target is location-based, credits and avoided emissions are no part of any figure here.",
            ),
            fixed(
              "Claim",
              "This budget is an internal allocation. SBTi validates organisational targets only and has not reviewed this project.",
            ),
          ],
        },
      },
    ],
  };
}

function envelopeRows({ budget, report }: Facts): FieldRow[] {
  const sheet = report?.["budget-sheet"] ?? {};
  const envelope = budget?.envelope;
  const of = (words: (given: NonNullable<typeof envelope>) => string) =>
    envelope
      ? words(envelope)
      : budget?.kgco2e === undefined
        ? null
        : "not derived: kgco2e under [budget] is the limit itself";
  return [
    computed(
      "Base year and its emissions",
      of((e) => `${e["base-year"]}: ${e["base-kg"].toLocaleString("en")} kg CO2e`),
      undefined,
      BUDGET,
    ),
    computed(
      "Yearly linear reduction r",
      of((e) => `${percent(e["yearly-reduction"])} of the base year`),
      undefined,
      BUDGET,
    ),
    computed(
      "Share of the envelope for AI",
      of((e) => percent(e["ai-share"])),
      undefined,
      BUDGET,
    ),
    given("Share for AI approved by", sheet["ai-share-approved-by"], undefined, OWNER),
    computed(
      "Share of the project",
      of((e) => percent(e["project-share"])),
      undefined,
      BUDGET,
    ),
    given("Allocation key and its data", sheet["allocation-key"], undefined, OWNER),
    given(
      "Allocation approved by",
      sheet["allocation-approved-by"] ?? budget?.["approved-by"],
      undefined,
      OWNER,
    ),
  ];
}

/** Emissions of a cloud belong to scope 3, whose envelope falls by another rate. */
function guardRows({ budget, hosting }: Facts): FieldRow[] {
  const placement = placementOf(hosting);
  const rate = budget?.envelope?.["yearly-reduction"];
  if (!placement)
    return [computed("Scope of the project's emissions", null, undefined, "the project file: [hosting]")];
  const mixed = placement.scope === 3 && rate !== undefined && rate > SCOPE_3_RATE;
  return [
    computed("Scope of the project's emissions", [
      placement.rule,
      ...(mixed
        ? [
            `the yearly reduction of ${percent(rate)} is above the ${percent(SCOPE_3_RATE)} of scope 3 in the near-term criteria: is the envelope that of scopes 1 and 2? Scopes are not mixed`,
          ]
        : []),
    ]),
  ];
}

function yearsBlocks({ budget }: Facts, now: string | null): Block[] {
  const envelope = budget?.envelope;
  if (!envelope) return [];
  const first = now === null ? envelope["base-year"] : Number(now.slice(0, 4));
  const periods = periodsPerYear(budget.period);
  const kg = (value: number) => `${formatSignificant(value, 4)} kg`;
  return [
    {
      table: {
        caption: "Envelope and the project's share of it, by year.",
        columns: [
          { title: "Year" },
          { title: "Envelope E_t", align: "right" },
          { title: "Project, year", align: "right" },
          ...(periods > 1 ? [{ title: `Project, ${budget.period}`, align: "right" as const }] : []),
        ],
        rows: Array.from({ length: YEARS }, (_, at) => {
          const year = first + at;
          const kept = Math.max(0, 1 - envelope["yearly-reduction"] * (year - envelope["base-year"]));
          const whole = envelope["base-kg"] * kept;
          const own = whole * envelope["ai-share"] * envelope["project-share"];
          return [String(year), kg(whole), kg(own), ...(periods > 1 ? [kg(own / periods)] : [])];
        }),
      },
    },
  ];
}

function usedRows(
  state: BudgetState,
  activities: readonly Activity[],
  facts: Facts,
  now: number,
): FieldRow[] {
  const { period, lines, burnDown } = state;
  const gone = (now - period.from) / (period.to - period.from);
  const name = activities.at(-1)?.name;
  const expected = name === undefined ? undefined : expectedRun(activities, name, now);
  const forecast =
    expected && facts.budget
      ? forecastBudget(
          activities,
          expected,
          { budget: facts.budget, ...(facts.instruments && { instruments: facts.instruments }) },
          now,
        )
      : undefined;
  return [
    computed("Period (UTC)", `${period.name}; ${percent(gone)} of its time is gone`),
    ...lines.flatMap((line, at): FieldRow[] => {
      const symbol = line.what === "CO2e" ? "kg" : "kWh";
      const after = forecast?.after.lines[at];
      return [
        computed(`Budget, ${line.what}`, [amount(line, line.limit), line.limitBasis]),
        number(`Used, ${line.what}`, burnDown.length > 0 ? line.used : null, symbol, undefined, "C"),
        computed(`Left, ${line.what}`, burnDown.length > 0 ? leftWords(line) : null, undefined, MEASUREMENT),
        computed(
          `Level, ${line.what}`,
          burnDown.length > 0 ? levelWords(line) : null,
          undefined,
          MEASUREMENT,
        ),
        computed(
          `Burn rate, ${line.what}`,
          now <= period.from || burnDown.length === 0
            ? null
            : `${amount(line, (line.used.value / (now - period.from)) * BURN_DAYS * 86_400_000)} in ${BURN_DAYS} days, on average since the period began`,
          undefined,
          MEASUREMENT,
        ),
        computed(
          `Forecast at the end of the period, ${line.what}`,
          gone <= 0 || burnDown.length === 0
            ? null
            : `${amount(line, line.used.value / gone)} if it goes on as so far (used / part of the time that is gone); an extrapolation, no forecast of single runs`,
          undefined,
          MEASUREMENT,
        ),
        ...(line.what === "CO2e" ? [allowedRow(line, activities)] : []),
        computed(
          `Before the next run, ${line.what}`,
          after
            ? `a run called "${name}" is expected to use ${formatQuantity(forecast!.energy)} (${formatRange(forecast!.energy)}), ${forecast!.energy.basis}: ${usedWords(after)} when it has ended`
            : null,
          undefined,
          "a finished run with a meter, whose like is forecast",
        ),
      ];
    }),
  ];
}

const leftWords = (line: BudgetLine): string =>
  line.left >= 0 ? amount(line, line.left) : `none: ${amount(line, -line.left)} above the budget`;

/** Of three digits: a rate of 4.2 % is not 4 %. */
const percent = (part: number): string => `${Number((100 * part).toPrecision(3))} %`;

/** By rule: 80 % and 100 % of the limit. */
function levelWords(line: BudgetLine): string {
  const part = line.used.value / line.limit;
  const level = part > 1 ? "above 100 %" : part >= 0.8 ? "from 80 % to 100 %" : "below 80 %";
  return `${level}: ${percent(part)} of the budget is used`;
}

/** kWh = B x 1000 / (CI x PUE), by the newest run's factor and overhead. */
function allowedRow(line: BudgetLine, activities: readonly Activity[]): FieldRow {
  const newest = [...activities].reverse().find(({ grid }) => grid !== undefined);
  const label = "Energy that is left at the present grid";
  if (!newest?.grid) return computed(label, null, undefined, "a run whose grid zone is known");
  const { grid, pue } = newest;
  const kwh = Math.max(0, line.left) / (grid.gramsPerKwh * pue);
  return computed(
    label,
    `${formatSignificant(kwh, 3)} kWh of the computers: what is left / (${grid.gramsPerKwh} g/kWh x PUE ${pue}); ${grid.name}, ${grid.year}, ${grid.source}, location-based`,
  );
}
