/** What the parts of the explorer's page share. */

import type { ChartHost } from "../charts/panel.ts";
import type { Asker } from "./asker.ts";
import type { Model } from "./model.ts";
import type { ExplorerStrings } from "./protocol.ts";
import type { Wire } from "./state.ts";

export interface ExplorerContext {
  wire: Wire;
  strings: ExplorerStrings;
  model: Model;
  charts: ChartHost<ExplorerStrings>;
  asker: Asker;
}
