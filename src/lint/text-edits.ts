/** What was written in a document since its text was sent last. Plain data. */

export interface TextChange {
  /** UTF-16 code units, in the text as the changes before this one left it. */
  offset: number;
  length: number;
  text: string;
}

export interface TextEdits {
  /** Version of the text that they change. */
  since: number;
  /** The version that they make, and its length. */
  version: number;
  length: number;
  changes: readonly TextChange[];
}

export interface Versioned {
  text: string;
  version: number;
}

/** The text that the edits make; undefined where they are of another one. */
export function edited(before: Versioned, { since, changes, length }: TextEdits): string | undefined {
  if (before.version !== since) return undefined;
  let { text } = before;
  for (const change of changes)
    text = text.slice(0, change.offset) + change.text + text.slice(change.offset + change.length);
  return text.length === length ? text : undefined;
}
