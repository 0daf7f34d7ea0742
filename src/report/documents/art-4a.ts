/** Record of processing special categories of personal data for the detection of bias: Art. 4a of the AI Act. */

import { ART_4A_CONDITIONS } from "../../config/report-facts.ts";
import { type Evidence, newestAudits } from "../evidence.ts";
import { AI_ACT } from "./ai-act-terms.ts";
import type { DocumentBody, Facts, ReportDocument } from "./document.ts";
import { computed, fixed, given } from "./fields.ts";

export const art4a: ReportDocument = {
  id: "art-4a",
  title: "Record of processing special categories of personal data for bias detection (Art. 4a)",
  summary: "AI Act: the six conditions for using special categories of data in an audit",
  form: 1,
  legalTextAsOf: AI_ACT,
  build,
};

const QUESTIONS: Record<keyof typeof ART_4A_CONDITIONS, string> = {
  "other-data-insufficient":
    "Why the goal cannot be reached with other data, synthetic or anonymised data included",
  "re-use-limits": "Technical limits on re-use; security and privacy measures, pseudonymisation included",
  "access-controls": "How the data are secured; who may access them, with documentation and confidentiality",
  "no-transfer": "That the data are not transmitted, transferred or otherwise accessed by others",
  deletion: "When the data are deleted: once the bias is corrected or retention ends",
  necessity: "Where the records of processing say why it was necessary and why other data would not do",
};

function build(evidence: Evidence, facts: Facts): DocumentBody {
  const record = facts.report?.["art-4a"] ?? {};
  const attributes = [
    ...new Set(newestAudits(evidence).flatMap(({ body }) => body.columns.sensitive)),
  ].sort();
  const by = "the provider and its data protection officer";
  return {
    blocks: [
      {
        text: "Art. 4a(1) lets providers of high-risk systems exceptionally process special categories of personal data where that is strictly necessary to detect and correct bias, under six cumulative conditions; Art. 4a(2) extends it to others under the same conditions and obliges nobody. Articles 6 and 9 of Regulation (EU) 2016/679 apply as well. Sex, age and nationality are no special categories.",
      },
      { heading: "What was processed", level: 2 },
      {
        fields: {
          caption: "Categories.",
          rows: [
            given("Special categories that are processed", record["categories-processed"], "Art. 4a(1)", by),
            computed(
              "Columns that audits grouped by",
              attributes.join(", "),
              "Art. 4a(1)",
              "an audit: fairwatt audit TABLE",
            ),
            fixed(
              "What Fairwatt keeps of them",
              "Audits are computed on this machine and nothing is sent anywhere; the ledger holds differences and ratios between groups, no values of persons and no counts of groups, but for those that NYC Local Law 144 has published, where the project asks for them.",
              "Art. 4a(1)(d)",
            ),
          ],
        },
      },
      { heading: "The six conditions", level: 2 },
      {
        fields: {
          caption: "All six must hold.",
          rows: (Object.keys(ART_4A_CONDITIONS) as (keyof typeof ART_4A_CONDITIONS)[]).map((key) =>
            given(QUESTIONS[key], record[key], `Art. ${ART_4A_CONDITIONS[key]}`, by),
          ),
        },
      },
    ],
  };
}
