/** A library's numbers beside Fairwatt's, each pair with its difference. */

import type { Convention } from "../conventions/library-value.ts";
import { buildCells, countOutcomes } from "../metrics/cells.ts";
import type { BinaryTable } from "../table/scored-table.ts";
import { LIBRARIES } from "./index.ts";
import type {
  LibraryAdapter,
  LibraryAnswer,
  LibraryName,
  LibraryReason,
  LibraryView,
} from "./library-answer.ts";

/** Numbers that agree to this, relative to their size where that is above 1, are the same. */
export const AGREEMENT = 1e-9;

export interface ComparedValue {
  /** The library's own name, with the group or method in brackets. */
  name: string;
  /** NaN and infinities as text; "SomeError: ..." where the library raises. */
  library: number | string;
  /** The same as Fairwatt computes it; null where it has none. */
  native: number | string | null;
  /** library - native, where both are numbers. */
  difference: number | null;
  /** null where there is nothing to compare: the library raises, or Fairwatt has no such number. */
  agrees: boolean | null;
}

export interface LibraryComparison {
  library: LibraryName;
  title: string;
  adapter: LibraryAdapter;
  /** How long the library took to load and to compute, ms. */
  milliseconds: number;
  status: LibraryAnswer["status"];
  reason: LibraryReason | null;
  views: { by: string[]; view: LibraryView; convention: Convention; values: ComparedValue[] }[];
  /** What the adapter left out or cast, and what the versions differ in. */
  warnings: string[];
}

export function compareWithLibrary(
  library: LibraryName,
  answer: LibraryAnswer,
  table: BinaryTable,
  reference: Readonly<Record<string, string>>,
): LibraryComparison {
  const { title, native, conventions } = LIBRARIES[library];
  const counts = countOutcomes(table, buildCells(table.sensitive, table.rows));
  return {
    library,
    title,
    adapter: answer.adapter,
    milliseconds: answer.timing_ms,
    status: answer.status,
    reason: answer.reason,
    views: answer.results.flatMap(({ by, view, left_out, values }) => {
      const convention = conventions[view];
      if (!convention) return [];
      const own = native({ table, counts, reference, complete: left_out > 0 }, by, view) ?? {};
      return [
        {
          by,
          view,
          convention,
          values: Object.entries(values).map(([name, value]) => compare(name, value, own)),
        },
      ];
    }),
    warnings: answer.warnings,
  };
}

function compare(
  name: string,
  library: number | string,
  own: Readonly<Record<string, number | string>>,
): ComparedValue {
  const native = own[name] ?? null;
  if (typeof library === "number" && typeof native === "number") {
    const difference = library - native;
    return { name, library, native, difference, agrees: isSame(name, library, native) };
  }
  const comparable = native !== null && !raises(library);
  return { name, library, native, difference: null, agrees: comparable ? library === native : null };
}

/** Whether a library's value is the exception that it raises. */
export const raises = (value: number | string): boolean =>
  typeof value === "string" && /^\w+(?:Error|Exception|Warning)?: /.test(value);

function isSame(name: string, a: number, b: number): boolean {
  // A root of rounding errors (2e-8 where the index under it is 4e-16 and should be 0) is compared by its square.
  if (name.includes("coefficient_of_variation") && Math.abs(a) < 1e-6)
    return Math.abs(a ** 2 - b ** 2) <= 1e-12;
  return Math.abs(a - b) <= AGREEMENT * Math.max(1, Math.abs(b));
}
