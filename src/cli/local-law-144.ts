/** The tables of NYC Local Law 144, where the project file asks for them. */

import { suppressBelow } from "../config/audit-lookup.ts";
import type { ProjectConfig } from "../config/project.ts";
import { RACES, SEXES } from "../config/report-facts-by-law.ts";
import { type Ll144, type Ll144Request, ll144Of, unknownValues } from "../fairness/audit/ll144.ts";
import type { BinaryTable } from "../fairness/table/scored-table.ts";
import { printable } from "./printable.ts";

/** Undefined without [report.ll144], and where the table is not grouped by its columns; why not is said where one would wonder. */
export function localLaw144(table: BinaryTable, config: ProjectConfig): Ll144 | undefined {
  const { sex, "race-ethnicity": race, measure = "selection", categories = {} } = config.report?.ll144 ?? {};
  if (sex === undefined || race === undefined) return undefined;
  const grouped = [sex, race].filter((name) => table.sensitive.some((column) => column.name === name));
  if (grouped.length === 0) return undefined;
  if (grouped.length === 1)
    return without(`the table is not grouped by both ${sex} and ${race}; name both with --sensitive`);
  const request: Ll144Request = {
    ...{ sex, race, measure, categories },
    sexes: SEXES,
    races: RACES,
    // What the project has committed to; what one person asked to see themselves is not what goes into a ledger.
    below: suppressBelow(config),
  };
  const found = ll144Of(table, request);
  if (!found) return without("scores are measured, and the table has none; name them with --score");
  const values = unknownValues(table, request);
  if (values.length > 0)
    process.stderr.write(
      `fairwatt: of unknown category for NYC Local Law 144: ${printable(values.slice(0, 10).join(", "))}${values.length > 10 ? ` and ${values.length - 10} more` : ""}; [report.ll144.categories] says what a value means\n`,
    );
  if (table.weights)
    process.stderr.write("fairwatt: the tables of NYC Local Law 144 count applicants, not weights\n");
  return found;
}

function without(why: string): undefined {
  process.stderr.write(`fairwatt: no tables of NYC Local Law 144: ${printable(why)}\n`);
  return undefined;
}
