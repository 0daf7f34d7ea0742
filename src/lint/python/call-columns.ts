/** Columns that a call names in its arguments. */

import { recordColumns } from "./frames.ts";
import type { Program } from "./program.ts";
import type { Call, Value } from "./python-facts.ts";

/** Keywords and methods whose strings are columns. */
const COLUMN_KEYWORDS: Readonly<Record<string, "read" | "drop" | "group" | "feature" | "label">> = {
  columns: "read",
  usecols: "read",
  names: "read",
  subset: "read",
  index: "read",
  by: "group",
  hue: "read",
  x: "read",
  on: "read",
  target: "label",
  label: "label",
  label_name: "label",
  target_column: "label",
  protected_attribute_names: "feature",
  sensitive_features: "feature",
};

const PLOTTING =
  /^(?:matplotlib|seaborn|plotly|bokeh)\.|\.(?:plot|hist|scatter|bar|barh|step|fill_between|axvline|axhline|errorbar|imshow|legend)$/;

export function recordCallColumns(program: Program, call: Call): void {
  const frame = call.receiver?.name;
  const record = (value: Value | undefined, how: "read" | "drop" | "group" | "feature" | "label") => {
    if (value !== undefined) recordColumns(program, value, how, frame);
  };
  if (call.method === "drop" || call.method === "pop" || call.method === "remove_columns") {
    record(call.args[0], "drop");
    record(call.keywords.get("columns") ?? call.keywords.get("labels"), "drop");
    return;
  }
  if (/^group_?[bB]y$/.test(call.method)) record(call.args[0], "group");
  if (call.method === "get" || call.method === "get_dummies") record(call.args[0], "read");
  for (const [name, value] of call.keywords) {
    const how =
      COLUMN_KEYWORDS[name] ?? (/(?:features|_cols|_columns|columns)$/.test(name) ? "feature" : undefined);
    // The label of a line in a figure is no column.
    if (how !== undefined && !(how === "label" && PLOTTING.test(call.callee))) record(value, how);
  }
  for (const arg of call.args) recordNested(program, arg, frame, 0);
}

/** Lists of names that are given to a transformer: ("num", StandardScaler(), ["age", "hours"]). */
function recordNested(program: Program, value: Value, frame: string | undefined, depth: number): void {
  if (depth > 3 || value.items === undefined || value.name !== undefined) return;
  const allStrings = value.items.length > 0 && value.items.every((item) => typeof item.literal === "string");
  if (allStrings) recordColumns(program, value, "feature", frame);
  else for (const item of value.items) recordNested(program, item, frame, depth + 1);
}
