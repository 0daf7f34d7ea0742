/** Answers the questions of worker-protocol.ts: open documents, folders' indexes, files of a tree. */

import * as fs from "node:fs";
import * as path from "node:path";
import { discover } from "./discover.node.ts";
import { type DocumentReport, documentReport } from "./document-report.ts";
import { createLinter, type Linter, type Readers } from "./engine.ts";
import { lintFile, relativePath, surveyFiles } from "./lint-files.node.ts";
import { isDocumentRead } from "./project/document-facts.ts";
import { isDocument } from "./project/documents.ts";
import { fileEvidence } from "./project/file-evidence.ts";
import { ProjectIndex } from "./project/project-index.ts";
import { TableColumnsReader } from "./project/table-columns.node.ts";
import { isTable } from "./project/table-files.ts";
import { namesVersions } from "./project/version-files.ts";
import { readSource } from "./read-source.node.ts";
import { rulePage } from "./rule-page.ts";
import type { Selection } from "./select.ts";
import { kindOf } from "./source-kind.ts";
import { isTestFile } from "./test-file.ts";
import { edited } from "./text-edits.ts";
import type { Answers, DocumentText, Kind } from "./worker-protocol.ts";

export interface DocumentReaders extends Readers {
  /** Readers of one document, which keep the syntax of its last text. */
  open(): Readers;
}

/** After so much work in one piece the worker looks at what else was asked, ms. */
const SLICE = 15;

export type Handlers = {
  [K in Kind]: (ask: Answers[K]["ask"]) => Answers[K]["answer"] | Promise<Answers[K]["answer"]>;
};

