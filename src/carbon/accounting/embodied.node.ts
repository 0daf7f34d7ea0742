/** Reads the table of embodied emissions that ships with Fairwatt. */

import * as fs from "node:fs";
import * as path from "node:path";
import { dataFolder } from "../zones.node.ts";
import { type EmbodiedTable, embodiedTable } from "./sci.ts";

let loaded: EmbodiedTable | undefined;

/** Throws when the installation lacks it. */
export function loadEmbodied(): EmbodiedTable {
  loaded ??= embodiedTable.parse(
    JSON.parse(fs.readFileSync(path.join(dataFolder(), "embodied.json"), "utf8")),
  );
  return loaded;
}
