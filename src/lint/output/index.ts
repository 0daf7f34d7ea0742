/** The formats that findings are written in. Adding one is adding a file and its line here. */

import { githubLines } from "./github.ts";
import { jsonFindings } from "./json.ts";
import { junitXml } from "./junit.ts";
import type { FileReport, RuleTable } from "./report.ts";
import { sarifLog } from "./sarif.ts";
import { PLAIN, type TextStyle, textLines } from "./text.ts";

export const FORMATS = ["text", "json", "sarif", "github", "junit"] as const;
export type Format = (typeof FORMATS)[number];

export interface Writing {
  rules: RuleTable;
  version: string;
  style?: TextStyle;
}

/** The whole output, its last line ended. */
export function writeReports(reports: readonly FileReport[], format: Format, writing: Writing): string {
  switch (format) {
    case "json":
      return `${JSON.stringify(jsonFindings(reports), null, 2)}\n`;
    case "sarif":
      return `${JSON.stringify(sarifLog(reports, writing.rules, writing.version), null, 2)}\n`;
    case "github":
      return githubLines(reports)
        .map((line) => `${line}\n`)
        .join("");
    case "junit":
      return junitXml(reports);
    case "text":
      return textLines(reports, writing.style ?? PLAIN)
        .map((line) => `${line}\n`)
        .join("");
  }
}
