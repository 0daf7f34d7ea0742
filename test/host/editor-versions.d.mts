// The types of editor-versions.mjs, which describes them, for the TypeScript that imports it.

export type EditorVersion = "1.139" | "1.100";

export interface EditorBuild {
  version: EditorVersion;
  vscode: string;
  codeServer: string;
  node: string;
  smokeTestDriver: boolean;
  compile: string[];
  tryCompile: string[];
}

export const EDITOR_BUILDS: EditorBuild[];
export function editorBuild(version: string): EditorBuild;
