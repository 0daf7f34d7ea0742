/** A document as its parts, before it becomes HTML or Markdown. All texts are plain: what renders them escapes them. */

export interface BlockTable {
  caption: string;
  columns: readonly { title: string; align?: "right" }[];
  /** The first cell of a row is its heading. */
  rows: readonly (readonly string[])[];
}

export type Block =
  | { heading: string; level: 2 | 3 }
  | { text: string }
  | { list: readonly string[] }
  | { facts: readonly (readonly [term: string, value: string])[] }
  | { code: string }
  | { table: BlockTable };
