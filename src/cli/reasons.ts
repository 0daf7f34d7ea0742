/** `fairwatt reasons`: principal reasons for adverse actions, from contributions of features to scores. */

import * as fs from "node:fs";
import * as path from "node:path";
import { suppressBelow } from "../config/audit-lookup.ts";
import { DEFAULT_SUPPRESS_BELOW } from "../config/audit-settings.ts";
import { loadProject } from "../config/load.node.ts";
import { formatConfigProblem, type ProjectConfig } from "../config/project.ts";
import { gitAuthor } from "../energy/git-author.node.ts";
import { findProjectFolder } from "../energy/run-folder.node.ts";
import { type Attributions, attributionsOf, READ_ALL, valuesOf } from "../fairness/reasons/attributions.ts";
import { checkReasons } from "../fairness/reasons/check-reasons.ts";
import { principalReasons, reasonCounts } from "../fairness/reasons/principal-reasons.ts";
import { readTable } from "../fairness/table/read-table.node.ts";
import { TableError } from "../fairness/table/table-error.ts";
import type { ReasonsBody } from "../ledger/entries/reasons.ts";
import { hashFile } from "../ledger/hash-file.node.ts";
import { pathInProject } from "../ledger/record-audit.node.ts";
import { writeInProject } from "../ledger/write-in-project.node.ts";
import { isAge, isProtected, isProxy } from "../lint/rules/fairness/lexicon.ts";
import { type ReasonsPack, reasonsCsv, reasonsJson, reasonsPage } from "../report/documents/ecoa-pack.ts";
import { FAIRWATT_VERSION } from "../version.ts";
import { withTables } from "./audited-table.ts";
import { printable } from "./printable.ts";
import { explainedByModel } from "./reasons-model.ts";
import { type ReasonsArguments, type ReasonsRequest, reasonsRequest } from "./reasons-options.ts";
import { describeReasons } from "./reasons-text.ts";
import { print } from "./table.ts";

/** What an explanation is made of: contributions, and how they came to be. */
export interface Explanation {
  attributions: Attributions;
  method: string;
  /** What contributions are held against, in words. */
  reference: string;
  model?: string;
  /** See ReasonContext. */
  replaced?: readonly (readonly number[])[];
  warnings: readonly string[];
}

/**
 * 0: written, and no check found anything; 1: a person has to look first; 2: the table, the model or the call cannot be used.
 * Nothing leaves the machine; the ledger gets no applicant.
 */
export function reasons(file: string, options: ReasonsArguments): Promise<number> {
  return withTables(async () => {
    const folder = findProjectFolder(options.cwd);
    const project = loadProject(folder);
    for (const problem of project.problems)
      process.stderr.write(`fairwatt: ${printable(formatConfigProblem(problem))}\n`);
    const facts = project.config.report?.ecoa ?? {};
    const request = reasonsRequest(options, facts);
    const table = path.resolve(options.cwd, file);
    const explanation =
      options.model === undefined
        ? await explainedByTable(table, request, options.cwd)
        : await explainedByModel(table, request, options, folder);
    const { attributions } = explanation;
    const reference = options.model === undefined ? request.reference : "baseline";
    const all = principalReasons(attributions, { reference, most: request.most });
    const prohibited = facts["prohibited-features"] ?? [];
    const checks = checkReasons(attributions, all, {
      texts: facts.reasons ?? {},
      isProhibited: (name) => prohibited.includes(name) || isProtected(name) || isAge(name) || isProxy(name),
      most: request.most,
      ...(explanation.replaced && { replaced: explanation.replaced }),
    });
    const { sha256, bytes } = await hashFile(table);
    const pack: ReasonsPack = {
      file: pathInProject(folder, table),
      sha256,
      method: explanation.method,
      reference: explanation.reference,
      higherMeans: request.higherMeans,
      most: request.most,
      texts: facts.reasons ?? {},
      facts,
      checks,
      applicants:
        options.applicant === undefined ? all : all.filter((each) => each.applicant === options.applicant),
      warnings: explanation.warnings,
      fairwatt: FAIRWATT_VERSION,
    };
    if (pack.applicants.length === 0)
      throw new RangeError(
        options.applicant === undefined
          ? "no action of the table was adverse"
          : `no adverse action of the table is of ${JSON.stringify(options.applicant)}`,
      );
    const entry =
      options.ledger === false || options.applicant !== undefined
        ? undefined
        : await record(folder, project.config, { pack, bytes, explanation });
    await deliver(pack, request, options, entry);
    return checks.some(({ state }) => state === "found") ? 1 : 0;
  });
}

