/**
 * Columns that the outputs of a notebook's cell show: heads of tables, `df.columns`, `df.info()`, `df.dtypes`, a Spark
 * schema. Found in the outputs' JSON as it is written, so that megabytes of images cost no more than a search for a word.
 */

const MOST_NAMES = 300;
/** Of one table or listing, characters of JSON. */
const LONGEST = 40_000;
/** Of one kind in one cell. */
const MOST_PARTS = 3;

interface Kind {
  /** A word that only such an output holds. */
  mark: string;
  /** Where it ends, where that is said. */
  ends?: string;
  /** How much is looked at before the mark and behind it. */
  before: number;
  behind: number;
  name: RegExp;
}

// A line of an output begins behind a quote, or behind a line break that JSON writes as `\n`.
const KINDS: readonly Kind[] = [
  {
    mark: "<thead",
    ends: "</thead",
    before: 0,
    behind: LONGEST,
    name: /<th\b[^<>]{0,200}>([^<>"\\]{1,60})<\/th>/g,
  },
  {
    mark: "Index([",
    ends: "dtype",
    before: 0,
    behind: LONGEST,
    name: /\\"([^"\\]{1,60})\\"|'([^'"\\]{1,60})'/g,
  },
  {
    mark: " non-null",
    before: 200,
    behind: LONGEST,
    name: /(?:"|\\n) *(?:\d+ +)?(\p{L}[^"\\\s]*(?: [^"\\\s]+){0,6}) +\d+ non-null/gu,
  },
  {
    mark: "dtype: object",
    before: LONGEST,
    behind: 0,
    name: /(?:"|\\n)(\p{L}[^"\\\s]*(?: [^"\\\s]+){0,6}) {2,}(?:u?int|float|object|bool|category|datetime)/gu,
  },
  { mark: "|-- ", before: 0, behind: LONGEST, name: /\|-- ([^:"\\]{1,60}): \w+ \(nullable/g },
];

/** @param outputs a cell's outputs as the notebook's file holds them */
export function shownColumns(outputs: string): string[] {
  const found = new Set<string>();
  for (const kind of KINDS)
    for (const part of partsOf(outputs, kind))
      for (const [, name, quoted = ""] of part.matchAll(kind.name)) {
        const column = (name ?? quoted).trim();
        if (/\p{L}/u.test(column) && column.length <= 60 && found.size < MOST_NAMES) found.add(column);
      }
  return [...found];
}

function* partsOf(outputs: string, { mark, ends, before, behind }: Kind): Iterable<string> {
  let from = 0;
  for (let part = 0; part < MOST_PARTS; part++) {
    const at = outputs.indexOf(mark, from);
    if (at < 0) return;
    const last = ends === undefined ? -1 : outputs.indexOf(ends, at);
    const end = Math.min(at + behind, last < 0 ? outputs.length : last);
    yield outputs.slice(Math.max(from, at - before), end);
    from = Math.max(end, at + mark.length);
  }
}
