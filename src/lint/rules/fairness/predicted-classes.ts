/** Classes that a program lists: groups of persons, or what becomes of them. */

import { pattern } from "../../pattern.ts";
import { columnsWithin } from "../../python/columns-within.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import { codedFate } from "./coded-classes.ts";
import type { Named } from "./file-columns.ts";
import { isStateOfPerson } from "./label-states.ts";
import { isProtected } from "./lexicon.ts";
import { wordsOf } from "./words.ts";

const TASK_OPTION = /^--?(?:\w+[-_])?(?:task|target|label|attr(?:ibute)?)s?(?:[-_]\w+)?$/;
const LABEL_NAME = /^[yY](?:_\w+)?$/;
/** Lists of two classes that are the groups themselves: `classes=["female", "male"]`. */
const GROUPS =
  /^(?:female,male|male,female|women,men|men,women|woman,man|man,woman|m,f|f,m)(?:,(?:\?|other|unknown))?$/;

/** Where a program says that a group of persons is what it predicts. */
export function predictedGroup(facts: PythonFacts): Named | undefined {
  // `y_train = train["gender"]`: the label is the group itself.
  for (const { target, value } of facts.assignments) {
    const label = LABEL_NAME.test(target) ? columnsWithin(facts, value.range) : [];
    if (label.length === 1 && isProtected(label[0]!.name)) return label[0];
  }
  // `add_argument("--task", choices=["age", "gender"])`: a group is what one of its models tells.
  for (const { method, args, keywords } of facts.calls) {
    const option = method === "add_argument" ? args[0]?.literal : undefined;
    if (typeof option !== "string" || !TASK_OPTION.test(option)) continue;
    const choice = keywords.get("choices")?.items?.find(({ literal }) => isProtected(String(literal)));
    if (choice !== undefined) return { name: String(choice.literal), range: choice.range };
  }
  // `for label in ["male", "female"]: for file in os.listdir(f"data/{label}")`: a folder for each.
  for (const { method, args, loops } of facts.calls) {
    const folder = READS_FOLDER.test(method)
      ? loops.find(({ target }) => args.some(({ reads }) => reads.includes(target)))
      : undefined;
    const names = folder?.over.items?.map(({ literal }) => String(literal).toLowerCase()) ?? [];
    if (GROUPS.test(names.join())) return { name: "gender", range: folder!.over.range };
  }
  const ofGroup = facts.calls.find((call) => call.receiver !== undefined && fitsGroups(call, facts));
  if (ofGroup !== undefined) return { name: "gender", range: ofGroup.receiver!.range };
  for (const { names, range } of listedClasses(facts))
    if (GROUPS.test(names.map((name) => name.toLowerCase()).join())) return { name: "gender", range };
  return undefined;
}

/** A density for each group tells which one somebody is of: `females_gmm.fit(a)`, `males_gmm.fit(b)`. */
export const fitsGroups = ({ method, receiver }: Call, { calls }: PythonFacts): boolean =>
  method === "fit" &&
  OF_WOMEN.test(receiver?.name ?? "") &&
  calls.some((other) => other.method === "fit" && OF_MEN.test(other.receiver?.name ?? ""));

/** So does one for each class, within a classifier: `class MixtureClassifier`. */
export function fitsClasses({ receiver, range }: Call, { definitions }: PythonFacts): boolean {
  return (
    /(?:Mixture|GMM|HMM)$/.test(receiver?.call?.callee ?? "") &&
    definitions.some(
      ({ kind, name, bases, range: { start, end } }) =>
        kind === "class" &&
        start <= range.start &&
        range.end <= end &&
        [name, ...bases].some((each) => /Classifier$/.test(each)),
    )
  );
}

const OF_WOMEN = /(?:^|[._])(?:females?|wom[ae]n)(?:_|$)/;
const OF_MEN = /(?:^|[._])(?:males?|m[ae]n)(?:_|$)/;

const READS_FOLDER = /^(?:listdir|i?glob|scandir|walk)$/;

/** What becomes of borrowers, students, employees: a class that nothing else has. */
const FATES = pattern()`
  ^(?:
    default|defaulter|charged_off|fully_paid|bad_(?:credit|risk|loan)|good_(?:credit|risk|loan)|dropout|
    dropped_out|graduated?|persist(?:ed|ence|er|ing)?|retained|retention|enrolled|attrition|
    loan_(?:approved|rejected)|high_income|low_income|50_?k|diseased?
  )$
`;
/** "No stroke", "Bad Credit (0)" */
const AROUND = /^(?:no|not|non|without)_|_\d$/g;
/** Of a table of errors: "Actual No Stroke", "Predicted: >50K". */
const ACTUAL = /^(?:actual|pred(?:icted)?|true)_/;
const TOLD = /^(?:actual|pred(?:icted)?|true)\W+/i;
const MOST_CLASSES = 4;
const OF_PLANTS = /(?<![A-Za-z])(?:plants?|crops?|lea(?:f|ves)|trees? health|cattle)(?![A-Za-z])/i;

