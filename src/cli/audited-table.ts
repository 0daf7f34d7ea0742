/** Two tables of one command: each a file, or a run that wrote one, with the settings that the project has for it. */

import * as fs from "node:fs";
import * as path from "node:path";
import { auditTableOf, suppressBelow } from "../config/audit-lookup.ts";
import type { AuditTable } from "../config/audit-settings.ts";
import { loadProject } from "../config/load.node.ts";
import { formatConfigProblem, type ProjectConfig } from "../config/project.ts";
import { findProjectFolder } from "../energy/run-folder.node.ts";
import { type AuditRequest, auditRequest } from "../fairness/audit/request.ts";
import type { BinaryTable } from "../fairness/table/scored-table.ts";
import { TableError } from "../fairness/table/table-error.ts";
import { hashFile } from "../ledger/hash-file.node.ts";
import { pathInProject } from "../ledger/record-audit.node.ts";
import { tableOfRun } from "../ledger/run-tables.node.ts";
import { type AuditArguments, smallestCount, withArguments } from "./audit-options.ts";
import { printable } from "./printable.ts";
import { readScored, Stopped } from "./read-scored.ts";
import { findRuns, RunNotFound, resolveRun } from "./runs-find.ts";

export interface AuditedTable {
  /** Relative to the project's folder where it lies there. */
  file: string;
  sha256: string;
  bytes: number;
  /** Id of the run that wrote it. */
  run?: string;
  table: BinaryTable;
  request: AuditRequest;
}

/**
 * Reads each of `references` as a binary table. One that the project has no settings for is read with those of the first.
 * `change` gets the last word on the settings of each. `folder`: the project's. Throws a TableError, RangeError or RunNotFound with the way out.
 */
export async function readAuditedTables(
  references: readonly string[],
  options: AuditArguments,
  {
    features,
    change,
  }: { features?: readonly string[]; change?: (settings: AuditTable, at: number) => AuditTable },
): Promise<{ tables: AuditedTable[]; below: number; folder: string }> {
  const folder = findProjectFolder(options.cwd);
  const project = loadProject(folder);
  for (const problem of project.problems)
    process.stderr.write(`fairwatt: ${printable(formatConfigProblem(problem))}\n`);
  const tables: AuditedTable[] = [];
  let first: AuditTable = {};
  for (const [at, reference] of references.entries()) {
    const { file, run } = await fileOf(reference, options.cwd, folder, project.config);
    const name = pathInProject(folder, file);
    const own = auditTableOf(project.config, name)?.settings ?? first;
    if (at === 0) first = own;
    const given = withArguments(own, options);
    const request = auditRequest(change ? change(given, at) : given);
    if (request.roles.task !== "binary") throw new RangeError(`${name}: this is for binary predictions`);
    if (features) request.roles.features = features;
    const table = (await readScored(file, request.roles)) as BinaryTable;
    tables.push({ file: name, ...(run && { run }), ...(await hashFile(file)), table, request });
  }
  return { tables, below: smallestCount(options) ?? suppressBelow(project.config), folder };
}

async function fileOf(
  reference: string,
  cwd: string,
  project: string,
  config: ProjectConfig,
): Promise<{ file: string; run?: string }> {
  const file = path.resolve(cwd, reference);
  if (fs.existsSync(file)) return { file };
  try {
    const { directory, summary } = resolveRun(reference, await findRuns(cwd));
    return { file: await tableOfRun({ directory, run: summary.id, project }, config), run: summary.id };
  } catch (problem) {
    if (problem instanceof RunNotFound)
      throw new TableError(`${reference} is neither a file nor a run that wrote a table`);
    throw problem;
  }
}

/** Runs `command`; 2, with the reason on standard error, where a table or the call is unusable, 130 after Ctrl-C. */
export async function withTables(command: () => Promise<number>): Promise<number> {
  try {
    return await command();
  } catch (problem) {
    if (problem instanceof Stopped) {
      process.stderr.write("fairwatt: stopped; nothing was written\n");
      return 130;
    }
    const known =
      problem instanceof TableError || problem instanceof RangeError || problem instanceof RunNotFound;
    if (!known && (problem as NodeJS.ErrnoException).code === undefined) throw problem;
    process.stderr.write(`fairwatt: ${printable((problem as Error).message)}\n`);
    return 2;
  }
}
