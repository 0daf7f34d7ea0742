import type { GateCheck } from "../gate.ts";
import { newestAudits } from "../newest-audits.ts";

export const brokenLimit: GateCheck = {
  id: "limit-broken",
  title: "No fairness limit is broken",
  why: "The project set these limits itself, in its project file, before the test.",
  check: ({ entries }) =>
    newestAudits(entries).flatMap(({ hash, body }) =>
      body.limits
        .filter(({ broken }) => broken)
        .map(({ limit, by, finding }) => ({
          level: "error" as const,
          message: `${body.file}: ${limit} by ${by.join(", ")} is broken: ${finding}`,
          remedy: `See \`fairwatt ledger show ${hash.slice(0, 12)}\`; \`fairwatt mitigate\` and \`fairwatt thresholds\` show what changing it costs.`,
          file: body.file,
        })),
    ),
};
