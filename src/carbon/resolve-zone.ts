/** Which zone a run counts by. Pure; ./resolve-zone.node.ts brings the tables. */

import type { GridBasis } from "../energy/journal.ts";
import type { Zone, Zones } from "./zones.ts";

/** The record that a run keeps of its zone. `chosenBy`: "--zone", "fairwatt.toml", "setting fairwatt.zone". */
export function gridBasis(zone: Zone, chosenBy: string): GridBasis {
  const { code, name, gramsPerKwh, low, high, year, source } = zone;
  return { zone: code, name, gramsPerKwh, low, high, year, source, chosenBy };
}

/** Where a zone can be named; the first that is given counts, even when it is wrong. */
export interface ZoneChoice {
  /** `--zone`. */
  option?: string;
  /** The project file's `zone`, and that file's name. */
  project?: string;
  projectFile?: string;
  /** The editor's setting, passed as `--default-zone`. */
  personal?: string;
}

export interface ResolvedZone {
  /** Absent when nobody named a zone, or when the one named cannot be used: CO2e is then not known. */
  grid?: GridBasis;
  warnings: string[];
  /** Why the named zone cannot be used, with what to do. */
  problem?: string;
}

/** How to set a zone, for every place where CO2e is "not known: zone not set". */
export const HOW_TO_SET_ZONE =
  'set it with --zone DE, with zone = "DE" in fairwatt.toml, or with the editor setting fairwatt.zone';

/** The zone of a run. Never a silent default: an unknown zone is a problem, and none named is no zone. */
export function resolveZone(zones: Zones, choice: ZoneChoice): ResolvedZone {
  const given = [
    { text: choice.option, chosenBy: "--zone" },
    { text: choice.project, chosenBy: choice.projectFile ?? "fairwatt.toml" },
    { text: choice.personal, chosenBy: "setting fairwatt.zone" },
  ].find(({ text }) => text?.trim());
  if (!given?.text) return { warnings: [] };
  const problem = zoneProblem(zones, given.text);
  const zone = zones.find(given.text);
  if (problem || !zone) return { warnings: [], problem: `${given.chosenBy}: ${problem}` };
  return { grid: gridBasis(zone, given.chosenBy), warnings: zone.warnings };
}

/** Why the text does not name a zone that can be used, with what to write instead; undefined when it does. */
export function zoneProblem(zones: Zones, text: string): string | undefined {
  const zone = zones.find(text);
  if (zone?.unusable) {
    return `the figure for ${zone.name} cannot be used (${zone.unusable}); name a neighbouring zone or an average such as WORLD`;
  }
  if (zone) return undefined;
  const near = zones.suggest(text).map(({ code, name }) => `${code} (${name})`);
  const hint =
    near.length > 0
      ? `did you mean ${near.length > 1 ? `${near.slice(0, -1).join(", ")} or ` : ""}${near.at(-1)}?`
      : 'a zone is a country ("FR"), a US state ("US-CA"), a Canadian province ("CA-QC"), a Nordic bidding zone ("SE-SE3"), an average ("EU", "WORLD") or a cloud region ("aws:eu-west-1")';
  return `there is no zone "${text}"; ${hint}`;
}
