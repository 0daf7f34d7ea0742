/** The groups, measures and comparisons of a binary audit as parts of a document. */

import type { AuditConvention } from "../../config/audit-settings.ts";
import type { Audit, GroupReport, LibraryReport } from "../../fairness/audit/audit.ts";
import { type AuditSettings, bootstrapName } from "../../fairness/audit/settings.ts";
import type { Passed } from "../../fairness/audit/small-cells.ts";
import { NATIVE_CONVENTION } from "../../fairness/metrics/measures.ts";
import { RATE_DEFINITIONS, type RateName } from "../../fairness/metrics/rates.ts";
import { amount, count, estimate, LEFT_OUT, named, probability, rate } from "./audit-values.ts";
import type { Block } from "./blocks.ts";

type Grouping = Passed<Audit>["groupings"][number];

const SHOWN_RATES: readonly RateName[] = [
  "base_rate",
  "selection_rate",
  "true_positive_rate",
  "false_positive_rate",
  "precision",
  "accuracy",
];

/** Rows of a table that a document holds; JSON has all. */
export const MAX_ROWS = 200;

export function binaryBlocks(audit: Passed<Audit>, convention: AuditConvention, level: 2 | 3 = 2): Block[] {
  return audit.groupings.flatMap((grouping): Block[] => {
    const by = grouping.attributes.join(" x ");
    const native = convention === "native" || convention === "all";
    return [
      { heading: `By ${by}`, level },
      groupTable(grouping, audit.overall, by),
      ...(native ? [measureTable(grouping, by), ...fourFifths(grouping), ...scores(grouping)] : []),
      ...(native ? comparisons(grouping, audit.settings) : []),
      ...(convention === "native" ? [] : libraryBlocks(grouping.libraries, convention)),
    ];
  });
}

export function howBinary(settings: AuditSettings, weighted: boolean): string[] {
  const { level, replicates, seed, small, tolerance } = settings;
  const resampled =
    replicates === 0
      ? "none"
      : `${bootstrapName(settings)} bootstrap, ${replicates.toLocaleString("en")} replicates, seed ${seed}`;
  return [
    `Measures: ${NATIVE_CONVENTION}.`,
    `Ranges of ${100 * level} %: rates ${weighted ? resampled : "Wilson score"}; differences to the reference ${weighted ? resampled : "Newcombe"}; measures ${resampled}; areas Hanley-McNeil.`,
    `Small: fewer than ${small.minRows} rows, or than ${small.minDenominator} that a rate is counted among. Such groups decide nothing; they are marked with *.`,
    `Verdicts accept a difference of ${tolerance}; p-values after Holm over the comparisons of a grouping.`,
  ];
}

function groupTable({ groups, reference }: Grouping, overall: Passed<GroupReport>, by: string): Block {
  const row = (group: Passed<GroupReport>, name: string) => [
    name,
    count(group.rows),
    ...SHOWN_RATES.map((shown) => {
      const report = group.rates.find((each) => each.name === shown);
      return report ? `${estimate(report)}${report.small === undefined ? "" : " *"}` : LEFT_OUT;
    }),
  ];
  const rows = groups
    .slice(0, MAX_ROWS)
    .map((group) => row(group, `${named(group.name)}${group.name === reference ? " (reference)" : ""}`));
  const more = groups.length > rows.length ? ` The first ${rows.length} of ${groups.length} groups.` : "";
  return {
    table: {
      caption: `Rates by ${by}, with their ranges.${more}`,
      columns: [
        { title: "Group" },
        { title: "Rows", align: "right" },
        ...SHOWN_RATES.map((shown) => ({ title: RATE_DEFINITIONS[shown].label })),
      ],
      rows: [...rows, row(overall, overall.name)],
    },
  };
}

