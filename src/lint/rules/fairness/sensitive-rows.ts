/** Where the sensitive columns of the test rows are, in a file's own words. */

import type { TextEdit } from "../../finding.ts";
import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { takesCells } from "../own-cell.ts";
import type { PersonEvidence } from "./person-evidence.ts";
import { listOf, type Names } from "./snippet-writers.ts";

/** In `train, test = train_test_split(df)`, the frame of the test rows that are predicted on. */
export function testFrame(facts: PythonFacts, predict: Call | undefined): string | undefined {
  const rows = predict?.args[0];
  if (rows === undefined) return undefined;
  const made = facts.assignments.findLast(({ target }) => target === rows.name);
  const names = [rows.text, made?.value.text].map(
    (text) => /^([A-Za-z_]\w*)\s*(?:\[|\.(?:drop|loc|iloc)\b)/.exec(text ?? "")?.[1],
  );
  return names.find(
    (name) =>
      name !== undefined &&
      facts.calls.some(
        ({ method, targets }) =>
          method === "train_test_split" && targets.length < 4 && targets.includes(name),
      ),
  );
}

/** Columns of what a split keeps aside, by the argument that it is split from. */
export function columnsAside(facts: PythonFacts, split: Call, name: string): string[] {
  const given = split.args[Math.floor(split.targets.indexOf(name) / 2)];
  const made = facts.assignments.filter(({ target }) => target === given?.name).at(-1)?.value ?? given;
  const within = facts.columns.filter(
    ({ range }) => made !== undefined && made.range.start <= range.start && range.end <= made.range.end,
  );
  return [...new Set(within.map((column) => column.name))];
}

/** The columns as they were before encoding, for the rows of the test set: pandas keeps the index through a split. */
export function sensitiveRows(
  facts: PythonFacts,
  person: PersonEvidence,
  split: Call | undefined,
  xTest: string,
  yTrue: string,
  columns: string[],
): Pick<Names, "sensitive" | "before" | "atSplit"> {
  const list = listOf(columns);
  const first = person.protectedColumns[0];
  const use = facts.columns.find(
    ({ range, frame }) => frame !== undefined && range.start === first?.range.start,
  );
  const reads = facts.calls.filter(
    ({ callee, targets }) => /^pandas\.read_/.test(callee) && targets.length === 1,
  );
  const isModule = facts.imports.some(({ alias }) => alias === use?.frame);
  const named = (isModule ? undefined : use?.frame) ?? reads[0]?.targets[0];
  if (named === undefined || named === xTest) return { sensitive: `${xTest}[${list}]` };
  const read = reads.find(({ targets }) => targets[0] === named);
  // Where the frame loses the columns on the way (encoded, dropped), the table is read again: its rows have the same index.
  const frame =
    read !== undefined && losesColumns(facts, named)
      ? facts.text.slice(read.range.start, read.range.end)
      : named;
  if (split === undefined || !hasNoIndex(facts, split))
    return { sensitive: `${frame}.loc[${yTrue}.index, ${list}]` };
  const options = [...split.keywords].map(([name, value]) => `, ${name}=${value.text}`).join("");
  if (split.keywords.has("random_state") || split.keywords.get("shuffle")?.literal === false) {
    // The same split of the row numbers gives the same rows.
    const before = [
      "from sklearn.model_selection import train_test_split",
      `_, test_rows = train_test_split(range(len(${frame}))${options})`,
    ];
    return { before, sensitive: `${frame}.iloc[test_rows][${list}]` };
  }
  const atSplit = takesCells(facts) ? undefined : keptAside(facts, split, `${frame}[${list}]`);
  if (atSplit !== undefined && columns.length > 0) return { atSplit, sensitive: "sensitive_test" };
  const data = split.args.map(({ text }) => text).join(", ");
  const before = [
    `# ${yTrue} is an array without an index: keep these columns aside at the split, which gives them the same rows:`,
    `# ${split.targets.join(", ")}, _, sensitive_test = train_test_split(${data}, ${frame}[${list}]${options})`,
  ];
  return { before, sensitive: "sensitive_test" };
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

/** True when the name is bound again to a frame from which columns were encoded away or dropped. */
function losesColumns(facts: PythonFacts, frame: string): boolean {
  return facts.assignments.some(
    ({ target, value }) => target === frame && /\bget_dummies\(|\.drop\(/.test(value.text),
  );
}
