/** What a run takes from the project file, the zone tables and the options. Loaded beside the command, not before it. */

import * as path from "node:path";
import { resolveZone } from "../carbon/resolve-zone.node.ts";
import { parseInterval } from "../config/interval.ts";
import { loadProject } from "../config/load.node.ts";
import type { RunSettings } from "../energy/measurement.node.ts";

export interface SettingsOptions {
  interval?: string;
  zone?: string;
  /** The person's own zone, used where neither --zone nor the project names one. */
  defaultZone?: string;
}

export interface FoundSettings {
  settings: RunSettings;
  /** Sentences about the project file and the zone. */
  warnings: string[];
  /** An option is wrong: nothing should be run. */
  fault?: string;
  /** The project has a budget. */
  hasBudget: boolean;
}

/** Settings of the project in `folder`, with the options before them. Throws where the zone tables that ship are missing. */
export function runSettings(folder: string, options: SettingsOptions): FoundSettings {
  const project = loadProject(folder);
  const warnings = project.problems.map(({ file, line, message }) => `${file}:${line + 1}: ${message}`);
  const { pue, attribution } = project.config;
  const settings: RunSettings = { interval: parseInterval(project.config.interval), pue, attribution };
  let fault: string | undefined;
  try {
    if (options.interval !== undefined) settings.interval = parseInterval(options.interval);
  } catch (error) {
    fault = (error as Error).message;
  }
  const zone = resolveZone({
    option: options.zone,
    project: project.config.zone,
    projectFile: project.file && path.basename(project.file),
    personal: options.defaultZone,
  });
  warnings.push(...zone.warnings);
  if (zone.problem && options.zone) fault ??= zone.problem;
  else if (zone.problem) warnings.push(zone.problem);
  if (zone.grid) settings.grid = zone.grid;
  const hasBudget = project.config.budget !== undefined;
  return { settings, warnings, hasBudget, ...(fault === undefined ? {} : { fault }) };
}
