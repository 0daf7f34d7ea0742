/** Contributions from the model itself: SHAP in the user's Python. */

import * as path from "node:path";
import { runPython } from "../fairness/libraries/run-python.node.ts";
import { adverseOf, applicantsOf, READ_ALL } from "../fairness/reasons/attributions.ts";
import { type ShapRequest, shapAnswer } from "../fairness/reasons/shap-answer.ts";
import { MISSING, type RawTable } from "../fairness/table/column.ts";
import { readTable } from "../fairness/table/read-table.node.ts";
import { modelColumn, sentRows } from "../fairness/thresholds/model/model-columns.ts";
import { modelSpec } from "../fairness/thresholds/model/model-spec.ts";
import { commandWords } from "../report/run-words.ts";
import { pythonFor } from "./python-choice.ts";
import type { Explanation } from "./reasons.ts";
import { type ReasonsArguments, type ReasonsRequest, whole } from "./reasons-options.ts";

/** Rows of the reference population that stand for all of it. */
const BACKGROUND = 100;

/** Throws a RangeError where SHAP or the model cannot be used there: why, and the command that a person could run. */
export async function explainedByModel(
  file: string,
  { roles, reference, higherMeans }: ReasonsRequest,
  options: ReasonsArguments,
  folder: string,
): Promise<Explanation> {
  if (options.values !== undefined) throw new RangeError("with --model the table itself holds the values");
  if (reference === "baseline") throw new RangeError("with --model, --against is approved or all");
  const table = await readTable(file, READ_ALL);
  const applicants = applicantsOf(table, roles.id);
  const given = roles.features ?? featuresOf(table, options);
  const columns = given.map((name) => {
    const column = table.columns.get(name);
    if (!column) throw new RangeError(`${table.source} has no column "${name}"`);
    return modelColumn(column);
  });
  const interpreter = await pythonFor(options.python, options.cwd);
  const spec = modelSpec(options.model!);
  const decided = roles.decision ? adverseOf(table, roles, undefined) : null;
  const request: ShapRequest = {
    ...("file" in spec ? { file: path.resolve(options.cwd, spec.file) } : spec),
    folders: [folder, options.cwd],
    columns: sentRows(
      columns,
      Array.from({ length: table.rows }, (_, row) => row),
    ),
    positive: options.positive ?? "1",
    negative: null,
    adverse: decided && [...decided.keys()].filter((row) => decided[row]),
    threshold: roles.threshold ?? null,
    higher: higherMeans,
    reference,
    background: options.background === undefined ? BACKGROUND : whole("--background", options.background),
    seed: options.seed === undefined ? 1 : whole("--seed", options.seed),
  };
  const answer = await runPython({
    interpreter: interpreter.command,
    script: "shap_reasons.py",
    args: [],
    requests: [request],
    cwd: options.cwd,
  });
  const parsed = shapAnswer.safeParse(answer.values[0]);
  const where = `${interpreter.command.join(" ")}, from ${interpreter.source}`;
  if (!parsed.success) {
    const said = answer.startFailure ?? answer.complaint.trimEnd().split("\n").at(-1) ?? "";
    throw new RangeError(`Python gave no answer (${where}, exit code ${answer.exitCode ?? "none"}): ${said}`);
  }
  const { reason, results, warnings } = parsed.data;
  if (reason) {
    if (reason.code === "exception")
      throw new RangeError(`the reasons could not be computed (${where}): ${reason.message}`);
    const way = reason.install ? ` To install it there: ${commandWords(reason.install)}` : "";
    throw new RangeError(
      `SHAP cannot be used (${where}): ${reason.message}.${way} A table of contributions made elsewhere needs no SHAP: leave --model out.`,
    );
  }
  const found = results[0]!;
  const explainedRows = new Set(found.rows);
  const at = new Map(found.rows.map((row, index) => [row, index]));
  return {
    attributions: {
      applicants,
      features: found.features,
      contributions: found.features.map((_, feature) =>
        Float64Array.from(applicants, (_applicant, row) => {
          const index = at.get(row);
          return index === undefined ? Number.NaN : found.contributions[index]![feature]!;
        }),
      ),
      higherMeans,
      adverse: applicants.map((_, row) => explainedRows.has(row)),
      scores: Float64Array.from(found.scores),
      values: found.features.map((name) => columns.find(({ column }) => column.name === name)?.column),
      ...(roles.completed !== undefined && { completed: cells(table, roles.completed) }),
    },
    method: found.method,
    reference: `${found.background} of the ${reference === "approved" ? "approved applicants" : "applicants"} of the table, seed ${request.seed}`,
    model: found.model,
    replaced: found.replaced,
    warnings,
  };
}

function featuresOf(table: RawTable, { id, decision, score, completed }: ReasonsArguments): string[] {
  return table.names.filter((name) => ![id, decision, score, completed].includes(name));
}

function cells(table: RawTable, name: string): (string | null)[] {
  const column = table.columns.get(name);
  if (!column) throw new RangeError(`${table.source} has no column "${name}"`);
  if (column.kind === "number") return Array.from(column.values, String);
  return Array.from(column.codes, (code) => (code === MISSING ? null : column.levels[code]!));
}
