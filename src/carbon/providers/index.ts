/** All sources of hourly intensities. A new one is a file here, a line below and its name in config/carbon-settings.ts. */

import { GRID_PROVIDERS, type GridProviderName } from "../../config/carbon-settings.ts";
import { csvFile } from "./csv.ts";
import { electricityMaps, electricityMapsV3 } from "./electricity-maps.ts";
import { energyCharts } from "./energy-charts.ts";
import type { GridProvider } from "./provider.ts";
import { ukCarbonIntensity } from "./uk-carbon-intensity.ts";
import { wattTime } from "./watttime.ts";

const BY_NAME: Record<GridProviderName, GridProvider> = {
  "uk-carbon-intensity": ukCarbonIntensity,
  "energy-charts": energyCharts,
  "electricity-maps": electricityMaps,
  "electricity-maps-v3": electricityMapsV3,
  watttime: wattTime,
  csv: csvFile,
};

/** In the order in which they are listed. */
export const PROVIDERS: readonly GridProvider[] = GRID_PROVIDERS.map((name) => BY_NAME[name]);

export const providerNamed = (name: GridProviderName): GridProvider => BY_NAME[name];
