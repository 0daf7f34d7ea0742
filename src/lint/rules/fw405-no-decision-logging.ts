/** FW405: a service answers with decisions about persons and keeps no record of them. */

import type { Finding } from "../finding.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { decisionEndpoint } from "./documentation/decision-endpoint.ts";
import { ownRecord } from "./documentation/decision-records.ts";
import { decisionService } from "./documentation/decision-service-example.ts";
import { evidenceAround } from "./documentation/project-documents.ts";
import { listed } from "./fairness/messages.ts";

function check({ facts, ...context }: RuleContext): Finding[] {
  const evidence = evidenceAround(facts.file, context.evidence);
  if (facts.kind !== "python" || evidence === undefined) return [];
  const endpoint = decisionEndpoint(facts);
  if (endpoint === undefined || ownRecord(facts) !== undefined) return [];
  if (evidence.decisionRecords.length > 0) return [];
  return [
    findingOf(noDecisionLogging, {
      range: endpoint.call.calleeRange,
      message: "This endpoint decides about persons and records neither the request nor the model's version.",
      why: [
        `It works on ${listed(endpoint.fields, 6)}.`,
        "No log line, write to a store or middleware in the file or beside it names an id, a version, the input or the decision.",
      ],
      silencedBy: noDecisionLogging.docs.silencedBy,
    }),
  ];
}

export const noDecisionLogging: Rule = {
  code: "FW405",
  name: "no-decision-logging",
  default: false,
  severity: "information",
  fix: "none",
  appliesTo: ["python"],
  docs: {
    what: "A web service predicts about persons in a request handler, and nothing in the file or beside it records which request was answered by which version of the model.",
    why: "A decision that left no trace can be neither explained nor corrected, and drift between groups cannot be seen.",
    silencedBy: [
      "A log line or a write to a database, queue or file in the handler that names an id, a version, the input or the decision.",
      "Middleware or a monitoring library, in the file or in one of its folder.",
      "A file that is linted alone: what stands beside it is not known.",
    ],
    references: ["Regulation (EU) 2024/1689 (AI Act), Article 12: record-keeping of high-risk systems"],
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
        file: "app.py",
        text: decisionService(
          "    gender: str\n    application_id: str",
          '    logger.info("decided", extra={"id": applicant.application_id, "model": VERSION})\n',
        ).replace("import joblib", "import logging\nimport joblib\nlogger = logging.getLogger(__name__)"),
        findings: [],
        evidence: {},
      },
      {
        file: "store.py",
        text: decisionService("    gender: str", "    session.add(Decision(applicant, approved))\n"),
        findings: [],
        evidence: {},
      },
      {
        file: "app.py",
        text: decisionService("    gender: str"),
        findings: [],
        evidence: { decisionRecords: [{ file: "middleware.py", what: "AuditMiddleware" }] },
      },
      { file: "alone.py", text: decisionService("    gender: str"), findings: [] },
    ],
  },
  check,
};
