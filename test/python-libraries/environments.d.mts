import type { LibraryName } from "../../src/fairness/libraries/library-answer.ts";

export const REQUIREMENTS: Readonly<Record<LibraryName, readonly string[]>>;

/** The interpreter of each library's environment; makes what is missing. */
export function prepareLibraries(say: (text: string) => void): Promise<Record<LibraryName, string>>;
