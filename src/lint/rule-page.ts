/** A rule's page as Markdown: what, why, what silences it, the fix, examples, sources. */

import type { Rule, RuleExample } from "./rule.ts";
import { needsReason } from "./suppress.ts";

const LANGUAGES: Record<string, string> = {
  py: "python",
  ipynb: "json",
  yaml: "yaml",
  yml: "yaml",
  json: "json",
  toml: "toml",
  sh: "bash",
};

export function rulePage(rule: Rule): string {
  const { docs } = rule;
  const [bad, good] = [rule.examples.bad[0], rule.examples.good[0]];
  const comment = `\`# fairwatt: ignore[${rule.code}] reason\``;
  const reason = needsReason(rule.code) ? "; this family needs the reason" : "";
  return [
    `# ${rule.name} (${rule.code})`,
    `${rule.default ? "On by default" : `Off by default: select \`${rule.code}\``}. Usual severity: ${rule.severity}. Fix: ${rule.fix}.`,
    "## What it looks for",
    docs.what,
    ...(docs.where ? ["## Where it looks", docs.where] : []),
    "## Why",
    docs.why,
    ...(bad ? ["## Example", ...exampleOf(bad)] : []),
    ...(good ? ["Nothing is said of:", ...exampleOf(good)] : []),
    ...(docs.fixSafety ? ["## The fix", docs.fixSafety] : []),
    "## What silences it",
    [...docs.silencedBy.filter((sentence) => sentence !== `${comment}.`), `A comment: ${comment}${reason}.`]
      .map((sentence) => `- ${sentence}`)
      .join("\n"),
    ...(docs.references.length > 0
      ? ["## Sources", docs.references.map((reference) => `- ${reference}`).join("\n")]
      : []),
    "",
  ].join("\n\n");
}

function exampleOf({ file, text, beside }: RuleExample): string[] {
  const language = LANGUAGES[file.slice(file.lastIndexOf(".") + 1)] ?? "";
  const shown = file.endsWith(".ipynb") ? cellsOf(text) : text.trimEnd();
  const fence = shown.includes("```") ? "````" : "```";
  return [
    `\`${file}\`${beside === undefined ? "" : `, ${beside}`}:`,
    `${fence}${file.endsWith(".ipynb") ? "python" : language}\n${shown}\n${fence}`,
  ];
}

/** Code cells of a notebook with a line between them; the text itself where it is no notebook. */
function cellsOf(text: string): string {
  try {
    const { cells } = JSON.parse(text) as { cells: { cell_type: string; source: string | string[] }[] };
    const code = cells.filter((cell) => cell.cell_type === "code");
    return code
      .map(({ source }) => (Array.isArray(source) ? source.join("") : source).trimEnd())
      .join("\n\n# %%\n");
  } catch {
    return text.trimEnd();
  }
}
