/** What Fairwatt knows of a library that it can start. */

import type { Convention } from "../conventions/library-value.ts";
import type { CellCounts } from "../metrics/cells.ts";
import type { BinaryTable } from "../table/scored-table.ts";
import type { LibraryName, LibraryView } from "./library-answer.ts";

/** A table counted once, as every library's own view needs it. */
export interface Counted {
  table: BinaryTable;
  counts: CellCounts;
  /** Value of the reference (privileged) group per sensitive column. */
  reference: Readonly<Record<string, string>>;
  /** Rows without a value of a column that is grouped by do not count at all: the library would not take them. */
  complete: boolean;
}

export interface Library {
  name: LibraryName;
  /** As its authors write it. */
  title: string;
  /** How the interfaces that its adapter asks define what they report. */
  conventions: Partial<Record<LibraryView, Convention>>;
  /**
   * Fairwatt's numbers under the names that the adapter uses, written as an adapter writes them; undefined where the view has
   * none for such a grouping.
   */
  native(
    counted: Counted,
    by: readonly string[],
    view: LibraryView,
  ): Record<string, number | string> | undefined;
}
