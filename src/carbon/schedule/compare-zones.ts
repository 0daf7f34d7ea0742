/** What the same run would emit elsewhere, by yearly figures. Pure. */

import type { Zone } from "../zones.ts";

export interface ComparedZone {
  zone: Zone;
  /** Relative to the first: 0.4 is 60 % less. */
  ratio: number;
  /** False where the ranges of both overlap: which of them emits less is not known. */
  told: boolean;
}

/** Zones from the lowest yearly intensity to the highest, each against `home`. */
export function compareZones(home: Zone, others: readonly Zone[]): ComparedZone[] {
  return [home, ...others.filter(({ code }) => code !== home.code)]
    .map((zone) => ({
      zone,
      ratio: zone.gramsPerKwh / home.gramsPerKwh,
      told: zone.code !== home.code && (zone.high < home.low || zone.low > home.high),
    }))
    .sort((a, b) => a.zone.gramsPerKwh - b.zone.gramsPerKwh || a.zone.code.localeCompare(b.zone.code, "en"));
}
