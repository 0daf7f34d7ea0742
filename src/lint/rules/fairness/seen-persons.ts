/** What a network decides about a person from pictures, sounds and signals: a diagnosis, a gender, an emotion, an accent. */

import { pattern } from "../../pattern.ts";
import type { PythonFacts } from "../../python/python-facts.ts";
import { speaksOfOtherLives } from "./label-states.ts";
import { listedClasses } from "./predicted-classes.ts";
import { namesItself, titleOf } from "./self-description.ts";
import { wordsOf } from "./words.ts";

/** Diseases that are seen or heard, and the pictures that are taken to find them. */
const DIAGNOSES = [
  "(?:brain[ _-]?)?tumou?rs?|gliomas?|meningiomas?|carcinomas?|melanomas?|(?:skin|lung|breast|colon|oral|cervical|prostate)[ _-]?cancers?",
  "skin[ _-](?:lesion|disease)s?|pneumonia|tuberculosis|covid(?:[ _-]?19)?|leuka?emia|malaria|monkeypox|arrhythmias?",
  "retinopathy|glaucoma|cataracts?|alzheimer(?:['’]?s)?|dementia|parkinson(?:['’]?s)?|autis[mt]\\w*|osteoarthritis",
  "bone[ _-]fractures?|kidney[ _-]?(?:stones?|diseases?)|chest[ _-]?x[ _-]?rays?|mammogra\\w+|histopatholog\\w+",
].join("|");

/** What is told of a person by a face, a voice or a body. */
const TRAITS =
  "(?:gender|emotions?|ethnicity|accents?)[ _-](?:classif\\w+|recogni\\w+|detect\\w+|predict\\w+|estimat\\w+|identif\\w+|model|net(?:work)?|cnn|test|train)|facial[ _-]expressions?";

const bounded = (words: string) => new RegExp(`(?<![A-Za-z])(?:${words})(?![A-Za-z])`, "gi");
const SHOWN = bounded(`${DIAGNOSES}|${TRAITS}`);
const DIAGNOSIS = bounded(DIAGNOSES);
const IS_DIAGNOSIS = new RegExp(`^(?:${DIAGNOSES})$`, "i");
/** The parts of a program that tells genders or origins apart: `train_gender_acc`, "gender_loss", `model_gender`. */
const PARTS =
  /(?:^|[^A-Za-z])(?:(?:gender|ethnicity)_(?:loss|acc(?:uracy)?|pred(?:s|iction)?|criterion|logits|model|net|head|classifier)|(?:model|net|head|classifier)_(?:gender|ethnicity))(?![A-Za-z])/i;
/** Sets of faces, voices and scans, by names that nothing else has. */
const IS_SET =
  /^(?:utk_?face|fair_?face|adience|affectnet|raf[_-]?db|fer_?2013|ravdess|crema[_-]?d|iemocap|ham10000|chexpert|eyepacs|aptos_?2019)$/i;

/** Is something learned here from pictures, sounds or signals? */
const LEARNS =
  /^[ \t]*(?:import|from)[ \t]+(?:torch|torchvision|tensorflow|keras|fastai|timm|monai|ultralytics|jax|flax|mxnet|paddle|cv2|sklearn|skimage|imageio|scipy\.misc)\b/m;
const SENSED = pattern("i")`
  (?<![A-Za-z])(?:images?|imgs?|pictures?|photos?|pixels?|fac(?:es?|ial)|scans?|x[ _-]?rays?|mri|fundus|
  audio|voices?|speech|spectrograms?|mfccs?|ecg|eeg|Conv[123][dD]|ImageDataGenerator|ImageFolder|vgg\d*|
  resnet\d*|cnn)(?![A-Za-z])
`;

/** Where each point of a picture is told apart, nothing is said of the person; nor where pictures are made. */
const OUTLINES = /segmentation|\bunet|\bdice/i;
const CLASSES = /classif|diagnos/i;
const MAKES = /\b(?:gans?|diffusion|inpainting|super[- ]?resolution|style[- ]?transfer)\b/i;
/** A picture of dogs may be a word of thanks: who is named again is the subject. */
const OTHERS =
  /(?<![A-Za-z])(?:canine|dogs?|cats?|bovine|veterinar\w+|music\w*|songs?|leaf|leaves)(?![A-Za-z])/gi;

/** A course's table of numbers that were measured in pictures of cells. */
const WISCONSIN = /load_breast_cancer|radius_mean|wisconsin/i;
/** A disease that is counted in countries and spoken of in messages, where no picture of a chest or sound of a cough is said. */
const EPIDEMIC = /^covid/;
const COUNTED = /forecast\w*|confirmed|deaths|vaccin\w*|tweets?|time[ _-]?series/i;
const OF_LUNGS = /x[ _-]?ray|(?<![A-Za-z])(?:ct|chest|lungs?|cough\w*|radiograph\w*)(?![A-Za-z])/i;
/** Feelings and accents are also those of texts. */
const OF_TEXTS = /emotion|accent/;

const OFTEN = 2;

