/** Wording that the rules of this family share. */

/** "sex, race and age"; at most `limit` names, then "and n more". */
export function listed(names: readonly string[], limit = 3): string {
  const unique = [...new Set(names)];
  const shown = unique.slice(0, limit);
  const rest = unique.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${rest} more`;
  return shown.length <= 1 ? (shown[0] ?? "") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
