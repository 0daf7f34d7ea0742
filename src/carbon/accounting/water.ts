/** Water of the facility: WUE (ISO/IEC 30134-9) x energy of the computers. Pure. */

import type { HostingConfig } from "../../config/carbon-settings.ts";
import { JOULES_PER_KWH, type Quantity, scaleQuantity } from "../../quantity.ts";

/** Litres; undefined while the project gives no WUE. The energy's range is kept: the WUE's own error is not known. */
export function waterOf(
  energy: Quantity<"J">,
  hosting: HostingConfig | undefined,
): Quantity<"L"> | undefined {
  const wue = hosting?.wue;
  if (wue === undefined) return undefined;
  const source = hosting?.["wue-source"] ?? "the project file, which names no source";
  return scaleQuantity(
    energy,
    wue / JOULES_PER_KWH,
    "L",
    `${wue} L for each kWh of the computers (WUE), ${source}`,
  );
}
