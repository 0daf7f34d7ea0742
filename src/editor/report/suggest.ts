/** Which documents one click writes: those that the record has something to say in. Pure. */

/** What the record holds. */
export interface Recorded {
  runs: boolean;
  audits: boolean;
  /** A run wrote a model file. */
  models: boolean;
}

/** Ids of documents, in the order in which they are shown. */
export function suggestedDocuments({ runs, audits, models }: Recorded): string[] {
  return [
    ...(audits ? ["fairness-audit"] : []),
    ...(runs ? ["ai-act-compute", "ghg"] : []),
    ...(models ? ["model-card"] : []),
  ];
}
