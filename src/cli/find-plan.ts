/** What `when` and a waiting `run` plan by: the project's settings, its earlier runs, and the provider's figures. */

import { typicalDay } from "../carbon/intensity/typical-day.ts";
import { type Asked, askAhead } from "../carbon/providers/ask.node.ts";
import { type Plan, planRun, profileFrom, usualDuration } from "../carbon/schedule/plan.ts";
import { parseDuration, parseMoment } from "../carbon/schedule/time-words.ts";
import { GRID_PROVIDERS, type GridConfig, type GridProviderName } from "../config/carbon-settings.ts";
import { loadProject } from "../config/load.node.ts";
import { pausedSeconds } from "../energy/pauses.ts";
import type { RunSummary } from "../energy/run.ts";
import { findProjectFolder } from "../energy/run-folder.node.ts";
import { formatDuration } from "../quantity.ts";
import { meanPowerOf } from "../report/run-words.ts";
import { findRuns } from "./runs-find.ts";

/** Forecasts are made anew about every half hour. */
export const REPLAN_MS = 15 * 60_000;
/** A machine that slept, or whose clock was set, is noticed within this. */
export const LOOK_MS = 20_000;

export interface PlanOptions {
  duration?: string;
  deadline?: string;
  /** Name of earlier runs: for the duration where none is given, and for the power over time. */
  name?: string;
  interruptible?: boolean;
  resumeOverhead?: string;
  provider?: string;
  /** The provider's name of the place. */
  place?: string;
  /** A CSV file of intensities. */
  file?: string;
}

/** What does not change while one waits. */
export interface PlanInput {
  folder: string;
  grid: GridConfig;
  /** ms, and where it is from. */
  duration: number;
  durationFrom: string;
  deadline: number;
  resumeOverhead?: number;
  /** Mean power in equal pieces of an earlier run, W; empty where there is none. */
  watts: number[];
  /** W of earlier runs of that name, their mean. */
  meanWatts?: number;
}

/** Fairwatt was called wrongly, or something that it needs is not set: the message says what to do. */
export class PlanFault extends Error {}

export const HOW_TO_SET_GRID =
  'name a source of hourly figures: [grid] provider = "uk-carbon-intensity" in fairwatt.toml, or --provider; fairwatt when --providers lists them';

/** Reads options, settings and earlier runs. Throws a PlanFault. */
export async function planInput(options: PlanOptions, cwd: string, now: number): Promise<PlanInput> {
  const folder = findProjectFolder(cwd);
  const grid = gridOf(options, folder);
  const earlier = options.name === undefined ? [] : await earlierRuns(cwd, options.name);
  const { duration, durationFrom } = durationOf(options, earlier);
  return {
    folder,
    grid,
    duration,
    durationFrom,
    deadline: said(() => parseMoment(options.deadline ?? "+24h", now)),
    resumeOverhead: options.interruptible
      ? options.resumeOverhead === undefined
        ? 0
        : said(() => parseDuration(options.resumeOverhead!))
      : undefined,
    watts: earlier.at(0)?.sparkline ?? [],
    meanWatts: meanOf(earlier.flatMap((run) => meanPowerOf(run)?.value ?? [])),
  };
}

export interface FoundPlan {
  /** With the series that was planned by: the provider's, or a typical day made of it. */
  asked: Asked;
  plan: Plan;
}

/** Asks the provider, or what is kept of it, and plans. The message of a PlanFault says why there is no plan. */
export async function findPlan(
  input: PlanInput,
  now: number,
  { signal, keys }: { signal?: AbortSignal; keys?: ReadonlyMap<string, string> } = {},
): Promise<FoundPlan> {
  const { grid, folder, duration, deadline, resumeOverhead, watts } = input;
  const secret = async (name: string) => keys?.get(name);
  const asked = await askAhead((deadline - now) / 3_600_000, { grid, folder, now, signal, secret });
  if (!asked.series) throw new PlanFault(asked.problem ?? `${asked.provider.label} has no figures`);
  let { series } = asked;
  if (!series.slots.some(({ kind, to }) => (kind === "forecast" || kind === "typical") && to > now)) {
    const typical = typicalDay(series, now, deadline);
    if (!typical) {
      const why = [asked.problem, ...series.notices].filter(Boolean).join("; ");
      throw new PlanFault(
        `${asked.provider.label} has no forecast${why ? ` (${why})` : ""}, and not a whole day of past figures to go by`,
      );
    }
    series = typical;
  }
  const plan = planRun({ series, profile: profileFrom(watts, duration), now, deadline, resumeOverhead });
  if ("problem" in plan) throw new PlanFault(plan.problem);
  return { asked: { ...asked, series }, plan };
}

function gridOf(options: PlanOptions, folder: string): GridConfig {
  const project = loadProject(folder).config.grid;
  const named = options.provider ?? (options.file === undefined ? undefined : "csv");
  if (named !== undefined && !isProvider(named)) {
    throw new PlanFault(`there is no provider "${named}"; there are ${GRID_PROVIDERS.join(", ")}`);
  }
  const same = named === undefined || named === project?.provider;
  const base = same ? project : { provider: named };
  if (!base) throw new PlanFault(HOW_TO_SET_GRID);
  const { place, file } = options;
  return { ...base, ...(place === undefined ? {} : { place }), ...(file === undefined ? {} : { file }) };
}

const isProvider = (name: string): name is GridProviderName => GRID_PROVIDERS.some((one) => one === name);

/** Runs of that name that came to their end, newest first. */
async function earlierRuns(cwd: string, name: string): Promise<RunSummary[]> {
  const { runs } = await findRuns(cwd);
  return runs.map(({ summary }) => summary).filter((run) => run.name === name && run.state === "finished");
}

function durationOf(options: PlanOptions, earlier: readonly RunSummary[]) {
  if (options.duration !== undefined) {
    const given = options.duration;
    return { duration: said(() => parseDuration(given)), durationFrom: "as given" };
  }
  const usual = usualDuration(earlier.map((run) => (run.duration - pausedSeconds(run.pauses)) * 1000));
  if (usual === undefined) {
    throw new PlanFault(
      options.name === undefined
        ? "say how long the run takes: --duration 2h, or --name NAME of earlier runs"
        : `no run called "${options.name}" has finished yet: say how long it takes with --duration 2h`,
    );
  }
  const count = earlier.length === 1 ? "the one run" : `${earlier.length} runs`;
  return {
    duration: usual,
    durationFrom: `nine in ten of ${count} of that name took at most ${formatDuration(usual / 1000)}`,
  };
}

/** A RangeError's sentence is for the person. */
function said<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new PlanFault(error.message);
    throw error;
  }
}

const meanOf = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
