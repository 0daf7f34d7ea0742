/** Since when the limits of an audit stand: by the history of the project file. */

import * as fs from "node:fs";
import * as path from "node:path";
import type { AuditTable } from "../config/audit-settings.ts";
import type { LoadedProject } from "../config/project.ts";
import { settingsOrigin } from "../config/settings-history.node.ts";
import type { LimitsSet } from "./entry.ts";

export interface LimitsQuestion {
  project: LoadedProject;
  /** Key of the table's settings in the project file; undefined where it has none. */
  key: string | undefined;
  /** Whether the limits, or what decides with them, came from the command line instead. */
  overridden: boolean;
  /** The audited file. */
  table: string;
  /** Start of the run that the table is of, Unix ms. */
  runStartedAt?: number;
}

/** What decides whether a limit is kept, beside the data. */
export const decidingSettings = ({ limits, strict, threshold, positive, favourable }: AuditTable) => ({
  limits,
  strict,
  threshold,
  positive,
  favourable,
});

/** Throws the system's error where the table's time cannot be read. */
export async function limitsSetOf(question: LimitsQuestion): Promise<LimitsSet> {
  const { project, key, runStartedAt } = question;
  const tested: LimitsSet["tested"] =
    runStartedAt !== undefined
      ? { what: "run", time: new Date(runStartedAt).toISOString() }
      : { what: "table", time: fs.statSync(question.table).mtime.toISOString() };
  if (question.overridden || key === undefined || project.file === undefined)
    return { by: "command line", tested, before: false };
  const origin = await settingsOrigin(project.file, project.config, ({ audit }) => {
    const table = audit?.tables?.[key];
    return table && decidingSettings(table);
  });
  return {
    by: "project file",
    file: path.basename(project.file),
    ...origin,
    tested,
    before: origin.time !== undefined && Date.parse(origin.time) <= Date.parse(tested.time),
  };
}
