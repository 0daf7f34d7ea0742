import type { EditorVersion } from "./editor-versions.mjs";

export function installExtension(version: EditorVersion, vsix: string, extensionsDir: string): Promise<void>;
export function linkExtension(folder: string, extensionsDir: string): void;
