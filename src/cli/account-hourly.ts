/** The supplementary figure of `fairwatt account --hourly`: each run by the hours in which it used its energy. */

import type { Activity } from "../carbon/accounting/activity.ts";
import { totalOf } from "../carbon/accounting/location.ts";
import { footprintByTheHour, weightedIntensity } from "../carbon/intensity/over-time.ts";
import { askPast } from "../carbon/providers/ask.node.ts";
import type { GridConfig } from "../config/carbon-settings.ts";
import { readRun } from "../energy/read-run.node.ts";
import type { Quantity } from "../quantity.ts";
import { findRuns } from "./runs-find.ts";

/** Each run is a question to the provider, unless it was asked before. */
const MOST_RUNS = 50;

export interface HourlyFigure {
  run: string;
  footprint: Quantity<"gCO2e">;
  /** Part of its energy that lies in hours with a figure. */
  covered: number;
}

export interface HourlyAccount {
  figures: HourlyFigure[];
  /** By the hour, and by the yearly factor for the same runs. */
  total: Quantity<"gCO2e">;
  /** Runs without, and why. */
  without: { run: string; why: string }[];
  licence: string;
}

/** Asks the provider for the hours of each run whose journals are on this machine. */
export async function hourlyAccount(
  activities: readonly Activity[],
  grid: GridConfig,
  cwd: string,
  now: number,
): Promise<HourlyAccount> {
  const { folder, runs } = await findRuns(cwd);
  const directories = new Map(runs.map(({ directory, summary }) => [summary.id, directory]));
  const figures: HourlyFigure[] = [];
  const without: HourlyAccount["without"] = [];
  let licence = "";
  const newest = [...activities].sort((a, b) => b.startedAt - a.startedAt);
  for (const [index, activity] of newest.entries()) {
    const { run, energy, pue, startedAt, durationSeconds } = activity;
    const skip = (why: string) => without.push({ run, why });
    const directory = directories.get(run);
    if (index >= MOST_RUNS) skip(`only the newest ${MOST_RUNS} runs are looked up`);
    else if (!energy) skip("no meter was read");
    else if (!directory) skip("its journals are not on this machine");
    else {
      const pieces = (await readRun(directory)).fold.energyByClock();
      const until = Math.max(startedAt + durationSeconds * 1000, pieces.at(-1)?.to ?? 0);
      const asked = await askPast(startedAt, until, { grid, folder, now });
      licence = asked.provider.licence;
      const { series } = asked;
      if (!series) skip(asked.problem ?? "no figures");
      else if (series.basis === "marginal")
        skip(`${series.source} publishes marginal figures: no footprint is counted with them`);
      else {
        const weighted = weightedIntensity(series, pieces);
        if (!weighted) skip(`${series.source} has no figure for its hours`);
        else
          figures.push({
            run,
            footprint: footprintByTheHour(energy, weighted, pue),
            covered: weighted.covered,
          });
      }
    }
  }
  return { figures, total: totalOf(figures.map(({ footprint }) => footprint)), without, licence };
}
