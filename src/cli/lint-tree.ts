/** A tree linted in two passes: each file alone, then those again whose rules ask what the rest of the project says. */

import * as fs from "node:fs";
import { availableParallelism } from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { discover } from "../lint/discover.node.ts";
import { relativePath } from "../lint/lint-files.node.ts";
import type { FileReport } from "../lint/output/report.ts";
import { LintPool } from "../lint/pool.node.ts";
import { isDocumentRead } from "../lint/project/document-facts.ts";
import { isDocument } from "../lint/project/documents.ts";
import type { FileEvidence } from "../lint/project/file-evidence.ts";
import { ProjectIndex } from "../lint/project/project-index.ts";
import type { RecordedEvidence } from "../lint/project/recorded-evidence.ts";
import { TableColumnsReader } from "../lint/project/table-columns.node.ts";
import { namesVersions } from "../lint/project/version-files.ts";
import { readSource } from "../lint/read-source.node.ts";
import { createReaders } from "../lint/readers.node.ts";
import type { Selection } from "../lint/select.ts";
import { isTestFile } from "../lint/test-file.ts";
import type { Survey } from "../lint/worker-protocol.ts";
import { createService } from "../lint/worker-service.node.ts";

/** From so many files on, threads pay for their start. */
const WORTH_THREADS = 40;
/** Files of the project that are read for evidence although they were not named. */
const MOST_FOR_EVIDENCE = 5_000;

export interface Tree {
  /** The project's folder. */
  root: string;
  /** Absolute. */
  files: readonly string[];
  selection: Selection;
  recorded: () => Promise<RecordedEvidence>;
}

export interface LintedTree {
  /** By file; paths relative to the root. */
  reports: FileReport[];
  index: ProjectIndex;
}

export async function lintTree({ root, files, selection, recorded }: Tree): Promise<LintedTree> {
  const pool = createPool(files.length);
  try {
    const index = new ProjectIndex();
    const surveyed = await survey(pool, root, files, selection);
    learn(index, surveyed);
    const again = surveyed.flatMap((survey) => survey.again);
    const reports = surveyed.flatMap((survey) => survey.reports);
    if (again.length > 0) {
      index.record(await recorded());
      if (surveyed.some(({ asksFiles }) => asksFiles)) await learnRest(index, pool, root, files);
      learnTables(index, root, again);
      reports.push(...(await lintWith(pool, root, again, selection, index)));
    }
    reports.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
    return { reports, index };
  } finally {
    await pool.dispose();
  }
}

/** What the project says of a text that need not be a file of it yet: `file` is what it will be, absolute; `says` what it says. */
export async function indexAround({
  root,
  file,
  says,
  recorded,
}: Pick<Tree, "root" | "recorded"> & {
  file: string;
  says: FileEvidence | undefined;
}): Promise<ProjectIndex> {
  const pool = createPool(1);
  try {
    const index = new ProjectIndex();
    index.record(await recorded());
    await learnRest(index, pool, root, [file]);
    index.set(relativePath(root, file), says);
    learnTables(index, root, [file]);
    return index;
  } finally {
    await pool.dispose();
  }
}

async function learnRest(
  index: ProjectIndex,
  pool: LintPool,
  root: string,
  files: readonly string[],
): Promise<void> {
  const around = restOfProject(root, files);
  for (const file of around.documents) index.addDocument(relativePath(root, file), textOfDocument(file));
  learn(index, await survey(pool, root, around.files, { select: [] }));
}

/** Columns of the tables that these programs read. */
function learnTables(index: ProjectIndex, root: string, files: readonly string[]): void {
  const reader = new TableColumnsReader(root);
  for (const file of files) reader.learn(index, relativePath(root, file));
}

function learn(index: ProjectIndex, surveys: readonly Survey[]): void {
  for (const evidence of surveys.flatMap((survey) => survey.evidence)) index.set(evidence.file, evidence);
}

/** Files of the project, and of the folders that were named, that say something to others. */
function restOfProject(root: string, named: readonly string[]): { files: string[]; documents: string[] } {
  const taken = new Set(named);
  const inside = named.some((file) => file.startsWith(root + path.sep));
  const { files } = discover(inside ? [root] : [], (name) => isDocument(name) || namesVersions(name));
  const documents = files.filter((file) => isDocument(file) && !namesVersions(file));
  const isPlain = new Set(documents);
  return {
    documents,
    files: files
      .filter((file) => !taken.has(file) && !isPlain.has(file) && !isTestFile(relativePath(root, file)))
      .slice(0, MOST_FOR_EVIDENCE),
  };
}

function textOfDocument(file: string): string | undefined {
  const read = isDocumentRead(file) ? readSource(file) : undefined;
  return read && "text" in read ? read.text : undefined;
}

function createPool(files: number): LintPool {
  const worker = path.join(path.dirname(fileURLToPath(import.meta.url)), "lint.worker.mjs");
  const threads = files >= WORTH_THREADS && fs.existsSync(worker) ? availableParallelism() - 1 : 0;
  return new LintPool(worker, threads, () => createReaders().then(createService));
}

function survey(pool: LintPool, root: string, files: readonly string[], selection: Selection) {
  return pool.all(
    "survey",
    pool.batches(files).map((batch) => ({ root, files: batch, selection })),
  );
}

async function lintWith(
  pool: LintPool,
  root: string,
  files: readonly string[],
  selection: Selection,
  index: ProjectIndex,
): Promise<FileReport[]> {
  const asks = pool.batches(files).map((batch) => ({
    root,
    selection,
    files: batch.map((file) => ({ file, evidence: index.evidenceFor(relativePath(root, file)) })),
  }));
  return (await pool.all("files", asks)).flat();
}
