/** Names of a table's columns, read from the beginning of its file. */

/** Wider tables hold genes, pixels or words. */
const MOST_COLUMNS = 2_000;
const MAX_NAME = 60;
const DELIMITERS = [",", ";", "\t", "|"];
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

export interface Head {
  text: string;
  /** The text is all of the file. */
  whole: boolean;
}

/** The keys of the first object; undefined where the first line is none. */
export function columnsOfLines({ text, whole }: Head): string[] | undefined {
  const start = text.startsWith("\uFEFF") ? 1 : 0;
  const end = text.indexOf("\n", start);
  if (end < 0 && !whole) return undefined;
  try {
    const first: unknown = JSON.parse(text.slice(start, end < 0 ? undefined : end));
    if (typeof first !== "object" || first === null || Array.isArray(first)) return undefined;
    return kept(Object.keys(first));
  } catch {
    return undefined;
  }
}

/** The fields of the first line; undefined where that is no line of names. */
export function columnsOfDelimited({ text, whole }: Head, delimiter?: string): string[] | undefined {
  const body = text.startsWith("\uFEFF") ? text.slice(1) : text;
  let best: string[] | undefined;
  for (const each of delimiter === undefined ? DELIMITERS : [delimiter]) {
    const fields = firstRecord(body, each, whole);
    if (fields !== undefined && (best === undefined || fields.length > best.length)) best = fields;
  }
  if (best === undefined) return undefined;
  const fields = best.map((field) => field.trim());
  const filled = fields.filter((field) => field !== "");
  // A first row of data is no header: its numbers give it away.
  const numbers = filled.filter((field) => NUMBER.test(field)).length;
  return filled.length === 0 || numbers * 5 > filled.length ? undefined : kept(filled);
}

function firstRecord(text: string, delimiter: string, whole: boolean): string[] | undefined {
  const fields: string[] = [];
  let field = "";
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[at + 1] === '"') field += text[++at];
      else quoted = false;
    } else if (character === '"' && field === "") quoted = true;
    else if (character === delimiter) {
      fields.push(field);
      field = "";
      if (fields.length > MOST_COLUMNS) return undefined;
    } else if (character === "\n" || character === "\r") return [...fields, field];
    else field += character;
  }
  return whole && !quoted ? [...fields, field] : undefined;
}

function kept(names: readonly string[]): string[] | undefined {
  const columns = [...new Set(names)].filter((name) => name.length <= MAX_NAME && /\p{L}/u.test(name));
  return columns.length === 0 || columns.length > MOST_COLUMNS ? undefined : columns;
}
