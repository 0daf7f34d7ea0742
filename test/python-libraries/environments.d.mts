import type { LibraryName } from "../../src/fairness/libraries/library-answer.ts";

/** The fairness libraries, and the frameworks that the training hooks are tested with. */
export type EnvironmentName = LibraryName | "training" | "trainers";

export const REQUIREMENTS: Readonly<Record<EnvironmentName, readonly string[]>>;

/** The interpreter of each environment; makes what is missing. */
export function prepareLibraries(say: (text: string) => void): Promise<Record<EnvironmentName, string>>;
