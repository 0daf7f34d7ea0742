/** Reads the grid tables that ship with Fairwatt; once, when a zone is first asked for. */

import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { cloudTable, countryTable, subregionTable, type Zone, Zones } from "./zones.ts";

let loaded: Zones | undefined;

/** Beside this file in the sources, `dist/data` in a build (whose command line lies one folder deeper). */
export function dataFolder(): string {
  const here = typeof __dirname === "string" ? __dirname : path.dirname(fileURLToPath(import.meta.url));
  const folders = [path.join(here, "data"), path.join(here, "..", "data")];
  const found = folders.find((folder) => fs.existsSync(path.join(folder, "grid-intensity.json")));
  if (!found)
    throw new Error(`the grid tables are missing from this installation (looked in ${folders.join(", ")})`);
  return found;
}

/** All zones. Throws when the installation lacks its tables. */
export function loadZones(): Zones {
  if (!loaded) {
    const folder = dataFolder();
    const read = (name: string): unknown => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"));
    loaded = new Zones(
      countryTable.parse(read("grid-intensity.json")),
      subregionTable.parse(read("subregions.json")),
      cloudTable.parse(read("cloud-regions.json")),
    );
  }
  return loaded;
}

/** A zone by code or English name; undefined when there is none or more than one. */
export function findZone(text: string): Zone | undefined {
  return loadZones().find(text);
}
