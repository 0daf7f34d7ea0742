import { describe, expect, inject, it } from "vitest";
import { askLibrary } from "../../src/fairness/libraries/ask-library.node.ts";
import { type LibraryComparison, raises } from "../../src/fairness/libraries/compare.ts";
import { LIBRARY_NAMES, type LibraryName } from "../../src/fairness/libraries/library-answer.ts";
import { VECTORS, vectorTable } from "../unit/fairness/vectors.ts";

const interpreters = inject("interpreters");
const names = [...VECTORS.keys()];
const tables = await Promise.all(names.map((name) => vectorTable(name)));

/** All tables in one process per library; the libraries at the same time. */
const asked = new Map(LIBRARY_NAMES.map((library) => [library, ask(library)]));

function ask(library: LibraryName): Promise<LibraryComparison[]> {
  const questions = tables.map(({ spec, table }) => {
    const single = spec.sensitive.map((attribute) => [attribute]);
    const reference = spec.privileged;
    if (library !== "fairlearn") return { table, groupings: single, reference };
    // It takes half a minute for all of 20,000 rows. It alone knows intersections.
    if (table.rows > 2000) return { table, groupings: single.slice(0, 1), reference };
    const several = single.length > 1 && table.rows < 200;
    return { table, groupings: several ? [...single, spec.sensitive] : single, reference };
  });
  return askLibrary(library, questions, { command: [interpreters[library]], source: "test" });
}

describe.each(LIBRARY_NAMES)("%s, installed from PyPI", (library) => {
  it.each(names)(
    "reports of %s what Fairwatt computes, to 1e-9",
    async (name) => {
      const at = names.indexOf(name);
      const { reason, adapter, views } = (await asked.get(library)!)[at]!;
      expect(reason).toBeNull();
      expect(adapter.version).toMatch(/^\d+\.\d+/);
      const values = views.flatMap(({ by, view, values: each }) =>
        each.map((value) => ({ by: by.join("|"), view, ...value })),
      );
      expect(values.filter(({ agrees }) => agrees === false)).toEqual([]);
      const raised = values.filter((value) => raises(value.library));
      expect(
        values.filter(({ native }) => native === null).filter((value) => !raised.includes(value)),
      ).toEqual([]);
      // A group that weighs nothing: scikit-learn refuses weights that are all 0.
      const raisedByBoth = raised.filter(({ native }) => native !== null && raises(native));
      if (name !== "own_zero_weight_group") expect(raised).toEqual(raisedByBoth);
      // One group only: AIF360 has nothing to compare.
      if (library === "aif360" && tables[at]!.table.sensitive.every(({ levels }) => levels.length < 2))
        expect(values).toEqual([]);
      else expect(values.filter(({ agrees }) => agrees).length).toBeGreaterThan(30);
    },
    300_000,
  );
});
