/** What a notebook's outputs show of its tables, so that an open notebook says the linter what its file says. */

import type * as vscode from "vscode";
import { shownColumns } from "../../lint/notebook/shown-columns.ts";

type Output = { readonly items: readonly Pick<vscode.NotebookCellOutputItem, "mime" | "data">[] };

/** Longer ones are no heads of tables. Bytes. */
const LONGEST = 200_000;
const OF_TABLES = /^text\/(?:html|plain)$|stdout$/;
/** Names by output: one is read once, however often its notebook is edited. */
const known = new WeakMap<Output, readonly string[]>();

/** Outputs as nbformat has them, with nothing but the head of a table of the columns that they show. */
export function shownOutputs(outputs: readonly Output[]): object[] {
  const names = outputs.flatMap((output) => {
    const columns = known.get(output) ?? columnsOf(output);
    known.set(output, columns);
    return columns;
  });
  if (names.length === 0) return [];
  const head = `<thead>${names.map((name) => `<th>${name}</th>`).join("")}</thead>`;
  return [{ output_type: "display_data", metadata: {}, data: { "text/html": head } }];
}

function columnsOf({ items }: Output): string[] {
  return items.flatMap(({ mime, data }) =>
    OF_TABLES.test(mime) && data.length <= LONGEST
      ? shownColumns(JSON.stringify(new TextDecoder().decode(data)))
      : [],
  );
}
