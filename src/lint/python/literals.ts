/** Literals of Python source: strings with prefixes and escapes, numbers. */

/** The value of a string token; undefined for f-strings and bytes. */
export function stringValue(source: string): string | undefined {
  const prefix = /^[a-zA-Z]*/.exec(source)![0].toLowerCase();
  if (prefix.includes("f") || prefix.includes("b") || prefix.includes("t")) return undefined;
  const body = source.slice(prefix.length);
  const quote = body.startsWith('"""') || body.startsWith("'''") ? 3 : 1;
  const closed = body.length >= 2 * quote && body.endsWith(body.slice(0, quote));
  const inner = body.slice(quote, closed ? -quote : undefined);
  return prefix.includes("r") || !inner.includes("\\") ? inner : unescaped(inner);
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
};

function unescaped(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\s\S])/g, (whole, code: string) => {
    if (code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return ESCAPES[code] ?? whole;
  });
}

/** An integer or float token: 1_000, 0xff, 1e-3. Undefined for complex numbers. */
export function numberValue(source: string): number | undefined {
  // Most numbers are short and whole.
  if (/^(?:0|[1-9]\d{0,14})$/.test(source)) return Number(source);
  const text = source.replaceAll("_", "").replace(/[lL]$/, "");
  if (/[jJ]$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isNaN(value) ? undefined : value;
}
