/** What the files of a project say to one another. Kept current file by file; answers what one file may know. */

import type { TableSource } from "../python/table-reads.ts";
import { type DocumentFacts, readDocument } from "./document-facts.ts";
import type { ProjectEvidence, TableColumns } from "./evidence.ts";
import type { FileEvidence } from "./file-evidence.ts";
import { placeOf } from "./places.ts";
import type { RecordedEvidence } from "./recorded-evidence.ts";
import { serversByPlace } from "./served-by.ts";

const NOTHING_RECORDED: RecordedEvidence = { audits: [], measured: {}, hasRuns: false };

export class ProjectIndex {
  private readonly files = new Map<string, FileEvidence>();
  private readonly documents = new Map<string, number>();
  private readonly documentPaths = new Map<string, DocumentFacts | undefined>();
  private readonly tables = new Map<string, readonly TableColumns[]>();
  private servers: ReturnType<typeof serversByPlace> | undefined;
  private recorded = NOTHING_RECORDED;

  /** Replaces what is known of a file. True when that says something else than before. */
  set(path: string, evidence: FileEvidence | undefined): boolean {
    const before = this.files.get(path);
    if (evidence) this.files.set(path, evidence);
    else this.files.delete(path);
    if (!evidence?.tables.length) this.tables.delete(path);
    const isNews = JSON.stringify(before) !== JSON.stringify(evidence);
    if (isNews) this.servers = undefined;
    return isNews;
  }

  /** Notes a documentation file, and what it says where its text is given; true when that is news. */
  addDocument(path: string, text?: string): boolean {
    const facts = text === undefined ? undefined : readDocument(path, text);
    const isNew = !this.documentPaths.has(path);
    const before = this.documentPaths.get(path);
    this.documentPaths.set(path, facts);
    if (!isNew) return JSON.stringify(before) !== JSON.stringify(facts);
    const name = baseName(path);
    this.documents.set(name, (this.documents.get(name) ?? 0) + 1);
    return true;
  }

  removeDocument(path: string): boolean {
    if (!this.documentPaths.delete(path)) return false;
    const name = baseName(path);
    const left = (this.documents.get(name) ?? 1) - 1;
    if (left > 0) this.documents.set(name, left);
    else this.documents.delete(name);
    return true;
  }

  /** Files that name tables. */
  programsWithTables(): string[] {
    return [...this.files.values()].filter(({ tables }) => tables.length > 0).map(({ file }) => file);
  }

  tablesNamed(path: string): readonly TableSource[] {
    return this.files.get(path)?.tables ?? [];
  }

  /** Replaces what the tables that a file names hold; true when that is news. */
  setTables(path: string, tables: readonly TableColumns[]): boolean {
    const before = this.tables.get(path) ?? [];
    if (tables.length > 0) this.tables.set(path, tables);
    else this.tables.delete(path);
    return JSON.stringify(before) !== JSON.stringify(tables);
  }

  record(recorded: RecordedEvidence): void {
    this.recorded = recorded;
  }

  /** What the rest of the project says of the file at `path`. */
  evidenceFor(path: string): ProjectEvidence {
    const others = [...this.files.values()].filter((each) => each.file !== path);
    const all = [...this.files.values()];
    const energyTools = new Set(all.flatMap((each) => each.energyTools));
    if (this.recorded.hasRuns) energyTools.add("fairwatt");
    const measured = this.recorded.measured[path];
    const intended = nearestAbove(all, path);
    this.servers ??= serversByPlace(all);
    const servedBy = this.servers.get(placeOf(path));
    return {
      fairnessChecks: others
        .filter((each) => areSiblings(each.file, path))
        .flatMap(({ file, fairnessChecks }) => fairnessChecks.map((what) => ({ file, what }))),
      audits: this.recorded.audits,
      versions: mergedVersions(all, path),
      dependencies: new Set(all.flatMap((each) => each.dependencies)),
      precisionDecidedIn: others.flatMap(({ file, precision }) =>
        precision.map((each) => ({ ...each, file })),
      ),
      quantizationCalls: others.flatMap(({ file, quantizationCalls }) =>
        quantizationCalls.map((what) => ({ file, what })),
      ),
      documents: new Set(this.documents.keys()),
      documentation: [...this.documentPaths.values()].flatMap((document) =>
        document && isAbout(document.file, path) ? [document] : [],
      ),
      decisionRecords: others
        .filter((each) => areSiblings(each.file, path))
        .flatMap(({ file, decisionRecords }) => decisionRecords.map((what) => ({ file, what }))),
      servedPrograms: others.flatMap(({ file, servedPrograms }) =>
        servedPrograms.map((each) => ({ ...each, file })),
      ),
      tables: this.tables.get(path) ?? [],
      constants: others.flatMap(({ constants }) => constants),
      energyTools,
      ...(servedBy && servedBy.file !== path && { servedBy }),
      ...(intended && { intendedUse: intended }),
      ...(measured && { measured }),
    };
  }
}

/** The same folder, or one below the other: a package, its `evaluation/`, its `fairness/`. */
export function areSiblings(a: string, b: string): boolean {
  const [first, second] = [folderOf(a), folderOf(b)];
  if (first === second) return true;
  return first !== "" && second !== "" && (inside(first, second) || inside(second, first));
}

/** The intended use that the settings nearest above a file say. */
function nearestAbove(files: readonly FileEvidence[], path: string): ProjectEvidence["intendedUse"] {
  let nearest: ProjectEvidence["intendedUse"];
  for (const { file, intendedUse } of files) {
    const folder = folderOf(file);
    if (intendedUse === undefined || (folder !== "" && !inside(path, folder))) continue;
    if (nearest === undefined || folder.length >= folderOf(nearest.file).length)
      nearest = { file, text: intendedUse };
  }
  return nearest;
}

/** Folders whose documents are about what lies beside them. */
const OF_DOCUMENTS =
  /(?:^|\/)(?:docs?|documentation|model[-_]?cards?|cards?|datasheets?|reports?|governance|compliance|data)$/i;

/** Is a document about a file? One above it, beside it or below it, in a folder beside it, or in a folder for documents. */
export function isAbout(document: string, file: string): boolean {
  const folder = folderOf(file);
  let own = folderOf(document);
  while (OF_DOCUMENTS.test(own)) own = folderOf(own);
  const above = folderOf(folder);
  return own === "" || inside(folder, own) || above === "" || own === above || inside(own, above);
}

const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf("/")));
const baseName = (path: string) => path.slice(path.lastIndexOf("/") + 1).toLowerCase();
const inside = (inner: string, outer: string) => inner.startsWith(`${outer}/`);

/** The nearest file that names a distribution decides; an exact version before a bound one of the same folder. */
function mergedVersions(files: readonly FileEvidence[], path: string): ProjectEvidence["versions"] {
  const versions: Record<string, ProjectEvidence["versions"][string]> = {};
  const rank: Record<string, number> = {};
  for (const each of files) {
    const folder = folderOf(each.file);
    const holds = folder === "" || inside(path, folder);
    for (const [name, pinned] of Object.entries(each.versions)) {
      const says = pinned.exact ? 2 : pinned.min || pinned.below ? 1 : 0;
      const value = (holds ? 1_000 + folder.length * 4 : 0) + says;
      if (value <= (rank[name] ?? -1)) continue;
      rank[name] = value;
      versions[name] = { ...pinned, file: each.file };
    }
  }
  return versions;
}
