/** `fairwatt audit`: whom a model treats how, from a table of its predictions. */

import * as fs from "node:fs";
import * as path from "node:path";
import { withAuditTable } from "../config/audit-edit.ts";
import { auditTableOf, suppressBelow } from "../config/audit-lookup.ts";
import type { AuditTable } from "../config/audit-settings.ts";
import { loadProject } from "../config/load.node.ts";
import { formatConfigProblem, type LoadedProject } from "../config/project.ts";
import { PROJECT_FILES } from "../config/project-files.ts";
import { findProjectFolder } from "../energy/run-folder.node.ts";
import { auditTable } from "../fairness/audit/audit-table.ts";
import { checkLimits } from "../fairness/audit/limits.ts";
import { type AuditRequest, auditRequest } from "../fairness/audit/request.ts";
import { protect } from "../fairness/audit/small-cells.ts";
import { findCauses } from "../fairness/causes/causes.ts";
import type { LimitsSet } from "../ledger/entry.ts";
import { hashFile } from "../ledger/hash-file.node.ts";
import { decidingSettings, limitsSetOf } from "../ledger/limits-set.node.ts";
import { pathInProject, recordAudit } from "../ledger/record-audit.node.ts";
import { tableOfRun } from "../ledger/run-tables.node.ts";
import { type AuditFinding, auditReport } from "../report/documents/audit-report.ts";
import { FAIRWATT_VERSION } from "../version.ts";
import { describeCauses } from "./audit-causes.ts";
import { askEngine, describeEngine, engineJson } from "./audit-engine.ts";
import {
  type AuditArguments,
  type AuditFormat,
  computing,
  formatOf,
  smallestCount,
  withArguments,
} from "./audit-options.ts";
import { describeAudit } from "./audit-text.ts";
import { withTables } from "./audited-table.ts";
import { localLaw144 } from "./local-law-144.ts";
import { printable } from "./printable.ts";
import { readScored } from "./read-scored.ts";
import { findRuns, resolveRun } from "./runs-find.ts";
import { dim, print } from "./table.ts";

const KEPT = 0;
const BROKEN = 1;

/** What is audited, after the call and the project file were read. */
interface Task {
  /** The project's folder, and its settings. */
  folder: string;
  project: LoadedProject;
  /** The table, absolute. */
  table: string;
  run?: { id: string; startedAt: number };
  /** Key and settings in the project file. */
  found: ReturnType<typeof auditTableOf>;
  settings: AuditTable;
  request: AuditRequest;
  format: AuditFormat;
  below: number;
}

/**
 * `file` is the table; without it, the one that the run of `--run` wrote. Returns 0 when every limit is kept (or none was
 * set), 1 when one is broken (or, with `strict`, could not be decided), 2 when the table or the call is unusable. Nothing
 * leaves the machine.
 */
export async function audit(file: string | undefined, options: AuditArguments): Promise<number> {
  return withTables(async () => {
    const task = await prepare(file, options);
    if (options.remember) remember(task);
    return carryOut(task, options);
  });
}

async function prepare(file: string | undefined, options: AuditArguments): Promise<Task> {
  const folder = findProjectFolder(options.cwd);
  const project = loadProject(folder);
  for (const problem of project.problems)
    process.stderr.write(`fairwatt: ${printable(formatConfigProblem(problem))}\n`);
  const found = options.run === undefined ? undefined : resolveRun(options.run, await findRuns(options.cwd));
  const run = found && { id: found.summary.id, startedAt: found.summary.startedAt };
  if (file === undefined && !found)
    throw new RangeError("name the table, or the run that wrote one: fairwatt audit --run last");
  const table =
    file === undefined
      ? await tableOfRun({ directory: found!.directory, run: run!.id, project: folder }, project.config)
      : path.resolve(options.cwd, file);
  const kept = auditTableOf(project.config, pathInProject(folder, table));
  const settings = withArguments(kept?.settings ?? {}, options);
  const request = auditRequest(settings);
  Object.assign(request.settings, computing(options));
  if (options.causes) {
    if (request.roles.task !== "binary") throw new RangeError("--causes is for binary audits");
    request.roles.features = "all";
  }
  const format = formatOf(options);
  if (options.out !== undefined && format === "text")
    throw new RangeError("--out needs --format json, md or html");
  return {
    folder,
    project,
    table,
    ...(run && { run }),
    found: kept,
    settings,
    request,
    format,
    below: smallestCount(options) ?? suppressBelow(project.config),
  };
}

/** Writes the settings of the table into the project file, which is made where there is none. */
function remember({ folder, project, table, found, settings }: Task): void {
  const file = project.file ?? path.join(folder, PROJECT_FILES[0]);
  const kind = PROJECT_FILES.find((name) => name === path.basename(file)) ?? PROJECT_FILES[0];
  const text = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
  const changed = withAuditTable(text, kind, found?.key ?? pathInProject(folder, table), settings);
  if (changed === text) return;
  fs.writeFileSync(file, changed);
  process.stderr.write(`fairwatt: the settings of the table are kept in ${printable(file)}\n`);
}

