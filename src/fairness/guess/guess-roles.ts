/** What the columns of a table are for, guessed from their names, types and values, each with its reason. Pure. */

import { className, obviousPositive } from "../table/classes.ts";
import type { CategoryColumn, RawTable } from "../table/column.ts";
import type { Task } from "../table/roles.ts";
import { type ColumnSummary, summarizeColumns, valuesText } from "./column-summary.ts";
import { guessOtherTask } from "./guess-task.ts";
import type { Guessed, Vocabulary } from "./guessed.ts";
import {
  isBadOutcome,
  isGroupName,
  isLabelName,
  isPlainLabel,
  isPredictionName,
  isScoreName,
  isWeightName,
} from "./names.ts";
import { splitByClass } from "./score-split.ts";

export interface RoleGuess {
  task: Guessed<Task>;
  label?: Guessed<string>;
  prediction?: Guessed<string>;
  score?: Guessed<string>;
  /** Only where the table has a score and no prediction. */
  threshold?: Guessed<number>;
  /** The class that counts as positive; absent where nothing tells. */
  positive?: Guessed<string>;
  favourable: Guessed<"positive" | "negative">;
  weight?: Guessed<string>;
  sensitive: Guessed<string>[];
  /** Columns that name a group and cannot be taken as they are. */
  left: { column: string; why: string }[];
}

/** A column of more values is no grouping: each group would be a handful of rows, and every row be compared with every other. */
export const MAX_GROUP_VALUES = 20;

/** `table`: its columns read as texts, or the first rows of them. */
export function guessRoles(table: RawTable, vocabulary: Vocabulary): RoleGuess {
  const columns = summarizeColumns(table);
  const words = (name: string) => vocabulary.wordsOf(name);
  const raw = (name: string) => table.columns.get(name) as CategoryColumn;
  const attributes = columns.filter(
    ({ name }) => vocabulary.isProtected(name) || vocabulary.isAge(name) || isGroupName(words(name)),
  );
  const rest = columns.filter((column) => !attributes.includes(column));
  const prediction = guessPrediction(rest, words);
  const score = guessScore(rest, prediction?.value, words, raw);
  const taken = [prediction?.value, score?.value];
  const label = guessLabel(
    rest.filter(({ name }) => !taken.includes(name)),
    columns.find(({ name }) => name === prediction?.value),
    vocabulary,
  );
  const weight = rest.find(
    ({ name, kind, range }) => isWeightName(words(name)) && kind === "number" && range!.low >= 0,
  );
  const shared = {
    ...(weight && { weight: { value: weight.name, why: "named as the weight of a row" } }),
    ...groupsOf(attributes, vocabulary),
  };
  const other =
    label && (prediction || score)
      ? undefined
      : guessOtherTask(
          rest.filter((column) => column !== weight),
          raw,
          vocabulary,
        );
  if (other) return { ...other, favourable: guessFavourable(undefined, undefined, words), ...shared };
  const positive = label && guessPositive(label.value, prediction?.value, score?.value, columns, raw);
  // A score must rise with the positive class; one that falls is the score of the other class.
  const split = positive && score && splitByClass(raw(score.value), raw(prediction?.value ?? label.value));
  const usable = split && split.higher !== positive.value ? undefined : score;
  return {
    task: {
      value: "binary",
      why: label ? `${label.value} has two classes at most` : "nothing says otherwise",
    },
    ...(label && { label }),
    ...(prediction && { prediction }),
    ...(usable && { score: usable }),
    ...(usable &&
      !prediction && { threshold: guessThreshold(columns.find(({ name }) => name === usable.value)!) }),
    ...(positive && { positive }),
    favourable: guessFavourable(label?.value, positive?.value, words),
    ...shared,
  };
}

function guessPrediction(
  columns: readonly ColumnSummary[],
  words: (name: string) => string,
): Guessed<string> | undefined {
  const classes = columns.filter(({ distinct }) => distinct <= 2);
  const found = classes.find(({ name }) => isPredictionName(words(name)) && !isScoreName(words(name)));
  if (found) return { value: found.name, why: `named as a prediction; ${valuesText(found)}` };
  const score = classes.find(({ name, kind }) => isScoreName(words(name)) && kind === "number");
  return (
    score && { value: score.name, why: `named as a score, with two values at most; ${valuesText(score)}` }
  );
}

function guessScore(
  columns: readonly ColumnSummary[],
  prediction: string | undefined,
  words: (name: string) => string,
  raw: (name: string) => CategoryColumn,
): Guessed<string> | undefined {
  const candidates = columns.flatMap((column) => {
    const { name, kind, distinct, range } = column;
    if (name === prediction || kind !== "number" || distinct <= 2) return [];
    const output = isPredictionName(words(name));
    if (!isScoreName(words(name)) && !output) return [];
    const isProbability = range!.low >= 0 && range!.high <= 1;
    const split = prediction === undefined ? undefined : splitByClass(raw(name), raw(prediction));
    const decides = split !== undefined && split.from !== null;
    const weight = (decides ? 4 : 0) + (isProbability ? 2 : 0) + (output || isScoreName(words(name)) ? 1 : 0);
    // `credit_score` of a person from 300 to 850 is a feature: only what goes with the prediction, or is a probability.
    if (!decides && !isProbability && !output) return [];
    const why = [
      output && !isScoreName(words(name)) ? "named as a prediction, with many values" : "named as a score",
      `${digits(range!.low)} to ${digits(range!.high)}`,
      ...(decides ? [`every ${prediction} is ${split.higher} from ${digits(split.from!)} on`] : []),
    ];
    return [{ value: name, why: why.join("; "), weight }];
  });
  const [best] = candidates.sort((a, b) => b.weight - a.weight);
  return best && { value: best.value, why: best.why };
}

