/** Expressions of rows: `test[features]`, `X.iloc[rows]`, `df.drop(columns="default").values`, and the frame that they are of. */

import type { Call, PythonFacts } from "../../../python/python-facts.ts";

export interface FrameRows {
  /** A frame as it is written where the rows are used: "df", "self.data". */
  frame: string;
  /** What takes the rows out of it, columns left as they are: ".iloc[test]"; "" for all. */
  rows: string;
  /** The split that the rows come out of; `frame` is then what was split, before it. */
  split?: Call;
}

/** Methods and attributes after which the rows are the same, in the same order. */
const SAME_ROWS =
  /^\.(?:(?:drop|copy|astype|fillna|select_dtypes|to_numpy|toarray|ravel|to_frame|assign|rename|filter|squeeze|round)\(|values\b|T\b)/;
/** Calls that give each row's features anew. */
const TRANSFORMS = /(?:^|\.)(?:transform|fit_transform|array|asarray|DataFrame|normalize|scale|get_dummies)$/;
const MOST_STEPS = 12;

/** Where rows come from, followed through the names that they are bound to; undefined where the file does not say. */
export function frameRowsOf(
  facts: PythonFacts,
  expression: string,
  before: { order: number; inFunction?: string },
): FrameRows | undefined {
  let text = expression;
  let rows = "";
  let { order } = before;
  for (let step = 0; step < MOST_STEPS; step++) {
    const chain = chainOf(text, facts);
    if (chain === undefined) return undefined;
    rows = chain.rows + rows;
    const bound = bindingOf(facts, chain.name, order, before.inFunction);
    if (bound === undefined) return { frame: chain.name, rows };
    const split = facts.calls.find(
      ({ method, targets, range }) =>
        method === "train_test_split" && targets.includes(chain.name) && covers(bound.range, range),
    );
    if (split !== undefined) {
      if (split.targets.length < 4) return { frame: chain.name, rows };
      const given = split.args[Math.floor(split.targets.indexOf(chain.name) / 2)];
      const origin = given && rows === "" ? frameRowsOf(facts, given.text, split) : undefined;
      return origin?.rows === "" && origin.split === undefined ? { ...origin, split } : undefined;
    }
    order = bound.order;
    const transformed = bound.value.call;
    if (
      transformed !== undefined &&
      bound.value.range.end === transformed.range.end &&
      TRANSFORMS.test(transformed.callee) &&
      transformed.args[0] !== undefined
    ) {
      if (transformed.args[0].name === chain.name && isEncoding(transformed))
        return { frame: chain.name, rows };
      text = transformed.args[0].text;
    } else if (chainOf(bound.value.text, facts) !== undefined && bound.target === chain.name) {
      text = bound.value.text;
    } else return { frame: chain.name, rows };
  }
  return undefined;
}

/** `df = pd.get_dummies(df)`: still the frame, with other columns. */
const isEncoding = ({ method }: Call): boolean => method === "get_dummies";

/** The last binding of a name before a place, in its function or around it. */
function bindingOf(facts: PythonFacts, name: string, order: number, inFunction: string | undefined) {
  return facts.assignments.findLast(
    (each) =>
      each.target === name &&
      each.order < order &&
      (name.startsWith("self.") || each.inFunction === undefined || each.inFunction === inFunction),
  );
}

function covers(outer: { start: number; end: number }, inner: { start: number; end: number }): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The name that an expression of rows begins with, and which of the name's rows it takes. */
function chainOf(text: string, facts: PythonFacts): { name: string; rows: string } | undefined {
  const name = /^[A-Za-z_]\w*(?:\.(?!(?:iloc|loc|values|T)\b)[A-Za-z_]\w*(?![\w(]))*/.exec(text)?.[0];
  if (name === undefined) return undefined;
  let rows = "";
  let at = name.length;
  while (at < text.length) {
    const rest = text.slice(at);
    const [place = ""] = /^(?:\.i?loc)?(?=\[)/.exec(rest) ?? [];
    if (rest.startsWith("[", place.length)) {
      const end = closing(text, at + place.length);
      if (end === undefined) return undefined;
      const inside = text.slice(at + place.length + 1, end);
      const taken = place === "" ? (takesColumns(inside, facts) ? "" : inside) : firstOf(inside);
      if (taken.trim() !== "" && taken.trim() !== ":") rows += `${place}[${taken.trim()}]`;
      at = end + 1;
      continue;
    }
    const [same] = SAME_ROWS.exec(rest) ?? [];
    if (same === undefined) return undefined;
    const end = same.endsWith("(") ? closing(text, at + same.length - 1) : at + same.length - 1;
    if (end === undefined) return undefined;
    at = end + 1;
  }
  return { name, rows };
}

/** A subscript of columns: names, a list of them, or what is bound to one. A comparison takes rows. */
function takesColumns(inside: string, facts: PythonFacts): boolean {
  if (/[<>=!&|~]/.test(inside.replace(/(["'])(?:(?!\1).)*\1/g, ""))) return false;
  if (!/^[A-Za-z_]\w*$/.test(inside)) return true;
  const bound = facts.assignments.findLast(({ target }) => target === inside)?.value.text ?? "";
  return !/[<>]|[=!]=|\.is(?:in|na|null)\(|\.notna\(/.test(bound);
}

/** The part of a subscript before its first comma that stands in no bracket. */
function firstOf(inside: string): string {
  let depth = 0;
  for (let at = 0; at < inside.length; at++) {
    if ("([{".includes(inside[at]!)) depth++;
    else if (")]}".includes(inside[at]!)) depth--;
    else if (inside[at] === "," && depth === 0) return inside.slice(0, at);
  }
  return inside;
}

/** Where the bracket that opens at `from` is closed. */
function closing(text: string, from: number): number | undefined {
  let depth = 0;
  let quote = "";
  for (let at = from; at < text.length; at++) {
    const char = text[at]!;
    if (quote !== "") {
      if (char === "\\") at++;
      else if (char === quote) quote = "";
    } else if (char === '"' || char === "'") quote = char;
    else if ("([{".includes(char)) depth++;
    else if (")]}".includes(char) && --depth === 0) return at;
  }
  return undefined;
}
