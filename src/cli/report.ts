/** `fairwatt report`: the report of one run, and the documents of a project. */

import { realpathSync } from "node:fs";
import * as path from "node:path";
import { loadProject } from "../config/load.node.ts";
import { findProjectFolder } from "../energy/run-folder.node.ts";
import { collectEvidence } from "../report/collect-evidence.node.ts";
import { FORMATS, type Format, type ReportDocument } from "../report/documents/document.ts";
import { DOCUMENTS, documentNamed } from "../report/documents/index.ts";
import { type Evidence, newestTime } from "../report/evidence.ts";
import { ReadmeUnusable } from "../report/readme.ts";
import { documentSchema } from "../report/render/document-json.ts";
import { type WrittenDocument, writeDocuments, writeIntoReadme } from "../report/write-documents.node.ts";
import { writeRunReport } from "../report/write-run-report.node.ts";
import { printable } from "./printable.ts";
import { projectSettings } from "./project-settings.ts";
import { withRuns } from "./runs-find.ts";
import { formatTable, print, printJson } from "./table.ts";

export interface ReportArguments {
  cwd: string;
  document?: string[];
  all?: boolean;
  format?: string[];
  out?: string;
  list?: boolean;
  /** Print the JSON Schema of documents as JSON. */
  schema?: boolean;
  /** Folders of projects, or of folders that are: the register of their systems. */
  projects?: string[];
  force?: boolean;
  /** A README that the model card becomes a part of. */
  into?: string;
  /** false: nothing is entered in the ledger. */
  ledger?: boolean;
  json?: boolean;
}

/** Says what to call instead. */
class WrongCall extends Error {}

/** 0: written; 1: a file was kept because somebody signed or changed it; 2: the call or the run cannot be used. */
export async function report(reference: string | undefined, options: ReportArguments): Promise<number> {
  try {
    return await reportOrThrow(reference, options);
  } catch (error) {
    if (!(error instanceof WrongCall || error instanceof ReadmeUnusable)) throw error;
    process.stderr.write(`fairwatt: ${printable(error.message)}\n`);
    return 2;
  }
}

async function reportOrThrow(reference: string | undefined, options: ReportArguments): Promise<number> {
  if (options.list) return list(options);
  if (options.schema) {
    await printJson(documentSchema());
    return 0;
  }
  if (options.projects) return registerOfProjects(reference, options, options.projects);
  const wanted = documentsOf(options);
  if (wanted.length > 0) return documents(reference, wanted, options);
  if (reference === undefined)
    throw new WrongCall(
      "name a run (fairwatt report last), or a document (fairwatt report --document ai-act-compute); --list shows the documents",
    );
  if (options.format && options.format.join() !== "html")
    throw new WrongCall("the report of a run is one HTML file; --format goes with --document");
  return withRuns(options.cwd, [reference], async ([run]) => {
    const file = await writeRunReport(run!.directory, { out: options.out });
    if (options.json) await printJson({ file, run: run!.summary.id });
    else await print([file]);
  });
}

async function list({ json }: ReportArguments): Promise<number> {
  if (json) {
    await printJson(
      DOCUMENTS.map(({ id, title, summary, form, legalTextAsOf }) => ({
        id,
        title,
        summary,
        form,
        legalTextAsOf: legalTextAsOf ?? null,
      })),
    );
  } else {
    await print(
      formatTable(
        [{ title: "Document" }, { title: "What it is" }],
        DOCUMENTS.map(({ id, summary }) => [id, summary]),
      ),
    );
  }
  return 0;
}

/** Throws a WrongCall for a name that no document has. */
function documentsOf({ document = [], all }: ReportArguments): ReportDocument[] {
  if (all) return [...DOCUMENTS];
  return [...new Set(document)].map((id) => {
    const found = documentNamed(id);
    if (found) return found;
    throw new WrongCall(
      `there is no document "${printable(id)}"; there are: ${DOCUMENTS.map((each) => each.id).join(", ")}`,
    );
  });
}

function formatsOf({ format = ["html"] }: ReportArguments): Format[] {
  return [...new Set(format)].map((name) => {
    const found = FORMATS.find((each) => each === name);
    if (found) return found;
    throw new WrongCall(`there is no format "${printable(name)}"; there are: ${FORMATS.join(", ")}`);
  });
}

