/** `fairwatt tradeoff`: candidates for deployment side by side. */

import type { TradeoffConfig } from "../config/tradeoff-settings.ts";
import { findProjectFolder } from "../energy/run-folder.node.ts";
import { collectEvidence } from "../report/collect-evidence.node.ts";
import type { Matrix } from "../tradeoff/matrix/matrix.ts";
import { breakEvenWords, matrixTable } from "../tradeoff/matrix/matrix-words.ts";
import { tradeoffOf } from "../tradeoff/tradeoff.ts";
import { printable } from "./printable.ts";
import { projectSettings } from "./project-settings.ts";
import { bold, dim, formatTable, print, printJson, yellow } from "./table.ts";

/** Candidates that stand beside each other in a terminal. */
const BESIDE = 3;

/** 0: shown; 1: the ledger cannot be read. */
export async function tradeoff({ cwd, json }: { cwd: string; json?: boolean }): Promise<number> {
  const folder = findProjectFolder(cwd);
  const { config } = projectSettings(folder);
  let matrix: Matrix;
  try {
    matrix = tradeoffOf(await collectEvidence(folder), config);
  } catch (error) {
    process.stderr.write(`fairwatt: the ledger cannot be read: ${printable((error as Error).message)}\n`);
    return 1;
  }
  const unit = matrix.unit ?? "units";
  const words = matrix.breakEven.map((each) => breakEvenWords(each, unit));
  if (json) {
    await printJson({
      schema: "fairwatt.tradeoff/1",
      ...matrix,
      table: matrixTable(matrix),
      breakEven: matrix.breakEven.map((each, index) => ({ ...each, words: words[index] })),
      decision: config.tradeoff?.decision ?? null,
    });
  } else await print(describe(matrix, words, config.tradeoff?.decision));
  return 0;
}

function describe(
  matrix: Matrix,
  breakEven: readonly string[],
  decision: TradeoffConfig["decision"],
): string[] {
  const { rows, notices } = matrix;
  if (rows.length === 0)
    return [
      "There is nothing to compare yet: measure inference (fairwatt bench), audit predictions (fairwatt audit), or name candidates under [[tradeoff.candidates]] in the project file.",
    ];
  const table = matrixTable(matrix);
  const lines = [bold(`Trade-offs of ${rows.length} ${rows.length === 1 ? "candidate" : "candidates"}`)];
  for (let first = 0; first < table.candidates.length; first += BESIDE) {
    const part = <T>(all: readonly T[]) => all.slice(first, first + BESIDE);
    lines.push(
      "",
      ...formatTable(
        [{ title: "" }, ...part(table.candidates).map((title) => ({ title }))],
        table.rows.map(({ label, cells }) => [label, ...part(cells)]),
      ),
    );
  }
  const heading = (text: string) => ["", bold(text)];
  const sentences = rows.flatMap(({ candidate }) =>
    candidate.notices.map((notice) => `${candidate.name}: ${notice}`),
  );
  return [
    ...lines,
    ...(breakEven.length > 0 ? [...heading("Break-even"), ...breakEven.map(printable)] : []),
    ...heading("Decision"),
    ...decisionLines(decision).map(printable),
    ...(notices.length + sentences.length > 0 ? [""] : []),
    ...[...notices, ...sentences].map((notice) => yellow(printable(notice))),
    "",
    dim("fairwatt report --document tradeoff-matrix writes it down"),
  ];
}

function decisionLines(decision: TradeoffConfig["decision"]): string[] {
  const { chosen, reason, rejected = {}, by, on, review } = decision ?? {};
  if (chosen === undefined) return ["none yet: chosen, reason and by under [tradeoff.decision]"];
  return [
    `${chosen}${reason === undefined ? "" : `: ${reason}`}`,
    ...Object.entries(rejected).map(([name, why]) => `not ${name}: ${why}`),
    [
      by === undefined ? "nobody is named who decided" : `decided by ${by}`,
      on ?? "",
      review === undefined ? "" : `to be reviewed ${review}`,
    ]
      .filter(Boolean)
      .join(", "),
  ];
}
