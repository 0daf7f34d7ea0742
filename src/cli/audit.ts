/** `fairwatt audit`: whom a model treats how, from a table of its predictions. */

import * as path from "node:path";
import { gitAuthor } from "../energy/git-author.node.ts";
import { fairwattFolders, findProjectFolder } from "../energy/run-folder.node.ts";
import type { Audit } from "../fairness/audit/audit.ts";
import { auditBinary } from "../fairness/audit/audit-binary.ts";
import { checkLimits, type LimitResult } from "../fairness/audit/limits.ts";
import { type Causes, findCauses } from "../fairness/causes/causes.ts";
import { buildScoredTable } from "../fairness/table/build-scored-table.ts";
import { readTable } from "../fairness/table/read-table.node.ts";
import { readPlanOf } from "../fairness/table/roles.ts";
import { TableError } from "../fairness/table/table-error.ts";
import { auditBodyFrom } from "../ledger/audit-body.ts";
import { hashFile } from "../ledger/hash-file.node.ts";
import { writeEntry } from "../ledger/write-entry.node.ts";
import { FAIRWATT_VERSION } from "../version.ts";
import { describeCauses } from "./audit-causes.ts";
import { type AuditArguments, type AuditRequest, auditRequest } from "./audit-options.ts";
import { describeAudit } from "./audit-text.ts";
import { printable } from "./printable.ts";
import { dim, print, printJson } from "./table.ts";

const KEPT = 0;
const BROKEN = 1;
const UNUSABLE = 2;

/**
 * Returns 0 when every limit is kept (or none was set), 1 when one is broken (or, with `strict`, could not be decided), 2
 * when the table or the call is unusable. Nothing leaves the machine.
 */
export async function audit(file: string, options: AuditArguments): Promise<number> {
  let request: AuditRequest;
  try {
    request = auditRequest(options);
  } catch (problem) {
    return complain((problem as Error).message);
  }
  const table = path.resolve(options.cwd, file);
  let result: Audit;
  let causes: Causes | undefined;
  try {
    const raw = await readTable(table, readPlanOf(request.roles));
    const scored = buildScoredTable(raw, request.roles);
    if (scored.task !== "binary") throw new TypeError(`${scored.task} is no binary table`);
    result = auditBinary(scored, request.settings);
    if (options.causes) causes = findCauses(scored, result.settings.seed);
  } catch (problem) {
    if (problem instanceof TableError) return complain(problem.message);
    const { code } = problem as NodeJS.ErrnoException;
    if (code !== undefined) return complain(`${file} cannot be read (${code})`);
    throw problem;
  }
  const limits = checkLimits(result, request.limits);
  const entry = options.ledger === false ? undefined : await record(table, result, limits, request, options);
  if (options.json) await printJson({ ...result, ...(causes && { causes }), limits, entry: entry ?? null });
  else {
    const lines = describeAudit(result, limits, request.convention);
    if (causes) lines.push(...describeCauses(causes));
    await print(entry === undefined ? lines : [...lines, dim(`ledger entry ${entry.slice(0, 12)}`)]);
  }
  const failed = limits.some(({ broken, decided }) => broken || (options.strict && !decided));
  return failed ? BROKEN : KEPT;
}

/** The entry's hash; undefined when no ledger could be written, which is said and changes nothing else. */
async function record(
  table: string,
  result: Audit,
  limits: readonly LimitResult[],
  { roles }: AuditRequest,
  options: AuditArguments,
): Promise<string | undefined> {
  const project = findProjectFolder(options.cwd);
  const relative = path.relative(project, table).split(path.sep).join("/");
  const { sha256, bytes } = await hashFile(table);
  const author = await gitAuthor(project);
  const body = auditBodyFrom(result, {
    file: relative.startsWith("../") ? table : relative,
    ...(options.run !== undefined && { run: options.run }),
    sha256,
    bytes,
    columns: {
      label: roles.label,
      ...(roles.prediction !== undefined && { prediction: roles.prediction }),
      ...(roles.score !== undefined && { score: roles.score }),
      ...(roles.weight !== undefined && { weight: roles.weight }),
      sensitive: [...roles.sensitive],
    },
    limits,
    ...(author !== undefined && { author }),
    fairwatt: FAIRWATT_VERSION,
  });
  let problem: unknown;
  for (const fairwatt of fairwattFolders(project)) {
    try {
      return (await writeEntry(fairwatt, { type: "audit", time: new Date().toISOString(), body })).hash;
    } catch (error) {
      problem ??= error;
    }
  }
  process.stderr.write(
    `fairwatt: the audit was not written into the ledger: ${printable((problem as Error).message)}\n`,
  );
  return undefined;
}

function complain(message: string): number {
  process.stderr.write(`fairwatt: ${printable(message)}\n`);
  return UNUSABLE;
}
