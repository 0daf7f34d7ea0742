/** Which public data set about persons a loader, a file's name, a number or some columns name. */

import { pattern } from "../../pattern.ts";
import { remembered } from "../../remembered.ts";
import { DATA_SETS, type PersonDataSet } from "./data-sets/index.ts";
import { wordsOf } from "./words.ts";

export type { PersonDataSet } from "./data-sets/index.ts";

/** By a loader's name or the name it is given: "fetch_adult", "adult", "GermanDataset". Words joined by "_". */
export function dataSetByLoader(words: string): PersonDataSet | undefined {
  return DATA_SETS.find(({ loader }) => loader?.test(words));
}

export function dataSetByNumber(registry: "openml" | "uci", number: number): PersonDataSet | undefined {
  return DATA_SETS.find((known) => known[registry]?.includes(number));
}

const listOf = (names = "") =>
  names
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** Names of one word, and of more: those are tried where any of their words begins. */
const WHOLE = new Map<string, PersonDataSet>();
const PARTS: { pattern: RegExp; known: PersonDataSet }[] = [];
for (const known of DATA_SETS) {
  const longer: string[] = [];
  for (const name of listOf(known.files)) {
    const words = wordsOf(name);
    if (words.includes("_") || name.endsWith("*")) longer.push(words.replaceAll("_", "_?"));
    else WHOLE.set(words, known);
  }
  if (longer.length > 0)
    PARTS.push({
      pattern: new RegExp(`(?:^|_)(?:${longer.join("|")})(?:e?s)?(?=$|_|\\d|data|train|test|csv|pred)`),
      known,
    });
}

/** Words that say in which state a file is, and not what it is about. */
const FILLERS = pattern("g")`
  (?:^|_)(?:data|datasets?|df|set|file|table|csv|train|training|test|testing|val|validation|clean|cleaned|
  cleaning|processed|preprocessed|prepared|raw|final|full|all|new|uci|kaggle|sample|samples|updated|
  modified|original|encoded|numerical|numeric|categorical|sensitive|balanced|features?|engineered|input|
  predictions?|predict|detection|classification|classifier|analysis|small|large|big|main|combined|merged|
  master|records|info|details|dump|one_?hot|ohe|with|dumm(?:y|ies)|formatt?ed|imputed|resampled|upsampled|
  downsampled|unbalanced|imbalanced|v?\d+)(?=_|$)
`;

const DATA_FILE =
  /\.(?:csv|tsv|data|dat|txt|docx?|xlsx?|parquet|feather|arff|zip|tab|json|jsonl|pkl|pickle|sav|dta|npz|h5)(?:\.gz)?$/i;
const PICTURES = /^[\w.:'’ /-]{3,80}\/(?:train|test|val|valid|validation|images)\/?$/i;
const MAX_NAME = 300;

/** What an address asks for besides its file: "https://host/adult.csv?raw=true". */
const ASKED = /(?<=:\/\/[^?]+\.\w{2,7})\?.*$/;

/** By a file's name or address. */
export const dataSetByFile = remembered((written): PersonDataSet | undefined => {
  const text = written.length < MAX_NAME ? written.replace(ASKED, "") : written;
  if (text.length < 3 || text.length > MAX_NAME) return undefined;
  const isFile = DATA_FILE.test(text);
  // Folders of pictures may have spaces; addresses, and names of sets and of what is tried with them: "uciml/pima-indians", "stroke-prediction".
  if (!isFile && !PICTURES.test(text) && !/^[\w.:]*[-/\\][^\s(){}<>=,;]*$/.test(text)) return undefined;
  // "Patient's" and "patients'" are written without.
  const words = wordsOf(text.replace(/['’]/g, ""));
  const part = PARTS.find(({ pattern }) => pattern.test(words))?.known;
  if (part !== undefined || !isFile) return part;
  // "heart/train.csv" is called by its folder.
  for (const segment of text.replace(DATA_FILE, "").split(/[/\\]/).reverse().slice(0, 2)) {
    const subject = trimmed(wordsOf(segment).replace(FILLERS, ""));
    if (subject !== "") return WHOLE.get(subject) ?? WHOLE.get(subject.replace(/\d+$|data(?:set)?$/, ""));
  }
  return undefined;
});

/** By the name of a frame, of more than one word: "application_train", "german_credit". */
export const dataSetByFrame = remembered((name): PersonDataSet | undefined => {
  const words = wordsOf(name);
  return PARTS.find(({ pattern }) => pattern.test(words))?.known;
});

const trimmed = (words: string) => words.replace(/^_+|_+$/g, "");

/** Columns by their letters and digits alone: `loan_id`, "Loan ID" and "LoanId" are one. */
const keyOf = remembered((name) => name.toLowerCase().replace(/[^a-z\d]+/g, ""));
const COLUMNS = new Map<string, { known: PersonDataSet; weight: number }[]>();
for (const known of DATA_SETS)
  for (const [names, weight] of [
    [known.columns, 1],
    [known.marks, 2],
    [known.classes, 0.5],
  ] as const)
    for (const name of listOf(names)) {
      const key = keyOf(name);
      COLUMNS.set(key, [...(COLUMNS.get(key) ?? []), { known, weight }]);
    }

/**
 * A reader of columns one after another: it answers when they can be those of one set only.
 *
 * @param hasPictures whether classes of pictures and sounds count
 */
export function columnReader(hasPictures: () => boolean): (column: string) => PersonDataSet | undefined {
  const found = new Map<PersonDataSet, number>();
  const seen = new Set<string>();
  return (column) => {
    const key = column.length > MAX_COLUMN ? "" : keyOf(column);
    const entries = COLUMNS.get(key);
    if (entries === undefined || seen.has(key)) return undefined;
    seen.add(key);
    for (const { known, weight } of entries) {
      if (weight < 1 && !hasPictures()) continue;
      const total = (found.get(known) ?? 0) + weight;
      found.set(known, total);
      if (total >= 2) return known;
    }
    return undefined;
  };
}

const MAX_COLUMN = 50;
