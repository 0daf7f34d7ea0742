/** `fairwatt mitigate`: makes a model's decisions more alike between groups, with a library, and says what that costs. */

import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { ulid } from "ulid";
import { auditTableOf } from "../config/audit-lookup.ts";
import { DEFAULT_SUPPRESS_BELOW } from "../config/audit-settings.ts";
import { loadProject } from "../config/load.node.ts";
import { findProjectFolder } from "../energy/run-folder.node.ts";
import { auditRequest } from "../fairness/audit/request.ts";
import type { Interpreter } from "../fairness/libraries/interpreter.node.ts";
import {
  type MitigationOutcome,
  type MitigationSettings,
  mitigationAnswer,
  mitigationRequest,
} from "../fairness/libraries/mitigation.ts";
import { effectOf } from "../fairness/libraries/mitigation-effect.ts";
import { passedMitigation } from "../fairness/libraries/passed-mitigation.ts";
import { runPython } from "../fairness/libraries/run-python.node.ts";
import type { Roles } from "../fairness/table/roles.ts";
import type { BinaryTable } from "../fairness/table/scored-table.ts";
import { pathInProject } from "../ledger/record-audit.node.ts";
import { unavailable } from "./audit-engine.ts";
import { computing, smallestCount, withArguments } from "./audit-options.ts";
import { withTables } from "./audited-table.ts";
import { mitigationEnergy } from "./mitigate-energy.ts";
import { type MitigateArguments, mitigationSettings } from "./mitigate-options.ts";
import { readMitigated } from "./mitigate-table.ts";
import { describeMitigation, type MitigationReport } from "./mitigate-text.ts";
import { pythonFor } from "./python-choice.ts";
import { print, printJson } from "./table.ts";

/** What a person should weigh before such a model decides over anyone. */
const CAUTIONS: Record<MitigationSettings["method"], string> = {
  reweighing: "the groups are needed for training only",
  "exponentiated-gradient":
    "it decides at random between its models; the groups are needed for training only",
  "threshold-optimizer":
    "it needs the group of each person when it decides, and decides at random between two thresholds: ask whether the law that applies allows both",
};

/**
 * The mitigation runs in the user's Python under `fairwatt run`, so that it is a run like any other. Returns 0 when it was
 * done, 2 where the table, the call or the library is unusable.
 */
export function mitigate(file: string, options: MitigateArguments): Promise<number> {
  return withTables(async () => {
    const settings = mitigationSettings(options);
    const { table, scores } = await readTable(file, settings, options);
    const interpreter = await pythonFor(options.python, options.cwd);
    const run = ulid();
    const { outcome, adapter } = await carryOut(table, scores, settings, interpreter, run, options.cwd);
    const { train, test, before, after, weights, ...rest } = outcome;
    const energy = await mitigationEnergy(run, options.cwd);
    const report: MitigationReport = {
      schema: "fairwatt.mitigation/1",
      source: table.source,
      sensitive: table.sensitive.map(({ name }) => name),
      settings,
      adapter,
      interpreterFrom: interpreter.source,
      outcome: rest,
      trainRows: train.length,
      testRows: test.length,
      effect: before && after ? effectOf(table, test, before, after, computing(options)) : null,
      energy: energy ?? null,
      trained:
        before !== undefined &&
        !scores &&
        !(settings.method === "threshold-optimizer" && settings.estimator !== undefined),
      notes: [...table.notes, ...notesOf(settings, outcome)],
    };
    if (options.out !== undefined) writeRows(path.resolve(options.cwd, options.out), table, outcome);
    if (options.json) await printJson(passedOn(report, table, smallestCount(options)));
    else await print(describeMitigation(report));
    return 0;
  });
}

