/** Lints the files of a corpus: each alone, or within its project. */

import { existsSync } from "node:fs";
import path from "node:path";
import { discover } from "../../src/lint/discover.node.ts";
import { createLinter, type Linter, type LintResult } from "../../src/lint/engine.ts";
import { LineIndex } from "../../src/lint/line-index.ts";
import { relativePath } from "../../src/lint/lint-files.node.ts";
import { isDocumentRead } from "../../src/lint/project/document-facts.ts";
import { isDocument } from "../../src/lint/project/documents.ts";
import type { ProjectEvidence } from "../../src/lint/project/evidence.ts";
import { fileEvidence } from "../../src/lint/project/file-evidence.ts";
import { ProjectIndex } from "../../src/lint/project/project-index.ts";
import { namesVersions } from "../../src/lint/project/version-files.ts";
import { readSource } from "../../src/lint/read-source.node.ts";
import { createReaders } from "../../src/lint/readers.node.ts";
import type { Setting } from "./families.ts";
import type { Corpus, LabelledFile } from "./manifest.ts";
import type { Answer } from "./score.ts";

export interface LintCorpus {
  corpus: Corpus;
  select: readonly string[];
  /** Whole repositories; without them a project is the corpus' files of one repository. */
  repositories?: string;
}

export interface Linted {
  answers: Answer[];
  milliseconds: number;
  /** Rules that threw: "FW101 in train.py: ...". */
  failures: string[];
}

export async function lintCorpus(options: LintCorpus, setting: Setting): Promise<Linted> {
  const linter = createLinter(await createReaders());
  const linted: Linted = { answers: [], milliseconds: 0, failures: [] };
  const began = performance.now();
  for (const files of byRepository(options.corpus.files)) {
    const index = setting === "project" ? indexOf(linter, files, options.repositories) : undefined;
    for (const { label, text } of files) {
      const name = index ? label.path : label.lint_as;
      const evidence = index && { evidence: index.evidenceFor(name) };
      const result = linter.lint({ path: name, text }, { select: options.select, ...evidence });
      for (const { rule, error } of result.failures)
        linted.failures.push(
          `${rule} in ${label.id} ${name}: ${error instanceof Error ? error.stack : error}`,
        );
      linted.answers.push({ label, found: foundOf(result), heard: heardIn(evidence?.evidence) });
    }
  }
  linted.milliseconds = performance.now() - began;
  return linted;
}

function foundOf({ findings, facts }: LintResult): Answer["found"] {
  const lines = new LineIndex(facts?.text ?? "");
  return findings.map(({ rule, range, message }) => ({
    rule,
    line: lines.positionOf(range.start).line + 1,
    message,
  }));
}

/** A few of each, so that a silence can be understood. */
function heardIn(evidence: ProjectEvidence | undefined): string[] {
  if (!evidence) return [];
  const { fairnessChecks, precisionDecidedIn, quantizationCalls } = evidence;
  return [
    ...fairnessChecks.slice(0, 3).map(({ file, what }) => `check in ${file}: ${what}`),
    ...precisionDecidedIn
      .slice(0, 3)
      .map(({ file, subject, value }) => `precision in ${file}: ${subject} ${value}`),
    ...quantizationCalls.slice(0, 3).map(({ file, what }) => `quantization in ${file}: ${what}`),
  ];
}

function byRepository(files: readonly LabelledFile[]): LabelledFile[][] {
  const groups = new Map<string, LabelledFile[]>();
  for (const file of files) groups.set(file.label.repo, [...(groups.get(file.label.repo) ?? []), file]);
  return [...groups.values()];
}

/** What the project's files say to one another; the labelled text goes before what the repository holds there. */
function indexOf(
  linter: Linter,
  files: readonly LabelledFile[],
  repositories: string | undefined,
): ProjectIndex {
  const index = new ProjectIndex();
  const learn = (file: string, text: string) =>
    index.set(file, fileEvidence(file, text, linter.lint({ path: file, text }, { select: [] }).facts));
  const root = repositories && repositoryIn(repositories, files[0]!.label.repo);
  for (const file of root ? discover([root], (name) => isDocument(name) || namesVersions(name)).files : []) {
    const name = relativePath(root!, file);
    const isPlain = isDocument(name) && !namesVersions(name);
    const read = isPlain && !isDocumentRead(name) ? { skipped: "known by its name" } : readSource(file);
    const text = "skipped" in read ? undefined : read.text;
    if (isPlain) index.addDocument(name, text);
    else if (text !== undefined) learn(name, text);
  }
  for (const { label, text } of files) learn(label.path, text);
  return index;
}

function repositoryIn(repositories: string, repo: string): string | undefined {
  return [repo, repo.replace("/", "+")]
    .map((name) => path.resolve(repositories, name))
    .find((folder) => existsSync(folder));
}
