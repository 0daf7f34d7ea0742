/** Writes documents of a project into a folder: collects, composes, renders, seals. */

import { createHash } from "node:crypto";
import { promises as fs } from "node:fs";
import * as path from "node:path";
import { gitAuthor } from "../energy/git-author.node.ts";
import { replaceFile } from "../ledger/atomic-file.node.ts";
import { canonicalJson } from "../ledger/canonical.ts";
import type { ReportBody } from "../ledger/entries/report.ts";
import { pathInProject } from "../ledger/record-audit.node.ts";
import { writeInProject } from "../ledger/write-in-project.node.ts";
import { collectEvidence } from "./collect-evidence.node.ts";
import { type Composed, composeDocument } from "./compose-document.ts";
import type { DocumentContent, Facts, Format, ReportDocument } from "./documents/document.ts";
import { modelCard } from "./documents/model-card.ts";
import type { ModelCardMetadata } from "./documents/model-card-metadata.ts";
import { type Evidence, evidenceOfRun } from "./evidence.ts";
import { mergedReadme, ReadmeUnusable } from "./readme.ts";
import { documentHtml } from "./render/document-html.ts";
import { documentJson } from "./render/document-json.ts";
import { documentMarkdown } from "./render/document-markdown.ts";
import { blankSeal, sealed, stateOf } from "./seal.ts";

export interface DocumentRequest {
  /** The project's folder. */
  folder: string;
  documents: readonly ReportDocument[];
  formats: readonly Format[];
  facts: Facts;
  /** A folder; made where there is none. */
  out: string;
  /** In place of what the project's ledger holds. */
  evidence?: Evidence;
  /** Evidence of this run alone. */
  run?: string;
  /** false: no entry in the ledger. */
  record?: boolean;
  /** Also over files that somebody signed or changed. */
  force?: boolean;
  signal?: AbortSignal;
  /** Called before each file, for progress: 0 to 1. */
  onFile?: (file: string, done: number) => void;
}

export interface WrittenDocument {
  document: string;
  format: Format;
  /** Absolute. */
  file: string;
  /** "kept": somebody signed or changed what is there, and nothing was forced. */
  outcome: "written" | "kept";
  /** Why it was kept. */
  reason?: string;
  status: "DRAFT" | "FINAL";
  /** The document's id. */
  id: string;
  completeness: { filled: number; required: number };
  /** The ledger's entry on it, which a person can approve; absent where none was written. */
  entry?: string;
  notices: readonly string[];
}

const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");

/**
 * The same ledger and facts give the same bytes. A file that was signed, that somebody changed, or that Fairwatt did not
 * write stays as it is unless `force` is set. Throws the system's error where a file cannot be written, the signal's reason when it is aborted; what was
 * written before stays.
 */
export async function writeDocuments(request: DocumentRequest): Promise<WrittenDocument[]> {
  const { documents, formats, facts, signal } = request;
  const all = request.evidence ?? (await collectEvidence(request.folder, signal));
  const evidence = request.run === undefined ? all : evidenceOfRun(all, request.run);
  const written: WrittenDocument[] = [];
  await fs.mkdir(request.out, { recursive: true });
  for (const document of documents) {
    const composed = composeDocument(document, evidence, facts, sha256);
    const files: WrittenDocument[] = [];
    const hashes: ReportBody["files"] = [];
    for (const format of formats) {
      signal?.throwIfAborted();
      const file = path.join(request.out, fileName(document, composed, format));
      request.onFile?.(file, (written.length + files.length) / (documents.length * formats.length));
      const bytes = await render(composed, format);
      const result = await write(file, bytes, composed, format, request.force ?? false);
      files.push(result);
      if (result.outcome === "written") {
        const shown = pathInProject(request.folder, file);
        hashes.push({ path: shown, bytes: bytes.length, sha256: sha256(bytes) });
      }
    }
    const entry =
      request.record === false || hashes.length === 0
        ? undefined
        : await recordReport(request.folder, composed.content, hashes, all.reports);
    written.push(...files.map((each) => (entry === undefined ? each : { ...each, entry })));
  }
  return written;
}