/** JSON goes on to others; the terminal is the person's own. */
function passedOn(report: MitigationReport, table: BinaryTable, below = DEFAULT_SUPPRESS_BELOW) {
  const { outcome, leftOut } = passedMitigation(report.outcome, table, below);
  if (leftOut === 0 || (!outcome.thresholds && !outcome.factors)) return report;
  const note = `thresholds and weights of ${leftOut === 1 ? "a group" : `${leftOut} groups`} of fewer than ${below} rows are left out: they would tell of single persons`;
  return { ...report, outcome, notes: [...report.notes, note] };
}

async function readTable(
  file: string,
  { method }: MitigationSettings,
  options: MitigateArguments,
): Promise<{ table: BinaryTable; scores: boolean }> {
  const { config } = loadProject(findProjectFolder(options.cwd));
  const place = path.resolve(options.cwd, file);
  const kept = auditTableOf(config, pathInProject(findProjectFolder(options.cwd), place))?.settings ?? {};
  const { roles } = auditRequest(withArguments(kept, options));
  if (roles.task !== "binary") throw new RangeError("mitigation is for binary predictions");
  if (roles.weight !== undefined) throw new RangeError("mitigation does not use weights: leave --weight out");
  const scores =
    method === "threshold-optimizer" && roles.score !== undefined && options.estimator === undefined;
  const features = options.features
    ?.split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  const asked: Roles = { ...roles, ...(!scores && { features: features ?? ("all" as const) }) };
  const table = await readMitigated(place, asked);
  if (!scores && table.features.length === 0 && method !== "reweighing")
    throw new RangeError(
      `${method} trains a model on the other columns, and there are none${method === "threshold-optimizer" ? "; or name the scores of a model: --score COLUMN --threshold NUMBER" : ""}`,
    );
  return { table, scores };
}

async function carryOut(
  table: BinaryTable,
  scores: boolean,
  settings: MitigationSettings,
  interpreter: Interpreter,
  run: string,
  cwd: string,
) {
  const entry = path.join(path.dirname(fileURLToPath(import.meta.url)), "fairwatt.cjs");
  const answer = await runPython({
    under: [
      process.execPath,
      entry,
      "run",
      "--name",
      `mitigate ${settings.method}`,
      "--interval",
      "200ms",
      "--",
    ],
    interpreter: interpreter.command,
    script: "mitigation.py",
    args: [settings.method],
    requests: [mitigationRequest(table, settings, scores)],
    env: { FAIRWATT_NEW_RUN_ID: run },
    cwd,
    passErrors: true,
  });
  const parsed = mitigationAnswer.safeParse(answer.values[0]);
  if (!parsed.success)
    throw new RangeError(
      `the Python from ${interpreter.source} gave no answer (exit code ${answer.exitCode ?? "none"}); what it said is above`,
    );
  const { adapter, reason, results } = parsed.data;
  if (reason) {
    const library = settings.method === "reweighing" ? "aif360" : "fairlearn";
    throw new RangeError(unavailable(library, adapter.executable, interpreter.source, reason));
  }
  return { outcome: results[0]!, adapter };
}

function notesOf({ method, testShare, save }: MitigationSettings, outcome: MitigationOutcome): string[] {
  const notes = [CAUTIONS[method]];
  if (testShare === 0)
    notes.push("before and after are compared on the rows that were fitted: both look too good");
  if (!outcome.after) notes.push("no other columns to train on: only the weights were computed");
  if (save !== undefined) notes.push(`the mitigated model is in ${save}`);
  return notes;
}

/** One line per row, in the table's order; no sensitive value is in it. */
function writeRows(file: string, { rows }: BinaryTable, outcome: MitigationOutcome): void {
  const { train, test, before, after, weights } = outcome;
  const columns = Array.from({ length: rows }, () => ["", "", ""]);
  for (const [at, row] of train.entries()) columns[row]![0] = String(weights?.[at] ?? "");
  for (const [at, row] of test.entries()) {
    columns[row]![1] = String(before?.[at] ?? "");
    columns[row]![2] = String(after?.[at] ?? "");
  }
  const lines = columns.map((values, row) => [row + 1, ...values].join(","));
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `row,weight,before,after\n${lines.join("\n")}\n`);
}
