/** The audit of a binary table: every grouping, every measure, with ranges and what they allow one to say. Pure. */

import { benefitsOf, coefficientOfVariation, generalizedEntropy } from "../conventions/entropy.ts";
import { buildCells, type Cells, countOutcomes } from "../metrics/cells.ts";
import { groupCounts } from "../metrics/groups.ts";
import { scaleOf } from "../metrics/score-scale.ts";
import { bootstrap } from "../statistics/bootstrap.ts";
import { createRandom } from "../statistics/random.ts";
import { createResampler } from "../statistics/resample.ts";
import type { BinaryTable } from "../table/scored-table.ts";
import { AUDIT_SCHEMA, type Audit } from "./audit.ts";
import { draftGrouping, type GroupingDraft } from "./audit-grouping.ts";
import { groupReport } from "./rate-reports.ts";
import { AUDIT_SETTINGS, type AuditSettings, groupedAttributes, MAX_JACKKNIFED } from "./settings.ts";
import { checkReferences, notesOn } from "./table-notes.ts";

/**
 * Throws a TableError for a reference group that is not in the table; an AbortError when `signal` aborts. The same table,
 * settings and seed give the same audit.
 */
export function auditBinary(
  table: BinaryTable,
  partial: Partial<AuditSettings> = {},
  signal?: AbortSignal,
): Audit {
  const settings = { ...AUDIT_SETTINGS, ...partial };
  checkReferences(table, settings);
  const cells = buildCells(table.sensitive, table.rows);
  const counts = countOutcomes(table, cells);
  const attributes = groupedAttributes(table.sensitive, settings);
  const scale = table.score && scaleOf(table.score);
  const drafts = attributes.map((names) => draftGrouping(table, counts, names, settings, scale));
  // One set of resampled tables serves all groupings.
  const resampled = settings.replicates === 0 ? undefined : resample(table, cells, drafts, settings, signal);
  let at = 0;
  const reports = drafts.map((draft) => {
    const start = at;
    at += draft.size;
    return draft.report(resampled?.slice(start, at));
  });
  const overall = groupCounts(counts, []).overall;
  const benefits = benefitsOf(overall.rows);
  const estimable = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    schema: AUDIT_SCHEMA,
    task: "binary",
    source: table.source,
    rows: table.rows,
    weighted: table.weights !== undefined,
    positive: table.positive,
    negative: table.negative ?? null,
    favourable: table.favourable,
    threshold: table.threshold ?? null,
    settings,
    overall: groupReport(overall, settings),
    groupings: reports,
    entropy: {
      theil: estimable(generalizedEntropy(benefits, 1)),
      coefficientOfVariation: estimable(coefficientOfVariation(benefits)),
      convention:
        "benefit 1 + prediction - label per row, unweighted (Speicher et al. 2018, arXiv 1807.00787)",
    },
    notes: notesOn(table),
  };
}

function resample(
  table: BinaryTable,
  cells: Cells,
  drafts: readonly GroupingDraft[],
  settings: AuditSettings,
  signal: AbortSignal | undefined,
) {
  const resampler = createResampler(table, cells, createRandom(settings.seed), "cells", (cell) =>
    drafts.some(({ reads }) => reads(cell)),
  );
  const values = new Float64Array(drafts.reduce((sum, { size }) => sum + size, 0));
  const statistics = (counts: Float64Array) => {
    let at = 0;
    for (const { statistics: part, size } of drafts) {
      values.set(part(counts), at);
      at += size;
    }
    return values;
  };
  return bootstrap(resampler, statistics, {
    replicates: settings.replicates,
    level: settings.level,
    method: cells.size > MAX_JACKKNIFED ? "percentile" : settings.bootstrap,
    note: `stratified by ${cells.attributes.join(" x ")}, seed ${settings.seed}`,
    ...(signal && { signal }),
  });
}
