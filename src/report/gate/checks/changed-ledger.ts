import type { GateCheck } from "../gate.ts";

export const changedLedger: GateCheck = {
  id: "ledger-changed",
  title: "The ledger is as it was written",
  why: "What the other checks look at is only worth something while nobody can change it unseen.",
  check: ({ ledgerProblems }) =>
    ledgerProblems.map((message) => ({
      level: "error",
      message: `The ledger was changed: ${message}.`,
      remedy: "See `fairwatt ledger verify`; what the folder held before may be in git.",
    })),
};
