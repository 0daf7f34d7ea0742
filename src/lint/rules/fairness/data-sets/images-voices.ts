/** Images and voices of persons. */

import type { Row } from "./row.ts";

export const IMAGES_AND_VOICES: readonly Row[] = [
  {
    name: "faces with age, gender and race",
    source: "UTKFace; FairFace; Adience",
    stakes: "high",
    loader: /(?:^|_)(?:utk_?face|fair_?face|adience)(?:_|$)/,
    files: "utkface*, utk face, fairface*, fair face, adience*, imdb wiki, wiki crop, age gender",
  },
  {
    name: "faces and their attributes",
    source: "CelebA",
    stakes: "high",
    loader: /^celeb_?a_attr/,
    files: "list attr celeba, celeba attr",
  },
  {
    name: "faces with emotions",
    source: "FER-2013; AffectNet; RAF-DB",
    stakes: "high",
    files: "fer2013*, fer 2013, icml face data, affectnet*, raf db, rafdb, facial expression",
    classes:
      "angry, anger, disgust, disgusted, fear, fearful, happy, happiness, sad, sadness, surprise, surprised, neutral, calm, contempt",
  },
  {
    name: "voices",
    source: "RAVDESS; CREMA-D; Kaggle primaryobjects/voicegender",
    stakes: "high",
    files: "ravdess*, crema d, cremad, emodb, iemocap*, voice gender, gender voice",
    columns: "meanfun, minfun, maxfun, mindom, dfrange, modindx",
  },
  {
    name: "images of patients' skin",
    source: "HAM10000; ISIC; Fitzpatrick17k",
    stakes: "high",
    files:
      "ham10000*, hmnist*, isic 2018, isic 2019, isic 2020, siim isic, fitzpatrick17k*, melanoma classification",
    columns:
      "lesion_id, dx_type, localization, melanoma, nevus, melanocytic nevi, basal cell carcinoma, actinic keratosis, seborrheic keratosis, dermatofibroma, akiec",
  },
  {
    name: "X-rays of patients' chests",
    source: "CheXpert; NIH ChestX-ray14; MIMIC-CXR",
    stakes: "high",
    files:
      "chexpert*, chest xray, chest x ray, chestxray14, mimic cxr, padchest, Data Entry 2017, covid 19 radiography, vinbigdata",
    columns:
      "Atelectasis, Cardiomegaly, Pneumothorax, Finding Labels, View Position, Follow-up #, Enlarged Cardiomediastinum, Lung Opacity",
  },
  {
    name: "images of patients' retinas",
    source: "Kaggle aptos2019-blindness-detection, diabetic-retinopathy-detection",
    stakes: "high",
    files: "aptos 2019, aptos2019*, diabetic retinopathy, eyepacs*",
    columns: "id_code, diagnosis, No_DR, Proliferate_DR, Proliferative DR",
  },
  {
    name: "scans of patients' brains",
    source: "OASIS; Kaggle tourist55/alzheimers-dataset-4-class-of-images",
    stakes: "high",
    files: "alzheimer s dataset, alzheimer mri, alzheimers mri",
    columns:
      "MildDemented, ModerateDemented, NonDemented, VeryMildDemented, MildDementia, ModerateDementia, NonDementia, VeryMildDementia",
  },
];
