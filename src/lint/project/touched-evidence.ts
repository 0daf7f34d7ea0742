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
  servedPrograms: [],
  tables: [],
  constants: [],
  energyTools: new Set(),
};

/** What is of the ledger and the runs: the project's files need not be read for it. */
const RECORDED: ReadonlySet<string | symbol> = new Set<keyof ProjectEvidence>(["measured", "audits"]);

export interface Touched {
  evidence: ProjectEvidence;
  /** True once any member was read. */
  touched(): boolean;
  /** True once one was read that other files of the project say. */
  asksFiles(): boolean;
}

export function touchedEvidence(): Touched {
  let touched = false;
  let asksFiles = false;
  const evidence = new Proxy(NO_EVIDENCE, {
    get(target, key, receiver) {
      touched = true;
      asksFiles ||= !RECORDED.has(key);
      return Reflect.get(target, key, receiver);
    },
  });
  return { evidence, touched: () => touched, asksFiles: () => asksFiles };
}
