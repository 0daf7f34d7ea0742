/** Which run an audit is about: the one that it names, else one that wrote the very table. Pure. */

import type { AuditBody } from "./entries/audit.ts";
import type { RunBody } from "./entries/run.ts";

export const isAuditOf = (audit: AuditBody, run: RunBody): boolean =>
  audit.run === undefined
    ? run.artefacts.some(({ sha256 }) => sha256 === audit.sha256)
    : audit.run === run.run;
