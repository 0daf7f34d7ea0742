// The notices that the licences of bundled packages ask for.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

const RULE = "-".repeat(80);
const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;

/**
 * @param {string} root  the repository, with its dependencies installed
 * @param {string[]} packages  names, as dist/bundled-packages.json lists them
 * @returns {Promise<string>} name, version, licence and licence text of each
 * @throws {Error} for a package that names no licence
 */
export async function thirdPartyNotices(root, packages) {
  const entries = await Promise.all(
    packages.map((name) => notice(path.join(root, "node_modules", name), name)),
  );
  return `Fairwatt's bundles hold parts of these packages.\n\n${entries.join("\n")}`;
}

async function notice(folder, name) {
  const { version, license } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  if (!license) throw new Error(`${name} names no licence: it cannot be bundled`);
  const files = (await readdir(folder)).filter((file) => LICENCE_FILE.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), "utf8")));
  return [RULE, `${name} ${version} (${license})`, RULE, "", ...texts.map((text) => text.trim()), ""].join(
    "\n",
  );
}
