/** What a project says that is not in its files: audits of the ledger, measured runs. Passed in by who can read them. */

import type { ProjectEvidence } from "./evidence.ts";

export interface RecordedEvidence {
  audits: ProjectEvidence["audits"];
  /** Newest measured run of a file, by its path relative to the project's folder. */
  measured: Record<string, NonNullable<ProjectEvidence["measured"]>>;
  hasRuns: boolean;
}
