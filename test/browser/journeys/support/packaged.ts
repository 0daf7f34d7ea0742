import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { currentTarget } from "../../../../scripts/package/koffi.mjs";
import { REPOSITORY } from "../../../host/paths.mjs";

/**
 * Path of the package that `npm run package` made for this machine.
 *
 * @throws Error that says how to make it when there is none
 */
export function packagedExtension(): string {
  const { version } = JSON.parse(readFileSync(path.join(REPOSITORY, "package.json"), "utf8"));
  const file = path.join(REPOSITORY, "dist", "package", `fairwatt-${currentTarget()}-${version}.vsix`);
  if (!existsSync(file)) throw new Error(`${file} is missing: run \`npm run package\` first`);
  return file;
}
