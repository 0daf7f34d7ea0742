/**
 * A program in chunks that are parsed apart: each is a few whole statements of the module. While a document is edited
 * only the chunk that changed is parsed again, and a bracket that is open there leaves the others as they are.
 */

/** From so many lines on a chunk ends before any statement, not only after a blank line. */
const LONG = 40;

/** Begins a clause of the statement above. */
const CONTINUES = /(?:elif|else|except|finally)\b/y;

/** Never stands within brackets: one is open by mistake, or not written to its end yet. */
const ONLY_A_STATEMENT =
  /(?:(?:async[ \t]+)?def|class|import|while|with|try|raise|assert|from[ \t]+[\w.]+[ \t]+import)\b/y;

/** What a line is more than its characters for; within a string by its quote, double or single. */
const SPECIAL = /[\n\\#"'()[\]{}]/g;
const IN_SINGLE = [/[\\\n"]/g, /[\\\n']/g];
const IN_TRIPLE = [/[\\"]/g, /[\\']/g];

const [NEWLINE, RETURN, HASH, DOUBLE, SINGLE, BACKSLASH, AT] = [10, 13, 35, 34, 39, 92, 64];

/**
 * Where the chunks of a program begin, the first at 0. They depend on nothing but the text.
 *
 * @param long from so many lines on a chunk ends before any statement; 0: each statement is one
 */
export function chunkStarts(text: string, long = LONG): number[] {
  const starts = [0];
  let lines = 0;
  let blank = false;
  let isDecorated = false;
  /** Comments above a statement belong to it. */
  let comments = -1;
  let depth = 0;
  for (let at = 0; at < text.length; lines++) {
    const first = text.charCodeAt(at);
    const isBlank = first === NEWLINE || (first === RETURN && text.charCodeAt(at + 1) === NEWLINE);
    if (depth > 0 && first > 96 && matches(ONLY_A_STATEMENT, text, at)) {
      depth = 0;
      blank = true;
    }
    if (depth === 0 && isBlank) blank = true;
    else if (depth === 0 && first === HASH) comments = comments < 0 ? at : comments;
    else if (depth === 0) {
      if (first > 32) {
        if ((blank || lines >= long) && !isDecorated && !matches(CONTINUES, text, at)) {
          starts.push(comments < 0 ? at : comments);
          lines = 0;
        }
        isDecorated = first === AT;
      }
      blank = false;
      comments = -1;
    }
    for (let isLine = true; isLine; ) {
      at = next(SPECIAL, text, at);
      const code = text.charCodeAt(at++);
      if (code === BACKSLASH) at += text.charCodeAt(at) === RETURN ? 2 : 1;
      else if (code === HASH) at = endOfLine(text, at);
      else if (code === DOUBLE || code === SINGLE) at = endOfString(text, at - 1, code);
      else if (code === 40 || code === 91 || code === 123) depth++;
      else if (code === 41 || code === 93 || code === 125) depth = Math.max(0, depth - 1);
      else isLine = false; // a newline, or the text's end
    }
  }
  if (starts[1] === 0) starts.shift();
  return starts;
}

function matches(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** Behind a string that begins at its quote: one in single quotes ends with its line at the latest. */
function endOfString(text: string, start: number, quote: number): number {
  const isTriple = text.charCodeAt(start + 1) === quote && text.charCodeAt(start + 2) === quote;
  const stops = (isTriple ? IN_TRIPLE : IN_SINGLE)[quote === DOUBLE ? 0 : 1]!;
  for (let at = start + (isTriple ? 3 : 1); ; at++) {
    at = next(stops, text, at);
    if (at >= text.length) return text.length;
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += text.charCodeAt(at + 1) === RETURN ? 2 : 1;
    else if (code === NEWLINE) return at;
    else if (!isTriple) return at + 1;
    else if (text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote) return at + 3;
  }
}

/** Where the pattern matches next; the text's length when nowhere. Quicker than looking at each character. */
function next(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex - 1 : text.length;
}
