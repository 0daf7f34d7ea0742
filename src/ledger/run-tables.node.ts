/** The table of predictions that a run wrote. */

import * as path from "node:path";
import { auditTableOf } from "../config/audit-lookup.ts";
import type { ProjectConfig } from "../config/project.ts";
import { TABLE_EXTENSIONS } from "../fairness/table/read-table.node.ts";
import { TableError } from "../fairness/table/table-error.ts";
import { hashFile } from "./hash-file.node.ts";
import { findRunEntry } from "./read.node.ts";
import { pathInProject } from "./record-audit.node.ts";

const LISTED = 8;

/**
 * Absolute path of the table among the files that a run of `project` (its folder) wrote; `directory` is the run's own, `<.fairwatt>/runs/<id>`: the one that
 * the project file has settings for, else the one that is called so (predictions, scores), else the only one. Throws a
 * TableError where there is none, more than one, or where it is no longer as the run left it.
 */
export async function tableOfRun(
  { directory, run, project }: { directory: string; run: string; project: string },
  config: ProjectConfig,
): Promise<string> {
  const entry = await findRunEntry(path.dirname(path.dirname(directory)), run);
  if (!entry) throw new TableError(`run ${run} has no ledger entry, which would name the files it wrote`);
  const tables = entry.body.artefacts
    .filter((each) => TABLE_EXTENSIONS.includes(path.extname(each.path).toLowerCase()))
    .map((each) => ({ ...each, file: path.resolve(project, entry.body.cwd, each.path) }));
  const named = tables.filter(({ file }) => auditTableOf(config, pathInProject(project, file)));
  const called = tables.filter(({ path: name }) => /pred|scor/i.test(path.basename(name)));
  const chosen = [named, called, tables].find((list) => list.length > 0) ?? [];
  const names = chosen.slice(0, LISTED).map(({ path: name }) => name);
  if (chosen.length !== 1)
    throw new TableError(
      chosen.length === 0
        ? `run ${run} wrote no table that can be read; write the predictions to a file, or name one: fairwatt audit TABLE --run ${run}`
        : `run ${run} wrote ${chosen.length} tables (${names.join(", ")}${chosen.length > LISTED ? ", ..." : ""}); name one: fairwatt audit TABLE --run ${run}`,
    );
  const [table] = chosen;
  const now = await hashFile(table!.file).catch(() => undefined);
  if (now?.sha256 !== table!.sha256)
    throw new TableError(
      `${table!.path} ${now ? "has changed since" : "is no longer there as"} run ${run} wrote it; run it again, or audit the file by its path alone`,
    );
  return table!.file;
}
