/** The zone of a run, by the tables that ship. */

import { type ResolvedZone, resolveZone as resolveIn, type ZoneChoice, zoneProblem } from "./resolve-zone.ts";
import { loadZones } from "./zones.node.ts";

/** The zone of a run from what was configured; reads no table when nothing was. Throws when the tables are missing. */
export function resolveZone(choice: ZoneChoice): ResolvedZone {
  const named = choice.option?.trim() || choice.project?.trim() || choice.personal?.trim();
  return named ? resolveIn(loadZones(), choice) : { warnings: [] };
}

/** For `parseProject`: why a project's zone cannot be used; undefined when it can. */
export const checkZone = (text: string): string | undefined => zoneProblem(loadZones(), text);
