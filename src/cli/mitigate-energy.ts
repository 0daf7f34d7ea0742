/** What a mitigation cost: the energy of its run, and of the mitigation itself within it. */

import * as fs from "node:fs";
import * as path from "node:path";
import { readRun } from "../energy/read-run.node.ts";
import type { RunSummary } from "../energy/run.ts";
import { fairwattFolders, findProjectFolder, runsFolder } from "../energy/run-folder.node.ts";
import type { Quantity } from "../quantity.ts";
import { energyOf, footprintOf } from "../report/run-words.ts";

export interface MitigationEnergy {
  run: string;
  seconds: number;
  /** Of the whole run, the loading of the library included; null where nothing was metered. */
  total: Quantity<"J"> | null;
  footprint: Quantity<"gCO2e"> | null;
  /** Training of the model that is not mitigated; and what the mitigation took. null where no reading lies within. */
  before: Phase | null;
  mitigation: Phase | null;
}

interface Phase {
  seconds: number;
  energy: Quantity<"J"> | null;
}

/** undefined where the run left no journal: it could not be kept anywhere. */
export async function mitigationEnergy(run: string, cwd: string): Promise<MitigationEnergy | undefined> {
  const folders = fairwattFolders(findProjectFolder(cwd)).map((fairwatt) =>
    path.join(runsFolder(fairwatt), run),
  );
  const directory = folders.find((folder) => fs.existsSync(folder));
  if (!directory) return undefined;
  const { summary } = await readRun(directory);
  return {
    run,
    seconds: summary.duration,
    total: energyOf(summary),
    footprint: footprintOf(summary),
    before: phase(summary, "loaded", "before"),
    mitigation: phase(summary, "before", "mitigated"),
  };
}

/** Between two marks that the Python file writes. */
function phase(summary: RunSummary, from: string, to: string): Phase | null {
  const mark = (name: string) =>
    summary.marks.find(({ kind, name: own }) => kind === "phase" && own === name);
  const [start, end] = [mark(from), mark(to)];
  if (!start || !end) return null;
  const total = energyOf(summary);
  const seconds = end.at - start.at;
  if (!total || start.energy === undefined || end.energy === undefined || total.value <= 0)
    return { seconds, energy: null };
  const value = end.energy - start.energy;
  const share = value / total.value;
  return {
    seconds,
    energy: {
      ...total,
      value,
      low: total.low * share,
      high: total.high * share,
      basis: `between two marks of the run; ${total.basis}`,
    },
  };
}