async function carryOut(task: Task, options: AuditArguments): Promise<number> {
  const { request, table, format, below } = task;
  const scored = await readScored(table, request.roles);
  const result = auditTable(scored, request.settings);
  const causes =
    options.causes && scored.task === "binary" ? findCauses(scored, result.settings.seed) : undefined;
  const engine = await askEngine(scored, result, options);
  const limits = checkLimits(result, request.limits);
  const set = limits.length > 0 ? await limitsSet(task) : undefined;
  const entry =
    options.ledger === false
      ? undefined
      : await record(task, {
          audit: result,
          limits,
          limitsSet: set,
          ...(scored.task === "binary" && { ll144: localLaw144(scored, task.project.config) }),
        });
  if (format === "text") {
    const lines = describeAudit(result, limits, request.convention, set);
    if (causes) lines.push(...describeCauses(causes));
    if (engine) lines.push(...describeEngine(engine));
    await print(entry === undefined ? lines : [...lines, dim(`ledger entry ${entry.slice(0, 12)}`)]);
  } else {
    const finding: AuditFinding = {
      ...protect({ audit: result, ...(causes && { causes }) }, below),
      limits,
      ...(set && { limitsSet: set }),
      file: pathInProject(task.folder, table),
      sha256: (await hashFile(table)).sha256,
      convention: request.convention,
      ...(task.run && { run: task.run.id }),
      ...(entry !== undefined && { entry }),
      command: commandOf(task, options),
      ...(engine && { engine }),
      fairwatt: FAIRWATT_VERSION,
    };
    await deliver(format === "json" ? jsonOf(finding) : auditReport(finding, format), options);
  }
  const failed = limits.some(({ broken, decided }) => broken || (request.strict && !decided));
  return failed ? BROKEN : KEPT;
}

function limitsSet({ project, settings, found, table, run }: Task): Promise<LimitsSet> {
  const own = JSON.stringify(decidingSettings(settings));
  return limitsSetOf({
    project,
    key: found?.key,
    overridden: !found || own !== JSON.stringify(decidingSettings(found.settings)),
    table,
    ...(run && { runStartedAt: run.startedAt }),
  });
}

/** The entry's hash; undefined when no ledger could be written, which is said and changes nothing else. */
async function record(
  { folder, table, request, run, project }: Task,
  result: Pick<Parameters<typeof recordAudit>[0], "audit" | "limits" | "limitsSet" | "ll144">,
): Promise<string | undefined> {
  try {
    const { roles } = request;
    // What the project has committed to; what one person asked to see themselves is not what goes into a ledger.
    const below = suppressBelow(project.config);
    return await recordAudit({
      ...{ project: folder, table, roles, below },
      ...result,
      ...(run && { run: run.id }),
    });
  } catch (problem) {
    process.stderr.write(
      `fairwatt: the audit was not written into the ledger: ${printable((problem as Error).message)}\n`,
    );
    return undefined;
  }
}

/** One object: the audit's own fields, and beside them what was made of it. */
function jsonOf({ value, ...rest }: AuditFinding): string {
  const { limits, limitsSet: set, protection, run, entry, sha256, engine } = rest;
  const object = {
    ...value.audit,
    ...(value.causes && { causes: value.causes }),
    ...(engine && { engine: engineJson(engine, protection.rounded) }),
    limits,
    ...(set && { limitsSet: set }),
    protection,
    sha256,
    ...(run !== undefined && { run }),
    entry: entry ?? null,
  };
  return JSON.stringify(object, null, 2);
}

async function deliver(text: string, { out, cwd }: AuditArguments): Promise<void> {
  if (out === undefined) return print([text]);
  const file = path.resolve(cwd, out);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${text}\n`);
  await print([file]);
}

/** How to do it again: the settings are in the project file, or on the command line. */
function commandOf({ folder, table, settings, request }: Task, { causes, engine }: AuditArguments): string {
  const options = Object.entries(settings).flatMap(([key, value]): string[] => {
    const word = (text: unknown) => (/^[\w./=:,-]+$/.test(String(text)) ? String(text) : `'${String(text)}'`);
    if (key === "limits")
      return request.limits.map(
        ({ measure, max }) => `--limit ${measure}${max === undefined ? "" : `=${max}`}`,
      );
    if (key === "reference")
      return Object.entries(value as Record<string, string>).map(
        ([column, group]) => `--reference ${word(`${column}=${group}`)}`,
      );
    if (Array.isArray(value)) return [`--${key} ${word(value.join(","))}`];
    if (typeof value === "boolean") return value ? [`--${key}`] : [];
    return [`--${key} ${word(value)}`];
  });
  const { seed = 1, replicates = 1000 } = request.settings;
  return [
    `fairwatt audit ${pathInProject(folder, table)}`,
    ...options,
    ...(causes ? ["--causes"] : []),
    ...(engine === undefined ? [] : [`--engine ${engine}`]),
    `--replicates ${replicates} --seed ${seed}`,
  ].join(" ");
}
