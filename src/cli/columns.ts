/** `fairwatt columns`: the columns of a table and what an audit would take them for. */

import * as path from "node:path";
import { summarizeColumns, valuesText } from "../fairness/guess/column-summary.ts";
import { guessRoles, type RoleGuess } from "../fairness/guess/guess-roles.ts";
import { readTable } from "../fairness/table/read-table.node.ts";
import { TableError } from "../fairness/table/table-error.ts";
import { isAge, isProtected, targetKind } from "../lint/rules/fairness/lexicon.ts";
import { wordsOf } from "../lint/rules/fairness/words.ts";
import { printable } from "./printable.ts";
import { dim, formatTable, print, printJson } from "./table.ts";

const UNUSABLE = 2;

/** Returns 0, or 2 when the file is no table that can be read. Looks at the first rows only. */
export async function columns(file: string, options: { json?: boolean; cwd: string }): Promise<number> {
  try {
    const plan = { columns: new Map(), others: "read" as const };
    const table = await readTable(path.resolve(options.cwd, file), plan, { onlyStart: true });
    const guess = guessRoles(table, {
      wordsOf,
      isProtected,
      isAge,
      isOutcome: (name) => targetKind(name) !== undefined,
    });
    const found = summarizeColumns(table);
    if (options.json) {
      await printJson({ source: table.source, rows: table.rows, columns: found, guess });
      return 0;
    }
    const roles = rolesByColumn(guess);
    await print([
      ...formatTable(
        [{ title: "column" }, { title: "values" }, { title: "taken for" }, { title: "because" }],
        found.map((column) => [column.name, valuesText(column), ...(roles.get(column.name) ?? ["", ""])]),
      ),
      dim(printable(`of the first ${table.rows.toLocaleString("en")} rows; ${outcomeWords(guess)}`)),
    ]);
    return 0;
  } catch (problem) {
    const { code, message } = problem as NodeJS.ErrnoException;
    if (!(problem instanceof TableError) && code === undefined) throw problem;
    const said = problem instanceof TableError ? message : `${file} cannot be read (${code})`;
    process.stderr.write(`fairwatt: ${printable(said)}\n`);
    return UNUSABLE;
  }
}

function outcomeWords({ task, positive, favourable }: RoleGuess): string {
  const words = `task: ${task.value}, ${task.why}`;
  return task.value === "binary"
    ? `${words}; positive: ${positive?.value ?? "not known"}; predicted ${favourable.value} is good for the person: ${favourable.why}`
    : words;
}

function rolesByColumn(guess: RoleGuess): Map<string, [role: string, why: string]> {
  const roles = new Map<string, [string, string]>();
  const single = ["label", "prediction", "score", "weight"] as const;
  for (const role of single) {
    const guessed = guess[role];
    if (guessed) roles.set(guessed.value, [role, guessed.why]);
  }
  for (const { value, why } of guess.sensitive) roles.set(value, ["sensitive", why]);
  for (const { column, why } of guess.left) roles.set(column, ["not taken", why]);
  return roles;
}
