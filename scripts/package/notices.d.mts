// The types of notices.mjs, which describes them, for the TypeScript that imports it.

export function thirdPartyNotices(root: string, packages: string[]): Promise<string>;
