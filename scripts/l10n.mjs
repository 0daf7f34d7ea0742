// Writes l10n/bundle.l10n.json: every text that the editor shows and a translator may translate. `--check` only
// compares, and fails when the file is not what the sources say.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { getL10nJson } from "@vscode/l10n-dev";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const file = path.join(root, "l10n", "bundle.l10n.json");

/** The bundle as the sources stand: text -> text, sorted. */
export async function collectTexts() {
  const sources = readdirSync(path.join(root, "src", "editor"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(path.join(root, "src", "editor", name), "utf8"));
  const found = await getL10nJson(
    sources.map((contents) => ({ extension: ".ts", contents: asDirectCalls(contents) })),
  );
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Pure files take the translation as a parameter named `t`; the collector knows only calls on an import of vscode. */
function asDirectCalls(contents) {
  if (!/\bTranslate\b/.test(contents) || /from "vscode"/.test(contents)) return contents;
  return `import { l10n } from "vscode";\n${contents.replace(/(?<![\w.])t\(/g, "l10n.t(")}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = `${JSON.stringify(await collectTexts(), null, 2)}\n`;
  if (!process.argv.includes("--check")) writeFileSync(file, wanted);
  else if (readFileSync(file, "utf8") !== wanted) {
    console.error("l10n/bundle.l10n.json is not what the sources say: run node scripts/l10n.mjs");
    process.exitCode = 1;
  }
}
