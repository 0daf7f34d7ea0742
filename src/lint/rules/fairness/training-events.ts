/** Where a program fits or evaluates a model that decides something: the calls, and what they are given. */

import { isPredictingMethod } from "../../python/names.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import { isNoModel, isTrainer, PREPARES_BY_NAME, STATSMODELS } from "./estimators.ts";
import { evaluations } from "./evaluation-events.ts";
import { trainsGraph } from "./graph-training.ts";
import { localTrainer } from "./local-trainers.ts";
import { fitsClasses, fitsGroups } from "./predicted-classes.ts";
import { asksPlatform, createsModel, startsJob } from "./remote-training.ts";
import { eventOf, type TrainingEvent } from "./training-event.ts";
import { writtenTraining } from "./written-training.ts";

const FITS = new Set([
  ...["fit", "partial_fit", "train_on_batch", "fit_generator", "fit_on_dataset_path"],
  ...["fit_right_censoring", "fit_left_censoring", "fit_interval_censoring"],
]);

export function trainingEvents(facts: PythonFacts): TrainingEvent[] {
  const events: TrainingEvent[] = [];
  const written = writtenTraining(facts);
  for (const call of facts.calls) {
    const event = fitOf(call, facts) ?? (call === written ? eventOf("fit", call) : undefined);
    if (event !== undefined && !fillsGaps(event.call, facts)) events.push(event);
  }
  if (events.length === 0 && !facts.calls.some(givesBack)) events.push(...evaluations(facts));
  return events;
}

/** What learns to give back what it is given decides nothing: `encoder.fit(X, X)`. */
const givesBack = ({ method, args: [x, y] }: Call): boolean =>
  method === "fit" && x !== undefined && x.text === y?.text;

