/** What is wrong with a table, said so that a person can mend it. */

export interface TablePlace {
  /** Line of the file, from 1. */
  line?: number;
  column?: string;
}

/** The table cannot be audited as it is. `message` names what, where and the way out; nothing was changed. */
export class TableError extends Error {
  override readonly name = "TableError";

  constructor(
    message: string,
    readonly place: TablePlace = {},
  ) {
    super(message);
  }
}
