/** Where the sensitive columns of the evaluated rows are, in a file's own words. */

import type { TextEdit } from "../../../finding.ts";
import type { Call, PythonFacts } from "../../../python/python-facts.ts";
import { takesCells } from "../../own-cell.ts";
import type { PersonEvidence } from "../person-evidence.ts";
import type { EvaluatedRows } from "./evaluated-rows.ts";
import { frameRowsOf } from "./frame-expressions.ts";
import { listOf, type Names } from "./snippet-writers.ts";

type Sensitive = Pick<Names, "sensitive" | "columns" | "before" | "atSplit">;

const MOST_COLUMNS = 3;

export function sensitiveRows(
  facts: PythonFacts,
  person: PersonEvidence,
  evaluated: EvaluatedRows,
): Sensitive {
  const { x, yTrue, at } = evaluated;
  // Values of a column ("male", in a map) are no columns.
  const inFrame = person.protectedColumns.filter(
    ({ name }) => !/^(?:fe)?male$/i.test(name) && (!/_/.test(name) || name.length < 20),
  );
  const columns = [...new Set(inFrame.map(({ name }) => name))].slice(0, MOST_COLUMNS);
  const list = listOf(columns);
  const origin = frameRowsOf(facts, x, at);
  const split =
    origin === undefined
      ? facts.calls.find(({ method, targets }) => method === "train_test_split" && targets.length >= 4)
      : origin.split;
  const aside = split?.targets.slice(4).find((name) => /test/i.test(name));
  if (split !== undefined && aside !== undefined)
    return { sensitive: `pd.DataFrame(${aside})`, columns: columnsAside(facts, split, aside) };
  const frame = origin?.frame ?? frameOfColumns(facts, person, x);
  if (frame === undefined) return { sensitive: `${x}[${list}]`, columns };
  const whole = readAgain(facts, frame, columns);
  if (origin !== undefined && split === undefined) {
    const sensitive =
      whole === frame ? `${frame}${origin.rows}[${list}]` : `${whole}.loc[${yTrue}.index, ${list}]`;
    return { sensitive, columns };
  }
  // pandas keeps the index through a split.
  if (split === undefined || !hasNoIndex(facts, split))
    return { sensitive: `${whole}.loc[${yTrue}.index, ${list}]`, columns };
  return { ...rowsOfArrays(facts, split, whole, list, yTrue), columns };
}

/** The table whose columns make the finding, or the first that is read. */
function frameOfColumns(facts: PythonFacts, person: PersonEvidence, x: string): string | undefined {
  const first = person.protectedColumns[0];
  const use = facts.columns.find(
    ({ range, frame }) => frame !== undefined && range.start === first?.range.start,
  );
  const isModule = facts.imports.some(({ alias }) => alias === use?.frame);
  const named = (isModule ? undefined : use?.frame) ?? readsOf(facts)[0]?.targets[0];
  return named === x ? undefined : named;
}

const readsOf = ({ calls }: PythonFacts): Call[] =>
  calls.filter(({ callee, targets }) => /^pandas\.read_/.test(callee) && targets.length === 1);

/** Where a frame loses the columns on the way (encoded, dropped), the table is read again: its rows have the same index. */
function readAgain(facts: PythonFacts, frame: string, columns: readonly string[]): string {
  const loses = facts.assignments.some(
    ({ target, value: { text } }) =>
      target === frame &&
      (/\bget_dummies\(\s*\w+\s*[,)](?![^)]*columns)/.test(text) ||
        (/\bget_dummies\(|\.drop\(/.test(text) &&
          columns.some((name) => text.includes(JSON.stringify(name).slice(1, -1))))),
  );
  const read = readsOf(facts).find(({ targets }) => targets[0] === frame);
  return loses && read !== undefined ? facts.text.slice(read.range.start, read.range.end) : frame;
}

/** Rows of arrays have no index: the same split of the row numbers finds them, or the split keeps the columns aside. */
function rowsOfArrays(
  facts: PythonFacts,
  split: Call,
  frame: string,
  list: string,
  yTrue: string,
): Omit<Sensitive, "columns"> {
  const options = [...split.keywords].map(([name, value]) => `, ${name}=${value.text}`).join("");
  if (split.keywords.has("random_state") || split.keywords.get("shuffle")?.literal === false) {
    const before = [
      "from sklearn.model_selection import train_test_split",
      `_, test_rows = train_test_split(range(len(${frame}))${options})`,
    ];
    return { before, sensitive: `${frame}.iloc[test_rows][${list}]` };
  }
  const atSplit = takesCells(facts) ? undefined : keptAside(facts, split, `${frame}[${list}]`);
  if (atSplit !== undefined && list.startsWith("[")) return { atSplit, sensitive: "sensitive_test" };
  const data = split.args.map(({ text }) => text).join(", ");
  const before = [
    `# ${yTrue} is an array without an index: keep these columns aside at the split, which gives them the same rows:`,
    `# ${split.targets.join(", ")}, _, sensitive_test = train_test_split(${data}, ${frame}[${list}]${options})`,
  ];
  return { before, sensitive: "sensitive_test" };
}

/** Columns of what a split keeps aside, by the argument that it is split from. */
function columnsAside(facts: PythonFacts, split: Call, name: string): string[] {
  const given = split.args[Math.floor(split.targets.indexOf(name) / 2)];
  const made = facts.assignments.filter(({ target }) => target === given?.name).at(-1)?.value ?? given;
  const within = facts.columns.filter(
    ({ range }) => made !== undefined && made.range.start <= range.start && range.end <= made.range.end,
  );
  return [...new Set(within.map((column) => column.name))];
}

/** True when the labels that are split are an array: rows can then not be found again by their index. */
function hasNoIndex(facts: PythonFacts, split: Call): boolean {
  const labels = split.args[1];
  const made = facts.assignments.filter(({ target }) => target === labels?.name).at(-1);
  const text = `${labels?.text ?? ""}\n${made?.value.text ?? ""}`;
  return /\.values\b|\.to_numpy\(|fit_transform\(|\bnp\.|\bnumpy\.|\.ravel\(|to_categorical\(/.test(text);
}

/** Edits of `a, b, c, d = train_test_split(x, y)` that split the columns too; none where it is written otherwise. */
function keptAside(facts: PythonFacts, split: Call, columns: string): TextEdit[] | undefined {
  const start = facts.text.lastIndexOf("\n", split.range.start - 1) + 1;
  const names = facts.text.slice(start, split.range.start);
  const given = split.args.at(-1);
  if (given === undefined || !/^[ \t]*[\w, \t]*\w[ \t]*=[ \t]*$/.test(names)) return undefined;
  const end = start + names.replace(/[ \t]*=[ \t]*$/, "").length;
  return [
    { range: { start: end, end }, newText: ", _, sensitive_test" },
    { range: { start: given.range.end, end: given.range.end }, newText: `, ${columns}` },
  ];
}
