/** `fairwatt audit --engine LIBRARY`: the library's own numbers beside Fairwatt's. */

import type { AnyAudit } from "../fairness/audit/audit-table.ts";
import {
  agreementText,
  type EngineReport,
  valuesToRead,
  valueTexts,
} from "../fairness/libraries/agreement.ts";
import { askLibrary } from "../fairness/libraries/ask-library.node.ts";
import type { ComparedValue } from "../fairness/libraries/compare.ts";
import { LIBRARIES } from "../fairness/libraries/index.ts";
import { LIBRARY_NAMES, type LibraryName, type LibraryReason } from "../fairness/libraries/library-answer.ts";
import type { ScoredTable } from "../fairness/table/scored-table.ts";
import { commandWords } from "../report/run-words.ts";
import { pythonFor } from "./python-choice.ts";
import { bold, dim, formatTable, yellow } from "./table.ts";

export interface EngineArguments {
  engine?: string;
  /** Which Python has the library. */
  python?: string;
  cwd: string;
}

/**
 * undefined without --engine. Throws a RangeError where the library cannot be used in that Python: why, and the command that
 * a person could run to install it there.
 */
export async function askEngine(
  table: ScoredTable,
  audit: AnyAudit,
  { engine, python, cwd }: EngineArguments,
): Promise<EngineReport | undefined> {
  if (engine === undefined) {
    if (python !== undefined) throw new RangeError("--python is for --engine");
    return undefined;
  }
  const library = LIBRARY_NAMES.find((name) => name === engine);
  if (!library)
    throw new RangeError(`there is no engine "${engine}"; the engines are ${LIBRARY_NAMES.join(", ")}`);
  if (table.task !== "binary") throw new RangeError("--engine is for binary audits");
  const interpreter = await pythonFor(python, cwd);
  const groupings = audit.groupings.map(({ attributes }) => attributes);
  const [comparison] = await askLibrary(
    library,
    [{ table, groupings, reference: referencesOf(table, audit) }],
    interpreter,
  );
  const { reason, adapter } = comparison!;
  if (reason) throw new RangeError(unavailable(library, adapter.executable, interpreter.source, reason));
  return { ...comparison!, interpreterFrom: interpreter.source };
}

/** The audit's own reference groups; the first value where that is the missing one, which no library knows. */
function referencesOf(table: ScoredTable, audit: AnyAudit): Record<string, string> {
  return Object.fromEntries(
    table.sensitive.map(({ name, levels }) => {
      const grouping = audit.groupings.find(
        ({ attributes }) => attributes.length === 1 && attributes[0] === name,
      );
      const reference = grouping && "reference" in grouping ? grouping.reference : undefined;
      return [name, reference !== undefined && levels.includes(reference) ? reference : (levels[0] ?? "")];
    }),
  );
}

export function unavailable(
  library: LibraryName,
  executable: string,
  source: string,
  { code, message, install }: LibraryReason,
): string {
  const where = `${executable}, from ${source}`;
  if (code === "exception")
    return `${LIBRARIES[library].title} stopped with an error (${where}): ${message.replace(/\s+/g, " ").trim()}`;
  const way = install
    ? ` To install it there: ${commandWords(install)}`
    : " Another Python is named with --python.";
  return `${LIBRARIES[library].title} cannot be used (${where}): ${message}.${way}`;
}

/** Rows of a table that a person reads; --json has all. */
const MAX_ROWS = 60;

export function describeEngine(report: EngineReport): string[] {
  const { title, adapter, interpreterFrom, milliseconds } = report;
  const lines = ["", bold(`${title} ${adapter.version}, its own numbers beside Fairwatt's`)];
  for (const { by, view, convention, values } of report.views) {
    lines.push("", bold(`by ${by.join(" x ")}${view === report.library ? "" : ` (${view})`}`));
    const { measures, apart, others } = valuesToRead(values, MAX_ROWS);
    lines.push(...describeValues(measures));
    if (others > 0)
      lines.push(
        dim(
          `${others} more (of single groups and metrics): ${apart.length === 0 ? "none differs" : `${apart.length} differ`}; --json has them all`,
        ),
      );
    lines.push(...describeValues(apart));
    lines.push(dim(`${convention.direction}; zero denominators: ${convention.zeroDenominators}`));
  }
  lines.push("", ...report.warnings.map((warning) => yellow(`note: ${warning}`)));
  lines.push(agreementText(report));
  const dependencies = Object.entries(adapter.dependencies).map(([name, version]) => `${name} ${version}`);
  lines.push(
    dim(
      `${title} ${adapter.version} in Python ${adapter.python} (${adapter.executable}, from ${interpreterFrom}; ${dependencies.join(", ")}), ${milliseconds} ms`,
    ),
  );
  return lines;
}

function describeValues(values: readonly ComparedValue[]): string[] {
  if (values.length === 0) return [];
  return formatTable(
    [
      { title: "measure" },
      { title: "library", align: "right" },
      { title: "Fairwatt", align: "right" },
      { title: "difference", align: "right" },
    ],
    values.map(valueTexts),
  );
}

/** For JSON: exact numbers would undo the small-cell rule, so that there are none where it left something out. */
export function engineJson(report: EngineReport, leftOut: boolean): unknown {
  if (!leftOut) return report;
  return {
    ...report,
    views: report.views.map(({ values: _, ...view }) => view),
    summary: agreementText(report),
    note: "the library's numbers are left out, as some groups are too small to be passed on; --suppress-below 0 includes them",
  };
}
