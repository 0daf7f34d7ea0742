import { type ModelVersion, modelVersions } from "../../../ledger/model-versions.ts";
import type { GateCheck } from "../gate.ts";

export const missingAudit: GateCheck = {
  id: "audit-missing",
  title: "The newest model has a fairness audit",
  why: "A model that nobody audited may treat groups of people differently without anybody knowing.",
  check: ({ settings, entries }) => {
    if (!settings.audit) return [];
    const newest = newestByPath(modelVersions(entries));
    if (newest.length === 0) {
      return [
        {
          level: "note",
          message: "No run in the ledger wrote a model file, so no audit is asked for.",
          remedy: "Train under `fairwatt run`, and let the run save its model below its folder.",
        },
      ];
    }
    return newest
      .filter(({ audits }) => audits.length === 0)
      .map(({ path, artefact, run }) => ({
        level: "error",
        message: `${path} (${artefact.slice(0, 12)}) of run ${run.body.run} has no fairness audit.`,
        remedy: `fairwatt audit --run ${run.body.run}`,
      }));
  },
};

/** `versions`: newest first. */
function newestByPath(versions: readonly ModelVersion[]): ModelVersion[] {
  const newest = new Map<string, ModelVersion>();
  for (const version of versions) if (!newest.has(version.path)) newest.set(version.path, version);
  return [...newest.values()];
}
