// The types of koffi.mjs, which describes them, for the TypeScript that imports it.

export const TARGETS: Record<string, { native: string; folder: string }>;
export function currentTarget(): string;
export function stageKoffi(root: string, stage: string, target: string): Promise<void>;
