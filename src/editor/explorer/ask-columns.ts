/** Which columns of a table hold the outcome, the score and the groups: guessed by the command line, chosen by the person. */

import * as path from "node:path";
import * as vscode from "vscode";
import * as z from "zod/mini";
import type { ExploredRoles } from "../../../webview/explorer/protocol.ts";
import { runTool } from "../tools/command-line.ts";

const guessed = z.optional(z.object({ value: z.string() }));

/** What `fairwatt columns --json` says, as far as it is asked here. */
const columnsOutput = z.object({
  columns: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(["number", "text"]),
      distinct: z.number(),
      values: z.array(z.string()),
    }),
  ),
  guess: z.object({
    label: guessed,
    score: guessed,
    prediction: guessed,
    positive: guessed,
    weight: guessed,
    sensitive: z.array(z.object({ value: z.string() })),
  }),
});

/** Undefined when the person left. Throws an Error with what is wrong where the file is no table. */
export async function askColumns(
  cli: string,
  file: string,
  known: Partial<ExploredRoles>,
): Promise<ExploredRoles | undefined> {
  const { code, stdout, stderr } = await runTool(cli, ["columns", file, "--json"], path.dirname(file));
  if (code !== 0) throw new Error(stderr.replace(/^fairwatt: /, "").trim());
  const { columns, guess } = columnsOutput.parse(JSON.parse(stdout));
  const title = vscode.l10n.t("Thresholds of {0}", path.basename(file));
  const names = columns.map(({ name }) => name);
  const one = async (placeHolder: string, among: readonly string[], first: string | undefined) => {
    const ordered = [...among].sort((a, b) => Number(b === first) - Number(a === first));
    const items = ordered.map((label) => ({
      label,
      ...(label === first && { description: vscode.l10n.t("suggested") }),
    }));
    return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.label;
  };

  const numbers = columns.filter(({ kind, distinct }) => kind === "number" && distinct > 2);
  const score = await one(
    vscode.l10n.t("The column with the score that rises with the positive class"),
    numbers.map(({ name }) => name),
    known.score ?? guess.score?.value,
  );
  if (score === undefined) return undefined;
  const label = await one(
    vscode.l10n.t("The column with what really happened"),
    names.filter((name) => name !== score),
    known.label ?? guess.label?.value,
  );
  if (label === undefined) return undefined;
  const values = columns.find(({ name }) => name === label)!.values;
  const positive = await one(
    vscode.l10n.t("The class that counts as positive"),
    values,
    label === known.label ? known.positive : label === guess.label?.value ? guess.positive?.value : undefined,
  );
  if (positive === undefined) return undefined;
  const suggested = known.sensitive ?? guess.sensitive.map(({ value }) => value);
  const sensitive = await vscode.window.showQuickPick(
    names
      .filter((name) => name !== score && name !== label)
      .map((name) => ({ label: name, picked: suggested.includes(name) })),
    { title, placeHolder: vscode.l10n.t("The columns to compare groups by"), canPickMany: true },
  );
  if (!sensitive || sensitive.length === 0) return undefined;
  const weight = known.weight ?? guess.weight?.value;
  const groups = sensitive.map((item) => item.label);
  const prediction = known.prediction ?? guess.prediction?.value;
  const isFree = (name: string | undefined) =>
    name !== undefined && ![score, label, ...groups].includes(name);
  return {
    label,
    score,
    positive,
    sensitive: groups,
    ...(isFree(weight) && { weight }),
    ...(isFree(prediction) && { prediction }),
    ...(known.incomplete && { incomplete: known.incomplete }),
  };
}
