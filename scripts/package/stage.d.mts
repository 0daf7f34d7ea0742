// The types of stage.mjs, which describes them, for the TypeScript that imports it.

export function stageExtension(options: { root: string; stage: string; target: string }): Promise<void>;
export function shippedManifest(manifest: Record<string, unknown>): Record<string, unknown>;
