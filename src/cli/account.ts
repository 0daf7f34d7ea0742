/** `fairwatt account`: what the project's runs of a period emitted, in three figures that are never added. */

import { type Account, makeAccount } from "../carbon/accounting/account.ts";
import { loadEmbodied } from "../carbon/accounting/embodied.node.ts";
import { findZone } from "../carbon/zones.node.ts";
import { fairwattFolders, findProjectFolder } from "../energy/run-folder.node.ts";
import { closeInterrupted } from "../ledger/close-run.node.ts";
import { projectActivities } from "../ledger/run-activities.node.ts";
import { formatPercent, formatQuantity, formatRange, type Quantity } from "../quantity.ts";
import { type HourlyAccount, hourlyAccount } from "./account-hourly.ts";
import { HOW_TO_SET_GRID } from "./find-plan.ts";
import { printable } from "./printable.ts";
import { projectSettings } from "./project-settings.ts";
import { bold, dim, formatTable, print, printJson } from "./table.ts";

export interface AccountOptions {
  cwd: string;
  /** Dates; `to` is in the period. Without them, the calendar year so far (UTC). */
  from?: string;
  to?: string;
  hourly?: boolean;
  json?: boolean;
  now?: number;
}

const DAY = 86_400_000;
const LISTED = 20;

/** 0: printed; 1: a ledger could not be read; 2: called wrongly. */
export async function account(options: AccountOptions): Promise<number> {
  const now = options.now ?? Date.now();
  const period = periodOf(options, now);
  if ("fault" in period) return fail(period.fault, 2);
  const folder = findProjectFolder(options.cwd);
  const { config } = projectSettings(folder);
  if (options.hourly && !config.grid) return fail(HOW_TO_SET_GRID, 2);
  await closeInterrupted(fairwattFolders(folder));
  let found: Awaited<ReturnType<typeof projectActivities>>;
  try {
    found = await projectActivities(fairwattFolders(folder));
  } catch (error) {
    return fail(`the ledger cannot be read: ${(error as Error).message}`, 1);
  }
  const made = makeAccount(found.activities, period, {
    hosting: config.hosting,
    instruments: config.instruments,
    sci: config.sci,
    embodied: loadEmbodied(),
    regionPue: (zone) => findZone(zone)?.pue,
  });
  const runs = made.location.lines.map(({ activity }) => activity);
  const hourly =
    options.hourly && config.grid ? await hourlyAccount(runs, config.grid, options.cwd, now) : undefined;
  const notices = [...found.notices, ...made.notices];
  if (options.json) await printJson({ v: 1, ...record(made), ...(hourly ? { hourly } : {}), notices });
  else await print(lines(made, hourly, notices));
  return 0;
}

function fail(sentence: string, code: number): number {
  process.stderr.write(`fairwatt: ${printable(sentence)}\n`);
  return code;
}

function periodOf(
  { from, to }: AccountOptions,
  now: number,
): { from: number; to: number } | { fault: string } {
  const parse = (text: string) =>
    /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  const year = new Date(now).getUTCFullYear();
  const start = from === undefined ? Date.UTC(year, 0, 1) : parse(from);
  const end = to === undefined ? Date.UTC(year + 1, 0, 1) : parse(to) + DAY;
  const wrong = Number.isNaN(start) ? from : Number.isNaN(end) ? to : undefined;
  if (wrong !== undefined) return { fault: `"${wrong}" is not a date; write 2026-01-31` };
  if (end <= start) return { fault: "--to lies before --from" };
  return { from: start, to: end };
}

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
const range = (quantity: Quantity) => `(${formatRange(quantity)})`;

function lines(made: Account, hourly: HourlyAccount | undefined, notices: readonly string[]): string[] {
  const { location, market, sci, water } = made;
  const runs = location.lines.length;
  const period = `${day(made.from)} to ${day(made.to - DAY)} (UTC)`;
  if (runs === 0) return [`No run in the ledger began from ${period}.`, ...notices.map(note)];
  const counted = location.lines.filter(({ footprint }) => footprint).length;
  const percent = formatPercent;
  const { uncertainty } = location;
  const figures = [
    [
      "location-based",
      counted > 0 ? formatQuantity(location.total) : "not known",
      counted > 0 ? range(location.total) : "",
      counted > 0
        ? `±${percent(uncertainty.combined)}: energy ±${percent(uncertainty.activity)}, factor ±${percent(uncertainty.factor)}`
        : "no run has energy and zone",
    ],
    [
      "market-based",
      market ? formatQuantity(market.total) : "none",
      market ? range(market.total) : "",
      market ? market.total.basis : made.marketWhyNot!,
    ],
    [
      sci.embodied ? "SCI, O + M" : "SCI, O alone",
      formatQuantity(sci.total),
      range(sci.total),
      sciWords(made),
    ],
    ...(sci.score
      ? [
          [
            `SCI, for each ${sci.unit ?? "unit"}`,
            formatQuantity(sci.score),
            range(sci.score),
            sci.score.basis,
          ],
        ]
      : []),
  ];
  const energies = [
    ["energy of the computers", formatQuantity(made.itEnergy), range(made.itEnergy), made.itEnergy.basis],
    [
      "with the facility's",
      formatQuantity(made.facilityEnergy),
      range(made.facilityEnergy),
      "each run by its PUE",
    ],
    ...(water ? [["water", formatQuantity(water), "", water.basis]] : []),
  ];
  const columns = [
    { title: "" },
    { title: "value", align: "right" },
    { title: "range" },
    { title: "basis" },
  ] as const;
  return [
    bold(`${runs} ${runs === 1 ? "run" : "runs"}, ${period}`),
    ...formatTable(columns, [...energies, ...figures]),
    dim(
      "Location-based, market-based and SCI are three figures: never add them, and net no offsets against them.",
    ),
    "",
    made.placement ? `Belongs to: ${made.placement.rule}; ISO 14064-1 category ${made.placement.iso}` : "",
    ...(hourly ? ["", ...hourlyLines(hourly, made)] : []),
    "",
    ...factorLines(made),
    "",
    ...runLines(made),
    "",
    ...[...notices, ...(market?.notices ?? []), ...sci.notices].map(note),
  ].filter((line, index, all) => line !== "" || all[index - 1] !== "");
}

