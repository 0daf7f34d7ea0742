/** `fairwatt when`: the best time to start a run within a deadline, and what that saves. */

import { factorWords } from "../carbon/intensity/over-time.ts";
import { PROVIDERS } from "../carbon/providers/index.ts";
import { resolveZone } from "../carbon/resolve-zone.node.ts";
import { type ComparedZone, compareZones } from "../carbon/schedule/compare-zones.ts";
import type { Plan } from "../carbon/schedule/plan.ts";
import { localMinute, startLines } from "../carbon/schedule/time-words.ts";
import { loadZones } from "../carbon/zones.node.ts";
import type { Zone } from "../carbon/zones.ts";
import { loadProject } from "../config/load.node.ts";
import { findProjectFolder } from "../energy/run-folder.node.ts";
import {
  formatDuration,
  formatPercent,
  formatSignificant,
  inUnit,
  JOULES_PER_KWH,
  pickScale,
} from "../quantity.ts";
import { commandWords } from "../report/run-words.ts";
import {
  type FoundPlan,
  findPlan,
  PlanFault,
  type PlanInput,
  type PlanOptions,
  planInput,
} from "./find-plan.ts";
import { printable } from "./printable.ts";
import { projectSettings } from "./project-settings.ts";
import { bold, dim, formatTable, print, printJson } from "./table.ts";

export interface WhenOptions extends PlanOptions {
  cwd: string;
  json?: boolean;
  /** Zones to compare the project's with, by yearly figures. */
  compare?: string[];
  providers?: boolean;
  /** The command, for the lines that start it later. */
  command?: string[];
  /** Unix ms. */
  now?: number;
}

/** 0: printed; 1: no figures to plan by; 2: called wrongly. */
export async function when(options: WhenOptions): Promise<number> {
  const now = options.now ?? Date.now();
  if (options.providers) return listProviders(options.json);
  // Said once: planning looks at the settings again, and a wait plans again and again.
  projectSettings(findProjectFolder(options.cwd));
  let compared: ComparedZone[] | undefined;
  try {
    compared = options.compare ? compareWith(options.compare, options.cwd) : undefined;
    const asksTime = options.duration !== undefined || options.name !== undefined;
    if (compared && !asksTime) {
      await (options.json
        ? printJson({ v: 1, zones: compared.map(zoneRecord) })
        : print(zoneLines(compared)));
      return 0;
    }
  } catch (error) {
    return fault(error, 2);
  }
  let input: PlanInput;
  try {
    input = await planInput(options, options.cwd, now);
  } catch (error) {
    return fault(error, 2);
  }
  let found: FoundPlan;
  try {
    found = await findPlan(input, now);
  } catch (error) {
    return fault(error, 1);
  }
  if (options.json) {
    await printJson({
      ...planRecord(input, found, now),
      ...(compared ? { zones: compared.map(zoneRecord) } : {}),
    });
  } else {
    const lines = [...planLines(input, found, now), "", ...startingLines(found.plan, input, options, now)];
    await print(compared ? [...lines, "", ...zoneLines(compared)] : lines);
  }
  return 0;
}

function fault(error: unknown, code: number): number {
  if (!(error instanceof PlanFault)) throw error;
  process.stderr.write(`fairwatt: ${printable(error.message)}\n`);
  return code;
}

