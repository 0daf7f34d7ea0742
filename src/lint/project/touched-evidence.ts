/** Evidence that notices whether a rule asked for it: a file whose rules did not is linted once, before the project is known. */

import type { ProjectEvidence } from "./evidence.ts";

export const NO_EVIDENCE: ProjectEvidence = {
  fairnessChecks: [],
  audits: [],
  versions: {},
  dependencies: new Set(),
  precisionDecidedIn: [],
  quantizationCalls: [],
  documents: new Set(),
  documentation: [],
  decisionRecords: [],
  energyTools: new Set(),
};

/** `touched()` is true once any member was read. */
export function touchedEvidence(): { evidence: ProjectEvidence; touched(): boolean } {
  let touched = false;
  const evidence = new Proxy(NO_EVIDENCE, {
    get(target, key, receiver) {
      touched = true;
      return Reflect.get(target, key, receiver);
    },
  });
  return { evidence, touched: () => touched };
}
