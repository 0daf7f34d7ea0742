export function isEditorNoise(text: string): boolean;
export function isPageNoise(text: string): boolean;
export function logText(args: unknown[]): string;
