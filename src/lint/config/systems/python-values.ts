/** Values of Python calls as settings: literals, defaults of environment variables, everything else unknown. */

import type { TextRange } from "../../finding.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";

/** A literal, or the default of `os.getenv(name, default)`, `os.environ.get(...)`, `a or "b"` is unknown. */
export function literalOf(value: Value | undefined): string | number | boolean | null | undefined {
  if (value === undefined) return undefined;
  if (value.literal !== undefined) return value.literal;
  const { call } = value;
  if (call === undefined) return undefined;
  if (
    /^(os\.getenv|os\.environ\.get|environ\.get|getenv)$|(^|\.)environ\.get$/.test(call.callee) ||
    call.callee === "?.getenv"
  ) {
    const fallback = call.args[1] ?? call.keywords.get("default");
    return fallback === undefined ? undefined : literalOf(fallback);
  }
  if (/^(str|int|float|json\.dumps)$|pathlib\.Path$/.test(call.callee) && call.args.length === 1)
    return literalOf(call.args[0]);
  return undefined;
}

const PARSED = /^(?:\w*args?|opts?|options|flags|FLAGS|ns|parsed)$/;
const holdsOptions = (name: string, facts: PythonFacts): boolean =>
  facts.calls.some(({ method, targets }) => method === "parse_args" && targets.includes(name));

/** For `args.model`, the call that makes the option `--model`. */
export function optionNamed(written: string, facts: PythonFacts): Call | undefined {
  const [, holder, name] = /^(\w+)\.(\w+)$/.exec(written) ?? [];
  if (holder === undefined || (!PARSED.test(holder) && !holdsOptions(holder, facts))) return undefined;
  return facts.calls.find(
    ({ method, args, keywords }) =>
      (method === "add_argument" || /^DEFINE_\w+$/.test(method)) &&
      [...args, keywords.get("dest")].some(
        (arg) =>
          typeof arg?.literal === "string" && arg.literal.replace(/^-+/, "").replaceAll("-", "_") === name,
      ),
  );
}

/** For `args.model`, the default that the program gives the option `--model`. */
export function optionDefault(value: Value, facts: PythonFacts): Value | undefined {
  const option = optionNamed(value.name ?? "", facts);
  if (option === undefined || !/^(?:add_argument|DEFINE_(?:string|enum))$/.test(option.method))
    return undefined;
  return option.keywords.get("default") ?? (option.method === "add_argument" ? undefined : option.args[1]);
}

/**
 * For a parameter, what the program gives it: the one literal that is passed by its name (`App.bind(model="...")`), the
 * default of the option that is passed (`Engine(model=args.model)`), or its default in the function that it belongs to.
 */
export function parameterValue(value: Value, facts: PythonFacts, depth = 0): Value | undefined {
  const { name } = value;
  if (name === undefined || !/^[A-Za-z_]\w*$/.test(name)) return undefined;
  const passed = facts.calls.flatMap(({ keywords, range, inFunction }) => {
    // What a helper for a try-out passes is not what is served.
    const given = keywords.get(name);
    const inside = range.start <= value.range.start && value.range.end <= range.end;
    if (inside || given === undefined) return [];
    if (typeof literalOf(given) === "string") return inFunction === undefined ? [given] : [];
    const constant =
      given.name === undefined || given.name === name || inFunction !== undefined
        ? undefined
        : constantText(given.name, facts);
    if (typeof constant === "string") return [{ ...given, literal: constant }];
    const option = optionDefault(given, facts);
    return typeof literalOf(option) === "string" ? [option!] : [];
  });
  const [only] = passed;
  if (only !== undefined) return passed.every((one) => literalOf(one) === literalOf(only)) ? only : undefined;
  const placed = givenInCall(value, name, facts, depth) ?? clickedDefault(name, facts);
  if (placed !== undefined) return placed;
  const written = new RegExp(
    `\\bdef \\w+\\([^)]{0,400}?\\b${name}\\s*(?::[^=,)]{1,60})?=\\s*(?:["']([^"'\\n]+)["']|([A-Z][A-Z0-9_]*)\\b)`,
  ).exec(facts.text);
  if (written?.[1] !== undefined) return { ...value, literal: written[1] };
  const constant = facts.assignments.filter(({ target }) => target === written?.[2]);
  return constant.length === 1 && typeof constant[0]!.value.literal === "string"
    ? constant[0]!.value
    : undefined;
}