/** A model that only fills gaps in the data decides nothing: `df.loc[missing.index, "bmi"] = tree.predict(missing)`. */
function fillsGaps({ receiver }: Call, { assignments, columns, predictions }: PythonFacts): boolean {
  const model = receiver?.name;
  if (model === undefined) return false;
  return assignments.some(
    ({ target, column, value, order }) =>
      column !== undefined &&
      /\.loc\s*\[[^:\s]/.test(target) &&
      predictions.some(({ name, call }) => call.receiver?.name === model && value.reads.includes(name)) &&
      columns.some((each) => each.name === column && each.how !== "assign" && each.order < order),
  );
}

function fitOf(call: Call, facts: PythonFacts): TrainingEvent | undefined {
  const x =
    call.args[0] ??
    call.keywords.get("X") ??
    call.keywords.get("x") ??
    call.keywords.get("train_data") ??
    call.keywords.get("training_data") ??
    call.keywords.get("inputs");
  const y = call.args[1] ?? call.keywords.get("y");
  if (isTrainer(call.callee)) {
    if (isNoModel(call.callee.slice(0, -call.method.length - 1))) return undefined;
    const offset = call.callee.startsWith("sklearn.") ? 1 : 0;
    return eventOf("fit", call, call.args[offset], call.args[offset + 1] ?? y);
  }
  if (FITS.has(call.method)) return givesBack(call) ? undefined : fitMethod(call, facts, x, y);
  if (call.method === "fit_predict" || call.method === "fit_transform") return undefined;
  if (
    isSearch(call, x, y) ||
    learnsPolicy(call) ||
    isFastaiFit(call) ||
    createsModel(call) ||
    asksPlatform(call) ||
    runsInMagic(call) ||
    startsJob(call) ||
    trainsGraph(call, facts)
  )
    return eventOf("fit", call, x, y);
  return localTrainer(call, facts, x, y);
}

/** Keras Tuner trains each candidate: `tuner.search(X_train, y_train, epochs=5)`. */
function isSearch(call: Call, x: Value | undefined, y: Value | undefined): boolean {
  return (
    call.method === "search" &&
    /^(?:keras_tuner|kerastuner)\./.test(call.receiver?.call?.callee ?? call.callee) &&
    (y !== undefined || x !== undefined)
  );
}

/** Stable Baselines learns what to do with each: `agent.learn(total_timesteps=10_000)`. */
const learnsPolicy = ({ method, keywords }: Call): boolean =>
  method === "learn" && keywords.has("total_timesteps");

/** Of a notebook that was turned into a program: `get_ipython().run_line_magic("time", "model.fit(X, y)")`. */
function runsInMagic({ method, args }: Call): boolean {
  const code = /^run_(?:line|cell)_magic$/.test(method) ? args.at(-1)?.literal : undefined;
  return typeof code === "string" && /\.fit\([^\n]*,/.test(code);
}

/** fastai: `tabular_learner(dls).fit_one_cycle(3)`. */
function isFastaiFit({ method, receiver, callee }: Call): boolean {
  return (
    /^(?:fit_one_cycle|fine_tune|fit_flat_cos|fit_onecycle|autofit)$/.test(method) &&
    (/^(?:fastai|ktrain)\./.test(callee) || /learn/i.test(receiver?.call?.callee ?? receiver?.name ?? ""))
  );
}

function fitMethod(
  call: Call,
  facts: PythonFacts,
  x: Value | undefined,
  y: Value | undefined,
): TrainingEvent | undefined {
  const owner = call.callee.slice(0, -call.method.length - 1);
  const madeBy = call.receiver?.call?.callee ?? "";
  if (
    ((isNoModel(owner) || isNoModel(madeBy)) && !fitsGroups(call, facts) && !fitsClasses(call, facts)) ||
    (call.receiver?.name !== undefined && autoencodersOf(facts).has(call.receiver.name)) ||
    PREPARES_BY_NAME.test(call.receiver?.name ?? "")
  )
    return undefined;
  // A step of preparation that fits itself, or the parts it is made of.
  if (call.receiver?.name === "self" && /(?:^|\.)fit_transform$/.test(call.inFunction ?? ""))
    return undefined;
  if (isOwnTransformer(owner, facts) || (y === undefined && onlyTransforms(call, facts))) return undefined;
  if (facts.definitions.some(({ name, bases }) => name === owner && bases.some(isNoModel))) return undefined;
  const [, within] = /^(.+)\.(?:fit|fit_transform)$/.exec(call.inFunction ?? "") ?? [];
  if (within !== undefined && isOwnTransformer(within, facts)) return undefined;
  // A pipeline in a module for preparation ends in no model, where nothing says that it does.
  if (
    /Pipeline$/.test(owner) &&
    /preprocess|feature_?eng/i.test(facts.file) &&
    !/model|clf|classif|regress|estimator/i.test(
      `${call.receiver?.name} ${call.receiver?.call?.args[0]?.text}`,
    )
  )
    return undefined;
  // An analysis of variance explores data.
  if (STATSMODELS.test(madeBy) && facts.calls.some(({ method }) => method === "anova_lm")) return undefined;
  if (STATSMODELS.test(madeBy))
    return eventOf("fit", call, call.receiver?.call?.args[1], call.receiver?.call?.args[0]);
  if (x === undefined && !call.hasUnknownArguments && !hasTrainingKeywords(call)) return undefined;
  // An object of which nothing is known is a model when it gets examples and labels, or epochs.
  if (owner === "?" && y === undefined && !call.hasUnknownArguments && !hasTrainingKeywords(call)) {
    if (
      !/model|clf|classifier|regressor|grid|search|pipe|xgb|lgb|cat|forest|tree|net\b|learn/i.test(
        call.receiver?.name ?? "",
      )
    )
      return undefined;
  }
  return eventOf("fit", call, x, y);
}

const autoencoders = new WeakMap<PythonFacts, ReadonlySet<string>>();

/** Names that a function of autoencoders makes, also where they are bound again later. */
function autoencodersOf(facts: PythonFacts): ReadonlySet<string> {
  const known = autoencoders.get(facts);
  if (known !== undefined) return known;
  const made = facts.assignments.filter(({ value }) => /^auto_?encoder\(/i.test(value.text));
  const found = new Set(made.map(({ target }) => target));
  autoencoders.set(facts, found);
  return found;
}

/** A class of this file that transforms and does not predict. */
function isOwnTransformer(owner: string, { definitions }: PythonFacts): boolean {
  const own = definitions.find(({ kind, name }) => kind === "class" && name === owner);
  if (own === undefined) return false;
  const has = (method: RegExp) =>
    definitions.some(
      ({ kind, name, range }) =>
        kind === "function" &&
        own.range.start <= range.start &&
        range.end <= own.range.end &&
        method.test(name),
    );
  return has(/(?:^|\.)transform$/) && !has(/(?:^|\.)(?:predict|predict_proba|score)$/);
}

/** A step of preparation by what it is asked for afterwards: `deriver.fit(X)`, then `deriver.transform(X)`. Spark's models transform. */
function onlyTransforms({ receiver, callee }: Call, { calls }: PythonFacts): boolean {
  const name = receiver?.name;
  if (name === undefined || /^(?:pyspark|synapse|h2o)\b/.test(callee)) return false;
  const asked = new Set(calls.flatMap((each) => (each.receiver?.name === name ? [each.method] : [])));
  return (
    asked.has("transform") && ![...asked].some((method) => isPredictingMethod(method) || method === "score")
  );
}

function hasTrainingKeywords(call: Call): boolean {
  // Libraries name their parts of the data: `X_tab`, `X_wide`, `X_train`.
  return [...call.keywords.keys()].some((name) =>
    /^(?:epochs|n_epochs|eval_set|validation_data|sample_weight|time_limit|train|train_data\w*|train_path|datamodule|X_\w+|target|event_col)$/.test(
      name,
    ),
  );
}