function guessLabel(
  columns: readonly ColumnSummary[],
  prediction: ColumnSummary | undefined,
  { wordsOf, isOutcome }: Vocabulary,
): Guessed<string> | undefined {
  const candidates = columns.flatMap((column, order) => {
    const { name, distinct } = column;
    if (distinct === 0 || distinct > 2 || isPredictionName(wordsOf(name))) return [];
    const named = isLabelName(wordsOf(name));
    const outcome = isOutcome(name);
    const alike =
      prediction !== undefined && distinct === 2 && column.values.join() === prediction.values.join();
    if (!named && !outcome && !alike) return [];
    const weight =
      (named ? 4 : 0) + (isPlainLabel(wordsOf(name)) ? 3 : 0) + (alike ? 2 : 0) + (outcome ? 1 : 0);
    const why = [
      ...(named ? ["named as the true outcome"] : outcome ? ["named as what is decided about a person"] : []),
      ...(alike ? [`the same classes as ${prediction.name}`] : []),
      valuesText(column),
    ];
    return [{ value: name, why: why.join("; "), weight, order, named: named || outcome }];
  });
  candidates.sort((a, b) => b.weight - a.weight || a.order - b.order);
  const [best, second] = candidates;
  // Columns that only share their classes with the prediction: any 0/1 column does.
  if (!best || (!best.named && second)) return undefined;
  return { value: best.value, why: best.why };
}

function guessPositive(
  label: string,
  prediction: string | undefined,
  score: string | undefined,
  columns: readonly ColumnSummary[],
  raw: (name: string) => CategoryColumn,
): Guessed<string> | undefined {
  const classes = [
    ...new Set(
      columns.filter(({ name }) => name === label || name === prediction).flatMap(({ values }) => values),
    ),
  ];
  const obvious = obviousPositive(classes);
  if (obvious !== undefined) return { value: obvious, why: `one of ${classes.join(" and ")}` };
  const by = prediction ?? label;
  const split = score === undefined ? undefined : splitByClass(raw(score), raw(by));
  if (split)
    return {
      value: split.higher,
      why: `${score} is higher where ${by} is ${split.higher}: ${digits(split.higherMean)} on average, ${digits(split.lowerMean)} where it is ${split.lower}`,
    };
  const yes = classes.filter((name) =>
    /^(?:yes|y|true|t|positive|pos|>50k\.?|approved|granted|accepted|hired|good)$/i.test(name),
  );
  return yes.length === 1 ? { value: yes[0]!, why: `of ${classes.join(" and ")}` } : undefined;
}

function guessThreshold({ name, range }: ColumnSummary): Guessed<number> {
  if (range!.low >= 0 && range!.high <= 1) return { value: 0.5, why: `${name} looks like a probability` };
  // Log odds, or another scale with a sign: 0 is where it changes.
  if (range!.low < 0 && range!.high > 0) return { value: 0, why: `${name} changes its sign` };
  const middle = (range!.low + range!.high) / 2;
  return { value: middle, why: `the middle of ${name}; put in the model's own` };
}

function guessFavourable(
  label: string | undefined,
  positive: string | undefined,
  words: (name: string) => string,
): RoleGuess["favourable"] {
  if (label !== undefined && positive !== undefined) {
    if (isBadOutcome(words(positive)) || (isYes(positive) && isBadOutcome(words(label))))
      return { value: "negative", why: `${label} ${positive} reads like something bad for the person` };
  }
  return { value: "positive", why: "nothing says that it is bad for the person" };
}

const isYes = (name: string): boolean => /^(?:1|yes|y|true|t)$/i.test(className(name));

function groupsOf(
  attributes: readonly ColumnSummary[],
  { isProtected, isAge }: Vocabulary,
): Pick<RoleGuess, "sensitive" | "left"> {
  const sensitive: Guessed<string>[] = [];
  const left: RoleGuess["left"] = [];
  for (const column of attributes) {
    const { name, distinct } = column;
    if (distinct > MAX_GROUP_VALUES)
      left.push({
        column: name,
        why: `${distinct} values; ${isAge(name) ? "put the ages into bands first" : "join the rare ones first"}`,
      });
    else if (distinct < 2 && column.missing === 0) left.push({ column: name, why: "one value only" });
    else
      sensitive.push({
        value: name,
        why: `${isProtected(name) ? "named as a protected attribute" : isAge(name) ? "named as an age" : "named as a group"}; ${valuesText(column)}`,
      });
  }
  return { sensitive, left };
}

const digits = (value: number): string => String(Number(value.toPrecision(3)));
