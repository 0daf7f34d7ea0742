/** Names of the strings that the host sends (src/editor/facts/strings.ts); a missing or extra one is a type error there. */

export type StringKey =
  | "page.title"
  | "page.loading"
  | "page.gone"
  | "page.sentence"
  | "action.open"
  | "problems.title"
  | "documents.label"
  | "documents.all"
  | "documents.every"
  | "documents.needed"
  | "section.filled"
  | "field.none"
  | "field.yes"
  | "field.no"
  | "field.written";
