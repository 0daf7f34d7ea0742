/** `fairwatt challenge`: whether a new model may replace the present one, by the groups on the same rows. */

import { DEFAULT_SUPPRESS_BELOW, GAP_LIMITS } from "../config/audit-settings.ts";
import { GATE_SETTINGS, type Gate, gateOf } from "../fairness/causes/gate.ts";
import { pairedPredictions } from "../fairness/causes/pair-rows.ts";
import type { MeasureName } from "../fairness/metrics/measures.ts";
import { challengeBodyFrom } from "../ledger/comparison-body.ts";
import { digits, estimate, probability } from "./audit-numbers.ts";
import { type AuditArguments, computing, share } from "./audit-options.ts";
import { readAuditedTables, withTables } from "./audited-table.ts";
import { printable } from "./printable.ts";
import { entryLine, recordComparison, sidesOf } from "./record-comparison.ts";
import { bold, dim, formatTable, print, printJson, red, yellow } from "./table.ts";

export interface ChallengeArguments extends AuditArguments {
  /** Column that names each row in both tables. */
  key?: string;
  /** In a single table: column with the new model's prediction, or score where the table has scores. */
  candidate?: string;
  margin?: string;
}

/**
 * `before`, `after`: files or runs; without `after`, the column `candidate` of `before`. Returns 0 when every check passes,
 * 1 when one fails or cannot be decided, 2 when a table or the call is unusable.
 */
export function challenge(
  before: string,
  after: string | undefined,
  options: ChallengeArguments,
): Promise<number> {
  return withTables(async () => {
    const { candidate, key } = options;
    if ((after === undefined) === (candidate === undefined))
      throw new RangeError(
        "name the table of the new model, or the column with its predictions: fairwatt challenge scored.csv --candidate new",
      );
    const margin = options.margin === undefined ? GATE_SETTINGS.margin : share("--margin", options.margin);
    const { tables, below, folder } = await readAuditedTables([before, after ?? before], options, {
      ...(key !== undefined && { features: [key] }),
      change: (settings, at) => {
        if (at === 0 || candidate === undefined) return settings;
        return settings.prediction === undefined
          ? { ...settings, score: candidate }
          : { ...settings, prediction: candidate };
      },
    });
    const [one, two] = [tables[0]!, tables[1]!];
    const paired = pairedPredictions(one.table, two.table, key);
    const limits: Partial<Record<MeasureName, number>> = {};
    for (const { measure, max } of one.request.limits) {
      const name = GAP_LIMITS.find((each) => each === measure);
      if (name && max !== undefined) limits[name] = max;
      else process.stderr.write(`fairwatt: the limit ${measure} is no check of a challenge\n`);
    }
    const settings = { ...GATE_SETTINGS, ...computing(options), margin, limits };
    const gates = one.table.sensitive.map(({ name }) => gateOf(one.table, paired, name, settings));
    const passes = gates.every(({ verdict }) => verdict === "pass");
    const entry =
      options.ledger === false
        ? null
        : await recordComparison(folder, {
            type: "challenge",
            body: challengeBodyFrom(
              {
                gates,
                settings,
                ...(key !== undefined && { key }),
                // A ledger is shared: what a person asked to see themselves does not go into it.
                below: Math.max(below, DEFAULT_SUPPRESS_BELOW),
                passes,
              },
              await sidesOf(folder, one, two),
            ),
          });
    if (options.json) {
      const side = ({ file, sha256, run, request: { roles } }: typeof one) => ({
        file,
        sha256,
        run,
        prediction: roles.prediction ?? roles.score,
      });
      await printJson({
        schema: "fairwatt.challenge/1",
        before: side(one),
        after: side(two),
        rows: one.table.rows,
        settings: { ...settings, below },
        passes,
        attributes: gates.map(({ checks, ...rest }) => ({
          ...rest,
          checks: checks
            .filter(({ group }) => !group || group.rows >= below)
            .map(({ group, ...check }) => ({ ...check, ...(group && { group: group.name }) })),
        })),
        entry,
      });
    } else {
      const name = (side: typeof one) =>
        candidate === undefined
          ? side.file
          : `${side.file}, ${side.request.roles.prediction ?? side.request.roles.score}`;
      await print([...describe(gates, name(one), name(two), one.table.rows), ...entryLine(entry)]);
    }
    return passes ? 0 : 1;
  });
}

function describe(gates: readonly Gate[], before: string, after: string, rows: number): string[] {
  const accuracy = gates[0]?.accuracy;
  return [
    bold(printable(`${after} instead of ${before}: ${rows.toLocaleString("en")} rows`)),
    ...(accuracy
      ? [
          `accuracy ${digits(accuracy.before)} to ${digits(accuracy.after)}, ${accuracy.test.method}: ${probability(accuracy.test.p)}`,
        ]
      : []),
    ...gates.flatMap(({ attribute, checks, verdict }) => [
      "",
      `${bold(printable(`by ${attribute}`))}: ${coloured(verdict)}`,
      ...formatTable(
        ["check", "change", "result"].map((title) => ({ title })),
        checks.map(({ what, value, interval, verdict: each }) => [
          what,
          estimate({ value, interval }, true),
          each,
        ]),
      ),
    ]),
    "",
    dim(
      `a check passes when its whole range does: ${gates[0]?.checks.find(({ interval }) => interval)?.interval?.method ?? "no range"}`,
    ),
  ];
}

const coloured = (verdict: Gate["verdict"]): string =>
  verdict === "fail" ? red(verdict) : verdict === "pass" ? verdict : yellow(verdict);
