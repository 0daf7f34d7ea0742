/** One reading a second, by the number of children of the measured command. */

import { rateRows } from "./energy/rates.ts";
import type { Bench } from "./row.ts";

export const bench: Bench = (context) => rateRows(context, 1, false);
