export const REPOSITORY: string;
export const RESULTS: string;
export function cacheFolder(): string;
export function onPath(program: string): string | undefined;
