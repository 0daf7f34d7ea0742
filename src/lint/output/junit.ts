/**
 * Findings as JUnit XML, as CI systems read it: a suite per file, a failed case per finding, a passed one where none is,
 * a skipped one of a file that was not looked at.
 */

import { type FileReport, placeOf } from "./report.ts";

export function junitXml(reports: readonly FileReport[]): string {
  const cases = (report: FileReport) => Math.max(1, report.findings.length);
  const total = reports.reduce((sum, report) => sum + cases(report), 0);
  const failures = reports.reduce((sum, report) => sum + report.findings.length, 0);
  const suites = reports.map((report) => {
    const name = escapeXml(report.file);
    const { skipped } = report;
    const body = skipped
      ? [
          `    <testcase classname="${name}" name="fairwatt"><skipped>${escapeXml(skipped.why)}</skipped></testcase>`,
        ]
      : report.findings.length === 0
        ? [`    <testcase classname="${name}" name="fairwatt"/>`]
        : report.findings.flatMap(({ finding, at }) => [
            `    <testcase classname="${name}" name="${escapeXml(`${finding.rule} ${placeOf(report.file, at)}`)}">`,
            `      <failure type="${finding.severity}" message="${escapeXml(finding.message)}">${escapeXml(
              [placeOf(report.file, at), ...finding.why].join("\n"),
            )}</failure>`,
            "    </testcase>",
          ]);
    return [
      `  <testsuite name="${name}" tests="${cases(report)}" failures="${report.findings.length}" errors="0"${skipped ? ' skipped="1"' : ""}>`,
      ...body,
      "  </testsuite>",
    ].join("\n");
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="fairwatt" tests="${total}" failures="${failures}" errors="0">`,
    ...suites,
    "</testsuites>",
    "",
  ].join("\n");
}

function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
