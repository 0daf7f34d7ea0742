/** Finds a model among those that the ledger knows. Pure. */

import type { ModelVersion } from "../ledger/model-versions.ts";

const LEAST_LETTERS = 4;

/** By NAME@VERSION, by name, by the file's path, or by letters of its hash: the newest that fits. `versions`: newest first. */
export function findModel(versions: readonly ModelVersion[], reference: string): ModelVersion | undefined {
  const fits: ((model: ModelVersion) => boolean)[] = [
    ({ name, version }) => name !== undefined && `${name}@${version}` === reference,
    ({ name }) => name === reference,
    ({ path }) => path === reference,
    ({ artefact }) => reference.length >= LEAST_LETTERS && artefact.startsWith(reference.toLowerCase()),
  ];
  for (const fit of fits) {
    const found = versions.find(fit);
    if (found) return found;
  }
  return undefined;
}