/**
 * The hash of the ledger's entry on these files: of the one that is there, where the same files were written before. Undefined
 * where no ledger can be written: the document is there all the same.
 */
async function recordReport(
  folder: string,
  content: DocumentContent,
  files: ReportBody["files"],
  reports: Evidence["reports"],
): Promise<string | undefined> {
  const same = reports.find(
    ({ body }) => body.content === content.id && canonicalJson(body.files) === canonicalJson(files),
  );
  if (same) return same.hash;
  const author = await gitAuthor(folder);
  const body: ReportBody = {
    document: content.document,
    form: String(content.form),
    title: content.title,
    content: content.id,
    files,
    entries: content.evidence.entries,
    filled: content.completeness.filled,
    fields: content.completeness.required,
    ...(author !== undefined && { author }),
    fairwatt: content.fairwatt,
  };
  try {
    return await writeInProject(folder, { type: "report", time: new Date().toISOString(), body });
  } catch {
    return undefined;
  }
}

/**
 * Writes the model card into the README `file`, which is made where there is none; what people wrote in it stays (../readme.ts).
 * Throws ReadmeUnusable, or the system's error; the file is then as it was.
 */
export async function writeIntoReadme(
  request: Pick<DocumentRequest, "folder" | "facts" | "run">,
  file: string,
): Promise<WrittenDocument> {
  const all = await collectEvidence(request.folder);
  const evidence = request.run === undefined ? all : evidenceOfRun(all, request.run);
  const composed = composeDocument(modelCard, evidence, request.facts, sha256);
  let present = "";
  try {
    present = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await fs.readFile(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") throw new ReadmeUnusable(`${file} is not UTF-8 text`);
    if (code !== "ENOENT") throw error;
  }
  const merged = mergedReadme(present, composed.own?.value as ModelCardMetadata, composed.content);
  // Rules for files of documents do not hold for it: a README is people's, and keeps all that they wrote.
  return write(file, Buffer.from(merged), composed, "md", true);
}

/** From the list of documents alone: nothing that a person or a program named is in it. */
function fileName({ id }: ReportDocument, { own }: Composed, format: Format): string {
  return own?.format === format ? own.file : `${id}.${format}`;
}

async function render({ content, own }: Composed, format: Format): Promise<Buffer> {
  const seal = blankSeal(content.status);
  const bytes = await (async () => {
    if (own?.format === format) return Buffer.from(own.render(seal));
    switch (format) {
      case "html":
        return Buffer.from(`${documentHtml(content)}<!-- ${seal} -->\n`);
      case "md":
        return Buffer.from(`${documentMarkdown(content)}\n<!-- ${seal} -->\n`);
      case "json":
        return Buffer.from(documentJson(content, seal));
      case "pdf": {
        const { documentPdf } = await import("./render/document-pdf.node.ts");
        return Buffer.concat([await documentPdf(content), Buffer.from(`% ${seal}\n`)]);
      }
    }
  })();
  return sealed(bytes, sha256);
}

async function write(
  file: string,
  bytes: Buffer,
  { content }: Composed,
  format: Format,
  force: boolean,
): Promise<WrittenDocument> {
  const result = {
    document: content.document,
    format,
    file,
    status: content.status,
    id: content.id,
    completeness: { filled: content.completeness.filled, required: content.completeness.required },
    notices: content.notices,
  };
  const reason = force ? undefined : await whyKept(file, bytes);
  if (reason !== undefined) return { ...result, outcome: "kept", reason };
  try {
    replaceFile(file, bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`the document cannot be written to ${file} (${code}); name another folder with --out`);
  }
  return { ...result, outcome: "written" };
}

/** Undefined where the file may be replaced. */
async function whyKept(file: string, bytes: Buffer): Promise<string | undefined> {
  let present: Buffer;
  try {
    present = await fs.readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  if (present.equals(bytes)) return undefined;
  const state = stateOf(present, sha256);
  if (state === "draft") return undefined;
  return state === "final"
    ? "it is signed"
    : "it was changed since it was written, or was not written by Fairwatt";
}
