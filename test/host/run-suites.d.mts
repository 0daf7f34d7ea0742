// The types of run-suites.mjs, which describes them, for the TypeScript that imports it.

import type { EditorVersion } from "./editor-versions.mjs";

export interface SuitesOptions {
  version: EditorVersion;
  suitesBundle: string;
  workspace: string;
  trust?: boolean;
  extensionDevelopmentPath?: string | string[];
  env?: Record<string, string>;
  grep?: string;
  timeoutSeconds?: number;
}

export interface SuitesResult {
  exitCode: number;
  passed: number;
  failed: number;
  skipped: number;
  failures: { title: string; message: string }[];
  seconds: number;
}

export function runSuites(options: SuitesOptions): Promise<SuitesResult>;