async function explainedByTable(file: string, request: ReasonsRequest, cwd: string): Promise<Explanation> {
  const attributions = attributionsOf(await readAll(file), request.roles);
  const { values } = request;
  if (values !== undefined) {
    const id = request.roles.id;
    if (id === undefined)
      throw new RangeError("--values needs --id, which names each applicant in both tables");
    attributions.values = valuesOf(await readAll(path.resolve(cwd, values)), id, attributions);
  }
  return {
    attributions,
    method: "contributions of the table",
    reference: {
      baseline: "what the method of the contributions took for 0",
      approved: "mean contribution of the approved applicants of the table",
      all: "mean contribution of all applicants of the table",
    }[request.reference],
    warnings: [],
  };
}

/** The system's own error as a TableError. */
async function readAll(file: string) {
  try {
    return await readTable(file, READ_ALL);
  } catch (problem) {
    const { code, name } = problem as NodeJS.ErrnoException;
    if (code !== undefined && name !== "TableError") throw new TableError(`${file} cannot be read (${code})`);
    throw problem;
  }
}

/** The entry's hash; undefined when no ledger could be written, which is said and changes nothing else. */
async function record(
  folder: string,
  config: ProjectConfig,
  { pack, bytes, explanation }: { pack: ReasonsPack; bytes: number; explanation: Explanation },
): Promise<string | undefined> {
  const author = await gitAuthor(folder);
  // A ledger is shared: what a person asked to see themselves does not go into it.
  const below = Math.max(suppressBelow(config), DEFAULT_SUPPRESS_BELOW);
  const { applicants, texts } = pack;
  const count = applicants.length;
  const covered = applicants.flatMap(({ coverage }) => coverage ?? []);
  const body: ReasonsBody = {
    file: pack.file,
    sha256: pack.sha256,
    bytes,
    rows: explanation.attributions.applicants.length,
    adverse: count,
    method: pack.method,
    reference: pack.reference,
    ...(explanation.model !== undefined && { model: explanation.model }),
    higherMeans: pack.higherMeans,
    most: pack.most,
    features: [...reasonCounts(applicants)].map(([feature, of]) => ({
      feature,
      ...(Object.hasOwn(texts, feature) && { text: texts[feature]! }),
      share: of < below || (of < count && count - of < below) ? null : rounded(of / count),
    })),
    coverage:
      covered.length < below
        ? null
        : {
            mean: rounded(covered.reduce((sum, value) => sum + value, 0) / covered.length),
            lowest: rounded(covered.reduce((low, value) => Math.min(low, value), 1)),
          },
    checks: pack.checks.map((each) => ({ ...each })),
    ...(author !== undefined && { author }),
    fairwatt: FAIRWATT_VERSION,
  };
  try {
    return await writeInProject(folder, { type: "reasons", time: new Date().toISOString(), body });
  } catch (problem) {
    process.stderr.write(
      `fairwatt: the reasons were not written into the ledger: ${printable((problem as Error).message)}\n`,
    );
    return undefined;
  }
}

const rounded = (share: number): number => Number(share.toPrecision(3));

async function deliver(
  pack: ReasonsPack,
  { format }: ReasonsRequest,
  { out, cwd }: ReasonsArguments,
  entry: string | undefined,
): Promise<void> {
  if (format === "text") return print(describeReasons(pack, entry));
  const text =
    format === "csv"
      ? reasonsCsv(pack)
      : format === "json"
        ? reasonsJson(pack, entry)
        : reasonsPage(pack, format);
  if (out === undefined) return print([text]);
  const file = path.resolve(cwd, out);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${text}\n`);
  await print([file]);
}
