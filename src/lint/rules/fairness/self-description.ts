/** How a program describes itself: its title, its texts, the names of its models. */

import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import { plainText, stringsWithin } from "../../python/strings-within.ts";
import { isNameOfSubject } from "./subject-names.ts";
import { mentions } from "./topics.ts";
import type { TrainingEvent } from "./training-event.ts";
import { wordsOf } from "./words.ts";

/** A class of networks: `class Net(nn.Module)`. */
export const isNetwork = ({ kind, bases }: PythonFacts["definitions"][number]): boolean =>
  kind === "class" && bases.some((base) => /(?:^|\.)(?:Module|LightningModule|Model)$/.test(base));

/** One that is named for what it predicts: `class SepsisLSTM(nn.Module)`. */
export const isNetworkOfPersons = (definition: PythonFacts["definitions"][number]): boolean =>
  isNetwork(definition) && isNameOfSubject(wordsOf(definition.name));

/** Is what trains in a package that is named for the subject? `sepsis.train.tree.train(X, y)`; one of its objects when it is given nothing. */
export const isTrainedBySubject = ({ call: { callee, receiver, args, keywords } }: TrainingEvent): boolean =>
  (receiver?.call === undefined || args.length + keywords.size === 0) &&
  isNameOfSubject(wordsOf(callee.slice(0, callee.lastIndexOf(".") + 1)));

/** Is it trained within a class or function that is named for what it predicts? `class LoanApprovalModel`, `def train_mortality_model`. */
export function isWithinModelOfPersons({ inFunction }: Call): boolean {
  return inFunction !== undefined && isNameOfSubject(wordsOf(inFunction));
}

/** What a model is called, and its class where the project has its own. */
export function modelName({ receiver, callee }: Call): string {
  const names = [receiver?.name ?? "", receiver?.call?.callee ?? "", callee];
  return names.map((name) => wordsOf(name).replaceAll("_", " ")).join("; ");
}

/** What is decided from pictures is not decided from a table of persons. */
export const IMAGES = /^[ \t]*(?:import|from)[ \t]+(?:torchvision|cv2|PIL|skimage|monai|nibabel|pydicom)\b/m;
const TITLE_LENGTH = 400;
const TITLE_START = 200;
const MAX_TOPIC_TEXT = 200_000;

/** How the program introduces itself: the docstring, the cell or the comment it begins with. */
export function titleOf({ prose, comments, text }: PythonFacts): string {
  const first = [prose[0], comments[0]].find((each) => each !== undefined && each.range.start <= TITLE_START);
  if (first === undefined || first !== comments[0]) return first?.text.slice(0, TITLE_LENGTH) ?? "";
  // Lines of comments that follow each other are one.
  const after = comments.findIndex(
    ({ range }, index) => index > 0 && /\S/.test(text.slice(comments[index - 1]!.range.end, range.start)),
  );
  const count = after < 0 ? comments.length : after;
  const [title, behind] = paragraphsOf(comments.slice(0, count), text);
  if (title === undefined || !LICENCE.test(title)) return title ?? "";
  // Behind a licence the next paragraph or the docstring is the first that says something.
  if (behind !== undefined) return behind;
  const [docstring] = prose;
  const isNext =
    docstring !== undefined && !/\S/.test(text.slice(comments[count - 1]!.range.end, docstring.range.start));
  return isNext ? docstring.text.slice(0, TITLE_LENGTH) : title;
}

/** What comments say that follow each other: all of it, and what comes behind a licence. */
function paragraphsOf(comments: PythonFacts["comments"], text: string): (string | undefined)[] {
  const isFirst = (index: number) =>
    index > 0 &&
    /\n[ \t]*\r?\n/.test(text.slice(comments[index - 1]!.range.end, comments[index]!.range.start));
  const behind = comments.findIndex((each, index) => isFirst(index) && !LICENCE.test(each.text));
  const said = (from: number) =>
    comments
      .slice(from)
      .map((each) => each.text)
      .join(" ")
      .slice(0, TITLE_LENGTH);
  return [said(0), behind < 0 ? undefined : said(behind)];
}

const LICENCE = /\b(?:copyright|licen[sc]ed?)\b/i;

/** What a program calls its run, its page, its plots or itself: `mlflow.set_experiment("heart-disease")`. */
const NAMED_BY_CALL =
  /^(?:(?:set|create)_experiment|start_run|(?:save|log|register)_model|ArgumentParser|title|header|subheader|set_title|suptitle|set_page_config|[xy]label|set_[xy]label|print|info)$/;
const NAMED_BY_NAME =
  /^(?:help|description|title|EXPERIMENT|PROJECT|(?:\w+_)?(?:experiment|project|model)_name)$/i;
const NAMED_BY_KEYWORD =
  /^(?:title|description|project|experiment|(?:\w+_)?(?:experiment|project|model)_name)$/;

/** Is training what a program says that it is for? */
export function saysToTrain(facts: PythonFacts): boolean {
  return TRAINS.test(titleOf(facts)) || facts.calls.some(describesTraining);
}