async function documents(
  reference: string | undefined,
  wanted: ReportDocument[],
  options: ReportArguments,
): Promise<number> {
  const formats = formatsOf(options);
  const folder = findProjectFolder(options.cwd);
  const project = projectSettings(folder);
  const out = path.resolve(options.cwd, options.out ?? path.join(folder, "reports"));
  if (options.into !== undefined && (wanted.length !== 1 || wanted[0]!.id !== "model-card"))
    throw new WrongCall("--into goes with --document model-card alone");
  const request = {
    folder,
    documents: wanted,
    formats,
    facts: project.config,
    out,
    force: options.force,
    record: options.ledger,
  };
  const { into } = options;
  const write = async (run?: string) =>
    into === undefined
      ? writeDocuments({ ...request, run })
      : [await writeIntoReadme({ ...request, run }, path.resolve(options.cwd, into))];
  if (reference === undefined) return deliver(await write(), options);
  let exitCode = 0;
  const found = await withRuns(options.cwd, [reference], async ([run]) => {
    exitCode = await deliver(await write(run!.summary.id), options);
  });
  return found || exitCode;
}

async function registerOfProjects(
  reference: string | undefined,
  options: ReportArguments,
  folders: readonly string[],
): Promise<number> {
  if (reference !== undefined || options.document || options.all || options.into !== undefined)
    throw new WrongCall("--projects writes the register of those projects alone");
  const formats = formatsOf(options);
  const { collectProjects, findProjects } = await import("../report/collect-projects.node.ts");
  const { registerOf } = await import("../report/documents/register-of-projects.ts");
  let found: string[];
  try {
    found = findProjects(folders.map((folder) => path.resolve(options.cwd, folder)));
  } catch (error) {
    const { code, path: folder } = error as NodeJS.ErrnoException;
    throw new WrongCall(`${folder} cannot be read (${code})`);
  }
  if (found.length === 0)
    throw new WrongCall(
      "there is no project in these folders: a project has a fairwatt.toml, or a .fairwatt folder",
    );
  const { projects, evidence, problems } = await collectProjects(found);
  for (const problem of problems) process.stderr.write(`fairwatt: ${printable(problem)}\n`);
  const folder = findProjectFolder(options.cwd);
  const { organisation, contact } = loadProject(folder).config.report ?? {};
  // Approvals of the register stand in the ledger of the project that it is written in.
  const own = found.includes(realpathSync(folder)) ? null : await collectEvidence(folder);
  const written = await writeDocuments({
    folder,
    documents: [registerOf(projects)],
    formats,
    // Whose register it is: of the project that it is written in.
    facts: {
      pue: 1,
      report: {
        ...{ system: `${projects.length} systems`, version: evidenceDay(evidence) },
        ...(organisation && { organisation }),
        ...(contact && { contact }),
      },
    },
    out: path.resolve(options.cwd, options.out ?? path.join(folder, "reports")),
    evidence: own
      ? {
          ...evidence,
          reports: [...evidence.reports, ...own.reports],
          approvals: [...evidence.approvals, ...own.approvals],
        }
      : evidence,
    force: options.force,
    record: options.ledger,
  });
  return deliver(written, options);
}

const evidenceDay = (evidence: Evidence): string => newestTime(evidence)?.slice(0, 10) ?? "no entry yet";

async function deliver(written: WrittenDocument[], { json }: ReportArguments): Promise<number> {
  if (json) await printJson(written);
  else {
    const files = written.filter(({ outcome }) => outcome === "written").map(({ file }) => file);
    if (files.length > 0) await print(files);
  }
  for (const { outcome, file, reason } of written) {
    if (outcome === "kept")
      process.stderr.write(
        `fairwatt: ${printable(file)} is kept: ${reason}. --force writes over it, --out writes elsewhere\n`,
      );
  }
  const entries = new Map(written.flatMap(({ entry, document }) => (entry ? [[document, entry]] : [])));
  for (const [document, entry] of entries) {
    process.stderr.write(`fairwatt: ${document} is ledger entry ${entry.slice(0, 12)}\n`);
  }
  const notices = new Set(
    written.flatMap(({ document, notices }) => notices.map((text) => `${document}: ${text}`)),
  );
  for (const notice of notices) process.stderr.write(`fairwatt: ${printable(notice)}\n`);
  return written.some(({ outcome }) => outcome === "kept") ? 1 : 0;
}
