/** Data sets about patients' hearts, blood vessels and sugar. */

import type { Row } from "./row.ts";

export const HEARTS_AND_DIABETES: readonly Row[] = [
  {
    name: "electrocardiograms",
    source: "PhysioNet; Kaggle shayanfazeli/heartbeat",
    stakes: "high",
    loader: /(?:^|_)(?:mit_?bih|ptb_?xl|cpsc_?2018)(?:_|$)/,
    files: "mitbih*, mit bih, ptbdb*, ptbxl*, ptb xl, cpsc2018*, cpsc 2018",
    columns: "scp_codes, diagnostic_superclass, strat_fold, STTC, HYP",
  },
  {
    name: "hospital readmission",
    source: "UCI",
    stakes: "high",
    loader: /diabetes_hospital|diabetes_?130|readmission/,
    files:
      "diabetic, diabetic data, dataset of diabetes, diabetes 130, readmission, hospital readmission, readmission data, hospital readmissions",
    columns: `
      time_in_hospital, num_lab_procedures, num_procedures, num_medications, number_inpatient,
      number_outpatient, number_emergency, number_diagnoses, A1Cresult, max_glu_serum, diabetesMed,
      discharge_disposition_id, admission_source_id
    `,
    uci: [296],
    openml: [43874, 43903],
  },
  {
    name: "Pima diabetes",
    source: "NIDDK; Kaggle uciml/pima-indians-diabetes-database",
    stakes: "high",
    loader: /(?:^|_)pima(?:_|$)/,
    files: "pima, pima indians, pima diabetes",
    columns: "Pregnancies, Glucose, BloodPressure, SkinThickness, Insulin, plas, pedi, preg",
    marks: "DiabetesPedigreeFunction",
    openml: [37],
    uci: [34],
  },
  {
    name: "diabetes",
    source: "CDC; UCI; Kaggle iammustafatz/diabetes-prediction-dataset",
    stakes: "high",
    loader: /(?:^|_)diabetes_binary|cdc_diabetes/,
    files:
      "diabetes, diabetes data, diabetes prediction, diabetes train, diabetes clean, diabetes binary, diabetes 012, diabetes health, diabetes indicators, diabetes risk, diabetes upload, brfss",
    columns: `
      HighBP, HighChol, CholCheck, HeartDiseaseorAttack, PhysActivity, HvyAlcoholConsump, AnyHealthcare,
      NoDocbcCost, GenHlth, MentHlth, PhysHlth, DiffWalk, HbA1c_level, blood_glucose_level, smoking_history,
      Polyuria, Polydipsia, Polyphagia, delayed healing, visual blurring, partial paresis, muscle stiffness,
      sudden weight loss
    `,
    uci: [891, 529],
  },
  {
    name: "heart disease",
    source:
      "UCI; Framingham; Kaggle fedesoriano/heart-failure-prediction, sulianova/cardiovascular-disease-dataset",
    stakes: "high",
    loader:
      /heart_(?:disease|failure|attack|statlog|cleveland)|(?:^|_)heart(?:$|_dataset)|clinical_records|nhanes(?:i)?(?:$|_)|cardiovascular/,
    files: `
      heart, cardio, framingham*, cleveland, cardiovascular, heart disease, heart data, heart failure,
      heart attack, heart cleveland, heart statlog, heart statlog cleveland, heart 2020, heart 2022, heart pki,
      statlog heart, SAheart, cardio train, cardio data, cardiovascular disease, cardiovascular data,
      processed cleveland, processed hungarian, reprocessed hungarian, processed switzerland, clinical records,
      cvd cleaned
    `,
    columns: `
      trestbps, thalach, oldpeak, restecg, exang, fbs, chol, RestingBP, FastingBS, MaxHR, ExerciseAngina,
      ST_Slope, ChestPainType, RestingECG, chest_pain_type, resting_blood_pressure, max_heart_rate_achieved,
      exercise_induced_angina, num_major_vessels, cigsPerDay, totChol, sysBP, diaBP, prevalentStroke,
      prevalentHyp, BPMeds, ap_hi, ap_lo, gluc, ejection_fraction, serum_creatinine, serum_sodium,
      creatinine_phosphokinase, anaemia, KidneyDisease, DiffWalking, SkinCancer, AlcoholDrinking, GenHealth,
      thalachh, trtbps, restbp, cholestoral
    `,
    marks: "TenYearCHD, DEATH_EVENT, HadHeartAttack",
    openml: [53, 43944, 43672],
    uci: [45, 519, 145],
  },
  {
    name: "stroke",
    source: "Kaggle fedesoriano/stroke-prediction-dataset",
    stakes: "high",
    loader: /(?:^|_)stroke_(?:prediction|data)|healthcare_stroke/,
    files:
      "stroke, stroke data, stroke prediction, healthcare dataset, brain stroke, train stroke, train strokes, stroke risk",
    columns: "avg_glucose_level, ever_married, Residence_type, work_type, smoking_status",
  },
  {
    name: "NHANES health survey",
    source: "CDC",
    stakes: "high",
    loader: /(?:^|_)nhanes(?:_|$)/,
    files: "nhanes, nhanes age, nhanes data",
    columns: "SEQN, RIAGENDR, RIDAGEYR, BMXBMI, LBXGH, RIDRETH1, RIDRETH3, INDFMPIR, LBXGLU, DIQ010",
  },
];
