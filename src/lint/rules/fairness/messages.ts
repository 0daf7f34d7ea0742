/** Wording that the rules of this family share. */

/** "sex, race and age"; at most `limit` names, then "and n more". */
export function listed(names: readonly string[], limit = 3): string {
  const unique = [...new Set(names)];
  const shown = unique.slice(0, limit);
  const rest = unique.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${rest} more`;
  return shown.length <= 1 ? (shown[0] ?? "") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** For the pages of rules that know columns from tables. */
export const WHERE_COLUMNS =
  "Columns are those that the file names, and those of the project's tables that it reads: the first line of a CSV or TSV file, the keys of the first object of JSON lines; and those that constants name which it imports from a module of the project.";

/** The same, of rules about features. */
export const WHERE_FEATURES = `${WHERE_COLUMNS} A column that only a table or such a constant names counts as a feature where the model learns from everything that is not dropped, and not where columns are chosen.`;