const TRAINS = /\b(?:train|fit|tun)(?:s|es?|ing)?\b|\bpipelines?\b/i;

/** Is measuring? "Evaluation of the readmission model." */
export const saysToMeasure = (facts: PythonFacts): boolean => MEASURES.test(titleOf(facts));

const MEASURES = /\b(?:evaluat\w+|assess\w*|metrics?|performance|calibrat\w+|threshold\w*)\b/i;

/** Is it a program of its own that trains or measures? `train.py`, `src/evaluate_model.py` */
export const isTrainingProgram = ({ file, text }: PythonFacts): boolean =>
  PROGRAM.test(file) && /^if __name__\b/m.test(text);

const PROGRAM = /(?:^|\/)(?:train|training|fit|tune|evaluate|model_training)(?:_\w+)?\.py$/;

/** On the command line: `ArgumentParser(description="Train a model of strokes")`. */
const describesTraining = ({ method, keywords }: Call): boolean =>
  method === "ArgumentParser" && TRAINS.test(String(keywords.get("description")?.literal));

/** What it says of the models that its functions make: "Network for university dropout prediction." */
export function describesItsModel({ prose, definitions }: PythonFacts): boolean {
  return prose.some(
    ({ text, range }) =>
      text.length < TITLE_LENGTH &&
      OF_MODEL.test(text) &&
      mentions(text) > 0 &&
      definitions.some((each) => each.range.start <= range.start && range.end <= each.range.end),
  );
}

const OF_MODEL =
  /\b(?:model|architecture|network|classifier|regressor|pipeline)s?\s(?:for|that|to|which)\b|\b(?:train|fit|tun|evaluat)\w*\s[^.\n]{0,60}\b(?:model|classifier|regressor)s?\b/i;

/** @param says whether a text says the subject, also one that is joined or chosen: `"ill: diabetes" if answer else "well"` */
export function namesItself(
  facts: PythonFacts,
  says: (text: string) => boolean = (text) => mentions(text) > 0,
): boolean {
  const values = [
    ...facts.calls.flatMap(({ method, args, keywords }) =>
      NAMED_BY_CALL.test(method) ? [...args, ...keywords.values()] : namedBy(keywords),
    ),
    ...facts.assignments.flatMap(({ target, value }) => (NAMED_BY_NAME.test(target) ? [value] : [])),
  ];
  return (
    values.some(
      ({ literal, range }) =>
        (typeof literal === "string" && says(literal)) || stringsWithin(facts, range).some(says),
    ) || headsText(facts, says)
  );
}

/** Does a longer text that it writes begin with it, a report or a model's card? `f"""Loan default model v{version}\n..."""` */
function headsText({ strings, formatted, text }: PythonFacts, says: (text: string) => boolean): boolean {
  const heads = (value: string) => says(/^\s*(\S[^\n]{0,99})\n/.exec(value)?.[1] ?? "");
  return (
    strings.some(({ value }) => heads(value)) || formatted.some((range) => heads(plainText(text, range)))
  );
}

/** `plot(title="...")`, `wandb.init(project="...")`, `log_model(model, registered_model_name="...")`. */
const namedBy = (keywords: Call["keywords"]): Value[] =>
  [...keywords].flatMap(([name, value]) => (NAMED_BY_KEYWORD.test(name) ? [value] : []));

/** Does a folder, a package or the file's own name say the subject? `student_dropout/model_training/nodes.py`. */
export function isFiledUnder({ file }: PythonFacts): boolean {
  return mentions(inPlainWords(file)) > 0;
}

const inPlainWords = (path: string) => path.replace(/[_/.-]+/g, " ");

/** Is the model that is trained one that the file chose itself, and not one that it is given? */
export function makesItsModel({ kind, call }: TrainingEvent): boolean {
  return (
    kind === "fit" && /^(?:sklearn|imblearn|xgboost|lightgbm|catboost|keras|tensorflow)\./.test(call.callee)
  );
}

/** `lgb.train(params, data)`: a model without a class. */
export const isBoosting = ({ call }: TrainingEvent): boolean =>
  /^(?:xgboost|lightgbm|catboost)\.(?:train|cv)$/.test(call.callee);

export function textsOf(facts: PythonFacts): string {
  const parts = [inPlainWords(facts.file)];
  let length = 0;
  const add = (text: string) => {
    if (length < MAX_TOPIC_TEXT) parts.push(text);
    length += text.length;
  };
  for (const { text } of facts.prose) add(text);
  for (const { text } of facts.comments) add(text);
  for (const { value } of facts.strings) if (value.length > 8 && value.length < 2_000) add(inWords(value));
  for (const range of facts.formatted) add(plainText(facts.text, range));
  return parts.join("\n");
}

/** "CreditScoringTraining" is three words; the folders of "pediatric_sepsis/prediction/data" are some, too. */
function inWords(text: string): string {
  if (/^[A-Z]\w+$/.test(text)) return text.replace(/([a-z])([A-Z])/g, "$1 $2");
  return /^[^\s:]*\/[^\s:]*$/.test(text) ? text.replaceAll("/", " ") : text;
}
