/** What the gate found, for a person at a terminal and for the summary of a CI job. Pure. */

import { GATE_CHECKS, type GateFinding, type GateResult } from "./gate.ts";

/** Lines without colours; texts are escaped by who prints them. */
export function gateLines({ findings, passes }: GateResult): string[] {
  const stopping = findings.filter(({ level }) => level === "error").length;
  const verdict = passes
    ? "The gate is open."
    : `The gate is closed: ${stopping} ${stopping === 1 ? "thing does" : "things do"} not hold.`;
  const lines = findings.flatMap((finding) => [
    `${finding.level === "error" ? "stops" : "note "}  ${place(finding)}${finding.message}`,
    `       ${finding.remedy}`,
  ]);
  return [...lines, verdict];
}

/** A table of all checks, then the findings, in GitHub's Markdown. */
export function gateMarkdown({ findings, passes }: GateResult): string {
  const rows = GATE_CHECKS.map(({ id, title }) => {
    const stopping = findings.filter((finding) => finding.check === id && finding.level === "error").length;
    return `| ${title} | ${stopping === 0 ? "holds" : `${stopping} ${stopping === 1 ? "finding" : "findings"}`} |`;
  });
  const items = findings.map(
    (finding) =>
      `- ${finding.level === "error" ? "**stops**" : "note"}: ${escapeMarkdown(`${place(finding)}${finding.message}`)} _${escapeMarkdown(finding.remedy)}_`,
  );
  return [
    `## Fairwatt: the gate is ${passes ? "open" : "closed"}`,
    "",
    "| check | result |",
    "| --- | --- |",
    ...rows,
    ...(items.length > 0 ? ["", ...items] : []),
    "",
  ].join("\n");
}

/** Nothing where the message itself begins with the file. */
const place = ({ file, line, message }: GateFinding) =>
  file === undefined || message.startsWith(file) ? "" : `${file}${line === undefined ? "" : `:${line}`}: `;

/** What files and columns are called must not become links, tags or emphasis. */
const escapeMarkdown = (text: string) =>
  text.replace(/[\\`*_{}[\]()#+!|<>~&]/g, (character) => `\\${character}`).replace(/[\r\n]+/g, " ");
