/** Ten readings a second: the sampler's goal, and what the peers use at the same rate. */

import { rateRows } from "./energy/rates.ts";
import type { Bench } from "./row.ts";

export const bench: Bench = (context) => rateRows(context, 10, true);
