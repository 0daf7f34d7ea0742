/** Label and prediction of a model with more than two classes, or of one that predicts a number: by names and values. Pure. */

import { MAX_CLASSES } from "../audit/audit-multiclass.ts";
import { className } from "../table/classes.ts";
import type { CategoryColumn } from "../table/column.ts";
import type { Task } from "../table/roles.ts";
import { type ColumnSummary, valuesText } from "./column-summary.ts";
import type { Guessed, Vocabulary } from "./guessed.ts";
import { isLabelName, isPredictionName, isScoreName } from "./names.ts";

export interface TaskGuess {
  task: Guessed<Exclude<Task, "binary">>;
  label: Guessed<string>;
  prediction: Guessed<string>;
}

/** Whole numbers of more values than this are amounts, not classes. */
const MAX_NUMBERED_CLASSES = 20;

/** `columns`: without those that name groups. Undefined where no two columns go together. */
export function guessOtherTask(
  columns: readonly ColumnSummary[],
  raw: (name: string) => CategoryColumn,
  vocabulary: Vocabulary,
): TaskGuess | undefined {
  const words = (name: string) => vocabulary.wordsOf(name);
  const predictions = columns.filter(
    ({ name, distinct }) => distinct > 0 && isPredictionName(words(name)) && !isScoreName(words(name)),
  );
  for (const prediction of predictions) {
    const labels = columns.filter((column) => column !== prediction && !predictions.includes(column));
    const best = labels
      .flatMap((label) => pairOf(label, prediction, raw, vocabulary))
      .sort((a, b) => b.weight - a.weight)[0];
    if (best) return best.guess;
  }
  return undefined;
}

function pairOf(
  label: ColumnSummary,
  prediction: ColumnSummary,
  raw: (name: string) => CategoryColumn,
  { wordsOf, isOutcome }: Vocabulary,
): { guess: TaskGuess; weight: number }[] {
  const task = taskOf(label, prediction, raw);
  if (!task) return [];
  const named = isLabelName(wordsOf(label.name));
  const outcome = isOutcome(label.name);
  // `price` and `predicted_price`.
  const same = withoutPrediction(wordsOf(prediction.name)) === wordsOf(label.name);
  if (!named && !outcome && !same) return [];
  const why = same
    ? `${prediction.name} names it`
    : named
      ? "named as the true outcome"
      : "named as what is decided about a person";
  return [
    {
      guess: {
        task,
        label: { value: label.name, why: `${why}; ${valuesText(label)}` },
        prediction: { value: prediction.name, why: `named as a prediction; ${valuesText(prediction)}` },
      },
      weight: (same ? 4 : 0) + (named ? 2 : 0) + (outcome ? 1 : 0),
    },
  ];
}

function taskOf(
  label: ColumnSummary,
  prediction: ColumnSummary,
  raw: (name: string) => CategoryColumn,
): TaskGuess["task"] | undefined {
  const classes = new Set(raw(label.name).levels.map(className));
  const predicted = raw(prediction.name).levels.map(className);
  const shared = predicted.filter((name) => classes.has(name)).length;
  const all = classes.size + predicted.length - shared;
  if (all <= 2) return undefined;
  const both = `${label.name} and ${prediction.name}`;
  const areNumbers = label.kind === "number" && prediction.kind === "number";
  const areWhole = [...classes, ...predicted].every((name) => Number.isInteger(Number(name)));
  // Classes are predicted as they are labelled; numbers hardly ever hit the label.
  const areClasses = 2 * shared >= new Set(predicted).size && shared > 0;
  if (areNumbers && !(areWhole && areClasses && all <= MAX_NUMBERED_CLASSES)) {
    if (label.distinct <= 2) return undefined;
    return { value: "regression", why: `${both} are numbers` };
  }
  if (!areClasses || all > MAX_CLASSES) return undefined;
  return { value: "multiclass", why: `${both} have ${all} classes` };
}

const withoutPrediction = (words: string): string =>
  words
    .split("_")
    .filter((word) => !/^(?:y|pred|preds|predicted|prediction|predictions|hat|estimated|model)$/.test(word))
    .join("_");
