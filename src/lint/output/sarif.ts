/** Findings as SARIF 2.1.0 (OASIS, 2020): one run, the rules that are there, suppressed findings with their reason. */

import type { Severity } from "../finding.ts";
import type { Location } from "../location.ts";
import type { FileReport, RuleTable } from "./report.ts";

const LEVELS: Record<Severity, "error" | "warning" | "note"> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

export function sarifLog(reports: readonly FileReport[], rules: RuleTable, version: string) {
  const indexOf = new Map(rules.map((rule, index) => [rule.code, index]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Fairwatt",
            semanticVersion: version,
            rules: rules.map(({ code, name, severity, docs, default: isDefault }) => ({
              id: code,
              name,
              shortDescription: { text: docs.what },
              fullDescription: { text: docs.why },
              help: { text: [docs.what, docs.why, ...docs.silencedBy].join("\n") },
              defaultConfiguration: { enabled: isDefault, level: LEVELS[severity] },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: reports.flatMap(({ file, findings, suppressed }) => [
          ...findings.map(({ finding, at, related }) => ({
            ...result(finding.rule, indexOf, LEVELS[finding.severity], [finding.message, ...finding.why]),
            locations: [{ physicalLocation: physical(file, at), ...inCell(at) }],
            ...(finding.related.length > 0 && {
              relatedLocations: finding.related.map((each, id) => ({
                id,
                message: { text: each.message },
                physicalLocation: physical(each.file ?? file, related[id]),
              })),
            }),
          })),
          ...suppressed.map(({ rule, at, reason }) => ({
            ...result(rule, indexOf, "note", [`Silenced in the source: ${reason || "no reason is given"}.`]),
            locations: [{ physicalLocation: physical(file, at), ...inCell(at) }],
            suppressions: [{ kind: "inSource", ...(reason && { justification: reason }) }],
          })),
        ]),
      },
    ],
  };
}

function result(rule: string, indexOf: Map<string, number>, level: string, sentences: string[]) {
  return { ruleId: rule, ruleIndex: indexOf.get(rule) ?? -1, level, message: { text: sentences.join(" ") } };
}

function physical(file: string, at: Location | undefined) {
  const artifactLocation = { uri: file.split("/").map(encodeURIComponent).join("/") };
  // SARIF knows no cells: the region of a notebook would name lines of its JSON that are not these.
  if (!at || at.cell !== undefined) return { artifactLocation };
  const region = {
    startLine: at.line + 1,
    startColumn: at.column + 1,
    endLine: at.endLine + 1,
    endColumn: at.endColumn + 1,
  };
  return { artifactLocation, region };
}

function inCell(at: Location) {
  if (at.cell === undefined) return {};
  const name = `cell ${at.cell + 1}, line ${at.line + 1}`;
  return { logicalLocations: [{ name, fullyQualifiedName: at.cellId ?? name, kind: "element" }] };
}
