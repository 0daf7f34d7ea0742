/** `fairwatt export`: runs in the formats of others. */

import * as fs from "node:fs";
import * as path from "node:path";
import { loadZones } from "../carbon/zones.node.ts";
import type { RunSummary } from "../energy/run.ts";
import { type BoampsFacts, boampsReport } from "../report/exchange/write-boamps.ts";
import { type Country, codecarbonCsv } from "../report/exchange/write-codecarbon.ts";
import { FAIRWATT_VERSION } from "../version.ts";
import { withRuns } from "./runs-find.ts";
import { print } from "./table.ts";

export interface ExportOptions {
  cwd: string;
  format: "codecarbon" | "boamps";
  output?: string;
  taskStage?: string;
  taskFamily?: string;
  algorithm?: string;
  dataType?: BoampsFacts["dataType"];
  infrastructure: BoampsFacts["infrastructure"];
}

const say = (text: string) => process.stderr.write(`fairwatt: ${text}\n`);

/** Resolves to the exit code. */
export async function exportRuns(references: readonly string[], options: ExportOptions): Promise<number> {
  const facts = options.format === "boamps" ? factsOf(options) : undefined;
  if (typeof facts === "string") {
    say(facts);
    return 2;
  }
  let code = 0;
  const found = await withRuns(options.cwd, references, async (runs) => {
    const summaries = runs.map(({ summary }) => summary);
    const text = facts ? boampsText(summaries, facts) : csvOf(summaries);
    if (text === undefined) code = 1;
    else if (options.output === undefined) await print([text.trimEnd()]);
    else {
      fs.writeFileSync(path.resolve(options.cwd, options.output), text);
      say(`${summaries.length} ${summaries.length === 1 ? "run" : "runs"} written to ${options.output}`);
    }
  });
  return found || code;
}

function csvOf(runs: readonly RunSummary[]): string {
  return codecarbonCsv(runs, { fairwatt: FAIRWATT_VERSION, countryOf });
}

/** One report, or an array of them. */
function boampsText(runs: readonly RunSummary[], facts: BoampsFacts): string | undefined {
  const reports = [];
  for (const run of runs) {
    const country = run.grid && countryOf(run.grid.zone)?.name;
    const context = {
      fairwatt: FAIRWATT_VERSION,
      now: new Date(),
      ...(country !== undefined && { country }),
    };
    const report = boampsReport(run, facts, context);
    if (!report) {
      say(`run ${run.id} (${run.name}) has no energy: the format has no place for what was not measured`);
      return undefined;
    }
    reports.push(report);
  }
  return `${JSON.stringify(reports.length === 1 ? reports[0] : reports, null, 2)}\n`;
}

/** The facts, or a sentence that says which are missing. */
function factsOf({
  taskStage,
  taskFamily,
  algorithm,
  dataType,
  infrastructure,
}: ExportOptions): BoampsFacts | string {
  if (taskStage && taskFamily && algorithm && dataType) {
    return { taskStage, taskFamily, algorithm, dataType, infrastructure };
  }
  const given = {
    "--task-stage": taskStage,
    "--task-family": taskFamily,
    "--algorithm": algorithm,
    "--data-type": dataType,
  };
  const missing = Object.entries(given).flatMap(([option, value]) => (value ? [] : [option]));
  return `BoAmps requires what no meter tells: ${missing.join(", ")}`;
}

function countryOf(zone: string): Country | undefined {
  const found = loadZones().find(zone.split("-")[0]!);
  if (found?.kind !== "country") return undefined;
  const alpha3 = found.aliases.find((alias) => /^[A-Z]{3}$/.test(alias));
  return { name: found.name, ...(alpha3 !== undefined && { alpha3 }) };
}
