/** Error of the energy that is folded from readings with a known truth, ours and that of the peers' own readers. */

import { counterRows } from "./energy/counters.ts";
import { forecastRows } from "./energy/forecasts.ts";
import { graphicsRows } from "./energy/graphics.ts";
import { parallelRows } from "./energy/parallel.ts";
import type { Bench } from "./row.ts";

export const bench: Bench = async (context) => [
  ...counterRows(context),
  ...graphicsRows(context),
  ...parallelRows(context),
  ...forecastRows(context),
];
