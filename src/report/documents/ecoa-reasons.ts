/** How the reasons of adverse-action notices are made, for the creditor's file: Regulation B. Names no applicant. */

import type { ReasonsBody } from "../../ledger/entries/reasons.ts";
import type { Evidence, Recorded } from "../evidence.ts";
import { named } from "./audit-values.ts";
import type { Block } from "./blocks.ts";
import type { DocumentBody, Facts, ReportDocument } from "./document.ts";
import { checksTable, percent } from "./ecoa-pack.ts";
import { ECOA_NOTICE, REGULATION_B, REGULATORY_NOTE, retentionWords } from "./ecoa-terms.ts";
import { computed, fixed, given, recorded } from "./fields.ts";

export const ecoaReasons: ReportDocument = {
  id: "ecoa-reasons",
  title: "Reasons for adverse actions (Regulation B)",
  summary: "US credit: how the principal reasons of adverse-action notices are made and checked",
  form: 1,
  legalTextAsOf: REGULATION_B,
  build,
};

const CREDITOR = "the creditor";
const REASONS = "reasons: fairwatt reasons TABLE";

function build(evidence: Evidence, facts: Facts): DocumentBody {
  const ecoa = facts.report?.ecoa ?? {};
  const all = newest(evidence);
  const words = <T extends string>(of: (body: ReasonsBody) => T): string[] | null =>
    all.length === 0 ? null : [...new Set(all.map(({ body }) => of(body)))];
  return {
    blocks: [
      { text: REGULATORY_NOTE },
      { heading: "1. Notice", level: 2 },
      {
        fields: {
          caption: "What every notice says.",
          rows: [
            given("Creditor, name and address", ecoa.creditor, "1002.9(a)(2)", CREDITOR),
            given("Action taken", ecoa.action, "1002.9(a)(2)", CREDITOR),
            given("Agency, name and address", ecoa.agency, "1002.9(b)(1); Appendix A", CREDITOR),
            ecoa.notice === undefined
              ? fixed(
                  "Notice of the Equal Credit Opportunity Act",
                  `"${ECOA_NOTICE} ${ecoa.agency ?? "[the agency above]"}." To be held against the current text of 1002.9(b)(1) by counsel.`,
                  "1002.9(b)(1)",
                )
              : given("Notice of the Equal Credit Opportunity Act", ecoa.notice, "1002.9(b)(1)", CREDITOR),
            given("Wording as of", ecoa["notice-as-of"], "1002.9(b)(1)", CREDITOR),
            given("Route", ecoa.route, "1002.9(a)(2)(i), (ii)", CREDITOR),
            ...(ecoa.route === "reasons in the notice"
              ? []
              : [
                  given(
                    "Contact for reasons, and that they are given within 30 days if asked for within 60",
                    ecoa["reasons-contact"],
                    "1002.9(a)(2)(ii)",
                    CREDITOR,
                  ),
                ]),
            given("Sample form of Appendix C", ecoa.form, "Appendix C", CREDITOR),
            given("Changes to the form", ecoa["form-changes"], "Appendix C", CREDITOR),
            fixed(
              "Deadlines",
              "30 days after a complete application; 30 days after adverse action on an incomplete application or an existing account; 90 days after a counter-offer that was not accepted. fairwatt reasons --completed COLUMN computes the first for each application.",
              "1002.9(a)(1)",
            ),
            given(
              "Consumer report",
              ecoa["consumer-report"],
              "15 USC 1681m, to be confirmed by counsel",
              CREDITOR,
            ),
            given(
              "State law (from 2027-01-01 that of Colorado, SB 26-189, among others)",
              ecoa["state-law"],
              undefined,
              CREDITOR,
            ),
          ],
        },
      },
      { heading: "2. Method", level: 2 },
      {
        fields: {
          caption: "How the principal reasons are found.",
          rows: [
            given("Model and version", ecoa["model-version"], "1002.9(b)(2), comment 4", CREDITOR),
            computed(
              "What a higher score means",
              words(({ higherMeans }) => higherMeans),
              undefined,
              REASONS,
            ),
            recorded(
              "Contributions",
              words(({ method }) => method),
              "1002.9(b)(2), comments 4 to 7",
              REASONS,
            ),
            recorded(
              "Held against",
              words(({ reference }) => reference),
              "1002.9(b)(2), comment 5",
              REASONS,
            ),
            given("Why this method is sound", ecoa.method, "1002.9(b)(2), comment 5", CREDITOR),
            given("Reference population", ecoa["reference-population"], "1002.9(b)(2), comment 5", CREDITOR),
            computed(
              "Most reasons of one action",
              words(({ most }) => String(most)),
              "1002.9(b)(2), comment 1",
              REASONS,
            ),
            fixed(
              "Ranking",
              "For each adverse action the features are ordered by how far their contribution lies on the side of denial of the reference; those that lie on the other side are no reasons. No number of reasons is set; more than four are not likely to be helpful.",
              "1002.9(b)(2), comment 1",
            ),
            fixed(
              "What a reason is not",
              "Internal standards or policies, or a score that was not reached, are no specific reasons. How and why a factor speaks against an applicant need not be explained. A contribution is no reason by itself: the text has to describe the factor that was scored.",
              "1002.9(b)(2), comments 2 and 3",
            ),
            given("Texts approved by", ecoa["reasons-approved-by"], "1002.9(b)(2)", CREDITOR),
          ],
        },
      },
      ...resultBlocks(all),
      { heading: "4. Records", level: 2 },
      {
        fields: {
          caption: "How long they are kept.",
          rows: [
            fixed("Retention", retentionWords(ecoa["business-credit"]), "1002.12(b)"),
            fixed(
              "Reasons of each application",
              "They name applicants and are neither here nor in the ledger: fairwatt reasons TABLE --format csv, json, md or html --out FILE writes them for the creditor's files, from the table with the hash above.",
            ),
          ],
        },
      },
    ],
  };
}

