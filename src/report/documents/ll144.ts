/** The annex of a fairness audit that an independent auditor under NYC Local Law 144 works from. Pure. */

import { type Evidence, newestAudits, type RecordedAudit } from "../evidence.ts";
import { count, LEFT_OUT, named, rate } from "./audit-values.ts";
import type { Block, BlockTable } from "./blocks.ts";
import type { Facts } from "./document.ts";
import { computed, fixed, given } from "./fields.ts";

type Tables = NonNullable<RecordedAudit["body"]["ll144"]>;

const EMPLOYER = "the employer";
const AUDITOR = "an independent auditor";
const TABLES = "an audit by sex and race/ethnicity: fairwatt audit TABLE";

/** Nothing where neither the project file nor an audit speaks of it. */
export function ll144Blocks(evidence: Evidence, facts: Facts): Block[] {
  const stated = facts.report?.ll144;
  const audits = newestAudits(evidence).filter(({ body }) => body.ll144);
  if (!stated && audits.length === 0) return [];
  const ll144 = stated ?? {};
  return [
    { heading: "Annex. NYC Local Law 144: data pack for the independent auditor", level: 2 },
    {
      text: "Admin. Code 20-870 and following; 6 RCNY 5-300 and following. The audit is made by an independent auditor; this is the calculation that it can start from. The law sets no threshold for impact ratios, and none is applied here.",
    },
    {
      fields: {
        caption: "What the published summary says beside the tables.",
        rows: [
          given("Tool and version", ll144.tool, "5-303", EMPLOYER),
          given(
            "Date on which it was distributed or first used",
            ll144["distribution-date"],
            "5-303",
            EMPLOYER,
          ),
          given(
            "Date of the audit, at most a year before use",
            ll144["audit-date"],
            "5-301(a); 5-303",
            AUDITOR,
          ),
          ll144.auditor === undefined
            ? computed("Auditor", "NOT YET AUDITED", "5-300")
            : given("Auditor", ll144.auditor, "5-300", AUDITOR),
          given(
            "Independence: no part in using, developing or distributing, no employment, no financial interest",
            ll144.independence,
            "5-300",
            AUDITOR,
          ),
          given("Data", ll144["data-type"], "5-302", EMPLOYER),
          given("Source and explanation of the data", ll144["data-explanation"], "5-302; 5-303", EMPLOYER),
          ...(ll144["data-type"] === "historical"
            ? []
            : [given("Why test data", ll144["test-data-reason"], "5-302", EMPLOYER)]),
          computed(
            "Number of applicants",
            audits.map(({ body }) => `${named(body.file)}: ${count(body.ll144!.applicants)}`),
            "5-303",
            TABLES,
          ),
          given(
            "Categories of less than 2 % of the data: justification for leaving them out of the ratios",
            ll144["exclusion-justification"],
            "5-301(d)",
            AUDITOR,
          ),
          given(
            "Notice to candidates, at least 10 business days before use",
            ll144["candidate-notice"],
            "5-304",
            EMPLOYER,
          ),
          given(
            "Where the type, source and retention of the data are told",
            ll144["data-policy"],
            "5-304",
            EMPLOYER,
          ),
          fixed(
            "Publication",
            "The summary stays published for at least six months after the last use.",
            "5-303",
          ),
        ],
      },
    },
    ...audits.flatMap((audit) => tableBlocks(audit, ll144["exclusion-justification"] !== undefined)),
    ...(audits.length === 0
      ? [
          {
            text: "No audit in the ledger has the tables: [report.ll144] names the columns of sex and race/ethnicity, and fairwatt audit with both among its sensitive columns makes them.",
          },
        ]
      : []),
  ];
}

function tableBlocks({ body, hash, time }: RecordedAudit, isExcluded: boolean): Block[] {
  const tables = body.ll144!;
  return [
    { heading: `Tables of ${named(body.file)}`, level: 3 },
    {
      text: `${tables.measure === "score" ? `Scoring rate: part of a category that scores ${body.favourable === "negative" ? "below, where a low score is good for the person," : "above"} the median of all scores, which is ${tables.median}.` : "Selection rate: part of a category that was selected."} Impact ratio: rate divided by the highest rate of the table${isExcluded ? ", without categories of less than 2 % of the data" : ""}. SHA-256 of the table ${body.sha256}; audited ${time.slice(0, 10)} (ledger entry ${hash.slice(0, 12)}).`,
    },
    { text: protectionWords(tables) },
    ...tables.tables.flatMap((each): Block[] => [
      { table: rateTable(each, tables, isExcluded) },
      {
        text: `Applicants of unknown category, in no row of this table: ${each.unknown === null ? `fewer than ${tables.below}` : count(each.unknown)}.`,
      },
    ]),
  ];
}

function protectionWords({ below, rounded }: Tables): string {
  if (!rounded) return below === 0 ? "Every count is given, however small." : `No count is below ${below}.`;
  return `Counts below ${below} and what is counted among fewer people are left out; the other counts are rounded to multiples of ${below}, rates and ratios to three digits. Where all counts are to be published, suppress-below = 0 under [audit] gives them at the next audit.`;
}

const TITLES: Record<Tables["tables"][number]["by"], string> = {
  sex: "Sex",
  "race/ethnicity":
    "Race/ethnicity (categories of the EEO-1 report; all but the first are not Hispanic or Latino)",
  intersection: "Intersections of race/ethnicity and sex",
};

function rateTable(
  { by, rows }: Tables["tables"][number],
  { measure }: Tables,
  isExcluded: boolean,
): BlockTable {
  return {
    caption: `${TITLES[by]}.`,
    columns: [
      { title: "Category" },
      { title: "Applicants", align: "right" },
      { title: measure === "score" ? "On the better side of the median" : "Selected", align: "right" },
      { title: measure === "score" ? "Scoring rate" : "Selection rate", align: "right" },
      { title: "Impact ratio", align: "right" },
      { title: "Less than 2 % of the data" },
    ],
    rows: rows.map((row) => {
      const ratio = isExcluded ? row.ratioWithoutSmall : row.ratio;
      const left = row.applicants === null ? LEFT_OUT : "none";
      return [
        row.category,
        count(row.applicants),
        count(row.selected),
        row.rate === null ? left : rate(row.rate),
        ratio === null ? (row.small && isExcluded ? "excluded" : left) : rate(ratio),
        row.small ? "yes" : "no",
      ];
    }),
  };
}