export function createService(readers: DocumentReaders): Handlers {
  const linter = createLinter(readers);
  const documents = new Map<string, { linter: Linter; document: DocumentText }>();
  const folders = new Map<string, ProjectIndex>();
  /** Of each folder's files when they were last looked at for its index. */
  const stamps = new Map<string, Map<string, string>>();

  const tables = new Map<string, TableColumnsReader>();

  const indexOf = (root: string) => {
    const found = folders.get(root) ?? new ProjectIndex();
    folders.set(root, found);
    return found;
  };
  /** Keeps the document: edits are of it. */
  const lintDocument = (document: DocumentText, selection: Selection): DocumentReport => {
    const began = performance.now();
    const linter = documents.get(document.uri)?.linter ?? createLinter(readers.open());
    documents.set(document.uri, { linter, document });
    const evidence =
      document.root === undefined ? undefined : folders.get(document.root)?.evidenceFor(document.path);
    const result = linter.lint(document, { ...selection, evidence });
    return documentReport(document.uri, document.version, result, performance.now() - began);
  };
  /** What a file says; true when that is something new. */
  const learn = (index: ProjectIndex, file: string, text: string | undefined): boolean => {
    if (isTestFile(file)) return false;
    if (isDocument(file) && !namesVersions(file)) {
      if (text === undefined) return index.removeDocument(file);
      return index.addDocument(file, isDocumentRead(file) ? text : undefined);
    }
    if (text === undefined) return index.set(file, undefined);
    const kind = kindOf({ path: file, text });
    return index.set(file, fileEvidence(file, text, kind && readers[kind]({ path: file, text })));
  };
  const learnFromDisk = (index: ProjectIndex, folder: string, file: string): boolean => {
    if (isTestFile(file)) return false;
    if (isDocument(file) && !namesVersions(file) && !isDocumentRead(file)) return learn(index, file, "");
    const read = readSource(path.join(folder, file));
    return learn(index, file, "skipped" in read ? undefined : read.text);
  };
  /** Looks again at the tables that the folder's programs name; true when one of them has other columns. */
  const learnTables = async (index: ProjectIndex, folder: string): Promise<boolean> => {
    const reader = tables.get(folder) ?? new TableColumnsReader(folder);
    tables.set(folder, reader);
    let news = false;
    await inSlices(index.programsWithTables(), (file) => {
      news = reader.learn(index, file) || news;
    });
    return news;
  };

  return {
    document: ({ document, selection }) => lintDocument(document, selection),
    close({ uri }) {
      documents.delete(uri);
      return undefined;
    },
    edited({ uri, edits, selection }) {
      const document = documents.get(uri)?.document;
      const text = document && edited(document, edits);
      if (document === undefined || text === undefined) return undefined;
      return lintDocument({ ...document, text, version: edits.version }, selection);
    },
    forget({ root, folder }) {
      folders.delete(root);
      stamps.delete(root);
      if (folder !== undefined) tables.delete(folder);
      return undefined;
    },
    async index({ root, folder }) {
      const index = folders.get(root) ?? new ProjectIndex();
      const before = stamps.get(root) ?? new Map<string, string>();
      const now = new Map<string, string>();
      let news = false;
      const files = discover([folder], (name) => isDocument(name) || namesVersions(name)).files;
      await inSlices(files, (absolute) => {
        const file = relativePath(folder, absolute);
        const stamp = stampOf(absolute);
        now.set(file, stamp);
        if (before.get(file) !== stamp) news = learnFromDisk(index, folder, file) || news;
      });
      for (const file of before.keys()) if (!now.has(file)) news = learn(index, file, undefined) || news;
      news = (await learnTables(index, folder)) || news;
      folders.set(root, index);
      stamps.set(root, now);
      return { files: files.length, news };
    },
    async changed({ root, folder, files }) {
      const index = indexOf(root);
      let news = false;
      for (const { path: file, text } of files) {
        if (isTable(file)) continue;
        const changed =
          text === undefined && folder !== undefined
            ? learnFromDisk(index, folder, file)
            : learn(index, file, text ?? undefined);
        news = changed || news;
      }
      return folder === undefined ? news : (await learnTables(index, folder)) || news;
    },
    record({ root, recorded }) {
      indexOf(root).record(recorded);
      return undefined;
    },
    async workspace({ root, folder, files, selection }) {
      const found: Answers["workspace"]["answer"] = [];
      await inSlices(files, (file) => {
        const text = textOf(file, folder);
        if (text === undefined) return;
        const evidence = folders.get(root)?.evidenceFor(file.path);
        const result = linter.lint({ path: file.path, text }, { ...selection, evidence });
        if (result.findings.length === 0) return;
        found.push({ path: file.path, report: documentReport(file.path, 0, result, 0) });
      });
      return found;
    },
    discover: ({ folder }) => discover([folder]).files.map((file) => relativePath(folder, file)),
    survey: (job) => surveyFiles(linter, job),
    files: ({ root, files, selection }) =>
      files.map(({ file, evidence }) => lintFile(linter, root, file, { ...selection, evidence })),
    page({ code }) {
      const rule = linter.rules.find((each) => each.code === code.toUpperCase());
      return rule && rulePage(rule);
    },
    rules: () =>
      linter.rules.map(({ code, name, default: isDefault }) => ({ code, name, default: isDefault })),
  };
}

/** What was sent, or what stands on the disk; undefined where that is gone or no text. */
function textOf(
  file: { path: string; text?: string | null },
  folder: string | undefined,
): string | undefined {
  if (file.text !== undefined || folder === undefined) return file.text ?? undefined;
  const read = readSource(path.join(folder, file.path));
  return "skipped" in read ? undefined : read.text;
}

/** Says something else once a file was written again. */
function stampOf(file: string): string {
  const { mtimeMs, size } = fs.statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: 0, size: -1 };
  return `${mtimeMs} ${size}`;
}

/** Work on each item, with a look at the thread's messages every few milliseconds. */
async function inSlices<T>(items: readonly T[], work: (item: T) => void): Promise<void> {
  let began = performance.now();
  for (const item of items) {
    work(item);
    if (performance.now() - began < SLICE) continue;
    await new Promise((resolve) => setImmediate(resolve));
    began = performance.now();
  }
}
