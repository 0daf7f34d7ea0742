/** Rates of an audit's groups as its entry keeps them: only what tells no small count, beside totals that the entry has. Pure. */

import type { AnyAudit } from "../fairness/audit/audit-table.ts";
import type { PassedOn } from "../fairness/audit/small-cells.ts";
import { withheldGroups } from "../fairness/audit/withheld-groups.ts";
import { type Draft, draftsOf, type Figure } from "./audit-group-drafts.ts";
import { threeDigits } from "./audit-told.ts";
import type { AuditBody } from "./entries/audit.ts";

export type GroupTables = NonNullable<AuditBody["groups"]>;
type Table = GroupTables["tables"][number];
type Row = Table["groups"][number];

/** Groups that an entry holds, over all ways of grouping; the audit's own report has all. */
export const MAX_GROUPS = 100;
/** Characters of a group's name. */
const MAX_NAME = 200;

/** `passed`: the audit as it may be passed on. */
export function groupTablesOf(
  audit: AnyAudit,
  { value, protection }: PassedOn<{ audit: AnyAudit }>,
): GroupTables {
  const { below, rounded } = protection;
  // Its numbers that were left out are null: where they are used, that is looked at.
  const drafts = draftsOf(audit, value.audit as AnyAudit, { below, rounded });
  let room = MAX_GROUPS;
  const tables = drafts.map((draft) => {
    const table = tableOf(draft, below, room);
    room -= table.groups.length;
    return table;
  });
  return { below, rounded, tables };
}

function tableOf({ by, told, groups, reference }: Draft, below: number, room: number): Table {
  const withheld = told.map((each) => withheldGroups(each, below, by.length > 1));
  // Combinations that nobody has are no groups.
  const isThere = (index: number) => told[0]![index]!.size > 0;
  const present = groups.map((group, index) => ({ group, index })).filter(({ index }) => isThere(index));
  // An intersection is told whole or not at all.
  if (by.length > 1 && withheld.some(({ size }) => size > 0))
    return { by, method: "no range", groups: [], withheld: present.length, beyond: 0 };
  const shown = present.filter(({ index }) => !withheld[0]!.has(index));
  const kept = shown.slice(0, room);
  const methods = new Set<string>();
  const tests = new Set<string>();
  const rows = kept.map(({ group, index }): Row => {
    const rates = group.figures.map((figure): Row["rates"][number] => {
      const { measure, tells, estimate } = figure;
      if (withheld[tells]!.has(index) || estimate.remark?.startsWith("left out"))
        return { measure, value: null, low: null, high: null, leftOut: true };
      if (estimate.interval) methods.add(estimate.interval.method);
      // What is held against a group that is left out would tell of it.
      const isCompared = reference >= 0 && !withheld[tells]!.has(reference);
      if (isCompared && figure.comparison) tests.add(figure.comparison.test);
      return rateOf(figure, isCompared);
    });
    return { group: shortened(group.name), rows: group.rows, rates };
  });
  return {
    by,
    method: [...methods].join("; ") || "no range",
    ...(tests.size > 0 && {
      reference: shortened(groups[reference]!.name),
      tests: [...tests].sort().join("; "),
    }),
    groups: rows,
    withheld: present.length - shown.length,
    beyond: shown.length - kept.length,
  };
}

function rateOf(
  { measure, estimate: { value, interval }, small, comparison }: Figure,
  isCompared: boolean,
): Row["rates"][number] {
  return {
    measure,
    value,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    ...(small && { small: true as const }),
    ...(isCompared &&
      comparison && {
        against: {
          p: comparison.adjusted === null ? null : threeDigits(comparison.adjusted),
          verdict: comparison.verdict,
          detectable: comparison.detectable === null ? null : threeDigits(comparison.detectable),
        },
      }),
  };
}

/** By whole characters, so that none is torn. */
const shortened = (name: string): string =>
  name.length > MAX_NAME
    ? `${Array.from(name)
        .slice(0, MAX_NAME - 1)
        .join("")}…`
    : name;
