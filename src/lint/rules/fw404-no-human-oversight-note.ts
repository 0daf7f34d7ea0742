/** FW404: a service answers with decisions about persons, and nothing says how a human can review one. */

import type { Finding } from "../finding.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { decisionEndpoint } from "./documentation/decision-endpoint.ts";
import { decisionService } from "./documentation/decision-service-example.ts";
import { documentSaying, evidenceAround } from "./documentation/project-documents.ts";
import { listed } from "./fairness/messages.ts";

/** Words of a program that leaves cases to a human, or lets a decision be changed. */
const REVIEW =
  /(?:manual|human|second)[_ -]?review|needs?_review|review_(?:queue|required|status|needed)|refer(?:red)?_to|escalat|overrid|\bappeal|human[_ -]in[_ -]the[_ -]loop|reviewer|oversight/i;

function check({ facts, ...context }: RuleContext): Finding[] {
  const evidence = evidenceAround(facts.file, context.evidence);
  if (facts.kind !== "python" || evidence === undefined) return [];
  const endpoint = decisionEndpoint(facts);
  if (endpoint === undefined || REVIEW.test(facts.text)) return [];
  if (documentSaying(evidence, "human oversight") !== undefined) return [];
  return [
    findingOf(noHumanOversightNote, {
      range: endpoint.call.calleeRange,
      message:
        "This endpoint decides about persons, and no document of the project says how a human can review a decision.",
      why: [
        `It works on ${listed(endpoint.fields, 6)}.`,
        "Neither the file nor a document around it speaks of review, appeal or override.",
      ],
      silencedBy: noHumanOversightNote.docs.silencedBy,
    }),
  ];
}

export const noHumanOversightNote: Rule = {
  code: "FW404",
  name: "no-human-oversight-note",
  default: false,
  severity: "hint",
  fix: "none",
  appliesTo: ["python"],
  docs: {
    what: "A web service predicts about persons in a request handler, and neither its code nor a document around it mentions review, appeal or override by a human.",
    why: "A person who is refused by a program can ask for a human to look at it; somebody has to know that this exists and how it works.",
    silencedBy: [
      "A section on human oversight, review or appeals in the model card, a README or another document around the file.",
      "Code that leaves cases to a human (manual_review, refer_to, override, ...).",
      "A file that is linted alone: the project's documents are not known.",
    ],
    references: [
      "Regulation (EU) 2024/1689 (AI Act), Article 14: human oversight of high-risk systems",
      "Regulation (EU) 2016/679 (GDPR), Article 22(3): human intervention in automated decisions",
    ],
  },
  examples: {
    bad: [
      {
        file: "app.py",
        text: decisionService("    gender: str\n    income: float"),
        findings: ["model.predict"],
        evidence: {},
      },
    ],
    good: [
      {
        file: "queue.py",
        text: decisionService(
          "    gender: str",
          "    if not approved:\n        needs_review.append(applicant)\n",
        ),
        findings: [],
        evidence: {},
      },
      {
        file: "app.py",
        text: decisionService("    gender: str"),
        findings: [],
        evidence: {
          documentation: [{ file: "README.md", kind: "other", says: ["human oversight"], empty: [] }],
        },
      },
      {
        file: "houses.py",
        text: decisionService("    rooms: int").replaceAll("approved", "price"),
        findings: [],
        evidence: {},
      },
      { file: "alone.py", text: decisionService("    gender: str"), findings: [] },
    ],
  },
  check,
};
