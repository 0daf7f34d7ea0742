// The types of check.mjs, which describes them, for the TypeScript that imports it.

export interface PackedFile {
  path: string;
  bytes: number;
}

export interface CheckedPackage {
  bytes: number;
  files: PackedFile[];
  manifest: Record<string, unknown>;
  problems: string[];
}

/** Parts of the editor's side that are loaded when they are asked for, as they lie in the package. */
export const LAZY_PARTS: string[];
export const LIMITS: { vsix: number; extension: number };
export function checkPackage(vsix: string): Promise<CheckedPackage>;
export function problemsOf(bytes: number, files: PackedFile[], manifest: Record<string, unknown>): string[];
export function loadsKoffi(vsix: string): Promise<string>;
export function koffiVersionFrom(extension: string): Promise<string>;
