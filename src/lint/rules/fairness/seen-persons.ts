/** What a network decides about a person from pictures, sounds and signals: a diagnosis, a gender, an emotion, an accent. */

import type { PythonFacts } from "../../python/python-facts.ts";
import { speaksOfOtherLives } from "./label-states.ts";
import { listedClasses } from "./predicted-classes.ts";
import { namesItself, titleOf } from "./self-description.ts";

/** Diseases that are seen or heard, and the pictures that are taken to find them. */
const DIAGNOSES = [
  "(?:brain[ _-]?)?tumou?rs?|gliomas?|meningiomas?|carcinomas?|melanomas?|(?:skin|lung|breast|colon|oral|cervical|prostate)[ _-]?cancers?",
  "skin[ _-](?:lesion|disease)s?|pneumonia|tuberculosis|covid(?:[ _-]?19)?|leuka?emia|malaria|monkeypox|arrhythmias?",
  "retinopathy|glaucoma|cataracts?|alzheimer(?:['’]?s)?|dementia|parkinson(?:['’]?s)?|autis[mt]\\w*|osteoarthritis",
  "bone[ _-]fractures?|kidney[ _-]?(?:stones?|diseases?)|chest[ _-]?x[ _-]?rays?|mammogra\\w+|histopatholog\\w+",
].join("|");

/** What is told of a person by a face, a voice or a body. */
const TRAITS =
  "(?:gender|emotions?|ethnicity|accents?)[ _-](?:classif\\w+|recogni\\w+|detect\\w+|predict\\w+|identif\\w+|model|net(?:work)?|cnn|test|train)|facial[ _-]expressions?";

const bounded = (words: string) => new RegExp(`(?<![A-Za-z])(?:${words})(?![A-Za-z])`, "gi");
const SHOWN = bounded(`${DIAGNOSES}|${TRAITS}`);
const DIAGNOSIS = bounded(DIAGNOSES);
/** What the parts of a training program count: `train_gender_acc`, "val_emotion_loss". */
const PARTS =
  /(?:^|[^a-z])(?:gender|emotion|ethnicity)_(?:loss|acc(?:uracy)?|pred(?:s|iction)?|criterion|logits)(?![a-z])/i;

/** Is a network trained or run here, on pictures, sounds or signals? */
const NETWORKS =
  /^[ \t]*(?:import|from)[ \t]+(?:torch|torchvision|tensorflow|keras|fastai|timm|monai|ultralytics|jax|flax|mxnet|paddle|cv2)\b/m;
const SENSED =
  /(?<![A-Za-z])(?:images?|imgs?|pictures?|photos?|pixels?|fac(?:es?|ial)|scans?|x[ _-]?rays?|mri|fundus|audio|voices?|speech|spectrograms?|mfccs?|ecg|eeg|Conv[123][dD]|ImageDataGenerator|ImageFolder|vgg\d*|resnet\d*|cnn)(?![A-Za-z])/i;

/** Where each point of a picture is told apart, nothing is said of the person; nor where pictures are made. */
const OUTLINES = /segmentation|\bunet|\bdice/i;
const CLASSES = /classif|diagnos/i;
const MAKES = /\b(?:gans?|diffusion|inpainting|super[- ]?resolution|style[- ]?transfer)\b/i;
const NOT_OF_PERSONS =
  /(?<![A-Za-z])(?:canine|dogs?|cats?|bovine|veterinar\w+|music\w*|songs?|leaf|leaves|crops?)(?![A-Za-z])/i;

const OFTEN = 2;

/** What a program that trains on pictures, sounds or signals decides about persons, as it says itself. */
export function seenOfPersons(facts: PythonFacts, texts: string): string | undefined {
  if (!NETWORKS.test(facts.text)) return undefined;
  const subject = subjectOf(facts, texts);
  if (subject === undefined) return undefined;
  if (MAKES.test(texts) || NOT_OF_PERSONS.test(texts) || speaksOfOtherLives(texts)) return undefined;
  return OUTLINES.test(texts) && !CLASSES.test(texts) ? undefined : subject;
}

function subjectOf(facts: PythonFacts, texts: string): string | undefined {
  const part = PARTS.exec(facts.text)?.[0];
  if (part !== undefined) return part.replaceAll("_", " ").trim();
  const said = shownIn(texts);
  if (said.length === 0) return undefined;
  const file = facts.strings.find(({ value }) => IS_PATH.test(value) && shownIn(value).length > 0);
  if (file !== undefined) return shownIn(file.value)[0];
  if (!SENSED.test(facts.text)) return undefined;
  const isSubject =
    said.length >= OFTEN ||
    shownIn(titleOf(facts)).length > 0 ||
    shownIn(facts.file).length > 0 ||
    namesItself(facts, (text) => shownIn(text).length > 0) ||
    listsDiagnosis(facts);
  return isSubject ? said[0] : undefined;
}

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