/** "Sun 22 Nov 14:05" by this machine's clock. */
export const clock = (time: number): string =>
  new Date(time).toLocaleString("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });

const grams = (value: number): string => `${Math.round(value)} g/kWh`;

/** What was found, for a person. */
export function planLines(input: PlanInput, { asked, plan }: FoundPlan, now: number): string[] {
  const { parts, saving, planned, ifNow } = plan;
  const first = parts[0]!;
  const wait = first.from - now;
  const lines: string[] = [];
  if (parts.length === 1) {
    lines.push(
      bold(
        wait < 60_000
          ? "Best start: now"
          : `Best start: ${clock(first.from)} (in ${formatDuration(wait / 1000)}), done by ${clock(first.to)}`,
      ),
    );
  } else {
    lines.push(bold(`Best in ${parts.length} parts:`));
    for (const { from, to } of parts) lines.push(`  ${clock(from)} to ${clock(to)}`);
  }
  lines.push(
    `Saving: ${formatPercent(saving.value)} (${formatPercent(saving.low)} to ${formatPercent(saving.high)}) of the CO2e against starting now: ${grams(planned.value)} for ${grams(ifNow.value)}`,
  );
  const amount = savedGrams(input, plan);
  if (amount) lines.push(amount);
  lines.push(plan.recommended ? `Worth the wait: ${plan.why}.` : `Not worth a wait: ${plan.why}.`);
  const { series } = asked;
  lines.push(
    dim(
      `By the ${plan.basis} intensity of ${placeWords(series!)}, ${factorWords(series!)}, ${plan.typical ? "a typical day" : "forecast"}; ${ageWords(asked.age)}`,
    ),
    dim(`Error of the figures: ${formatPercent(series!.error.relative)}, ${series!.error.how}`),
    dim(`Duration: ${formatDuration(input.duration / 1000)}, ${input.durationFrom}`),
    dim(`Deadline: ${clock(input.deadline)}; latest start ${clock(plan.latestStart)}`),
  );
  if (plan.basis === "marginal") {
    lines.push(dim("Marginal figures say when to run; a footprint is never counted with them."));
  }
  if (asked.problem) lines.push(dim(`note: ${printable(asked.problem)}; what is kept was used`));
  for (const notice of plan.notices) lines.push(dim(`note: ${printable(notice)}`));
  return lines;
}

const placeWords = ({ name, source }: { name: string; source: string }): string =>
  name === source ? name : `${name}, ${source}`;

const ageWords = (ms: number): string =>
  ms < 60_000 ? "fetched now" : `fetched ${formatDuration(ms / 1000)} ago`;

/** Grams, where earlier runs say what power it draws; never by marginal figures. */
function savedGrams(input: PlanInput, plan: Plan): string | undefined {
  if (input.meanWatts === undefined || plan.basis !== "average") return undefined;
  const kwh = (input.meanWatts * input.duration) / 1000 / JOULES_PER_KWH;
  const saved = kwh * (plan.ifNow.value - plan.planned.value);
  const symbol = pickScale("gCO2e", saved);
  const text = (value: number) => formatSignificant(inUnit("gCO2e", value, symbol), 2);
  return `That is ≈${text(saved)} ${symbol} of ≈${text(kwh * plan.ifNow.value)} ${symbol}, at the ${Math.round(input.meanWatts)} W of earlier runs of that name`;
}

function startingLines(plan: Plan, input: PlanInput, options: WhenOptions, now: number): string[] {
  const command = `fairwatt run ${options.command?.length ? commandWords(options.command) : "COMMAND"}`;
  const lines = plan.parts.map(({ from, to }, index) =>
    startLines(from, command, input.folder, {
      now,
      until: index < plan.parts.length - 1 ? to : undefined,
    }),
  );
  const parted = plan.parts.length > 1;
  const source = [
    ...(options.provider ? [`--grid-provider ${commandWords([options.provider])} `] : []),
    ...(options.place ? [`--grid-place ${commandWords([options.place])} `] : []),
    ...(options.file ? [`--grid-file ${commandWords([options.file])} `] : []),
  ].join("");
  return [
    parted ? "To run it so (COMMAND must go on from its own checkpoint):" : "To start it then:",
    ...(parted
      ? []
      : [
          `  fairwatt run --lowest-carbon ${source}--deadline ${localMinute(input.deadline)} --duration ${Math.ceil(input.duration / 60_000)}m -- ${options.command?.length ? commandWords(options.command) : "COMMAND"}`,
        ]),
    ...lines.flatMap(({ slurm, at, cron }) => [`  Slurm: ${slurm}`, `  at:    ${at}`, `  cron:  ${cron}`]),
    dim("  cron comes again every year: take the line out when it has run"),
  ];
}

/** The same as data. Times in ISO 8601. */
function planRecord(input: PlanInput, { asked, plan }: FoundPlan, now: number) {
  const iso = (time: number) => new Date(time).toISOString();
  const { parts, latestStart, ...rest } = plan;
  return {
    v: 1,
    now: iso(now),
    deadline: iso(input.deadline),
    durationSeconds: input.duration / 1000,
    durationFrom: input.durationFrom,
    ...rest,
    start: iso(plan.start),
    latestStart: iso(latestStart),
    parts: parts.map(({ from, to }) => ({ from: iso(from), to: iso(to) })),
    source: {
      provider: asked.provider.name,
      licence: asked.provider.licence,
      place: asked.series!.name,
      factors: asked.series!.factors,
      fetchedAt: iso(asked.series!.fetchedAt),
      error: asked.series!.error,
      ...(asked.problem === undefined ? {} : { problem: asked.problem }),
    },
  };
}

async function listProviders(json?: boolean): Promise<number> {
  if (json) {
    const rows = PROVIDERS.map(({ name, label, basis, licence, secrets, placeHelp, horizonHours }) => ({
      name,
      label,
      basis,
      licence,
      secrets,
      place: placeHelp,
      horizonHours,
    }));
    await printJson(rows);
    return 0;
  }
  const columns = [
    { title: "provider" },
    { title: "figures" },
    { title: "place" },
    { title: "key" },
    { title: "licence" },
  ];
  const rows = PROVIDERS.map(({ name, basis, placeHelp, secrets, licence }) => [
    name,
    basis === "file" ? "average or marginal" : basis,
    placeHelp,
    secrets.join(", ") || "none",
    licence,
  ]);
  await print(formatTable(columns, rows));
  return 0;
}

/** The project's zone first in the list counts as home; without one, the first of the others. Throws a PlanFault. */
function compareWith(names: readonly string[], cwd: string): ComparedZone[] {
  const own = loadProject(findProjectFolder(cwd)).config.zone;
  const zones = [...(own ? [own] : []), ...names].map((name): Zone => {
    const { problem } = resolveZone({ option: name });
    const zone = loadZones().find(name);
    if (problem || !zone)
      throw new PlanFault(problem?.replace(/^--zone: /, "") ?? `there is no zone "${name}"`);
    return zone;
  });
  const [home, ...others] = zones;
  if (!home || others.length === 0) {
    throw new PlanFault(
      "name two zones or more to compare, or set the project's own: --compare FR,aws:eu-north-1",
    );
  }
  return compareZones(home, others);
}

function zoneLines(compared: readonly ComparedZone[]): string[] {
  const columns = [
    { title: "zone" },
    { title: "name" },
    { title: "g/kWh", align: "right" },
    { title: "range", align: "right" },
    { title: "against home", align: "right" },
    { title: "year", align: "right" },
    { title: "source" },
  ] as const;
  const rows = compared.map(({ zone, ratio, told }) => [
    zone.code,
    zone.name,
    String(Math.round(zone.gramsPerKwh)),
    `${Math.round(zone.low)} to ${Math.round(zone.high)}`,
    ratio === 1
      ? "home"
      : told
        ? `${ratio < 1 ? "" : "+"}${Math.round((ratio - 1) * 100)} %`
        : "ranges overlap",
    String(zone.year),
    zone.source,
  ]);
  const warnings = compared.flatMap(({ zone }) => zone.warnings);
  return [
    ...formatTable(columns, rows),
    "",
    dim(
      "Yearly averages, location-based; years and publishers differ as the table says. Moving data and machines is not in it.",
    ),
    ...warnings.map((warning) => dim(`note: ${printable(warning)}`)),
  ];
}

function zoneRecord({ zone, ratio, told }: ComparedZone) {
  const { code, name, gramsPerKwh, low, high, range, year, source, warnings } = zone;
  return { code, name, gramsPerKwh, low, high, range, year, source, warnings, ratio, told };
}