function measureTable({ measures }: Grouping, by: string): Block {
  return {
    table: {
      caption: `Measures between the groups by ${by}. By chance: how often shuffled groups have such a gap.`,
      columns: ["Measure", "Difference", "Ratio", "Highest / lowest", "By chance (p)"].map((title) => ({
        title,
      })),
      rows: measures.map(({ label, difference, ratio, extremes, permutation }) => [
        label,
        estimate(difference),
        difference.value === null ? "" : estimate(ratio),
        extremes.map(({ highest, lowest }) => `${named(highest)} / ${lowest}`).join("; "),
        probability(permutation?.p),
      ]),
    },
  };
}

function fourFifths({ fourFifths: rule }: Grouping): Block[] {
  if (!rule) return [];
  const rows = rule.groups
    .slice(0, MAX_ROWS)
    .map(({ group, ratio, interval, passes, small }) => [
      named(group),
      estimate({ value: ratio, interval }),
      passes === null
        ? ""
        : small !== undefined
          ? "not enough data to tell"
          : passes
            ? "reaches it"
            : "falls short",
    ]);
  return [
    {
      table: {
        caption: `Four-fifths rule: the rate of "${rule.outcome}" against that of ${rule.reference}, compared without rounding.`,
        columns: [{ title: "Group" }, { title: "Ratio" }, { title: "4/5" }],
        rows,
      },
    },
  ];
}

function scores({ scores: list }: Grouping): Block[] {
  if (list.length === 0) return [];
  return [
    {
      table: {
        caption: "What the score tells, whatever the threshold.",
        columns: [
          { title: "Group" },
          { title: "Area under ROC" },
          { title: "Calibration error (ECE)" },
          { title: "Label minus score" },
        ],
        rows: list
          .slice(0, MAX_ROWS)
          .map(({ group, auc, calibrationError, inTheLarge, small }) => [
            named(group),
            `${estimate(auc)}${small === undefined ? "" : " *"}`,
            calibrationError === null ? "not estimable" : rate(calibrationError),
            inTheLarge ? estimate(inTheLarge) : "scores are no probabilities",
          ]),
      },
    },
  ];
}

function comparisons({ groups, reference }: Grouping, { tolerance }: AuditSettings): Block[] {
  const rows = groups.flatMap((group) =>
    group.comparisons.map((each) => [
      named(group.name),
      RATE_DEFINITIONS[each.rate].label,
      estimate(each.difference),
      probability(each.adjusted),
      each.verdict,
      each.detectable === null ? "none" : rate(each.detectable),
    ]),
  );
  if (rows.length === 0) return [];
  const columns = ["Group", "Rate", `Minus ${reference}`, "p", `Limit ${tolerance}`, "Smallest gap seen"];
  return [
    {
      table: {
        caption: "Against the reference group. Smallest gap seen: smaller ones go unseen at this size.",
        columns: columns.map((title) => ({ title })),
        rows: rows.slice(0, MAX_ROWS),
      },
    },
  ];
}

function libraryBlocks(libraries: readonly Passed<LibraryReport>[], convention: AuditConvention): Block[] {
  const wanted = libraries.filter(
    ({ convention: { library } }) => convention === "all" || library.toLowerCase().startsWith(convention),
  );
  return wanted.flatMap(({ convention: about, values }): Block[] => [
    { heading: `As ${about.library}`, level: 3 },
    {
      list: [
        `Direction: ${about.direction}`,
        `Reference: ${about.reference}`,
        `Zero denominators: ${about.zeroDenominators}`,
        `Missing values: ${about.missingValues}; weights: ${about.weights}`,
        ...(about.caution ? [`Caution: ${about.caution}`] : []),
      ],
    },
    {
      table: {
        caption: `Measures as ${about.library} defines them.`,
        columns: [{ title: "Measure" }, { title: "Value", align: "right" }],
        rows: Object.entries(values).map(([name, value]) => [
          named(name),
          typeof value === "number" ? amount(value) : (value ?? LEFT_OUT),
        ]),
      },
    },
  ]);
}