/** `@click.option("--model", default="org/name")` */
function clickedDefault(name: string, { calls }: PythonFacts): Value | undefined {
  const option = calls.find(
    ({ callee, args }) =>
      callee === "click.option" &&
      args.some(({ literal }) => String(literal).replace(/^-+/, "").replaceAll("-", "_") === name),
  );
  return option?.keywords.get("default");
}

/** Functions that hand a model on to one another. */
const MAX_HANDS = 3;

/**
 * `load(args.checkpoint)` for the parameter of `def load(checkpoint)`, and `Engine(args.model)` for that of its class; through
 * functions that only pass it on.
 */
function givenInCall(value: Value, name: string, facts: PythonFacts, depth: number): Value | undefined {
  if (depth >= MAX_HANDS) return undefined;
  const around = facts.definitions.filter(
    ({ range }) => range.start <= value.range.start && value.range.end <= range.end,
  );
  const within = around.filter(({ kind }) => kind === "function").at(-1);
  if (within === undefined) return undefined;
  const header =
    /\(([^()]{1,600})\)/.exec(facts.text.slice(within.range.start, within.range.start + 800))?.[1] ?? "";
  const parameters = header.split(",").map((one) => /^\s*\*{0,2}(\w+)/.exec(one)?.[1]);
  const isMethod = parameters[0] === "self";
  const at = parameters.indexOf(name) - (isMethod ? 1 : 0);
  if (at < 0) return undefined;
  const owner = around.filter(({ kind }) => kind === "class").at(-1)?.name;
  const called = isMethod && within.name.endsWith("__init__") ? owner : within.name;
  const given = facts.calls.flatMap(({ method, args, keywords }) => {
    const one = method === called ? (args[at] ?? keywords.get(name)) : undefined;
    return one === undefined ? [] : [one];
  });
  const [only] = given;
  if (only === undefined || given.length > 1) return undefined;
  if (typeof literalOf(only) === "string") return only;
  return optionDefault(only, facts) ?? parameterValue(only, facts, depth + 1);
}

/** For a name that the program's top level binds again and again: what it was bound to last before it is used. */
export function lastBound(value: Value, facts: PythonFacts): Value | undefined {
  const { name } = value;
  if (name === undefined) return undefined;
  const bound = facts.assignments.filter(({ target }) => target === name);
  // What a branch or a function binds may be another value.
  const isPlain = bound.every(
    ({ range, inFunction }) =>
      inFunction === undefined && (range.start === 0 || facts.text[range.start - 1] === "\n"),
  );
  const before = isPlain
    ? bound.filter(({ range }) => range.end <= value.range.start).at(-1)?.value
    : undefined;
  return typeof before?.literal === "string" ? before : undefined;
}

/** `source = cached or MODEL_ID`, `path if path else "org/model"`: what is taken where nothing else is there. */
export function lastResort(value: Value, facts: PythonFacts): Value | undefined {
  const bound = facts.assignments.filter(({ target }) => target === value.name);
  const written = bound.length === 1 ? bound[0]!.value : value;
  const [, quoted, name] =
    /\s(?:or|else)\s+(?:["']([^"'\n]+)["']|([A-Za-z_]\w*))\s*$/.exec(written.text.slice(0, 200)) ?? [];
  if (quoted !== undefined) return { ...written, literal: quoted };
  const constant = facts.assignments.filter(({ target }) => name !== undefined && target === name);
  const literal = constant.length === 1 ? literalOf(constant[0]!.value) : undefined;
  return typeof literal === "string" ? { ...constant[0]!.value, literal } : undefined;
}

