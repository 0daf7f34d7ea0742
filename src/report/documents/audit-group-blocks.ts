/** Rates of an audit's groups as the ledger keeps them, with what was left out and why. Pure. */

import type { RecordedAudit } from "../evidence.ts";
import { comparisonBlocks } from "./audit-comparison-blocks.ts";
import { amount, count, LEFT_OUT, labelOf, named, rate } from "./audit-values.ts";
import type { Block } from "./blocks.ts";

type Groups = NonNullable<RecordedAudit["body"]["groups"]>;
export type GroupTable = Groups["tables"][number];
type Rate = GroupTable["groups"][number]["rates"][number];

/** What scores tell of a group, whatever the threshold: the other figures are rates. */
const SCORES: Readonly<Record<string, string>> = {
  roc_auc: "area under ROC",
  calibration_error: "calibration error (ECE)",
  label_minus_score: "label minus score",
};

export function groupBlocks({ body }: RecordedAudit): Block[] {
  const { file, groups, task } = body;
  if (!groups)
    return [
      {
        text: `Rates of each group of ${named(file)}: not kept by the version of Fairwatt that made this audit; the next audit keeps them.`,
      },
    ];
  // Errors are of any size, rates are not.
  const form = task === "regression" ? amount : rate;
  return [
    ...groups.tables.flatMap((table): Block[] => {
      const by = table.by.map(named).join(" x ");
      const of = `by ${by} in ${named(file)}`;
      const notes = missingWords(table, groups);
      return [
        ...(table.groups.length > 0
          ? [rateTable(table, of, form, ratios(table, body.favourable)), ...scoreTable(table, of)]
          : []),
        ...comparisonBlocks(table, of, body.settings),
        ...(notes.length > 0 ? [{ text: `By ${by} in ${named(file)}: ${notes.join("; ")}.` }] : []),
      ];
    }),
    { text: protectionWords(groups) },
  ];
}

function rateTable(
  { groups, method }: GroupTable,
  of: string,
  form: (value: number) => string,
  ratio: ((group: GroupTable["groups"][number]) => string) | undefined,
): Block {
  const isShown = ({ measure }: Rate) => SCORES[measure] === undefined;
  return {
    table: {
      caption: `Groups ${of}, with ranges (${method}). *: counted among too few rows to decide anything.`,
      columns: [
        { title: "Group" },
        { title: "Rows", align: "right" },
        ...(ratio ? [{ title: "Ratio to the highest", align: "right" as const }] : []),
        ...groups[0]!.rates.filter(isShown).map(({ measure }) => ({ title: labelOf(measure) })),
      ],
      rows: groups.map((each) => [
        named(each.group),
        count(each.rows),
        ...(ratio ? [ratio(each)] : []),
        ...each.rates.filter(isShown).map((rateOf) => rateWords(rateOf, form)),
      ]),
    },
  };
}

/** Of the rate of the outcome that is good for the person. Undefined where the highest may be among groups that are left out. */
function ratios({ groups, withheld, beyond }: GroupTable, favourable: string | undefined) {
  const good = ({ rates }: GroupTable["groups"][number]) => {
    const found = rates.find(({ measure }) => measure === "selection_rate");
    if (found?.value == null || found.small) return null;
    return favourable === "negative" ? 1 - found.value : found.value;
  };
  const highest = Math.max(0, ...groups.map((group) => good(group) ?? 0));
  if (withheld + beyond > 0 || highest === 0) return undefined;
  return (group: GroupTable["groups"][number]) => {
    const own = good(group);
    return own === null ? "not enough data to tell" : rate(own / highest);
  };
}

function scoreTable({ groups }: GroupTable, of: string): Block[] {
  const kept = groups[0]!.rates.filter(({ measure }) => SCORES[measure] !== undefined);
  if (kept.length === 0) return [];
  const spread = kept
    .map(({ measure }, at) => {
      const values = groups.map(
        ({ rates }) => rates.filter((each) => SCORES[each.measure] !== undefined)[at],
      );
      const told = values.flatMap((each) => (each?.value == null || each.small ? [] : [each.value]));
      return told.length < 2 ? "" : `${SCORES[measure]} ${rate(Math.max(...told) - Math.min(...told))}`;
    })
    .filter(Boolean);
  return [
    {
      table: {
        caption: `What the score tells of groups ${of}, whatever the threshold; the calibration error has no range.${spread.length > 0 ? ` Largest minus smallest of the groups shown and not marked: ${spread.join(", ")}.` : ""}`,
        columns: [{ title: "Group" }, ...kept.map(({ measure }) => ({ title: SCORES[measure]! }))],
        rows: groups.map(({ group, rates }) => [
          named(group),
          ...rates
            .filter(({ measure }) => SCORES[measure] !== undefined)
            .map((each) => rateWords(each, rate)),
        ]),
      },
    },
  ];
}

function rateWords({ value, low, high, small, leftOut }: Rate, form: (value: number) => string): string {
  if (leftOut) return LEFT_OUT;
  if (value === null) return "not estimable";
  const range = low === null || high === null ? "" : ` (${form(low)} to ${form(high)})`;
  return `${form(value)}${range}${small ? " *" : ""}`;
}

function missingWords({ withheld, beyond }: GroupTable, { below }: Groups): string[] {
  const groups = (number: number) => `${number} ${number === 1 ? "group" : "groups"}`;
  return [
    ...(withheld > 0
      ? [`${groups(withheld)} left out, as counts below ${below} could be told from them or without them`]
      : []),
    ...(beyond > 0
      ? [`${groups(beyond)} more than the ledger keeps of an audit; the audit's own report has them`]
      : []),
  ];
}

function protectionWords({ below, rounded }: Groups): string {
  if (below === 0) return "Every count is given, however small.";
  return `What tells of fewer than ${below} people in a group is left out${rounded ? `; counts are rounded to multiples of ${below}, rates to three digits` : ""}.`;
}