const note = (text: string) => dim(`note: ${printable(text)}`);

function sciWords({ sci }: Account): string {
  const embodied = sci.embodied ? `M ${formatQuantity(sci.embodied)} ${range(sci.embodied)}` : "M not known";
  return `O ${formatQuantity(sci.operational)}, ${embodied}`;
}

function hourlyLines(hourly: HourlyAccount, made: Account): string[] {
  const { figures, total, without } = hourly;
  const reasons = [...new Set(without.map(({ why }) => why))];
  const left =
    without.length > 0
      ? [note(`by the hour without ${without.length} runs: ${reasons.slice(0, 3).join("; ")}`)]
      : [];
  if (figures.length === 0) return ["Supplementary, by the hour: not known", ...left];
  const ids = new Set(figures.map(({ run }) => run));
  const yearly = made.location.lines
    .filter(({ activity }) => ids.has(activity.run))
    .reduce((sum, { footprint }) => sum + (footprint?.value ?? 0), 0);
  const covered = Math.min(...figures.map((figure) => figure.covered));
  const against =
    yearly > 0
      ? `; by the yearly figure the same runs have ${formatQuantity({ ...total, value: yearly })}`
      : "";
  return [
    `Supplementary, by the hour: ${formatQuantity(total)} ${range(total)} for ${figures.length} runs${against}`,
    dim(
      `${total.basis}. At least ${formatPercent(covered)} of each run's energy lies in hours with a figure. ${hourly.licence}`,
    ),
    ...left,
  ];
}

function factorLines({ location }: Account): string[] {
  if (location.factors.length === 0) return [];
  const columns = [
    { title: "factor" },
    { title: "g/kWh", align: "right" },
    { title: "range" },
    { title: "year" },
    { title: "source" },
  ] as const;
  return formatTable(
    columns,
    location.factors.map(({ zone, name, gramsPerKwh, low, high, year, source }) => [
      `${zone}, ${name}`,
      String(Math.round(gramsPerKwh)),
      `${Math.round(low)} to ${Math.round(high)}`,
      String(year),
      source,
    ]),
  );
}

function runLines({ location }: Account): string[] {
  const columns = [
    { title: "run" },
    { title: "started" },
    { title: "name" },
    { title: "energy", align: "right" },
    { title: "PUE", align: "right" },
    { title: "location-based", align: "right" },
    { title: "±", align: "right" },
  ] as const;
  const newest = location.lines.toReversed().slice(0, LISTED);
  const rows = newest.map(({ activity, footprint, uncertainty }) => [
    activity.run,
    new Date(activity.startedAt).toISOString().slice(0, 16).replace("T", " "),
    activity.name,
    activity.energy ? formatQuantity(activity.energy) : "not metered",
    String(activity.pue),
    footprint ? formatQuantity(footprint) : activity.energy ? "zone?" : "",
    uncertainty ? formatPercent(uncertainty.combined) : "",
  ]);
  const more = location.lines.length - newest.length;
  return [...formatTable(columns, rows), ...(more > 0 ? [dim(`${more} older ones are in --json`)] : [])];
}

/** As data: energies in J, CO2e in g, times in ISO 8601. */
function record(made: Account) {
  const { from, to, location, ...rest } = made;
  return {
    period: { from: day(from), to: day(to - DAY) },
    ...rest,
    location: {
      ...location,
      lines: location.lines.map(({ activity, ...line }) => ({
        run: activity.run,
        name: activity.name,
        entry: activity.entry,
        host: activity.host,
        startedAt: new Date(activity.startedAt).toISOString(),
        durationSeconds: activity.durationSeconds,
        state: activity.state,
        energy: activity.energy ?? null,
        pue: activity.pue,
        zone: activity.grid?.zone ?? null,
        ...line,
      })),
    },
  };
}
