/** Rates of an audit's groups as the ledger keeps them, with what was left out and why. Pure. */

import { RATE_DEFINITIONS, type RateName } from "../../fairness/metrics/rates.ts";
import type { RecordedAudit } from "../evidence.ts";
import { amount, count, LEFT_OUT, named, rate } from "./audit-values.ts";
import type { Block } from "./blocks.ts";

type Groups = NonNullable<RecordedAudit["body"]["groups"]>;
type Table = Groups["tables"][number];
type Rate = Table["groups"][number]["rates"][number];

export function groupBlocks({ body: { file, groups, task } }: RecordedAudit): Block[] {
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
      const notes = missingWords(table, groups);
      return [
        ...(table.groups.length > 0 ? [rateTable(table, `by ${by} in ${named(file)}`, form)] : []),
        ...(notes.length > 0 ? [{ text: `By ${by} in ${named(file)}: ${notes.join("; ")}.` }] : []),
      ];
    }),
    { text: protectionWords(groups) },
  ];
}

function rateTable({ groups, method }: Table, of: string, form: (value: number) => string): Block {
  const measures = groups[0]!.rates.map(({ measure }) => measure);
  return {
    table: {
      caption: `Groups ${of}, with ranges (${method}). *: counted among too few rows to decide anything.`,
      columns: [
        { title: "Group" },
        { title: "Rows", align: "right" },
        ...measures.map((measure) => ({ title: labelOf(measure) })),
      ],
      rows: groups.map(({ group, rows, rates }) => [
        named(group),
        count(rows),
        ...rates.map((each) => rateWords(each, form)),
      ]),
    },
  };
}

const labelOf = (measure: string): string =>
  RATE_DEFINITIONS[measure as RateName]?.label ?? measure.replaceAll("_", " ");

function rateWords({ value, low, high, small, leftOut }: Rate, form: (value: number) => string): string {
  if (leftOut) return LEFT_OUT;
  if (value === null) return "not estimable";
  const range = low === null || high === null ? "" : ` (${form(low)} to ${form(high)})`;
  return `${form(value)}${range}${small ? " *" : ""}`;
}

function missingWords({ withheld, beyond }: Table, { below }: Groups): string[] {
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