/** A class of persons that a program lists: `CLASS_NAMES = ["Dropout", "Enrolled", "Graduate"]`, `labels=["No stroke", "Stroke"]`. */
export function predictedFate(facts: PythonFacts): Named | undefined {
  // The label of Census-Income (KDD), as its file writes it.
  const income = facts.strings.find(({ value }) => /^ ?50000\+\.?$/.test(value));
  if (income !== undefined) return { name: income.value.trim(), range: income.range };
  if (READS_PICTURES.test(facts.text)) return undefined;
  const denied = deniedState(facts);
  if (denied !== undefined) return denied;
  for (const { names, range } of listedClasses(facts)) {
    if (names.length > MOST_CLASSES) continue;
    const classes = names.map((name) => wordsOf(name).replace(ACTUAL, "").replace(AROUND, ""));
    if (classes.length === 2 && classes.includes("survived") && classes.includes("expired"))
      return { name: names[0]!, range };
    const fate = classes.findIndex(
      (words) => isStateOfPerson(words) || (FATES.test(words) && classes.filter(isFate).length > 1),
    );
    if (fate >= 0 && !(classes[fate] === "disease" && OF_PLANTS.test(facts.text)))
      return { name: names[fate]!.replace(TOLD, ""), range };
  }
  return codedFate(facts);
}

/** Two answers of which one denies the other: `print("Depressed" if answer else "Not depressed")`. */
function deniedState({ strings }: PythonFacts): Named | undefined {
  const denied = strings.filter(({ value }) => value.length < LONGEST_ANSWER && DENIES.test(value));
  if (denied.length === 0) return undefined;
  const said = new Set(strings.map(({ value }) => wordsOf(value)));
  const found = denied.find(({ value }) => {
    const words = wordsOf(value.replace(DENIES, ""));
    return said.has(words) && isStateOfPerson(words);
  });
  return found && { name: found.value, range: found.range };
}

const DENIES = /^(?:not?|non)[ _-]/i;
const LONGEST_ANSWER = 40;

const isFate = (words: string): boolean => FATES.test(words);

/** What is seen in a picture is not what becomes of a person. */
const READS_PICTURES =
  /\b(?:torchvision|cv2|PIL|skimage|monai|nibabel|pydicom|ImageDataGenerator|image_dataset_from_directory|Conv[23]D)\b/;

const CLASS_LIST =
  /(?:^|[._])(?:classes|class_(?:names|labels)|(?:display_)?labels?|categories|target_names|[xy]ticklabels)$/i;

/** Of a table they are where they say so: `DataFrame(cm, index=["Actual good", "Actual bad"])`. */
const OF_TABLE = /^(?:index|columns)$/;

export function* listedClasses({
  calls,
  assignments,
}: PythonFacts): Generator<{ names: string[]; range: Value["range"] }> {
  const of = (name: string, { items = [], range }: Value) => {
    const names = items.flatMap(({ literal }) => (typeof literal === "string" ? [literal] : []));
    const isClasses =
      CLASS_LIST.test(name) || (OF_TABLE.test(name) && names.every((each) => ACTUAL.test(wordsOf(each))));
    return names.length > 1 && names.length === items.length && isClasses ? [{ names, range }] : [];
  };
  for (const { keywords, args, method } of calls) {
    for (const [name, value] of keywords) yield* of(name, value);
    if (method === "map" || method === "replace") for (const value of args) yield* numbered(value);
  }
  for (const { target, value } of assignments) {
    yield* of(target, value);
    yield* numbered(value);
  }
}

/** Classes and their numbers: `y.map({"<=50K": 0, ">50K": 1})`, `{0: "Graduate", 1: "Dropout"}`. */
function numbered({ entries = [], range }: Value): { names: string[]; range: Value["range"] }[] {
  if (entries.length < 2) return [];
  const keys = entries.map(({ key }) => key.literal);
  const values = entries.map(({ value }) => value.literal);
  const isNumber = (literal: Value["literal"]) => typeof literal === "number";
  const sides = [keys.every(isNumber) ? values : [], values.every(isNumber) ? keys : []];
  return sides.flatMap((side) => {
    const names = side.filter((literal) => typeof literal === "string");
    return names.length > 1 && names.length === side.length ? [{ names, range }] : [];
  });
}
