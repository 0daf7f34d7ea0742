/** `fairwatt drift`: whether the gaps of a model changed between two tables of different rows. */

import type { Drift, MeasureDrift, RateDrift } from "../fairness/causes/drift.ts";
import { driftOf } from "../fairness/causes/drift.ts";
import { MEASURES } from "../fairness/metrics/measures.ts";
import { RATE_DEFINITIONS } from "../fairness/metrics/rates.ts";
import { driftBodyFrom } from "../ledger/comparison-body.ts";
import { digits, estimate, MAX_GROUPS, probability } from "./audit-numbers.ts";
import { type AuditArguments, computing, share } from "./audit-options.ts";
import { readAuditedTables, withTables } from "./audited-table.ts";
import { printable } from "./printable.ts";
import { entryLine, recordComparison, sidesOf } from "./record-comparison.ts";
import { bold, dim, formatTable, print, printJson, yellow } from "./table.ts";

export interface DriftArguments extends AuditArguments {
  /** A gap may grow by at most this. */
  margin?: string;
}

/** Changes of rates that are listed: beyond chance at this level, after Holm. */
const ALPHA = 0.05;

/**
 * `before`, `after`: files or runs. Returns 0 when they were compared; with a margin 1 when a gap is shown to have grown by
 * more (with `strict`: is not shown to have stayed within it); 2 when a table or the call is unusable.
 */
export function drift(before: string, after: string, options: DriftArguments): Promise<number> {
  return withTables(async () => {
    const margin = options.margin === undefined ? undefined : share("--margin", options.margin);
    const { replicates = 1000, seed = 1 } = computing(options);
    const { tables, below, folder } = await readAuditedTables([before, after], options, {});
    const [one, two] = [tables[0]!, tables[1]!];
    const drifts = one.table.sensitive.map(({ name }) =>
      driftOf(one.table, two.table, name, { replicates, seed }),
    );
    const results = drifts.flatMap(({ attribute, measures }) =>
      measures.map((each) => ({ attribute, ...each, verdict: verdictOf(each, margin) })),
    );
    const failed = results.some(
      ({ verdict }) =>
        verdict === "grew beyond the margin" || (options.strict && verdict === "not enough data to tell"),
    );
    const strict = options.strict ?? false;
    const entry =
      options.ledger === false
        ? null
        : await recordComparison(folder, {
            type: "drift",
            body: driftBodyFrom(
              {
                drifts,
                verdictOf: (attribute, measure) =>
                  results.find((each) => each.attribute === attribute && each.measure === measure)?.verdict,
                settings: { replicates, seed, ...(margin !== undefined && { margin }), strict },
                failed: margin !== undefined && failed,
              },
              await sidesOf(folder, one, two),
            ),
          });
    if (options.json) {
      const side = ({ file, sha256, run, table }: typeof one) => ({ file, sha256, rows: table.rows, run });
      await printJson({
        schema: "fairwatt.drift/1",
        before: side(one),
        after: side(two),
        settings: { replicates, seed, margin: margin ?? null, below },
        attributes: drifts.map((each) => passedOn(each, below, margin)),
        entry,
      });
    } else await print([...describe(drifts, one.file, two.file, margin), ...entryLine(entry)]);
    return margin !== undefined && failed ? 1 : 0;
  });
}

type DriftVerdict = "grew beyond the margin" | "within the margin" | "not enough data to tell";

function verdictOf({ interval }: MeasureDrift, margin: number | undefined): DriftVerdict | undefined {
  if (margin === undefined) return undefined;
  if (!interval) return "not enough data to tell";
  if (interval.low > margin) return "grew beyond the margin";
  return interval.high <= margin ? "within the margin" : "not enough data to tell";
}

/** Without rates counted among few people, and without the groups of few. */
function passedOn({ rates, measures, only, ...rest }: Drift, below: number, margin: number | undefined) {
  const enough = ({ rows }: { rows: number }) => rows === 0 || rows >= below;
  return {
    ...rest,
    measures: measures.map((each) => ({ ...each, verdict: verdictOf(each, margin) })),
    rates: rates
      .filter(({ rows }) => Math.min(rows.before, rows.after) >= below)
      .map(({ rows: _, small, ...rate }) => ({ ...rate, small: small !== undefined })),
    only: { before: only.before.filter(enough), after: only.after.filter(enough) },
  };
}

function describe(drifts: readonly Drift[], before: string, after: string, margin?: number): string[] {
  return [
    bold(printable(`from ${before} to ${after}`)),
    ...drifts.flatMap((each) => describeAttribute(each, margin)),
    "",
    dim(
      `change of a gap: after minus before, ${drifts[0]?.measures.find(({ interval }) => interval)?.interval?.method ?? "no range"}`,
    ),
    dim("change of a rate: Newcombe; p two-sided after Holm over all groups and rates of the attribute"),
  ];
}

function describeAttribute(
  { attribute, measures, rates, only }: Drift,
  margin: number | undefined,
): string[] {
  const changed = rates.filter(({ adjusted, small }) => adjusted < ALPHA && small === undefined);
  const gone = ({ before, after }: Drift["only"]) =>
    [
      before.length > 0 ? `only before: ${before.map(({ group }) => group).join(", ")}` : "",
      after.length > 0 ? `only after: ${after.map(({ group }) => group).join(", ")}` : "",
    ].filter(Boolean);
  const value = (gap: number | null) => (gap === null ? "not estimable" : digits(gap));
  return [
    "",
    bold(printable(`by ${attribute}`)),
    ...gone(only).map((line) => yellow(printable(line))),
    "",
    ...formatTable(
      ["gap", "before", "after", "change", ""].map((title) => ({ title })),
      measures.map((each) => [
        MEASURES[each.measure].label,
        value(each.before),
        value(each.after),
        each.before === null || each.after === null
          ? ""
          : estimate({ value: each.after - each.before, interval: each.interval }, true),
        verdictOf(each, margin) ?? "",
      ]),
    ),
    "",
    ...(changed.length === 0 ? ["no rate of a group changed beyond chance"] : describeRates(changed)),
  ];
}

function describeRates(changed: readonly RateDrift[]): string[] {
  return [
    ...formatTable(
      ["group", "rate", "before", "after", "change", "p (Holm)"].map((title) => ({ title })),
      changed
        .slice(0, MAX_GROUPS)
        .map(({ group, rate, before, after, interval, adjusted }) => [
          group,
          RATE_DEFINITIONS[rate].label,
          digits(before),
          digits(after),
          estimate({ value: after - before, interval }, true),
          probability(adjusted),
        ]),
    ),
    ...(changed.length > MAX_GROUPS
      ? [dim(`and ${changed.length - MAX_GROUPS} more; --json has them all`)]
      : []),
  ];
}
