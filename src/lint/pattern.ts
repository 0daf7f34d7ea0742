/** Long regular expressions and lists over several lines: each alternative can be read, and a line more is a line more. */

/** The lines of a template, without their breaks and the spaces beside them; backslashes stand for themselves. */
export function lines({ raw }: TemplateStringsArray): string {
  return raw
    .join("")
    .trim()
    .replace(/\s*\n\s*/g, "");
}

/** A regular expression that is written over several lines: `` pattern("i")`…` ``. */
export const pattern =
  (flags = "") =>
  (text: TemplateStringsArray): RegExp =>
    new RegExp(lines(text), flags);