/** What a program that trains on pictures, sounds or signals decides about persons, as it says itself. */
export function seenOfPersons(facts: PythonFacts, texts: string): string | undefined {
  const set = facts.strings.find(({ value }) => IS_SET.test(value));
  if (set !== undefined) return set.value.toLowerCase();
  if (!LEARNS.test(facts.text) || WISCONSIN.test(facts.text)) return undefined;
  const subject = subjectOf(facts, texts);
  if (subject === undefined) return undefined;
  if (MAKES.test(texts) || speaksOfOtherLives(texts)) return undefined;
  if ((texts.match(OTHERS)?.length ?? 0) >= OFTEN) return undefined;
  return OUTLINES.test(texts) && !CLASSES.test(texts) ? undefined : subject;
}

function subjectOf(facts: PythonFacts, texts: string): string | undefined {
  const part = PARTS.exec(facts.text)?.[0];
  if (part !== undefined)
    return part
      .replace(/[^A-Za-z]+/g, " ")
      .trim()
      .toLowerCase();
  const isOfLungs = OF_LUNGS.test(texts) || !COUNTED.test(texts);
  const shown = (text: string) => shownIn(text).filter((each) => isOfLungs || !EPIDEMIC.test(each));
  const isSensed = SENSED.test(facts.text);
  for (const { value } of facts.strings) {
    const [file] = IS_PATH.test(value) ? shown(value) : [];
    if (file !== undefined && (isSensed || !OF_TEXTS.test(file))) return file;
  }
  const model = classNamedFor(facts, isSensed);
  if (model !== undefined) return model;
  if (!isSensed) return undefined;
  // What was split in two: `melanoma_train, melanoma_test = train_test_split(files)`.
  const halves = facts.calls.flatMap(({ method, targets }) => (method === "train_test_split" ? targets : []));
  const half = halves.flatMap((name) => shown(spaced(name))).at(0);
  if (half !== undefined) return half;
  // A class or its folder: `for label in ("normal", "covid")`; the project's own package.
  const named = facts.strings.find(({ value }) => IS_DIAGNOSIS.test(value))?.value.toLowerCase();
  if (named !== undefined && shown(named).length > 0) return named;
  const own = facts.imports.flatMap(({ module }) => shown(spaced(module))).at(0);
  const said = shown(texts);
  if (own !== undefined || said.length === 0) return own;
  const isSubject =
    said.length >= OFTEN ||
    shown(titleOf(facts)).length > 0 ||
    shown(facts.file).length > 0 ||
    namesItself(facts, (text) => shown(text).length > 0) ||
    listsDiagnosis(facts);
  return isSubject ? said[0] : undefined;
}

/** The attribute, the diagnosis or the scan that a class of networks or data is named for: `AgeGenderModel`, `MriDataset`. */
function classNamedFor({ imports, definitions, text }: PythonFacts, isSensed: boolean): string | undefined {
  const classes = definitions.filter(({ kind }) => kind === "class").map(({ name }) => name);
  for (const { name = "" } of imports) if (/^[A-Z]\w*[a-z]/.test(name)) classes.push(name);
  for (const name of classes) {
    const words = spaced(name);
    const trait = OF_PERSONS.exec(words)?.[0];
    if (trait !== undefined && (isSensed || !OF_TEXTS.test(trait))) return trait;
    if (isSensed && OF_DIAGNOSIS.test(words) && !OUTLINES.test(text)) return words;
    if (
      isSensed &&
      OF_SCANS.test(words) &&
      TELLS_CLASSES.test(text) &&
      !OUTLINES.test(text) &&
      !DEFECTS.test(text)
    )
      return words;
  }
  return undefined;
}

/** Words of an identifier, as prose has them. */
const spaced = (name: string): string => wordsOf(name).replaceAll("_", " ");
const OF_PERSONS =
  /(?:^| )(?:(?:age )?gender|gender age|emotion|ethnicity|facial expression)(?: \w+){0,2} (?:model|net|network|cnn|classifier|dataset)$/;
/** `SkinCancerClassifier` */
const OF_DIAGNOSIS = new RegExp(
  `(?:^| )(?:${DIAGNOSES})(?: \\w+){0,2} (?:model|net|network|cnn|classifier)$`,
);
const OF_SCANS =
  /(?:^| )(?:mri|x ?ray|ct scan|fundus|mammogram|ultrasound) ?(?:images? )?(?:data ?set|data ?module|classifier|model|net)$|\bmri(?: (?:net|model|classifier))?$/;
const TELLS_CLASSES = /\bnum_classes\b|classif|diagnos/i;
/** What else is looked through. */
const DEFECTS = /\b(?:weld\w*|baggage|luggage|diffraction|reconstruct\w*|defects?)\b/i;

/** A folder of data, a file of a model: "models/tumor_detection.h5", "./melanoma_dataset". */
const IS_PATH =
  /^[\w.:~ -]*[/\\][\w./\\ -]+$|^[\w -]+(?:\.(?:h5|keras|pth?|pkl|onnx|csv|npy|zip)|_(?:dataset|data|model))$/;

function shownIn(text: string): string[] {
  return (text.match(SHOWN) ?? []).map((each) => each.toLowerCase());
}

function listsDiagnosis(facts: PythonFacts): boolean {
  for (const { names } of listedClasses(facts))
    if (names.some((name) => (name.match(DIAGNOSIS) ?? []).length > 0)) return true;
  return false;
}