/** Of each table the newest, by the table's name. */
function newest({ reasons }: Evidence): Recorded<ReasonsBody>[] {
  const byFile = new Map(reasons.map((each) => [each.body.file, each]));
  return [...byFile.keys()].sort().map((file) => byFile.get(file)!);
}

function resultBlocks(all: readonly Recorded<ReasonsBody>[]): Block[] {
  const heading: Block = { heading: "3. Reasons", level: 2 };
  if (all.length === 0)
    return [heading, { text: "No reasons are in the ledger yet: fairwatt reasons TABLE makes them." }];
  return [
    heading,
    ...all.flatMap(({ hash, time, body }): Block[] => [
      { heading: named(body.file), level: 3 },
      {
        text: `${body.adverse} adverse actions of ${body.rows} applications; SHA-256 of the table ${body.sha256}; made ${time.slice(0, 10)} (ledger entry ${hash.slice(0, 12)})${body.model === undefined ? "" : `, model ${named(body.model)}`}. ${coverageWords(body)}`,
      },
      {
        table: {
          caption: `Features that are a principal reason in ${named(body.file)}, and what the consumer reads.`,
          columns: [
            { title: "Feature" },
            { title: "Reason as the consumer reads it" },
            { title: "Part of the adverse actions", align: "right" },
          ],
          rows: body.features.map(({ feature, text, share }) => [
            named(feature),
            text ?? "[TO BE COMPLETED BY THE CREDITOR]",
            share === null ? "left out: few people" : percent(share),
          ]),
        },
      },
      { table: checksTable(body.checks) },
    ]),
  ];
}

const coverageWords = ({ coverage }: ReasonsBody): string =>
  coverage === null
    ? "Too few actions to say how much of what spoke for denial the reasons make up."
    : `The listed reasons make up ${percent(coverage.mean)} of what spoke for denial on average, ${percent(coverage.lowest)} at least.`;
