/** `fairwatt import`: takes over what other tools recorded, marked as theirs. */

import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { gitAuthor } from "../energy/git-author.node.ts";
import { findProjectFolder } from "../energy/run-folder.node.ts";
import { canonicalJson } from "../ledger/canonical.ts";
import type { ImportedRecord } from "../ledger/entries/imported.ts";
import { importedRecords, type KnownRecord, latestRecords } from "../ledger/imported.node.ts";
import { pathInProject } from "../ledger/record-audit.node.ts";
import { writeInProject } from "../ledger/write-in-project.node.ts";
import { OutputLog } from "../report/exchange/read-carbontracker.ts";
import type { ReadFile, ReadRecord } from "../report/exchange/reader.ts";
import { READERS } from "../report/exchange/readers.ts";
import { FAIRWATT_VERSION } from "../version.ts";
import { importedTable } from "./imported-table.ts";
import { printable } from "./printable.ts";
import { print, printJson } from "./table.ts";

/** Larger files are not logs of these tools. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Records of one ledger entry: an entry is read whole. */
const MOST_RECORDS = 2_000;

export interface ImportOptions {
  cwd: string;
  json?: boolean;
  dryRun?: boolean;
}

interface Taken {
  file: string;
  tool: string;
  added: ImportedRecord[];
  known: number;
  problems: string[];
  entries: string[];
}

class NotImportable extends Error {}

const say = (text: string) => process.stderr.write(`fairwatt: ${printable(text)}\n`);

/** Exit code: 0 taken over (or known already), 1 a file could not be, 2 called wrongly. */
export async function importFiles(files: readonly string[], options: ImportOptions): Promise<number> {
  const project = findProjectFolder(options.cwd);
  const taken: Taken[] = [];
  let failed = false;
  for (const file of files) {
    try {
      taken.push(await importFile(path.resolve(options.cwd, file), project, options.dryRun === true));
    } catch (error) {
      if (!(error instanceof NotImportable || error instanceof OutputLog)) throw error;
      say(`${file}: ${error.message}`);
      failed = true;
    }
  }
  if (options.json) await printJson(taken);
  else for (const each of taken) await print(linesOf(each, options.dryRun === true));
  for (const { file, problems } of taken) for (const problem of problems) say(`${file}: ${problem}`);
  return failed ? 1 : 0;
}

async function importFile(file: string, project: string, dryRun: boolean): Promise<Taken> {
  const bytes = readWhole(file);
  const read = readForeign(textOf(bytes), path.basename(file));
  const known = new Set((await importedRecords(project)).map(({ record }) => record.sha256));
  const all = read.records.map(withHash);
  const added = all.filter(({ sha256 }) => !known.has(sha256));
  const where = pathInProject(project, file);
  const entries: string[] = [];
  const author = dryRun ? undefined : await gitAuthor(project);
  for (let from = 0; from < added.length && !dryRun; from += MOST_RECORDS) {
    const body = {
      tool: read.tool,
      ...(read.toolVersion !== undefined && { toolVersion: read.toolVersion }),
      toolMethod: read.toolMethod,
      file: where,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      bytes: bytes.length,
      records: added.slice(from, from + MOST_RECORDS),
      ...(author !== undefined && { author }),
      fairwatt: FAIRWATT_VERSION,
    };
    entries.push(await writeInProject(project, { type: "imported", time: new Date().toISOString(), body }));
  }
  return {
    file: where,
    tool: read.tool,
    added,
    known: all.length - added.length,
    problems: read.problems,
    entries,
  };
}

function readWhole(file: string): Buffer {
  try {
    if (fs.statSync(file).size > MOST_BYTES) throw new NotImportable("is larger than any log of these tools");
    return fs.readFileSync(file);
  } catch (error) {
    if (error instanceof NotImportable) throw error;
    throw new NotImportable(`cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** Spreadsheets save tables as UTF-16, too, with its mark at the beginning. */
function textOf(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return isUtf16 ? bytes.toString("utf16le", 2) : bytes.toString("utf8");
}

function readForeign(text: string, name: string): ReadFile {
  const reader = READERS.find((each) => each.recognises(text));
  if (!reader) {
    throw new NotImportable(
      "is none of: CodeCarbon's emissions.csv, carbontracker's log, the log of Zeus' monitor, Eco2AI's emission.csv. Nothing was taken over",
    );
  }
  return reader.read(text, name);
}

function withHash({ source, ...record }: ReadRecord): ImportedRecord {
  return { ...record, sha256: createHash("sha256").update(canonicalJson(source)).digest("hex") };
}

function linesOf({ file, tool, added, known, entries }: Taken, dryRun: boolean): string[] {
  const what = `${added.length} ${added.length === 1 ? "record" : "records"} of ${tool}`;
  const before = known > 0 ? `; ${known} known already` : "";
  const shown: KnownRecord[] = added.map((record) => ({ entry: entries[0] ?? "", tool, file, record }));
  return [
    `${printable(file)}: ${what} ${dryRun ? "would be taken over" : "taken over"}${before}`,
    ...(added.length > 0 ? importedTable(latestRecords(shown)) : []),
    ...(added.length > 0 && !dryRun
      ? ["They stay apart from what Fairwatt measured: fairwatt runs --imported"]
      : []),
  ];
}
