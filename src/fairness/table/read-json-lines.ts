/** JSON lines: one object per line, as `pandas.DataFrame.to_json(orient="records", lines=True)` writes them. */

import type { RawTable } from "./column.ts";
import type { CellValue } from "./column-builder.ts";
import { quote, type ReadOptions, type ReadPlan, TableBuilder } from "./read-plan.ts";
import { TableError } from "./table-error.ts";

const MAX_LINE = 16 * 1024 * 1024;

/**
 * Reads objects from `chunks` (any division of the text). The columns are the keys of the first object; a key that a later
 * object lacks is a missing value. Blank lines are skipped. Throws a TableError with the line for text that is not an object,
 * a nested value in a column that is read, or a later key that the plan asks for and the first object lacks.
 */
export async function readJsonLines(
  chunks: AsyncIterable<string> | Iterable<string>,
  plan: ReadPlan,
  options: ReadOptions,
): Promise<RawTable> {
  const rows = new JsonRows(plan, options.source);
  let pending = "";
  for await (const chunk of chunks) {
    options.signal?.throwIfAborted();
    const lines = (pending + chunk).split("\n");
    pending = lines.pop()!;
    for (const line of lines) rows.take(line);
    if (pending.length > MAX_LINE)
      throw new TableError(`${options.source}, line ${rows.line}: the line is longer than 16 MB`, {
        line: rows.line,
      });
    options.onProgress?.({ rows: rows.count });
  }
  if (pending !== "") rows.take(pending);
  return rows.finish();
}

class JsonRows {
  line = 1;
  private table: TableBuilder | undefined;
  private readonly lines: number[] = [];

  constructor(
    private readonly plan: ReadPlan,
    private readonly source: string,
  ) {}

  get count(): number {
    return this.table?.rows ?? 0;
  }

  take(text: string): void {
    const line = this.line++;
    const trimmed = (line === 1 && text.startsWith("\uFEFF") ? text.slice(1) : text).trim();
    if (trimmed === "") return;
    const value = this.parse(trimmed, line);
    this.table ??= new TableBuilder(
      Object.keys(value),
      this.plan,
      this.source,
      (row) => `line ${this.lines[row]}`,
    );
    this.lines.push(line);
    const names = this.table.names;
    this.table.addValues((at) => {
      const name = names[at]!;
      const cell = Object.hasOwn(value, name) ? value[name] : undefined;
      if (typeof cell === "object" && cell !== null)
        throw new TableError(
          `${this.source}, line ${line}: ${name} holds ${Array.isArray(cell) ? "a list" : "an object"}; a cell must be a text, a number, true, false or null`,
          { line, column: name },
        );
      return cell as CellValue;
    });
  }

  finish(): RawTable {
    if (!this.table) throw new TableError(`${this.source} is empty: it has no line with an object`);
    return this.table.build();
  }

  private parse(text: string, line: number): Record<string, unknown> {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new TableError(`${this.source}, line ${line}: ${quote(text)} is not JSON`, { line });
    }
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new TableError(
        `${this.source}, line ${line}: expected an object such as {"label": 1, "score": 0.7, "sex": "f"}`,
        { line },
      );
    return value as Record<string, unknown>;
  }
}
