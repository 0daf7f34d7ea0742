import type { EditorVersion } from "./editor-versions.mjs";
import type { PageOptions } from "./page-url.mjs";

// The types of start-editor.mjs, which describes them, for the TypeScript that imports it.

export interface StartOptions {
  version: EditorVersion;
  workspace?: string;
  extensionDevelopmentPath?: string | string[];
  extensionsDir?: string;
  userSettings?: Record<string, unknown>;
  trust?: boolean;
  env?: Record<string, string>;
  port?: number;
  log?: (line: string) => void;
}

export interface RunningEditor {
  port: number;
  vscode: string;
  dataDir: string;
  url(more?: PageOptions): string;
  dispose(): void;
}

export function startEditor(options: StartOptions): Promise<RunningEditor>;