/** For an attribute, the one value that the program gives it: `settings.model_id` of `class Settings: model_id: str = "..."`. */
export function fieldValue(value: Value, facts: PythonFacts): Value | undefined {
  const field = /^(?:self|cls|\w+)(?:\.\w+)*\.(\w+)$/.exec(value.name ?? "")?.[1];
  if (field === undefined) return undefined;
  const classes = facts.definitions.filter(({ kind }) => kind === "class");
  const given = facts.assignments.filter(
    ({ target, inFunction, range }) =>
      target === `self.${field}` ||
      (target === field &&
        inFunction === undefined &&
        classes.some((one) => one.range.start <= range.start && range.end <= one.range.end)),
  );
  if (given.length !== 1) return undefined;
  const held = given[0]!.value;
  // `Field(default="...")` of pydantic and dataclasses.
  if (held.call !== undefined && /(?:^|\.)[Ff]ield$/.test(held.call.callee))
    return held.call.keywords.get("default") ?? held.call.args[0];
  return held;
}

/** The text of an f-string, also by the name it was bound to: constants are put in, all else is a variable of the command. */
export function formatted(value: Value, facts: PythonFacts): string | undefined {
  const bound = facts.assignments.filter(({ target }) => target === value.name);
  const written = bound.length === 1 ? bound[0]!.value.text : value.text;
  const text = /^[rR]?[fF][rR]?("{3}|'{3}|["'])([\s\S]*)\1$/.exec(written)?.[2];
  return text?.replace(/\{([^{}]*)\}/g, (_, inner: string) => {
    const literal = textNamed(inner.trim(), value, facts);
    return typeof literal === "string" && /^[\w./:-]+$/.test(literal) ? literal : "$UNKNOWN";
  });
}

/** What a name within a text stands for: a constant, an option's default, a parameter's, an object's field. */
function textNamed(name: string, within: Value, facts: PythonFacts): ReturnType<typeof literalOf> {
  const constant = constantText(name, facts);
  if (constant !== undefined || !/^[A-Za-z_][\w.]*$/.test(name)) return constant;
  const { range } = within;
  const value: Value = { name, text: name, range, reads: [name] };
  return literalOf(optionDefault(value, facts) ?? parameterValue(value, facts) ?? fieldValue(value, facts));
}

/** Names that stand for one another. */
const MAX_NAMES = 4;

/** What a name is bound to, where it is the same text each time: cells of a notebook bind it anew. */
function constantText(name: string, facts: PythonFacts, depth = 0): ReturnType<typeof literalOf> {
  if (depth > MAX_NAMES) return undefined;
  const bound = facts.assignments.filter(({ target }) => target === name);
  const [first] = bound;
  const text = first && textOf(first.value, facts, depth);
  return bound.every(({ value }) => textOf(value, facts, depth) === text) ? text : undefined;
}

/** A literal, of `os.path.join(BUCKET, NAME)` the last part, which says what the path holds, `"org/" + NAME`, an f-string. */
export function textOf(value: Value, facts: PythonFacts, depth = 0): ReturnType<typeof literalOf> {
  const literal = literalOf(value);
  if (literal !== undefined) return literal;
  const last = value.call?.callee === "os.path.join" ? value.call.args.at(-1) : undefined;
  if (last !== undefined) return literalOf(last) ?? (last.name && constantText(last.name, facts, depth + 1));
  const [, before, name] = /^["']([\w./-]*)["']\s*\+\s*([A-Za-z_]\w*)$/.exec(value.text.slice(0, 200)) ?? [];
  const added = name === undefined ? undefined : constantText(name, facts, depth + 1);
  if (typeof added === "string") return `${before}${added}`;
  // `FOLDER + "/" + NAME`: the same of a path that is put together.
  const [, held] = /\/["']\s*\+\s*([A-Za-z_]\w*)$/.exec(value.text.slice(0, 200)) ?? [];
  if (held !== undefined) return constantText(held, facts, depth + 1);
  const [, start, inner] = /^[fF]["']([\w./:-]*)\{([A-Za-z_]\w*)\}["']$/.exec(value.text.slice(0, 200)) ?? [];
  const put = inner === undefined ? undefined : constantText(inner, facts, depth + 1);
  return typeof put === "string" ? `${start}${put}` : undefined;
}

export type Settings = Map<string, { value: string; range: TextRange; keyRange: TextRange }>;

/** A value as a setting's text; what is unknown begins with `$`. */
export function settingText(value: Value): string {
  const literal = literalOf(value);
  if (literal === null) return "none";
  if (literal !== undefined) return String(literal);
  const qualified = value.qualified ?? value.name ?? "";
  if (/^(torch|tensorflow|tf|jnp|jax\.numpy|numpy)\.\w+$/.test(qualified))
    return qualified.slice(qualified.lastIndexOf(".") + 1);
  return `$${value.text.slice(0, 60)}`;
}

/** Keywords of a call as settings. */
export function keywordSettings(
  call: Call,
  rename: (name: string) => string = (name) => name.replaceAll("_", "-"),
): Settings {
  const settings: Settings = new Map();
  for (const [name, value] of call.keywords)
    settings.set(rename(name), { value: settingText(value), range: value.range, keyRange: value.range });
  return settings;
}

/** Entries of a dict display as settings. */
export function entrySettings(value: Value, rename: (name: string) => string = (name) => name): Settings {
  const settings: Settings = new Map();
  for (const { key, value: held } of value.entries ?? [])
    if (typeof key.literal === "string")
      settings.set(rename(key.literal), { value: settingText(held), range: held.range, keyRange: key.range });
  return settings;
}

/** `**kwargs` may hold any switch. */
export function withUnknown(settings: Settings, call: Call): Settings {
  if (call.hasUnknownArguments)
    for (const key of ["quantization", "quantization-config", "dtype", "torch-dtype", "compute-type"])
      if (!settings.has(key))
        settings.set(key, { value: "$kwargs", range: call.range, keyRange: call.range });
  return settings;
}

/** Adds a keyword argument after the last of a call. */
export function insertKeyword(
  call: Call,
  name: string,
  value: string,
  text: string,
): { range: TextRange; newText: string } | undefined {
  const last = [...call.args, ...call.keywords.values()].sort((a, b) => a.range.end - b.range.end).at(-1);
  if (last === undefined || last.range.end > call.range.end) return undefined;
  const end = last.range.end;
  const lineStart = text.lastIndexOf("\n", last.range.start - 1) + 1;
  const lead = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? "";
  // One argument a line: the new one gets a line as well.
  const ownLine =
    lineStart > call.range.start &&
    /^[ \t]*(\w+[ \t]*=[ \t]*)?$/.test(text.slice(lineStart, last.range.start));
  return { range: { start: end, end }, newText: `,${ownLine ? `\n${lead}` : " "}${name}=${value}` };
}

/** Adds an entry after the last of a dict display, or a keyword to `dict(...)`. */
export function insertEntry(
  held: Value,
  name: string,
  value: string,
): { range: TextRange; newText: string } | undefined {
  const end = held.entries?.at(-1)?.value.range.end;
  if (end === undefined || end > held.range.end) return undefined;
  const isCall = held.call !== undefined;
  if (isCall && !/^[A-Za-z_]\w*$/.test(name)) return undefined;
  const key = isCall ? `${name}=` : `${JSON.stringify(name)}: `;
  return { range: { start: end, end }, newText: `, ${key}${JSON.stringify(value)}` };
}

/** Every dict display of the program: in assignments, arguments and keywords. */
export function dictionaries(facts: PythonFacts): Value[] {
  const found: Value[] = [];
  const seen = new Set<number>();
  const visit = (value: Value) => {
    for (const item of value.items ?? []) if (item.entries !== undefined) visit(item);
    if (value.entries === undefined || seen.has(value.range.start)) return;
    seen.add(value.range.start);
    found.push(value);
    for (const entry of value.entries) visit(entry.value);
  };
  for (const assignment of facts.assignments) visit(assignment.value);
  for (const call of facts.calls) {
    for (const argument of call.args) visit(argument);
    for (const argument of call.keywords.values()) visit(argument);
  }
  return found;
}
