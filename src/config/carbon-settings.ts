/** What a project says on its electricity and its accounts: `[grid]`, `[hosting]`, `[instruments]`, `[sci]`, `[budget]`. */

import * as z from "zod/mini";

/** Where hourly intensities can come from; each is a file in carbon/providers. */
export const GRID_PROVIDERS = [
  "uk-carbon-intensity",
  "energy-charts",
  "electricity-maps",
  "electricity-maps-v3",
  "watttime",
  "csv",
] as const;
export type GridProviderName = (typeof GRID_PROVIDERS)[number];

const HOSTING_KINDS = ["own", "colocation", "cloud", "api", "edge"] as const;
export type HostingKind = (typeof HOSTING_KINDS)[number];

const INSTRUMENT_TYPES = ["certificate", "contract", "supplier"] as const;
const BUDGET_PERIODS = ["month", "quarter", "year"] as const;
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number];

const text = (key: string, example: string) => {
  const error = `${key} must be a text such as ${example}`;
  return z.string({ error }).check(z.regex(/\S/, { error }));
};
const among = <const T extends readonly string[]>(key: string, names: T) =>
  z.enum(names, { error: `${key} must be one of ${names.map((name) => `"${name}"`).join(", ")}` });
const between = (key: string, low: number, high: number, meaning: string) => {
  const error = `${key} must be a number from ${low} to ${high}: ${meaning}`;
  return z.number({ error }).check(z.gte(low, { error }), z.lte(high, { error }));
};
const above0 = (key: string, meaning: string) => {
  const error = `${key} must be a number above 0: ${meaning}`;
  return z.number({ error }).check(z.gt(0, { error }));
};
const atLeast0 = (key: string, meaning: string) => {
  const error = `${key} must be a number, 0 or above: ${meaning}`;
  return z.number({ error }).check(z.gte(0, { error }));
};
const dateError = (key: string) => `${key} must be a date such as "2026-01-31"`;
const date = (key: string) =>
  z
    .string({ error: dateError(key) })
    .check(
      z.refine(
        (value) =>
          /^\d{4}-\d\d-\d\d$/.test(value) &&
          new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value) === true,
        { error: dateError(key) },
      ),
    );
const table = (key: string) => ({ error: `${key} must be a table of settings` });
const tables = (key: string) => ({ error: `${key} must be a list of tables, each under [[${key}]]` });

/** Asked over the network only when `provider` is set. Addresses and keys are no part of a project file. */
export const gridConfig = z.strictObject(
  {
    provider: among("provider", GRID_PROVIDERS),
    /** The provider's own name of the place: "FR", "CAISO_NORTH", a British outward postcode such as "SW1". */
    place: z.optional(text("place", '"FR", "CAISO_NORTH" or "SW1"')),
    /** For csv: the file, relative to the project's folder. */
    file: z.optional(text("file", '"intensity.csv"')),
    /** For csv: what its figures are. */
    basis: z.optional(among("basis", ["average", "marginal"])),
    /** Life-cycle factors count building and fuel supply; direct ones only what the stack emits. */
    factors: z.optional(among("factors", ["lifecycle", "direct"])),
    /** Half-width of a forecast's error, as a part of it, where the provider's own cannot be computed. */
    "forecast-error": z.optional(
      between("forecast-error", 0, 1, "0.1 says that a forecast may be 10 % off either way"),
    ),
  },
  table("grid"),
);

export const hostingConfig = z.strictObject(
  {
    kind: among("kind", HOSTING_KINDS),
    /** Colocation: whose control the machines are under by the organisation's approach; decides scope 2 or 3. */
    control: z.optional(among("control", ["tenant", "landlord"])),
    /** Litres of water for each kWh of the computers. */
    wue: z.optional(between("wue", 0, 50, "litres of water for each kWh of the computers")),
    "wue-source": z.optional(text("wue-source", '"our data centre, 2025"')),
    "pue-source": z.optional(text("pue-source", '"our data centre, measured in 2025"')),
  },
  table("hosting"),
);

