/** `fairwatt thresholds`: thresholds of a score for each group, chosen by a strategy, printed and exported. */

import * as fs from "node:fs";
import * as path from "node:path";
import { nearest } from "../config/nearest.ts";
import { buildScoredTable } from "../fairness/table/build-scored-table.ts";
import { readTable } from "../fairness/table/read-table.node.ts";
import { readPlanOf } from "../fairness/table/roles.ts";
import { TableError } from "../fairness/table/table-error.ts";
import { choiceOf, chooseThresholds } from "../fairness/thresholds/choose.ts";
import { type ScoreGroup, scoreCells, scoreGroups } from "../fairness/thresholds/score-cells.ts";
import type { Choice } from "../fairness/thresholds/strategy.ts";
import {
  strategyGap,
  type ThresholdChoice,
  type ThresholdReport,
  thresholdReport,
} from "../fairness/thresholds/threshold-report.ts";
import { hashFile } from "../ledger/hash-file.node.ts";
import { FAIRWATT_VERSION } from "../version.ts";
import { printable } from "./printable.ts";
import { print, printJson } from "./table.ts";
import { type ThresholdsArguments, type ThresholdsRequest, thresholdsRequest } from "./thresholds-options.ts";
import { describeThresholds } from "./thresholds-text.ts";

const CHOSEN = 0;
const NOT_EQUAL = 1;
const UNUSABLE = 2;

/**
 * Returns 0 when thresholds were chosen, 1 when no choice brings the groups within the tolerance (the closest is given
 * then), 2 when the table or the call is unusable or the file cannot be written. Nothing leaves the machine.
 */
export async function thresholds(file: string, options: ThresholdsArguments): Promise<number> {
  const table = path.resolve(options.cwd, file);
  let choice: ThresholdChoice;
  let report: ThresholdReport;
  let notes: string[];
  try {
    const request = thresholdsRequest(options);
    const { roles } = request;
    const raw = await readTable(table, readPlanOf(roles));
    const scored = buildScoredTable(raw, roles);
    if (scored.task !== "binary") throw new TypeError(`${scored.task} is no binary table`);
    notes = scored.notes;
    const groups = scoreGroups(scoreCells(scored), [...roles.sensitive.keys()]);
    choice = {
      strategy: request.strategy,
      settings: request.settings,
      groups,
      choices: choose(groups, request),
    };
    const { label, score, weight, sensitive } = roles;
    const columns = { label, score, ...(weight !== undefined && { weight }), sensitive };
    const hashed = await hashFile(table);
    report = thresholdReport(
      choice,
      { file, ...hashed, columns, positive: scored.positive },
      FAIRWATT_VERSION,
    );
  } catch (problem) {
    if (problem instanceof TableError || problem instanceof RangeError) return complain(problem.message);
    const { code } = problem as NodeJS.ErrnoException;
    if (code !== undefined) return complain(`${file} cannot be read (${code})`);
    throw problem;
  }
  if (options.out !== undefined) {
    try {
      fs.writeFileSync(path.resolve(options.cwd, options.out), `${JSON.stringify(report, null, 2)}\n`);
    } catch (problem) {
      return complain(`${options.out} cannot be written (${(problem as NodeJS.ErrnoException).code})`);
    }
  }
  if (options.json) await printJson(report);
  else await print(describeThresholds(report, choice, [...notes, ...report.notes], options.out));
  const gap = choice.settings.mode === "exact" ? strategyGap(choice) : undefined;
  return gap && gap.difference > choice.settings.tolerance + 1e-9 ? NOT_EQUAL : CHOSEN;
}

function choose(groups: readonly ScoreGroup[], { strategy, settings, custom }: ThresholdsRequest): Choice[] {
  if (strategy !== "custom") return chooseThresholds(groups, strategy, settings);
  const names = groups.map(({ name }) => name);
  for (const name of custom.groups.keys()) {
    if (names.includes(name)) continue;
    const [close] = nearest(name, names);
    throw new RangeError(
      `there is no group "${name}"${close ? `; is it "${close}"?` : ""} (the groups: ${names.slice(0, 20).join("; ")})`,
    );
  }
  return groups.map((group) => {
    const threshold = custom.groups.get(group.name) ?? custom.everyone;
    if (threshold === undefined)
      throw new RangeError(`group "${group.name}" has no threshold: give --at NUMBER for everyone else`);
    return choiceOf(group, threshold);
  });
}

function complain(message: string): number {
  process.stderr.write(`fairwatt: ${printable(message)}\n`);
  return UNUSABLE;
}
