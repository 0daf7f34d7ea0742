/** What the gate found as SARIF 2.1.0 (OASIS, 2020), as code scanning reads it. Pure. */

import { GATE_CHECKS, type GateResult } from "./gate.ts";

/** A finding that is about no file is put on the project file: code scanning shows none without a place. */
export function gateSarif({ findings }: GateResult, version: string, projectFile: string) {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Fairwatt gate",
            semanticVersion: version,
            rules: GATE_CHECKS.map(({ id, title, why }) => ({
              id,
              shortDescription: { text: title },
              fullDescription: { text: why },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map(({ check, level, message, remedy, file = projectFile, line = 1 }) => ({
          ruleId: check,
          ruleIndex: GATE_CHECKS.findIndex(({ id }) => id === check),
          level,
          message: { text: `${message} ${remedy}` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/") },
                region: { startLine: line },
              },
            },
          ],
        })),
      },
    ],
  };
}
