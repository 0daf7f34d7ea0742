/** Ways in which a text goes wrong: as arbitraries, so that a failure shrinks to few of them. */

import * as fc from "fast-check";
import type { Sample } from "./hostile-texts.ts";

type Change =
  | { how: "cut" | "drop-start"; at: number }
  | { how: "delete" | "double" | "reverse"; at: number; length: number }
  | { how: "insert"; at: number; text: string }
  | { how: "splice"; at: number; other: number; from: number };

/** What opens something that nothing closes, ends lines in other ways, or is no character. */
const PIECES = [
  ...[
    "(",
    "[",
    "{",
    ")",
    "]",
    "}",
    '"',
    "'",
    '"""',
    "'''",
    "`",
    "\\",
    "\\\n",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\0",
    "\f",
  ],
  ...[
    "\uFEFF",
    "\uD800",
    "\uDC00",
    "\u2028",
    "é",
    "\u{1F600}",
    "#",
    "# fairwatt: ignore[",
    "# fairwatt: ignore[FW1]",
  ],
  ..."@ : = , ; * ** *a &a << - --- ? | > ! % %% $( {{ }} {% //".split(" "),
  ...[
    "def ",
    "class ",
    "lambda: ",
    "async ",
    "for x in ",
    "if ",
    "match x:\n case ",
    "--dtype",
    "--quantization ",
    "null",
    "$" + "{",
  ],
  ..."/* <<EOF 0x 1e999 9007199254740993 __proto__ constructor".split(" "),
];

const position = () => fc.double({ min: 0, max: 1, noNaN: true });
const length = () => fc.integer({ min: 1, max: 200 });

const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ how: fc.constantFrom("cut" as const, "drop-start" as const), at: position() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      how: fc.constantFrom("delete" as const, "double" as const, "reverse" as const),
      at: position(),
      length: length(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      how: fc.constant("insert" as const),
      at: position(),
      text: fc.constantFrom(...PIECES),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      how: fc.constant("splice" as const),
      at: position(),
      other: fc.nat(),
      from: position(),
    }),
  },
);

/** One of the samples, changed at one to four places. */
export function mutated(samples: readonly Sample[]): fc.Arbitrary<Sample> {
  return fc
    .record({
      sample: fc.nat({ max: samples.length - 1 }),
      changes: fc.array(change, { minLength: 1, maxLength: 4 }),
    })
    .map(({ sample, changes }) => {
      const { path, text } = samples[sample]!;
      return { path, text: changes.reduce((changed, each) => applyChange(changed, each, samples), text) };
    });
}

function applyChange(text: string, change: Change, samples: readonly Sample[]): string {
  const at = Math.floor(change.at * text.length);
  switch (change.how) {
    case "cut":
      return text.slice(0, at);
    case "drop-start":
      return text.slice(at);
    case "delete":
      return text.slice(0, at) + text.slice(at + change.length);
    case "double":
      return text.slice(0, at + change.length) + text.slice(at);
    case "reverse": {
      const part = text.slice(at, at + change.length);
      return text.slice(0, at) + [...part].reverse().join("") + text.slice(at + change.length);
    }
    case "insert":
      return text.slice(0, at) + change.text + text.slice(at);
    case "splice": {
      const other = samples[change.other % samples.length]!.text;
      return text.slice(0, at) + other.slice(Math.floor(change.from * other.length));
    }
  }
}
