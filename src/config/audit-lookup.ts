/** Which settings of `[audit]` are those of a table. Pure. */

import ignoreFactory from "ignore";
import { type AuditTable, DEFAULT_SUPPRESS_BELOW } from "./audit-settings.ts";
import type { ProjectConfig } from "./project.ts";

export interface FoundAuditTable {
  /** Its key in the project file: the path itself, or the pattern. */
  key: string;
  settings: AuditTable;
}

/**
 * The settings of the table at `file` (below the project's folder, with "/"): those of its own path, else of the first
 * pattern that fits; undefined where there are none. Patterns are as in .gitignore and never fit a file outside.
 */
export function auditTableOf(config: ProjectConfig, file: string): FoundAuditTable | undefined {
  const path = plain(file);
  const tables = Object.entries(config.audit?.tables ?? {});
  const [key, settings] =
    tables.find(([name]) => plain(name) === path) ??
    tables.find(([name]) => ignoreFactory.isPathValid(path) && ignoreFactory().add(name).ignores(path)) ??
    [];
  return key === undefined || settings === undefined ? undefined : { key, settings };
}

/** Smaller counts of people stay out of what an audit passes on. */
export const suppressBelow = (config: ProjectConfig): number =>
  config.audit?.["suppress-below"] ?? DEFAULT_SUPPRESS_BELOW;

const plain = (path: string): string => path.replace(/^(?:\.\/)+/, "");
