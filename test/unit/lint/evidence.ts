/** What a file says to its project: nothing, but what a test adds. */

import type { FileEvidence } from "../../../src/lint/project/file-evidence.ts";

export const evidence = (file: string, more: Partial<FileEvidence> = {}): FileEvidence => ({
  file,
  fairnessChecks: [],
  versions: {},
  dependencies: [],
  precision: [],
  quantizationCalls: [],
  energyTools: [],
  decisionRecords: [],
  servedPrograms: [],
  tables: [],
  constants: [],
  ...more,
});
