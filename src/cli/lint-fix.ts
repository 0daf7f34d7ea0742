/** Fixes written to files: round by round, until nothing is left that may be applied. */

import * as fs from "node:fs";
import * as path from "node:path";
import { createLinter, type Linter, type LintOptions, type SourceText } from "../lint/engine.ts";
import { type FixLevel, planFixes } from "../lint/fix.ts";
import { applyPlan } from "../lint/fix-file.ts";
import { type FileReport, fileReport } from "../lint/output/report.ts";
import type { ProjectIndex } from "../lint/project/project-index.ts";
import { readSource } from "../lint/read-source.node.ts";
import { createReaders } from "../lint/readers.node.ts";
import type { Selection } from "../lint/select.ts";

/** Fixes that undo one another would go on for ever. */
const MOST_ROUNDS = 10;

export interface Fixed {
  text: string;
  report: FileReport;
  newFiles: { path: string; content: string }[];
}

/** The text with its fixes, and what is left to say of it; files that fixes would create are not there yet, nor counted. */
export function fixText(linter: Linter, source: SourceText, options: LintOptions, level: FixLevel): Fixed {
  const newFiles: Fixed["newFiles"] = [];
  let text = source.text;
  let fixed = 0;
  for (let round = 0; ; round++) {
    const now = { ...source, text };
    const result = linter.lint(now, options);
    const plan = planFixes(result.findings, level, result.kind === "notebook");
    const next = round < MOST_ROUNDS && plan.applied.length > 0 ? applyPlan(now, result, plan) : undefined;
    for (const file of plan.newFiles) {
      if (!newFiles.some((each) => each.path === file.path)) newFiles.push(file);
    }
    if (next === undefined || next === text) {
      const report = fileReport(now, result, fixed);
      if (round === 0 && next === undefined && plan.applied.length > 0)
        report.notes.push(
          "not fixed: its JSON is not that of nbformat 4, the only one that is written, or too deep",
        );
      return { text, newFiles, report };
    }
    fixed += plan.applied.filter(({ fix }) => fix.newFile === undefined).length;
    text = next;
  }
}

/** Fixes every file that has a finding with a fix of the level; its report then says what is left. */
export async function fixFiles(
  root: string,
  reports: readonly FileReport[],
  index: ProjectIndex,
  selection: Selection,
  level: FixLevel,
): Promise<FileReport[]> {
  const linter = createLinter(await createReaders());
  return reports.map((report) => {
    const fixable = report.findings.some(({ finding }) =>
      finding.fixes.some(({ safety }) => safety === "safe" || safety === level),
    );
    if (!fixable) return report;
    const file = path.resolve(root, report.file);
    const read = readSource(file);
    if ("skipped" in read) return { ...report, notes: [...report.notes, `not fixed: ${read.skipped.why}`] };
    if (read.damaged) return { ...report, notes: [...report.notes, "not fixed: the file is not UTF-8 text"] };
    const options = { ...selection, evidence: index.evidenceFor(report.file) };
    const fixed = fixText(linter, { path: report.file, text: read.text }, options, level);
    const notes = fixed.newFiles.flatMap(({ path: name, content }) => createNew(root, name, content, index));
    const wrong = fixed.text === read.text ? undefined : replaceText(file, read.text, fixed.text);
    if (wrong !== undefined) return { ...report, notes: [...report.notes, `not fixed: ${wrong}`] };
    const left = notes.length > 0 ? leftOver(linter, report.file, fixed, selection, index) : fixed.report;
    const created = notes.filter((note) => note.startsWith("created ")).length;
    return { ...left, fixed: left.fixed + created, notes: [...left.notes, ...notes] };
  });
}

/** In place, so that links, owner and mode stay. Why it was not, where it was not; the file is then as it was. */
function replaceText(file: string, old: string, text: string): string | undefined {
  const now = readSource(file);
  if (!("text" in now) || now.text !== old) return "it changed meanwhile; run this again";
  try {
    fs.writeFileSync(file, text);
    return undefined;
  } catch (error) {
    if (fs.statSync(file, { throwIfNoEntry: false })?.size !== Buffer.byteLength(old)) {
      // A full disk leaves a part of the new text: the old one still has its room.
      fs.writeFileSync(file, old);
    }
    return (error as Error).message;
  }
}

/** What is still to be said of a file once the project holds the documents that its fixes created. */
function leftOver(
  linter: Linter,
  file: string,
  fixed: Fixed,
  selection: Selection,
  index: ProjectIndex,
): FileReport {
  const source = { path: file, text: fixed.text };
  const result = linter.lint(source, { ...selection, evidence: index.evidenceFor(file) });
  return fileReport(source, result, fixed.report.fixed);
}

/** Creates a file that is not there yet, inside the project, and makes it known. Says what it did. */
function createNew(root: string, name: string, content: string, index: ProjectIndex): string[] {
  const file = path.resolve(root, name);
  if (!file.startsWith(root + path.sep)) return [];
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content, { flag: "wx" });
    index.addDocument(name, content);
    return [`created ${name}`];
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return code === "EEXIST" ? [] : [`${name} could not be created (${code})`];
  }
}