const instrument = z.strictObject(
  {
    type: among("type", INSTRUMENT_TYPES),
    kwh: above0("kwh", "the energy that the instrument covers"),
    "g-per-kwh": atLeast0("g-per-kwh", "what the instrument says of its electricity, gCO2e/kWh"),
    from: date("from"),
    to: date("to"),
    source: text("source", '"certificate of the supplier, 2026"'),
    id: z.optional(text("id", '"GO-2026-123"')),
    "tracking-system": z.optional(text("tracking-system", '"AIB EECS"')),
    "retired-on": z.optional(date("retired-on")),
    vintage: z.optional(between("vintage", 1990, 2100, "the year of generation")),
    market: z.optional(text("market", '"DE"')),
  },
  tables("instruments.held"),
);

export const instrumentsConfig = z.strictObject(
  {
    held: z.optional(z.array(instrument, tables("instruments.held"))),
    /** What is left of the grid when all that was claimed is taken out. */
    "residual-mix": z.optional(
      z.strictObject(
        {
          "g-per-kwh": above0("g-per-kwh", "the residual mix of the market, gCO2e/kWh"),
          year: between("year", 1990, 2100, "the year of the residual mix"),
          source: text("source", '"AIB"'),
        },
        table("instruments.residual-mix"),
      ),
    ),
  },
  table("instruments"),
);

const sciHardware = z.strictObject(
  {
    name: text("name", '"server with 8 GPUs"'),
    "embodied-kg": above0("embodied-kg", "kgCO2e of making it (SCI's TE)"),
    "lifespan-years": between("lifespan-years", 0.1, 50, "its expected life (SCI's EL)"),
    /** Part of it that the runs reserve: SCI's RR/ToR. */
    share: z._default(between("share", 0.000001, 1, "the part of it that a run reserves (SCI's RR/ToR)"), 1),
    source: text("source", '"the maker\'s product carbon footprint, 2024"'),
    /** Runs of this host only. */
    host: z.optional(text("host", '"gpu-1"')),
  },
  tables("sci.hardware"),
);

export const sciConfig = z.strictObject(
  {
    /** Who reports by SCI for AI: the consumer of a model or its provider. */
    persona: z.optional(among("persona", ["consumer", "provider"])),
    /** The functional unit R, and how many of them the runs of the period did. */
    unit: z.optional(text("unit", '"inference", "token" or "training token"')),
    units: z.optional(above0("units", "how many functional units the runs of the period did")),
    rationale: z.optional(text("rationale", '"users ask one prediction at a time"')),
    hardware: z.optional(z.array(sciHardware, tables("sci.hardware"))),
  },
  table("sci"),
);

export const budgetConfig = z.strictObject(
  {
    period: among("period", BUDGET_PERIODS),
    kgco2e: z.optional(above0("kgco2e", "what the period may emit")),
    kwh: z.optional(above0("kwh", "what the period may use, of the computers alone")),
    /** By which of the two totals CO2e counts against the budget. */
    method: z._default(among("method", ["location-based", "market-based"]), "location-based"),
    "approved-by": z.optional(text("approved-by", '"Ada Lovelace, 2026-01-15"')),
    /** In place of `kgco2e`: the project's share of the company's target envelope. */
    envelope: z.optional(
      z.strictObject(
        {
          "base-kg": above0("base-kg", "emissions of the base year in the scope that the target is for"),
          "base-year": between("base-year", 1990, 2100, "the target's base year"),
          "yearly-reduction": between("yearly-reduction", 0, 1, "part of the base year, such as 0.042"),
          "ai-share": between("ai-share", 0, 1, "part of the envelope that is given to AI"),
          "project-share": between("project-share", 0, 1, "part of that which this project has"),
        },
        table("budget.envelope"),
      ),
    ),
  },
  table("budget"),
);

export type GridConfig = z.infer<typeof gridConfig>;
export type HostingConfig = z.infer<typeof hostingConfig>;
export type InstrumentsConfig = z.infer<typeof instrumentsConfig>;
export type InstrumentConfig = z.infer<typeof instrument>;
export type SciConfig = z.infer<typeof sciConfig>;
export type BudgetConfig = z.infer<typeof budgetConfig>;
