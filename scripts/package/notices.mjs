// The notices that the licences of bundled packages ask for.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

const RULE = "-".repeat(80);
const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;

/**
 * @param {string} root  the repository, with its dependencies installed
 * @param {string[]} packages  names, as dist/bundled-packages.json lists them
 * @returns {Promise<string>} name, version and licence of each, and each licence text once for all that have it
 * @throws {Error} for a package that names no licence, in its manifest or in the first line of a licence's text
 */
export async function thirdPartyNotices(root, packages) {
  const notices = await Promise.all(
    packages.map((name) => notice(path.join(root, "node_modules", name), name)),
  );
  const titlesOf = new Map();
  for (const { title, text } of notices) titlesOf.set(text, [...(titlesOf.get(text) ?? []), title]);
  const entries = [...titlesOf].map(([text, titles]) => [RULE, ...titles, RULE, "", text, ""].join("\n"));
  return `Fairwatt's bundles hold parts of these packages.\n\n${entries.join("\n")}`;
}

/** @param {string} folder @param {string} name */
async function notice(folder, name) {
  const { version, license } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  const files = (await readdir(folder)).filter((file) => LICENCE_FILE.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), "utf8")));
  // Some name it in its text alone, whose first line is its name.
  const called =
    license ?? /^[^\n]*\b(?:licen[cs]e|MIT|BSD|Apache|ISC)\b[^\n]*/i.exec(texts[0]?.trim() ?? "")?.[0];
  if (!called) throw new Error(`${name} names no licence: it cannot be bundled`);
  return {
    title: `${name} ${version} (${called.trim()})`,
    text: texts.map((text) => text.trim()).join("\n\n"),
  };
}
