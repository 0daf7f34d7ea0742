/** The bundle as the sources stand: text -> text, sorted. */
export function collectTexts(): Promise<Record<string, unknown>>;
