/** Columns of the tables that a project's programs read, where the files lie in the project. Their rows are not read. */

import * as fs from "node:fs";
import * as path from "node:path";
import type { TableSource } from "../python/table-reads.ts";
import type { TableColumns } from "./evidence.ts";
import type { ProjectIndex } from "./project-index.ts";
import { columnsOfDelimited, columnsOfLines, type Head } from "./table-header.ts";

/** So much of a file is read, bytes: more than the names of 2,000 columns. */
const HEAD_BYTES = 65_536;
/** Files of a project that are looked into. */
const MOST_FILES = 1_000;

/** Keeps what it read of each file until that is written again. */
export class TableColumnsReader {
  private readonly known = new Map<string, { stamp: string; columns: string[] | undefined }>();
  private readonly folder: string;

  /** @param root the project's folder, absolute */
  constructor(private readonly root: string) {
    this.folder = realPath(root) ?? root;
  }

  /** Looks again for the tables that one program names; true when that is something new. */
  learn(index: ProjectIndex, program: string): boolean {
    return index.setTables(
      program,
      index.tablesNamed(program).flatMap((source) => this.columnsOf(program, source) ?? []),
    );
  }

  /** Undefined where there is no such file, or several of different columns could be meant. */
  private columnsOf(program: string, source: TableSource): TableColumns | undefined {
    let found: TableColumns | undefined;
    for (const file of this.candidates(program, source)) {
      const columns = this.read(path.join(this.root, file), source);
      if (columns === undefined) continue;
      if (found !== undefined && columns.join("\n") !== found.columns.join("\n")) return undefined;
      found ??= { source, file: file.split(path.sep).join("/"), columns };
    }
    return found;
  }

  /** Relative to the root. A program is started in its own folder, or in one above it. */
  private candidates(program: string, { path: named, fromProgram }: TableSource): string[] {
    if (path.isAbsolute(program)) return [];
    const inside = (file: string) => !file.startsWith("..") && !path.isAbsolute(file);
    if (path.isAbsolute(named)) return [path.relative(this.root, named)].filter(inside);
    const candidates = new Set<string>();
    for (let folder = path.dirname(program); ; folder = path.dirname(folder)) {
      candidates.add(path.join(folder, named));
      if (folder === "." || fromProgram) break;
    }
    return [...candidates].filter(inside);
  }

  private read(file: string, { lines, delimiter }: TableSource): string[] | undefined {
    const real = realPath(file);
    // A link may lead out of the project.
    if (real === undefined || !real.startsWith(this.folder + path.sep)) return undefined;
    try {
      const stat = fs.statSync(real);
      if (!stat.isFile() || stat.size === 0) return undefined;
      const key = JSON.stringify([real, lines, delimiter]);
      const stamp = `${stat.mtimeMs} ${stat.size}`;
      const known = this.known.get(key);
      if (known?.stamp === stamp) return known.columns;
      if (known === undefined && this.known.size >= MOST_FILES) return undefined;
      const head = headOf(real);
      const columns = head && (lines ? columnsOfLines(head) : columnsOfDelimited(head, delimiter));
      this.known.set(key, { stamp, columns });
      return columns;
    } catch {
      return undefined;
    }
  }
}

function realPath(file: string): string | undefined {
  try {
    return fs.realpathSync(file);
  } catch {
    return undefined;
  }
}

/** Undefined for what is no text. */
function headOf(file: string): Head | undefined {
  // Without waiting: it may have become a pipe.
  const handle = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
  try {
    const bytes = Buffer.alloc(HEAD_BYTES);
    const length = fs.readSync(handle, bytes, 0, HEAD_BYTES, 0);
    const read = bytes.subarray(0, length);
    return read.includes(0) ? undefined : { text: read.toString("utf8"), whole: length < HEAD_BYTES };
  } finally {
    fs.closeSync(handle);
  }
}
